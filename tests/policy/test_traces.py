"""The trace names the rule behind each working of a programme, and the working comes out as that rule says."""

import pytest

from tests.policy.assessing import assess, certified, person, told_rules
from tests.policy.households import COUPLE, income

BILL = {"total": "20000.00", "out_of_policy": "1000.00", "basic_paid": "12000.00", "critical_paid": "2000.00"}
PUPIL = person("2011-03-01", education={"stage": "senior_high", "full_time": True})
TAUGHT = {"on": "2026-04-20", "conclusion": "home_teaching"}
UNEMPLOYED = person("1981-01-01", sex="1")
POST = {"member": "m1", "kind": "public_post_agreement", "from": "2026-01-01"}
TRANSITION = {"stage": "transition", "affected": True, "persons": 4, "from": "2026-06-01", "to": "2026-06-30"}
RATES = [
    {"stage": "transition", "amount": "15.00", "effective_from": "2021-01-01"},
    {"stage": "transition", "amount": "20.00", "effective_from": "2026-05-11"},
    {"stage": "transition", "amount": "99.00", "effective_from": "2026-05-12"},
]
ELDER = {
    "elder_std": [{"age_from": 80, "age_to": 89, "amount": "60.00", "effective_from": "2021-01-01"}],
    "elder_start_rule": "next_month",
}


def medical(kind, **bill):
    return {"certifications": certified(kind), "medical": BILL | bill}


def taught(born, **more):
    child = person(born, disabilities=[{"kind": 5, "grade": 1}])
    base = {"members": [child], "school_year_start": "2026-09-01", "can_attend_school": False}
    return base | {"committee_assessment": TAUGHT} | more


def disabled(kind, grade, **more):
    return {"members": [person(disabilities=[{"kind": kind, "grade": grade}])], **more}


def old(born, **more):
    return {"members": [person(born)], "certifications": certified("dibao"), **more}


