"""The audit chain: append-only entries, each linked to the one before by its hash."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.operation import canonical, plain
from db.tables.journal import AuditEntry

_START = b"\0" * 32


class Author(msgspec.Struct, frozen=True):
    """Who writes: the store's user, the role in force and the township whose records are written."""

    actor: str
    role: str
    scope: str


SYSTEM = Author("", "sysadmin", "")
"""The program itself: migrations and what it does without a person."""


def author(session: Session) -> Author:
    """The person that this session acts for."""
    found = session.info.get("author", SYSTEM)
    assert isinstance(found, Author)
    return found


def link(before: bytes, at: str, actor: str, role: str, act: str, subject: str, detail: bytes) -> bytes:
    """Hash of an entry over the one before it."""
    body = canonical([at, actor, role, act, subject, detail])
    return hashlib.sha256(before + bytes(body)).digest()


def record(session: Session, act: str, subject: str = "", detail: Mapping[str, object] | None = None) -> None:
    """Append one entry in the session's transaction: the act, the record it is about, facts without names."""
    person = author(session)
    last = session.execute(select(AuditEntry.link).order_by(AuditEntry.seq.desc()).limit(1)).scalar()
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    body = bytes(canonical(dict(detail or {})))
    session.execute(
        insert(AuditEntry),
        [
            {
                "at": at,
                "actor": person.actor,
                "role": person.role,
                "act": act,
                "subject": subject,
                "detail": body,
                "link": link(last or _START, at, person.actor, person.role, act, subject, body),
            }
        ],
    )


def verify(session: Session) -> list[str]:
    """Walk the whole chain; the findings in words, none when it is unbroken."""
    before, expected, findings = _START, 1, []
    for row in session.execute(select(AuditEntry).order_by(AuditEntry.seq)).scalars():
        if row.seq != expected:
            findings.append(f"审计记录第 {expected} 条不见了")
            expected = row.seq
        if row.link != link(before, row.at, row.actor, row.role, row.act, row.subject, row.detail):
            findings.append(f"审计记录第 {row.seq} 条与前一条接不上，内容被改动过")
        before, expected = row.link, expected + 1
    return findings


def acts(session: Session, limit: int = 200) -> list[tuple[str, str, str, str, dict[str, object]]]:
    """The latest entries, newest first: instant (UTC), actor, act, subject, detail."""
    rows = session.execute(select(AuditEntry).order_by(AuditEntry.seq.desc()).limit(limit)).scalars()
    return [(r.at, r.actor, r.act, r.subject, dict(plain(r.detail))) for r in rows]
