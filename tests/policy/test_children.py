"""孤儿, 事实无人抚养儿童, 留守儿童: what the parents are to the child, what is paid, and what excludes what."""

import pytest

from tests.policy.assessing import assess, certified, failed, passed, person, told_rules

CHILD = person("2016-05-05")
GROWN = person("2008-05-11")
DEAD = {"deceased_on": "2020-01-01"}
UNHURT: dict[str, str] = {}


def de_facto(county, father, mother=DEAD, child=CHILD, overrides=None, decided_on=None, **facts):
    parents = [{"relation": "51", **father}, {"relation": "52", **mother}]
    dates = {"decided_on": decided_on} if decided_on else {}
    question = {"members": [child], "parents": parents, **facts}
    return assess(county, "de_facto_orphan", question, overrides=overrides or {}, **dates)


def state(kind, since=None, until=None, **more):
    days = {key: day for key, day in (("since", since), ("until", until)) if day}
    return {"statuses": [{"kind": kind, **days, **more}]}


def disabled(kind, grade):
    return {"disabilities": [{"kind": kind, "grade": grade}]}


@pytest.mark.parametrize(
    ("father", "outcome"),
    [
        (UNHURT, "not_eligible"),
        (disabled(4, 2), "eligible"),
        (disabled(4, 3), "not_eligible"),
        (disabled(6, 4), "eligible"),
        (disabled(7, 2), "eligible"),
        (disabled(7, 4), "manual_review"),
        (state("declared_missing", "2026-05-11"), "eligible"),
        (state("declared_missing", "2026-05-12"), "not_eligible"),
        (state("custody_revoked"), "eligible"),
        (state("expelled", until="2026-05-11"), "not_eligible"),
        (state("lost_contact", "2025-11-11"), "eligible"),
        (state("lost_contact", "2025-11-12"), "not_eligible"),
        (state("lost_contact"), "not_eligible"),
        (state("in_prison", "2026-05-01", "2026-11-01"), "eligible"),
        (state("in_prison", "2026-05-01", "2026-10-31"), "not_eligible"),
        (state("compulsory_rehab", "2025-01-01", "2026-05-11"), "not_eligible"),
        (state("other_restriction", "2026-05-11"), "eligible"),
        (state("other_restriction", until="2030-01-01"), "not_eligible"),
        (state("no_civil_capacity"), "not_eligible"),
    ],
)
def test_a_parent_who_lives_must_meet_a_condition_et_003(county, father, outcome):
    assert de_facto(county, father)["outcome"] == outcome
    assert de_facto(county, DEAD, father)["outcome"] == outcome


def test_both_parents_must_be_unable_et_002(county):
    assert failed(de_facto(county, disabled(4, 1), UNHURT)) == {"ET-002", "ET-003"}
    assert passed(de_facto(county, disabled(4, 1), disabled(5, 4))) == {"ET-002", "ET-003"}


def test_an_open_disability_is_settled_by_the_other_parent_who_meets_nothing_et_002(county):
    assert de_facto(county, disabled(7, 4), UNHURT)["outcome"] == "not_eligible"


ILL = state("severe_illness", disease="尿毒症")
LISTED = {"severe_illness_list": ["尿毒症"]}


@pytest.mark.parametrize(
    ("overrides", "outcome", "missing"),
    [
        (LISTED, "eligible", []),
        ({"severe_illness_list": ["白血病"]}, "not_eligible", []),
        ({}, "cannot_decide", ["severe_illness_list"]),
    ],
)
def test_an_illness_counts_when_it_is_on_the_countys_list_et_003(county, overrides, outcome, missing):
    answer = de_facto(county, ILL, overrides=overrides)
    assert (answer["outcome"], answer["missing"]) == (outcome, missing)


def test_a_list_that_decides_nothing_is_not_missed_et_003(county):
    assert de_facto(county, ILL, UNHURT)["missing"] == []
    assert de_facto(county, {**ILL, **disabled(4, 1)})["missing"] == []
    open_by_the_other = de_facto(county, {**ILL, **DEAD}, disabled(7, 4))
    assert (open_by_the_other["outcome"], open_by_the_other["missing"]) == ("manual_review", [])


