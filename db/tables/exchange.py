"""What goes between this laptop and the county: enrolment, packages, receipts and attachments on their way."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base


class Device(Base):
    """This laptop: its keys (sealed by the store itself) and, once enrolled, the county's certificate."""

    __tablename__ = "device"

    id: Mapped[str] = mapped_column(primary_key=True)
    private_keys: Mapped[bytes] = mapped_column(LargeBinary)
    digit: Mapped[int] = mapped_column(default=0)
    certificate: Mapped[bytes | None] = mapped_column(LargeBinary)
    county: Mapped[str | None]
    fingerprint: Mapped[str | None]
    enrolled_at: Mapped[str | None]


class PackageOut(Base):
    """A package that was written: which operations it carried, by which way, and whether its receipt came."""

    __tablename__ = "package_out"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    made_at: Mapped[str]
    channel: Mapped[str]
    stream: Mapped[bytes] = mapped_column(LargeBinary)
    first_n: Mapped[int]
    last_n: Mapped[int]
    blobs: Mapped[int]
    size: Mapped[int]
    receipt: Mapped[str | None]

    __table_args__ = (Index("ix_package_out_made_at", "made_at"),)


class PackageIn(Base):
    """A package that was taken in; taking it again has no effect and gives the same answer."""

    __tablename__ = "package_in"

    id: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    taken_at: Mapped[str]
    channel: Mapped[str]
    receipt: Mapped[str]
    records: Mapped[int]
    results: Mapped[int]
    size: Mapped[int]
    replays: Mapped[int] = mapped_column(default=0)
    ops_hash: Mapped[bytes] = mapped_column(LargeBinary)


class Attachment(Base):
    """A blob that records name: whether its bytes are here and whether the county has said that it holds them."""

    __tablename__ = "attachment"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    priority: Mapped[int] = mapped_column(default=5)
    here: Mapped[bool]
    at_county: Mapped[bool] = mapped_column(default=False)


class PackReceived(Base):
    """A county pack (standards, forms, calendar, ...) that was installed, with its effective dates."""

    __tablename__ = "pack_received"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    edition: Mapped[str]
    effective_from: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)


class ClockAnchor(Base):
    """A time that the county signed, with the monotonic reading and boot at which it arrived (§5.11)."""

    __tablename__ = "clock_anchor"

    id: Mapped[int] = mapped_column(primary_key=True)
    county_ms: Mapped[int]
    monotonic_ms: Mapped[int]
    boot: Mapped[str]


class Setting(Base):
    """A setting of this laptop or township: JSON text by name."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
