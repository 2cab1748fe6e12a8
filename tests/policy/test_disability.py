"""The two subsidies for disabled people: who has which, how much, from when, and who pays."""

import pytest

from tests.policy.assessing import assess, certified, failed, person, told_rules

LIVING, NURSING = "disability_living", "disability_nursing"
CARE = {"care_since": "2025-11-11"}


def ask(county, programme, certifications=None, disability=(4, 1), issued="2022-01-01", **facts):
    certificate = {"kind": disability[0], "grade": disability[1], "cert_issued_on": issued}
    question = {key: facts.pop(key) for key in ("applied_on", "decided_on", "overrides") if key in facts}
    held = certified("dibao") if certifications is None else certifications
    members = {"members": [person(disabilities=[certificate])], "certifications": held}
    return assess(county, programme, {**members, **CARE, **facts}, **question)


def test_living_is_for_dibao_households_whatever_the_grade_cj_001(county):
    assert ask(county, LIVING, disability=(2, 4))["amount_month"] == "100.00"
    answer = ask(county, LIVING, certified("edge_family"))
    assert (answer["outcome"], answer["amount_month"], failed(answer)) == ("not_eligible", "0.00", {"CJ-001"})


def test_dibao_of_the_household_counts_whoever_is_named_cj_001(county):
    assert ask(county, LIVING, certified("dibao_single", member="m2"))["outcome"] == "eligible"


@pytest.mark.parametrize(("programme", "rule"), [(LIVING, "CJ-001"), (NURSING, "CJ-002")])
def test_without_a_certificate_there_is_no_subsidy(county, programme, rule):
    answer = assess(county, programme, {"members": [person()], "certifications": certified("dibao"), **CARE})
    assert answer["outcome"] == "not_eligible" and failed(answer) == {rule}


@pytest.mark.parametrize(("grade", "amount"), [(1, "110.00"), (2, "80.00"), (3, "0.00")])
def test_nursing_is_for_grade_1_and_2_each_with_its_amount_cj_002_cj_008(county, grade, amount):
    assert ask(county, NURSING, [], disability=(6, grade))["amount_month"] == amount


@pytest.mark.parametrize(("since", "outcome"), [("2025-11-11", "eligible"), ("2025-11-12", "not_eligible")])
def test_care_must_have_been_needed_for_six_months_cj_002(county, since, outcome):
    assert ask(county, NURSING, care_since=since)["outcome"] == outcome


def test_care_of_which_nobody_says_since_when_is_not_long_enough_cj_002(county):
    facts = {"members": [person(disabilities=[{"kind": 4, "grade": 1}])]}
    assert failed(assess(county, NURSING, facts)) == {"CJ-002"}


@pytest.mark.parametrize("programme", [LIVING, NURSING])
@pytest.mark.parametrize(("issued", "outcome"), [("2016-05-11", "eligible"), ("2016-05-10", "blocked")])
def test_a_certificate_holds_for_ten_years_cj_013(county, programme, issued, outcome):
    answer = ask(county, programme, issued=issued)
    assert answer["outcome"] == outcome and ("cert_expired" in answer["alerts"]) == (outcome == "blocked")


def test_a_certificate_that_ran_out_blocks_also_who_is_not_on_dibao_cj_013(county):
    answer = ask(county, LIVING, [], issued="2010-01-01")
    assert answer["outcome"] == "blocked" and failed(answer) == {"CJ-013"}


@pytest.mark.parametrize("programme", [LIVING, NURSING])
def test_tekun_people_and_those_with_a_care_fee_have_neither_cj_004(county, programme):
    assert failed(ask(county, programme, certified("tekun", "dibao"))) == {"CJ-004"}
    fee = [{"kind": "work_injury_care_fee", "amount_month": "500.00"}]
    assert failed(ask(county, programme, received=fee)) == {"CJ-004"}


def test_another_members_tekun_takes_nothing_from_this_person_cj_004(county):
    held = [*certified("dibao"), *certified("tekun", member="m2")]
    assert ask(county, LIVING, held)["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("certification", "outcome"),
    [
        ({"programme_code": "orphan"}, "not_eligible"),
        ({"programme_code": "orphan", "valid_until": "2026-05-10"}, "eligible"),
        ({"programme_code": "de_facto_orphan"}, "not_eligible"),
        ({"programme_code": "de_facto_orphan", "full_rate": False}, "eligible"),
    ],
)
def test_a_full_allowance_for_orphans_ends_living_but_not_nursing_cj_005(county, certification, outcome):
    held = [*certified("dibao"), certification]
    assert ask(county, LIVING, held)["outcome"] == outcome
    assert ask(county, NURSING, held)["outcome"] == "eligible"


@pytest.mark.parametrize(
    ("other", "own", "kept"),
    [
        ("109.99", "110.00", "110.00"),
        ("110.00", "110.00", "110.00"),
        ("110.01", "0.00", "110.01"),
    ],
)
def test_of_nursing_and_elder_care_the_higher_is_kept_cj_006(county, other, own, kept):
    answer = ask(county, NURSING, received=[{"kind": "elder_care_subsidy", "amount_month": other}])
    assert (answer["outcome"], answer["amount_month"], answer["kept_amount_month"]) == ("eligible", own, kept)
    assert answer["alerts"] == ["choose_higher"]


@pytest.mark.parametrize("overrides", [{"subsidy_std": None}, {"subsidy_std": {"living": None, "nursing": None}}])
@pytest.mark.parametrize("programme", [LIVING, NURSING])
def test_an_amount_that_is_not_set_is_never_made_up_cj_008(county, programme, overrides):
    answer = ask(county, programme, overrides=overrides)
    assert (answer["outcome"], answer["amount_month"]) == ("eligible", None)
    assert "subsidy_std" in answer["missing"]


@pytest.mark.parametrize(("hukou", "here"), [("513224", True), ("510101", False)])
def test_anybody_may_apply_here_but_the_county_of_the_register_pays_cj_009(county, hukou, here):
    answer = ask(county, LIVING, hukou_county=hukou)
    assert (answer["accept_here"], answer["pay_here"]) == (True, here)
    assert answer["alerts"] == ([] if here else ["transfer_to_hukou"])


def test_a_pack_without_a_county_cannot_say_who_pays_cj_009(county):
    answer = ask(county, LIVING, hukou_county="513224", overrides={"county_code": None})
    assert "pay_here" not in answer and answer["missing"] == ["county_code"]


def test_the_subsidy_is_paid_from_the_month_of_the_application_once_decided_cj_010(county):
    assert ask(county, LIVING, applied_on="2026-04-30", decided_on="2026-05-20")["pay_from"] == "2026-04"
    assert ask(county, LIVING, applied_on="2026-04-30")["pay_from"] is None
    assert ask(county, LIVING, [], applied_on="2026-04-30", decided_on="2026-05-20")["pay_from"] is None


def test_that_both_may_be_had_at_once_is_told_with_either_cj_003(county):
    members = [person(disabilities=[{"kind": 4, "grade": 1}])]
    facts = {"members": members, "certifications": certified("dibao"), **CARE}
    for programme in (LIVING, NURSING):
        assert assess(county, programme, facts)["outcome"] == "eligible"
        assert "CJ-003" in told_rules(county, programme, facts)
