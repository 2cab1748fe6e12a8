"""What a ledger gives to the store: households with people and live benefits, before they become records."""

from typing import Any

import msgspec


class PlannedPerson(msgspec.Struct, frozen=True):
    """One person of a ledger, with values by attribute of the person table.

    `born` are values for somebody who is new here and none for those who are known; `place` is sheet and row.
    """

    values: dict[str, Any]
    born: dict[str, Any] = {}
    place: tuple[str, int] = ("", 0)


class Entry(msgspec.Struct, frozen=True):
    """What one edition of a ledger says of one benefit, kept whole on the case's timeline.

    `period` is its month, `occasion` tells apart what one person receives several times (a date, a disaster, a
    winter). `rows` are the ledger's own values by key, one for each of `people` (ids, once they are known); `home`,
    `persons` and `case` are what of them has columns in the store, by attribute.
    """

    profile: str
    period: str
    occasion: str = ""
    home: dict[str, Any] = {}
    persons: tuple[dict[str, Any], ...] = ()
    case: dict[str, Any] = {}
    rows: tuple[dict[str, Any], ...] = ()
    people: tuple[str, ...] = ()


class PlannedCase(msgspec.Struct, frozen=True):
    """A live benefit of a ledger: programme, status and values by attribute of the case table (amounts in fen).

    `person` is the place of whom it is for among the household's people, None for the whole household. `own` says that
    every occasion is a case of its own (relief), not one more line of a running benefit. `derived` are keys of the
    entry's rows that are compared where the store keeps them, or follow from others: no change by themselves.
    """

    programme_code: str
    status: str
    values: dict[str, Any]
    person: int | None = None
    entry: Entry | None = None
    own: bool = False
    derived: frozenset[str] = frozenset()


class PlannedHousehold(msgspec.Struct, frozen=True):
    """One household of a ledger; its people, the head first, and its benefits."""

    values: dict[str, Any]
    people: tuple[PlannedPerson, ...]
    cases: tuple[PlannedCase, ...] = ()


class PlannedEntry(msgspec.Struct, frozen=True):
    """One entry of the reserve-fund book, with values by attribute of its table (amounts in fen)."""

    values: dict[str, Any]
    period: str
    place: tuple[str, int] = ("", 0)


class Listed(msgspec.Struct, frozen=True):
    """Who stands in a roster at all, refused rows too: whom a newer edition leaves out is told by it.

    `villages` narrows the question to the villages of the file; empty asks about all.
    """

    numbers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()
    programmes: frozenset[str] = frozenset()
