"""Real stores of one township and a real county: what the two laptops and the county agree on, by any way."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from desktop.casework import attachments, households, visit_views, visits
from sync.county.exchange import Desk
from sync.county.folder import export_packages, import_packages
from tests.sync.office import Laptop, refused

Way = Callable[[Laptop], None]


@pytest.fixture
def pair(desk: Desk, tmp_path: Path) -> tuple[Laptop, Laptop]:
    """Two laptops of one township."""
    return Laptop(tmp_path / "a", desk), Laptop(tmp_path / "b", desk)


@pytest.fixture(params=["wire", "stick", "mixed"])
def way(request: pytest.FixtureRequest, tmp_path: Path) -> Way:
    """How packages travel."""
    chance = random.Random(7)

    def go(laptop: Laptop) -> None:
        if request.param == "wire" or (request.param == "mixed" and chance.random() < 0.5):
            laptop.sync()
        else:
            laptop.by_stick(tmp_path / "stick")

    return go


def county_hash(desk: Desk, laptop: Laptop) -> str:
    """What the county says of the township, read through a page for nobody."""
    del laptop
    from sqlalchemy import select

    from sync.county.tables import TOWNSHIP
    from sync.state import state_hash

    with desk.storage.reading() as connection:
        town = connection.execute(select(TOWNSHIP)).one()
    return state_hash(town.scope, town.digests)


def picture(folder: Path) -> bytes:
    """A photo that compresses badly enough to be one."""
    path = folder / "photo.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(path)
    return path.read_bytes()


def test_a_visit_with_photo_and_signature_reaches_the_second_laptop(desk, pair, way, tmp_path):
    first, second = pair
    home = first.household("罗让卓玛")
    run = first.workspace.run
    visit = run(
        lambda w: visits.add(
            w, form_code="F-08", visited_on="2026-11-05", household_id=home, investigators=("甲", "乙")
        )
    ).visit_id
    run(lambda w: visits.merge_answers(w, visit, {"km": "12.5", "place": "上坝"}))
    shot = picture(tmp_path)
    run(lambda w: attachments.add_photo(w, visit, "door", shot))
    way(first)
    way(second)
    way(first)
    seen = second.workspace.look(lambda w: visit_views.show(w, visit))
    assert seen.answers["km"] == "12.5" and seen.answers["place"] == "上坝"
    (photo,) = seen.photos
    assert photo.slot == "door" and len(second.workspace.store.blobs.files()) == 1
    assert second.workspace.verify() == (True, [])
    assert first.state_hash == second.state_hash == county_hash(desk, first)
    assert first.unsent == second.unsent == 0


def test_people_that_came_from_the_county_are_found_by_name(pair):
    first, second = pair
    first.household("扎西卓玛")
    first.sync()
    second.sync()
    (row,) = second.workspace.look(lambda w: households.rows(w, find="zxzm"))
    assert row.head == "扎西卓玛"


@pytest.mark.parametrize("keep", ["mine", "county", None])
def test_a_difference_keeps_both_values_until_a_person_decides(desk, pair, way, keep):
    first, second = pair
    home = first.household()
    for one in (first, second):
        way(one)
    first.change(home, phone="13900000001")
    second.change(home, phone="13900000002")
    for one in (first, second, first):
        way(one)
    for one in pair:
        (found,) = one.conflicts
        assert (found.field, found.mine, found.county) == ("phone", "13900000002", "13900000001")
    first.workspace.exchange.resolve(first.conflicts[0].id, keep, None if keep else "13900000003")
    for one in (first, second, first):
        way(one)
    expected = {"mine": "13900000002", "county": "13900000001", None: "13900000003"}[keep]
    assert first.conflicts == second.conflicts == []
    assert first.look(home).phone == second.look(home).phone
    assert first.look(home).phone.endswith(expected[-4:])
    assert first.state_hash == second.state_hash == county_hash(desk, first)


def test_changes_of_different_fields_meet_without_a_difference(pair):
    first, second = pair
    home = first.household()
    first.sync()
    second.sync()
    first.change(home, phone="13900000001")
    second.change(home, remark="路远")
    for one in (first, second, first):
        one.sync()
    assert first.look(home).remark == second.look(home).remark == "路远"
    assert first.conflicts == []


def test_a_lost_answer_doubles_nothing(pair):
    first, second = pair
    home = first.household()

    def lost(answer: bytes) -> bytes:
        return answer[: len(answer) // 2]

    first.line.change = lost
    assert refused(first.sync) == "package.damaged"
    assert first.unsent > 0
    first.change(home, phone="13900000001")
    first.line.change = lambda answer: answer
    first.sync()
    second.sync()
    assert first.unsent == 0 and first.state_hash == second.state_hash
    assert second.look(home).phone.endswith("0001")


def test_an_old_stick_read_again_changes_nothing(desk, pair, tmp_path):
    first, second = pair
    home = first.household()
    first.write(tmp_path / "old")
    import_packages(desk, tmp_path / "old")
    export_packages(desk, tmp_path / "old")
    first.read(tmp_path / "old")
    second.read(tmp_path / "old")
    first.change(home, phone="13900000001")
    first.sync()
    second.sync()
    before = second.state_hash
    for one in pair:
        one.read(tmp_path / "old")
    import_packages(desk, tmp_path / "old")
    assert first.state_hash == second.state_hash == before == county_hash(desk, first)
    assert first.unsent == 0


def test_altered_answers_are_refused_and_change_nothing(pair):
    first, second = pair
    first.household()
    first.sync()
    chance = random.Random(11)
    before = second.state_hash
    kept: list[bytes] = []

    def keep(answer: bytes) -> bytes:
        kept.append(answer)
        return b""

    second.line.change = keep
    assert refused(second.sync) == "package.not_ours"
    for _ in range(300):
        data = bytearray(kept[0])
        place = chance.randrange(len(data))
        data[place] ^= 1 << chance.randrange(8)
        cut = bytes(data) if chance.random() < 0.8 else bytes(data[: chance.randrange(len(data))])
        second.line.change = lambda answer, cut=cut: cut
        assert refused(second.sync).startswith("package.")
    assert second.state_hash == before and second.workspace.info().counts["household"] == 0
    second.line.change = lambda answer: kept[0]
    second.line.change = lambda answer: answer
    second.sync()
    assert second.state_hash == first.state_hash


def test_a_laptop_that_is_not_enrolled_or_of_another_county_is_told_so(desk, pair, tmp_path):
    first, _ = pair
    other = Laptop(tmp_path / "c", desk)
    other.household()
    other.write(tmp_path / "stick")
    assert first.read(tmp_path / "stick")["files"] == []
    assert refused(lambda: first.workspace.exchange.sync("http://198.51.100.7:1", lambda *_: None)) == "sync.plain_http"
    assert refused(lambda: first.workspace.exchange.sync("http://127.0.0.1:9", lambda *_: None)) == "sync.unreachable"
