"""Ask `assess`: hand raw facts to the programme and answer with its outcome (contract §5)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop.policy.codes import ProgrammeCode, TownshipCode
from desktop.policy.consistency import impossible_facts
from desktop.policy.facts import Facts
from desktop.policy.inquiry import Ask, Case, Inquiry, Programme, Question
from desktop.policy.outcome import Answer, Unanswerable
from desktop.policy.periods import Month
from desktop.policy.programmes import care, living, special

PROGRAMMES: dict[str, Programme] = {
    programme.code: programme for programme in (*living.PROGRAMMES, *special.PROGRAMMES, *care.PROGRAMMES)
}


class AssessQuestion(Question, frozen=True, kw_only=True):
    """Who asks for what, when it was accepted, and the raw facts."""

    programme_code: ProgrammeCode
    accepted_on: date
    facts: Facts
    township_code: TownshipCode | None = None
    applied_on: date | None = None
    as_of: date | None = None
    decided_on: date | None = None

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The facts that this programme must have."""
        code, facts = raw.get("programme_code"), raw.get("facts")
        if not isinstance(code, str) or code not in PROGRAMMES or not isinstance(facts, dict):
            return ()
        return tuple(f"facts.{key}" for key in PROGRAMMES[code].required(facts))

    @property
    def judged_on(self) -> date:
        """The day on which ages, durations and states are judged."""
        return self.as_of or self.accepted_on


def impossible(question: AssessQuestion) -> Iterable[str]:
    """What the facts contradict each other in, in general and for this programme."""
    yield from impossible_facts(question.facts, question.judged_on)
    programme = PROGRAMMES.get(question.programme_code)
    if programme is not None:
        yield from programme.impossible(question)


def case_of(question: AssessQuestion, inquiry: Inquiry) -> Case:
    """The case that a programme judges; amounts are those of the first pay month, if one is fixed (BZ-005)."""
    decided_on = question.decided_on
    pay_day = question.accepted_on if decided_on is None else Month.of(decided_on).plus(1).first_day
    return Case(
        programme_code=question.programme_code,
        facts=question.facts,
        accepted_on=question.accepted_on,
        as_of=question.judged_on,
        pay_day=pay_day,
        applied_on=question.applied_on,
        decided_on=decided_on,
        township_code=question.township_code,
        inquiry=inquiry,
    )


def answer(question: AssessQuestion, inquiry: Inquiry) -> Answer:
    """The programme's answer."""
    programme = PROGRAMMES.get(question.programme_code)
    if programme is None:
        raise Unanswerable("bad_value", "这个项目的规则还没有写进来", question.id)
    return inquiry.answer(**programme.assess(case_of(question, inquiry)))


ASK = Ask("assess", AssessQuestion, answer, impossible, day=lambda question: question.accepted_on)
