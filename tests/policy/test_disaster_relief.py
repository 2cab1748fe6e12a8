"""受灾人员救助: who is helped in which stage, by whom, with what, and for how much."""

import pytest

from tests.policy.assessing import ON, assess, failed, told_rules

RATES = [
    {"stage": "condolence", "amount": "20000.00", "effective_from": "2021-01-01"},
    {"stage": "transition", "amount": "15.00", "effective_from": "2021-01-01"},
    {"stage": "drought", "need": "grain", "amount": "5.00", "effective_from": "2021-01-01"},
    {"stage": "winter_spring", "need": "grain", "amount": "6.00", "effective_from": "2021-01-01"},
    {"stage": "winter_spring", "need": "clothing", "amount": "150.00", "effective_from": "2021-01-01"},
    {"stage": "housing_rebuild", "damage_class": "severe", "amount": "20000.00", "effective_from": "2021-01-01"},
    {"stage": "housing_rebuild", "damage_class": "collapsed", "amount": "30000.00", "effective_from": "2021-01-01"},
]
GRAIN = [{"kind": "grain", "quantity": 10}]
ASSESSED = {"hardship": True, "assessed_on": ON, "needs": GRAIN}


def ask(county, stage, rates=RATES, affected=True, accepted_on=ON, **disaster):
    facts = {"disaster": {"stage": stage, "affected": affected, **disaster}}
    return assess(county, "disaster_relief", facts, accepted_on=accepted_on, overrides={"disaster_std": rates})


@pytest.mark.parametrize("stage", ["emergency", "transition", "drought", "winter_spring", "housing_rebuild"])
def test_whoever_is_not_hard_hit_gets_nothing_in_any_stage(county, stage):
    answer = ask(county, stage, affected=False)
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"ZH-037"} and answer["measures"] == []


def test_nobody_decides_on_emergency_help_05_1(county):
    answer = ask(county, "emergency")
    assert (answer["procedure"], answer["decided_by"], answer["missing"]) == ("register", None, [])
    assert "condolence" not in answer["measures"]


def test_the_families_of_the_dead_are_comforted_by_a_rate_for_each(county):
    answer = ask(county, "emergency", deceased=2)
    assert answer["amount_once"] == "40000.00" and "condolence" in answer["measures"]


def test_without_a_rate_there_is_no_amount_zh_038(county):
    answer = ask(county, "emergency", rates=None, deceased=1)
    assert answer["outcome"] == "eligible" and answer["amount_once"] is None
    assert answer["missing"] == ["disaster_std"] and answer["alerts"] == ["standard_missing"]


@pytest.mark.parametrize(("last", "outcome"), [("2026-09-01", "eligible"), ("2026-09-02", "manual_review")])
def test_the_transition_may_last_until_the_corresponding_day_rl_004(county, last, outcome):
    answer = ask(county, "transition", persons=1, **{"from": "2026-06-01", "to": last})
    assert answer["outcome"] == outcome and ("over_transition_period" in answer["alerts"]) == (outcome != "eligible")


def test_first_and_last_day_of_the_transition_are_paid(county):
    answer = ask(county, "transition", persons=3, **{"from": "2026-06-01", "to": "2026-06-01"})
    assert answer["amount_once"] == "45.00" and answer["measures"] == ["living_aid"]


def test_a_transition_without_its_days_names_them(county):
    answer = ask(county, "transition", persons=3)
    assert answer["outcome"] == "eligible" and answer["amount_once"] is None
    assert answer["missing"] == ["disaster.from", "disaster.to"]


def test_no_limit_is_set_for_the_transition(county):
    facts = {"disaster": {"stage": "transition", "affected": True, "from": "2020-01-01", "to": "2026-01-01"}}
    overrides = {"transition_max_months": None}
    assert assess(county, "disaster_relief", facts, overrides=overrides)["outcome"] == "eligible"


def test_the_newest_rate_of_the_acceptance_day_counts_zh_038(county):
    newer = {"stage": "transition", "amount": "20.00", "effective_from": "2026-06-01"}
    days = {"persons": 1, "from": "2026-06-01", "to": "2026-06-01"}
    amounts = {
        day: ask(county, "transition", rates=[newer, *RATES], accepted_on=day, **days)["amount_once"]
        for day in ("2026-05-31", "2026-06-01")
    }
    assert amounts == {"2026-05-31": "15.00", "2026-06-01": "20.00"}


def test_a_drought_helps_only_people_in_hardship_zh_037(county):
    assert failed(ask(county, "drought", needs=GRAIN)) == {"ZH-037"}


