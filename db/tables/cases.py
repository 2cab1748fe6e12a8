"""Cases and the append-only line of what happened to them."""

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from db.tables.base import Base, Synced


class Case(Synced, Base):
    """A household's or person's way through one programme; amounts in fen, months `YYYY-MM`."""

    __tablename__ = "case_file"
    kind = "case"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    household_id: Mapped[str | None]
    person_id: Mapped[str | None]
    programme_code: Mapped[str | None]
    case_no: Mapped[str | None]
    accepted_on: Mapped[str | None]
    pack_version: Mapped[str | None]
    band: Mapped[str | None]
    month_amount_fen: Mapped[int | None]
    supplement_fen: Mapped[int | None]
    covered_persons: Mapped[int | None]
    start_month: Mapped[str | None]
    checked_on: Mapped[str | None]
    cause: Mapped[str | None]
    status: Mapped[str | None]
    import_batch: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_case_file_household_id", "household_id"),
        Index("ix_case_file_case_no", "case_no"),
    )


class CaseEvent(Synced, Base):
    """One event of a case's timeline; never changed, a correction is a new event.

    `event` is the status that the case came into, `before` the one it left, `evidence` what the gate was shown.
    """

    __tablename__ = "case_event"
    kind = "case_event"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    case_id: Mapped[str | None]
    event: Mapped[str | None]
    on: Mapped[str | None] = mapped_column("on_date")
    note: Mapped[str | None]
    before: Mapped[str | None]
    recorded_by: Mapped[str | None]
    evidence: Mapped[bytes | None] = mapped_column(LargeBinary)
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_case_event_case_id", "case_id"),)


class Assessment(Synced, Base):
    """One answer of the rules about a case or visit, with everything that it rests on; never changed.

    `content` holds question (the facts as they were), answer and trace; `pack_id` is the SHA-256 of the county pack.
    """

    __tablename__ = "assessment"
    kind = "assessment"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    case_id: Mapped[str | None]
    visit_id: Mapped[str | None]
    programme_code: Mapped[str | None]
    assessed_on: Mapped[str | None]
    pack_version: Mapped[str | None]
    pack_id: Mapped[str | None]
    outcome: Mapped[str | None]
    amount_fen: Mapped[int | None]
    recorded_by: Mapped[str | None]
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_assessment_case_id", "case_id"),
        Index("ix_assessment_visit_id", "visit_id"),
    )
