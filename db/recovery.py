"""The printed recovery code: 195 random bits as eight groups of five, the last character a check."""

import secrets
import unicodedata

from db.crypto.kdf import derive
from db.refused import BadValue

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: what a tired eye confuses is read as what it must be."""
_LENGTH, _GROUP = 40, 5
_LOOKALIKES = str.maketrans("OIL", "011")


def new_code() -> str:
    """A fresh code as it is printed."""
    body = [secrets.randbelow(32) for _ in range(_LENGTH - 1)]
    return _printed([*body, _times_alpha(_remainder(body))])


def _printed(values: list[int]) -> str:
    text = "".join(ALPHABET[value] for value in values)
    return "-".join(text[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))


def _times_alpha(value: int) -> int:
    """Multiply in GF(2⁵) modulo x⁵+x²+1: one wrong character or two neighbours swapped never go unnoticed."""
    return ((value << 1) ^ (0x25 if value & 0x10 else 0)) & 0x1F


def _remainder(values: list[int]) -> int:
    rest = 0
    for value in values:
        rest = _times_alpha(rest) ^ value
    return rest


def read_code(text: str) -> str:
    """The code as printed, from what a person typed: case, spaces, width and look-alikes do not matter.

    Raises BadValue `store.recovery_mistyped` when it cannot be a code.
    """
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    letters = [c for c in folded if c.isalnum()]
    if len(letters) != _LENGTH:
        raise _mistyped(f"恢复码应是 40 个字符，您写的是 {len(letters)} 个。")
    wrong = next((at for at, c in enumerate(letters, 1) if c not in ALPHABET), 0)
    if wrong:
        raise _mistyped(f"恢复码第 {wrong} 个字符不会出现在恢复码里。")
    values = [ALPHABET.index(c) for c in letters]
    if _remainder(values):
        raise _mistyped("恢复码里有一个字符抄错了，或者两个字符换了位置。")
    return _printed(values)


def _mistyped(what: str) -> BadValue:
    return BadValue("store.recovery_mistyped", what, "资料没有受影响，口令没有改动。", "请对着打印的恢复码再抄一遍。")


def code_key(code: str, salt: bytes) -> bytes:
    """The key behind a code in printed form; its entropy needs no slow derivation."""
    return derive(code.encode() + salt, "recovery code")
