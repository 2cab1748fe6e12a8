"""Ask `refer`: every need has its body, some have conditions."""

from typing import get_args

import pytest

from desktop.policy.asks.refer import BODIES, Need
from desktop.policy.engine import answer_question

GRADE_2 = [{"kind": 4, "grade": 2}]
GRADE_3 = [{"kind": 4, "grade": 3}]


def ask(county, need, **question):
    return answer_question(county, {"id": "q", "ask": "refer", "need": need, "on": "2026-09-24", **question})


def test_every_need_has_a_body():
    assert set(BODIES) == set(get_args(Need))


@pytest.mark.parametrize(
    ("need", "body", "rule"),
    [
        ("medical", "medical_insurance", "LS-028"),
        ("education", "education", "LS-028"),
        ("employment", "human_resources", "LS-028"),
        ("disaster", "emergency", "LS-028"),
        ("basic_living", "civil_affairs", "LS-028"),
        ("disease_emergency", "health", "YL-010"),
        ("worker", "union", "QT-003"),
        ("woman", "women_federation", "QT-003"),
    ],
)
def test_a_need_without_condition_goes_to_its_body_JD_002(county, need, body, rule):
    answer = ask(county, need)
    assert (answer["allowed"], answer["refer_to"], answer["rule_id"]) == (True, body, rule), "JD-002"


@pytest.mark.parametrize(("count", "provisional"), [(4, None), (5, True)])
def test_an_answer_due_in_a_year_without_a_calendar_is_provisional_RL_009(county, count, provisional):
    answer = ask(county, "housing", on="2026-12-25", overrides={"referral_feedback_workdays": count})
    assert (answer.get("provisional"), "provisional_calendar" in answer["alerts"]) == (provisional, bool(provisional))


def test_charity_comes_after_the_government_CY_001(county):
    assert ask(county, "charity")["blocking"] == ["CY-001"], "CY-001"
    assert ask(county, "charity", government_aided=True)["allowed"] is True


@pytest.mark.parametrize(
    ("need", "facts", "allowed"),
    [
        ("limb_surgery", {"site": "limb"}, True),
        ("limb_surgery", {"site": "spine"}, False),
        ("child_rehab", {"birth_date": "2019-09-25"}, True),
        ("child_rehab", {"birth_date": "2019-09-24"}, False),
        ("severe_care", {"disabilities": GRADE_2}, True),
        ("severe_care", {"disabilities": GRADE_3}, False),
        ("severe_care", {}, False),
        ("barrier_free", {"disabilities": GRADE_2, "certifications": [{"programme_code": "dibao_single"}]}, True),
        ("barrier_free", {"disabilities": GRADE_2, "certifications": [{"programme_code": "tekun"}]}, True),
        ("barrier_free", {"disabilities": GRADE_2, "certifications": [{"programme_code": "edge_family"}]}, False),
        ("barrier_free", {"disabilities": GRADE_3, "certifications": [{"programme_code": "dibao"}]}, False),
        (
            "barrier_free",
            {"disabilities": GRADE_2, "certifications": [{"programme_code": "dibao", "valid_until": "2026-09-23"}]},
            False,
        ),
        ("rehab_device", {}, True),
    ],
)
def test_rehabilitation_has_its_conditions_CJ_014(county, need, facts, allowed):
    answer = ask(county, need, **facts)
    assert (answer["allowed"], answer["blocking"]) == (allowed, [] if allowed else ["CJ-014"])


@pytest.mark.parametrize(
    ("need", "facts", "code"),
    [
        ("child_rehab", {}, "bad_question"),
        ("limb_surgery", {}, "bad_question"),
        ("child_rehab", {"birth_date": "2026-09-25"}, "bad_value"),
        ("soup", {}, "bad_value"),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, need, facts, code):
    assert ask(county, need, **facts)["error"]["code"] == code
