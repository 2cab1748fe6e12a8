"""All checks of ledgers together (excel.md §4.10)."""

from desktop.exchange import rules_payment, rules_relief, rules_roster  # noqa: F401 - they register themselves
from desktop.exchange.checks import CHECKS
from desktop.exchange.ledger import Ledger


def run_checks(ledger: Ledger) -> None:
    """All checks of the ledger's profile."""
    for name in ledger.profile.checks:
        CHECKS[name](ledger)
