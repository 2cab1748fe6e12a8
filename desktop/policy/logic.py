"""Yes, no and open: what holds of several conditions when one of them is not known (None)."""

from collections.abc import Iterable


def any_of(answers: Iterable[bool | None]) -> bool | None:
    """True when one is, open when none is but one may be, else False."""
    found: bool | None = False
    for answer in answers:
        if answer:
            return True
        if answer is None:
            found = None
    return found


def all_of(answers: Iterable[bool | None]) -> bool | None:
    """False when one is, open when none is but one may be, else True."""
    found: bool | None = True
    for answer in answers:
        if answer is None:
            found = None
        elif not answer:
            return False
    return found
