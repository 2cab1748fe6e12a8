"""A small laptop in memory for the tests of the county: operations, three trees, real packages, the real merge."""

import copy
import os
import uuid
from collections.abc import Callable, Mapping

import msgspec

from db.crypto.parties import PartyKeys, PublicKeys
from db.crypto.suites import SMALL_SUITE
from db.operation import (
    APPEND,
    CREATE,
    NO_BASE,
    RESOLVE,
    SET,
    VOID,
    Operation,
    canonical,
    create_value,
    encode,
    id_bytes,
    id_text,
    new_id_bytes,
)
from sync import package
from sync.county import devices
from sync.county.exchange import Desk
from sync.merge import APPLIED, WAITING
from sync.protocol import (
    REPEAT_OF,
    Certificate,
    CertificateBody,
    DownBody,
    EnrolBody,
    EnrolRequest,
    UpBody,
    UpManifest,
)
from sync.state import RecordState, decode_state, digests_of, encode_state, state_hash

TOWN = "513299102"
Exchange = Callable[[bytes], bytes]
NewLaptop = Callable[..., "Laptop"]


class Laptop:
    """One enrolled laptop; `exchange` carries a package to the county and brings the answer."""

    new_id = staticmethod(new_id_bytes)

    def __init__(self, device: str, scope: str = TOWN, training: bool = False) -> None:
        self.device, self.scope, self.training = device, scope, training
        self.keys = PartyKeys.generate()
        self.county: PublicKeys | None = None
        self.base: dict[bytes, RecordState] = {}
        self.pending: list[Operation] = []
        self.retained: list[Operation] = []
        self.numbers: dict[bytes, int] = {}
        self.stream, self.n, self.received = os.urandom(8), 0, 0
        self.epoch, self.cursor, self.rcur = 1, 0, 0
        self.results: dict[bytes, str] = {}
        self.receipts: list[str] = []
        self.sent: set[bytes] = {b""}

    def request(self) -> bytes:
        body = msgspec.msgpack.encode(
            EnrolBody(EnrolRequest(self.device, self.keys.public.raw, self.scope, "一号机", (1, 3), self.training))
        )
        return package.seal(
            package.ENROL_REQUEST, package.new_package_id(), body, self.keys, [], package.CLEAR_SUITE, self.training
        )

    def accept(self, data: bytes) -> Certificate:
        opened = package.unseal_introduced(
            data,
            self.keys,
            package.CERTIFICATE,
            self.training,
            lambda body: PublicKeys(msgspec.msgpack.decode(body, type=CertificateBody).certificate.county_keys),
        )
        certificate = package.decode_body(opened.body, CertificateBody).certificate
        self.county = PublicKeys(certificate.county_keys)
        self.epoch = certificate.epoch
        return certificate

    def write(
        self,
        record: bytes,
        kind: str,
        value: object,
        group: str = "",
        base: bytes = NO_BASE,
        record_kind: str = "household",
        seen: tuple[bytes, ...] = (),
        closes: tuple[bytes, ...] = (),
        role: str = "township_clerk",
        scope: str = "",
    ) -> Operation:
        raw = create_value(value) if kind == CREATE and isinstance(value, Mapping) else canonical(value)
        op = Operation(
            self.new_id(),
            record,
            record_kind,
            kind,
            scope or self.scope,
            group,
            raw,
            base,
            "clerk",
            role,
            1,
            seen=seen,
            closes=closes,
        )
        return self.add(op)

    def add(self, op: Operation) -> Operation:
        self.n += 1
        self.numbers[op.op_id] = self.n
        self.pending.append(op)
        return op

    def create(self, **groups: object) -> bytes:
        record = self.new_id()
        self.write(record, CREATE, groups)
        return record

    def version(self, record: bytes, group: str) -> bytes:
        held = self.base.get(record)
        found = held.version(group) if held else NO_BASE
        for op in self.pending:
            if op.record != record:
                continue
            if op.kind == CREATE and group in msgspec.msgpack.decode(op.value):
                found = op.op_id
            if op.kind in (SET, RESOLVE) and op.group == group:
                found = op.op_id
        return found

    def edit(self, record: bytes, group: str, value: object) -> Operation:
        return self.write(record, SET, value, group, self.version(record, group))

    def void(self, record: bytes) -> Operation:
        groups = set(self.base[record].groups) | {op.group for op in self.pending if op.record == record}
        seen = tuple(self.version(record, group) for group in groups if group)
        seen += tuple(id_bytes(entry) for entry in self.base[record].entries)
        seen += tuple(op.op_id for op in self.pending if op.record == record and op.kind == APPEND)
        return self.write(record, VOID, "重复", seen=seen, base=self.base[record].birth)

    def new_stream(self) -> None:
        self.stream, self.n, self.received, self.numbers = os.urandom(8), 0, 0, {}
        for op in self.pending:
            self.n += 1
            self.numbers[op.op_id] = self.n

    def body(self) -> UpBody:
        assert self.county is not None
        unsent = [op for op in self.pending if self.numbers[op.op_id] > self.received]
        manifest = UpManifest(
            package.new_package_id(),
            self.keys.public.key_id,
            self.county.key_id,
            self.training,
            self.scope,
            self.device,
            self.stream,
            self.received + 1,
            len(unsent),
            self.n,
            self.epoch,
            self.cursor,
            self.rcur,
        )
        return UpBody(manifest, [msgspec.Raw(encode(op)) for op in unsent])

    def up(self, body: UpBody | None = None, suite: int = SMALL_SUITE) -> bytes:
        assert self.county is not None
        body = body or self.body()
        self.sent.add(body.manifest.package)
        return package.seal(
            package.UP,
            body.manifest.package,
            msgspec.msgpack.encode(body),
            self.keys,
            [self.county],
            suite,
            self.training,
        )

    def read(self, data: bytes) -> DownBody:
        opened = package.unseal(data, self.keys, lambda _: self.county, (package.DOWN,), self.training)
        body = package.decode_body(opened.body, DownBody)
        m = body.manifest
        package.check_frame(opened.header, m.package, m.sender, m.recipient, m.training, self.keys.public.key_id)
        return body

    def apply(self, body: DownBody) -> None:
        m = body.manifest
        if m.epoch < self.epoch or m.answers not in self.sent or m.stream not in (b"", self.stream):
            return
        if m.answer in ("gap", "fork"):
            return
        if m.epoch > self.epoch:
            if not m.full:
                return
            self.base, self.cursor, self.rcur, self.epoch = {}, 0, 0, m.epoch
            self.pending, self.retained = self.retained + self.pending, []
            self.new_stream()
        if m.from_seq > self.cursor or m.to_seq < self.cursor:
            return
        if m.results_from > self.rcur:
            return
        if m.stream == self.stream:
            self.received = max(self.received, m.received_n)
        finals, fresh = self._finals(body)
        if m.full:
            self.base = {}
        sent = {state.id for state in map(decode_state, body.records)}
        for op in list(self.pending):
            if op.op_id in fresh and op.record not in sent:
                self.fold(op)
        for raw in body.records:
            state = decode_state(raw)
            self.base[state.id] = state
        self.cursor, self.rcur = m.to_seq, max(self.rcur, m.rcur)
        for op in list(self.pending):
            if op.op_id in finals:
                self.pending.remove(op)
                self.retained.append(op)
        self.results |= finals
        assert self.state_hash() == m.digest, "base and county differ at one cursor"
        if m.receipt:
            self.receipts.append(m.receipt)

    def _finals(self, body: DownBody) -> tuple[dict[bytes, str], set[bytes]]:
        by_number = {n: op_id for op_id, n in self.numbers.items()}
        found: dict[bytes, str] = {}
        fresh: set[bytes] = set()
        for one in body.manifest.results:
            for n in range(one.first_n, one.last_n + 1):
                ident = one.op_id or (by_number.get(n, b"") if one.stream == self.stream else b"")
                # A result by id may come before the number it has now is received: it is told again then.
                if ident and one.result != WAITING and self.numbers.get(ident, 0) <= self.received:
                    found[ident] = one.result
                    if one.result == APPLIED and one.reason != REPEAT_OF:
                        fresh.add(ident)
        return found, fresh

    def fold(self, op: Operation) -> None:
        if op.kind == CREATE:
            if op.record not in self.base:
                groups = msgspec.msgpack.decode(op.value, type=dict[str, msgspec.Raw])
                self.base[op.record] = RecordState(
                    op.record, op.record_kind, op.scope, op.op_id, groups, {}, b"", {}, []
                )
            return
        state = self.base[op.record]
        kept = [item for item in state.conflicts if item.op_id not in op.closes]
        if op.kind == APPEND:
            fresh = msgspec.structs.replace(state, entries=state.entries | {id_text(op.op_id): op.value})
        elif op.kind == VOID:
            fresh = msgspec.structs.replace(state, void=op.op_id)
        else:
            fresh = msgspec.structs.replace(
                state,
                groups=state.groups | {op.group: op.value},
                versions=state.versions | {op.group: op.op_id},
                conflicts=kept,
            )
        self.base[op.record] = fresh

    def sync(self, exchange: Exchange) -> DownBody:
        body = self.read(exchange(self.up()))
        if body.manifest.answer in ("gap", "fork"):
            self.new_stream()
            body = self.read(exchange(self.up()))
        self.apply(body)
        return body

    def state_hash(self) -> str:
        digests = digests_of((record, encode_state(state)) for record, state in self.base.items())
        return state_hash(self.scope, digests)

    def image(self) -> dict[str, object]:
        return copy.deepcopy({k: v for k, v in self.__dict__.items() if k not in ("keys", "county", "new_id")})

    def restore(self, image: dict[str, object]) -> None:
        self.__dict__.update(copy.deepcopy(image))


def enroller(desk: Desk) -> NewLaptop:
    """A function that makes and enrols laptops at this desk."""

    def make(device: str = "", scope: str = TOWN) -> Laptop:
        laptop = Laptop(device or uuid.uuid4().hex, scope)
        request = devices.read_request(laptop.request(), False)
        laptop.accept(devices.enrol(desk.storage, request, scope, "测试镇"))
        return laptop

    return make
