"""Chinese numerals: what the program writes it reads back, and what is no sure number it never takes for one."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.files.cells import DATE, NUMBER, TEXT, Cell
from desktop.exchange.numbers import read_day, read_money
from desktop.exchange.numerals import chinese_integer
from desktop.policy.capitals import in_capitals

EPOCH = date(1899, 12, 30)


@given(st.integers(min_value=0, max_value=9_999_999_999))
def test_an_amount_in_capitals_is_read_back_to_the_fen(fen: int) -> None:
    assert read_money(Cell(TEXT, in_capitals(Fraction(fen, 100))), False).fen == fen


@given(st.text("零〇一二三四五六七八九十百千万壹贰拾佰仟两", min_size=1, max_size=7))
def test_digits_in_a_row_and_units_without_a_digit_are_no_number(text: str) -> None:
    found = chinese_integer(text)
    row = any(a not in "零〇十百千万拾佰仟" and b not in "十百千万拾佰仟" for a, b in pairwise(text))
    bare_unit = text[0] in "百千万佰仟" or any(a in "百千佰仟十拾" and b in "百千佰仟" for a, b in pairwise(text))
    if row or bare_unit:
        assert found is None


@pytest.mark.parametrize(
    "text",
    [
        "二〇〇〇元",
        "贰〇〇",
        "壹零伍",
        "一〇五元",
        "一二三",
        "百元",
        "仟元",
        "万元",
        "一百百",
        "壹万万",
        "百五十",
        "千二百",
        "五十百",
        "二十三十",
        "三万五",
        "二百五",
    ],
)
def test_an_amount_that_is_no_sure_number_is_reported(text: str) -> None:
    assert read_money(Cell(TEXT, text), False).error == "E_AMOUNT_FORMAT"


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("八百元", 80_000),
        ("壹仟零伍拾元整", 105_000),
        ("贰万肆仟元整", 2_400_000),
        ("一百一十五", 11_500),
        ("十五元", 1_500),
        ("一万零五", 1_000_500),
        ("人民币伍佰元零伍角", 50_050),
        ("肆角", 40),
        ("伍角正", 50),
        ("五分", 5),
        ("贰佰元零伍分", 20_005),
        ("零元整", 0),
    ],
)
def test_an_amount_in_words_is_read(text: str, fen: int) -> None:
    assert read_money(Cell(TEXT, text), False).fen == fen


@pytest.mark.parametrize(
    ("cell", "error"),
    [
        (Cell(NUMBER, Decimal(202413)), "E_DATE_INVALID"),
        (Cell(NUMBER, Decimal(123456)), "E_DATE_INVALID"),
        (Cell(NUMBER, Decimal(202412)), "E_DATE_AMBIGUOUS"),
        (Cell(NUMBER, Decimal(-5)), "E_DATE_AMBIGUOUS"),
        (Cell(TEXT, "2024.13"), "E_DATE_INVALID"),
        (Cell(TEXT, "202413"), "E_DATE_INVALID"),
        (Cell(TEXT, "2024年12月"), "E_DATE_AMBIGUOUS"),
        (Cell(TEXT, "26.1.5"), "E_DATE_AMBIGUOUS"),
        (Cell(DATE, date(2026, 1, 5)), ""),
    ],
)
def test_a_day_that_is_none_is_told_from_one_that_is_not_sure(cell: Cell, error: str) -> None:
    assert read_day(cell, EPOCH, 2026).error == error
