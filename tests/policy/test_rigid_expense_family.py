"""刚性支出困难家庭: every condition of GX-001 at its boundary, and what counts as a necessary expense."""

import pytest

from tests.policy.households import COUPLE, assess, income


def rigid(county, expenses, yearly="30000.00", overrides=None, facts=None, **question):
    given = {"members": COUPLE, "incomes": [income(yearly)], "expenses": expenses, **(facts or {})}
    return assess(county, "rigid_expense_family", given, overrides, **question)


def spent(kind, amount, **more):
    return {"kind": kind, "amount": amount, **more}


@pytest.mark.parametrize(
    ("expense", "counts"),
    [
        (spent("living", "500.00"), "500.00"),
        (spent("other", "500.00"), "500.00"),
        (spent("medical", "500.00"), "0.00"),
        (spent("medical", "500.00", receipt=True), "500.00"),
        (spent("disability_rehab", "500.00"), "0.00"),
        (spent("disability_rehab", "500.00", receipt=True), "500.00"),
        (spent("education", "500.00", public_peer_amount="300.00"), "300.00"),
        (spent("education", "500.00", public_peer_amount="900.00"), "500.00"),
        (spent("education", "500.00", receipt=True), "0.00"),
    ],
)
def test_how_much_of_an_expense_counts_GX_002(county, expense, counts):
    assert rigid(county, [expense])["rigid_expense_total"] == counts


@pytest.mark.parametrize(("total", "outcome"), [("15000.00", "not_eligible"), ("15000.01", "eligible")])
def test_expenses_must_be_above_the_ratio_not_at_it_GX_001(county, total, outcome):
    assert rigid(county, [spent("living", total)])["outcome"] == outcome


@pytest.mark.parametrize(("yearly", "outcome"), [("39999.99", "eligible"), ("40000.00", "not_eligible")])
def test_income_a_head_must_be_below_the_disposable_one_GX_001(county, yearly, outcome):
    assert rigid(county, [spent("living", "39000.00")], yearly)["outcome"] == outcome


@pytest.mark.parametrize("programme", ["dibao", "dibao_single", "tekun", "edge_family"])
def test_families_already_certified_are_not_certified_again_GX_001(county, programme):
    enough = [spent("living", "20000.00")]

    def outcome(**more):
        facts = {"certifications": [{"programme_code": programme, **more}]}
        return rigid(county, enough, facts=facts)["outcome"]

    assert outcome() == "not_eligible"
    assert outcome(valid_until="2026-05-11") == "not_eligible"
    assert outcome(valid_until="2026-05-10") == "eligible"


def test_property_is_part_of_the_conditions_DB_042(county):
    answer = rigid(county, [spent("living", "20000.00")], facts={"property": {"vehicles": ["car"]}})
    assert answer["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("overrides", "missing"),
    [
        ({"rigid_ratio_threshold": None}, "rigid_ratio_threshold"),
        ({"prev_year_disposable_income": None}, "prev_year_disposable_income"),
        ({"prev_year_disposable_income": {"rural": None}}, "prev_year_disposable_income"),
    ],
)
def test_a_parameter_not_set_leaves_the_family_open_unless_another_condition_fails_GX_008(county, overrides, missing):
    enough = [spent("living", "20000.00")]
    answer = rigid(county, enough, overrides=overrides)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", [missing])
    car = {"property": {"vehicles": ["car"]}}
    assert rigid(county, enough, overrides=overrides, facts=car)["outcome"] == "not_eligible"


def test_the_certificate_lasts_twelve_months_from_the_decision_GX_006(county):
    answer = rigid(county, [spent("living", "20000.00")], decided_on="2027-02-28", accepted_on="2027-02-01")
    assert answer["valid_until"] == "2028-02-28"
    assert rigid(county, [spent("living", "20000.00")])["valid_until"] is None


def test_a_family_without_income_is_strained_by_any_expense_GX_001(county):
    assert rigid(county, [spent("living", "0.01")], "0.00")["outcome"] == "eligible"
    assert rigid(county, [], "0.00")["outcome"] == "not_eligible"
