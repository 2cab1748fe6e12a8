"""Ask `adjust`: jobs refused, support that fades out, fraud, a changed standard."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.asks.adjust import Offer, streak
from desktop.policy.engine import answer_question

REFUSED = {"suitable": True, "accepted": False}


def ask(county, kind, **question):
    return answer_question(county, {"id": "q", "ask": "adjust", "kind": kind, **question})


def refusal(county, *offers, on="2026-06-08", **more):
    dated = [{"on": f"2026-0{month + 1}-01", **offer} for month, offer in enumerate(offers)]
    amounts = {"family_amount": "840.00", "share_amount": "280.00"}
    return ask(county, "job_refusal", **{"on": on, "offers": dated, **amounts, **more})


def test_three_refusals_cost_the_persons_own_share_DB_095(county):
    answer = refusal(county, REFUSED, REFUSED, REFUSED)
    assert (answer["allowed"], answer["streak"], answer["amount_after"]) == (True, 3, "560.00"), "DB-095"
    assert answer["stop_from"] == "2026-07"


@pytest.mark.parametrize(
    ("between", "streak"),
    [
        ({"suitable": True, "accepted": True}, 1),
        ({"suitable": False, "accepted": False}, 2),
        ({"suitable": True, "accepted": False, "good_reason": True}, 2),
    ],
)
def test_only_an_accepted_job_breaks_the_row_DB_095(county, between, streak):
    assert refusal(county, REFUSED, between, REFUSED)["streak"] == streak, "DB-095"


def test_offers_count_by_their_dates_and_not_after_the_day(county):
    offers = [{"on": day, **REFUSED} for day in ("2026-05-01", "2026-03-01", "2026-06-09")]
    offers.append({"on": "2026-04-01", "suitable": True, "accepted": True})
    assert refusal(county, offers=offers)["streak"] == 1


def test_from_july_2026_a_hearing_comes_first_D_02(county):
    three = (REFUSED, REFUSED, REFUSED)
    assert refusal(county, *three, on="2026-06-30")["allowed"] is True
    assert refusal(county, *three, on="2026-07-01")["blocking"] == ["D-02"], "D-02"
    assert refusal(county, *three, on="2026-07-01", opinion_hearing_on="2026-07-01")["allowed"] is True
    assert refusal(county, *three, on="2026-07-01", opinion_hearing_on="2026-07-02")["blocking"] == ["D-02"]


@pytest.mark.parametrize(
    ("poor", "months", "allowed"), [(False, 6, True), (False, 7, False), (True, 12, True), (True, 13, False)]
)
def test_fading_out_has_its_limit_D_04_DB_094(county, poor, months, allowed):
    answer = ask(county, "grace", on="2026-03-20", months=months, former_registered_poor=poor)
    assert (answer["allowed"], answer["blocking"]) == (allowed, [] if allowed else ["D-04"]), "D-04"
    assert ("differs_from_F05" in answer["alerts"]) == (months > 6)


def test_the_months_of_grace_run_from_the_next_month(county):
    answer = ask(county, "grace", on="2026-03-31", months=12, former_registered_poor=True)
    assert [answer[key] for key in ("grace_from", "grace_to", "stop_from")] == ["2026-04", "2027-03", "2027-04"]


def test_fraud_is_taken_back_and_fined_at_most_twice_DB_091_JD_005(county):
    answer = ask(county, "fraud_recovery", months=7, amount_month="333.33")
    assert (answer["recover"], answer["fine_max"]) == ("2333.31", "4666.62"), "DB-091"


def test_a_raised_standard_is_paid_for_both_end_months_BZ_005(county):
    answer = ask(
        county,
        "standard_change",
        from_month="2026-05",
        to_month="2026-05",
        old_amount_month="1.00",
        new_amount_month="1.01",
    )
    assert answer["backpay"] == "0.01", "BZ-005"


def test_a_lowered_standard_needs_a_second_person_BZ_006(county):
    answer = ask(
        county,
        "standard_change",
        from_month="2026-05",
        to_month="2026-06",
        old_amount_month="2.00",
        new_amount_month="1.99",
    )
    assert (answer["allowed"], answer["blocking"], "backpay" in answer) == (False, ["BZ-006"], False)


@pytest.mark.parametrize(
    ("kind", "keys", "code"),
    [
        ("grace", {"on": "2026-03-20", "months": 3}, "bad_question"),
        ("grace", {"on": "2026-03-20", "months": 0, "former_registered_poor": False}, "bad_value"),
        (
            "job_refusal",
            {"on": "2026-03-20", "offers": [], "family_amount": "1.00", "share_amount": "1.01"},
            "bad_value",
        ),
        (
            "job_refusal",
            {"on": "2026-03-20", "offers": [], "family_amount": "-1.00", "share_amount": "0.00"},
            "bad_amount",
        ),
        (
            "standard_change",
            {"from_month": "2026-05", "to_month": "2026-04", "old_amount_month": "1.00", "new_amount_month": "1.00"},
            "bad_value",
        ),
        ("fraud_recovery", {"months": 2}, "bad_question"),
        ("less", {}, "bad_value"),
        ("fraud_recovery", {"months": 10**12, "amount_month": "1.00"}, "bad_value"),
        ("fraud_recovery", {"months": 1, "amount_month": "500000000000.00"}, "bad_value"),
        (
            "standard_change",
            {
                "from_month": "2026-01",
                "to_month": "2026-02",
                "old_amount_month": "0.00",
                "new_amount_month": "500000000000.00",
            },
            "bad_value",
        ),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, kind, keys, code):
    assert ask(county, kind, **keys)["error"]["code"] == code


OFFERS = st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=8)


@given(OFFERS, st.randoms(use_true_random=False))
def test_the_order_in_which_offers_are_told_never_matters(told, random):
    offers = [
        Offer(on=date(2026, 1, 1) + timedelta(place), suitable=suitable, accepted=accepted, good_reason=reason)
        for place, (suitable, accepted, reason) in enumerate(told)
    ]
    shuffled = random.sample(offers, len(offers))
    assert streak(shuffled, date(2026, 6, 8)) == streak(offers, date(2026, 6, 8))
