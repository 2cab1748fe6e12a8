"""Ask `duplicate_check`: the same person, bill, house or cause helped twice."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.codes import ProgrammeCode
from desktop.policy.engine import answer_question
from desktop.policy.transitions import LIVE

ME, OTHER = "513299198002159011", "513299198002159038"


def record(case_id, programme="dibao", status="paying", id_number=ME, **facts):
    return {"case_id": case_id, "id_number": id_number, "programme_code": programme, "status": status, **facts}


def ask(county, *records):
    return answer_question(county, {"id": "q", "ask": "duplicate_check", "records": list(records)})


@pytest.mark.parametrize(
    ("one", "other", "barred"),
    [
        ("dibao", "tekun", True),
        ("dibao_single", "tekun", True),
        ("tekun", "disability_living", True),
        ("disability_nursing", "tekun", True),
        ("orphan", "de_facto_orphan", True),
        ("orphan", "tekun", True),
        ("tekun", "de_facto_orphan", True),
        ("dibao", "disability_living", False),
        ("disability_living", "disability_nursing", False),
        ("dibao", "orphan", False),
    ],
)
def test_some_programmes_exclude_each_other_for_one_person_ZT_043(county, one, other, barred):
    answer = ask(county, record("a1", one), record("a2", other))
    assert (answer["ok"], answer["blocking"]) == (not barred, ["ZT-043"] if barred else [])
    assert ask(county, record("a1", one), record("a2", other, id_number=OTHER))["conflicts"] == []


def test_only_live_cases_exclude_each_other(county):
    for status in LIVE:
        assert ask(county, record("a1"), record("a2", "tekun", status))["ok"] is False
    for status in ("terminated", "reported", "refused"):
        assert ask(county, record("a1"), record("a2", "tekun", status))["ok"] is True


def test_one_person_is_known_however_the_number_was_typed(county):
    small = record("a1", id_number="11010519491231002x ")
    assert ask(county, small, record("a2", "tekun", id_number="11010519491231002X"))["ok"] is False


@pytest.mark.parametrize(
    ("bill", "barred"),
    [
        ({"no": "001", "amount": "5.00"}, True),
        ({"no": "001", "amount": "5.01"}, False),
        ({"no": "002", "amount": "5.00"}, False),
    ],
)
def test_a_bill_stands_in_one_case_only_whoevers_it_is_EV_R5(county, bill, barred):
    first = record("a1", invoices=[{"no": "001", "amount": "5.00"}])
    answer = ask(county, first, record("a2", "medical_aid", "draft", OTHER, invoices=[bill]))
    assert answer["blocking"] == (["EV-R5"] if barred else []), "EV-R5"
    assert ask(county, first, record("a1", invoices=[bill]))["blocking"] == []


@pytest.mark.parametrize(
    ("facts", "warned"),
    [
        ({}, True),
        ({"measure": "repair"}, False),
        ({"house_id": "h2"}, False),
        ({"programme": "disaster_relief"}, False),
        ({"event_id": "e1"}, True),
        ({"event_id": "e2"}, False),
    ],
)
def test_a_house_rebuilt_twice_is_worth_a_word_ZH_030(county, facts, warned):
    house = {"house_id": "h1", "measure": "rebuild"}
    other = {"programme": "housing_aid", "id_number": OTHER, **house, **facts}
    answer = ask(county, record("a1", "disaster_relief", event_id="e1", **house), record("a2", **other))
    assert (answer["ok"], answer["warnings"]) == (True, ["ZH-030"] if warned else [])


@pytest.mark.parametrize(
    ("day", "facts", "warned"),
    [
        ("2027-01-09", {}, True),
        ("2027-01-10", {}, False),
        ("2025-01-11", {}, True),
        ("2025-01-10", {}, False),
        ("2026-03-01", {"cause_code": "traffic"}, False),
        ("2026-03-01", {"programme": "medical_aid"}, False),
        ("2026-03-01", {"programme": "temp_expense"}, True),
        ("2026-03-01", {"id_number": OTHER}, False),
    ],
)
def test_a_cause_helped_again_within_a_year_is_worth_a_word_LS_029(county, day, facts, warned):
    first = record("a1", "temp_emergency", "archived", cause_code="fire", decided_on="2026-01-10")
    again = {"programme": "temp_emergency", "cause_code": "fire", "decided_on": day, **facts}
    assert ask(county, first, record("a2", **again))["warnings"] == (["LS-029"] if warned else []), "LS-029"


def test_every_pair_in_conflict_is_named(county):
    answer = ask(county, record("a1"), record("a2", "tekun"), record("a3", "disability_living"))
    assert [conflict["case_ids"] for conflict in answer["conflicts"]] == [["a1", "a2"], ["a2", "a3"]]


CASES = st.lists(st.tuples(st.sampled_from(get_args(ProgrammeCode)), st.sampled_from((ME, OTHER))), max_size=6)


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_never_matters(county, cases, random):
    records = [record(f"a{place}", programme, id_number=who) for place, (programme, who) in enumerate(cases)]
    shuffled = random.sample(records, len(records))

    def pairs(told):
        return {frozenset(conflict["case_ids"]) for conflict in ask(county, *told)["conflicts"]}

    assert pairs(records) == pairs(shuffled)
