"""Table of the programmes for daily life and sudden need (rule book 01 to 04)."""

from desktop.policy.inquiry import Programme

PROGRAMMES: tuple[Programme, ...] = ()
