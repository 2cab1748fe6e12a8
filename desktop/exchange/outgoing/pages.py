"""A ledger of the store as sheets: title, unit line, heads, a row each, totals (excel.md §2)."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import msgspec

from desktop.casework.programmes import PROGRAMMES
from desktop.casework.work import Work
from desktop.exchange.booking import FUND
from desktop.exchange.files.cells import column_letter
from desktop.exchange.outgoing.showing import cell
from desktop.exchange.outgoing.standing import Standing
from desktop.exchange.outgoing.writing import AMOUNT, BODY, COUNT, HEAD, LINE, TITLE, Page, Put
from desktop.exchange.placing import birth_of
from desktop.exchange.profiles import Field, Profile
from desktop.policy.capitals import in_capitals
from resources import read_toml

_HEADS = (1, 3)
_WIDTHS = {"id": 21.0, "account": 23.0, "cert": 24.0, "name": 10.0, "quiet_name": 10.0, "seq": 6.0, "text": 14.0}
_FAMILY_ONCE = frozenset(("household_no", "township", "village", "group", "head_name"))
"""What stands in every row of a household, so that a row alone can be read; everything else only in its first."""

_CHILDREN = {code: PROGRAMMES[code][0] for code in ("orphan", "de_facto_orphan", "left_behind_child")}
"""What the children's ledger calls a benefit that no ledger brought in."""

_EMPTY = Field("", "text", "optional", ())
_LONGEST_SHEET = 31


class Layout(msgspec.Struct, frozen=True):
    """How one ledger is written: title, word for the file name, paper, heads with their keys in order.

    A `sealed` one leaves the store only with a second person's approval and encrypted (excel.md §2, L8). `summed`
    columns are added up in the total row beside those that are compared when it comes back.
    """

    title: str
    file: str
    paper: str
    columns: tuple[tuple[str, str], ...]
    sealed: bool = False
    summed: tuple[str, ...] = ()


@cache
def layouts() -> dict[str, Layout]:
    """The ledgers that can be written, by code of their profile."""
    return msgspec.convert(read_toml("ledgers", "columns.toml"), dict[str, Layout])


def pages_of(
    work: Work, profile: Profile, layout: Layout, listed: list[Standing], month: str, township: str
) -> list[Page]:
    """The sheets of an export; `month` is the one that titles name where the rows do not say another."""
    parts = _parts(profile, layout, listed, month)
    return [_page(work, profile, layout, name, title, some, township) for name, title, some in parts]


