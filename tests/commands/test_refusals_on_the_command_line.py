"""What no value, path or text may do on the laptop's command line: a refusal in three sentences, never a defect."""

from pathlib import Path
from typing import Any

import pytest
from PIL import Image

NOT_TEXT = "\udcff\udcfe"
"""How bytes that are no UTF-8 arrive as an argument."""
BLANK = ("print", "F-08", "--blank", "--reason", "入户备用")


def begin(desk: Any, form: str, *investigators: str) -> tuple[object, ...]:
    """The words that begin a visit of that form."""
    household = desk.household()
    about = ("--household", household["household_id"])
    team = [word for name in investigators for word in ("--investigator", name)]
    return ("visit", "add", *about, "--form", form, "--visited-on", "2026-11-05", *team)


def test_wrong_use_says_the_same_three_sentences_on_standard_error(bare):
    status, answer = bare.ask("frobnicate")
    assert status == 2
    assert all(answer["refused"][part] in bare.err for part in ("what", "safe", "do"))


@pytest.mark.parametrize("path", ["", "~nobody-of-that-name/x", "x" * 300, "x" * 9000])
def test_a_path_that_no_system_has_is_refused(desk, path):
    for argv in (
        ("household", "add", path),
        ("verify", path),
        ("package", "write", path),
        ("backup", "write", path),
        ("import-ledger", path),
        (*BLANK, f"--out={path}"),
    ):
        desk.refuse(*argv)


def test_bytes_that_are_no_text_are_refused_wherever_they_stand(desk, env):
    for argv in (("household", "list", "--find", NOT_TEXT), ("visit", "show", NOT_TEXT), ("verify", NOT_TEXT)):
        assert desk.refuse(*argv)["code"] == "value.not_text"
    env("ZOUCUN_PASSWORD", NOT_TEXT)
    assert desk.refuse("info")["code"] == "value.not_text"


def test_a_reason_of_unseen_characters_is_no_reason(desk, tmp_path):
    assert desk.refuse("print", "F-08", "--blank", "--out", tmp_path / "x.pdf", "--reason=\x01")["code"] == (
        "reason.missing"
    )
    person = desk.household()["members"][0]["person_id"]
    assert desk.refuse("person", "show", person, "--reveal=\x01\x02")["code"] == "reason.missing"


@pytest.mark.parametrize("given", ["unit_name=\x01", "printers=\x01", "printers=a|\x7f"])
def test_a_setting_of_unseen_characters_is_refused(desk, given):
    assert desk.refuse("settings", "set", given)["code"] == "settings.bad_value"


@pytest.mark.parametrize("about", ["visit", "household", "person", "case"])
def test_an_empty_id_is_not_taken_for_none_when_a_blank_sheet_is_printed(desk, tmp_path, about):
    out = tmp_path / "x.pdf"
    assert desk.refuse(*BLANK, "--out", out, f"--{about}=")["code"] == f"{about}.unknown"
    assert not out.exists()


@pytest.mark.parametrize(
    ("form", "investigators", "code"),
    [
        ("F-08", ("王强", " 王 强"), "visit.team_same"),
        ("F-08", ("王强", "李梅", "张三"), "visit.team_not_asked"),
        ("F-08", ("王强", "\x01"), "visit.team_missing"),
        ("F-22B", ("王强", "李梅"), "visit.team_not_asked"),
        ("F-22C", ("王强",), "visit.team_not_asked"),
    ],
)
def test_investigators_are_the_two_that_the_form_asks_for(desk, form, investigators, code):
    assert desk.refuse(*begin(desk, form, *investigators))["code"] == code


def test_a_signature_needs_a_name_that_can_be_seen(desk, tmp_path):
    visit = desk.do(*begin(desk, "F-08", "王强", "李梅"))["visit_id"]
    image: Path = tmp_path / "name.png"
    Image.new("RGB", (300, 100), "blue").save(image)
    argv = ("visit", "sign", visit, image, "--role", "sg1")
    assert desk.refuse(*argv, "--name=\x01")["code"] == "visit.bad_name"
    assert desk.do(*argv, "--name", "𠮷野")["signatures"][0]["name"] == "𠮷野"


def test_several_choices_are_taken_as_a_json_list_or_with_bars(desk):
    visit = desk.do(*begin(desk, "F-08", "王强", "李梅"))["visit_id"]
    wanted = ["最低生活保障", "临时救助"]
    for given in ('aid=["临时救助", "最低生活保障"]', "aid=临时救助|最低生活保障"):
        assert desk.do("visit", "set", visit, given)["answers"]["aid"] == wanted
    for given in ("aid=[", 'aid=["火星"]', "aid=[[]]", 'aid=["临时救助"'):
        assert desk.refuse("visit", "set", visit, given)["code"] == "form.bad_value"
