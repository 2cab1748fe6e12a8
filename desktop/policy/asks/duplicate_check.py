"""Ask `duplicate_check`: the same person, invoice, house or cause helped twice (ZT-043, EV-R5, ZH-030, LS-029)."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import combinations
from typing import Literal

import msgspec

from desktop.policy.codes import TEMPORARY, CaseStatus, ProgrammeCode
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import Money, Text
from desktop.policy.outcome import Answer
from desktop.policy.periods import add_months
from desktop.policy.reading import Part
from desktop.policy.transitions import LIVE

CAUSE_MONTHS = 12
"""The same cause is helped once in so many months; only a word, no bar (LS-029)."""

_EXCLUSIVE: tuple[frozenset[ProgrammeCode], ...] = (
    frozenset(("dibao", "tekun")),
    frozenset(("dibao_single", "tekun")),
    frozenset(("tekun", "disability_living")),
    frozenset(("tekun", "disability_nursing")),
    frozenset(("orphan", "de_facto_orphan")),
    frozenset(("orphan", "tekun")),
    frozenset(("de_facto_orphan", "tekun")),
)
"""Programmes that one person is never in at the same time (ZT-043)."""


class Invoice(Part, frozen=True, kw_only=True):
    """A bill that a case stands on."""

    no: Text
    amount: Money

    @property
    def mark(self) -> tuple[str, object]:
        """What makes two bills the same."""
        return self.no.strip().upper(), self.amount


class Record(Part, frozen=True, kw_only=True):
    """A case as it stands."""

    case_id: Text
    id_number: Text
    programme_code: ProgrammeCode
    status: CaseStatus
    house_id: Text | None = None
    event_id: Text | None = None
    measure: Literal["repair", "rebuild"] | None = None
    cause_code: Text | None = None
    decided_on: date | None = None
    invoices: tuple[Invoice, ...] = ()

    def same_person(self, other: "Record") -> bool:
        """Whether both are one person's."""
        return self.id_number.strip().upper() == other.id_number.strip().upper()


class DuplicateQuestion(Question, frozen=True, kw_only=True):
    """Cases to hold against each other."""

    records: tuple[Record, ...]


def exclusive(one: Record, other: Record) -> bool:
    """One person in support by two programmes that exclude each other (ZT-043)."""
    return (
        frozenset((one.programme_code, other.programme_code)) in _EXCLUSIVE
        and one.status in LIVE
        and other.status in LIVE
        and one.same_person(other)
    )


def same_invoice(one: Record, other: Record) -> bool:
    """One bill in two cases, whoever's (EV-R5)."""
    marks = {invoice.mark for invoice in one.invoices}
    return one.case_id != other.case_id and any(invoice.mark in marks for invoice in other.invoices)


def rebuilt_twice(one: Record, other: Record) -> bool:
    """One house built anew after a disaster and as a dangerous one (ZH-030); two events make it two matters."""
    return (
        {one.programme_code, other.programme_code} == {"disaster_relief", "housing_aid"}
        and one.house_id is not None
        and one.house_id == other.house_id
        and one.measure == other.measure == "rebuild"
        and (None in (one.event_id, other.event_id) or one.event_id == other.event_id)
    )


def cause_again(one: Record, other: Record) -> bool:
    """One cause helped twice within a year; the same day a year later is outside (LS-029)."""
    if one.decided_on is None or other.decided_on is None or one.case_id == other.case_id:
        return False
    first, second = sorted((one.decided_on, other.decided_on))
    return (
        one.programme_code in TEMPORARY
        and other.programme_code in TEMPORARY
        and one.same_person(other)
        and one.cause_code is not None
        and one.cause_code == other.cause_code
        and second < add_months(first, CAUSE_MONTHS)
    )


class Comparison(msgspec.Struct, frozen=True):
    """What two cases must not have in common, and whether that bars or only warns."""

    rule_id: str
    words: str
    conflict: Callable[[Record, Record], bool]
    bars: bool


COMPARISONS = (
    Comparison("ZT-043", "同一人不得同时享受", exclusive, True),
    Comparison("EV-R5", "同一票据不得在两案使用", same_invoice, True),
    Comparison("ZH-030", "同一房屋不得重复补助重建", rebuilt_twice, False),
    Comparison("LS-029", "同一事由十二个月内已救助", cause_again, False),
)


def conflicts(records: tuple[Record, ...]) -> Iterator[tuple[Comparison, Record, Record]]:
    """Every two cases that a comparison finds in conflict."""
    for one, other in combinations(records, 2):
        for comparison in COMPARISONS:
            if comparison.conflict(one, other):
                yield comparison, one, other


def answer(question: DuplicateQuestion, inquiry: Inquiry) -> Answer:
    """The conflicts, by what bars and what only warns."""
    found = list(conflicts(question.records))
    for comparison in COMPARISONS:
        pairs = [f"{one.case_id}、{other.case_id}" for which, one, other in found if which is comparison]
        inquiry.workings.judge(comparison.rule_id, not pairs, f"{comparison.words}：{'；'.join(pairs) or '没有'}")
    blocking = dict.fromkeys(comparison.rule_id for comparison, _, _ in found if comparison.bars)
    warnings = dict.fromkeys(comparison.rule_id for comparison, _, _ in found if not comparison.bars)
    return inquiry.answer(
        ok=not blocking,
        conflicts=[
            {"rule_id": comparison.rule_id, "case_ids": [one.case_id, other.case_id]}
            for comparison, one, other in found
        ],
        blocking=list(blocking),
        warnings=list(warnings),
    )


ASK = Ask("duplicate_check", DuplicateQuestion, answer)
