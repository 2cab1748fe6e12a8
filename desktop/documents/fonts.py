"""The bundled typefaces: unpacked at first use, chosen character by character."""

import io
from collections.abc import Iterable
from functools import lru_cache

import zstandard
from reportlab.pdfbase import pdfmetrics, ttfonts

from db.refused import Refused
from resources import read_bytes

SERIF = "NotoSerifSC-Regular"
BOLD = "NotoSerifSC-Bold"
TIBETAN = "NotoSerifTibetan-Regular"
TICKED = "☑"
CHAIN = (SERIF, "LXGWWenKai-Regular", "HanaMinB")
"""Where a character is looked for, in this order (stack.md, Fonts)."""


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """A ToUnicode map that is right beyond U+FFFF (ReportLab writes five hex digits there)."""
    pairs = "\n".join(f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(subset))
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({fontname})\n/Ordering ({fontname})\n/Supplement 0\n>> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{len(subset)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode


def font_bytes(name: str) -> bytes:
    """A bundled TrueType font, e.g. `NotoSansSC-Regular`; raises `FileNotFoundError` for one there is not."""
    return zstandard.ZstdDecompressor().decompress(read_bytes("fonts", f"{name}.ttf.zst"))


@lru_cache(maxsize=8)
def _face(name: str) -> ttfonts.TTFontFace:
    font = ttfonts.TTFont(name, io.BytesIO(font_bytes(name)), shapable=name == TIBETAN)
    pdfmetrics.registerFont(font)
    return font.face


def is_tibetan(char: str) -> bool:
    """Whether a character belongs to the Tibetan block."""
    return "\u0f00" <= char <= "\u0fff"


@lru_cache(maxsize=20000)
def font_for(char: str, bold: bool = False) -> str:
    """The registered font that has the character; empty when none has it. A ticked box is drawn on □."""
    char = "□" if char == TICKED else char
    chain = (TIBETAN,) if is_tibetan(char) else ((BOLD, *CHAIN) if bold else CHAIN)
    return next((name for name in chain if ord(char) in _face(name).charToGlyph), "")


def preflight(texts: Iterable[str]) -> list[str]:
    """The characters that no font has, each once."""
    seen = dict.fromkeys(char for text in texts for char in text if char.isprintable())
    return [char for char in seen if not font_for(char)]


def refuse_missing(texts: Iterable[str]) -> None:
    """Raises `Refused("paper.glyph_missing")` when a character would print as nothing."""
    missing = preflight(texts)
    if missing:
        raise Refused(
            "paper.glyph_missing",
            f"字体里没有“{'、'.join(missing)}”这个字，先不打印，免得印成空白。",
            "录入的内容都已保存。",
            "可换字体，或手写补上。",
        )
