"""Numbers as people write them into cells: money with its units, dates and months."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from desktop.exchange.files.cells import DATE, NUMBER, Cell, day_of_serial
from desktop.exchange.numerals import CHINESE, DIGITS, chinese_integer
from desktop.policy.text import bare

_MONEY = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?|-?\.[0-9]+)(万元|万|元/月|元整|元)?")
_WHOLE = re.compile(rf"(?:人民币)?([{CHINESE}]+)[整正]?")
_PARTS = re.compile(
    rf"(?:人民币)?(?:([{CHINESE}]+)[元圆])?(?:[零〇]?([{DIGITS}])角|[零〇]角)?(?:[零〇]?([{DIGITS}])分|[零〇]分)?[整正]?"
)
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9])")
_SEPARATED = re.compile(r"([0-9]{4})[.\-/年]([0-9]{1,2})[.\-/月]([0-9]{1,2})[日号]?")
_EIGHT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_SHORT_YEAR = re.compile(r"[0-9]{2}[.\-/年][0-9]{1,2}[.\-/月][0-9]{1,2}[日号]?")
_NO_YEAR = re.compile(r"([0-9]{1,2})(?:月|[.\-/])([0-9]{1,2})[日号]?")
_MONTH = re.compile(r"([0-9]{4})[.\-/年]([0-9]{1,2})月?")
_SIX = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})|(2100)([0-9]{2})")
_BIG_YUAN = 100_000
_MOST_YUAN = 10**12


class Money(msgspec.Struct, frozen=True):
    """An amount in fen, or the code that says why there is none; `warnings` go with an amount."""

    fen: int | None = None
    error: str = ""
    warnings: tuple[str, ...] = ()


class Day(msgspec.Struct, frozen=True):
    """A day, or the code that says why there is none; `inferred` when the year was the sheet's."""

    day: date | None = None
    error: str = ""
    inferred: bool = False


def read_money(cell: Cell, ten_thousands: bool, guess_unit: bool = True) -> Money:
    """A non-blank cell as money (excel.md §4.8); `ten_thousands` when the header counts in 万元.

    With `guess_unit` a number that would be more than 100,000 yuan in 万元 is taken as yuan, with a warning.
    """
    if cell.kind == NUMBER:
        yuan, unit = Decimal(str(cell.value)), ""
    else:
        written = None if cell.kind == DATE else _written_money(str(cell.value))
        if written is None:
            return Money(error="E_AMOUNT_FORMAT")
        yuan, unit = written
    if yuan < 0:
        return Money(error="E_AMOUNT_NEGATIVE")
    if yuan >= _MOST_YUAN:
        return Money(error="E_AMOUNT_FORMAT")
    scale = 10_000 if (unit.startswith("万") if unit else ten_thousands) else 1
    warnings = ["W_AMOUNT_UNIT"] if unit and (scale > 1) != ten_thousands else []
    if guess_unit and not unit and scale > 1 and yuan * scale > _BIG_YUAN:
        scale = 1
        warnings.append("W_AMOUNT_UNIT")
    fen = yuan * scale * 100
    whole_fen = fen.quantize(Decimal(1), ROUND_HALF_UP)
    if abs(fen - whole_fen) >= Decimal("0.001"):
        warnings.append("W_AMOUNT_ROUNDED")
    return Money(int(whole_fen), "", tuple(warnings))


def _written_money(text: str) -> tuple[Decimal, str] | None:
    """The number and the unit that is written with it; Chinese numerals always count in yuan."""
    plain = _THOUSANDS.sub("", bare(text).replace("￥", "").replace("¥", ""))
    match = _MONEY.fullmatch(plain)
    if match is not None:
        return Decimal(match[1]), match[2] or ""
    yuan = _in_words(plain)
    return None if yuan is None else (yuan, "元")


def _in_words(plain: str) -> Decimal | None:
    """Chinese numerals with or without 元, 角, 分; None when they are no number."""
    whole = _WHOLE.fullmatch(plain)
    if whole is not None:
        number = chinese_integer(whole[1])
        return None if number is None else Decimal(number)
    parts = _PARTS.fullmatch(plain)
    if parts is None or not any(parts.groups()):
        return None
    number = chinese_integer(parts[1]) if parts[1] else 0
    if number is None:
        return None
    jiao, fen = (chinese_integer(part) if part else 0 for part in (parts[2], parts[3]))
    return Decimal(number) + Decimal(jiao or 0) / 10 + Decimal(fen or 0) / 100


def _make(year: str | int, month: str, day: str) -> Day:
    try:
        return Day(date(int(year), int(month), int(day)))
    except ValueError:
        return Day(error="E_DATE_INVALID")


def read_day(cell: Cell, epoch: date, year: int | None) -> Day:
    """A non-blank cell as a day; `year` is the sheet's, for days written without one."""
    if isinstance(cell.value, date):
        return Day(cell.value)
    if isinstance(cell.value, Decimal):
        return _day_of_number(cell.value, epoch)
    text = bare(cell.value)
    match = _SEPARATED.fullmatch(text) or _EIGHT.fullmatch(text)
    if match is not None:
        return _make(match[1], match[2], match[3])
    if _SHORT_YEAR.fullmatch(text) or _month_text(text) is not None:
        return Day(error="E_DATE_AMBIGUOUS")
    match = _NO_YEAR.fullmatch(text)
    if match is None:
        return Day(error="E_DATE_INVALID")
    if year is None:
        return Day(error="E_DATE_AMBIGUOUS")
    made = _make(year, match[1], match[2])
    return Day(made.day, made.error, inferred=made.day is not None)


def _day_of_number(number: Decimal, epoch: date) -> Day:
    whole = number == int(number)
    if whole and 10_000_000 <= number <= 99_999_999:
        text = str(int(number))
        return _make(text[:4], text[4:6], text[6:])
    if 1900 <= number <= 2100 or number < 1000 or (whole and _month_text(str(int(number))) is not None):
        return Day(error="E_DATE_AMBIGUOUS")
    if 1000 <= number <= 60_000:
        return Day(day_of_serial(number, epoch))
    return Day(error="E_DATE_INVALID")


def read_month(cell: Cell, epoch: date) -> str | None:
    """A non-blank cell as `YYYY-MM`; None when it cannot be read without guessing (2023.1 as a number)."""
    if isinstance(cell.value, date):
        return f"{cell.value:%Y-%m}"
    if isinstance(cell.value, Decimal):
        if (cell.value != int(cell.value) and not 1000 <= cell.value <= 60_000) or 1900 <= cell.value <= 2100:
            return None
        if cell.value != int(cell.value):
            return None
        if 100_000 <= cell.value <= 999_999:
            return _month_text(str(int(cell.value)))
        day = _day_of_number(cell.value, epoch).day
        return f"{day:%Y-%m}" if day else None
    text = bare(cell.value)
    match = _SEPARATED.fullmatch(text) or _EIGHT.fullmatch(text)
    if match is not None:
        day = _make(match[1], match[2], match[3]).day
        return f"{day:%Y-%m}" if day else None
    return _month_text(text)


def _month_text(text: str) -> str | None:
    match = _SIX.fullmatch(text) or _MONTH.fullmatch(text)
    if match is None:
        return None
    year, month = (part for part in match.groups() if part)
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None
