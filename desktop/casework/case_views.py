"""What the use cases about gates, assessments and county packs hand back: plain frozen structs."""

from typing import Any

import msgspec

from desktop.casework.views import View


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
