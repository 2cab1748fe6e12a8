"""What an ask and a programme are to the engine: the question read, the pack, counted days, and the workings."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

import msgspec

from desktop.policy.codes import ProgrammeCode
from desktop.policy.facts import Facts, Member
from desktop.policy.marks import Text
from desktop.policy.outcome import Answer
from desktop.policy.pack import CountyPack, Pack
from desktop.policy.reading import Part
from desktop.policy.trace import Workings
from desktop.policy.workdays import Days

_Fact = TypeVar("_Fact")


class Question(Part, frozen=True, kw_only=True):
    """The keys that every question has; an ask's own question adds its own."""

    id: Text
    ask: Text
    overrides: dict[str, Any] = msgspec.field(default_factory=dict)


class Inquiry:
    """One question being answered: `pack` with the question's overrides, `days` to count by, `workings` to fill."""

    def __init__(self, county: CountyPack, on: date | None = None) -> None:
        self.pack: Pack = county.pack
        self.days = Days(county.calendar)
        self.workings = Workings(on)

    def answer(self, **values: object) -> Answer:
        """The finished answer: the values, then `alerts` and `missing` as the workings have them.

        Whatever was asked, days counted in a year without a calendar make it provisional (RL-009).
        """
        if self.days.provisional:
            self.workings.alert("provisional_calendar")
            values["provisional"] = True
        return Answer(
            {**values, "alerts": self.workings.alerts, "missing": self.workings.missing}, tuple(self.workings.steps)
        )


def nothing_impossible(question: Any) -> Iterable[str]:
    """For asks whose facts cannot contradict each other."""
    return ()


class Ask(msgspec.Struct, frozen=True):
    """A kind of question: how it is read, what makes it impossible (`bad_value`, in words), how it is answered.

    `day` is the day whose edition of the rules is cited.
    """

    name: str
    question: type[Question]
    answer: Callable[[Any, Inquiry], Answer]
    impossible: Callable[[Any], Iterable[str]] = nothing_impossible
    day: Callable[[Any], date | None] = lambda question: None


class Case(msgspec.Struct, frozen=True):
    """What a programme judges: raw facts, the days that count, and the inquiry's pack and workings.

    `as_of` is the day on which ages, durations and states are judged, `accepted_on` chooses rules and standards,
    `pay_day` the day whose monthly amounts hold (BZ-005).
    """

    programme_code: ProgrammeCode
    facts: Facts
    accepted_on: date
    as_of: date
    pay_day: date
    applied_on: date | None
    decided_on: date | None
    township_code: str | None
    inquiry: Inquiry

    @property
    def pack(self) -> Pack:
        """The county's parameters with the question's overrides."""
        return self.inquiry.pack

    @property
    def workings(self) -> Workings:
        """Where rules tried, alerts and missing keys are recorded."""
        return self.inquiry.workings

    @property
    def days(self) -> Days:
        """The county's working days."""
        return self.inquiry.days

    @property
    def person(self) -> Member:
        """Where one person is judged, it is the first member (contract §5)."""
        return given(self.facts.members)[0]


class Programme(msgspec.Struct, frozen=True):
    """A programme: which facts it must have, which contradict each other, and how it is judged.

    `required` names the facts (dotted) that are missing from the raw ones, `impossible` says in words what cannot
    be, `assess` gives the answer's values with at least `outcome`.
    """

    code: ProgrammeCode
    assess: Callable[[Case], Mapping[str, object]]
    required: Callable[[Mapping[str, Any]], Iterable[str]] = lambda facts: ()
    impossible: Callable[[Any], Iterable[str]] = nothing_impossible


def needs(*keys: str) -> Callable[[Mapping[str, Any]], Iterable[str]]:
    """`required` of a programme that always needs the same facts."""
    return lambda facts: tuple(key for key in keys if key not in facts)


def given(fact: _Fact | None) -> _Fact:
    """A fact that the programme's `required` has made sure of."""
    if fact is None:
        raise TypeError("the question was read without a required fact")
    return fact
