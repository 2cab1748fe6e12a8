"""Questions are checked in the contract's order, and no input whatever ends in an exception."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.engine import answer_line, answer_question

GOOD: dict[str, Any] = {"id": "q", "ask": "deadline", "code": "db_total", "start_on": "2026-05-11"}
FAMILY: dict[str, Any] = {
    "id": "q",
    "ask": "assess",
    "programme_code": "elder_allowance",
    "accepted_on": "2026-05-11",
    "facts": {"members": [{"ref": "m1", "relation": "01", "birth_date": "1940-01-01"}]},
}


def code(county, question):
    return answer_question(county, question).get("error", {}).get("code")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, None),
        ({"start_on": None}, "bad_question"),
        ({"start_on": 20260511}, "bad_question"),
        ({"start_on": "2026-5-11"}, "bad_date"),
        ({"start_on": "2026-02-30"}, "bad_date"),
        ({"code": "soon"}, "bad_value"),
        ({"township_code": "513"}, "bad_value"),
        ({"start_on": "2026-02-30", "code": "soon"}, "bad_date"),
        ({"start_on": "2026-02-30", "more": 1}, "bad_question"),
        ({"code": "db_start_survey", "extension_reason": "hard_to_investigate"}, "bad_value"),
        ({"code": "gx_total", "extension_reason": "notice_objection"}, "bad_value"),
        ({"code": "ls_advance"}, "bad_question"),
        ({"overrides": []}, "bad_question"),
        ({"id": ""}, "bad_question"),
        ({"start_on": "9999-12-31"}, "bad_value"),
    ],
)
def test_the_first_fault_in_the_contracts_order_is_named(county, change, expected):
    assert code(county, {**GOOD, **change}) == expected


def test_a_date_goes_before_an_amount_and_an_amount_before_a_value(county):
    incomes = [{"kind": "wage", "amount_year": "5.0"}]
    facts = {**FAMILY["facts"], "incomes": incomes, "house_grade": "E"}
    assert code(county, {**FAMILY, "facts": facts}) == "bad_amount"
    assert code(county, {**FAMILY, "facts": facts, "as_of": "2026-02-30"}) == "bad_date"
    assert code(county, {**FAMILY, "facts": {**facts, "incomes": []}}) == "bad_value"


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, "bad_question"),
        ({"members": []}, "bad_value"),
        ({"members": FAMILY["facts"]["members"] * 2}, "bad_value"),
        ({**FAMILY["facts"], "incomes": [{"kind": "wage"}]}, "bad_question"),
        ({**FAMILY["facts"], "incomes": [{"kind": "wage", "amount_year": "1.00", "member": "m9"}]}, "bad_value"),
        ({"members": [{"ref": "m1", "relation": "01", "birth_date": "2026-05-12"}]}, "bad_value"),
        ({**FAMILY["facts"], "subject": "m2"}, "bad_value"),
        ({**FAMILY["facts"], "price": {"from_month": "2026-03", "to_month": "2026-02"}}, "bad_value"),
        ({**FAMILY["facts"], "price": {"from_month": "2026-13", "to_month": "2026-02"}}, "bad_date"),
        ({**FAMILY["facts"], "ability_score": 91}, "bad_value"),
        ({**FAMILY["facts"], "ability_score": True}, "bad_question"),
    ],
)
def test_facts_that_cannot_be_are_refused(county, facts, expected):
    assert code(county, {**FAMILY, "facts": facts}) == expected


def test_the_words_name_the_place_and_never_the_value(county):
    facts = {"members": [{"ref": "m1", "relation": "01", "birth_date": "1940-02-31"}]}
    message = answer_question(county, {**FAMILY, "facts": facts})["error"]["message"]
    assert message.startswith("facts.members[0].birth_date") and "1940" not in message


@pytest.mark.parametrize("line", ["", "{", "[" * 100_000, "\ud800", '{"id": 1e999', b"\xff"])
def test_what_is_no_json_is_said_to_be_none(county, line):
    assert answer_line(county, line) == {"id": None, "error": {"code": "bad_json", "message": "这一行不是 JSON"}}


@pytest.mark.parametrize("raw", [None, [], 3, {}, {"id": 1}, {"ask": "deadline"}])
def test_what_is_no_question_has_no_id(county, raw):
    answer = answer_question(county, raw)
    assert answer["id"] is None and answer["error"]["code"] == "bad_question"


def test_overrides_that_make_no_sense_count_as_not_set(county):
    question = {"id": "q", "ask": "deadline", "code": "ls_supplement", "start_on": "2026-06-12"}
    answer = answer_question(county, {**question, "overrides": {"supplement_workdays": "soon", "?": [{}]}})
    assert answer["due"] is None and answer["missing"] == ["supplement_workdays"]


def test_overrides_hold_for_one_question_only(county):
    question = {"id": "q", "ask": "deadline", "code": "ls_supplement", "start_on": "2026-06-12"}
    answer_question(county, {**question, "overrides": {"supplement_workdays": None}})
    assert answer_question(county, question)["due"] == "2026-06-29"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=8)
    | st.just("2026-05-11"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*GOOD, *FAMILY, "overrides", "today", "year", "start_at", "kind", "posted_on", "restarts"])


@given(st.dictionaries(KEYS, JSON), st.sampled_from([GOOD, FAMILY]))
def test_any_question_is_answered(county, change, base):
    answer = answer_question(county, {**base, **change})
    assert "id" in answer and msgspec.json.encode(answer)
