"""高龄津贴: from which birthday on, by which row, from which month."""

import pytest

from tests.policy.assessing import assess, failed, person

ROWS = [
    {"age_from": 80, "age_to": 89, "amount": "50.00", "effective_from": "2021-01-01"},
    {"age_from": 80, "age_to": 89, "amount": "60.00", "effective_from": "2026-05-11"},
    {"age_from": 80, "age_to": 89, "amount": "99.00", "effective_from": "2026-05-12"},
    {"age_from": 90, "age_to": 99, "amount": "100.00", "effective_from": "2021-01-01"},
    {"age_from": 100, "amount": "300.00", "effective_from": "2021-01-01"},
]


def ask(county, birth_date, rows=ROWS, rule="birthday_month"):
    overrides = {"elder_std": rows, "elder_start_rule": rule}
    return assess(county, "elder_allowance", {"members": [person(birth_date)]}, overrides=overrides)


@pytest.mark.parametrize(
    ("birth_date", "band", "amount"),
    [
        ("1946-05-11", "80-89", "60.00"),
        ("1936-05-12", "80-89", "60.00"),
        ("1936-05-11", "90-99", "100.00"),
        ("1926-05-11", "100+", "300.00"),
        ("1910-01-01", "100+", "300.00"),
    ],
)
def test_the_newest_row_of_the_age_counts_ln_001(county, birth_date, band, amount):
    answer = ask(county, birth_date)
    assert (answer["outcome"], answer["age_band"], answer["amount_month"]) == ("eligible", band, amount)


def test_the_day_before_the_80th_birthday_is_too_early_ln_001(county):
    answer = ask(county, "1946-05-12")
    assert answer["outcome"] == "not_eligible" and failed(answer) == {"LN-001"}


@pytest.mark.parametrize(("rule", "first"), [("birthday_month", "2025-12"), ("next_month", "2026-01")])
def test_the_county_says_whether_the_birthdays_month_is_paid_ln_002(county, rule, first):
    assert ask(county, "1945-12-31", rule=rule)["pay_from"] == first


def test_what_the_county_has_not_set_is_named_and_hinders_nobody_ln_001_ln_002(county):
    answer = ask(county, "1946-01-01", rows=None, rule=None)
    assert (answer["outcome"], answer["amount_month"], answer["pay_from"]) == ("eligible", None, None)
    assert set(answer["missing"]) == {"elder_std", "elder_start_rule"}


def test_an_age_between_the_rows_has_no_amount_ln_001(county):
    answer = ask(county, "1930-01-01", rows=ROWS[:3])
    assert answer["amount_month"] is None and answer["missing"] == ["elder_std"]
