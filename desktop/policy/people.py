"""What may be said of a person on a day: age, states, disability, near kinship, live certifications."""

from collections.abc import Iterable
from datetime import date

from desktop.policy.facts import Certification, Disability, Education, Member, Status, StatusKind
from desktop.policy.identity import age_on
from desktop.policy.logic import any_of
from desktop.policy.periods import add_months, lasted

SPOUSE = frozenset(("10", "11", "12"))
CHILDREN = frozenset((*(f"2{n}" for n in range(8)), "29", *(f"3{n}" for n in range(8)), "39"))
"""Sons and daughters by every code, "other" ones too (D-20)."""

GRANDCHILDREN = frozenset(("40", "41", "42", "43", "44"))
PARENTS = frozenset(("50", "51", "52", "57", "58"))
GRANDPARENTS = frozenset(("60", "61", "62", "63", "64"))
SIBLINGS = frozenset(("70", "71", "73", "75", "77"))
NEAR_KIN = SPOUSE | CHILDREN | GRANDCHILDREN | PARENTS | GRANDPARENTS | SIBLINGS
"""Who is a near relative: spouse, parents, children, siblings, grandparents, grandchildren (DB-058, D-20)."""

_MULTIPLE = 7
_MIND = (5, 6)
_CERTIFICATE_MONTHS = 120


def age(person: Member, on: date) -> int:
    """Full years on the day (RL-007)."""
    return age_on(person.birth_date, on)


def holds(status: Status, on: date) -> bool:
    """Whether a state holds on the day: from `since`, open when absent, and before `until`."""
    return (status.since is None or status.since <= on) and (status.until is None or on < status.until)


def states(statuses: Iterable[Status], kind: StatusKind, on: date) -> tuple[Status, ...]:
    """The states of one kind that hold on the day."""
    return tuple(status for status in statuses if status.kind == kind and holds(status, on))


def in_state(statuses: Iterable[Status], kind: StatusKind, on: date, months: int = 0) -> bool:
    """Whether a state holds on the day, and has for so many months; one without a beginning never has."""
    return any(not months or lasted(status.since, months, on) for status in states(statuses, kind, on))


def in_education(education: Education | None) -> bool:
    """Whether somebody is at school, whatever the stage."""
    return education is not None


def cert_expired(disability: Disability, on: date) -> bool:
    """Whether the certificate is more than ten years old on the day (CJ-013); undated ones are not."""
    return disability.cert_issued_on is not None and on > add_months(disability.cert_issued_on, _CERTIFICATE_MONTHS)


def valid_certificates(disabilities: Iterable[Disability], on: date) -> tuple[Disability, ...]:
    """The certificates that have not run out on the day."""
    return tuple(disability for disability in disabilities if not cert_expired(disability, on))


def severe(disabilities: Iterable[Disability]) -> bool:
    """Grade 1 or 2 of any kind (10 §2)."""
    return any(disability.grade in (1, 2) for disability in disabilities)


def severe_or_mind_3(disabilities: Iterable[Disability]) -> bool | None:
    """Grade 1 or 2, or mental grade 3 (DB-020, TK-010d); open for multiple disability grade 3, kinds unknown."""
    return any_of(
        disability.grade in (1, 2) or (disability.grade == 3 and (disability.kind in _MIND or _open(disability)))
        for disability in disabilities
    )


def cannot_labour(disabilities: Iterable[Disability]) -> bool | None:
    """Mental grade 1 to 3, limbs 1 or 2, sight 1 (TK-001); hearing and speech never; open for multiple 1 to 3."""
    return any_of(_no_labour(disability) for disability in disabilities)


def parent_disabled(disabilities: Iterable[Disability]) -> bool | None:
    """Grade 1 or 2, or mental of any grade (ET-003); open for multiple disability grade 3 or 4."""
    return any_of(
        disability.grade in (1, 2) or disability.kind in _MIND or _open(disability) for disability in disabilities
    )


def _open(disability: Disability) -> bool | None:
    """None where multiple disability does not say its kinds (10 §2), False for every other kind."""
    return None if disability.kind == _MULTIPLE else False


def _no_labour(disability: Disability) -> bool | None:
    kind, grade = disability.kind, disability.grade
    if kind == _MULTIPLE:
        return None if grade <= 3 else False
    return (kind in _MIND and grade <= 3) or (kind == 4 and grade <= 2) or (kind == 1 and grade == 1)


def live(certification: Certification, on: date) -> bool:
    """A certification is live unless it ran out before the day."""
    return certification.valid_until is None or certification.valid_until >= on


def certified(
    certifications: Iterable[Certification], programmes: Iterable[str], on: date, ref: str | None = None
) -> bool:
    """Whether a live certification of one of the programmes is there; `dibao_single` counts as dibao.

    With `ref`, another person's does not count; one without a person holds for all.
    """
    return bool(live_ones(certifications, programmes, on, ref))


def live_ones(
    certifications: Iterable[Certification], programmes: Iterable[str], on: date, ref: str | None = None
) -> tuple[Certification, ...]:
    """The live certifications of the programmes, as `certified` counts them."""
    wanted = set(programmes)
    return tuple(
        certification
        for certification in certifications
        if live(certification, on)
        and (
            certification.programme_code in wanted
            or (certification.programme_code == "dibao_single" and "dibao" in wanted)
        )
        and (ref is None or certification.member in (None, ref))
    )
