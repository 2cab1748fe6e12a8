"""Writing a ledger out of the store in its exact columns: an audited export with a reason (excel.md §2, AQ-012)."""

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import Any

from db.refused import BadValue, NotAllowed
from desktop.casework.approvals import CHILDREN
from desktop.casework.persons import needed_reason
from desktop.casework.views import View
from desktop.casework.work import Work
from desktop.exchange.booking import FUND, lines_of_book
from desktop.exchange.outgoing.pages import Layout, layouts, pages_of
from desktop.exchange.outgoing.plain_writing import write_csv
from desktop.exchange.outgoing.sealing import Sealing, check_file_password, sealed
from desktop.exchange.outgoing.standing import standing
from desktop.exchange.outgoing.writing import Page, write_xlsx
from desktop.exchange.profiles import Profile, named
from desktop.exchange.refusals import refusal


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


def export(
    work: Work,
    profile: str,
    reason: str,
    month: str | None = None,
    township: str = "",
    sealing: Sealing | None = None,
    plain: bool = False,
) -> Exported:
    """The ledger as the store has it now, or as of `month`; the export is written into the audit chain.

    `plain` makes a .csv of it, which holds one sheet and is never encrypted.

    With `sealing` the bytes are an encrypted workbook; the children's ledger (`needs_sealing`) has no other way out.
    Raises `BadValue` for an unknown or unwritten ledger, a month that is none, a missing reason, an empty ledger,
    `NotAllowed` without a second person's approval of the children's.
    """
    kind, layout = _kind(profile)
    work.allow(CHILDREN if layout.sealed else "print")
    why = needed_reason(reason)
    _needs_approval(work, layout, sealing)
    if plain and sealing is not None:
        raise BadValue("ledger.csv_open", "CSV 不能加密。", "没有生成文件。", "请改用 xlsx。")
    if month is not None:
        _needs_month(month)
    listed = lines_of_book(work, month) if kind.name == FUND else standing(work, kind, month)
    if not listed:
        raise BadValue(
            "ledger.empty",
            f"{layout.title}里一行也没有" + (f"（{month}）" if month else "") + "。",
            "没有生成文件。",
            "请核对台账种类和月份。",
        )
    data = _written(pages_of(work, kind, layout, listed, month or work.on[:7], township), plain)
    if sealing is not None:
        data = sealed(data, sealing.password)
    rows = sum(len(one.rows) for one in listed)
    sha256 = hashlib.sha256(data).hexdigest()
    told = {"reason": why, "rows": rows, "month": month or "", "sha256": sha256}
    if sealing is not None:
        told |= {"approver": sealing.approval.approver, "encrypted": True}
    work.record("export.ledger", kind.name, told)
    people = {str(row[key]) for one in listed for row in one.rows for key in _NAMES if row.get(key)}
    return Exported(
        profile=kind.name,
        rows=rows,
        benefits=len(listed),
        sha256=sha256,
        suggested_name=suggested_name(kind.code, work.scope, month or work.on[:7], plain),
        data=data,
        names=tuple(sorted(people)),
    )


def suggested_name(code: str, scope: str, month: str, plain: bool = False) -> str:
    """The name that a ledger goes out under (`L1_低保花名册_513224101_202609.xlsx`); it names nobody."""
    return f"{code}_{layouts()[code].file}_{scope}_{month.replace('-', '')}.{'csv' if plain else 'xlsx'}"


def _written(pages: list[Page], plain: bool) -> bytes:
    if not plain:
        return write_xlsx(pages)
    if len(pages) > 1:
        names = "、".join(page.name for page in pages)
        raise BadValue(
            "ledger.csv_one_sheet",
            f"这份台账有 {len(pages)} 张表（{names}），CSV 只放得下一张。",
            "没有生成文件。",
            "请只要一个月的，或者改用 xlsx。",
        )
    return write_csv(pages[0])


def needs_sealing(profile: str) -> bool:
    """Whether a ledger goes out only with a second person's approval and encrypted."""
    kind = named(profile)
    layout = layouts().get(kind.code) if kind is not None else None
    return layout is not None and layout.sealed


def _needs_approval(work: Work, layout: Layout, sealing: Sealing | None) -> None:
    """The approval is for this act and this person, by another one; the opening password is fit before work begins."""
    if sealing is None:
        if not layout.sealed:
            return
        raise NotAllowed(
            "ledger.needs_two",
            f"{layout.title}要两个人同意才能导出，并且要加密。",
            "没有生成文件。",
            "请写上审批人（--approver 姓名），由他当场输入自己的口令，再定一个打开密码。",
        )
    given = sealing.approval
    if given.act != CHILDREN or given.asked_by != work.user or given.approver == work.user:
        raise NotAllowed(
            "approval.not_for_this",
            "这次审批不是给您这次导出的。",
            "没有生成文件。",
            "请让审批人再输入一次自己的口令。",
        )
    check_file_password(sealing.password)


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


_NAMES = ("name", "payee", "handler", "witness", "approver")
"""Keys of a row under which somebody is named."""

_INSTEAD = "可以导出的有：L1 至 L10。"
_WHY_NOT = {
    "": "这是省里系统的导出表，本程序不另写一份。",
}


def _needs_month(month: str) -> None:
    try:
        date.fromisoformat(month + "-01")
    except ValueError as error:
        raise BadValue("ledger.bad_month", "月份要写成 2026-09 这样。", "没有生成文件。", "请改正 --month。") from error
