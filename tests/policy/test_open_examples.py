"""The open examples of the contract, run through the pure function: every kind that the engine's tables list."""

import msgspec
import pytest

from desktop.policy.asks.assess import PROGRAMMES
from desktop.policy.asks.table import ASKS
from desktop.policy.engine import answer_line
from tests.policy.conftest import DATA

EXAMPLES = [msgspec.json.decode(line) for line in (DATA / "open_examples.jsonl").read_bytes().splitlines()]


def built(example):
    """Whether the ask, and for `assess` the programme, is in the tables; what is no such question always is."""
    question = example.get("question", {})
    if question.get("ask") == "assess":
        return question["programme_code"] in PROGRAMMES
    return question.get("ask") in ASKS or question.get("ask") not in ASK_NAMES


ASK_NAMES = {
    "deadline", "notice_period", "assess", "adjust", "gate", "identity", "rmb", "rmb_parse", "date_text",
    "notice_check", "pack_check", "duplicate_check", "ledger_check", "archive_check", "refer", "labour_duty",
    "review_class",
}  # fmt: skip


def same(expected, got):
    """The contract's comparison (run_examples.py): lists are sets, absent is null."""
    if isinstance(expected, dict):
        return isinstance(got, dict) and all(same(value, got.get(key)) for key, value in expected.items())
    if isinstance(expected, list):
        if not isinstance(got, list) or not expected:
            return got == expected
        return all(any(same(one, other) for other in got) for one in expected)
    return type(expected) is type(got) and expected == got


def name(example):
    return f"{example['rule']}-{example['question']['id']}" if "question" in example else "raw"


@pytest.mark.parametrize("example", [example for example in EXAMPLES if built(example)], ids=name)
def test_an_open_example_is_answered_as_expected(county, example):
    line = example["raw"] if "raw" in example else msgspec.json.encode(example["question"])
    answer = answer_line(county, line)
    expected = (
        {"id": example["question"].get("id"), **example["expect"]} if "question" in example else example["expect"]
    )
    different = {key: (value, answer.get(key)) for key, value in expected.items() if not same(value, answer.get(key))}
    assert different == {}, answer
    assert "error" in expected or "error" not in answer
