"""Table of the programmes for daily life and sudden need (rule book 01 to 04)."""

from desktop.policy.inquiry import Programme
from desktop.policy.programmes import dibao, edge_family

PROGRAMMES: tuple[Programme, ...] = (dibao.PROGRAMME, edge_family.PROGRAMME)
