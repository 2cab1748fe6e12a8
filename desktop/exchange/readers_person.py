"""Readers of what makes a person: name, identity number, sex, birth date, and remarks that say somebody is gone."""

import re
from datetime import date
from typing import Any

from desktop.exchange.files.cells import DATE, NUMBER, TEXT, Cell
from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.numbers import read_day
from desktop.exchange.profiles import Field
from desktop.exchange.readers import READERS as PLAIN
from desktop.exchange.readers import UNREAD, Reader
from desktop.policy.identity import check_id
from desktop.policy.text import bare, half_width, without_blanks

_DOTS = str.maketrans(dict.fromkeys("•・．.‧∙･", "·"))
_MASK = re.compile(r"[*＊×Xx○□■●]|某某")
_ANNOTATED = re.compile(r"([^（(]+)[（(].*[)）]")
_GONE_WORDS = "已故|去世|死亡|病故|亡故|已死|身故|过世|停发|停保"
_GONE = re.compile(_GONE_WORDS)
_KIN_GONE = re.compile(
    r"(?:父母|父亲?|母亲?|双亲|丈夫|妻子?|配偶|老伴|儿子|女儿|监护人|照料人)"
    rf"(?:均|都|也|已|于|因病|[\d.年月日])*(?:{_GONE_WORDS})"
)
_NO_PAPERS = ("无证件", "无身份证", "无户口", "身份不明", "流散", "新生儿", "未上户", "未办证")
_SEXES = {"男": 1, "1": 1, "女": 2, "2": 2}


def tells_of_an_end(text: str) -> bool:
    """A word that somebody died or stopped to receive, unless it is said of a relative (excel.md §4.8)."""
    plain = half_width(without_blanks(text))
    return _GONE.search(plain) is not None and _GONE.search(_KIN_GONE.sub("|", plain)) is not None


def plain_name(text: str) -> str:
    """A name as names are compared: no blanks, one kind of dot, no annotation in parentheses."""
    name = without_blanks(text).translate(_DOTS)
    match = _ANNOTATED.fullmatch(name)
    return match[1] if match else name


def _name(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    written = without_blanks(cell.shown).translate(_DOTS)
    name = plain_name(written)
    row.named = bool(name)
    if not written:
        row.say(field.key, "E_NAME_BLANK")
    elif tells_of_an_end(written):
        row.say(field.key, "E_STATUS_NOTE")
    elif _MASK.search(written):
        row.say(field.key, "E_NAME_MASKED")
    elif name != written:
        row.say(field.key, "W_NAME_NOTE")
    if _MASK.search(written):
        row.named = False
        return None
    return name or None


def _quiet_name(_ledger: Ledger, _row: Row, _field: Field, cell: Cell) -> str | None:
    return plain_name(cell.shown) or None


def _id(ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    if cell.blank:
        remark = bare(row.cell("remark").shown)
        explained = any(word in remark for word in _NO_PAPERS)
        row.say(field.key, "W_NO_ID" if explained else "E_ID_BLANK")
        return None
    if cell.kind in (NUMBER, DATE):
        row.say(field.key, "E_ID_PRECISION")
        return None
    found = check_id(cell.shown, ledger.on)
    if found.code:
        row.say(field.key, found.code)
        return None
    row.person = found
    return found.number


def read_other_id(ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    """The number of somebody else (a guardian): only read or not read."""
    if cell.blank:
        return None
    found = check_id(cell.shown, ledger.on)
    if cell.kind != TEXT or found.code:
        row.say(field.key, UNREAD)
        return None
    return found.number


def _sex(_ledger: Ledger, row: Row, field: Field, cell: Cell) -> int | None:
    """By the number where there is one; the column is only compared with it."""
    said = _SEXES.get(bare(cell.shown))
    if said is None and not cell.blank:
        row.say(field.key, UNREAD)
    if row.person is None:
        return said
    if said is not None and said != row.person.sex:
        row.say(field.key, "W_SEX_MISMATCH")
    return row.person.sex


def _birth(ledger: Ledger, row: Row, field: Field, cell: Cell) -> str | None:
    said = None if cell.blank else read_day(cell, ledger.epoch, None).day
    known: date | None = row.person.birth if row.person else None
    if known is not None and said is not None and said != known:
        row.say(field.key, "W_BIRTH_MISMATCH")
    day = known or said
    return day.isoformat() if day else None


def _remark(ledger: Ledger, row: Row, field: Field, cell: Cell) -> Any:
    """Remarks are texts that may say more than they should."""
    if field.key == "remark" and tells_of_an_end(cell.shown):
        row.say(field.key, "E_STATUS_NOTE")
    return PLAIN["text"](ledger, row, field, cell)


READERS: dict[str, Reader] = {
    "name": _name,
    "quiet_name": _quiet_name,
    "id": _id,
    "sex": _sex,
    "birth": _birth,
    "text": _remark,
}
"""Reader by kind of field."""
