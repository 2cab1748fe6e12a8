"""Visits with their answers, the signatures given and the photos taken."""

from typing import Any

import msgspec
from sqlalchemy import Index, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from db.operation import canonical
from db.tables.base import Base, Synced


class Answers(TypeDecorator[dict[str, Any]]):
    """Answers as canonical msgpack: a flat map from group suffix (`A.date`, `income`, `members.<row>`) to value."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | bytes | None, dialect: Dialect) -> bytes:
        """The map as bytes; what came from the county is canonical bytes already."""
        return value if isinstance(value, bytes) else bytes(canonical(value or {}))

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> dict[str, Any]:
        """The map from bytes."""
        return dict(msgspec.msgpack.decode(value)) if value else {}


class Visit(Synced, Base):
    """One questionnaire filled for a household or person.

    Assign a new `answers` map, never change one in place.
    """

    __tablename__ = "visit"
    kind = "visit"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    household_id: Mapped[str | None]
    person_id: Mapped[str | None]
    case_id: Mapped[str | None]
    form_code: Mapped[str | None]
    form_version: Mapped[str | None]
    visited_on: Mapped[str | None]
    investigator_a: Mapped[str | None]
    investigator_b: Mapped[str | None]
    status: Mapped[str | None]
    completed_on: Mapped[str | None]
    answers: Mapped[dict[str, Any]] = mapped_column(Answers, default=dict)
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        Index("ix_visit_household_id", "household_id"),
        Index("ix_visit_person_id", "person_id"),
    )


class Signature(Synced, Base):
    """Who signed in which role, in whose presence, and the hash of the text that was signed."""

    __tablename__ = "signature"
    kind = "signature"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    visit_id: Mapped[str | None]
    role: Mapped[str | None]
    name: Mapped[str | None]
    signed_on: Mapped[str | None]
    blob: Mapped[str | None]
    text_hash: Mapped[str | None]
    recorded_by: Mapped[str | None]
    retired_on: Mapped[str | None]
    retired_why: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_signature_visit_id", "visit_id"),)


class Photo(Synced, Base):
    """One photo in a slot of a visit: `blob` is the SHA-256 of the kept copy (D15)."""

    __tablename__ = "photo"
    kind = "photo"

    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    visit_id: Mapped[str | None]
    slot: Mapped[str | None]
    blob: Mapped[str | None]
    original_sha256: Mapped[str | None]
    taken_at: Mapped[str | None]
    added_by: Mapped[str | None]
    size: Mapped[int | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    retired_on: Mapped[str | None]
    retired_why: Mapped[str | None]
    void: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (Index("ix_photo_visit_id", "visit_id"),)
