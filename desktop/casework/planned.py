"""What a ledger gives to the store: households with people and live benefits, before they become records."""

from typing import Any

import msgspec


class PlannedPerson(msgspec.Struct, frozen=True):
    """One person of a ledger, with values by attribute of the person table."""

    values: dict[str, Any]


class PlannedCase(msgspec.Struct, frozen=True):
    """A live benefit of a ledger: programme, status and values by attribute of the case table (amounts in fen)."""

    programme_code: str
    status: str
    values: dict[str, Any]


class PlannedHousehold(msgspec.Struct, frozen=True):
    """One household of a ledger; its people, the head first, and its benefits."""

    values: dict[str, Any]
    people: tuple[PlannedPerson, ...]
    cases: tuple[PlannedCase, ...] = ()
