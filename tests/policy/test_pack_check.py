"""Ask `pack_check`: for what a county pack is refused, what is odd about it, what it leaves open."""

import msgspec
import pytest

import resources
from desktop.policy.engine import answer_question
from desktop.policy.pack import CountyPack

BAND = {"area": "rural", "effective_from": "2021-01-01", "amount": "1.00"}


def standard(programme="dibao", area="rural", amount="600.00", begins="2021-01-01", ends=None, unit="month"):
    return {"programme": programme, "area": area, "unit": unit, "amount": amount, "effective_from": begins,
            "effective_to": ends, "doc_no": "演练-1"}  # fmt: skip


def ask(county, **overrides):
    return answer_question(county, {"id": "q", "ask": "pack_check", "overrides": overrides})


def errors(county, **overrides):
    answer = ask(county, **overrides)
    assert answer["ok"] is not bool(answer["errors"])
    return [(error["rule_id"], error["key"]) for error in answer["errors"]]


def test_the_fixture_pack_is_in_order_and_says_what_it_leaves_open(county):
    answer = ask(county)
    assert (answer["ok"], answer["errors"], answer["warnings"]) == (True, [], [])
    assert {"elder_std", "basic_pension_excluded", "prev_year_disposable_income.urban"} <= set(answer["missing"])
    assert "standards" not in answer["missing"] and "approval_delegated" not in answer["missing"]


def test_tekun_support_is_at_least_13_tenths_of_dibao_TK_051(county):
    assert errors(county, standards=[standard(), standard("tekun_basic", amount="780.00")]) == []
    low = errors(county, standards=[standard(), standard("tekun_basic", amount="779.99")])
    assert low == [("TK-051", "standards")]
    assert errors(county, standards=[standard(), standard("tekun_basic", "urban", "700.00")]) == []
    assert errors(county, standards=[standard(), standard("tekun_basic", "unified", "700.00")]) == low
    yearly = [standard(), standard("tekun_basic", amount="9359.99", unit="year")]
    assert errors(county, standards=yearly) == low


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        ([standard(ends="2025-12-31"), standard(begins="2026-01-01")], False),
        ([standard(ends="2025-12-31"), standard(begins="2026-01-02")], True),
        ([standard(ends="2026-01-01"), standard(begins="2026-01-01")], True),
        ([standard(), standard(begins="2026-01-01")], True),
        ([standard(ends="2025-12-31"), standard(area="unified", begins="2026-01-01")], False),
        ([standard(), standard(area="unified")], True),
        ([standard(), standard(area="urban")], False),
        ([standard(ends="2020-12-31")], True),
        ([standard(ends="9999-12-31")], False),
    ],
)
def test_standards_follow_each_other_without_gap_or_overlap_BZ_004_BZ_003(county, rows, broken):
    assert errors(county, standards=rows) == ([("BZ-004", "standards")] if broken else []), "BZ-004"


@pytest.mark.parametrize(
    ("floor", "begins", "broken"),
    [("600.00", "2021-01-01", False), ("600.01", "2021-01-01", True), ("600.01", "2027-01-01", True)],
)
def test_no_standard_is_below_the_provinces_floor_BZ_001_BZ_002(county, floor, begins, broken):
    floors = [{"area": "rural", "unit": "month", "amount": floor, "effective_from": begins}]
    found = errors(county, standards=[standard()], provincial_floor=floors)
    assert found == ([("BZ-004", "standards")] if broken else [])


def test_a_floor_that_has_been_replaced_no_longer_binds(county):
    floors = [
        {"area": "rural", "unit": "month", "amount": "700.00", "effective_from": "2015-01-01"},
        {"area": "rural", "unit": "year", "amount": "7200.00", "effective_from": "2021-01-01"},
    ]
    assert errors(county, standards=[standard()], provincial_floor=floors) == []


@pytest.mark.parametrize("category", ["tekun", "dibao"])
def test_medical_aid_pays_the_two_at_least_70_per_cent_YL_004(county, category):
    assert errors(county, medical={category: {"ratio": "0.6999"}}) == [("YL-004", f"medical.{category}.ratio")]
    assert errors(county, medical={"edge_family": {"ratio": "0.10"}}) == []


def test_tekun_peoples_contribution_is_paid_in_full_YL_002(county):
    def enrol(category, mode):
        return [{"category": category, "year": 2026, "mode": mode, "amount": "100.00"}]

    assert errors(county, enrol_subsidy=enrol("tekun", "fixed")) == [("YL-002", "enrol_subsidy")], "YL-002"
    assert errors(county, enrol_subsidy=enrol("dibao", "fixed")) == []


@pytest.mark.parametrize(
    ("overrides", "error"),
    [
        ({"notice_days": {"default": 6}}, ("DB-070", "notice_days.default")),
        ({"notice_days": {"board": 14}}, ("09.1", "notice_days.board")),
        ({"reserve_per_capita": "1.99"}, ("LS-040", "reserve_per_capita")),
    ],
)
def test_days_and_reserves_have_their_least(county, overrides, error):
    assert errors(county, **overrides) == [error]


@pytest.mark.parametrize(
    ("spans", "broken"),
    [
        ((("0.00", "1.00"), ("1.00", "2.00")), False),
        ((("1.00", "2.00"), ("0.00", "1.00")), False),
        ((("0.00", "1.00"), ("1.01", "2.00")), True),
        ((("0.00", "1.00"), ("0.99", "2.00")), True),
        ((("1.00", "1.00"),), True),
    ],
)
def test_bands_adjoin_DB_078(county, spans, broken):
    table = [{**BAND, "income_from": begins, "income_to": ends} for begins, ends in spans]
    assert errors(county, band_table=table) == ([("DB-078", "band_table")] if broken else []), "DB-078"


def test_a_lowered_standard_is_worth_a_word_BZ_006(county):
    rows = [standard(ends="2025-12-31"), standard(begins="2026-01-01", amount="599.99")]
    assert ask(county, standards=rows)["warnings"] == ["standard_lowered"], "BZ-006"


@pytest.mark.parametrize(
    ("amount", "odd"), [("299.99", True), ("300.00", False), ("2000.00", False), ("2000.01", True)]
)
def test_an_unlikely_standard_is_worth_a_word_08_2(county, amount, odd):
    found = ask(county, standards=[standard(amount=amount)])["warnings"]
    assert found == (["standard_out_of_usual_range"] if odd else [])


def test_a_removed_key_and_a_rule_without_its_amount_are_missing_and_no_error_08_3(county):
    answer = ask(county, medical=None, employment_cost_rule={"mode": "per_month_per_person"})
    assert answer["ok"] is True and {"medical", "employment_cost_rule.amount"} <= set(answer["missing"]), "08.3"


def test_the_empty_pack_breaks_no_rule_and_sets_nothing():
    empty = CountyPack.read(msgspec.json.decode(resources.read_bytes("policy", "empty_pack.json")))
    answer = ask(empty)
    assert answer["ok"] is True and {"standards", "notice_days", "labour_age"} <= set(answer["missing"])