def test_an_illness_that_nobody_named_is_asked_for_et_003(county):
    answer = de_facto(county, state("severe_illness"), overrides=LISTED)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["parents.disease"])


def test_a_disability_stays_open_though_the_illness_is_not_on_the_list_et_003(county):
    answer = de_facto(county, {**ILL, **disabled(7, 4)}, overrides={"severe_illness_list": ["白血病"]})
    assert (answer["outcome"], answer["missing"]) == ("manual_review", [])


def test_whose_parents_are_both_dead_is_an_orphan_d_23(county):
    answer = de_facto(county, DEAD)
    assert (answer["outcome"], answer["category"], failed(answer)) == ("not_eligible", "orphan", {"D-23"})


def test_whose_parents_are_both_missing_is_none_d_23(county):
    missing = state("declared_missing", "2024-01-01")
    assert de_facto(county, missing, missing)["outcome"] == "eligible"


def test_it_ends_on_the_18th_birthday_et_006(county):
    answer = de_facto(county, disabled(4, 1), child=GROWN)
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"ET-006"}
    assert de_facto(county, disabled(4, 1), child=person("2008-05-12"))["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("received", "amount"),
    [
        ([], "1200.00"),
        ([("dibao_share", "380.00"), ("disability_living", "100.00")], "720.00"),
        ([("tekun_support", "1200.01")], "0.00"),
        ([("elder_care_subsidy", "500.00")], "1200.00"),
    ],
)
def test_what_the_child_already_has_is_made_up_to_the_standard_et_005(county, received, amount):
    payments = [{"kind": kind, "amount_month": money} for kind, money in received]
    assert de_facto(county, disabled(4, 1), received=payments)["amount_month"] == amount


def test_it_is_paid_from_the_month_after_the_decision_et_004(county):
    assert de_facto(county, disabled(4, 1), decided_on="2026-12-31")["pay_from"] == "2027-01"
    assert de_facto(county, disabled(4, 1))["pay_from"] is None


def test_a_standard_that_is_not_set_is_told_et_005(county):
    answer = de_facto(county, disabled(4, 1), overrides={"orphan_std": None})
    assert (answer["outcome"], answer["amount_month"]) == ("eligible", None)
    assert (answer["missing"], answer["alerts"]) == (["orphan_std"], ["standard_missing"])


@pytest.mark.parametrize("programme", ["de_facto_orphan", "left_behind_child", "orphan"])
@pytest.mark.parametrize("parents", [[], [{"relation": "51"}], [{"relation": "51"}] * 3])
def test_a_child_has_two_parents(county, programme, parents):
    assert assess(county, programme, {"members": [CHILD], "parents": parents})["error"]["code"] == "bad_value"


def orphan(county, child=CHILD, held=(), parents=(DEAD, DEAD), overrides=None, **facts):
    both = [{"relation": relation, **parent} for relation, parent in zip(("51", "52"), parents, strict=False)]
    question = {"members": [child], "certifications": list(held), "parents": both, **facts}
    return assess(county, "orphan", question, overrides=overrides or {})


def test_an_orphan_has_lost_both_parents_et_001(county):
    answer = orphan(county)
    assert (answer["outcome"], answer["amount_month"], passed(answer)) == ("eligible", "1200.00", {"ET-001"})


def test_a_foundling_needs_no_parents_named_et_001(county):
    assert orphan(county, parents=(), parents_not_found=True)["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("mother", "alerts"),
    [
        (disabled(4, 1), ["refer_de_facto_orphan"]),
        (UNHURT, []),
        (ILL, []),
    ],
)
def test_a_child_with_one_parent_dead_may_be_referred_et_001_d_23(county, mother, alerts):
    answer = orphan(county, parents=(DEAD, mother))
    assert (answer["outcome"], answer["alerts"], answer["missing"]) == ("not_eligible", alerts, [])


