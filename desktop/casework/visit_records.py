"""The rows of a visit: found by id, open for changes, with the photos and signatures that stand."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.refused import BadValue, Refused
from db.tables.visits import Photo, Signature, Visit
from desktop.casework.work import shorten

DRAFT, COMPLETED = "draft", "completed"
KEPT = "已填的内容都在。"
"""What a refusal says of the answers."""


def find(session: Session, visit_id: str) -> Visit:
    """The row of a visit that is not void."""
    visit = session.get(Visit, visit_id)
    if visit is None or visit.void:
        raise BadValue(
            "visit.unknown",
            f"没有编号为 {shorten(visit_id, 40)} 的访视。",
            "没有改动任何内容。",
            "请从家庭页面取访视编号。",
        )
    return visit


def open_visit(session: Session, visit_id: str) -> Visit:
    """The row of a visit that can still be changed."""
    visit = find(session, visit_id)
    if visit.status == COMPLETED:
        raise Refused(
            "visit.completed",
            "这次访视已经完成，不能再改。",
            KEPT,
            "要更正请先重新打开并写明原因。",
        )
    return visit


def photos_of(session: Session, visit_id: str) -> list[Photo]:
    """The photos that stand, in the order they were added."""
    query = select(Photo).where(Photo.visit_id == visit_id, Photo.void.is_(False), Photo.retired_on.is_(None))
    return list(session.execute(query.order_by(Photo.id)).scalars())


def signatures_of(session: Session, visit_id: str) -> list[Signature]:
    """The signatures that stand, in the order they were given."""
    query = select(Signature).where(
        Signature.visit_id == visit_id,
        Signature.void.is_(False),
        Signature.retired_on.is_(None),
    )
    return list(session.execute(query.order_by(Signature.id)).scalars())
