"""Table of the programmes of care: disabled and old people, children, stranded people, others (rule book 07)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import disability_living, disability_nursing, elder_allowance, home_elder_care

PROGRAMMES: tuple[Programme, ...] = (
    disability_living.PROGRAMME,
    disability_nursing.PROGRAMME,
    elder_allowance.PROGRAMME,
    home_elder_care.PROGRAMME,
)
