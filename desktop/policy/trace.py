"""The record of how an answer was found: every rule tried, in order, in words a family can read."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction

import msgspec

from desktop.policy.money import written
from desktop.policy.periods import long_date
from desktop.policy.sources import cite

_NO_INPUTS: Mapping[str, object] = {}


class Step(msgspec.Struct, frozen=True):
    """One rule tried: `passed` is None when it stayed open or only worked something out.

    `text` holds the arithmetic in words; `inputs` are the facts used, as (name, value) in words; `source` names
    laws and papers, and the county's own paper where a parameter came from it; `effective_from` is the day since
    when that version of the rule has been in force.
    """

    rule_id: str
    passed: bool | None
    text: str
    source: str
    inputs: tuple[tuple[str, str], ...] = ()
    effective_from: date | None = None

    def as_reason(self) -> dict[str, object]:
        """The step as the contract's `reasons` write it."""
        return {"rule_id": self.rule_id, "passed": self.passed, "text": self.text, "source": self.source}


class Workings:
    """Steps, alerts and missing keys, collected while one question is answered.

    `on` is the day whose edition of the rules is cited: the acceptance day, or the day of the act.
    """

    def __init__(self, on: date | None = None) -> None:
        self._on = on
        self.steps: list[Step] = []
        self.alerts: list[str] = []
        self.missing: list[str] = []

    def judge(
        self,
        rule_id: str,
        passed: bool | None,
        text: str,
        inputs: Mapping[str, object] = _NO_INPUTS,
        basis: str = "",
    ) -> bool | None:
        """Record that a rule was tried and hand its result back; `basis` is the county paper of a parameter."""
        citation = cite(rule_id, self._on)
        source = f"{citation.text}；{basis}" if basis else citation.text
        shown_inputs = tuple((name, shown(value)) for name, value in inputs.items()) if inputs else ()
        self.steps.append(Step(rule_id, passed, text, source, shown_inputs, citation.effective_from))
        return passed

    def note(self, rule_id: str, text: str, inputs: Mapping[str, object] = _NO_INPUTS, basis: str = "") -> None:
        """Record a working that decides nothing by itself."""
        self.judge(rule_id, None, text, inputs, basis)

    def alert(self, *codes: str) -> None:
        """Tell the reader of the answer something, once."""
        self.alerts.extend(code for code in codes if code not in self.alerts)

    def lack(self, *keys: str) -> None:
        """Name a pack key or fact that the answer would have needed."""
        self.missing.extend(key for key in keys if key not in self.missing)

    def lack_standard(self, *keys: str) -> None:
        """Name a pack key that sets amounts of money and is not there: the reader is told as well (contract §5)."""
        self.lack(*keys)
        self.alert("standard_missing")


def shown(value: object) -> str:
    """A fact in words: amounts with two decimals, dates long, yes and no in Chinese."""
    match value:
        case None:
            return "未填"
        case bool():
            return "是" if value else "否"
        case Fraction():
            return written(value)
        case datetime():
            return f"{long_date(value)}{value:%H:%M}"
        case date():
            return long_date(value)
        case _:
            return str(value)
