"""Households and the people in them."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Synced


class Household(Synced, Base):
    """A household as the township works with it; its people are the `Person` rows that point to it."""

    __tablename__ = "household"
    kind = "household"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    village: Mapped[str | None]
    group: Mapped[str | None] = mapped_column("grp")
    address: Mapped[str | None]
    phone: Mapped[str | None]
    hukou: Mapped[str | None]
    remark: Mapped[str | None]
    import_batch: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)


class Person(Synced, Base):
    """A person with the facts that papers and rules ask for; ISO dates, code-table values as text."""

    __tablename__ = "person"
    kind = "person"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    household_id: Mapped[str | None]
    joined_on: Mapped[str | None]
    left_on: Mapped[str | None]
    position: Mapped[int | None]
    relation: Mapped[str | None]
    name: Mapped[str | None]
    alt_name: Mapped[str | None]
    id_type: Mapped[str | None]
    id_number: Mapped[str | None]
    no_id_reason: Mapped[str | None]
    sex: Mapped[str | None]
    birth_date: Mapped[str | None]
    ethnicity: Mapped[str | None]
    phone: Mapped[str | None]
    health: Mapped[str | None]
    labor: Mapped[str | None]
    job: Mapped[str | None]
    study: Mapped[str | None]
    certificate_kind: Mapped[str | None]
    certificate_grade: Mapped[str | None]
    certificate_number: Mapped[str | None]
    certificate_valid_until: Mapped[str | None]
    account_payee: Mapped[str | None]
    account_bank: Mapped[str | None]
    account_number: Mapped[str | None]
    import_batch: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_person_household_id", "household_id"),
        Index("ix_person_id_number", "id_number"),
    )


class ImportBatch(Base):
    """One ledger taken over; the file's hash shows that the same file came before."""

    __tablename__ = "import_batch"

    id: Mapped[str] = mapped_column(primary_key=True)
    profile: Mapped[str]
    file_sha256: Mapped[str]
    taken_at: Mapped[str]
    taken_by: Mapped[str]
    undone_at: Mapped[str | None]
    summary: Mapped[bytes]


class ImportedRecord(Base):
    """Which records an import batch made, with the versions they were born with, for its undo."""

    __tablename__ = "imported_record"

    batch_id: Mapped[str] = mapped_column(ForeignKey("import_batch.id"), primary_key=True)
    record_id: Mapped[str] = mapped_column(primary_key=True)
