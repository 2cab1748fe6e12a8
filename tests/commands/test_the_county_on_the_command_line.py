"""The county's command line held to contracts/cli.md: wrong use, bad values and places, all in words."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sync.county.__main__ import main
from sync.county.grammar import VERBS

Ask = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a verb with --json on the county of this test: status, the one object, standard error."""

    def run(*words: object, data: object = tmp_path / "county") -> tuple[int, dict[str, Any], str]:
        status = main(["--data", str(data), "--json", *map(str, words)])
        out, err = capsys.readouterr()
        assert len(out.splitlines()) == 1 and "Traceback" not in err
        answer = json.loads(out)
        if status:
            assert all(answer["refused"][part] in err for part in ("what", "safe", "do"))
            assert answer["refused"]["code"] != "program.defect", answer
        return status, answer, err

    return run


def init(ask: Ask, *words: object, **more: object) -> tuple[int, dict[str, Any], str]:
    return ask("init", "--county", "513299", "--name", "测试县", *words, **more)


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        [],
        ["status", "--frob"],
        ["init"],
        ["init", "--coun", "513299", "--name", "x"],
        ["enrol", "x"],
        ["export"],
        ["serve", "--port"],
    ],
)
def test_wrong_use_is_status_2_with_one_object_in_chinese(ask, words):
    status, answer, err = ask(*words)
    assert status == 2 and answer["refused"]["code"] == "usage.wrong"
    assert "用法：" in err and "usage:" not in err


@pytest.mark.parametrize("verb", ["", *VERBS])
def test_every_verb_has_help_in_chinese_with_an_example(verb, capsys):
    assert main([*verb.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert "例：" in shown and "用法：" in shown
    assert not [word for word in ("usage:", "options:", "positional", "show this") if word in shown]


@pytest.mark.parametrize("name", ["", " ", "长" * 41, "a\x01"])
def test_a_county_has_a_name_that_can_be_read(ask, tmp_path, name):
    assert ask("init", "--county", "513299", f"--name={name}")[1]["refused"]["code"] == "county.bad_name"
    assert not (tmp_path / "county").exists()


def test_a_place_that_cannot_hold_a_county_is_refused(ask, tmp_path):
    file = tmp_path / "file"
    file.write_text("x")
    for place in (file, file / "below", "x" * 300):
        assert init(ask, data=place)[0] == 1
        assert ask("status", data=place)[0] == 1


@pytest.mark.parametrize("url", ["x", "mysql://a/b", "sqlite:///x", "postgresql://h:port/x", "postgresql://[::1/x"])
def test_an_address_that_is_no_postgresql_is_refused_before_keys_are_made(ask, tmp_path, url):
    assert init(ask, f"--db={url}")[1]["refused"]["code"] == "county.bad_url"
    assert not (tmp_path / "county").exists()


def test_a_database_that_does_not_answer_leaves_no_half_county(ask, tmp_path):
    assert init(ask, "--db=postgresql://u@127.0.0.1:1/x")[1]["refused"]["code"] == "county.no_database"
    assert not (tmp_path / "county").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["--port", "abc"],
        ["--port", "-1"],
        ["--port", "65536"],
        ["--port="],
        ["--host", "a..b"],
        ["--host", "x" * 100],
        ["--host="],
        ["--port-file", "/no/such/folder/port"],
    ],
)
def test_an_address_that_cannot_be_served_is_refused(ask, words):
    init(ask)
    assert ask("serve", *words)[0] == 1


def test_damaged_keys_are_named_and_nothing_else_is_done(ask, tmp_path):
    init(ask)
    keys = tmp_path / "county" / "county.json"
    for content in ("{", "[]", '{"code":"513299","name":"x","training":true,"epoch":1,"party":"x","recovery":"",'
                    '"storage":"!!"}'):  # fmt: skip
        keys.write_text(content)
        assert ask("status")[1]["refused"]["code"] == "county.missing"


def test_an_empty_device_is_no_device(ask, tmp_path):
    init(ask)
    assert ask("export", tmp_path / "stick", "--device=")[1]["refused"]["code"] == "device.unknown"


@pytest.mark.parametrize("words", [["import", ""], ["export", ""], ["serve", "--port-file="]])
def test_an_empty_path_is_not_the_folder_one_stands_in(ask, words):
    init(ask)
    assert ask(*words)[1]["refused"]["code"] == "file.bad_path"


def test_bytes_that_are_no_text_are_refused(ask):
    assert ask("revoke", "\udcff")[1]["refused"]["code"] == "value.not_text"


def test_the_real_program_speaks_utf_8_on_any_console(tmp_path):
    argv = [sys.executable, "-m", "sync.county", "--data", str(tmp_path / "c"), "--json", "status"]
    done = subprocess.run(
        argv, capture_output=True, timeout=30, check=False, env=os.environ | {"PYTHONIOENCODING": "ascii"}
    )
    assert done.returncode == 1 and "县" in json.loads(done.stdout.decode("utf-8"))["refused"]["what"]


def test_answers_for_people_are_in_chinese(tmp_path, capsys):
    place = ("--data", str(tmp_path / "county"))
    assert main([*place, "init", "--county", "513299", "--name", "演示县", "--training"]) == 0
    assert main([*place, "status"]) == 0
    said = capsys.readouterr().out
    assert "名称：演示县\n演练：是\n" in said and "登记过的电脑：没有\n" in said
    assert not re.search("[a-z]{3}", said.replace(str(tmp_path), "").split("指纹")[0])
