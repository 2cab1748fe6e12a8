"""What went between this laptop and the county, for showing: packages with receipts, how far operations have come."""

from sqlalchemy import func, select

from db.tables.exchange import Attachment, PackageIn, PackageOut
from db.tables.journal import AuditEntry, Stream
from desktop.casework.views import View
from desktop.casework.work import Work

OUT, IN = "out", "in"


class PackageRow(View, frozen=True, kw_only=True):
    """One package: `at` a UTC instant, `way` http or stick; `answered` once the county's answer is here.

    `receipt` is empty where the county took nothing new.
    """

    direction: str
    at: str
    way: str
    operations: int = 0
    records: int = 0
    attachments: int = 0
    size: int = 0
    answered: bool = False
    receipt: str = ""


class Steps(View, frozen=True, kw_only=True):
    """How many own operations stand at each step (ui/design.md, Never: the five words), and photos on their way."""

    kept: int = 0
    packed: int = 0
    received: int = 0
    backed_up: int = 0
    photos_waiting: int = 0
    photos_size: int = 0


def packages(work: Work, limit: int = 60, offset: int = 0) -> list[PackageRow]:
    """Packages of both directions, latest first."""
    most = limit + offset
    out = work.session.execute(select(PackageOut).order_by(PackageOut.made_at.desc()).limit(most)).scalars()
    taken = work.session.execute(select(PackageIn).order_by(PackageIn.taken_at.desc()).limit(most)).scalars()
    found = [
        PackageRow(
            direction=OUT, at=row.made_at, way=row.channel, operations=max(0, row.last_n - row.first_n + 1)
            if row.stream else 0, attachments=row.blobs, size=row.size,
            answered=row.receipt is not None, receipt=row.receipt or "",
        )
        for row in out
    ]  # fmt: skip
    found += [
        PackageRow(direction=IN, at=row.taken_at, way=row.channel, records=row.records, size=row.size,
                   answered=True, receipt=row.receipt)
        for row in taken
    ]  # fmt: skip
    found.sort(key=lambda row: row.at, reverse=True)
    return found[offset:most]


def steps(work: Work) -> Steps:
    """Counts over all streams; what a closed stream had not delivered was carried into the open one."""
    kept = packed = received = backed_up = 0
    for row in work.session.execute(select(Stream)).scalars():
        received += row.received_n - row.durable_n
        backed_up += row.durable_n
        if not row.closed:
            kept += row.last_n - max(row.packed_n, row.received_n)
            packed += max(row.packed_n, row.received_n) - row.received_n
    waiting, size = work.session.execute(
        select(func.count(), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.here.is_(True), Attachment.at_county.is_(False)
        )
    ).one()
    return Steps(
        kept=kept, packed=packed, received=received, backed_up=backed_up, photos_waiting=waiting, photos_size=int(size)
    )


def last_backup(work: Work) -> str | None:
    """When a backup was last written and proven by opening it (UTC instant); None before the first."""
    return _last(work, "backup")


def last_receipt_at(work: Work) -> str | None:
    """When a receipt of the county last came in (UTC instant); None before the first."""
    return work.session.execute(select(func.max(PackageIn.taken_at)).where(PackageIn.receipt != "")).scalar()


def _last(work: Work, act: str) -> str | None:
    return work.session.execute(select(func.max(AuditEntry.at)).where(AuditEntry.act == act)).scalar()
