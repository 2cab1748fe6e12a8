"""低保 and its amount: gap, bands, first month, and what a county that has set nothing leaves open."""

import pytest

from tests.policy.households import COUPLE, FOUR, assess, income, member


def dibao(county, yearly, overrides=None, members=FOUR, **question):
    return assess(county, "dibao", {"members": members, "incomes": [income(yearly)]}, overrides, **question)


@pytest.mark.parametrize(
    ("yearly", "amount"), [("7199.99", "1920.00"), ("7200.00", "1520.00"), ("14400.00", "1120.00"), ("0.00", "1920.00")]
)
def test_a_band_begins_at_its_lower_end_and_stops_before_its_upper_DB_078(county, yearly, amount):
    assert dibao(county, yearly)["amount_month"] == amount


def test_the_gap_is_summed_first_and_rounded_once_DB_078(county):
    three = [*COUPLE, member("m3", "20", "2012-06-01")]
    answer = dibao(county, "10000.00", {"benefit_mode": "gap"}, three)
    assert answer["amount_month"] == "966.67" and answer["per_capita_month"] == "277.78"


def test_half_a_fen_is_rounded_up_DB_078(county):
    assert dibao(county, "12000.06", {"benefit_mode": "gap"}, [member(), COUPLE[1]])["amount_month"] == "200.00"
    assert dibao(county, "0.06", {"benefit_mode": "gap"}, [member()])["amount_month"] == "600.00"


def test_an_amount_of_nothing_is_worth_a_word_DB_078(county):
    assert dibao(county, "28799.99", {"benefit_mode": "gap"})["alerts"] == ["zero_amount"]
    assert dibao(county, "28799.88", {"benefit_mode": "gap"})["alerts"] == []


@pytest.mark.parametrize(
    ("overrides", "missing"),
    [
        ({"band_table": None}, "band_table"),
        ({"band_table": []}, "band_table"),
        ({"benefit_mode": None}, "benefit_mode"),
    ],
)
def test_without_bands_the_family_is_eligible_for_an_amount_not_known_D_11(county, overrides, missing):
    answer = dibao(county, "16800.00", overrides)
    assert (answer["outcome"], answer["amount_month"], answer["missing"]) == ("eligible", None, [missing])


def test_no_bands_for_the_area_is_no_table_D_11(county):
    answer = assess(county, "dibao", {"area": "urban", "members": COUPLE})
    assert (answer["outcome"], answer["amount_month"], answer["missing"]) == ("eligible", None, ["band_table"])


def test_an_income_between_the_bands_has_no_amount_DB_078(county):
    bands = [
        {"area": "rural", "income_from": low, "income_to": high, "amount": "1.00", "effective_from": "2021-01-01"}
        for low, high in (("0.00", "100.00"), ("400.00", "600.00"))
    ]
    answer = dibao(county, "16800.00", {"band_table": bands})
    assert answer["amount_month"] is None and answer["missing"] == ["band_table"]


def test_a_newer_band_table_is_used_whole_from_its_first_pay_month_BZ_005(county):
    def row(low, high, amount, since):
        return {"area": "rural", "income_from": low, "income_to": high, "amount": amount, "effective_from": since}

    old = [row("0.00", "300.00", "400.00", "2021-01-01"), row("300.00", "600.00", "200.00", "2021-01-01")]
    overrides = {"band_table": [*old, row("0.00", "600.00", "500.00", "2026-07-01")]}
    assert dibao(county, "16800.00", overrides, decided_on="2026-05-31")["amount_month"] == "800.00"
    assert dibao(county, "16800.00", overrides, decided_on="2026-06-01")["amount_month"] == "2000.00"
    assert dibao(county, "16800.00", overrides)["amount_month"] == "800.00"


def test_a_gap_takes_the_first_pay_months_standard_and_who_is_eligible_the_acceptance_days_BZ_005(county):
    def row(amount, since, until):
        return {
            "programme": "dibao",
            "area": "rural",
            "unit": "month",
            "amount": amount,
            "effective_from": since,
            "effective_to": until,
            "doc_no": "T",
        }

    overrides = {
        "benefit_mode": "gap",
        "standards": [row("600.00", "2021-01-01", "2026-06-30"), row("650.00", "2026-07-01", None)],
    }
    answer = dibao(county, "16800.00", overrides, decided_on="2026-06-20")
    assert answer["amount_month"] == "1200.00" and answer["pay_from"] == "2026-07"
    assert dibao(county, "28800.00", overrides, decided_on="2026-06-20")["outcome"] == "not_eligible"


@pytest.mark.parametrize(("decided", "first"), [("2026-03-31", "2026-04"), ("2026-12-01", "2027-01"), (None, None)])
def test_money_is_paid_from_the_month_after_the_decision_DB_075(county, decided, first):
    question = {"decided_on": decided} if decided else {}
    assert dibao(county, "16800.00", **question)["pay_from"] == first


def test_a_refused_family_has_no_amount_and_no_first_month_DB_075(county):
    answer = dibao(county, "90000.00", decided_on="2026-06-20")
    assert answer["amount_month"] is None and answer["pay_from"] is None


def test_ages_are_those_of_the_judgement_day_RL_007(county):
    people = [member(), member("m2", "20", "2008-05-20", lives_with_family=False)]
    assert dibao(county, "3000.00", members=people)["member_count"] == 2
    assert dibao(county, "3000.00", members=people, as_of="2026-05-20")["member_count"] == 1
