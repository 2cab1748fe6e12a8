"""County packs in the store: whose pack holds, which signature is taken, what no pack means for an answer."""

import json
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

import resources
from db.refused import Refused
from desktop.casework import packs
from desktop.casework.packs import CountySeal
from desktop.policy.engine import decide
from desktop.policy.pack_file import to_sign, wrapped
from desktop.policy.signed_pack import PackRefused
from desktop.workspace import Workspace
from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from tests.casework.conftest import ON, PASSWORD
from tests.sync.office import Laptop


def pack(**values: object) -> bytes:
    """The training pack with some keys changed."""
    plain = json.loads(resources.read_text("policy", "training_pack.json"))
    return json.dumps(plain | values).encode()


def dibao(held: packs.HeldPack) -> dict[str, Any]:
    question = {
        "id": "1", "ask": "assess", "programme_code": "dibao", "accepted_on": "2026-11-05",
        "facts": {"area": "rural", "members": [{"ref": "m1", "relation": "01", "birth_date": "1960-01-01"}]},
    }  # fmt: skip
    return decide(held.county, question).as_json("1")


@pytest.fixture
def real(tmp_path: Path, cheap_passwords: None):
    workspace, _ = Workspace.create(
        tmp_path / "real", township="513299102", township_name="青云镇", user="王强", password=PASSWORD, on=ON
    )
    yield workspace
    workspace.lock()


def test_a_training_store_goes_by_the_programs_training_pack(township):
    held = township.look(packs.in_force)
    assert (held.version, held.shipped) == ("training-1", True)
    assert dibao(held)["outcome"] == "eligible"


def test_a_real_store_without_a_pack_has_no_amounts_and_says_what_is_missing(real):
    shown = real.look(packs.show)
    assert (shown.pack_version, shown.shipped) == ("empty-1", True) and "standards" in shown.missing
    answer = dibao(real.look(packs.in_force))
    assert answer["outcome"] == "cannot_decide" and "standards" in answer["missing"]
    assert not answer.get("amount_month")


def test_a_training_store_takes_an_unsigned_pack_as_training(township):
    shown = township.run(lambda work: packs.install(work, pack(pack_version="t-2"), None))
    assert shown.in_force and not shown.shipped
    assert township.look(packs.in_force).version == "t-2"


def test_a_pack_holds_from_its_day_on(township):
    later = pack(pack_version="t-3", effective_from="2027-01-01")
    shown = township.run(lambda work: packs.install(work, later, None))
    assert not shown.in_force
    assert township.look(packs.in_force).version == "training-1"
    assert township.look(lambda work: packs.in_force(work, "2027-01-01")).version == "t-3"


def test_of_two_packs_in_effect_the_one_installed_last_holds(township):
    for version in ("b", "a"):
        data = pack(pack_version=version)
        township.run(partial(packs.install, data=data, seal=None))
    assert township.look(packs.in_force).version == "a"


def test_a_real_store_refuses_an_unsigned_pack(real):
    with pytest.raises(PackRefused, match=r"policy\.pack_signature"):
        real.run(lambda work: packs.install(work, pack(), None))
    assert real.look(packs.in_force).version == "empty-1"


def test_a_signed_pack_needs_a_county_to_hold_it_to(real):
    with pytest.raises(Refused, match=r"device\.not_enrolled"):
        real.run(lambda work: packs.install(work, wrapped(pack(), b"x"), None))


def test_a_pack_that_breaks_a_rule_names_it_and_is_not_taken(township):
    short = pack(pack_version="bad", notice_days={"default": 3})
    with pytest.raises(PackRefused) as refusal:
        township.run(lambda work: packs.install(work, short, None))
    assert "DB-070" in refusal.value.rules
    assert township.look(packs.in_force).version == "training-1"


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"[1]", b"{" * 50_000, b'{"standards": 1}'])
def test_what_is_no_pack_is_refused_in_words(township, data):
    with pytest.raises(PackRefused, match=r"policy\.pack_unreadable"):
        township.run(lambda work: packs.install(work, data, None))


def test_two_contents_under_one_version_are_refused(township):
    township.run(lambda work: packs.install(work, pack(pack_version="v"), None))
    with pytest.raises(Refused, match=r"pack\.same_version"):
        township.run(lambda work: packs.install(work, pack(pack_version="v", township_limit="1.00"), None))


def test_only_the_county_of_the_certificate_signs_packs(tmp_path, cheap_passwords):
    from desktop.workspace.packs import seal_of

    county = keys.make(tmp_path / "county", "513299", "测试县", False)
    desk = Desk(Storage(tmp_path / "county", None))
    laptop = Laptop(tmp_path / "one", desk)
    run, content = laptop.workspace.run, pack(pack_version="signed-1")
    good = county.keys().sign(to_sign(content, False))
    shown = run(lambda work: packs.install(work, wrapped(content, good), seal_of(work)))
    assert shown.pack_version == "signed-1" and shown.in_force
    other = pack(pack_version="signed-2")
    for signature in (good, county.keys().sign(to_sign(other, True)), county.keys().sign(other)):
        with pytest.raises(PackRefused, match=r"policy\.pack_signature"):
            run(partial(packs.install, data=wrapped(other, signature), seal=laptop.workspace.look(seal_of)))
    foreign = pack(pack_version="f", county_code="513224")
    sealed = wrapped(foreign, county.keys().sign(to_sign(foreign, False)))
    with pytest.raises(PackRefused, match=r"pack\.other_county"):
        run(lambda work: packs.install(work, sealed, seal_of(work)))
    laptop.workspace.lock()
    desk.storage.close()


def test_a_signature_of_real_packs_does_not_hold_in_training(township):
    content = pack(pack_version="x")
    signed: list[bytes] = []

    def verify(signature: bytes, data: bytes) -> bool:
        signed.append(data)
        return False

    with pytest.raises(PackRefused):
        township.run(lambda work: packs.install(work, wrapped(content, b"s"), CountySeal("513299", verify)))
    assert signed == [to_sign(content, True)] and to_sign(content, True) != to_sign(content, False)


def test_the_programs_own_pack_is_kept_once_an_answer_rests_on_it(township):
    held = township.look(packs.in_force)

    def act(work):
        packs.keep(work, held)
        packs.keep(work, held)
        work.shipped_pack = pack(pack_version="training-2")
        return packs.by_id(work, held.pack_id)

    again = township.run(act)
    assert (again.version, again.shipped, again.content) == ("training-1", True, held.content)
    with pytest.raises(Refused, match=r"pack\.not_here"):
        township.look(lambda work: packs.by_id(work, "0" * 64))


def test_a_clerk_of_the_village_installs_no_pack(township):
    township.add_user("协理", "village_assistant", PASSWORD)
    township.lock()
    helper = Workspace.unlock(township.store.folder, "协理", PASSWORD, ON)
    with pytest.raises(Refused, match=r"role\.not_allowed"):
        helper.run(lambda work: packs.install(work, pack(), None))
    helper.lock()
    assert msgspec.json.decode(pack())["pack_version"] == "training-1"
