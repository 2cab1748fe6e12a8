"""Ledgers that were taken over, for showing and for taking back."""

from sqlalchemy import select

from db.operation import plain
from db.tables.people import ImportBatch
from desktop.casework.views import View
from desktop.casework.work import Work


class BatchRow(View, frozen=True, kw_only=True):
    """One batch: instant (UTC), who, kind of ledger, and how many rows were clean or warned of."""

    batch_id: str
    taken_at: str
    taken_by: str
    profile: str
    rows: int = 0
    undone: bool = False


def listed(work: Work, limit: int = 20) -> list[BatchRow]:
    """The latest batches, newest first."""
    work.allow("import")
    found = work.session.execute(select(ImportBatch).order_by(ImportBatch.taken_at.desc()).limit(limit)).scalars()
    return [
        BatchRow(
            batch_id=row.id,
            taken_at=row.taken_at,
            taken_by=row.taken_by,
            profile=row.profile,
            rows=_rows(row.summary),
            undone=row.undone_at is not None,
        )
        for row in found
    ]


def _rows(summary: bytes) -> int:
    held = plain(summary)
    classes = held.get("classes") if isinstance(held, dict) else None
    return sum(int(classes.get(kind, 0)) for kind in ("clean", "warn")) if isinstance(classes, dict) else 0
