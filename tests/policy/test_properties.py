"""What must hold of any household: more income never pays more, order never matters, lines are strict, old is old."""

from copy import deepcopy
from fractions import Fraction
from math import ceil

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from desktop.policy.engine import answer_question
from desktop.policy.pack import CountyPack
from tests.policy.conftest import DATA
from tests.policy.households import assess, income, member

FAMILY_PROGRAMMES = ("dibao", "edge_family", "rigid_expense_family", "temp_expense")
COUNTABLE = ("wage", "business_net", "property_net", "transfer_net", "other_counted", "personal_account_pension")
KINDS = (*COUNTABLE, "pref_pension", "scholarship", "social_insurance_benefit", "elder_allowance")
OVERRIDES = {
    "elder_allowance_counted": True,
    "employment_cost_rule": {"mode": "per_month_per_person", "amount": "150.00"},
    "income_disregard_rule": {"mode": "ratio_of_wage", "ratio": "0.20"},
    "rigid_deduct_rule": {"mode": "receipts"},
}

fen = st.integers(0, 6_000_000)


def yuan(amount):
    return f"{amount // 100}.{amount % 100:02d}"


@st.composite
def people(draw):
    """One to five people; the applicant first."""
    others = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "relation": st.sampled_from(["12", "20", "30", "51", "61", "71", "28"]),
                    "birth_date": st.sampled_from(
                        ["1940-02-29", "1966-11-23", "1990-01-01", "2008-05-11", "2012-06-01"]
                    ),
                    "employed": st.booleans(),
                    "lives_with_family": st.booleans(),
                    "statuses": st.sampled_from([[], [{"kind": "in_prison", "since": "2025-01-01"}]]),
                }
            ),
            max_size=4,
        )
    )
    applicant = member(born=draw(st.sampled_from(["1950-01-01", "1976-03-01"])), employed=draw(st.booleans()))
    return [applicant, *({"ref": f"o{number}", **other} for number, other in enumerate(others))]


@st.composite
def families(draw):
    """Facts of a family with income, property and expenses."""
    members = draw(people())
    refs = st.sampled_from([person["ref"] for person in members])
    incomes = st.builds(
        lambda kind, amount, ref: income(yuan(amount), kind, **({"member": ref} if ref else {})),
        st.sampled_from(KINDS),
        fen,
        st.none() | refs,
    )
    expenses = st.builds(
        lambda kind, amount, receipt: {"kind": kind, "amount": yuan(amount), "receipt": receipt},
        st.sampled_from(["living", "medical", "education"]),
        fen,
        st.booleans(),
    )
    return {
        "members": members,
        "incomes": draw(st.lists(incomes, max_size=4)),
        "expenses": draw(st.lists(expenses, max_size=2)),
        "property": {"financial_assets": yuan(draw(fen)), "houses": draw(st.integers(0, 3))},
    }


def paid(answer):
    """The monthly amount in fen; nothing for who is not eligible."""
    amount = answer.get("amount_month")
    return int(amount.replace(".", "")) if answer["outcome"] == "eligible" and amount is not None else 0


def told(answer):
    """An answer without words and without the order of its lists."""
    values = {key: value for key, value in answer.items() if key not in ("reasons", "excluded")}
    return {
        **values,
        "alerts": sorted(answer["alerts"]),
        "missing": sorted(answer["missing"]),
        "reasons": sorted((one["rule_id"], one["passed"]) for one in answer["reasons"]),
        "excluded": sorted((one["ref"], one["code"]) for one in answer.get("excluded", [])),
    }


@pytest.mark.parametrize("mode", ["gap", "banded"])
@given(facts=families(), kind=st.sampled_from(COUNTABLE), amount=fen, data=st.data())
@settings(max_examples=60, deadline=None)
def test_more_countable_income_never_pays_more_DB_078(county, mode, facts, kind, amount, data):
    ref = data.draw(st.none() | st.sampled_from([person["ref"] for person in facts["members"]]))
    more = income(yuan(amount), kind, **({"member": ref} if ref else {}))
    overrides = {**OVERRIDES, "benefit_mode": mode}
    before = assess(county, "dibao", facts, overrides)
    after = assess(county, "dibao", {**facts, "incomes": [*facts["incomes"], more]}, overrides)
    assert paid(after) <= paid(before)


@pytest.mark.parametrize("programme", ["dibao", "rigid_expense_family", "temp_expense", "tekun"])
@given(facts=families(), amount=fen)
@settings(max_examples=40, deadline=None)
def test_more_income_never_makes_eligible_DB_079_GX_001_LS_003_TK_002(county, programme, facts, amount):
    before = assess(county, programme, facts, OVERRIDES)
    richer = {**facts, "incomes": [*facts["incomes"], income(yuan(amount), member="m1")]}
    assert before["outcome"] == "eligible" or assess(county, programme, richer, OVERRIDES)["outcome"] != "eligible"


