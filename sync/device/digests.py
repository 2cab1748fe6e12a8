"""The content digest of a township on this laptop: 256 buckets, kept up with every change of the base."""

from collections.abc import Iterable

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from db.tables import table
from db.tables.journal import Digest
from sync import state
from sync.state import EMPTY_DIGESTS, change_digests

_SIZE = 32
EMPTY = EMPTY_DIGESTS
"""The digests of a township without records."""


def load(session: Session, scope: str) -> bytes:
    """The 256 digests in order."""
    held = bytearray(EMPTY_DIGESTS)
    for bucket, value in session.execute(select(Digest.bucket, Digest.value).where(Digest.scope == scope)):
        held[bucket * _SIZE : (bucket + 1) * _SIZE] = value
    return bytes(held)


def save(session: Session, scope: str, before: bytes, after: bytes) -> None:
    """Write the buckets that are not what they were."""
    rows = [
        {"scope": scope, "bucket": i, "value": after[i * _SIZE : (i + 1) * _SIZE]}
        for i in range(256)
        if before[i * _SIZE : (i + 1) * _SIZE] != after[i * _SIZE : (i + 1) * _SIZE]
    ]
    if rows:
        session.execute(insert(table(Digest)).prefix_with("OR REPLACE"), rows)


def change(digests: bytes, changes: Iterable[tuple[bytes, bytes, bytes]]) -> bytes:
    """Digests after records went from one hash to another (b"" for none)."""
    return change_digests(digests, changes)


def state_hash(session: Session, scope: str) -> str:
    """One digest over the county-confirmed content of a township (sync_design.md §5.12)."""
    return state.state_hash(scope, load(session, scope))
