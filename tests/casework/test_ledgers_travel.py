"""A ledger that one laptop took over is known on the other, edition and all, and so is its undo."""

import pytest

from desktop.casework import ledgers
from desktop.exchange import compare, examine, take_over
from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from tests.casework.test_ledgers_editions import ON, content, next_month, read
from tests.exchange.kinds import GIVEN, ledger
from tests.sync.office import Laptop


@pytest.fixture
def desk(tmp_path, cheap_passwords):
    keys.make(tmp_path / "county", "513299", "测试县", False)
    found = Desk(Storage(tmp_path / "county", None))
    yield found
    found.storage.close()


@pytest.fixture
def laptops(tmp_path, desk):
    both = Laptop(tmp_path / "one", desk), Laptop(tmp_path / "two", desk, "李敏")
    yield both
    for laptop in both:
        laptop.workspace.lock()


def both_synced(first, second):
    for laptop in (first, second, first):
        assert laptop.sync()["conflicts"] == 0
    assert first.state_hash == second.state_hash
    assert content(first.workspace) == content(second.workspace)


def test_ledgers_of_every_kind_arrive_and_say_nothing_new_there(laptops):
    first, second = laptops
    reports = [examine(ledger(code), "表.xlsx", profile=code, on=ON.replace(month=11)) for code in GIVEN]
    for place, report in enumerate(reports):
        first.workspace.run(lambda work, report=report, place=place: take_over(work, report, str(place)))
    both_synced(first, second)
    for report in reports:
        edition = second.workspace.look(lambda work, report=report: compare(work, report))
        assert edition.nothing, edition


def test_a_newer_edition_from_the_other_laptop_is_taken_back_for_both(laptops):
    first, second = laptops
    old = [*next_month()]
    old[1] = [*old[1][:9], 400, *old[1][10:]]
    first.workspace.run(lambda work: take_over(work, read(old), "old"))
    both_synced(first, second)
    before = content(first.workspace)
    batch = second.workspace.run(lambda work: take_over(work, read(next_month()), "new"))
    assert (batch.changed, batch.lines) == (1, 1)
    both_synced(first, second)
    second.workspace.run(lambda work: ledgers.undo(work, batch.batch_id))
    both_synced(first, second)
    assert content(first.workspace) == before
