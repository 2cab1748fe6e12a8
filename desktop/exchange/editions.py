"""An examined ledger beside the store and into it, as window and command line ask for it, with words for fields."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from desktop.casework import editions, fund, ledgers
from desktop.casework.cases import yuan
from desktop.casework.comparing import Change, HomeAct
from desktop.casework.edition_views import (
    AddedCase,
    AddedPerson,
    BookedEntry,
    CandidateView,
    ChangedField,
    EditionView,
    FundView,
    GoneView,
    Other,
)
from desktop.casework.editions import Edition
from desktop.casework.fields import HOUSEHOLD_LABELS, PERSON_LABELS
from desktop.casework.fund import FundEdition
from desktop.casework.ledgers import Batch
from desktop.casework.masks import mask_account, mask_certificate, mask_id, mask_phone
from desktop.casework.matching import Doubt, Someone
from desktop.casework.work import Work
from desktop.exchange.booking import FUND
from desktop.exchange.guidance import Mend
from desktop.exchange.profiles import named
from desktop.exchange.refusals import refusal
from desktop.exchange.report import Report

_CASE_LABELS = {
    "band": "档次",
    "month_amount_fen": "月金额",
    "supplement_fen": "分类施保",
    "covered_persons": "保障人口",
    "start_month": "享受月份",
    "checked_on": "核查日期",
    "cause": "困难原因",
}
_MASKS: dict[str, Callable[[str | None], str | None]] = {
    "id_number": mask_id,
    "phone": mask_phone,
    "account_number": mask_account,
    "certificate_number": mask_certificate,
    "id": mask_id,
    "guardian_id": mask_id,
    "carer_id": mask_id,
}


def compare(work: Work, report: Report) -> EditionView:
    """What writing this report would do: new people, changed fields, who is no longer listed, who may be whom.

    Nothing is written. Raises `BadValue` `LEDGER_LOOK_ONLY` for kinds that cannot be taken over.
    """
    work.allow("import")
    _needs_writable(report)
    plan = report.plan
    edition = editions.compare(work, report.profile, plan.households, plan.listed, plan.booked)
    return _view(edition, report.profile)


def take_over(work: Work, report: Report, file_sha256: str, mends: Sequence[Mend] = ()) -> Batch:
    """Write what the report brings anew as one batch, with what was corrected by hand noted beside it.

    Raises `BadValue` `LEDGER_LOOK_ONLY`.
    """
    _needs_writable(report)
    summary = {"classes": report.classes, "mended": [[one.place, one.old, one.text] for one in mends]}
    plan = report.plan
    return ledgers.take_over(work, report.profile, file_sha256, plan.households, summary, plan.listed, plan.booked)


def _needs_writable(report: Report) -> None:
    if not report.writable:
        raise refusal("LEDGER_LOOK_ONLY")


def _view(edition: Edition, profile: str) -> EditionView:
    acts = [act for act in edition.acts if not act.doubts]
    return EditionView(
        households=sum(act.household is None for act in acts),
        same=sum(act.idle for act in acts),
        added=tuple(one for act in acts for one in _added(act)),
        cases=tuple(one for act in acts for one in _cases(act)),
        changed=tuple(
            _changed(change, profile)
            for change in (*(one for act in acts for one in act.changes), *edition.fund.changes)
        ),
        gone=tuple(
            GoneView(
                name=one.person.name,
                person_id=one.person.id,
                household_id=one.household_id,
                case_id=one.case_id,
                village=one.person.village,
            )
            for one in edition.gone
        ),
        candidates=tuple(_candidate(doubt, held) for act in edition.acts for doubt, held in _doubts(act)),
        fund=_fund(edition.fund) if edition.fund.about else None,
    )


def _fund(found: FundEdition) -> FundView:
    return FundView(
        added=tuple(_booked(one.values, one.place) for one, _ in found.added),
        same=len(found.known),
        missing=tuple(_booked(fund.said(row)) for row in found.missing),
    )


def _booked(values: Mapping[str, Any], place: tuple[str, int] = ("", 0)) -> BookedEntry:
    return BookedEntry(
        entered_on=values.get("entered_on") or "",
        summary=values.get("summary") or "",
        payee=values.get("payee") or "",
        income=_shown("income_fen", values.get("income_fen")),
        expense=_shown("expense_fen", values.get("expense_fen")),
        voucher_no=values.get("voucher_no") or "",
        sheet=place[0],
        row=place[1],
    )


def _added(act: HomeAct) -> list[AddedPerson]:
    home = act.household.id if act.household is not None else ""
    return [
        AddedPerson(sheet=one.place[0], row=one.place[1], name=one.values.get("name") or "", household_id=home)
        for one, there in zip(act.planned.people, act.people, strict=True)
        if there is None
    ]


def _cases(act: HomeAct) -> list[AddedCase]:
    """New benefits and occasions of people who were known."""
    found = []
    for case in act.cases:
        place = case.planned.person or 0
        if act.people[place] is None or not (case.case is None or case.fresh):
            continue
        who = act.planned.people[place]
        found.append(
            AddedCase(
                sheet=who.place[0],
                row=who.place[1],
                name=who.values.get("name") or "",
                programme_code=case.planned.programme_code,
                occasion=case.planned.entry.occasion if case.planned.entry is not None else "",
            )
        )
    return found


def _changed(change: Change, profile: str) -> ChangedField:
    return ChangedField(
        sheet=change.place[0],
        row=change.place[1],
        name=change.name,
        field=change.attribute,
        label=label(change.kind, change.attribute, profile),
        old=_shown(change.attribute, change.old),
        new=_shown(change.attribute, change.new),
        written=change.written,
    )


def label(kind: str, attribute: str, profile: str) -> str:
    """The word for a field: the store's, or the ledger's own head."""
    if kind == "case":
        return _CASE_LABELS.get(attribute, attribute)
    if kind in ("entry", "fund_entry"):
        known = named(FUND if kind == "fund_entry" else profile)
        field = known.by_key.get(attribute) if known is not None else None
        return field.names[0] if field is not None and field.names else attribute
    return (HOUSEHOLD_LABELS if kind == "household" else _person_labels()).get(attribute, attribute)


@cache
def _person_labels() -> dict[str, str]:
    return {name.replace(".", "_"): words for name, words in PERSON_LABELS.items()}


def _shown(attribute: str, value: Any) -> str:
    """A value in a cell of the comparison: amounts in yuan, numbers of people masked."""
    if value is None:
        return ""
    if attribute.endswith("_fen") and isinstance(value, int):
        return yuan(value) or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    mask = _MASKS.get(attribute)
    return (mask(str(value)) if mask is not None else str(value)) or ""


def _doubts(act: HomeAct) -> list[tuple[Doubt, bool]]:
    return [(doubt, True) for doubt in act.doubts] + [(doubt, False) for doubt in act.likely]


def _candidate(doubt: Doubt, held: bool) -> CandidateView:
    sheet, row = doubt.person.place
    return CandidateView(
        sheet=sheet,
        row=row,
        name=doubt.person.values.get("name") or "",
        code=doubt.code,
        words=doubt.words,
        held=held,
        others=tuple(_other(one) for one in doubt.others),
    )


def _other(one: Someone) -> Other:
    return Other(
        person_id=one.id,
        household_id=one.household_id,
        name=one.name,
        village=one.village,
        id_number=mask_id(one.number) or "",
    )
