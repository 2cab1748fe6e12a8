"""Ask `ledger_check`: funds, ratios, samples and capacity."""

from typing import get_args

import pytest

from desktop.policy.asks.ledger_check import CHECKS
from desktop.policy.asks.ledger_question import Kind
from desktop.policy.engine import answer_question


def ask(county, kind, **question):
    return answer_question(county, {"id": "q", "ask": "ledger_check", "kind": kind, **question})


def test_every_kind_has_its_check():
    assert set(CHECKS) == set(get_args(Kind))


@pytest.mark.parametrize("kind", CHECKS)
def test_a_key_that_the_kind_needs_is_missed(county, kind):
    assert ask(county, kind)["error"]["code"] == "bad_question"


def test_the_reserve_is_the_countys_rate_a_head_LS_040_BZ_022(county):
    answer = ask(county, "reserve_fund", population=1000, fund="2499.99", overrides={"reserve_per_capita": "2.50"})
    assert (answer["ok"], answer["limit"], answer["blocking"]) == (False, "2500.00", ["LS-040"])
    unset = ask(county, "reserve_fund", population=1, fund="9.00", overrides={"reserve_per_capita": None})
    assert (unset["missing"], unset["limit"], "ok" in unset) == (["reserve_per_capita"], None, False)


def test_a_sum_that_no_answer_can_hold_is_refused(county):
    assert ask(county, "reserve_fund", population=10**12, fund="1.00")["error"]["code"] == "bad_value"
    assert ask(county, "work_funds", persons_prev_year=10**11, budget="1.00")["error"]["code"] == "bad_value"


@pytest.mark.parametrize(
    ("entries", "ok"),
    [
        ([{"on": "2026-01-05", "out": "500.00", "case_id": "a1"}], True),
        ([{"on": "2026-01-05", "out": "500.01", "case_id": "a1"}], False),
        ([{"on": "2026-02-05", "in": "1.00"}, {"on": "2026-01-05", "out": "500.01", "case_id": "a1"}], False),
        ([{"on": "2026-01-05", "in": "1.00"}, {"on": "2026-01-05", "out": "500.01", "case_id": "a1"}], True),
        ([{"on": "2026-01-05", "out": "0.00"}], True),
        ([{"on": "2026-01-05", "out": "0.01"}], False),
        ([], True),
    ],
)
def test_the_reserve_is_never_overdrawn_and_every_payment_has_its_case_LS_041(county, entries, ok):
    answer = ask(county, "reserve_ledger", opening="500.00", entries=entries)
    assert (answer["ok"], answer["blocking"]) == (ok, [] if ok else ["LS-041"]), "LS-041"


@pytest.mark.parametrize(
    ("budget", "source", "ok"),
    [("1000.00", "county_budget", True), ("999.99", "county_budget", False), ("9999.00", "special_fund", False)],
)
def test_work_is_paid_by_the_countys_own_budget_BZ_020_D_21(county, budget, source, ok):
    answer = ask(county, "work_funds", persons_prev_year=100, budget=budget, source=source)
    assert (answer["ok"], answer["blocking"]) == (ok, [] if ok else ["BZ-020", "D-21"])


@pytest.mark.parametrize(("planned", "ok"), [("30.00", True), ("30.01", False)])
def test_bought_services_stay_within_three_per_cent_BZ_021(county, planned, ok):
    assert ask(county, "service_purchase", spending_prev_year="1000.00", planned=planned)["ok"] is ok, "BZ-021"


@pytest.mark.parametrize(("batch", "limit"), [(1, 1), (10, 3), (11, 4), (20, 6), (21, 7)])
def test_the_county_looks_at_thirty_per_cent_itself_TK_036(county, batch, limit):
    assert ask(county, "tekun_sample", batch=batch, sampled=limit)["ok"] is True, "TK-036"
    answer = ask(county, "tekun_sample", batch=batch, sampled=limit - 1)
    assert (answer["limit"], answer["blocking"]) == (limit, ["TK-036"])


