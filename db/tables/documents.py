"""Papers that were issued and the numbers they took."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Synced


class Document(Synced, Base):
    """One printed or exported paper: immutable but for its state (printed, spoiled, signed, returned)."""

    __tablename__ = "document"
    kind = "document"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    form_code: Mapped[str | None]
    edition: Mapped[str | None]
    doc_no: Mapped[str | None]
    household_id: Mapped[str | None]
    person_id: Mapped[str | None]
    case_id: Mapped[str | None]
    visit_id: Mapped[str | None]
    text_hash: Mapped[str | None]
    issued_on: Mapped[str | None]
    issued_by: Mapped[str | None]
    pages: Mapped[int | None]
    reason: Mapped[str | None]
    sha256: Mapped[str | None]
    state: Mapped[str | None]
    state_on: Mapped[str | None]
    state_why: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_document_doc_no", "doc_no"),
        Index("ix_document_visit_id", "visit_id"),
        Index("ix_document_household_id", "household_id"),
    )


class NumberSeries(Base):
    """The last number given in a series (township, business code, year); blanks have a series of their own."""

    __tablename__ = "number_series"

    series: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]
