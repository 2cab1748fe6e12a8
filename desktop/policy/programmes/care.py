"""Table of the programmes of care: disabled and old people, children, stranded people, others (rule book 07)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import elder_allowance

PROGRAMMES: tuple[Programme, ...] = (elder_allowance.PROGRAMME,)
