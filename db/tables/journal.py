"""The operations of this laptop, what the county said of them, the versions behind the view, and the audit chain."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class OperationRow(Base):
    """One own operation: canonical bytes in `body`, its place in a stream, never rewritten but for that place."""

    __tablename__ = "op"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    op_id: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    record: Mapped[str]
    kind: Mapped[str]
    group: Mapped[str] = mapped_column("grp")
    stream: Mapped[bytes] = mapped_column(LargeBinary)
    n: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    wall_ms: Mapped[int]

    __table_args__ = (
        Index("ix_op_record", "record", "grp"),
        Index("uq_op_stream_n", "stream", "n", unique=True),
    )


class Stream(Base):
    """A numbered run of operations; marks say up to which n the county has received and backed up."""

    __tablename__ = "stream"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    epoch: Mapped[int]
    opened_at: Mapped[str]
    why: Mapped[str]
    last_n: Mapped[int] = mapped_column(default=0)
    packed_n: Mapped[int] = mapped_column(default=0)
    received_n: Mapped[int] = mapped_column(default=0)
    durable_n: Mapped[int] = mapped_column(default=0)
    closed: Mapped[bool] = mapped_column(default=False)


class OpResult(Base):
    """The exceptions: what the county decided of an own operation when it was not simply applied."""

    __tablename__ = "op_result"

    op_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    result: Mapped[str]
    reason: Mapped[str]
    seq: Mapped[int]
    final: Mapped[bool]
    seen: Mapped[bool] = mapped_column(default=False)


class RecordRow(Base):
    """One synced record: kind, birth, whether the county knows it, and the hash of its county-confirmed content."""

    __tablename__ = "record"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    scope: Mapped[str]
    birth: Mapped[bytes] = mapped_column(LargeBinary)
    known: Mapped[bool]
    void: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    extra: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Version(Base):
    """The operation behind a group's value in the view; no row means the record's birth."""

    __tablename__ = "version"

    record: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("grp", primary_key=True)
    op_id: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Shadow(Base):
    """The county's value and version of a group that has own operations on their way (`present`: it had one)."""

    __tablename__ = "shadow"

    record: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[str] = mapped_column("grp", primary_key=True)
    present: Mapped[bool]
    value: Mapped[bytes] = mapped_column(LargeBinary)
    op_id: Mapped[bytes] = mapped_column(LargeBinary)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Conflict(Base):
    """A difference for a person to decide: the losing operation's value beside the one that stands."""

    __tablename__ = "conflict"

    op_id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    record: Mapped[str]
    group: Mapped[str] = mapped_column("grp")
    item: Mapped[bytes] = mapped_column(LargeBinary)
    open: Mapped[bool]

    __table_args__ = (Index("ix_conflict_record", "record"),)


class Digest(Base):
    """One of 256 buckets of a township's content digest (sync_design.md §5.12)."""

    __tablename__ = "digest"

    scope: Mapped[str] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class Cursor(Base):
    """How far this laptop has followed the county's changes of a township, and the results it has seen."""

    __tablename__ = "cursor"

    scope: Mapped[str] = mapped_column(primary_key=True)
    epoch: Mapped[int]
    seq: Mapped[int]
    results: Mapped[int]


class Quarantine(Base):
    """Something that arrived and could not be applied; kept whole with the reason."""

    __tablename__ = "quarantine"

    id: Mapped[str] = mapped_column(primary_key=True)
    arrived_at: Mapped[str]
    reason: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class AuditEntry(Base):
    """One link of the audit chain: who did what when, by hash over the entry before it (AQ, 13 §2.3)."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[str]
    actor: Mapped[str]
    role: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[bytes] = mapped_column(LargeBinary)
    link: Mapped[bytes] = mapped_column(LargeBinary)