@pytest.mark.parametrize(
    ("rule", "programme", "facts", "more", "expected"),
    [
        (
            "02.3",
            "tekun",
            {
                "area": "rural",
                "members": [person("1950-01-01")],
                "self_care": dict.fromkeys(("eat", "dress", "bed_transfer", "toilet", "indoor_walk"), False)
                | {"bathe": True},
            },
            {},
            {"self_care_level": "none"},
        ),
        (
            "LS-008",
            "stranded_person",
            {"stranded": {"circumstance": "trafficked", "found_at": "2026-05-10T08:00"}},
            {},
            {"outcome": "eligible"},
        ),
        (
            "ZH-038",
            "disaster_relief",
            {"disaster": TRANSITION},
            {"overrides": {"disaster_std": RATES}},
            {"amount_once": "2400.00"},
        ),
        ("YL-005", "medical_aid", medical("dibao", paid_ytd="29000.00"), {}, {"amount_once": "1000.00"}),
        ("YL-006", "medical_aid", medical("edge_family"), {}, {"amount_once": "1800.00"}),
        ("YL-007", "medical_aid", medical("dibao"), {}, {"amount_once": "3500.00", "self_pay": "2500.00"}),
        ("YL-008", "medical_aid", medical("tekun"), {}, {"channel": "direct"}),
        ("YL-008", "medical_aid", medical("rigid_expense_family"), {}, {"channel": "township"}),
        (
            "YL-012",
            "medical_aid",
            medical("edge_family"),
            {"overrides": {"medical_warn_self_pay": "4200.00"}},
            {"alerts": ["likely_eligible"]},
        ),
        (
            "JY-002",
            "education_aid",
            {"members": [PUPIL], "certifications": certified("dibao"), "existing_aid": ["grant"]},
            {},
            {"outcome": "eligible", "stackable": True},
        ),
        (
            "JY-003",
            "education_aid",
            {"members": [PUPIL], "certifications": certified("dibao")},
            {},
            {"documents_due": ["identity_certificate"]},
        ),
        (
            "JY-004",
            "education_aid",
            {"members": [PUPIL], "certifications": [], "listed_last_term": True},
            {},
            {"push": "remove"},
        ),
        ("JY-011", "home_teaching", taught("2010-09-01"), {"accepted_on": "2026-09-01"}, {"outcome": "manual_review"}),
        ("JY-011", "home_teaching", taught("2010-09-02"), {"accepted_on": "2026-09-02"}, {"outcome": "eligible"}),
        (
            "JY-012",
            "home_teaching",
            taught("2012-01-01", committee_assessment=TAUGHT | {"conclusion": "can_attend"}),
            {},
            {"outcome": "not_eligible"},
        ),
        (
            "ZF-004",
            "housing_aid",
            {"area": "rural", "house_grade": "C", "certifications": certified("dibao")},
            {},
            {"measure": "repair"},
        ),
        (
            "ZF-004",
            "housing_aid",
            {"area": "rural", "house_grade": "B", "certifications": certified("dibao")},
            {},
            {"outcome": "not_eligible"},
        ),
        (
            "ZF-007",
            "housing_aid",
            {"area": "rural", "house_grade": "D", "certifications": certified("tekun", care_mode="centralized")},
            {},
            {"outcome": "not_eligible"},
        ),
        (
            "ZY-002",
            "employment_aid",
            {"members": [UNEMPLOYED], "certifications": certified("dibao")},
            {},
            {"zero_employment_family": True, "employment_state": "found"},
        ),
        (
            "ZY-003",
            "employment_aid",
            {"members": [UNEMPLOYED], "certifications": certified("dibao"), "employment_events": [POST]},
            {},
            {"employment_state": "cleared"},
        ),
        (
            "CJ-005",
            "disability_living",
            disabled(4, 4, certifications=certified("dibao", "orphan")),
            {},
            {"amount_month": "0.00"},
        ),
        (
            "CJ-006",
            "disability_nursing",
            disabled(4, 2, care_since="2025-01-01", received=[{"kind": "elder_care_subsidy", "amount_month": "80.01"}]),
            {},
            {"kept_amount_month": "80.01", "alerts": ["choose_higher"]},
        ),
        (
            "CJ-008",
            "disability_living",
            disabled(4, 4, certifications=certified("dibao")),
            {},
            {"amount_month": "100.00"},
        ),
        ("CJ-008", "disability_nursing", disabled(4, 1, care_since="2025-01-01"), {}, {"amount_month": "110.00"}),
        (
            "CJ-009",
            "disability_living",
            disabled(4, 4, certifications=certified("dibao"), hukou_county="510100"),
            {},
            {"accept_here": True, "pay_here": False, "alerts": ["transfer_to_hukou"]},
        ),
        (
            "CJ-010",
            "disability_living",
            disabled(4, 4, certifications=certified("dibao")),
            {"applied_on": "2026-03-31", "decided_on": "2026-05-20"},
            {"pay_from": "2026-03"},
        ),
        (
            "LN-002",
            "elder_allowance",
            {"members": [person("1946-05-11")]},
            {"overrides": ELDER},
            {"pay_from": "2026-06"},
        ),
        (
            "LN-005",
            "home_elder_care",
            old("1960-01-01", ability_score=66),
            {},
            {"outcome": "manual_review", "ability_level": "mild"},
        ),
        (
            "LN-005",
            "home_elder_care",
            old("1960-01-01", ability_score=65),
            {},
            {"outcome": "eligible", "ability_level": "moderate"},
        ),
        (
            "LN-006",
            "home_elder_care",
            old("1960-01-01", self_care={"eat": False}),
            {},
            {"outcome": "cannot_decide", "missing": ["ability_score"]},
        ),
        (
            "ET-005",
            "de_facto_orphan",
            {
                "members": [person("2016-05-05")],
                "parents": [
                    {"relation": "51", "deceased_on": "2020-01-01"},
                    {"relation": "52", "statuses": [{"kind": "expelled"}]},
                ],
                "received": [{"kind": "dibao_share", "amount_month": "300.00"}],
            },
            {},
            {"amount_month": "900.00"},
        ),
        (
            "ET-008",
            "left_behind_child",
            {
                "members": [person("2010-05-12")],
                "parents": [
                    {"relation": "51", "working_away": True},
                    {"relation": "52", "able_to_guard": False},
                ],
            },
            {},
            {"outcome": "eligible"},
        ),
        ("QT-001", "legal_aid_referral", {"legal": {"matter": "other"}}, {}, {"outcome": "manual_review"}),
    ],
)
def test_a_working_names_its_rule(county, rule, programme, facts, more, expected):
    answer = assess(county, programme, facts, **more)
    assert {key: answer.get(key) for key in expected} == expected
    assert rule in told_rules(county, programme, facts, **more)


def test_the_two_disability_subsidies_never_count_as_income_CJ_007(county):
    facts = {"area": "rural", "members": COUPLE, "incomes": [income("6000.00", "disability_two_subsidies")]}
    assert assess(county, "dibao", facts)["per_capita_month"] == "0.00", "CJ-007"
