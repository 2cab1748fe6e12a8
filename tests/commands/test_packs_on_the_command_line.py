"""`pack show` and `pack install` on the command line."""

import json

import resources


def test_pack_show_names_the_pack_in_force(desk):
    shown = desk.do("pack", "show")
    assert shown["pack_version"] == "training-1" and shown["shipped"] is True and isinstance(shown["missing"], list)


def test_pack_install_takes_a_pack_in_training(desk):
    pack = json.loads(resources.read_text("policy", "training_pack.json")) | {"pack_version": "t-2"}
    assert desk.do("pack", "install", desk.file(pack))["in_force"] is True
    assert desk.do("pack", "show")["pack_version"] == "t-2"


def test_pack_install_refuses_what_is_no_pack(desk):
    assert desk.refuse("pack", "install", desk.file([1]))["code"] == "policy.pack_unreadable"
    assert desk.refuse("pack", "install", desk.folder / "none.json")["code"] == "file.missing"
