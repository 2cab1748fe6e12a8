"""Amounts and dates in capitals: WS-020 to WS-029, there and back."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.capitals import bill_date, from_capitals, in_capitals


def yuan(text: str) -> Fraction:
    return Fraction(text)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1000.00", "人民币壹仟元整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("20030005.00", "人民币贰仟零叁万零伍元整"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("0.00", "人民币零元整"),
        ("10.00", "人民币壹拾元整"),
        ("100000000.00", "人民币壹亿元整"),
        ("100000001.10", "人民币壹亿零壹元壹角"),
        ("100001000.00", "人民币壹亿壹仟元整"),
        ("1020000000.00", "人民币壹拾亿零贰仟万元整"),
        ("4010602406.00", "人民币肆拾亿零壹仟零陆拾万贰仟肆佰零陆元整"),
        ("110001000.00", "人民币壹亿壹仟万壹仟元整"),
    ],
)
def test_an_amount_is_written_as_the_rule_book_shows_it(amount, text):
    assert in_capitals(yuan(amount)) == text


@pytest.mark.parametrize(
    "text", ["人民币壹拾万零柒仟元伍角叁分", "人民币壹拾万柒仟元零伍角叁分", "人民币壹拾万零柒仟元零伍角叁分"]
)
def test_the_optional_zeros_are_read_alike(text):
    assert from_capitals(text) == yuan("107000.53")


def test_the_two_ways_to_close_a_whole_amount_are_read_alike():
    assert from_capitals("人民币壹仟元正") == from_capitals("人民币壹仟元整") == 1000


@pytest.mark.parametrize(
    "text",
    [
        "壹仟元整",
        "人民币壹仟元",
        "人民币拾元整",
        "人民币叁元肆分",
        "人民币零元伍角",
        "人民币伍分整",
        "人民币",
        "人民币一千元整",
        "人民币壹仟零零伍元整",
        "人民币壹元整整",
        "人民币壹拾亿贰仟万元整",  # WS-024
        "人民币壹仟肆佰零玖元伍角整",  # contract §8: no 整 after 角, nor 正
        "人民币伍角正",
    ],
)
def test_what_is_not_written_by_the_rules_is_no_amount(text):
    assert from_capitals(text) is None


@given(st.integers(0, 10**14 - 1))
def test_every_amount_is_read_back_from_its_capitals(fen):
    assert from_capitals(in_capitals(Fraction(fen, 100))) == Fraction(fen, 100)


@given(st.text("人民币零壹贰拾佰仟万亿元角分整正", max_size=12))
def test_any_text_is_an_amount_or_none(text):
    amount = from_capitals(text)
    assert amount is None or amount >= 0


def test_an_amount_of_a_million_million_has_no_capitals():
    with pytest.raises(OverflowError):
        in_capitals(Fraction(10**12))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 1, 15), "贰零贰陆年零壹月壹拾伍日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2026, 11, 30), "贰零贰陆年壹拾壹月零叁拾日"),
        (date(2026, 3, 9), "贰零贰陆年叁月零玖日"),
        (date(2026, 12, 31), "贰零贰陆年壹拾贰月叁拾壹日"),
        (date(2026, 2, 21), "贰零贰陆年零贰月贰拾壹日"),
    ],
)
def test_a_bill_writes_its_date_so_that_nothing_can_be_put_in_front(day, text):
    assert bill_date(day) == text