def test_stages_never_add_up_to_more_than_was_approved_LS_025(county):
    assert ask(county, "stage_plan", approved_total="6000.00", stages=["6000.00", "0.01"])["blocking"] == ["LS-025"]
    assert ask(county, "stage_plan", approved_total="6000.00", stages=[])["ok"] is True


def test_damaged_rooms_are_not_more_than_there_were_ZH_035(county):
    rooms = {"rooms_total": 4, "collapsed": 2, "severe": 1, "moderate_minor": 1}
    assert ask(county, "damaged_house", **rooms)["ok"] is True
    assert ask(county, "damaged_house", **rooms | {"severe": 2})["blocking"] == ["ZH-035"], "ZH-035"


def test_a_house_grade_is_never_worked_out_from_the_damage_05_3(county):
    rooms = {"rooms_total": 4, "collapsed": 4, "severe": 0, "moderate_minor": 0, "damage_class": "collapsed"}
    derived = rooms | {"house_grade": "D", "house_grade_source": "derived_from_damage_class"}
    assert ask(county, "damaged_house", **derived)["blocking"] == ["05.3"], "05.3"


def test_beds_for_a_small_fee_leave_tekun_people_theirs_LN_007(county):
    assert ask(county, "elder_beds", beds_total=80, tekun_beds=60, low_cost=20)["ok"] is True
    assert ask(county, "elder_beds", beds_total=80, tekun_beds=80, low_cost=1)["blocking"] == ["LN-007"], "LN-007"


def test_a_township_without_staff_is_a_gap_and_bars_nothing_NL_001(county):
    answer = ask(county, "township_staff", townships=[{"code": "a", "staff": 0}, {"code": "b", "staff": 2}])
    assert (answer["ok"], answer["gaps"], answer["count"]) == (False, ["a"], 1)
    assert (answer["warnings"], answer["blocking"]) == (["NL-001"], []), "NL-001"


@pytest.mark.parametrize(("on", "gaps"), [("2022-12-31", ["b"]), ("2023-01-01", ["a", "b"])])
def test_small_villages_need_an_assistant_only_after_2022_NL_002_BZ_023(county, on, gaps):
    villages = [{"code": code, "population": people, "assistants": 0} for code, people in (("a", 500), ("b", 501))]
    assert ask(county, "village_assistants", on=on, villages=villages)["gaps"] == gaps, "NL-002"


@pytest.mark.parametrize(
    ("on", "beds", "ok", "warnings"),
    [
        ("2025-12-30", 55, True, ["TK-056"]),
        ("2025-12-31", 55, False, ["TK-056"]),
        ("2025-12-31", 56, True, []),
    ],
)
def test_nursing_beds_are_55_per_cent_by_the_end_of_2025_TK_056_BZ_025(county, on, beds, ok, warnings):
    answer = ask(county, "nursing_beds", on=on, beds_total=101, beds_nursing=beds)
    assert (answer["ok"], answer["warnings"], answer["limit"]) == (ok, warnings, 56)
    assert answer["blocking"] == []


def test_the_target_of_care_at_home_is_a_statistic_LN_004(county):
    answer = ask(county, "home_elder_target", served=2299)
    assert (answer["ok"], answer["warnings"], answer["blocking"]) == (False, ["LN-004"], [])


@pytest.mark.parametrize(
    ("kind", "keys", "code"),
    [
        ("tekun_sample", {"batch": 3, "sampled": 4}, "bad_value"),
        ("tekun_sample", {"batch": 0, "sampled": 0}, "bad_value"),
        ("nursing_beds", {"on": "2026-01-01", "beds_total": 1, "beds_nursing": 2}, "bad_value"),
        ("elder_beds", {"beds_total": 1, "tekun_beds": 2, "low_cost": 0}, "bad_value"),
        ("elder_beds", {"beds_total": 1, "tekun_beds": 0, "low_cost": 2}, "bad_value"),
        ("stage_plan", {"approved_total": "6000", "stages": []}, "bad_amount"),
        ("stage_plan", {"approved_total": "6000.00", "stages": ["1"]}, "bad_amount"),
        ("lottery", {}, "bad_value"),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, kind, keys, code):
    assert ask(county, kind, **keys)["error"]["code"] == code
