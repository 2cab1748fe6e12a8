"""Taking in a county package: verified, applied whole in one transaction with the cursor, or not at all."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from db import audit, journal, search, streams
from db.crypto.parties import PartyKeys, PublicKeys
from db.kinds import KINDS
from db.operation import Operation, decode, id_text
from db.refused import PackageRefused
from db.store import Store
from db.tables import table
from db.tables.exchange import Attachment, PackageIn, PackageOut
from db.tables.journal import Conflict, Cursor, OperationRow, OpResult, RecordRow, Stream
from sync import package
from sync.device import bulk, digests
from sync.device.base import base_states, pending_of
from sync.device.enrol import certificate_of, own
from sync.device.settle import blob_of, fold, person_and_household_ids, write_view
from sync.device.up import Packed
from sync.merge import APPLIED, WAITING
from sync.protocol import FORK, GAP, NOTHING_SENT, OK, REPEAT_OF, BlobBody, DownBody, DownManifest, ResultRange
from sync.state import RecordState, decode_head, decode_state, encode_state, record_hash
from sync.state import state_hash as hash_of

_RECORD = table(RecordRow)
FOLLOWED = frozenset(kind.name for kind in KINDS.values() if kind.blob_fields) | {"person", "household"}
"""Kinds whose arrival touches more than their own row: attachments, the search index."""


class Taken(msgspec.Struct, frozen=True):
    """What a package brought: the county's answer, its receipt, records and results applied, attachments wanted."""

    answer: str
    receipt: str
    records: int = 0
    wanted: tuple[str, ...] = ()
    attachments: int = 0
    replay: bool = False


class _Results(msgspec.Struct):
    finals: dict[bytes, ResultRange]
    waiting: dict[bytes, ResultRange]
    fresh: list[Operation]


def take(session: Session, store: Store, data: bytes, channel: str, sent: Packed | None = None) -> Taken:
    """Apply a down package or a package of attachments; raises PackageRefused, and nothing has changed then.

    `sent` is the package that this one answers, when it is still at hand.
    """
    device = own(session)
    county = PublicKeys(certificate_of(device).county_keys)
    keys = PartyKeys(device.private_keys)
    opened = package.unseal(
        data, keys, lambda ident: county if ident == county.key_id else None,
        (package.DOWN, package.BLOBS_DOWN), store.identity.training,
    )  # fmt: skip
    blobs = opened.header.type == package.BLOBS_DOWN
    body = package.decode_body(opened.body, BlobBody) if blobs else package.decode_body(opened.body, DownBody)
    frame = body.manifest
    me = keys.public.key_id
    package.check_frame(opened.header, frame.package, frame.sender, frame.recipient, frame.training, me)
    before = session.get(PackageIn, frame.package)
    if before is not None:
        before.replays += 1
        return Taken(NOTHING_SENT, before.receipt, replay=True)
    taken = _take_blobs(session, store, body) if isinstance(body, BlobBody) else _apply(session, body, sent)
    session.add(
        PackageIn(
            id=frame.package, taken_at=datetime.now(UTC).isoformat(timespec="milliseconds"), channel=channel,
            receipt=taken.receipt, records=taken.records, results=0, size=len(data),
            ops_hash=hashlib.sha256(opened.body).digest(),
        )
    )  # fmt: skip
    audit.record(session, "package.applied", frame.package.hex(), {"records": taken.records})
    return taken


def _take_blobs(session: Session, store: Store, body: BlobBody) -> Taken:
    good = 0
    for name, data in body.blobs:
        row = session.get(Attachment, name)
        if row is None or hashlib.sha256(data).hexdigest() != name:
            continue
        store.blobs.put(data)
        row.here, row.at_county, row.size, good = True, True, len(data), good + 1
    _at_county(session, body.manifest.held)
    return Taken(NOTHING_SENT, "", attachments=good)


def _at_county(session: Session, names: Sequence[str]) -> None:
    for name in names:
        session.execute(update(Attachment).where(Attachment.sha256 == name).values(at_county=True))


