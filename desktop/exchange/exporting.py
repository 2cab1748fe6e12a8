"""Writing a ledger out of the store in its exact columns: an audited export with a reason (excel.md §2, AQ-012)."""

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import msgspec

from db.refused import BadValue
from desktop.casework.persons import needed_reason
from desktop.casework.views import View
from desktop.casework.work import Work
from desktop.exchange.profiles import Field, Profile, named
from desktop.exchange.refusals import refusal
from desktop.exchange.showing import cell
from desktop.exchange.standing import Standing, standing
from desktop.exchange.writing import AMOUNT, BODY, COUNT, HEAD, LINE, TITLE, Page, Put, write_xlsx
from desktop.policy.capitals import in_capitals
from resources import read_toml

_HEADS = (1, 3)
_WIDTHS = {"id": 21.0, "account": 23.0, "cert": 24.0, "name": 10.0, "quiet_name": 10.0, "seq": 6.0, "text": 14.0}
_FAMILY_ONCE = frozenset(("household_no", "township", "village", "group", "head_name"))
"""What stands in every row of a household, so that a row alone can be read; everything else only in its first."""

_EMPTY = Field("", "text", "optional", ())
_LONGEST_SHEET = 31


class Layout(msgspec.Struct, frozen=True):
    """How one ledger is written: title, word for the file name, paper, heads with their keys in order."""

    title: str
    file: str
    paper: str
    columns: tuple[tuple[str, str], ...]


class Exported(View, frozen=True, kw_only=True):
    """A ledger as a file: how many rows and benefits it lists, and a name for it that names nobody."""

    profile: str
    rows: int
    benefits: int
    sha256: str
    suggested_name: str
    data: bytes = b""
    names: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Without the bytes and the people."""
        return {key: value for key, value in super().as_json().items() if key not in ("data", "names")}


@cache
def layouts() -> dict[str, Layout]:
    """The ledgers that can be written, by code of their profile."""
    return msgspec.convert(read_toml("ledgers", "columns.toml"), dict[str, Layout])


def export(work: Work, profile: str, reason: str, month: str | None = None, township: str = "") -> Exported:
    """The ledger as the store has it now, or as of `month`; the export is written into the audit chain.

    Raises `BadValue` for an unknown or unwritten ledger, a month that is none, a missing reason, an empty ledger.
    """
    work.allow("print")
    why = needed_reason(reason)
    kind, layout = _kind(profile)
    if month is not None:
        _needs_month(month)
    listed = standing(work, kind, month)
    if not listed:
        raise BadValue(
            "ledger.empty",
            f"{layout.title}里一行也没有" + (f"（{month}）" if month else "") + "。",
            "没有生成文件。",
            "请核对台账种类和月份。",
        )
    pages = [
        _page(work, kind, layout, name, title, some, township)
        for name, title, some in _parts(kind, layout, listed, month or work.on[:7])
    ]
    data = write_xlsx(pages)
    rows = sum(len(one.rows) for one in listed)
    sha256 = hashlib.sha256(data).hexdigest()
    work.record("export.ledger", kind.name, {"reason": why, "rows": rows, "month": month or "", "sha256": sha256})
    people = {str(row["name"]) for one in listed for row in one.rows if row.get("name")}
    return Exported(
        profile=kind.name,
        rows=rows,
        benefits=len(listed),
        sha256=sha256,
        suggested_name=f"{kind.code}_{layout.file}_{work.scope}_{(month or work.on[:7]).replace('-', '')}.xlsx",
        data=data,
        names=tuple(sorted(people)),
    )


def needs_nameless(stem: str, names: Iterable[str]) -> None:
    """Refuse a file name in which somebody of the ledger is named (excel.md §2)."""
    if any(len(name) >= 2 and name in stem for name in names):
        raise BadValue(
            "ledger.name_in_file_name",
            "文件名里有台账上的人名。",
            "没有生成文件。",
            "请换一个不含人名的文件名，例如 L1_低保花名册_202609.xlsx。",
        )


def _kind(profile: str) -> tuple[Profile, Layout]:
    kind = named(profile)
    if kind is None:
        raise refusal("LEDGER_PROFILE")
    layout = layouts().get(kind.code)
    if layout is None:
        raise BadValue("ledger.not_exported", _WHY_NOT.get(kind.code, _WHY_NOT[""]), "没有生成文件。", _INSTEAD)
    return kind, layout


_INSTEAD = "可以导出的有：L1 至 L4、L6、L7、L9、L10。"
_WHY_NOT = {
    "L5": "备用金流水还不能导出：库里还没有备用金账目。",
    "L8": "儿童台账导出要双人审批并加密，现在还办不了。",
    "": "这是省里系统的导出表，本程序不另写一份。",
}


def _needs_month(month: str) -> None:
    try:
        date.fromisoformat(month + "-01")
    except ValueError as error:
        raise BadValue("ledger.bad_month", "月份要写成 2026-09 这样。", "没有生成文件。", "请改正 --month。") from error


def _parts(
    profile: Profile, layout: Layout, listed: list[Standing], month: str
) -> Iterable[tuple[str, str, list[Standing]]]:
    """Sheets with name, title and rows: one, but nobody stands twice in a sheet that lists each person once."""
    groups: dict[tuple[str, str], list[Standing]] = {}
    for one in listed:
        groups.setdefault(_group(profile, one, month), []).append(one)
    for (words, when), some in sorted(groups.items()):
        year, number = when.split("-")
        title = f"{year}年{int(number)}月{words}{layout.title}" if words else f"{year}年{int(number)}月{layout.title}"
        yield f"{words or layout.file}{year}年{int(number)}月"[:_LONGEST_SHEET], title, some


def _group(profile: Profile, one: Standing, month: str) -> tuple[str, str]:
    """Words for the sheet and the month that its title names."""
    if profile.code == "L3":
        return ("生活补贴" if one.rows[0].get("subsidy") == "disability_living" else "护理补贴"), month
    if profile.code == "L10":
        return "", f"{one.occasion.partition('|')[2]}-12"
    if profile.code == "L7":
        return "", str(one.rows[0].get("pay_month") or one.period)
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
        merges=[f"A1:{_letter(width)}1", f"A2:{_letter(width)}2"],
        heads=_HEADS,
        frozen=1 + next(place for place, (_, key) in enumerate(layout.columns) if key == "name"),
        paper=layout.paper,
        footer=f"走村导出 {work.on} {work.user}" + ("　演练，不作凭证" if work.training else ""),
    )


def _letter(column: int) -> str:
    from desktop.exchange.cells import column_letter

    return column_letter(column)


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
        return _age(row.get("birth") or _birth(row.get("id")), on)
    if key == "event_no" and not row.get(key) and not row.get("struck_on"):
        return one.occasion.partition("|")[2].partition("#")[0] or None  # the year that tells it from other years
    if key == "pay_month" and not row.get(key):
        return one.period
    if key == "id" and not row.get("id"):
        return None
    return row.get(key)


def _birth(number: Any) -> str | None:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if isinstance(number, str) and len(number) == 18 else None


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
        if field.total:
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
