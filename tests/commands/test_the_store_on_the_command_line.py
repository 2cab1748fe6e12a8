"""Making a store, its people and settings; wrong use and wrong passwords."""

import json
import subprocess
import sys

import pytest

from desktop.commands.main import main


def test_init_shows_the_recovery_code_once_and_the_code_sets_a_new_password(bare, env):
    made = bare.do("init", "--township", "513299102", "--township-name", "青云镇")
    assert made["township"] == "513299102" and made["device"] and len(made["recovery_code"]) > 20
    env("ZOUCUN_NEW_PASSWORD", "完全新的口令六七八九十一")
    assert bare.do("recover", "--code", made["recovery_code"])["users"][0]["name"] == "王强"
    assert bare.refuse("info")["code"] == "store.wrong_password"
    env("ZOUCUN_PASSWORD", "完全新的口令六七八九十一")
    assert bare.do("info")["township"] == "513299102"


def test_info_counts_records_and_what_is_unsent(desk):
    desk.household()
    info = desk.do("info")
    assert info["counts"]["household"] == 1 and info["counts"]["person"] == 2
    assert (
        info["unsent"] == 3
        and info["training"] is True
        and "state_hash" in info
        and info["last_receipt"] is None
    )


def test_a_second_person_works_with_the_own_password_and_role(desk, env):
    env("ZOUCUN_NEW_PASSWORD", "李梅自己的口令一二三四")
    added = desk.do("users", "add", "李梅", "--role", "village_assistant")
    assert [user["name"] for user in added["users"]] == ["王强", "李梅"]
    env("ZOUCUN_PASSWORD", "李梅自己的口令一二三四")
    desk.user = "李梅"
    household = desk.household()["household_id"]
    refused = desk.refuse(
        "case",
        "add",
        "--household",
        household,
        "--programme",
        "dibao",
        "--accepted-on",
        "2026-11-05",
    )
    assert refused["code"] == "role.not_allowed" and "民政助理" in refused["do"]
    assert desk.refuse("users", "add", "张三", "--role", "auditor")["code"] == "role.not_allowed"
    assert desk.refuse("settings", "set", "edu_tel=0837-7230002")["code"] == "role.not_allowed"


def test_a_password_is_changed_and_the_old_one_opens_nothing(desk, env):
    env("ZOUCUN_NEW_PASSWORD", "第二个口令一二三四五六")
    desk.do("users", "password")
    assert desk.refuse("info")["code"] == "store.wrong_password"


def test_settings_are_known_names_with_checked_values(desk):
    calendar = desk.file(
        {
            "terms": [
                {
                    "from": "2026-09-01",
                    "to": "2027-01-15",
                    "days_off": [["2026-10-01", "2026-10-07"]],
                }
            ]
        }
    )
    found = desk.do(
        "settings",
        "set",
        "township_phone=0837-7230001",
        "reeval_months=6",
        f"school_calendar=@{calendar}",
    )
    assert found["settings"]["reeval_months"] == 6
    assert desk.do("settings", "list")["settings"]["school_calendar"]["terms"][0]["to"] == "2027-01-15"
    for bad in ("colour=red", "reeval_months=many", "edu_tel=abc", "school_calendar=x"):
        assert desk.refuse("settings", "set", bad)["code"].startswith("settings.")


@pytest.mark.parametrize(
    "argv,code",
    [
        (["init", "--township", "12", "--township-name", "x"], "store.bad_township"),
        (
            ["init", "--township", "513299102", "--township-name", "青云镇"],
            "store.exists",
        ),
        (["backup", "restore", "/no/such/place"], "backup.missing"),
    ],
)
def test_stores_that_cannot_be_made_are_refused(desk, argv, code):
    assert desk.refuse(*argv)["code"] == code


def test_a_missing_store_and_a_bad_date_are_refused(bare, desk):
    assert desk.refuse("household", "list", "--on", "2026-02-30")["code"] == "value.bad_date"
    desk.store = desk.folder / "nowhere"
    assert desk.refuse("info")["code"] == "store.missing"


@pytest.mark.parametrize(
    "argv",
    [
        ["frobnicate"],
        ["household"],
        ["household", "list", "--frob"],
        ["case", "add"],
        ["case", "move", "x"],
        ["policy", "answer", "x"],
        ["policy"],
        [],
        ["visit", "add", "--form", "F-08", "--visited-on", "2026-11-05"],
        [
            "print",
            "F-08",
            "--visit",
            "x",
            "--case",
            "y",
            "--out",
            "z",
            "--reason",
            "看看",
        ],
        ["person", "set", "x"],
    ],
)
def test_wrong_use_is_status_2_with_words(argv, capsys, monkeypatch):
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == "" and "用法" in err + "看说明"


def test_without_a_terminal_a_missing_password_is_wrong_use(desk, monkeypatch, capsys):
    monkeypatch.delenv("ZOUCUN_PASSWORD")
    status, answer = desk.ask("info")
    assert status == 2 and "口令" in answer["refused"]["what"]


def test_every_verb_has_chinese_help_with_an_example(capsys):
    from desktop.commands.main import build

    seen = 0
    stack = [build()]
    while stack:
        parser = stack.pop()
        for action in parser._actions:
            if hasattr(action, "choices") and isinstance(action.choices, dict):
                stack.extend(action.choices.values())
        text = parser.format_help()
        if parser.prog != "python -m desktop":
            seen += 1
            assert "例子：" in text and "用法：" in text
    assert seen > 35


def test_the_real_program_starts_fast_and_answers_one_json_object(desk):
    argv = [
        sys.executable,
        "-m",
        "desktop",
        "--store",
        str(desk.store),
        "--user",
        "王强",
        "--json",
        "info",
    ]
    done = subprocess.run(argv, capture_output=True, timeout=30, check=False)
    assert done.returncode == 0 and json.loads(done.stdout)["store_version"]
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "nonsense"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2 and not done.stdout
