"""单人户低保: disabled and ill people of edge families, clergy living away, and the cases left to people."""

import pytest

from tests.policy.households import assess, disability, income, member, reason, status

EDGE = "18000.00"
"""750 yuan a head and month for two: an edge family."""


def single(county, *, yearly=EDGE, overrides=None, incomes=None, day="2026-05-11", **person):
    people = [member(born="1956-03-01"), member("m2", "20", "1980-03-01", **person)]
    facts = {"members": people, "incomes": [income(yearly)] if incomes is None else incomes, "subject": "m2"}
    return assess(county, "dibao_single", facts, overrides, as_of=day)


@pytest.mark.parametrize(
    ("kind", "grade", "outcome"),
    [
        (2, 1, "eligible"),
        (4, 2, "eligible"),
        (5, 3, "eligible"),
        (6, 3, "eligible"),
        (4, 3, "not_eligible"),
        (5, 4, "not_eligible"),
        (7, 2, "eligible"),
        (7, 3, "manual_review"),
        (7, 4, "not_eligible"),
    ],
)
def test_which_certificates_make_somebody_of_an_edge_family_a_household_alone_DB_020(county, kind, grade, outcome):
    answer = single(county, disabilities=[disability(kind, grade, "2020-01-01")])
    assert answer["outcome"] == outcome and answer["category"] == "edge_family"
    assert reason(answer, "DB-020") is {"eligible": True, "not_eligible": False}.get(outcome)


def test_the_lowest_band_is_paid_DB_025(county):
    answer = single(county, disabilities=[disability(4, 1)])
    assert answer["amount_month"] == "200.00"
    unset = single(county, disabilities=[disability(4, 1)], overrides={"band_table": None})
    assert (unset["outcome"], unset["amount_month"], unset["missing"]) == ("eligible", None, ["band_table"])


def test_a_certificate_counts_through_its_tenth_anniversary_DB_020(county):
    paper = [disability(4, 1, "2016-05-11")]
    assert single(county, disabilities=paper)["outcome"] == "eligible"
    late = single(county, disabilities=paper, day="2026-05-12")
    assert late["outcome"] == "not_eligible" and late["alerts"] == ["cert_expired"]


def test_a_disease_must_be_on_the_countys_list_DB_021(county):
    listed = {"severe_illness_list": ["白血病"]}
    ill = single(county, severe_illness="白血病", overrides=listed)
    assert ill["outcome"] == "eligible" and reason(ill, "DB-021") is True
    assert single(county, severe_illness="感冒", overrides=listed)["outcome"] == "not_eligible"


def test_without_a_list_a_disease_decides_only_where_nothing_else_does_DB_021(county):
    answer = single(county, severe_illness="白血病")
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["severe_illness_list"])
    assert single(county, severe_illness="白血病", disabilities=[disability(4, 1)])["outcome"] == "eligible"
    assert single(county, severe_illness="白血病", yearly="90000.00")["outcome"] == "not_eligible"


def test_a_family_of_class_dibao_is_no_edge_family_DB_020(county):
    answer = single(county, yearly="6000.00", disabilities=[disability(4, 1)])
    assert answer["outcome"] == "not_eligible" and reason(answer, "DB-020") is False


def test_somebody_who_is_not_counted_is_not_of_the_edge_family_DB_020(county):
    answer = single(county, disabilities=[disability(4, 1)], statuses=[status("in_prison")], yearly="9000.00")
    assert answer["category"] == "edge_family" and answer["outcome"] == "not_eligible"


@pytest.mark.parametrize(
    ("person", "suggested"),
    [
        ({"disabilities": [disability(4, 2)]}, True),
        ({"disabilities": [disability(5, 3)]}, False),
        ({"disabilities": [disability(4, 2)], "employed": True}, False),
        ({"disabilities": [disability(4, 2, "2010-01-01")]}, False),
    ],
)
def test_a_jobless_severely_disabled_adult_of_a_richer_family_is_for_people_to_decide_DB_023(county, person, suggested):
    answer = single(county, yearly="90000.00", **person)
    assert answer["outcome"] == ("manual_review" if suggested else "not_eligible")
    assert ("suggest_DB-023" in answer["alerts"]) is suggested and reason(answer, "DB-020") is False


def test_without_a_standard_somebody_disabled_stays_open_and_somebody_healthy_does_not_DB_020(county):
    disabled = single(county, disabilities=[disability(4, 1)], overrides={"standards": []})
    assert disabled["outcome"] == "cannot_decide"
    assert single(county, overrides={"standards": []})["outcome"] == "not_eligible"


AWAY = [status("clergy_away", "2023-05-11")]


@pytest.mark.parametrize(("own", "outcome"), [("7199.99", "eligible"), ("7200.00", "not_eligible")])
def test_clergy_three_years_away_need_own_income_below_the_standard_DB_022(county, own, outcome):
    incomes = [income(own, member="m2"), income("90000.00"), income("90000.00", member="m1")]
    answer = single(county, statuses=AWAY, incomes=incomes, lives_with_family=False)
    assert answer["outcome"] == outcome and reason(answer, "DB-022") is True
    assert answer["member_count"] == 1 and answer["excluded"] == [{"ref": "m2", "code": "clergy_3y"}]


def test_clergy_a_day_short_of_three_years_are_not_alone_DB_022(county):
    answer = single(county, statuses=[status("clergy_away", "2023-05-12")], incomes=[])
    assert answer["outcome"] == "not_eligible" and reason(answer, "DB-022") is False


def test_clergy_apply_for_themselves_without_the_family_they_left_DB_022(county):
    facts = {"members": [member(statuses=AWAY)], "subject": "m1"}
    answer = assess(county, "dibao_single", facts, decided_on="2026-06-20")
    assert (answer["outcome"], answer["amount_month"], answer["pay_from"]) == ("eligible", "200.00", "2026-07")
    assert assess(county, "dibao", facts)["outcome"] == "blocked"


def test_an_applicant_in_prison_blocks_even_a_single_household_DB_001(county):
    people = [member(statuses=[status("in_prison")]), member("m2", "20", "1980-03-01", statuses=AWAY)]
    assert assess(county, "dibao_single", {"members": people, "subject": "m2"})["outcome"] == "blocked"


def test_clergy_without_a_standard_or_with_a_pension_nobody_ruled_on_stay_open_DB_022(county):
    unset = single(county, statuses=AWAY, incomes=[], overrides={"standards": []})
    assert (unset["outcome"], unset["missing"]) == ("cannot_decide", ["standards"])
    pension = [income("1200.00", "central_basic_pension", member="m2")]
    open_one = single(county, statuses=AWAY, incomes=pension)
    assert (open_one["outcome"], open_one["missing"]) == ("cannot_decide", ["basic_pension_excluded"])


def test_a_subject_is_required_and_must_be_of_the_family_DB_020(county):
    assert assess(county, "dibao_single", {"members": [member()]})["error"]["code"] == "bad_question"
    facts = {"members": [member()], "subject": "m9"}
    assert assess(county, "dibao_single", facts)["error"]["code"] == "bad_value"
