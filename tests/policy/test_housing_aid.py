"""住房救助: who is an object of it, and what the grade of the house calls for."""

import pytest

from tests.policy.assessing import assess, certified, failed, passed, person, told_rules


def town(county, certifications, members=(), **facts):
    household = {"members": list(members)} if members else {}
    return assess(county, "housing_aid", {"area": "urban", "certifications": certifications, **household, **facts})


def country(county, grade, certifications):
    return assess(county, "housing_aid", {"area": "rural", "house_grade": grade, "certifications": certifications})


@pytest.mark.parametrize("facts", [{}, {"area": "rural"}])
def test_the_area_and_in_the_country_the_grade_must_be_known(county, facts):
    assert assess(county, "housing_aid", facts)["error"]["code"] == "bad_question"


@pytest.mark.parametrize("code", ["dibao", "dibao_single", "tekun", "edge_family", "rigid_expense_family"])
def test_every_one_of_the_four_kinds_is_housed_zf_001(county, code):
    answer = town(county, certified(code))
    assert answer["outcome"] == "eligible" and passed(answer) >= {"ZF-001"}


def test_a_certification_that_ran_out_houses_nobody_zf_001(county):
    assert failed(town(county, certified("dibao", valid_until="2026-05-10"))) == {"ZF-001"}


@pytest.mark.parametrize(("birth_date", "outcome"), [("2008-05-11", "eligible"), ("2008-05-12", "not_eligible")])
def test_an_orphan_is_housed_from_18_on_though_no_longer_certified_zf_001(county, birth_date, outcome):
    certifications = certified("orphan", member="m2", valid_until="2020-01-01")
    members = [person("1970-01-01"), person(birth_date, ref="m2")]
    assert town(county, certifications, members)["outcome"] == outcome


def test_an_unnamed_orphan_certification_is_the_first_members_zf_001(county):
    members = [person("2012-01-01"), person("1970-01-01", ref="m2")]
    assert town(county, certified("orphan"), members)["outcome"] == "not_eligible"


@pytest.mark.parametrize("member", ["m9", None])
def test_an_orphan_whose_age_nobody_gave_is_not_housed(county, member):
    certifications = certified("orphan", **({"member": member} if member else {}))
    members = [person("1970-01-01")] if member else []
    assert town(county, certifications, members)["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("certification", "facts", "outcome"),
    [
        ({"care_mode": "centralized"}, {}, "not_eligible"),
        ({"care_mode": "dispersed"}, {"care_mode": "centralized"}, "eligible"),
        ({}, {"care_mode": "centralized"}, "not_eligible"),
        ({"care_mode": "centralized", "valid_until": "2026-05-10"}, {}, "not_eligible"),
    ],
)
def test_people_in_centralized_care_have_their_roof_there_zf_007(county, certification, facts, outcome):
    assert town(county, certified("tekun", **certification), **facts)["outcome"] == outcome


def test_centralized_care_that_has_ended_hinders_nobody_zf_007(county):
    ended = certified("tekun", care_mode="centralized", valid_until="2026-05-10")
    assert town(county, [*ended, *certified("dibao")])["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("grade", "measure", "outcome"),
    [
        ("A", None, "not_eligible"),
        ("B", None, "not_eligible"),
        ("C", "repair", "eligible"),
        ("D", "rebuild", "eligible"),
    ],
)
def test_in_the_country_the_grade_of_the_house_decides_zf_004(county, grade, measure, outcome):
    answer = country(county, grade, certified("dibao"))
    assert (answer["measure"], answer["outcome"]) == (measure, outcome)


def test_a_dangerous_house_alone_is_not_enough_zf_003(county):
    assert failed(country(county, "D", [])) == {"ZF-003"}


@pytest.mark.parametrize(("area", "rule"), [("urban", "ZF-002"), ("rural", "ZF-005")])
def test_the_way_to_a_roof_is_told_by_area(county, area, rule):
    facts = {"area": area, "house_grade": "D", "certifications": certified("dibao")}
    assert told_rules(county, "housing_aid", facts)[-1] == rule