def _apply(session: Session, body: DownBody, sent: Packed | None) -> Taken:
    m = body.manifest
    stream = streams.current(session)
    cursor = session.get_one(Cursor, m.scope)
    if m.answer in (GAP, FORK):
        streams.open_new(session, m.answer, cursor.epoch)
        return Taken(m.answer, "")
    if not _fits(session, m, stream, cursor):
        return Taken(NOTHING_SENT, "")
    with journal.applying(session):
        if m.epoch > cursor.epoch:
            _new_epoch(session, m)
            cursor.epoch, cursor.seq, cursor.results = m.epoch, 0, 0
            stream = streams.current(session)
        count = _apply_page(session, body, stream, cursor, sent)
        cursor.seq, cursor.results = m.to_seq, max(cursor.results, m.rcur)
        _at_county(session, m.blobs_held)
        if m.answers:
            out = session.get(PackageOut, m.answers)
            if out is not None:
                out.receipt = m.receipt
    return Taken(m.answer, m.receipt, count, m.blobs_wanted)


def _fits(session: Session, m: DownManifest, stream: Stream, cursor: Cursor) -> bool:
    """Older pages, and pages for what another state of this store had sent, are left alone (sync/FORMAT.md)."""
    if m.answer not in (OK, NOTHING_SENT) or m.epoch < cursor.epoch or (m.epoch > cursor.epoch and not m.full):
        return False
    if m.answers and session.get(PackageOut, m.answers) is None:
        return False
    if m.stream not in (b"", stream.id):
        return False
    seq, results = (cursor.seq, cursor.results) if m.epoch == cursor.epoch else (0, 0)
    return m.from_seq <= seq <= m.to_seq and m.results_from <= results


def _new_epoch(session: Session, m: DownManifest) -> None:
    """The county came back from a backup: its base is taken anew and everything of ours is offered again."""
    fresh = streams.open_new(session, "epoch", m.epoch)
    rows = session.execute(select(OperationRow.seq).order_by(OperationRow.seq)).scalars().all()
    for n, seq in enumerate(rows, 1):
        session.execute(update(OperationRow).where(OperationRow.seq == seq).values(stream=fresh.id, n=n + len(rows)))
    for n, seq in enumerate(rows, 1):
        session.execute(update(OperationRow).where(OperationRow.seq == seq).values(n=n))
    fresh.last_n, fresh.received_n = len(rows), 0
    session.execute(delete(OpResult))


def _apply_page(session: Session, body: DownBody, stream: Stream, cursor: Cursor, sent: Packed | None) -> int:
    m = body.manifest
    before = digests.load(session, m.scope)
    if m.full:
        session.execute(update(_RECORD).where(_RECORD.c.scope == m.scope).values(known=False, hash=b""))
        session.execute(delete(Conflict))
        before_changes = digests.EMPTY
    else:
        before_changes = before
    raws = {id_text(decode_head(raw).id): raw for raw in body.records}
    if m.stream == stream.id:
        stream.received_n = max(stream.received_n, m.received_n)
        session.flush()
    results = _results(session, m.results[max(0, cursor.results - m.results_from) :], stream, sent)
    _note_results(session, results)
    apart = bulk.unsettled(session)
    own = [op for op in results.fresh if id_text(op.record) not in raws]
    born = bulk.born_alone(own, apart)
    changed = bulk.confirm_born(session, born)
    done = {op.op_id for op in born}
    fresh = bulk.new_here(session, list(raws)) - apart
    changed += bulk.insert_new(session, [(ident, raw) for ident, raw in raws.items() if ident in fresh])
    rest = _folded(session, [op for op in own if op.op_id not in done])
    rest |= {ident: decode_state(raw) for ident, raw in raws.items() if ident not in fresh}
    changed += _write(session, rest)
    after = digests.change(before_changes, changed)
    digests.save(session, m.scope, before, after)
    if hash_of(m.scope, after) != m.digest:
        raise PackageRefused(
            "sync.digest",
            "装入后的内容与县里的对不上。",
            "整包都没有装入，本机资料没有改动。",
            "请再同步一次；还是这样就请县里查看。",
        )
    _follow(session, [raw for raw in raws.values() if decode_head(raw).kind in FOLLOWED])
    return len(raws)


def _folded(session: Session, ops: Sequence[Operation]) -> dict[str, RecordState]:
    """The base of records on which the county applied these own operations as they stood."""
    states = base_states(session, list(dict.fromkeys(id_text(op.record) for op in ops)))
    for op in ops:
        ident = id_text(op.record)
        states[ident] = fold(states.get(ident), op)
    return states


