"""Which status of a case may follow which (15 §1); the conditions of a move are `asks.gate`'s.

The way has a notice before and a publication after the decision (D-01); the democratic review may be left out
(D-15, TK-034).
"""

from desktop.policy.codes import CaseStatus

NEXT: dict[CaseStatus, tuple[CaseStatus, ...]] = {
    "draft": ("submitted", "withdrawn"),
    "submitted": ("accepted", "supplement_needed", "not_accepted"),
    "supplement_needed": ("submitted", "withdrawn"),
    "not_accepted": (),
    "accepted": ("checking", "investigating", "fast_relief", "aborted_noncooperation"),
    "checking": ("investigating", "check_failed", "aborted_noncooperation"),
    "check_failed": ("investigating", "refused", "withdrawn"),
    "investigating": ("democratic_review", "pre_reviewed", "aborted_noncooperation"),
    "democratic_review": ("pre_reviewed", "investigating", "public_notice"),
    "pre_reviewed": ("public_notice", "reported"),
    "public_notice": ("objection", "notice_passed"),
    "objection": ("investigating", "democratic_review"),
    "notice_passed": ("reported",),
    "reported": ("county_review", "returned"),
    "returned": ("investigating",),
    "county_review": ("county_visit", "confirmed", "refused"),
    "county_visit": ("confirmed", "refused"),
    "confirmed": ("published", "paying"),
    "refused": ("archived",),
    "published": ("paying",),
    "paying": ("review_due", "grace", "adjusted", "termination_proposed"),
    "review_due": ("paying", "adjusted", "termination_proposed"),
    "grace": ("paying", "termination_proposed"),
    "adjusted": ("paying",),
    "termination_proposed": ("terminated", "paying"),
    "terminated": ("archived",),
    "fast_relief": ("supplement_due",),
    "supplement_due": ("confirmed",),
    "withdrawn": (),
    "aborted_noncooperation": (),
    "archived": (),
}

DELEGATED_NEXT: dict[CaseStatus, tuple[CaseStatus, ...]] = {"notice_passed": ("confirmed",)}
"""Moves that only a township which confirms by itself may make (D-14, TK-039)."""

UNEXAMINED: tuple[CaseStatus, ...] = (
    "draft",
    "submitted",
    "supplement_needed",
    "accepted",
    "checking",
    "investigating",
)
"""From here nobody may be taken straight into support: first accepted, surveyed, confirmed (DB-009, BZ-024, JD-004)."""

SUPPORTED: tuple[CaseStatus, ...] = ("confirmed", "paying")

LIVE: tuple[CaseStatus, ...] = ("confirmed", "published", "paying", "review_due", "grace", "adjusted")
"""Statuses in which a person is in support (ZT-043)."""


def may_follow(before: CaseStatus, after: CaseStatus, delegated: bool) -> bool:
    """Whether the table has the move; `delegated` says that the township confirms by itself."""
    return after in NEXT[before] or (delegated and after in DELEGATED_NEXT.get(before, ()))


def fault_of(before: CaseStatus, after: CaseStatus, delegated: bool) -> str | None:
    """The rule against a move that the table does not have: DB-009 for a jump into support, else 15.1."""
    if may_follow(before, after, delegated):
        return None
    return "DB-009" if before in UNEXAMINED and after in SUPPORTED else "15.1"
