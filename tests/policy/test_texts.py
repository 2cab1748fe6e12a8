"""Asks `rmb`, `rmb_parse`, `date_text`: how papers write amounts and dates."""

import pytest

from desktop.policy.engine import answer_question, decide


def ask(county, name, **question):
    return answer_question(county, {"id": "q", "ask": name, **question})


@pytest.mark.parametrize(
    ("amount", "text", "rule"),
    [
        ("1000.00", "人民币壹仟元整", "WS-021"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角", "WS-022"),
        ("6007.14", "人民币陆仟零柒元壹角肆分", "WS-023"),
        ("20030005.00", "人民币贰仟零叁万零伍元整", "WS-024"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分", "WS-025"),
        ("325.04", "人民币叁佰贰拾伍元零肆分", "WS-026"),
        ("0.50", "人民币伍角", "WS-027"),
        ("10.00", "人民币壹拾元整", "WS-020"),
    ],
)
def test_amounts_are_written_as_the_rule_of_capitals_says(county, amount, text, rule):
    assert ask(county, "rmb", amount=amount)["text"] == text, rule


def test_the_working_names_the_rule_that_settles_the_end(county):
    ends = {amount: decide(county, {"id": "q", "ask": "rmb", "amount": amount}).trace[0].rule_id for amount in
            ("0.05", "5.00", "5.50", "5.55", "5.05")}  # fmt: skip
    assert ends == {"0.05": "WS-027", "5.00": "WS-021", "5.50": "WS-022", "5.55": "WS-023", "5.05": "WS-026"}


@pytest.mark.parametrize("amount", ["-1.00", "5", "5.0", "1,040.00", "¥5.00"])
def test_a_negative_or_loosely_written_amount_is_refused_by_WS_028(county, amount):
    assert ask(county, "rmb", amount=amount)["error"]["code"] == "bad_amount", "WS-028"


@pytest.mark.parametrize(
    "text", ["人民币壹拾万柒仟元伍角叁分", "人民币壹拾万零柒仟元伍角叁分", "人民币壹拾万柒仟元零伍角叁分"]
)
def test_the_optional_zeros_are_read_either_way_by_WS_025(county, text):
    assert ask(county, "rmb_parse", text=text)["amount"] == "107000.53"


def test_zheng_is_read_as_whole_and_other_text_is_not_valid(county):
    assert ask(county, "rmb_parse", text="人民币壹仟元正")["amount"] == "1000.00"
    answer = ask(county, "rmb_parse", text="一千元整")
    assert (answer["valid"], answer["amount"]) == (False, None)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        ("2026-01-15", "贰零贰陆年零壹月壹拾伍日"),
        ("2026-02-09", "贰零贰陆年零贰月零玖日"),
        ("2026-12-31", "贰零贰陆年壹拾贰月叁拾壹日"),
        ("2026-10-10", "贰零贰陆年零壹拾月零壹拾日"),
        ("2026-03-21", "贰零贰陆年叁月贰拾壹日"),
    ],
)
def test_bills_write_the_day_by_WS_029(county, day, text):
    assert ask(county, "date_text", date=day, style="bill")["text"] == text


def test_papers_write_the_day_without_leading_zeros(county):
    assert ask(county, "date_text", date="2026-03-05", style="official")["text"] == "2026年3月5日"
