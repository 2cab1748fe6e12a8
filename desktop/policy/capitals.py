"""Amounts and dates in the capitals of bank papers, both ways (WS-020 to WS-029)."""

from datetime import date
from fractions import Fraction
from itertools import product

import msgspec

from desktop.policy.money import LIMIT, to_fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_PREFIX = "人民币"
_VALUES = {char: value for value, char in enumerate(_DIGITS)}
_SMALL_UNITS = {"拾": 10, "佰": 100, "仟": 1000}
_GROUP_UNITS = {"万": 10**4, "亿": 10**8}
_ZERO_MONTHS = (1, 2, 10)
_ZERO_TENS = (10, 20, 30)


class _Style(msgspec.Struct, frozen=True):
    """Where a reader leaves a choice: the optional zeros of WS-025."""

    zero_before_thousands: bool = False
    zero_before_jiao: bool = False


def in_capitals(yuan: Fraction) -> str:
    """人民币…元整: no 整 after 角, no optional zero (WS-022, WS-025); raises `OverflowError` from 万亿 on."""
    return _write(to_fen(yuan), _Style())


def from_capitals(text: str) -> Fraction | None:
    """The amount that the capitals say, or None when they are not written as the contract has it (§8).

    正 is as good as 整, and the zeros of WS-025 may be there or not; nothing else is a choice.
    """
    text = text.replace("正", "整")
    fen = _sum_up(text.removeprefix(_PREFIX))
    if fen is None:
        return None
    written = (_write(fen, _Style(*choices)) for choices in product((False, True), repeat=2))
    return Fraction(fen, 100) if text in written else None


def bill_date(day: date) -> str:
    """贰零贰陆年零壹月壹拾伍日, as bills write dates (WS-029)."""
    year = "".join(_DIGITS[int(char)] for char in f"{day.year:04d}")
    month = ("零" if day.month in _ZERO_MONTHS else "") + _group(day.month)
    number = ("零" if day.day < _ZERO_TENS[0] or day.day in _ZERO_TENS else "") + _group(day.day)
    return f"{year}年{month}月{number}日"


def _write(fen: int, style: _Style) -> str:
    yuan, rest = divmod(fen, 100)
    if not 0 <= yuan < LIMIT:
        raise OverflowError("no capitals for such an amount")
    jiao, last = divmod(rest, 10)
    if fen == 0:
        return f"{_PREFIX}零元整"
    text = f"{_whole(yuan, style)}元" if yuan else ""
    if jiao:
        zero = "零" if style.zero_before_jiao and yuan and yuan % 10 == 0 else ""
        text += f"{zero}{_DIGITS[jiao]}角"
    if last:
        zero = "零" if yuan and not jiao else ""  # WS-026: must be there
        text += f"{zero}{_DIGITS[last]}分"
    if not rest:
        text += "整"
    return _PREFIX + text


def _whole(yuan: int, style: _Style) -> str:
    """Groups of four digits; one zero where a group begins with zeros (WS-024)."""
    text = ""
    for value, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = yuan // value % 10**4
        if not group:
            continue
        # a zero at the place of 万 may be left out before thousands (WS-025), one at the place of 亿 may not
        ends_in_zero = yuan // value // 10**4 % 10 == 0
        said = value > 1 or style.zero_before_thousands
        if text and (group < 10**3 or (said and ends_in_zero)):
            text += "零"
        text += _group(group) + unit
    return text


def _group(number: int) -> str:
    """Up to four digits with their places; one zero for several in the middle."""
    text = ""
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            text += _DIGITS[digit] + _PLACES[place]
        elif text and not text.endswith("零"):
            text += "零"
    return text.rstrip("零")


def _sum_up(text: str) -> int | None:
    """Fen by digits and units, whatever the order; whether it was written well is seen by writing it again."""
    total = group = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char in _SMALL_UNITS:
            group, digit = group + digit * _SMALL_UNITS[char], 0
        elif char in _GROUP_UNITS:
            total, group, digit = total + (group + digit) * _GROUP_UNITS[char] * 100, 0, 0
        elif char == "元":
            total, group, digit = total + (group + digit) * 100, 0, 0
        elif char in "角分":
            total, digit = total + digit * (10 if char == "角" else 1), 0
        elif char != "整":
            return None
    return total if 0 <= total < LIMIT * 100 else None
