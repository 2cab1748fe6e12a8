"""No question, however absurd, ends in a traceback: the engine always answers or says what is wrong with it."""

import json
from random import Random
from typing import get_args

import msgspec
import pytest

from desktop.policy.codes import ProgrammeCode
from desktop.policy.engine import answer_line, answer_question
from desktop.policy.reading import Faults
from tests.policy import absurd

CODES = {"bad_json", *Faults.ORDER}


def run(county, seed, count):
    """How many questions were answered; every one gave a contract answer."""
    random, answered = Random(seed), 0
    for number in range(count):
        question = absurd.question(random, number)
        answer = answer_line(county, json.dumps(question))
        if "error" in answer:
            assert answer["error"]["code"] in CODES and answer["error"]["message"], question
        else:
            answered += 1
            assert answer["id"] == question["id"], question
        msgspec.json.encode(answer)
    return answered


def test_random_questions_are_answered_or_refused_in_words(county):
    assert run(county, "short", 1500) > 300


@pytest.mark.soak
@pytest.mark.parametrize("part", range(10))
def test_a_hundred_thousand_random_questions_never_end_in_a_traceback(county, part):
    assert run(county, part, 10_000) > 2000


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"id": 1}',
        b'{"id": "q"}',
        b'{"id": "q", "ask": []}',
        b"null",
        b'{"id": "q", "ask": "rmb", "amount": "0.00", "amount": 1}',
        b'"\\ud800"',
        b'{"id": "q", "ask": "rmb", "amount": ' + b"9" * 10_000 + b"}",
        b'{"id": "q", "ask": "rmb", "amount": "' + b"9" * 10_000 + b'.00"}',
    ],
)
def test_lines_that_are_no_question_are_refused(county, line):
    answer = answer_line(county, line)
    assert answer["error"]["code"] in CODES and answer["id"] in (None, "q")


def test_cut_and_scrambled_lines_are_refused_or_answered(county):
    random = Random("cut")
    for number in range(500):
        line = bytearray(json.dumps(absurd.question(random, number)).encode())
        for _ in range(random.choice((1, 1, 3))):
            line[random.randrange(len(line))] = random.randrange(256)
        assert "id" in answer_line(county, bytes(line[: random.randrange(1, len(line) + 1)]))


@pytest.mark.parametrize("programme", get_args(ProgrammeCode))
def test_every_programme_answers_or_refuses_a_case_of_nothing(county, programme):
    question = {"id": "q", "ask": "assess", "programme_code": programme, "accepted_on": "2026-05-11", "facts": {}}
    assert answer_question(county, question)["id"] == "q"
