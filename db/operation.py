"""The operation: one fact as it was written, never changed afterwards, and its canonical bytes."""

import os
import threading
import time
from collections.abc import Mapping
from typing import Any

import msgspec

SCHEMA = 1
"""Version of the operation's layout; the county casts older ones up."""

CREATE, SET, RETIRE, APPEND, TRANSITION, VOID, RESOLVE = (
    "create",
    "set",
    "retire",
    "append",
    "transition",
    "void",
    "resolve",
)
NO_BASE = b""
"""Base of an operation on a group that had no value and no version when the person looked."""

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")


class Operation(msgspec.Struct, frozen=True, array_like=True):
    """One journal entry (sync_design.md §3).

    A `create` carries in `value` a map of every group the record is born with; other kinds carry the new value
    of `group`. `base` is the id of the operation that wrote the value the person was looking at: the record's
    create for a group that never changed since, `NO_BASE` for one that was not there. `stream` and `n` are not
    in here: they belong to the stream that carries the operation and may be given anew, the operation may not.
    """

    op_id: bytes
    record: bytes
    record_kind: str
    kind: str
    scope: str
    group: str
    value: msgspec.Raw
    base: bytes
    actor: str
    role: str
    wall_ms: int
    """Local wall clock, UTC, milliseconds: shown to people, never compared (§5.11)."""
    clock: str = "estimated"
    monotonic_ms: int = 0
    form_edition: str = ""
    packs: tuple[str, ...] = ()
    seen: tuple[bytes, ...] = ()
    """For a void: the versions of all groups and entries that the person had seen."""
    closes: tuple[bytes, ...] = ()
    """For a resolve: the conflicts (losing operations) that it settles."""
    evidence: bytes = b""
    schema: int = SCHEMA


_DECODER = msgspec.msgpack.Decoder(Operation)


def canonical(value: object) -> msgspec.Raw:
    """The one byte form of a value: msgpack with sorted keys; equal values give equal bytes."""
    return msgspec.Raw(_ENCODER.encode(value))


def plain(value: msgspec.Raw | bytes) -> Any:
    """The value behind canonical bytes."""
    return msgspec.msgpack.decode(value)


def encode(operation: Operation) -> bytes:
    """Canonical bytes of an operation."""
    return _ENCODER.encode(operation)


def decode(data: bytes) -> Operation:
    """An operation from its canonical bytes; raises `msgspec.DecodeError` when they are none."""
    return _DECODER.decode(data)


def new_id() -> str:
    """A fresh UUIDv7 as text (RFC 9562); its time part is never read."""
    return id_text(new_id_bytes())


class _Ticks:
    """Milliseconds since 1970 times 4096 (RFC 9562 §6.2, method 3), each call later than the one before."""

    def __init__(self) -> None:
        self._last, self._lock = 0, threading.Lock()

    def next(self) -> int:
        with self._lock:
            self._last = max(time.time_ns() * 4096 // 1_000_000, self._last + 1)
            return self._last


_TICKS = _Ticks()


def new_id_bytes() -> bytes:
    """A fresh UUIDv7 as 16 bytes; later ones of this process sort later, so that lists keep the order of entry."""
    tick = _TICKS.next()
    raw = bytearray((tick >> 12).to_bytes(6, "big") + (tick & 0xFFF).to_bytes(2, "big") + os.urandom(8))
    raw[6] |= 0x70
    raw[8] = (raw[8] & 0x3F) | 0x80
    return bytes(raw)


def id_bytes(text: str) -> bytes:
    """16 bytes of an id given as text; raises ValueError when it is none."""
    raw = bytes.fromhex(text.replace("-", ""))
    if len(raw) != 16:
        raise ValueError(text)
    return raw


def id_text(raw: bytes) -> str:
    """Canonical text of an id given as 16 bytes."""
    h = raw.hex()
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def create_value(groups: Mapping[str, object]) -> msgspec.Raw:
    """The value of a create: its groups without those that hold nothing."""
    return canonical({name: value for name, value in groups.items() if value is not None})
