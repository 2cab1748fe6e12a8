"""Which sheets of a workbook are ledgers, of which kind, and why the others are not (excel.md §4.3, §4.4)."""

import re
from datetime import date
from typing import Any

import msgspec

from desktop.exchange import words
from desktop.exchange.files import cells
from desktop.exchange.files.cells import Sheet, Workbook
from desktop.exchange.guidance import Guidance, Reading
from desktop.exchange.headers import Header, above, find_any_header, find_header, header_by_hand
from desktop.exchange.period import Period, period_of
from desktop.exchange.profiles import Naming, Profile, all_profiles, namings, profile
from desktop.policy.text import bare

_STOP_NAMES = ("停发", "停保", "注销", "退出", "迁出", "死亡", "减员")
_STOP_HEAD = re.compile(r"(停发|停保|退出|注销)(原因|月份|日期|时间)")
_MONEY_HEADS = ("金额", "合计", "标准")


class Chosen(msgspec.Struct):
    """One sheet: `reason` is empty for those that are read, else an `I_SHEET_` code."""

    sheet: Sheet
    place: int
    reason: str = ""
    profile: Profile | None = None
    header: Header | None = None
    period: Period | None = None
    missing: tuple[str, ...] = ()
    named: dict[str, str] = {}
    """Values that the sheet's name or title tells for all its rows."""

    @property
    def taken(self) -> bool:
        """The sheet is read."""
        return not self.reason

    def as_json(self) -> dict[str, Any]:
        """Its entry in `sheets` (excel.md §7)."""
        if self.reason or self.header is None or self.profile is None or self.period is None:
            ignored = {"sheet": self.sheet.name, "action": "ignore", "reason": self.reason}
            return ignored | {"header_rows": [], "columns": {}}
        return {
            "sheet": self.sheet.name,
            "action": "import",
            "reason": "",
            "profile": self.profile.name,
            "period_end": self.period.end.isoformat(),
            "header_rows": list(self.header.rows),
            "columns": self.header.letters,
        }


def choose_sheets(
    book: Workbook, file: str, wanted: Profile | None, on: date, guidance: Guidance | None = None
) -> list[Chosen]:
    """Every sheet in the order of the file; `wanted` is the profile a person asked for all of them."""
    said = guidance or Guidance()
    return [_choose(sheet, place, file, wanted, on, said) for place, sheet in enumerate(book.sheets)]


def _choose(sheet: Sheet, place: int, file: str, wanted: Profile | None, on: date, guidance: Guidance) -> Chosen:
    if sheet.state != cells.VISIBLE:
        hidden = sheet.state == cells.HIDDEN
        return Chosen(sheet, place, "I_SHEET_HIDDEN" if hidden else "I_SHEET_VERYHIDDEN")
    reading = guidance.reading_of(sheet)
    rough = find_any_header(sheet)
    kind = profile(reading.profile) if reading is not None else wanted or _guess(sheet, rough, file)
    header = _header(sheet, kind, reading)
    if reading is None and _is_stop_list(sheet, header or rough):
        return Chosen(sheet, place, "I_SHEET_STOPLIST")
    if kind is None or header is None:
        return Chosen(sheet, place, "I_SHEET_NO_HEADER")
    lines = above(sheet, header)
    named = _told_by_name(kind, header, sheet, lines)
    missing = _missing(kind, header, named)
    if missing:
        return Chosen(sheet, place, "I_SHEET_COLUMN_MISSING", kind, header, missing=missing)
    period = period_of([*lines, sheet.name, file], on)
    return Chosen(sheet, place, "", kind, header, period, named=named)


def _header(sheet: Sheet, kind: Profile | None, reading: Reading | None) -> Header | None:
    """As a person said, else by the heads."""
    if kind is None:
        return None
    if reading is not None and reading.rows:
        return header_by_hand(sheet, kind, reading.rows, reading.columns)
    return find_header(sheet, kind)


def _guess(sheet: Sheet, rough: Header | None, file: str) -> Profile | None:
    """The profile by words in title, sheet name, file name; else by the columns."""
    places = ["".join(above(sheet, rough)) if rough is not None else "", bare(sheet.name), bare(file)]
    exports = [naming for naming in namings() if naming.code.startswith("X")]
    ledgers = [naming for naming in namings() if not naming.code.startswith("X")]
    by_word = next((hit for place in places if (hit := _hit(exports, place))), "")
    by_word = by_word or next((hit for place in places if (hit := _hit(ledgers, place))), "")
    return profile(by_word) if by_word else _by_columns(sheet)


def _hit(among: list[Naming], place: str) -> str:
    return next((naming.code for naming in among if any(word in place for word in naming.words)), "")


def _by_columns(sheet: Sheet) -> Profile | None:
    """The profile whose needed columns are all there and of which most columns are found."""
    best: tuple[int, Profile] | None = None
    for kind in all_profiles():
        header = find_header(sheet, kind)
        if header is None or _missing(kind, header, _told_by_name(kind, header, sheet, above(sheet, header))):
            continue
        if best is None or len(header.columns) > best[0]:
            best = len(header.columns), kind
    return best[1] if best else None


def _missing(kind: Profile, header: Header, named: dict[str, str]) -> tuple[str, ...]:
    gone = [f.key for f in kind.fields if f.needed and f.key not in header.columns and f.key not in named]
    if kind.one_of and not any(key in header.columns for key in kind.one_of):
        gone += kind.one_of
    return tuple(gone)


def _is_stop_list(sheet: Sheet, header: Header | None) -> bool:
    """People who no longer get anything: by the sheet's name, or by a column and no money."""
    if any(word in bare(sheet.name) for word in _STOP_NAMES):
        return True
    heads = list(header.heads.values()) if header is not None else []
    if not any(_STOP_HEAD.search(head) for head in heads):
        return False
    return not any(word in head for head in heads for word in _MONEY_HEADS)


def _told_by_name(kind: Profile, header: Header, sheet: Sheet, lines: list[str]) -> dict[str, str]:
    """What the name tells where a column is wanting (§4.9): the way of support, the kind of subsidy."""
    told: dict[str, str] = {}
    title = "".join(lines)
    for key in kind.from_name:
        if key in header.columns:
            continue
        places = [bare(sheet.name) + title] if key == "support_mode" else [bare(sheet.name), title]
        for place in places:
            code = _only_one(place, _NAMED[key])
            if code:
                told[key] = words.table(key)[code]
                break
    return told


_NAMED = {"support_mode": ("集中", "分散"), "subsidy": ("生活补贴", "护理补贴")}


def _only_one(place: str, choices: tuple[str, ...]) -> str:
    found = [choice for choice in choices if choice in place]
    return found[0] if len(found) == 1 else ""