@pytest.mark.parametrize(
    ("held", "stage", "outcome", "alerts"),
    [
        (certified("orphan"), "undergraduate", "eligible", []),
        (certified("orphan"), "kindergarten", "eligible", []),
        (certified("orphan"), None, "not_eligible", ["start_termination", "refer_housing_aid"]),
        (certified("orphan", valid_until="2026-05-10"), "undergraduate", "not_eligible", ["refer_housing_aid"]),
        (certified("orphan", member="m2"), "undergraduate", "not_eligible", []),
        ([], "undergraduate", "not_eligible", []),
    ],
)
def test_a_grown_orphan_stays_one_while_at_school_et_001(county, held, stage, outcome, alerts):
    education = {"education": {"stage": stage}} if stage else {}
    answer = orphan(county, {**GROWN, **education}, held, parents=())
    assert (answer["outcome"], answer["alerts"]) == (outcome, alerts)


@pytest.mark.parametrize(("code", "rule"), [("tekun", "TK-020"), ("de_facto_orphan", "ZT-043")])
def test_nobody_is_kept_twice(county, code, rule):
    answer = orphan(county, held=certified(code))
    assert answer["outcome"] == "blocked" and failed(answer) == {rule}
    assert orphan(county, held=certified(code, member="m2"))["outcome"] == "eligible"
    assert orphan(county, held=certified(code), chosen_programme=code)["outcome"] == "blocked"


@pytest.mark.parametrize("code", ["tekun", "de_facto_orphan"])
def test_who_has_chosen_to_be_kept_as_an_orphan_ends_the_other_first_tk_020_zt_043(county, code):
    answer = orphan(county, held=certified(code), chosen_programme="orphan")
    assert (answer["outcome"], answer["alerts"]) == ("eligible", ["end_other_first"])


def test_who_is_no_orphan_is_not_blocked_by_another_keep_zt_043(county):
    assert orphan(county, held=certified("tekun"), parents=(DEAD, UNHURT))["outcome"] == "not_eligible"


def test_children_in_an_institution_have_a_standard_of_their_own_et_001(county):
    own = {"orphan_std_institution": "1900.00"}
    assert orphan(county, care_mode="centralized", overrides=own)["amount_month"] == "1900.00"
    answer = orphan(county, care_mode="centralized")
    assert (answer["amount_month"], answer["missing"]) == (None, ["orphan_std_institution"])
    assert answer["alerts"] == ["standard_missing"]


def left_behind(county, birth_date, father, mother):
    parents = [{"relation": "51", **father}, {"relation": "52", **mother}]
    facts = {"members": [person(birth_date)], "parents": parents}
    return assess(county, "left_behind_child", facts)["outcome"]


AWAY, UNFIT = {"working_away": True}, {"able_to_guard": False}


@pytest.mark.parametrize(
    ("father", "mother", "outcome"),
    [
        (AWAY, AWAY, "eligible"),
        (AWAY, UNFIT, "eligible"),
        (AWAY, DEAD, "eligible"),
        (AWAY, UNHURT, "not_eligible"),
        (UNFIT, UNFIT, "not_eligible"),
    ],
)
def test_a_child_is_left_behind_when_nobody_at_home_can_guard_it_et_008(county, father, mother, outcome):
    assert left_behind(county, "2016-01-01", father, mother) == outcome


@pytest.mark.parametrize(("birth_date", "outcome"), [("2010-05-12", "eligible"), ("2010-05-11", "not_eligible")])
def test_a_child_is_left_behind_until_its_16th_birthday_et_008(county, birth_date, outcome):
    assert left_behind(county, birth_date, AWAY, AWAY) == outcome


def test_to_whom_the_subsidy_is_paid_is_told_et_007(county):
    parents = [{"relation": "51", **DEAD}, {"relation": "52", **disabled(4, 1)}]
    assert "ET-007" in told_rules(county, "de_facto_orphan", {"members": [CHILD], "parents": parents})
