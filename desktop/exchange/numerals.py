"""Chinese numerals as whole numbers: only what can be read in one way; the rest is no number."""

import re

_VALUES = dict(
    zip(
        "零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖两弍貳參",
        [0, 0, *range(1, 10), *range(1, 10), 2, 2, 2, 3],
        strict=True,
    )
)
DIGITS = "".join(char for char, value in _VALUES.items() if value)
"""The digits from one to nine."""
CHINESE = "".join(_VALUES) + "十拾百佰千仟万"
"""Every sign of a numeral."""

_ZERO = "零〇"
_SECTION = re.compile(
    rf"(?:(?P<thousands>[{DIGITS}])[千仟])?(?:(?P<hundreds>[{DIGITS}])[百佰])?"
    rf"(?:(?P<gap>[{_ZERO}])?(?P<tens>[{DIGITS}])?(?P<ten>[十拾]))?(?:(?P<zero>[{_ZERO}])?(?P<ones>[{DIGITS}]))?"
)
_ARABIC = re.compile(r"[0-9]{1,12}")


def chinese_integer(text: str) -> int | None:
    """The whole number of Arabic or Chinese digits (`十二`, `贰万肆仟`); None when it is not surely one.

    Digits in a row (`一二`), a unit without its digit (`百五十`), and a last digit whose place is left to the ear
    (`三万五`, `二百五`) are not.
    """
    if _ARABIC.fullmatch(text):
        return int(text)
    if text and text in _ZERO:
        return 0
    high, wan, low = text.partition("万")
    if not wan:
        return _section(high)
    ten_thousands = _section(high)
    if not ten_thousands:
        return None
    if not low:
        return ten_thousands * 10_000
    skipped = low[0] in _ZERO
    rest = _section(low[1:] if skipped else low)
    if not rest or (rest < 10 and not skipped):
        return None
    return ten_thousands * 10_000 + rest


def _section(text: str) -> int | None:
    """A number below ten thousand."""
    match = _SECTION.fullmatch(text)
    if not text or match is None:
        return None
    above = bool(match["thousands"] or match["hundreds"])
    if match["gap"] and (match["hundreds"] or not above):
        return None  # 零 stands for hundreds that are not there
    if match["ones"] and bool(match["zero"]) != (above and not match["ten"]):
        return None  # 零 before the last digit where tens are left out, and only there
    tens = _VALUES[match["tens"]] if match["tens"] else 1 if match["ten"] else 0
    thousands, hundreds, ones = (
        _VALUES[match[name]] if match[name] else 0 for name in ("thousands", "hundreds", "ones")
    )
    return thousands * 1000 + hundreds * 100 + tens * 10 + ones
