"""The reserve-fund book: which entries of an edition the store has, where new ones stand, and what is only its own."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import select

from db.operation import new_id
from db.tables.money import FundEntry
from desktop.casework.comparing import Change
from desktop.casework.planned import PlannedEntry
from desktop.casework.work import Work
from desktop.policy.text import bare

STEP = 1_000
"""Room between two entries of the book for those that come late."""

_WORDS = ("entered_on", "voucher_no", "summary", "payee")
_AMOUNTS = ("income_fen", "expense_fen")
_FOLLOWING = ("case_no", "village", "cause", "balance_fen", "handler", "witness", "approver", "remark")
COLUMNS = (*_WORDS, *_AMOUNTS, *_FOLLOWING)
"""What an entry says; the first two lines tell it from others, the last may be written otherwise in another edition."""

Key = tuple[str | int, ...]


class FundEdition(msgspec.Struct):
    """One edition of the book beside the store: new entries with their places, known ones, and the store's own."""

    added: list[tuple[PlannedEntry, int]] = []
    known: list[FundEntry] = []
    changes: list[Change] = []
    missing: list[FundEntry] = []

    @property
    def about(self) -> bool:
        """There is such a book at all."""
        return bool(self.added or self.known)


def book(work: Work) -> list[FundEntry]:
    """The whole book of the township in its order."""
    query = select(FundEntry).where(FundEntry.scope == work.scope, FundEntry.void.is_(False))
    return list(work.session.execute(query.order_by(FundEntry.position, FundEntry.id)).scalars())


def compare(work: Work, booked: Sequence[PlannedEntry]) -> FundEdition:
    """Set the entries of an edition beside the store; of equal ones the second is the store's second."""
    if not booked:
        return FundEdition()
    held = book(work)
    spots: dict[Key, list[FundEntry]] = {}
    for row in held:
        spots.setdefault(_key(said(row)), []).append(row)
    pairs: list[tuple[PlannedEntry, FundEntry | None]] = []
    for one in booked:
        alike = spots.get(_key(one.values), [])
        pairs.append((one, alike.pop(0) if alike else None))
    first, last = (pick(str(one.values["entered_on"]) for one in booked) for pick in (min, max))
    left = {row.id for rows in spots.values() for row in rows}
    return FundEdition(
        added=_placed(pairs, held),
        known=[row for _, row in pairs if row is not None],
        changes=[change for one, row in pairs if row is not None for change in _changes(one, row)],
        missing=[row for row in held if row.id in left and first <= (row.entered_on or "") <= last],
    )


def entries_of(work: Work, found: FundEdition, batch: str) -> list[FundEntry]:
    """The new entries as records, not yet added to the session."""
    return [
        FundEntry(id=new_id(), scope=work.scope, position=position, period=one.period, import_batch=batch, **one.values)
        for one, position in found.added
    ]


def said(row: FundEntry) -> dict[str, Any]:
    """What an entry of the store says, by attribute."""
    return {name: getattr(row, name) for name in COLUMNS}


def _key(values: Mapping[str, Any]) -> Key:
    """What makes two entries the same: day, voucher, summary, payee, money in and out."""
    return (*(bare(values.get(name) or "") for name in _WORDS), *(values.get(name) or 0 for name in _AMOUNTS))


def _changes(one: PlannedEntry, row: FundEntry) -> list[Change]:
    """What the edition writes otherwise; an entry of the book is never changed, so it is only shown."""
    return [
        Change("fund_entry", row.id, name, old, new, one.place, one.values.get("payee") or "", written=False)
        for name in _FOLLOWING
        if (new := one.values.get(name)) is not None and (old := getattr(row, name)) != new
    ]


def _placed(
    pairs: Sequence[tuple[PlannedEntry, FundEntry | None]], held: Sequence[FundEntry]
) -> list[tuple[PlannedEntry, int]]:
    """New entries with their positions: behind the known one before them, else by their day."""
    positions = [row.position or 0 for row in held]
    found: list[tuple[PlannedEntry, int]] = []
    before: int | None = None
    for is_new, run in groupby(pairs, key=lambda pair: pair[1] is None):
        some = list(run)
        if not is_new:
            row = some[-1][1]
            before = row.position or 0 if row is not None else before
            continue
        if before is None:
            day = str(some[0][0].values["entered_on"])
            before = next((row.position or 0 for row in reversed(held) if (row.entered_on or "") <= day), None)
        places = _between(before, _next(positions, before), len(some))
        found += [(one, place) for (one, _), place in zip(some, places, strict=True)]
    return found


def _next(positions: Sequence[int], before: int | None) -> int | None:
    """The first position behind; the very first where nothing is before."""
    place = 0 if before is None else bisect_right(positions, before)
    return positions[place] if place < len(positions) else None


def _between(before: int | None, behind: int | None, count: int) -> list[int]:
    if behind is None:
        return [(before or 0) + STEP * place for place in range(1, count + 1)]
    if before is None:
        return [behind - STEP * (count - place) for place in range(count)]
    return [before + (behind - before) * place // (count + 1) for place in range(1, count + 1)]
