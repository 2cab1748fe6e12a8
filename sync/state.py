"""The content of one record as the county confirms it, its one byte form, and the digest over a township."""

import hashlib
from collections.abc import Iterable

import msgspec

from db.operation import NO_BASE

BUCKETS = 256
EMPTY_DIGESTS = bytes(32 * BUCKETS)
"""The 256 bucket digests of a township without records."""

NOTHING = msgspec.Raw(b"\xc0")
"""The canonical value of a group that was emptied."""


class ConflictItem(msgspec.Struct, frozen=True, array_like=True):
    """An open difference: what the losing operation wanted, who wrote it, and what stood then.

    `group` is `_void` when the loser wanted to void the record. `wall_ms` is shown, never compared.
    """

    op_id: bytes
    group: str
    value: msgspec.Raw
    actor: str
    role: str
    device: str
    wall_ms: int
    base: bytes
    winner: bytes


class RecordState(msgspec.Struct, frozen=True, array_like=True):
    """One record, the same on the county and on every laptop of its township at one cursor (sync_design.md §5.12).

    `groups` holds canonical values; `versions` is sparse: group to the root of aliases of the operation that wrote
    it, only where that is not `birth`. An empty group stays only with its version. `conflicts` holds open items
    alone, by operation id. `entries` are append-only, keyed by `id_text` of their operation.
    """

    id: bytes
    kind: str
    scope: str
    birth: bytes
    groups: dict[str, msgspec.Raw]
    versions: dict[str, bytes]
    void: bytes
    entries: dict[str, msgspec.Raw]
    conflicts: list[ConflictItem]

    def version(self, group: str) -> bytes:
        """The version of a group: its own, the birth, or `NO_BASE` where there is nothing."""
        own = self.versions.get(group)
        if own is not None:
            return own
        return self.birth if group in self.groups else NO_BASE


class Head(msgspec.Struct, frozen=True, array_like=True):
    """The first two fields of a `RecordState`: enough to see which record it is without decoding its values."""

    id: bytes
    kind: str


_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_HEADS = msgspec.msgpack.Decoder(Head)
_DECODER = msgspec.msgpack.Decoder(RecordState)


def encode_state(state: RecordState) -> bytes:
    """The canonical bytes of a record's content."""
    return _ENCODER.encode(state)


def decode_head(data: bytes | msgspec.Raw) -> Head:
    """Id and kind of a record's content; raises as `decode_state`."""
    return _HEADS.decode(data)


def decode_state(data: bytes | msgspec.Raw) -> RecordState:
    """A record's content from its bytes; raises `msgspec.DecodeError` or `ValidationError` otherwise."""
    return _DECODER.decode(data)


def born_bytes(record: bytes, kind: str, scope: str, birth: bytes, groups: bytes | msgspec.Raw) -> bytes:
    """Canonical bytes of a record that nothing happened to since its creation; `groups` is the create's value."""
    return b"\x99" + _ENCODER.encode((record, kind, scope, birth))[1:] + groups + b"\x80\xc4\x00\x80\x90"


def record_hash(data: bytes) -> bytes:
    """SHA-256 over the canonical bytes of a record's content."""
    return hashlib.sha256(data).digest()


def bucket_of(record: bytes) -> int:
    """The digest bucket of a record: the first byte of SHA-256 of its id."""
    return hashlib.sha256(record).digest()[0]


def change_digests(digests: bytes, changes: Iterable[tuple[bytes, bytes, bytes]]) -> bytes:
    """The 256 digests after changes `(record id, old content hash or b"", new content hash or b"")`."""
    parts: dict[int, int] = {}
    number = int.from_bytes
    for record, old, new in changes:
        bucket = bucket_of(record)
        parts[bucket] = parts.get(bucket, 0) ^ number(old, "big") ^ number(new, "big")
    fresh = bytearray(digests)
    for bucket, mask in parts.items():
        at = slice(bucket * 32, bucket * 32 + 32)
        fresh[at] = (number(fresh[at], "big") ^ mask).to_bytes(32, "big")
    return bytes(fresh)


def digests_of(contents: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The 256 digests over all records `(record id, canonical bytes)` of a township."""
    return change_digests(EMPTY_DIGESTS, ((record, b"", record_hash(data)) for record, data in contents))


def state_hash(scope: str, digests: bytes) -> str:
    """The township's one digest: hex SHA-256 over scope and the 256 digests in order."""
    return hashlib.sha256(scope.encode() + digests).hexdigest()
