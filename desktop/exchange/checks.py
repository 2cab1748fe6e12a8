"""The registry of the checks that ledgers name in their tables (excel.md §4.10), and what several checks need."""

from collections.abc import Callable, Iterable

from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.profiles import heading
from desktop.policy.identity import age_on
from desktop.policy.text import bare

Check = Callable[[Ledger], None]
CHECKS: dict[str, Check] = {}
"""Check by the name that stands in a profile's table."""

_ON_BEHALF = ("监护", "代领", "代管")


def check(function: Check) -> Check:
    """Register a check under its own name."""
    CHECKS[function.__name__] = function
    return function


def or_zero(row: Row, key: str) -> int | None:
    """The amount, 0 where nothing is written; None where something cannot be read."""
    value = row.values.get(key)
    if value is None and row.cell(key).blank:
        return 0
    return value if isinstance(value, int) else None


def total_of(*parts: int | None) -> int | None:
    """The sum, None when one part is not known."""
    return None if any(part is None for part in parts) else sum(part for part in parts if part is not None)


def differs(row: Row, key: str, calculated: int | None) -> bool:
    """The value is there and is not what was calculated."""
    value = row.values.get(key)
    return value is not None and calculated is not None and value != calculated


def age_of(ledger: Ledger, row: Row) -> int | None:
    """Full years at the end of the period, by the identity number; None without a valid one."""
    if row.person is None or row.person.birth is None:
        return None
    return age_on(row.person.birth, ledger.period.end)


def noted_on_behalf(row: Row) -> bool:
    """The remark says why somebody else receives the money."""
    remark = bare(row.cell("remark").shown)
    return any(word in remark for word in _ON_BEHALF)


def stranger(name: str | None, known: Iterable[str | None]) -> bool:
    """A name that is given and is none of the known ones."""
    return bool(name) and heading(name or "") not in {heading(one) for one in known if one}
