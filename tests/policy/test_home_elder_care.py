"""居家养老服务: by age, hardship and assessed ability."""

import pytest

from tests.policy.assessing import assess, certified, failed, person

SIXTY = "1966-05-11"


def ask(county, birth_date=SIXTY, certifications=None, **facts):
    held = certified("dibao") if certifications is None else certifications
    return assess(county, "home_elder_care", {"members": [person(birth_date)], "certifications": held, **facts})


@pytest.mark.parametrize(("birth_date", "outcome"), [("1946-05-11", "eligible"), ("1946-05-12", "not_eligible")])
def test_from_80_on_neither_hardship_nor_ability_matters_ln_004(county, birth_date, outcome):
    assert ask(county, birth_date, [])["outcome"] == outcome


def test_nobody_is_served_before_60_ln_004(county):
    answer = ask(county, "1966-05-12", ability_score=0)
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"LN-004"}
    assert answer["ability_level"] == "lost"


@pytest.mark.parametrize(
    ("score", "level", "outcome"),
    [
        (90, "intact", "not_eligible"),
        (89, "mild", "manual_review"),
        (66, "mild", "manual_review"),
        (65, "moderate", "eligible"),
        (46, "moderate", "eligible"),
        (45, "severe", "eligible"),
        (30, "severe", "eligible"),
        (29, "lost", "eligible"),
        (0, "lost", "eligible"),
    ],
)
def test_the_score_gives_the_level_and_the_level_decides_ln_005(county, score, level, outcome):
    answer = ask(county, ability_score=score)
    assert (answer["ability_level"], answer["outcome"]) == (level, outcome)


def test_a_score_above_90_is_none(county):
    assert ask(county, ability_score=91)["error"]["code"] == "bad_value"


@pytest.mark.parametrize("certifications", [[], certified("orphan"), certified("dibao", member="m2")])
def test_below_80_the_person_must_be_of_the_four_kinds_ln_004(county, certifications):
    answer = ask(county, certifications=certifications, ability_score=30)
    assert answer["outcome"] == "not_eligible" and answer["missing"] == []


def test_the_items_of_self_care_are_no_substitute_for_the_score_ln_006(county):
    answer = ask(county, self_care={"eat": False, "bathe": False})
    assert answer["outcome"] == "cannot_decide" and answer["missing"] == ["ability_score"]
    assert answer["ability_level"] is None
