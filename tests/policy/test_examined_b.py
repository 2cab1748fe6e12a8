"""Questions an examiner derived from contract §1 to §4 and §6 to §10 without reading the code, every answer by hand.

Each names its rule, as the open examples do; `assess` has questions of its own.
"""

import msgspec

from desktop.policy.engine import answer_line
from tests.policy.conftest import DATA
from tests.policy.test_open_examples import same

EXAMINED = [msgspec.json.decode(line) for line in (DATA / "examined_b.jsonl").read_bytes().splitlines()]


def wrong(county, example):
    """What the answer has otherwise than expected; empty when it holds."""
    line = example["raw"] if "raw" in example else msgspec.json.encode(example["question"])
    answer, expected = answer_line(county, line), example["expect"]
    if "error" in answer and "error" not in expected:
        return answer
    return {key: answer.get(key) for key, value in expected.items() if not same(value, answer.get(key))}


def test_every_examined_question_is_answered_as_derived_from_the_text(county):
    answered = [(example, wrong(county, example)) for example in EXAMINED]
    assert [pair for pair in answered if pair[1]] == []
