"""就业救助: who could work and does not, and families in which nobody works."""

import pytest

from tests.policy.assessing import assess, certified, failed, person

MAN = person("1981-01-01", sex="1")
WOMAN = person("1983-01-01", ref="m2", sex="2")


def ask(county, *members, certifications=None, events=(), **question):
    held = certified("dibao") if certifications is None else certifications
    facts = {"members": list(members), "certifications": held, "employment_events": list(events)}
    return assess(county, "employment_aid", facts, **question)


def test_the_sex_of_every_member_must_be_known(county):
    assert ask(county, MAN, person(ref="m2"))["error"]["code"] == "bad_question"


@pytest.mark.parametrize(
    ("sex", "birth_date", "outcome"),
    [
        ("1", "2010-05-11", "eligible"),
        ("1", "2010-05-12", "not_eligible"),
        ("1", "1966-05-12", "eligible"),
        ("1", "1966-05-11", "not_eligible"),
        ("2", "1971-05-12", "eligible"),
        ("2", "1971-05-11", "not_eligible"),
    ],
)
def test_the_ages_of_work_include_both_ends_zy_001(county, sex, birth_date, outcome):
    assert ask(county, person(birth_date, sex=sex))["outcome"] == outcome


@pytest.mark.parametrize(
    "reason", [{"employed": True}, {"able_to_work": False}, {"education": {"stage": "undergraduate"}}]
)
def test_whoever_works_or_cannot_or_learns_is_not_unemployed_zy_001(county, reason):
    answer = ask(county, {**MAN, **reason})
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"ZY-001"}


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        ("dibao", "eligible"),
        ("edge_family", "eligible"),
        ("rigid_expense_family", "eligible"),
        ("tekun", "not_eligible"),
    ],
)
def test_three_kinds_of_households_are_helped_to_work_zy_001(county, code, outcome):
    assert ask(county, MAN, certifications=certified(code))["outcome"] == outcome


def test_one_who_works_is_enough_for_the_family_zy_002(county):
    assert ask(county, MAN, WOMAN)["zero_employment_family"] is True
    answer = ask(county, MAN, {**WOMAN, "employed": True})
    assert answer["zero_employment_family"] is False and answer["outcome"] == "eligible"
    assert "employment_state" not in answer


def test_a_family_in_which_nobody_could_work_is_no_such_family_zy_002(county):
    assert ask(county, person("1950-01-01", sex="1"))["zero_employment_family"] is False


@pytest.mark.parametrize(
    ("began", "ended", "state"),
    [
        ("2026-05-11", None, "cleared"),
        ("2026-05-12", None, "found"),
        ("2026-01-01", "2026-05-11", "found"),
        ("2026-01-01", "2026-05-12", "cleared"),
    ],
)
def test_a_family_is_cleared_while_a_contract_is_in_force_zy_003(county, began, ended, state):
    event = {"kind": "contract", "from": began, **({"ended_on": ended} if ended else {})}
    assert ask(county, MAN, events=[event])["employment_state"] == state


def test_without_ages_of_work_nobody_can_say(county):
    overrides = {"labour_age": None}
    assert ask(county, MAN, overrides=overrides)["missing"] == ["labour_age"]
    assert ask(county, MAN, overrides=overrides)["outcome"] == "cannot_decide"
    assert ask(county, MAN, certifications=[], overrides=overrides)["outcome"] == "not_eligible"
