"""惠民殡葬, 法律援助转介 and 司法救助转介: short programmes in which another body does the rest."""

import pytest

from tests.policy.assessing import assess, certified, failed, passed

ITEMS = [{"kind": "transport", "amount": "400.00"}, {"kind": "other", "amount": "900.00"}]


def funeral(county, rule, certifications=(), cremated=True, **more):
    facts = {"deceased_on": "2026-05-01", "cremated": cremated, "items": ITEMS, **more}
    case = {"funeral": facts, "certifications": list(certifications)}
    return assess(county, "funeral_relief", case, overrides={"funeral_rule": rule})


@pytest.mark.parametrize(
    ("rule", "amount"), [({"mode": "waive"}, "400.00"), ({"mode": "subsidy", "amount": "1500.00"}, "1500.00")]
)
def test_listed_services_are_waived_or_a_fixed_sum_is_paid_qt_004(county, rule, amount):
    answer = funeral(county, rule)
    assert (answer["amount_once"], answer["covered_items"]) == (amount, ["transport"])


@pytest.mark.parametrize("rule", [None, {"mode": "subsidy"}])
def test_a_rule_that_is_not_set_leaves_the_amount_open_qt_004(county, rule):
    answer = funeral(county, rule)
    assert (answer["outcome"], answer["amount_once"]) == ("eligible", None)
    assert "funeral_rule" in answer["missing"]


def test_only_cremations_are_helped_qt_004(county):
    answer = funeral(county, {"mode": "waive"}, cremated=False)
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"QT-004"} and answer["covered_items"] == []


@pytest.mark.parametrize(("until", "alerts"), [("2026-05-01", ["tekun_funeral"]), ("2026-04-30", [])])
def test_who_died_in_tekun_is_buried_by_another_rule_tk_053(county, until, alerts):
    assert funeral(county, {"mode": "waive"}, certified("tekun", valid_until=until))["alerts"] == alerts
    assert funeral(county, None, certified("tekun", valid_until=until), cremated=False)["alerts"] == alerts


def test_a_death_after_the_day_of_judgement_is_impossible(county):
    assert funeral(county, None, deceased_on="2026-05-12")["error"]["code"] == "bad_value"


def legal(county, matter="social_assistance", certifications=(), **question):
    facts = {"legal": {"matter": matter}, "certifications": list(certifications)}
    return assess(county, "legal_aid_referral", facts, **question)


def test_the_seven_days_run_from_the_application_or_else_the_acceptance_qt_001(county):
    answer = legal(county, applied_on="2026-04-24")
    assert (answer["raw_due"], answer["due"]) == ("2026-05-01", "2026-05-06")
    assert legal(county)["due"] == "2026-05-18"


def test_a_year_without_a_calendar_is_told_rl_005(county):
    answer = legal(county, applied_on="2027-01-01")
    assert answer["provisional"] is True and answer["alerts"] == ["provisional_calendar"]


@pytest.mark.parametrize("code", ["tekun", "dibao_single", "edge_family", "rigid_expense_family", "orphan"])
def test_recognised_people_need_not_prove_their_means_qt_001(county, code):
    answer = legal(county, "support_payment", certified(code))
    assert answer["means_check_exempt"] is True and answer["documents_due"] == ["identity_certificate"]


def test_others_must_prove_them_qt_001(county):
    answer = legal(county, certifications=certified("disability_living"))
    assert answer["means_check_exempt"] is False and answer["documents_due"] == []


def test_other_matters_are_for_the_legal_aid_office_qt_001(county):
    answer = legal(county, "other", certified("de_facto_orphan"))
    assert answer["outcome"] == "manual_review" and answer["means_check_exempt"] is True
    assert "refer_to" not in answer and "due" not in answer


def judicial(county, certifications=(), **facts):
    case = {"judicial": {"case_kind": "criminal", **facts}, "certifications": list(certifications)}
    return assess(county, "judicial_aid_referral", case)


@pytest.mark.parametrize("poor", [{"hardship": True}, {"certifications": certified("edge_family")}])
def test_the_harmed_and_poor_without_compensation_go_to_the_court_qt_002(county, poor):
    answer = judicial(county, harmed=True, family_of_criminal_case=True, **poor)
    assert (answer["outcome"], answer["refer_to"], passed(answer)) == ("refer", "court", {"QT-002"})


@pytest.mark.parametrize("fact", [{"compensated": True}, {"harmed": False}, {"hardship": False}])
def test_families_of_criminal_cases_are_helped_here_qt_002(county, fact):
    answer = judicial(county, family_of_criminal_case=True, **{"harmed": True, "hardship": True, **fact})
    assert (answer["outcome"], answer["refer_to"]) == ("refer", "civil_affairs")
    assert answer["measures"] == ["assistance", "counselling", "mediation"]


def test_the_family_of_a_civil_case_is_not_qt_002(county):
    answer = judicial(county, case_kind="civil", family_of_criminal_case=True)
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"QT-002"}


def test_orphans_are_not_poor_by_that_alone_qt_002(county):
    assert judicial(county, certified("orphan"), harmed=True)["outcome"] == "not_eligible"
