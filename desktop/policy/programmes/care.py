"""Table of the programmes of care: disabled and old people, children, stranded people, others (rule book 07)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import (
    de_facto_orphan,
    disability_living,
    disability_nursing,
    elder_allowance,
    home_elder_care,
    left_behind_child,
    orphan,
)

PROGRAMMES: tuple[Programme, ...] = (
    disability_living.PROGRAMME,
    disability_nursing.PROGRAMME,
    elder_allowance.PROGRAMME,
    home_elder_care.PROGRAMME,
    orphan.PROGRAMME,
    de_facto_orphan.PROGRAMME,
    left_behind_child.PROGRAMME,
)
