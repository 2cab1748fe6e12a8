"""价格临时补贴: which months, for whom, how much; and that prices alone start nothing."""

import pytest

from tests.policy.assessing import assess, certified, failed, person

MEMBERS = [person(), person(ref="m2"), person(ref="m3")]


def batch(first, last, amount="35.00", programmes=("dibao", "orphan")):
    return {
        "doc_no": "TEST",
        "from_month": first,
        "to_month": last,
        "amount_month": amount,
        "programmes": list(programmes),
    }


def ask(county, batches, certifications=None, months=("2026-01", "2026-12"), overrides=None, **price):
    held = certified("dibao") if certifications is None else certifications
    asked = {"from_month": months[0], "to_month": months[1], **price}
    facts = {"members": MEMBERS, "certifications": held, "price": asked}
    return assess(county, "price_subsidy", facts, overrides={"price_linkage": batches, **(overrides or {})})


def test_without_a_batch_nobody_can_say_qt_006(county):
    answer = ask(county, None)
    assert (answer["outcome"], answer["missing"]) == ("cannot_decide", ["price_linkage"])


def test_no_batch_in_the_months_asked_pays_nothing_qt_006(county):
    for batches in ([], [batch("2025-11", "2025-12")], [batch("2027-01", "2027-02")]):
        answer = ask(county, batches)
        assert answer["outcome"] == "not_eligible" and failed(answer) == {"QT-006"}
        assert (answer["months"], answer["persons"], answer["pay_from"]) == (0, 0, None)


@pytest.mark.parametrize(
    ("months", "paid", "first"),
    [
        (("2026-01", "2026-12"), 3, "2026-03"),
        (("2026-04", "2026-04"), 1, "2026-04"),
        (("2026-05", "2027-05"), 1, "2026-05"),
        (("0001-01", "9999-12"), 3, "2026-03"),
    ],
)
def test_only_months_of_the_batch_and_of_the_question_are_paid_qt_006(county, months, paid, first):
    answer = ask(county, [batch("2026-03", "2026-05")], months=months)
    assert (answer["months"], answer["pay_from"]) == (paid, first)
    assert answer["amount_once"] == f"{paid * 3 * 35}.00"


def test_everybody_entitled_is_counted_once_qt_006(county):
    held = [*certified("dibao", member="m1"), *certified("orphan", member="m1"), *certified("orphan", member="m3")]
    assert ask(county, [batch("2026-03", "2026-03")], held)["persons"] == 2


@pytest.mark.parametrize(
    "held", [[], certified("edge_family"), certified("dibao", valid_until="2026-05-10"), certified("dibao", member="x")]
)
def test_nobody_entitled_is_paid_nothing_qt_006(county, held):
    answer = ask(county, [batch("2026-03", "2026-05")], held)
    assert (answer["outcome"], answer["persons"], answer["amount_once"]) == ("not_eligible", 0, "0.00")


def test_single_people_on_dibao_are_on_dibao_qt_006(county):
    held = certified("dibao_single", member="m2")
    assert ask(county, [batch("2026-03", "2026-03")], held)["persons"] == 1


def test_where_batches_overlap_the_later_one_pays_qt_006(county):
    answer = ask(county, [batch("2026-03", "2026-03", "50.00"), batch("2026-01", "2026-04", "10.00")])
    assert (answer["months"], answer["amount_once"]) == (4, f"{3 * (10 + 10 + 50 + 10)}.00")


def test_batches_may_leave_a_gap_and_have_their_own_people_qt_006(county):
    held = [*certified("dibao", member="m1"), *certified("tekun", member="m2")]
    batches = [batch("2026-01", "2026-02", "10.00"), batch("2026-06", "2026-06", "7.00", ["dibao", "tekun"])]
    answer = ask(county, batches, held)
    assert (answer["months"], answer["persons"], answer["amount_once"]) == (3, 2, "34.00")


@pytest.mark.parametrize(
    ("price", "alerts"),
    [
        ({"cpi": "3.5"}, ["price_threshold_reached"]),
        ({"cpi": "3.4999"}, []),
        ({"food": "6"}, ["price_threshold_reached"]),
        ({"food": "5.9"}, []),
    ],
)
def test_risen_prices_are_told_and_start_nothing_qt_006(county, price, alerts):
    answer = ask(county, [], **price)
    assert (answer["alerts"], answer["outcome"]) == (alerts, "not_eligible")


def test_without_thresholds_prices_say_nothing_qt_006(county):
    assert ask(county, [], cpi="9.9", overrides={"price_thresholds": None})["alerts"] == []


def test_months_that_run_backwards_are_impossible(county):
    assert ask(county, [], months=("2026-02", "2026-01"))["error"]["code"] == "bad_value"
