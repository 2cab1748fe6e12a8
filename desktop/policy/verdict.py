"""Yes, no, or open for want of something: what a condition says, and what it would still need to say more."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from desktop.policy.trace import Workings

Outcome = Literal["eligible", "not_eligible", "manual_review", "cannot_decide"]


class Verdict(msgspec.Struct, frozen=True):
    """A condition's answer; an open one (None) names the pack keys and facts in `lacks` that would close it.

    Open without lacking anything is a matter for people.
    """

    holds: bool | None
    lacks: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What follows for somebody who must meet this condition (contract §5)."""
        if self.holds is None:
            return "cannot_decide" if self.lacks else "manual_review"
        return "eligible" if self.holds else "not_eligible"

    def negated(self) -> "Verdict":
        """The opposite; what is open stays open."""
        return self if self.holds is None else Verdict(not self.holds)


YES, NO = Verdict(True), Verdict(False)


def verdict(holds: bool | None) -> Verdict:
    """A verdict that lacks nothing."""
    return Verdict(holds)


def lacking(*keys: str) -> Verdict:
    """Open until these are known."""
    return Verdict(None, keys)


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """No when one is no, yes when all are, else open for what the open ones lack."""
    return _combined(verdicts, deciding=False)


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """Yes when one is yes, no when none can be, else open for what the open ones lack."""
    return _combined(verdicts, deciding=True)


def _combined(verdicts: Iterable[Verdict], deciding: bool) -> Verdict:
    still_open, lacks = False, dict[str, None]()
    for one in verdicts:
        if one.holds is deciding:
            return one
        if one.holds is None:
            still_open = True
            lacks.update(dict.fromkeys(one.lacks))
    return Verdict(None, tuple(lacks)) if still_open else Verdict(not deciding)


def report(workings: Workings, *verdicts: Verdict) -> None:
    """Name what open verdicts lack; a standard that is not set is also worth an alert."""
    for one in verdicts:
        if one.lacks:
            workings.lack(*one.lacks)
            if "standards" in one.lacks:
                workings.alert("standard_missing")