def _parts(
    profile: Profile, layout: Layout, listed: list[Standing], month: str
) -> Iterable[tuple[str, str, list[Standing]]]:
    """Sheets with name, title and rows: one, but nobody stands twice in a sheet that lists each person once."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in listed:
        groups.setdefault(_group(profile, one, month), []).append(one)
    for (words, when), some in sorted(groups.items()):
        year, number = when.split("-")
        span = f"{year}年{int(number)}月" if number else f"{year}年"
        yield f"{words or layout.file}{span}"[:_LONGEST_SHEET], f"{span}{words}{layout.title}", some


def _group(profile: Profile, one: Standing, month: str) -> tuple[str, str]:
    """Words for the sheet and the month that its title names."""
    if profile.code == "L3":
        return ("生活补贴" if one.rows[0].get("subsidy") == "disability_living" else "护理补贴"), month
    if profile.code == "L10":
        return "", f"{one.occasion.partition('|')[2]}-12"
    if profile.code == "L7":
        return "", str(one.rows[0].get("pay_month") or one.period)
    if profile.name == FUND:
        return "", f"{one.period[:4]}-"  # a book is kept by years: what is carried over comes first in each
    return "", month


def _page(
    work: Work, profile: Profile, layout: Layout, name: str, title: str, listed: list[Standing], township: str
) -> Page:
    fields = [_field(profile, key) for _, key in layout.columns]
    width = len(layout.columns)
    unit = f"填报单位：{township or work.scope}　日期：{work.on}　单位：元" + ("　演练" if work.training else "")
    body: list[list[Put | None]] = []
    for one in listed:
        for place, row in enumerate(one.rows):
            body.append(_line(profile, layout, fields, one, row, place, len(body) + 1, work.on))
    last = _last(profile, layout, fields, listed)
    return Page(
        name=_sheet_name(name),
        rows=[
            [Put(title, TITLE), *[None] * (width - 1)],
            [Put(unit, LINE), *[None] * (width - 1)],
            [Put(head, HEAD) for head, _ in layout.columns],
            *body,
            *last,
        ],
        widths=[_WIDTHS.get(field.kind, 11.0) for field in fields],
        merges=[f"A1:{column_letter(width)}1", f"A2:{column_letter(width)}2"],
        heads=_HEADS,
        frozen=1 + next(place for place, (_, key) in enumerate(layout.columns) if key in ("name", "payee")),
        paper=layout.paper,
        footer=f"走村导出 {work.on} {work.user}" + ("　演练，不作凭证" if work.training else ""),
    )


def _sheet_name(name: str) -> str:
    return "".join(char for char in name if char not in "[]:*?/\\'")


def _field(profile: Profile, key: str) -> Field:
    return profile.by_key.get(key, _EMPTY)


def _line(
    profile: Profile,
    layout: Layout,
    fields: list[Field],
    one: Standing,
    row: dict[str, Any],
    place: int,
    count: int,
    on: str,
) -> list[Put | None]:
    """One row of the table; what is said of a household stands in its first row."""
    cells: list[Put | None] = []
    for (_, key), field in zip(layout.columns, fields, strict=True):
        once = bool(profile.households) and field.scope == "household" and key not in _FAMILY_ONCE
        value = None if once and place else _value(key, row, one, count, on)
        cells.append(cell(field, value))
    return cells


def _value(key: str, row: dict[str, Any], one: Standing, count: int, on: str) -> Any:
    if key == "seq":
        return count
    if key == "=age":
        return _age(row.get("birth") or birth_of(row.get("id")), on)
    if key == "event_no" and not row.get(key) and not row.get("struck_on"):
        return one.occasion.partition("|")[2].partition("#")[0] or None  # the year that tells it from other years
    if key == "pay_month" and not row.get(key):
        return one.period
    if key == "category" and not row.get(key):
        return _CHILDREN.get(one.case.programme_code or "") if one.case is not None else None
    if key == "id" and not row.get("id"):
        return None
    return row.get(key)


def _age(birth: str | None, on: str) -> str | None:
    """Whole years on the day of the export."""
    if birth is None:
        return None
    return str(int(on[:4]) - int(birth[:4]) - (on[5:] < birth[5:]))


def _last(profile: Profile, layout: Layout, fields: list[Field], listed: list[Standing]) -> list[list[Put | None]]:
    """The total row; a payment list also says the sum in capitals."""
    rows = [one.rows[:1] if profile.households else one.rows for one in listed]
    total: list[Put | None] = [Put("", BODY) for _ in fields]
    total[0] = Put("合计", BODY)
    summed = 0
    for place, ((_, key), field) in enumerate(zip(layout.columns, fields, strict=True)):
        values = [row.get(key) for some in rows for row in some]
        if field.total or key in layout.summed:
            summed = sum(value for value in values if isinstance(value, int))
            total[place] = Put(Decimal(summed).scaleb(-2), AMOUNT)
        elif profile.count_field == key:
            total[place] = Put(sum(value for value in values if isinstance(value, int)), COUNT)
        elif key == "id":
            total[place] = Put(f"{sum(len(one.rows) for one in listed)}人", BODY)
    if profile.code != "L7":
        return [total]
    words = Put(f"大写：{in_capitals(Fraction(summed, 100))}", LINE)
    return [total, [words, *[None] * (len(fields) - 1)]]
