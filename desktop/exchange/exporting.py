"""Writing a ledger out of the store in its exact columns: an audited export with a reason (excel.md §2, AQ-012)."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from db.refused import BadValue
from desktop.casework.persons import needed_reason
from desktop.casework.views import View
from desktop.casework.work import Work
from desktop.exchange.pages import Layout, layouts, pages_of
from desktop.exchange.profiles import Profile, named
from desktop.exchange.refusals import refusal
from desktop.exchange.standing import standing
from desktop.exchange.writing import write_xlsx


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
    data = write_xlsx(pages_of(work, kind, layout, listed, month or work.on[:7], township))
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
