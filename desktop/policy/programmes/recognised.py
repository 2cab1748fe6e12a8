"""Who is known to be in hardship without another look: the four kinds of certified people and the two of orphans."""

from collections.abc import Iterable
from datetime import date

from desktop.policy.codes import THE_FOUR, ProgrammeCode
from desktop.policy.facts import Certification
from desktop.policy.people import certified

_CODES: tuple[ProgrammeCode, ...] = (*THE_FOUR, "orphan", "de_facto_orphan")


def recognised_as(certifications: Iterable[Certification], on: date, ref: str | None = None) -> ProgrammeCode | None:
    """The first live certification of these on the day; with `ref`, another person's does not count."""
    held = tuple(certifications)
    return next((code for code in _CODES if certified(held, (code,), on, ref)), None)
