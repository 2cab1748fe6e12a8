"""Random histories on the real merge, ingest and pages: sync_model.py's machine, carried by memory."""

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from db.operation import APPEND, CREATE, RESOLVE, SET, VOID, Operation, canonical
from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from sync.county.tables import ALIAS, DEVICE, OP, QUARANTINE, TOWNSHIP
from sync.protocol import DownBody
from sync.state import decode_state, digests_of, encode_state, state_hash
from tests.sync.laptop import Laptop, enroller

FIELDS = ("phone", "hukou", "remark")
TOWNS = ("513299102", "513299103")


class Histories(RuleBasedStateMachine):
    """Two laptops of one township and one of another; packages lost, late and repeated; disks and county restored."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None))
        keys.make(self.folder, "513299", "测试县", False)
        self.open()
        make = enroller(self.desk)
        self.laptops = [make("L1", TOWNS[0]), make("L2", TOWNS[0]), make("L3", TOWNS[1])]
        ids = itertools.count(1)
        for laptop in self.laptops:  # ids by count: the same draws give the same history
            laptop.new_id = lambda: next(ids).to_bytes(16, "big")
        self.all: dict[bytes, tuple[int, Operation]] = {}
        self.gone: set[bytes] = set()
        self.up_bag: list[bytes] = []
        self.down_bag: list[tuple[int, bytes]] = []
        for i, laptop in enumerate(self.laptops):
            for _ in range(2 - min(i, 1)):
                laptop.create(phone="0")
        self.note()
        for _ in range(2):
            self.everybody_online()
        self.images = [laptop.image() for laptop in self.laptops]
        self.high = [(laptop.epoch, laptop.cursor) for laptop in self.laptops]
        self.county_backup()

    def open(self) -> None:
        self.desk = Desk(Storage(self.folder))

    def note(self) -> None:
        """Remember every operation that was ever written."""
        for i, laptop in enumerate(self.laptops):
            for op in laptop.pending:
                self.all.setdefault(op.op_id, (i, op))

    def pick(self, laptop: Laptop, data: st.DataObject) -> bytes | None:
        dead = {op.record for op in laptop.pending if op.kind == VOID}
        known = {r for r, s in laptop.base.items() if not s.void}
        known |= {op.record for op in laptop.pending if op.kind == CREATE}
        return data.draw(st.sampled_from(sorted(known - dead))) if known - dead else None

    def draw(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, 2))

    def shared(self) -> list[bytes]:
        a, b = self.laptops[:2]
        dead = {op.record for x in (a, b) for op in x.pending if op.kind == VOID}
        return sorted(r for r in a.base.keys() & b.base.keys() - dead if not (a.base[r].void or b.base[r].void))

    @rule(data=st.data(), born=st.sampled_from([{}, {"phone": "1"}, {"phone": "2", "hukou": "rural"}]))
    def create(self, data: st.DataObject, born: dict[str, str]) -> None:
        self.laptops[self.draw(data)].create(**born)

    @rule(data=st.data(), field=st.sampled_from(FIELDS), value=st.sampled_from(["0", "1", "2", None]))
    def edit(self, data: st.DataObject, field: str, value: str | None) -> None:
        laptop = self.laptops[self.draw(data)]
        record = self.pick(laptop, data)
        if record is not None:
            laptop.edit(record, field, value)

    @rule(data=st.data(), amount=st.integers(1, 5))
    def pay(self, data: st.DataObject, amount: int) -> None:
        laptop = self.laptops[self.draw(data)]
        record = self.pick(laptop, data)
        if record is not None:
            laptop.write(record, APPEND, amount, "remark")

    @rule(data=st.data())
    def poison(self, data: st.DataObject) -> None:
        laptop = self.laptops[self.draw(data)]
        record = self.pick(laptop, data)
        if record is not None:
            laptop.write(record, "explode", 1)

    @rule(data=st.data())
    def void(self, data: st.DataObject) -> None:
        laptop = self.laptops[self.draw(data)]
        record = self.pick(laptop, data)
        if record is not None and record in laptop.base:
            laptop.void(record)

    @rule(data=st.data())
    def resolve(self, data: st.DataObject) -> None:
        laptop = self.laptops[self.draw(data)]
        open_ = [(r, c) for r, s in laptop.base.items() if not s.void for c in s.conflicts if c.group != "_void"]
        if open_:
            record, item = data.draw(st.sampled_from(open_))
            op = Operation(
                laptop.new_id(),
                record,
                "household",
                RESOLVE,
                laptop.scope,
                item.group,
                item.value,
                laptop.version(record, item.group),
                "clerk",
                "township_clerk",
                1,
                closes=(item.op_id,),
            )
            laptop.add(op)

    @rule(data=st.data(), field=st.sampled_from(FIELDS), same=st.booleans(), third=st.booleans())
    def two_edit_one_field(self, data: st.DataObject, field: str, same: bool, third: bool) -> None:
        both = self.shared()
        if both:
            record = data.draw(st.sampled_from(both))
            for i in (0, 1, 0)[: 3 if third else 2]:
                self.laptops[i].edit(record, field, "7" if same else f"1{i}{third}")

    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def void_against_edit(self, data: st.DataObject, field: str) -> None:
        both = self.shared()
        if both:
            record = data.draw(st.sampled_from(both))
            self.laptops[1].edit(record, field, "20")
            self.laptops[0].void(record)

    @rule()
    def everybody_online(self) -> None:
        for laptop in self.laptops:
            laptop.sync(self.desk.exchange)

    @rule(data=st.data(), lost=st.sampled_from(["none", "request", "answer"]))
    def online(self, data: st.DataObject, lost: str) -> None:
        laptop = self.laptops[self.draw(data)]
        package = laptop.up()
        if lost != "request":
            body = laptop.read(self.desk.exchange(package))
            if lost != "answer":
                self.take(laptop, body)

    def take(self, laptop: Laptop, body: DownBody) -> None:
        if body.manifest.answer in ("gap", "fork") and body.manifest.stream == laptop.stream:
            laptop.new_stream()
        else:
            laptop.apply(body)

    @rule(data=st.data())
    def write_stick(self, data: st.DataObject) -> None:
        self.up_bag.append(self.laptops[self.draw(data)].up())

    @rule(data=st.data())
    def county_reads_any_stick(self, data: st.DataObject) -> None:
        if self.up_bag:
            self.desk.take(data.draw(st.sampled_from(self.up_bag)))

    @rule(data=st.data())
    def county_writes(self, data: st.DataObject) -> None:
        i = self.draw(data)
        with self.desk.storage.reading() as connection:
            row = connection.execute(select(DEVICE).where(DEVICE.c.id == self.laptops[i].device)).one()
        self.down_bag.append((i, self.desk.down_for(row)))

    @rule(data=st.data())
    def laptop_reads_any_stick(self, data: st.DataObject) -> None:
        if self.down_bag:
            i, package = data.draw(st.sampled_from(self.down_bag))
            self.laptops[i].apply(self.laptops[i].read(package))

    @rule()
    def county_backup(self) -> None:
        with self.desk.storage.writing() as connection:
            pass
        self.desk.storage.close()
        shutil.copy(self.folder / "county.sqlite", self.folder / "backup")
        self.open()
        assert connection is not None

    @rule(really=st.integers(0, 2))
    def county_restore(self, really: int) -> None:
        if not really:
            self.desk.storage.close()
            for name in ("county.sqlite-wal", "county.sqlite-shm"):
                (self.folder / name).unlink(missing_ok=True)
            shutil.copy(self.folder / "backup", self.folder / "county.sqlite")
            county = keys.load(self.folder)
            keys.save(self.folder, msgspec.structs.replace(county, epoch=county.epoch + 1))
            self.open()

    @rule(data=st.data())
    def image(self, data: st.DataObject) -> None:
        i = self.draw(data)
        self.images[i] = self.laptops[i].image()

    @rule(data=st.data(), aware=st.booleans(), really=st.integers(0, 1))
    def disk_back(self, data: st.DataObject, aware: bool, really: int) -> None:
        if really:
            return
        i = self.draw(data)
        laptop = self.laptops[i]
        had = {op.op_id for op in laptop.pending + laptop.retained}
        laptop.restore(self.images[i])
        self.gone |= had - {op.op_id for op in laptop.pending + laptop.retained}
        if aware:
            laptop.new_stream()
        self.high[i] = (laptop.epoch, laptop.cursor)
        laptop.create()

    @invariant()
    def nothing_moves_back_and_nothing_is_forgotten(self) -> None:
        if not hasattr(self, "high"):
            return
        self.note()
        for i, laptop in enumerate(self.laptops):
            assert (laptop.epoch, laptop.cursor) >= self.high[i]
            self.high[i] = (laptop.epoch, laptop.cursor)
            assert all(state.scope == laptop.scope for state in laptop.base.values())

    def teardown(self) -> None:
        if not hasattr(self, "high"):
            return
        for _ in range(6):
            self.everybody_online()
        self.check_quiet()
        self.desk.storage.close()
        shutil.rmtree(self.folder)

    def check_quiet(self) -> None:
        with self.desk.storage.reading() as connection:
            towns = {t.scope: t.digests for t in connection.execute(select(TOWNSHIP))}
            ops: dict[bytes, Any] = {row.op_id: row for row in connection.execute(select(OP))}
            aliases = set(connection.execute(select(ALIAS.c.op_id)).scalars())
            aside = set(connection.execute(select(QUARANTINE.c.id)).scalars())
        for laptop in self.laptops:
            waiting = [op for op in laptop.pending if ops[op.op_id].result == "waiting"]
            assert waiting == laptop.pending, "queue never empties"
            assert laptop.state_hash() == state_hash(laptop.scope, towns[laptop.scope]), "not converged"
            rebuilt = digests_of((r, encode_state(decode_state(encode_state(s)))) for r, s in laptop.base.items())
            assert rebuilt == towns[laptop.scope]
        for op_id, (i, op) in self.all.items():
            if op_id in self.gone:
                continue
            assert op_id in ops, "operation has no outcome"
            self.kept(i, op, ops[op_id].result, aliases, aside)

    def kept(self, i: int, op: Operation, result: str, aliases: set[bytes], aside: set[bytes]) -> None:
        """No update is lost without trace (I02)."""
        state = self.laptops[i].base.get(op.record)
        if result == "rejected":
            assert op.op_id in aside
        elif op.kind == APPEND and result == "applied":
            assert state is not None and op.value in state.entries.values()
        elif op.kind in (SET, RESOLVE) and result != "waiting":
            others = [o for _, o in self.all.values()]
            followed = any(o.base == op.op_id or op.op_id in o.closes for o in others)
            seen = followed or any(op.op_id in o.seen for o in others)
            assert state is not None
            here = state.versions.get(op.group) == op.op_id or op.op_id in {c.op_id for c in state.conflicts}
            alias_followed = result == "applied" and any(o.base in aliases and o.group == op.group for o in others)
            assert here or seen or op.op_id in aliases or alias_followed, f"update lost without trace: {op}"


def run(examples: int, steps: int, number: int) -> None:
    """So many random histories."""
    run_state_machine_as_test(
        seed(number)(Histories),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            phases=(Phase.generate,),
        ),
    )


def test_random_histories_converge_and_lose_nothing() -> None:
    run(40, 30, 7)


@pytest.mark.soak
def test_thousands_of_random_histories_converge_and_lose_nothing() -> None:
    run(2000, 60, 1)


def test_the_canonical_value_is_the_same_for_equal_values() -> None:
    assert canonical({"b": 1, "a": 2}) == canonical({"a": 2, "b": 1})
