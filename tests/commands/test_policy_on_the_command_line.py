"""`policy answer` and `policy explain`: no store, no password, a line for a line."""

import json
from pathlib import Path

import pytest

from desktop.commands.main import main
from tests.policy.conftest import DATA

PACK = str(DATA / "fixture_pack.json")
DEADLINE = {"id": "q1", "ask": "deadline", "code": "db_county_opinion", "start_on": "2026-09-28"}


@pytest.fixture
def run(capsys):
    """Run a verb; its status, standard output and standard error."""

    def call(*argv: object) -> tuple[int, str, str]:
        status = main([*map(str, argv)])
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """A good question, an empty line, no JSON, and a question without an id."""
    path = tmp_path / "q.jsonl"
    lines = [json.dumps(DEADLINE), "", "{", json.dumps({"ask": "deadline"})]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    return path


def test_every_question_gets_one_answer_in_its_place(run, questions):
    status, out, _ = run("policy", "answer", questions, "--pack", PACK)
    answers = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert [one["id"] for one in answers] == ["q1", None, None]
    assert answers[0]["due"] == "2026-10-16" and answers[0]["rule_id"] == "DB-072"
    assert [one["error"]["code"] for one in answers[1:]] == ["bad_json", "bad_question"]


def test_an_explanation_names_rule_source_and_facts(run, questions):
    _, told, _ = run("policy", "explain", questions, "--pack", PACK)
    assert "DB-072" in told and "依据：" in told and "这一行不是 JSON" in told and "答不了" in told


@pytest.mark.parametrize("broken", ["questions", "pack", "not json", "not a pack"])
def test_files_that_cannot_be_read_are_wrong_use(run, questions, tmp_path, broken):
    pack = tmp_path / "pack.json"
    pack.write_text("{" if broken == "not json" else "[]")
    given = tmp_path if broken == "questions" else questions
    used = PACK if broken == "questions" else str(tmp_path / "none.json") if broken == "pack" else str(pack)
    status, out, err = run("policy", "answer", given, "--pack", used)
    assert (status, out) == (2, "") and ("读不了" in err or "不是 JSON" in err)
