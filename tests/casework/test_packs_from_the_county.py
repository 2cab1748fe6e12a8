"""A pack signed on the county's command line is what a laptop of that county installs, and no other."""

import json

import pytest

import resources
from db.refused import Refused
from desktop.casework import packs
from desktop.workspace.packs import install
from sync.county import keys
from sync.county.__main__ import main
from sync.county.exchange import Desk
from sync.county.storage import Storage
from tests.sync.office import Laptop


@pytest.fixture
def laptop(tmp_path, cheap_passwords):
    keys.make(tmp_path / "county", "513299", "测试县", False)
    desk = Desk(Storage(tmp_path / "county", None))
    found = Laptop(tmp_path / "one", desk)
    yield found
    found.workspace.lock()
    desk.storage.close()


def pack(tmp_path, **values):
    plain = json.loads(resources.read_text("policy", "training_pack.json")) | {"pack_version": "2026-1"} | values
    path = tmp_path / "pack.json"
    path.write_text(json.dumps(plain), "utf-8")
    return path


def sign(tmp_path, path, capsys, data="county"):
    status = main(["--data", str(tmp_path / data), "--json", "sign-pack", str(path), "--out", str(tmp_path / "s.json")])
    return status, json.loads(capsys.readouterr().out)


def test_a_signed_pack_holds_on_the_countys_laptops(laptop, tmp_path, capsys):
    assert laptop.workspace.look(packs.in_force).version == "empty-1"
    status, answer = sign(tmp_path, pack(tmp_path), capsys)
    assert (status, answer["pack_version"]) == (0, "2026-1")
    assert install(laptop.workspace, tmp_path / "s.json").in_force
    assert laptop.workspace.look(packs.in_force).version == "2026-1"


def test_one_byte_changed_on_the_way_and_nothing_is_taken(laptop, tmp_path, capsys):
    sign(tmp_path, pack(tmp_path), capsys)
    told = json.loads((tmp_path / "s.json").read_text("utf-8"))
    told["content"] = told["content"].replace("A", "B", 1)
    (tmp_path / "s.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(Refused, match=r"policy\.pack_signature"):
        install(laptop.workspace, tmp_path / "s.json")


def test_another_countys_signature_is_none(laptop, tmp_path, capsys):
    keys.make(tmp_path / "other", "513299", "别的县", False)
    sign(tmp_path, pack(tmp_path), capsys, "other")
    with pytest.raises(Refused, match=r"policy\.pack_signature"):
        install(laptop.workspace, tmp_path / "s.json")


@pytest.mark.parametrize(
    ("values", "code"),
    [({"county_code": "513224"}, "pack.other_county"), ({"notice_days": {"default": 3}}, "policy.pack_rules"),
     ({"standards": 7}, "policy.pack_unreadable")],
)  # fmt: skip
def test_the_county_signs_no_pack_that_its_laptops_would_refuse(laptop, tmp_path, capsys, values, code):
    status, answer = sign(tmp_path, pack(tmp_path, **values), capsys)
    assert (status, answer["refused"]["code"]) == (1, code) and not (tmp_path / "s.json").exists()


def test_a_pack_that_is_not_there_is_refused(laptop, tmp_path, capsys):
    assert sign(tmp_path, tmp_path / "none.json", capsys)[1]["refused"]["code"] == "county.no_file"