def _results(session: Session, told: Sequence[ResultRange], stream: Stream, sent: Packed | None) -> _Results:
    """Results that this laptop has not followed yet; what an overlapping package tells again is left out."""
    found = _Results({}, {}, [])
    for one in told:
        query = select(OperationRow.op_id, OperationRow.stream, OperationRow.n, OperationRow.body)
        if not one.op_id and one.result == APPLIED and _at_hand(one, stream, sent):
            assert sent is not None
            ops = [decode(body) for body in sent.ops[one.first_n - sent.first_n : one.last_n - sent.first_n + 1]]
            found.finals |= dict.fromkeys((op.op_id for op in ops), one)
            found.fresh += ops if one.reason != REPEAT_OF else []
            continue
        if one.op_id:
            query = query.where(OperationRow.op_id == one.op_id)
        elif one.stream == stream.id:
            query = query.where(OperationRow.stream == stream.id, OperationRow.n.between(one.first_n, one.last_n))
        else:
            continue
        for row in session.execute(query.order_by(OperationRow.seq)):
            if row.stream == stream.id and row.n > stream.received_n:
                continue
            if one.result == WAITING:
                found.waiting[row.op_id] = one
                continue
            found.waiting.pop(row.op_id, None)
            found.finals[row.op_id] = one
            if one.result == APPLIED and one.reason != REPEAT_OF:
                found.fresh.append(decode(row.body))
    return found


def _at_hand(one: ResultRange, stream: Stream, sent: Packed | None) -> bool:
    """Whether the operations of this range are those of the package just sent, and the county holds all of them."""
    if sent is None or one.stream != stream.id or sent.stream != stream.id or one.last_n > stream.received_n:
        return False
    return sent.first_n <= one.first_n and one.last_n < sent.first_n + len(sent.ops)


def _note_results(session: Session, results: _Results) -> None:
    rows = [
        {"op_id": op, "result": one.result, "reason": one.reason, "seq": one.seq, "final": final, "seen": False}
        for group, final in ((results.finals, True), (results.waiting, False))
        for op, one in group.items()
        if one.result != APPLIED
    ]
    done = [op for op, one in results.finals.items() if one.result == APPLIED and one.op_id]
    if done:
        session.execute(delete(OpResult).where(OpResult.op_id.in_(done)))
    if rows:
        session.execute(insert(table(OpResult)).prefix_with("OR REPLACE"), rows)


def _write(session: Session, states: dict[str, RecordState]) -> list[tuple[bytes, bytes, bytes]]:
    """Rows, versions, shadows and hashes of these records; the changes for the digest."""
    idents = list(states)
    pending = pending_of(session, idents)
    held: dict[str, bytes] = {}
    for start in range(0, len(idents), 500):
        rows = session.execute(
            select(RecordRow.id, RecordRow.hash).where(RecordRow.id.in_(idents[start : start + 500]))
        )
        held |= {row.id: row.hash for row in rows}
    changes, known, fresh = [], [], []
    for ident, state in states.items():
        digest = record_hash(encode_state(state))
        changes.append((state.id, held.get(ident, b""), digest))
        row = {
            "id": ident, "kind": state.kind, "scope": state.scope, "birth": state.birth, "known": True,
            "void": state.void, "hash": digest, "extra": b"",
        }  # fmt: skip
        if ident in held:
            known.append({"b_id": ident, "b_hash": digest, "b_birth": state.birth})
        else:
            fresh.append(row)
    if fresh:
        session.execute(insert(_RECORD), fresh)
    if known:
        session.connection().execute(
            update(_RECORD)
            .where(_RECORD.c.id == bindparam("b_id"))
            .values(known=True, hash=bindparam("b_hash"), birth=bindparam("b_birth")),
            known,
        )
    for ident, state in states.items():
        write_view(session, ident, state, pending.get(ident, ()))
    session.expire_all()
    return changes


def _follow(session: Session, raws: Sequence[msgspec.Raw]) -> None:
    """Attachments that the records name, and the search entries of people who changed."""
    states = [decode_state(raw) for raw in raws]
    for state in states:
        for sha256, size in blob_of(state):
            if session.get(Attachment, sha256) is None:
                session.add(Attachment(sha256=sha256, size=size, priority=5, here=False, at_county=False))
    session.flush()
    people, homes = person_and_household_ids(states)
    search.index_people(session, people)
    for home in homes:
        search.index_household(session, home)
