"""What the two sides say to each other inside a package: manifests, results and enrolment, as msgspec structs."""

from collections.abc import Iterable

import msgspec

from db.operation import SCHEMA

PROTOCOL = 1
"""Version of these structs; both manifests say which range their side can read."""

OK, GAP, FORK, NOTHING_SENT = "ok", "gap", "fork", "none"
"""The county's answer to the operations of an up package.

`ok`: taken in. `gap`: numbers are missing before them. `fork`: a number was used before for another operation.
After `gap` and `fork` nothing was applied and the laptop opens a new stream with the same operation ids.
"""

REPEAT_OF = "repeat"
"""Reason of an `applied` result that was decided under an earlier number: its effect comes (or came) as a record."""


class BlobOffer(msgspec.Struct, frozen=True, array_like=True):
    """An attachment: SHA-256 of its clear bytes (hex), size in bytes, priority (1 first)."""

    sha256: str
    size: int
    priority: int = 5


class UpManifest(msgspec.Struct, frozen=True, array_like=True):
    """What a laptop says with its operations `first_n … first_n+count-1` of `stream`.

    `have_n`: operations of the stream up to this number are in the view of this laptop (it folds their applied
    results into its base itself, so the county need not send them back). `cursor`, `epoch`, `rcur`: how far it
    has followed the township's changes and the county's results. `digest` is the `state_hash` of its base.
    `blobs`: attachments that it holds and the county has not confirmed; `missing`: hashes that it lacks.
    """

    package: bytes
    sender: bytes
    recipient: bytes
    training: bool
    scope: str
    device: str
    stream: bytes
    first_n: int
    count: int
    have_n: int
    epoch: int
    cursor: int
    rcur: int
    digest: str = ""
    blobs: tuple[BlobOffer, ...] = ()
    missing: tuple[str, ...] = ()
    clock_ms: int = 0
    schema: tuple[int, int] = (SCHEMA, SCHEMA)
    packs: tuple[str, ...] = ()


class ResultRange(msgspec.Struct, frozen=True, array_like=True):
    """What the county decided of operations `first_n … last_n` of a stream, alike for all of them.

    Anything but `applied` stands alone and names its operation; `seq` is the highest county sequence of the range:
    a laptop takes a result as final when its cursor has reached it. `waiting` is not final. A laptop folds an
    `applied` operation into its base itself only when its reason is not `REPEAT_OF` and its record is not on the page.
    """

    stream: bytes
    first_n: int
    last_n: int
    result: str
    seq: int
    reason: str = ""
    op_id: bytes = b""


class Sums(msgspec.Struct, frozen=True, array_like=True):
    """How many operations of the answered package came to what; they add up to those offered (I27)."""

    applied: int = 0
    same: int = 0
    conflict: int = 0
    rejected: int = 0
    waiting: int = 0


class DownManifest(msgspec.Struct, frozen=True, array_like=True):
    """The county's receipt and the frame of the page that follows; the package's signature signs both.

    A laptop applies it whole or not at all, and only when `answers` is b"" or an up package that this very store
    wrote, `stream` is b"" or its open stream, `from_seq` ≤ its cursor ≤ `to_seq` and `results_from` ≤ its `rcur`:
    the page leaves out what the laptop of that package can fold in itself. With `gap` and `fork` the page is empty.

    `answers` is the id of the up package it answers (b"" for an export without one). `received_n`: operations of
    `stream` up to here are held durably by the county; `durable`: (stream, n) marks of what is in its verified
    backup. `results` continue the laptop's list from `results_from` to `rcur`. The page takes the township from
    `from_seq` to `to_seq`; `full` pages replace the base. `digest` is the county's `state_hash` at `to_seq`.
    """

    package: bytes
    sender: bytes
    recipient: bytes
    training: bool
    scope: str
    device: str
    answers: bytes
    answer: str
    receipt: str
    stream: bytes
    received_n: int
    sums: Sums
    epoch: int
    full: bool
    from_seq: int
    to_seq: int
    results_from: int
    rcur: int
    results: tuple[ResultRange, ...]
    durable: tuple[tuple[bytes, int], ...]
    county_ms: int
    revocations: int
    digest: str
    blobs_wanted: tuple[str, ...] = ()
    blobs_held: tuple[str, ...] = ()
    left: tuple[bytes, ...] = ()
    schema: tuple[int, int] = (SCHEMA, SCHEMA)


class UpBody(msgspec.Struct, frozen=True, array_like=True):
    """The clear body of an up package: manifest and operations (canonical bytes each), in n order."""

    manifest: UpManifest
    ops: list[msgspec.Raw]


class DownBody(msgspec.Struct, frozen=True, array_like=True):
    """The clear body of a down package: manifest and records (canonical bytes of `RecordState`)."""

    manifest: DownManifest
    records: list[msgspec.Raw]


class BlobManifest(msgspec.Struct, frozen=True, array_like=True):
    """The frame of attachments on their way: `wants` asks for some, `held` says what arrived and is kept."""

    package: bytes
    sender: bytes
    recipient: bytes
    training: bool
    scope: str
    device: str
    wants: tuple[str, ...] = ()
    held: tuple[str, ...] = ()


class BlobBody(msgspec.Struct, frozen=True, array_like=True):
    """The clear body of a package of attachments: (SHA-256 of the bytes as hex, bytes)."""

    manifest: BlobManifest
    blobs: list[tuple[str, bytes]]


class EnrolRequest(msgspec.Struct, frozen=True, array_like=True):
    """A laptop's wish to be known (§5.9): its id, public keys, township and display name; no person in it."""

    device: str
    keys: bytes
    township: str
    name: str
    suites: tuple[int, ...]
    training: bool
    digest: str = ""


class Certificate(msgspec.Struct, frozen=True, array_like=True):
    """What the county says about a laptop; sealed to it and signed by the county.

    `digit` (1–9) begins the laptop's numbers. `keys` are the laptop's public keys, `county_keys` and
    `recovery_keys` the county's, all as `PublicKeys` bytes.
    """

    device: str
    keys: bytes
    township: str
    township_name: str
    scopes: tuple[str, ...]
    roles: tuple[str, ...]
    digit: int
    training: bool
    epoch: int
    serial: int
    county: str
    county_name: str
    county_keys: bytes
    recovery_keys: bytes
    addresses: tuple[str, ...] = ()
    suites: tuple[int, ...] = (1, 3)


class EnrolBody(msgspec.Struct, frozen=True, array_like=True):
    """The clear body of an enrolment request package."""

    request: EnrolRequest


class CertificateBody(msgspec.Struct, frozen=True, array_like=True):
    """The clear body of a certificate package."""

    certificate: Certificate


def count_results(results: Iterable[str]) -> Sums:
    """Sums over receipt codes."""
    found = dict.fromkeys(Sums.__struct_fields__, 0)
    for result in results:
        found[result] += 1
    return Sums(**found)
