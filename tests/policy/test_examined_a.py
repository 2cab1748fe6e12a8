"""Questions an examiner derived from contract §1, §2 and §5 and the rule book, before reading the code."""

import msgspec

from desktop.policy.engine import answer_line
from tests.policy.conftest import DATA
from tests.policy.test_open_examples import same

EXAMINED = [msgspec.json.decode(line) for line in (DATA / "examined_a.jsonl").read_bytes().splitlines()]


def wrong(county, example):
    """What the answer lacks, by key: expected, answered."""
    question = example.get("question")
    line = example["raw"] if question is None else msgspec.json.encode(question)
    expected = example["expect"] if question is None else {"id": question["id"], **example["expect"]}
    answer = answer_line(county, line)
    if "error" in answer and "error" not in expected:
        return {"error": (None, answer["error"])}
    return {key: (value, answer.get(key)) for key, value in expected.items() if not same(value, answer.get(key))}


def test_every_examined_question_is_answered_as_the_text_has_it(county):
    found = {(example["rule"], number): wrong(county, example) for number, example in enumerate(EXAMINED, start=1)}
    assert {place: differences for place, differences in found.items() if differences} == {}


def test_the_examiner_asks_of_every_programme():
    asked = {
        example["question"]["programme_code"]
        for example in EXAMINED
        if "question" in example and example["question"].get("ask") == "assess" and "error" not in example["expect"]
    }
    assert len(asked) == 26
