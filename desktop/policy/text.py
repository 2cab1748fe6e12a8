"""How typed text is made comparable: half width, no blanks; nothing here judges a value."""

import re

#: Every character that counts as blank (excel.md §4.1): also no-break and zero-width ones.
BLANKS = " \t\r\n\v\f　\u00a0\u200b\u200c\u200d\ufeff"
_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DROP = {ord(char): None for char in BLANKS}
_DASHES_AND_QUOTES = {ord(char): None for char in "'‘’`-‐‑‒–—―−"}
_TIDY = str.maketrans(dict.fromkeys(BLANKS))
_NOT_PLAIN = re.compile(f"[{BLANKS}！-～]")


def half_width(text: str) -> str:
    """Full-width letters, digits, marks and the wide space as their half-width twins."""
    return text if text.isascii() else text.translate(_WIDTH)


def without_blanks(text: str) -> str:
    """The text with every kind of blank taken out, also in the middle."""
    return text.translate(_TIDY) if _NOT_PLAIN.search(text) else text


def bare(text: str) -> str:
    """Half width and without blanks: what two texts are compared by."""
    return half_width(without_blanks(text)) if _NOT_PLAIN.search(text) else text


def bare_number(text: str) -> str:
    """A number as written on a card: `bare`, and without dashes and quotes, letters upper case."""
    return bare(text).translate(_DASHES_AND_QUOTES).upper()
