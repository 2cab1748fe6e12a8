"""Excel in and out: reading ledgers of other people's making, planning what to take over, writing our own."""

from desktop.exchange.editions import compare, take_over
from desktop.exchange.examining import examine
from desktop.exchange.refusals import refusal
from desktop.exchange.report import Report

__all__ = ["Report", "compare", "examine", "refusal", "take_over"]
