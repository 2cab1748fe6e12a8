"""Checks of relief ledgers: temporary relief, petty fund, damaged houses, winter and spring; L4, L5, L9, L10."""

from itertools import pairwise

from desktop.exchange.checks import check
from desktop.exchange.ledger import Ledger, Row

_DAMAGE_DAYS = ("struck_on", "assessed_on", "approved_on", "started_on", "completed_on", "moved_in_on")
_CARRIED = ("结转", "期初")


@check
def approval_order(ledger: Ledger) -> None:
    """Applied, then approved, then paid."""
    for row in ledger.data:
        if _backwards(row, "apply", "approve") or _backwards(row, "approve", "pay"):
            row.say("order", "W_DATE_ORDER")


def _backwards(row: Row, *keys: str) -> bool:
    """The days that are known do not come in order."""
    days = [day for key in keys if (day := row.values.get(key))]
    return any(later < earlier for earlier, later in pairwise(days))


@check
def balance(ledger: Ledger) -> None:
    """Each balance follows from the one before; every row moves money, except what is carried over."""
    before: int | None = None
    for place, row in enumerate(ledger.data):
        moved = [key for key in ("income_fen", "expense_fen") if not row.cell(key).blank]
        carried = place == 0 and any(word in (row.values.get("summary") or "") for word in _CARRIED)
        if not moved and not carried and not row.wrong & {"income_fen", "expense_fen"}:
            row.say("income_fen" if ledger.has("income_fen") else "expense_fen", "E_AMOUNT_BLANK")
        now = row.values.get("balance_fen")
        known = all(row.values.get(key) is not None for key in moved)
        if now is not None and before is not None and known:
            expected = before + (row.values.get("income_fen") or 0) - (row.values.get("expense_fen") or 0)
            if now != expected and not row.wrong & {"income_fen", "expense_fen"}:
                row.say("balance_fen", "W_BALANCE")
        before = now


@check
def rooms(ledger: Ledger) -> None:
    """Not more rooms are damaged than there are (ZH-035), and not none."""
    for row in ledger.data:
        damaged = [row.values.get(key) for key in ("rooms_collapsed", "rooms_severe", "rooms_minor")]
        known = [count for count in damaged if count is not None]
        whole = row.values.get("rooms_total")
        if len(known) == len(damaged) and whole is not None and sum(known) > whole:
            row.say("rooms", "E_ROOMS_EXCEED")
        if known == [0, 0, 0]:
            row.say("rooms", "W_ROOMS_ZERO")


@check
def damage_order(ledger: Ledger) -> None:
    """Struck, assessed, approved, begun, finished, moved in; paid after approval."""
    for row in ledger.data:
        unread = any(not row.cell(key).blank and row.values.get(key) is None for key in _DAMAGE_DAYS)
        if (not unread and _backwards(row, *_DAMAGE_DAYS)) or _backwards(row, "approved_on", "paid_on"):
            row.say("order", "W_DATE_ORDER")


@check
def needy_persons(ledger: Ledger) -> None:
    """Not more people need relief than live there."""
    for row in ledger.data:
        needy, size = row.values.get("needy_persons"), row.values.get("household_size")
        if needy is not None and size is not None and needy > size:
            row.say("needy_persons", "W_HH_COUNT")