def test_a_drought_helps_with_grain_and_water_only_05_1(county):
    clothes = {"kind": "clothing", "quantity": 1}
    answer = ask(county, "drought", hardship=True, needs=[clothes, *GRAIN, *GRAIN])
    assert (answer["measures"], answer["amount_once"]) == (["grain"], "100.00")
    assert failed(ask(county, "drought", hardship=True, needs=[clothes])) == {"05.1"}


def test_sharing_out_by_head_is_blocked_zh_031(county):
    answer = ask(county, "winter_spring", per_head_average=True, **ASSESSED)
    assert answer["outcome"] == "blocked" and failed(answer) == {"ZH-031"}


@pytest.mark.parametrize("assessed", [{}, {"assessed_on": "2026-05-12"}])
def test_winter_help_before_the_assessment_is_blocked_even_without_hardship_zh_036(county, assessed):
    answer = ask(county, "winter_spring", needs=GRAIN, **assessed)
    assert answer["outcome"] == "blocked" and failed(answer) == {"ZH-036"}


def test_winter_help_goes_to_the_poor_who_lack_something(county):
    poor = ask(county, "winter_spring", **{**ASSESSED, "hardship": False})
    nothing_lacking = ask(county, "winter_spring", **{**ASSESSED, "needs": []})
    assert (poor["outcome"], failed(poor)) == ("not_eligible", {"ZH-031"})
    assert (nothing_lacking["outcome"], failed(nothing_lacking)) == ("not_eligible", {"ZH-036"})


def test_the_county_government_decides_on_winter_help_zh_034(county):
    answer = ask(county, "winter_spring", **ASSESSED)
    assert (answer["procedure"], answer["decided_by"]) == ("county_plan", "county_government")
    assert answer["amount_once"] == "60.00"


def test_one_need_without_a_rate_leaves_the_amount_open(county):
    answer = ask(county, "winter_spring", **{**ASSESSED, "needs": [*GRAIN, {"kind": "heating", "quantity": 1}]})
    assert answer["amount_once"] is None and answer["measures"] == ["grain", "heating"]
    assert answer["missing"] == ["disaster_std"]


def test_rebuilding_begins_with_an_application_or_a_nomination_zh_010(county):
    assert failed(ask(county, "housing_rebuild")) == {"ZH-010"}
    assert ask(county, "housing_rebuild", damage_class="intact")["outcome"] == "blocked"


def test_the_class_of_damage_is_never_guessed_from_the_grade_of_the_house_05_3(county):
    facts = {"disaster": {"stage": "housing_rebuild", "affected": True, "source": "self"}, "house_grade": "D"}
    answer = assess(county, "disaster_relief", facts)
    assert answer["outcome"] == "cannot_decide" and answer["missing"] == ["disaster.damage_class"]


def test_a_severely_damaged_house_may_be_rebuilt_or_repaired_05_3(county):
    answer = ask(county, "housing_rebuild", source="group_nomination", damage_class="severe")
    assert answer["measures"] == ["rebuild", "major_repair"] and answer["measure"] is None
    assert answer["alerts"] == ["choose_measure"] and answer["amount_once"] == "20000.00"


def test_a_house_of_a_class_without_a_rate_is_still_repaired_05_3(county):
    answer = ask(county, "housing_rebuild", source="self", damage_class="moderate_minor")
    assert (answer["outcome"], answer["measure"], answer["amount_once"]) == ("eligible", "repair", None)


def test_an_intact_house_is_not_helped_05_3(county):
    answer = ask(county, "housing_rebuild", source="self", damage_class="intact")
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"05.3"}


def test_a_house_that_was_helped_before_goes_to_people_zh_030(county):
    answer = ask(county, "housing_rebuild", source="self", damage_class="collapsed", housing_aid_same_house=True)
    assert answer["outcome"] == "manual_review" and failed(answer) == {"ZH-030"}
    assert answer["alerts"] == ["suspected_duplicate"]


def test_the_way_to_a_rebuilt_house_is_told_step_by_step(county):
    disaster = {"stage": "housing_rebuild", "affected": True, "source": "self", "damage_class": "collapsed"}
    steps = [rule for rule in told_rules(county, "disaster_relief", {"disaster": disaster}) if rule.startswith("ZH-01")]
    assert steps == ["ZH-010", "ZH-011", "ZH-012", "ZH-013", "ZH-014", "ZH-015", "ZH-016"]
