"""What the use cases about gates, assessments and county packs hand back: plain frozen structs."""

from typing import Any

import msgspec

from desktop.casework.views import CaseRow, CaseView, View


class PackView(View, frozen=True, kw_only=True):
    """A county pack: whose it is, since when it holds, what is odd about it (`warnings`) and not set (`missing`).

    `shipped` is the program's own pack, which holds while the county's was not installed.
    """

    pack_id: str
    pack_version: str
    county_code: str | None = None
    doc_no: str | None = None
    approved_by: str | None = None
    effective_from: str | None = None
    shipped: bool = False
    in_force: bool = True
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class StepView(View, frozen=True, kw_only=True):
    """One rule tried: `passed` is None when it stayed open or only worked something out; `inputs` are facts used."""

    rule_id: str
    passed: bool | None
    text: str
    source: str
    inputs: dict[str, str] = msgspec.field(default_factory=dict)
    effective_from: str | None = None


class AssessmentView(View, frozen=True, kw_only=True):
    """An answer of the rules: `facts` as they were, `answer` by the contract's keys, `trace` every rule in order.

    `remarks` say what of the facts a person should look at; amounts are yuan text.
    """

    assessment_id: str
    case_id: str | None = None
    visit_id: str | None = None
    programme_code: str
    assessed_on: str
    pack_version: str
    outcome: str
    amount_month: str | None = None
    missing: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    recorded_by: str | None = None
    facts: dict[str, Any] = msgspec.field(default_factory=dict)
    answer: dict[str, Any] = msgspec.field(default_factory=dict)
    trace: tuple[StepView, ...] = ()


class Rerun(View, frozen=True, kw_only=True):
    """An old answer asked again by its own pack: `same` says that it came out as it was."""

    same: bool
    before: AssessmentView
    now: dict[str, Any]


class MoveView(View, frozen=True, kw_only=True):
    """A status that may follow: whether the gate is open with what the store knows, else what stands in the way.

    `blocking` are rule ids, `reasons` the same in words; `yours` says whether the person's role may make the move.
    """

    status: str
    name: str
    allowed: bool
    blocking: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    yours: bool = True


class CaseMoved(View, frozen=True, kw_only=True):
    """A move that was made; `known` is what the store added to the evidence, and what followed."""

    case_id: str
    case_no: str
    status: str
    on: str
    known: dict[str, Any] = msgspec.field(default_factory=dict)


class StepTaken(View, frozen=True, kw_only=True):
    """One event of a case's timeline with the evidence it was shown."""

    event: str
    name: str
    on: str
    before: str | None = None
    note: str | None = None
    recorded_by: str | None = None
    evidence: dict[str, Any] = msgspec.field(default_factory=dict)
    known: dict[str, Any] = msgspec.field(default_factory=dict)


class DeadlineView(View, frozen=True, kw_only=True):
    """A period that runs: code and rule, since when, until when, how near (red, orange, yellow, none)."""

    code: str
    name: str
    rule_id: str
    start_on: str
    due: str | None = None
    level: str = "none"
    overdue: bool = False
    overdue_days: int = 0
    remaining_workdays: int | None = None
    provisional: bool = False


class CaseLine(View, frozen=True, kw_only=True):
    """One case of the list, with the nearest of the deadlines that run for it."""

    case: CaseRow
    deadline: DeadlineView | None = None


class Want(View, frozen=True, kw_only=True):
    """A fact that a move may be shown: `key` as `gates.move` takes it.

    `kind` is yes (true or false), day, month, money, number, text, lines (a list of texts), people (a list of the
    form's people) or choice (of `options`).
    """

    key: str
    words: str
    kind: str
    options: dict[str, str] = msgspec.field(default_factory=dict)
    hint: str = ""


class Hindrance(View, frozen=True, kw_only=True):
    """What stands in the way of a move: the rules, the condition in words, and what to do about it."""

    rules: tuple[str, ...]
    words: str
    do: str


class MoveForm(View, frozen=True, kw_only=True):
    """What a move asks of a person: `needed` facts it waits for, `may` those that count where there are any.

    `people` are the members by id; `yours` says whether the person's role may make the move.
    """

    status: str
    name: str
    before: str
    on: str
    hindrances: tuple[Hindrance, ...] = ()
    needed: tuple[Want, ...] = ()
    may: tuple[Want, ...] = ()
    people: dict[str, str] = msgspec.field(default_factory=dict)
    yours: bool = True


class CaseProgress(View, frozen=True, kw_only=True):
    """A case on its way: timeline, what may follow and what it lacks, deadlines that run, the last assessment."""

    case: CaseView
    steps: tuple[StepTaken, ...]
    moves: tuple[MoveView, ...]
    deadlines: tuple[DeadlineView, ...]
    missing: tuple[str, ...]
    assessment: AssessmentView | None = None

    def as_json(self) -> dict[str, Any]:
        """The keys of the case, `events` with their evidence, and the rest; the trace is `case why`'s."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        whole: dict[str, Any] = found.pop("case")
        whole["events"] = found.pop("steps")
        if found["assessment"] is not None:
            for key in ("trace", "facts", "answer"):
                found["assessment"].pop(key)
        return whole | found
