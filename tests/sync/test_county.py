"""What the county does with packages: merge, receipts, repeats, gaps, forks, foreign and altered ones."""

import random
import shutil

import msgspec
import pytest

from db.operation import SET, canonical, new_id_bytes
from db.refused import NotAllowed, PackageRefused, Refused
from sync import package
from sync.county import devices, keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from sync.county.tables import QUARANTINE
from sync.state import NOTHING
from tests.sync.laptop import TOWN, NewLaptop, enroller


def county_hash(desk: Desk, scope: str = TOWN) -> str:
    from sqlalchemy import select

    from sync.county.tables import TOWNSHIP
    from sync.state import state_hash

    with desk.storage.reading() as connection:
        digests = connection.execute(select(TOWNSHIP.c.digests).where(TOWNSHIP.c.scope == scope)).scalar_one()
    return state_hash(scope, digests)


def test_two_laptops_that_change_different_fields_keep_both(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    home = a.create(phone="0837-1", remark="旧")
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    a.edit(home, "phone", "0837-2")
    b.edit(home, "remark", "新")
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    a.sync(desk.exchange)
    assert a.base == b.base
    assert a.base[home].groups == {"phone": canonical("0837-2"), "remark": canonical("新")}
    assert a.state_hash() == b.state_hash() == county_hash(desk)


def test_two_answers_to_one_question_are_both_kept_until_a_person_decides(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    home = a.create(phone="1")
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    a.edit(home, "phone", "2")
    lost = b.edit(home, "phone", "3")
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    a.sync(desk.exchange)
    [item] = a.base[home].conflicts
    assert (item.op_id, item.value) == (lost.op_id, canonical("3"))
    a.write(home, "resolve", "3", "phone", a.version(home, "phone"), closes=(item.op_id,))
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    assert not b.base[home].conflicts and b.base[home].groups["phone"] == canonical("3")
    assert a.state_hash() == b.state_hash() == county_hash(desk)


def test_a_laptop_is_not_sent_what_it_wrote_itself(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    for i in range(20):
        a.create(phone=str(i))
    assert a.sync(desk.exchange).records == []
    assert len(b.sync(desk.exchange).records) == 20
    assert a.state_hash() == b.state_hash() == county_hash(desk)


def test_a_package_taken_twice_has_one_effect_and_one_receipt(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    a.create(phone="1")
    data = a.up()
    first, second = a.read(desk.exchange(data)), a.read(desk.exchange(data))
    assert first.manifest.receipt == second.manifest.receipt != ""
    assert first.manifest.to_seq == second.manifest.to_seq == 1
    assert first.manifest.sums == second.manifest.sums and first.manifest.sums.applied == 1


def test_a_lost_answer_costs_nothing(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    home = a.create(phone="1")
    desk.exchange(a.up())
    a.edit(home, "phone", "2")
    a.sync(desk.exchange)
    assert not a.pending and a.state_hash() == county_hash(desk)


def test_missing_numbers_are_answered_as_a_gap_and_used_ones_as_a_fork(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    image = a.image()
    a.create(phone="1")
    a.sync(desk.exchange)
    a.restore(image)
    a.create(phone="2")
    assert a.read(desk.exchange(a.up())).manifest.answer == "fork"
    assert a.sync(desk.exchange).manifest.answer == "ok"
    body = a.body()
    gap = msgspec.structs.replace(body.manifest, first_n=99, count=0)
    op = a.create(phone="3")
    assert op
    ahead = a.body()
    ahead = msgspec.structs.replace(ahead, manifest=msgspec.structs.replace(ahead.manifest, first_n=99))
    assert gap.count == 0
    assert a.read(desk.exchange(a.up(ahead))).manifest.answer == "gap"
    a.sync(desk.exchange)
    assert len(a.base) == 3 and a.state_hash() == county_hash(desk)


def test_what_a_device_may_not_write_is_set_aside_and_the_rest_goes_on(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    home = a.create(phone="1")
    a.write(home, SET, "x", "nonsense")
    a.write(home, SET, "x", "phone", a.version(home, "phone"), role="county_reviewer")
    a.write(new_id_bytes(), "create", {"phone": "9"}, scope="513299999")
    a.edit(home, "remark", "好")
    sums = a.sync(desk.exchange).manifest.sums
    assert (sums.applied, sums.rejected) == (2, 3)
    assert a.base[home].groups["remark"] == canonical("好")
    assert a.state_hash() == county_hash(desk)


def test_an_operation_waits_for_its_base(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    home = a.create(phone="1")
    first = a.pending.pop()
    a.new_stream()
    late = a.write(home, SET, "2", "phone", first.op_id)
    assert a.sync(desk.exchange).manifest.sums.waiting == 1
    assert a.pending == [late]
    b.add(first)
    b.sync(desk.exchange)
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    assert not a.pending and a.base[home].groups["phone"] == canonical("2")
    assert a.state_hash() == b.state_hash() == county_hash(desk)


def test_an_edit_against_a_void_is_kept_as_a_difference(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    home = a.create(phone="1")
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    edit = b.edit(home, "phone", "2")
    a.void(home)
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    a.sync(desk.exchange)
    assert a.base[home].void and [c.op_id for c in a.base[home].conflicts] == [edit.op_id]
    assert a.state_hash() == b.state_hash() == county_hash(desk)


def test_an_emptied_field_keeps_its_version(desk: Desk, new_laptop: NewLaptop) -> None:
    a, b = new_laptop(), new_laptop()
    home = a.create(phone="1")
    op = a.edit(home, "phone", None)
    a.sync(desk.exchange)
    b.sync(desk.exchange)
    assert b.base[home].groups["phone"] == NOTHING and b.base[home].version("phone") == op.op_id
    assert a.state_hash() == b.state_hash()


def test_a_revoked_laptop_is_kept_for_review_and_gets_nothing(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    a.create(phone="1")
    devices.revoke(desk.storage, a.device)
    with pytest.raises(NotAllowed, match=r"device\.revoked"):
        desk.exchange(a.up())
    with desk.storage.reading() as connection:
        assert connection.execute(QUARANTINE.select()).one().reason == "device.revoked"


def test_townships_never_see_each_other(desk: Desk, new_laptop: NewLaptop) -> None:
    a, other = new_laptop(), new_laptop(scope="513299103")
    a.create(phone="1")
    a.sync(desk.exchange)
    assert other.sync(desk.exchange).records == []
    body = other.body()
    stolen = msgspec.structs.replace(body, manifest=msgspec.structs.replace(body.manifest, scope=TOWN))
    with pytest.raises(PackageRefused, match="wrong_township"):
        desk.exchange(other.up(stolen))


def test_another_county_and_a_training_county_refuse_the_package(
    desk: Desk, new_laptop: NewLaptop, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = new_laptop().up()
    for training, code in ((False, "not_for_us"), (True, "training_mismatch")):
        folder = tmp_path_factory.mktemp("other")
        keys.make(folder, "513298", "邻县", training)
        other = Storage(folder)
        with pytest.raises(PackageRefused, match=code):
            Desk(other).exchange(data)
        other.close()


def test_no_altered_package_is_accepted_and_none_has_an_effect(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    home = a.create(phone="13800000000")
    a.sync(desk.exchange)
    a.edit(home, "phone", "13900000000")
    good, before = a.up(), county_hash(desk)
    rnd = random.Random(7)
    for i in range(1000):
        bad = bytearray(good)
        if i % 10 == 0:
            bad = bad[: rnd.randrange(len(bad))]
        elif i % 10 == 1:
            bad += rnd.randbytes(rnd.randint(1, 40))
        else:
            bad[rnd.randrange(len(bad))] ^= 1 << rnd.randrange(8)
        with pytest.raises(Refused):
            desk.exchange(bytes(bad))
    assert county_hash(desk) == before
    assert a.sync(desk.exchange).manifest.sums.applied == 1


def test_a_restored_county_starts_a_new_epoch_and_gets_everything_again(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder, backup = tmp_path_factory.mktemp("county"), tmp_path_factory.mktemp("backup")
    keys.make(folder, "513299", "测试县", False)
    desk = Desk(Storage(folder))
    a = enroller(desk)()
    a.create(phone="1")
    a.sync(desk.exchange)
    desk.storage.close()
    shutil.copy(folder / "county.sqlite", backup)
    desk = Desk(Storage(folder))
    a.create(phone="2")
    a.sync(desk.exchange)
    desk.storage.close()
    for name in ("county.sqlite-wal", "county.sqlite-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(backup / "county.sqlite", folder)
    desk = Desk(Storage(folder))
    for _ in range(3):
        a.sync(desk.exchange)
    assert a.epoch == 2 and len(a.base) == 2 and not a.pending
    assert a.state_hash() == county_hash(desk)


def test_an_exchange_with_one_change_and_an_idle_one_stay_small(desk: Desk, new_laptop: NewLaptop) -> None:
    a = new_laptop()
    home = a.create(phone="1", remark="入户查看")
    a.sync(desk.exchange)
    a.edit(home, "phone", "2")
    up = a.up()
    down = desk.exchange(up)
    assert len(up) + len(down) < 2500
    assert package.peek(up).recipients == (desk.storage.keys.public.key_id,)
