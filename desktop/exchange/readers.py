"""Readers of plain cells: texts, numbers, money, dates, accounts, words of code tables (excel.md §4.8)."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from desktop.exchange import words
from desktop.exchange.files.cells import DATE, NUMBER, TEXT, Cell
from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.numbers import read_day, read_money, read_month
from desktop.exchange.numerals import chinese_integer
from desktop.exchange.profiles import REQUIRED, Field
from desktop.policy.identity import check_account, check_certificate
from desktop.policy.text import bare, without_blanks

Reader = Callable[[Ledger, Row, Field, Cell], Any]
UNREAD = "W_VALUE_UNREAD"

_CUT_FROM = 10**14
_MOST = 10**12
_COUNTERS = re.compile(r"(?:周岁|个月|公斤|人|口|户|间|岁|月|件|次)+$")
_NO_ROOMS = ("/", "-", "无")
_BAND = re.compile(r"([一二三四1-4A-D])(?:档|类|级)?")
_BANDS = dict(zip("一二三四1234ABCD", [1, 2, 3, 4] * 3, strict=True))
_CARE_BAND = re.compile(r"[一二三123]档")


def _seq(_ledger: Ledger, _row: Row, _field: Field, cell: Cell) -> int | None:
    return _whole(cell)


def _text(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if field.digits and isinstance(cell.value, Decimal) and abs(cell.value) >= _CUT_FROM:
        row.say(field.key, UNREAD)
        return None
    return without_blanks(cell.shown) or None


def _group(_ledger: Ledger, _row: Row, _field: Field, cell: Cell) -> int | str | None:
    if cell.kind == NUMBER:
        whole = _whole(cell)
        return without_blanks(cell.shown) if whole is None else whole
    found = chinese_integer(re.sub("[组社队]", "", bare(cell.shown)))
    return found if found is not None and found < _MOST else without_blanks(cell.shown) or None


def _whole(cell: Cell) -> int | None:
    """A whole number of a cell, with or without the thing counted behind it; None when it is none."""
    if isinstance(cell.value, Decimal):
        number = int(cell.value)
        return number if number == cell.value and 0 <= number < _MOST else None
    if cell.kind != TEXT:
        return None
    found = chinese_integer(_COUNTERS.sub("", bare(cell.shown)))
    return found if found is not None and found < _MOST else None


def _integer(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> int | None:
    if cell.blank:
        if field.mark == REQUIRED:
            row.say(field.key, "E_NUMBER_BLANK")
        return None
    found = _whole(cell)
    if found is None:
        row.say(field.key, "E_NUMBER_FORMAT" if field.mark == REQUIRED else UNREAD)
    return found


def _rooms(ledger: Ledger, row: Row, field: Field, cell: Cell) -> int | None:
    if cell.blank or (cell.kind == TEXT and bare(cell.shown) in _NO_ROOMS):
        return 0
    return _integer(ledger, row, field, cell)


def _amount(ledger: Ledger, row: Row, field: Field, cell: Cell) -> int | None:
    if cell.blank:
        if field.mark == REQUIRED:
            row.say(field.key, "E_AMOUNT_BLANK")
        return None
    money = read_money(cell, field.key in ledger.header.ten_thousands)
    if money.error:
        row.say(field.key, money.error if field.binding else UNREAD)
    for code in money.warnings:
        row.say(field.key, code)
    return money.fen


def _date(ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.blank:
        if field.mark == REQUIRED:
            row.say(field.key, "E_DATE_BLANK")
        return None
    found = read_day(cell, ledger.epoch, ledger.period.year)
    if found.day is None:
        row.say(field.key, found.error)
        return None
    if found.inferred:
        row.say(field.key, "W_DATE_YEAR_INFERRED")
    return found.day.isoformat()


def _month(ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.blank:
        return None
    found = read_month(cell, ledger.epoch)
    if found is None:
        row.say(field.key, "W_MONTH_AMBIGUOUS")
    return found


def _account(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.blank:
        if field.mark == REQUIRED:
            row.say(field.key, "E_BANK_BLANK")
        return None
    if cell.kind in (NUMBER, DATE):
        row.say(field.key, "E_BANK_PRECISION")
        return None
    found = check_account(cell.shown)
    if found.code:
        row.say(field.key, found.code)
    return None if found.code.startswith("E_") else found.number


def _tail4(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.blank:
        return None
    text = bare(cell.shown)
    if cell.kind == NUMBER:
        whole = _whole(cell)
        text = f"{whole:04d}" if whole is not None else ""
    if not re.fullmatch("[0-9]{4}", text):
        row.say(field.key, UNREAD)
        return None
    return text


def _certificate(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.kind != TEXT:
        row.say(field.key, "E_CERT_FORMAT")
        return None
    found = check_certificate(cell.shown, row.person.number if row.person else None)
    if found.code:
        row.say(field.key, found.code)
        return None
    return found.number


def _by_certificate(row: Row, field: Field, cell: Cell, code: str) -> int | None:
    """The kind or grade that a valid certificate says, and a code where the column says something else."""
    number = row.values.get("cert")
    if not number:
        return None
    kind, grade = int(number[18]), int(number[19])
    said = kind if field.kind == "dis_kind" else grade
    if not cell.blank and _DISABILITY[field.kind](bare(cell.shown)) != said:
        row.say(field.key, code)
    return said


_DISABILITY: dict[str, Callable[[str], Any]] = {
    "dis_kind": words.kind_of_disability,
    "dis_grade": words.grade_of_disability,
    "disability": words.disability,
}


def _disability(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> Any:
    said = _by_certificate(row, field, cell, "W_CERT_KIND" if field.kind == "dis_kind" else "W_CERT_GRADE")
    if said is not None or cell.blank:
        return said
    text = bare(cell.shown)
    found = None if words.is_nothing(text) else _DISABILITY[field.kind](text)
    if found is None and not words.is_nothing(text):
        row.say(field.key, UNREAD)
    return found


def _band(_ledger: Ledger, _row: Row, _field: Field, cell: Cell) -> int | str | None:
    match = _BAND.fullmatch(bare(cell.shown).upper())
    return _BANDS[match[1]] if match else without_blanks(cell.shown) or None


def _care_band(ledger: Ledger, row: Row, field: Field, cell: Cell) -> Any:
    if _CARE_BAND.fullmatch(bare(cell.shown)):
        return without_blanks(cell.shown)
    return _coded(words.table("self_care").get)(ledger, row, field, cell)


def _coded(look_up: Callable[[str], Any]) -> Reader:
    """A reader of words of a code table."""

    def read(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> Any:
        found = None if cell.blank else look_up(bare(cell.shown))
        if found is None and field.mark == REQUIRED:
            row.say(field.key, "E_CODE_UNKNOWN")
        elif found is None and not cell.blank:
            row.say(field.key, UNREAD)
        return found

    return read


def _number_of(kind: str) -> Callable[[str], int | None]:
    """Look up a table whose codes are whole numbers."""

    def look_up(text: str) -> int | None:
        found = words.table(kind).get(text)
        return None if found is None else int(found)

    return look_up


def _code_of(kind: str) -> Callable[[str], str | None]:
    return lambda text: words.table(kind).get(text)


READERS: dict[str, Reader] = {
    "seq": _seq,
    "text": _text,
    "group": _group,
    "integer": _integer,
    "rooms": _rooms,
    "amount": _amount,
    "date": _date,
    "month": _month,
    "account": _account,
    "tail4": _tail4,
    "cert": _certificate,
    "dis_kind": _disability,
    "dis_grade": _disability,
    "disability": _disability,
    "band": _band,
    "care_band": _care_band,
    "relation": _coded(words.relation),
    "yes_no": _coded(words.yes_no),
    "ethnicity": _coded(words.ethnicity),
    "structure": _coded(words.structure),
    "health": _coded(_number_of("health")),
    "labor": _coded(_number_of("labor")),
    **{kind: _coded(_code_of(kind)) for kind in ("support_mode", "self_care", "tekun_class", "disaster", "subsidy")},
}
"""Reader by kind of field."""