@pytest.mark.parametrize("programme", FAMILY_PROGRAMMES)
@given(facts=families(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_members_and_incomes_never_matters_01_2_01_4(county, programme, facts, data):
    shuffled = {
        **facts,
        "members": data.draw(st.permutations(facts["members"])),
        "incomes": data.draw(st.permutations(facts["incomes"])),
        "expenses": data.draw(st.permutations(facts["expenses"])),
    }
    assert told(assess(county, programme, facts, OVERRIDES)) == told(assess(county, programme, shuffled, OVERRIDES))


@given(facts=families(), data=st.data())
@settings(max_examples=40, deadline=None)
def test_the_order_of_obligors_and_other_people_never_matters_TK_003(county, facts, data):
    obligors = [
        {"relation": "20", "birth_date": "1980-01-01", "certifications": ["tekun"]},
        {"relation": "51", "birth_date": "1940-01-01"},
        {
            "relation": "71",
            "birth_date": "1940-01-01",
            "income_year": "9.00",
            "disabilities": [{"kind": 7, "grade": 3}],
        },
    ]
    first, *others = facts["members"]
    shuffled = {
        **facts,
        "members": [first, *data.draw(st.permutations(others))],
        "incomes": data.draw(st.permutations(facts["incomes"])),
        "obligors": data.draw(st.permutations(obligors)),
    }
    given_order = told(assess(county, "tekun", {**facts, "obligors": obligors}))
    assert given_order == told(assess(county, "tekun", shuffled))


@given(standard=st.integers(30_000, 200_000), heads=st.integers(1, 6), multiplier=st.sampled_from(["1.2", "1.5", "2"]))
@settings(max_examples=60, deadline=None)
def test_income_at_a_line_is_not_below_it_whatever_the_standard_DB_079_BY_001(county, standard, heads, multiplier):
    row = {
        "programme": "dibao",
        "area": "unified",
        "unit": "month",
        "amount": yuan(standard),
        "effective_from": "2021-01-01",
        "doc_no": "T",
    }
    overrides = {"standards": [row], "edge_multiplier": multiplier}
    members = [member(), *(member(f"o{number}", "20", "2012-06-01") for number in range(heads - 1))]
    line = standard * heads * 12
    top = ceil(line * Fraction(multiplier))

    def category(yearly):
        facts = {"members": members, "incomes": [income(yuan(yearly))]}
        return assess(county, "dibao", facts, overrides)["category"]

    found = [category(yearly) for yearly in (line - 1, line, top - 1, top)]
    assert found == ["dibao", "edge_family", "edge_family", None]


def later(raw):
    """The pack as it became: everything that has a date got a newer row, and parameters without one stayed."""
    new = deepcopy(raw)
    for table in ("standards", "band_table", "care_table"):
        rows = [{**row, "amount": "1.00", "effective_from": "2027-01-01"} for row in raw[table]]
        for row in new[table]:
            if "effective_to" in row:
                row["effective_to"] = "2026-12-31"
        new[table] += rows
    new["approval_delegated"] = [{**row, "effective_to": "2026-12-31"} for row in raw["approval_delegated"]]
    return {**new, "pack_version": "test-2"}


RAW = msgspec.json.decode((DATA / "fixture_pack.json").read_bytes())
OLD, NEW = CountyPack.read(RAW), CountyPack.read(later(RAW))


@pytest.mark.parametrize("programme", [*FAMILY_PROGRAMMES, "tekun", "temp_nonlocal"])
@given(facts=families())
@settings(max_examples=25, deadline=None)
def test_an_old_case_has_its_old_answer_in_a_pack_that_only_grew_BZ_005(programme, facts):
    question = {"decided_on": "2026-11-30", "township_code": "513224100"}
    assert told(assess(OLD, programme, facts, **question)) == told(assess(NEW, programme, facts, **question))


@given(facts=families(), other=families())
@settings(max_examples=25, deadline=None)
def test_asking_again_with_the_packs_own_version_gives_the_same_answer_to_the_letter_BZ_005(facts, other):
    question = {
        "id": "q",
        "ask": "assess",
        "programme_code": "dibao",
        "accepted_on": "2026-05-11",
        "facts": {"area": "rural", **facts},
    }
    first = answer_question(OLD, question)
    assume("error" not in first)
    answer_question(NEW, {**question, "facts": {"area": "rural", **other}, "overrides": {"standards": []}})
    assert answer_question(CountyPack.read(deepcopy(RAW)), question) == first == answer_question(OLD, question)
