"""Who counts as the family (01 §2): one test a line of the table, and the two rules on applicants and halves."""

from datetime import date

import pytest

from desktop.policy.facts import Member
from desktop.policy.household import household_of
from desktop.policy.reading import Faults, reader_of
from tests.policy.households import COUPLE, assess, income, member, reason, status

ON = date(2026, 5, 11)


def read(person):
    return reader_of(Member)(person, Faults(), ())


def counted(*people):
    household = household_of([read(person) for person in people], ON)
    return [person.ref for person in household.counted], {one.ref: one.code for one in household.excluded}


@pytest.mark.parametrize("relation", ["10", "11", "12"])
def test_a_spouse_counts_wherever_they_live_01_2(relation):
    assert counted(member("x", relation, lives_with_family=False)) == (["x"], {})


@pytest.mark.parametrize("relation", ["20", "25", "27", "29", "30", "37", "39"])
def test_children_of_every_code_count_until_eighteen_wherever_they_live_D_20(relation):
    away = {"lives_with_family": False}
    assert counted(member("x", relation, "2008-05-12", **away)) == (["x"], {})
    assert counted(member("x", relation, "2008-05-11", **away)) == ([], {"x": "not_co_living"})


@pytest.mark.parametrize("relation", ["28", "38"])
def test_children_in_law_are_no_members_even_under_the_same_roof_01_2(relation):
    assert counted(member("x", relation))[1] == {"x": "not_co_living"}


@pytest.mark.parametrize(
    ("education", "counts"),
    [
        ({"stage": "undergraduate", "full_time": True}, True),
        ({"stage": "junior_college", "full_time": True}, True),
        ({"stage": "senior_high", "full_time": True}, True),
        ({"stage": "undergraduate", "full_time": False}, False),
        ({"stage": "undergraduate"}, False),
        ({"stage": "postgraduate", "full_time": True}, False),
    ],
)
def test_an_adult_child_away_counts_while_at_school_full_time_up_to_a_first_degree_01_2(education, counts):
    person = member("x", "30", "2004-01-01", lives_with_family=False, education=education)
    assert (counted(person)[0] == ["x"]) is counts


def test_an_adult_child_who_cannot_live_alone_counts_wherever_they_live_01_2():
    assert counted(member("x", "20", "1990-01-01", lives_with_family=False, cannot_live_alone=True))[0] == ["x"]


@pytest.mark.parametrize(
    "relation",
    ["20", "50", "51", "52", "57", "58", "60", "61", "64", "40", "44", "70", "71", "73", "75", "77"],
)
def test_people_with_a_duty_of_support_count_while_they_live_with_the_family_01_2(relation):
    assert counted(member("x", relation, "1960-01-01"))[0] == ["x"]
    assert counted(member("x", relation, "1960-01-01", lives_with_family=False))[1] == {"x": "not_co_living"}


@pytest.mark.parametrize("relation", ["02", "45", "53", "56", "59", "65", "72", "79", "81", "91", "98"])
def test_other_people_never_count_01_2(relation):
    assert counted(member("x", relation))[1] == {"x": "not_co_living"}


@pytest.mark.parametrize("kind", ["in_prison", "compulsory_rehab", "declared_missing"])
def test_a_state_leaves_out_from_its_first_day_until_before_its_end_01_2(kind):
    def left_out(*states):
        return counted(member("x", "12", statuses=list(states)))[1]

    assert left_out(status(kind, "2026-05-11")) == {"x": kind}
    assert left_out(status(kind, "2026-05-12")) == {}
    assert left_out(status(kind, "2020-01-01", "2026-05-11")) == {}
    assert left_out(status(kind, "2020-01-01", "2026-05-12")) == {"x": kind}
    assert left_out(status(kind)) == {"x": kind}


def test_clergy_are_left_out_on_the_day_three_years_are_full_DB_022():
    def left_out(state):
        return counted(member("x", "20", "2000-01-01", statuses=[state]))[1]

    assert left_out(status("clergy_away", "2023-05-11")) == {"x": "clergy_3y"}
    assert left_out(status("clergy_away", "2023-05-12")) == {}
    assert left_out(status("clergy_away")) == {}
    assert left_out(status("clergy_away", "2020-01-01", "2026-05-11")) == {}


@pytest.mark.parametrize("programme", ["dibao", "edge_family"])
def test_an_applicant_who_does_not_count_blocks_the_application_DB_001(county, programme):
    gone = member(statuses=[status("in_prison", "2025-01-01")])
    answer = assess(county, programme, {"members": [gone, COUPLE[1]]})
    assert answer["outcome"] == "blocked" and reason(answer, "DB-001") is False
    assert answer["excluded"] == [{"ref": "m1", "code": "in_prison"}] and answer["member_count"] == 1


def test_a_family_without_an_applicant_is_blocked_DB_001(county):
    assert assess(county, "dibao", {"members": [COUPLE[1]]})["outcome"] == "blocked"


def test_protecting_some_of_the_family_is_blocked_whatever_the_merits_DB_008(county):
    for yearly in ("6000.00", "90000.00"):
        answer = assess(county, "dibao", {"members": COUPLE, "incomes": [income(yearly)], "protected_members": ["m1"]})
        assert answer["outcome"] == "blocked" and reason(answer, "DB-008") is False
        assert answer["amount_month"] is None


def test_protecting_the_whole_family_in_any_order_is_as_it_should_be_DB_008(county):
    answer = assess(county, "dibao", {"members": COUPLE, "protected_members": ["m2", "m1"]})
    assert answer["outcome"] == "eligible" and reason(answer, "DB-008") is True
