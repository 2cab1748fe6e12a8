"""Asks `labour_duty` and `review_class`: who can work, and what follows from it."""

import pytest

from desktop.policy.engine import answer_question

DIBAO = [{"programme_code": "dibao"}]


def person(ref="m1", born="1980-01-01", sex="1", **facts):
    return {"ref": ref, "relation": "01", "birth_date": born, "sex": sex, **facts}


def duty(county, *members, **question):
    base = {"id": "q", "ask": "labour_duty", "on": "2026-05-31", "members": list(members), "certifications": DIBAO}
    return answer_question(county, base | question)


def review(county, *members, **question):
    base = {"id": "q", "ask": "review_class", "programme_code": "dibao", "on": "2026-05-11", "income_fixed": False}
    return answer_question(county, {**base, "members": list(members), **question})


@pytest.mark.parametrize(
    ("born", "sex", "code"),
    [
        ("2010-05-31", "1", None),
        ("2010-06-01", "1", "under_age"),
        ("1966-06-01", "1", None),
        ("1966-05-31", "1", "over_age"),
        ("1971-06-01", "2", None),
        ("1971-05-31", "2", "over_age"),
    ],
)
def test_the_ages_of_work_include_both_ends_DB_096(county, born, sex, code):
    answer = duty(county, person(born=born, sex=sex))
    assert answer["exempt"] == ([] if code is None else [{"ref": "m1", "code": code}]), "DB-096"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"able_to_work": False, "employed": True}, "not_able"),
        ({"education": {"stage": "postgraduate"}, "employed": True}, "in_education"),
        ({"employed": True}, "employed"),
        ({"born": "2015-01-01", "able_to_work": False}, "under_age"),
    ],
)
def test_the_first_reason_is_the_one_given(county, facts, code):
    assert duty(county, person(**facts))["exempt"] == [{"ref": "m1", "code": code}]


@pytest.mark.parametrize(
    "certifications",
    [
        [],
        [{"programme_code": "tekun"}],
        [{"programme_code": "dibao", "member": "m2"}],
        [{"programme_code": "dibao", "valid_until": "2026-05-30"}],
    ],
)
def test_without_dibao_of_ones_own_nothing_is_due(county, certifications):
    assert duty(county, person(), certifications=certifications)["exempt"] == [{"ref": "m1", "code": "not_dibao"}]


@pytest.mark.parametrize(
    ("entry", "missed"),
    [
        ({"on": "2026-05-01", "signed": True}, []),
        ({"on": "2026-05-31", "signed": True}, []),
        ({"on": "2026-05-10"}, ["m1"]),
        ({"on": "2025-05-10", "signed": True}, ["m1"]),
        ({"on": "2026-06-01", "signed": True}, ["m1"]),
    ],
)
def test_only_a_signed_entry_of_the_month_up_to_the_day_counts(county, entry, missed):
    assert duty(county, person(), log=[{"member": "m1", "hours": "2.5", **entry}])["missed"] == missed


def test_without_ages_of_work_nothing_is_judged(county):
    answer = duty(county, person(), overrides={"labour_age": None})
    assert answer["missing"] == ["labour_age"] and "must_attend" not in answer


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"members": [{"ref": "m1", "relation": "01", "birth_date": "1980-01-01"}]}, "bad_question"),
        ({"members": []}, "bad_value"),
        ({"log": [{"member": "m2", "on": "2026-05-01"}]}, "bad_value"),
        ({"members": [person(), person()]}, "bad_value"),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, question, code):
    assert duty(county, person(), **question)["error"]["code"] == code


@pytest.mark.parametrize(
    ("facts", "question", "found"),
    [
        ({}, {}, ("B", 6)),
        ({}, {"income_fixed": True}, ("A", 12)),
        ({"able_to_work": False}, {}, ("A", 12)),
        ({"education": {"stage": "senior_high"}}, {}, ("A", 12)),
        ({"born": "1960-01-01"}, {}, ("A", 12)),
        ({"employed": True}, {}, ("B", 6)),
        ({}, {"big_change": True}, ("B", 6)),
        ({"able_to_work": False}, {"big_change": True}, (None, None)),
    ],
)
def test_half_yearly_needs_both_an_income_that_moves_and_somebody_who_can_work_DB_090(county, facts, question, found):
    answer = review(county, person(**facts), **question)
    assert (answer["review_class"], answer["count"]) == found, "DB-090"
    assert ("manual_review" in answer["alerts"]) == (found[0] is None)


def test_tekun_people_are_seen_every_year_without_a_class_TK_064(county):
    answer = review(county, person(), programme_code="tekun", last_review_on="2025-05-11", on="2026-05-12")
    assert (answer["review_class"], answer["count"], answer["rule_id"]) == (None, 12, "TK-064")
    assert (answer["due"], answer["overdue"]) == ("2026-05-11", True)


def test_a_due_day_on_a_rest_day_moves_and_is_itself_not_overdue(county):
    answer = review(county, person(), last_review_on="2025-12-19", on="2026-06-22")
    assert (answer["raw_due"], answer["due"], answer["overdue"]) == ("2026-06-19", "2026-06-22", False)


def test_an_emergency_may_put_the_review_off(county):
    assert "may_extend" in review(county, person(), major_emergency=True)["alerts"]


def test_without_ages_of_work_only_a_fixed_income_gives_a_class(county):
    unset = {"labour_age": None}
    assert review(county, person(), overrides=unset, income_fixed=True)["review_class"] == "A"
    answer = review(county, person(), overrides=unset, last_review_on="2026-01-01")
    assert (answer["review_class"], answer["due"], answer["missing"]) == (None, None, ["labour_age"])


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"programme_code": "edge_family"}, "bad_value"),
        ({"last_review_on": "2026-05-12"}, "bad_value"),
        ({"members": [{"ref": "m1", "relation": "01", "birth_date": "1980-01-01"}]}, "bad_question"),
    ],
)
def test_reviews_that_cannot_be_asked_for_say_which_way(county, question, code):
    assert review(county, person(), **question)["error"]["code"] == code
