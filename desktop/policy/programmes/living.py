"""Table of the programmes for daily life and sudden need (rule book 01 to 04)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import (
    dibao,
    dibao_single,
    edge_family,
    rigid_expense_family,
    tekun,
    temp_emergency,
    temp_expense,
    temp_nonlocal,
)

PROGRAMMES: tuple[Programme, ...] = (
    dibao.PROGRAMME,
    dibao_single.PROGRAMME,
    tekun.PROGRAMME,
    edge_family.PROGRAMME,
    rigid_expense_family.PROGRAMME,
    temp_emergency.PROGRAMME,
    temp_expense.PROGRAMME,
    temp_nonlocal.PROGRAMME,
)
