"""Conditions and the formula language, by the examples of forms.md."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.forms.conditions import holds
from desktop.forms.evaluation import Evaluation
from desktop.forms.formula import BadFormula, parse_formula
from desktop.forms.functions import SchoolCalendar, add_months, cycles, rmb, rounded
from desktop.forms.spec import Every, Some, Test
from tests.forms.builders import ON, small_form

VALUES = {
    "kind": "07",
    "many": ["1", "5"],
    "yes": True,
    "no": False,
    "amount": "12.50",
    "count": 3,
    "none": None,
    "blank": [],
}


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (Test("kind", "eq", "07"), True),
        (Test("kind", "ne", "07"), False),
        (Test("kind", "ne", "08"), True),
        (Test("kind", "in", ("06", "07")), True),
        (Test("kind", "in", ("06", "08")), False),
        (Test("many", "eq", "5"), True),
        (Test("many", "eq", "2"), False),
        (Test("many", "ne", "2"), True),
        (Test("many", "ne", "5"), False),
        (Test("many", "in", ("2", "5")), True),
        (Test("yes", "eq", True), True),
        (Test("no", "eq", False), True),
        (Test("no", "eq", True), False),
        (Test("no", "filled"), True),
        (Test("none", "empty"), True),
        (Test("blank", "empty"), True),
        (Test("none", "filled"), False),
        (Test("none", "eq", "07"), False),
        (Test("none", "ne", "07"), False),
        (Test("none", "in", ("07",)), False),
        (Test("none", "lt", 5), False),
        (Test("blank", "ne", "1"), False),
        (Test("amount", "gt", 12), True),
        (Test("amount", "le", 12), False),
        (Test("count", "ge", 3), True),
        (Test("count", "lt", 3), False),
        (Test("count", "eq", 3), True),
        (Test("kind", "gt", 6), True),
        (Every((Test("yes", "eq", True), Test("no", "eq", True))), False),
        (Some((Test("yes", "eq", True), Test("no", "eq", True))), True),
    ],
)
def test_every_operator_means_what_the_grammar_says(test, expected):
    assert holds(test, VALUES.get) is expected


def test_in_a_table_the_row_comes_before_the_form():
    spec = small_form(
        [
            {"key": "kind", "type": "T"},
            {"key": "other", "type": "B"},
            {
                "table": "t",
                "rows": 2,
                "columns": [
                    {"key": "kind", "label": "k", "type": "T"},
                    {
                        "key": "a",
                        "label": "a",
                        "type": "T",
                        "required": "conditional",
                        "when": {
                            "all": [
                                {"field": "kind", "op": "eq", "value": "row"},
                                {"field": "other", "op": "eq", "value": True},
                            ]
                        },
                    },
                ],
            },
        ]
    )
    row = "01900000-0000-7000-8000-000000000001"
    answers = {"main.kind": "form", "main.other": True, f"t.{row}": {"kind": "row"}}
    state = Evaluation(spec, answers, {}, ON)
    assert state.needed(spec.table_by_id["t"].by_key["a"], state.rows["t"][0])


def numbers(**values):
    """A form of these decimals, evaluated."""
    spec = small_form([{"key": key, "type": "DEC"} for key in values])
    kept = {f"main.{key}": value for key, value in values.items() if value is not None}
    return Evaluation(spec, kept, {}, ON)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b * 2", 7),
        ("(a + b) * 2", 8),
        ("a - b - 1", -3 + 0),
        ("a / b", Fraction(1, 3)),
        ("a / zero", None),
        ("a + nothing", 1),
        ("nothing - b", -3),
        ("a * nothing", None),
        ("1.5 + a", Fraction(5, 2)),
    ],
)
def test_arithmetic_is_exact_and_empty_counts_as_nothing(text, expected):
    assert numbers(a="1", b="3", zero="0", nothing=None).formula(text) == expected


@pytest.mark.parametrize("text", ["a +", "(a", "a b", "open('x')", "__import__(a)", "sum(", "age()", "a; b", ""])
def test_what_is_not_of_the_language_is_refused(text):
    with pytest.raises(BadFormula):
        parse_formula(text)


def test_sums_and_counts_choose_rows():
    spec = small_form(
        [
            {
                "table": "t",
                "rows": 3,
                "merge": "whole",
                "columns": [
                    {"key": "kind", "label": "k", "type": "T"},
                    {"key": "a", "label": "a", "type": "A"},
                ],
            }
        ]
    )
    rows = [("06", "1.00"), ("07", "2.50"), ("09", "4.00")]
    kept = {
        "t": [{"row": f"01900000-0000-7000-8000-00000000000{n}", "kind": k, "a": a} for n, (k, a) in enumerate(rows)]
    }
    state = Evaluation(spec, kept, {}, ON)
    assert state.formula("sum(t.a where kind in 06|07)") == Fraction(7, 2)
    assert state.formula("count(t)") == 3
    assert state.formula("count(t where kind = 09 or a < 2)") == 2
    assert Evaluation(spec, {}, {}, ON).formula("sum(t.a) + count(t)") == 0


def test_the_example_of_the_agreement_is_nineteen_weeks():
    assert cycles(date(2026, 9, 1), date(2027, 1, 15), "每周", None) == 19
    assert cycles(date(2026, 9, 1), date(2027, 1, 15), "每两周", None) == 9
    assert cycles(date(2026, 9, 1), date(2027, 1, 15), "每月", None) == 4
    assert cycles(date(2026, 9, 1), date(2026, 9, 6), "每周", None) == 0
    assert cycles(date(2026, 9, 1), date(2026, 9, 7), "每周", None) == 1


def test_a_cycle_without_a_school_day_does_not_count():
    raw = {"terms": [{"from": "2026-09-01", "to": "2027-01-20", "days_off": [["2026-09-28", "2026-10-11"]]}]}
    calendar = SchoolCalendar(raw)
    assert cycles(date(2026, 9, 1), date(2027, 1, 15), "每周", calendar) == 18
    assert cycles(date(2026, 9, 1), date(2027, 3, 15), "每周", calendar) == 28  # does not cover: nothing off


def test_months_end_where_the_month_ends():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2010, 6, 15), 216) == date(2028, 6, 15)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1000.00", "人民币壹仟元整"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("20030005", "人民币贰仟零叁万零伍元整"),
        ("1680.32", "人民币壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "人民币壹拾万柒仟元伍角叁分"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.05", "人民币伍分"),
        ("0.50", "人民币伍角"),
        ("0", "人民币零元整"),
        ("10", "人民币壹拾元整"),
        ("1040.00", "人民币壹仟零肆拾元整"),
    ],
)
def test_amounts_in_capitals_follow_the_rule_book(amount, words):
    assert rmb(Fraction(amount)) == words


@given(st.fractions(min_value=0, max_value=10**9))
def test_rounding_is_half_up_and_never_off_by_more_than_half_a_cent(amount):
    assert abs(Fraction(rounded(amount)) - amount) <= Fraction(1, 200)


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
    st.sampled_from(["每周", "每两周", "每月"]),
)
def test_a_longer_term_never_has_fewer_cycles(first, days, cycle):
    last = first + timedelta(days=days)
    assert (cycles(first, last, cycle, None) or 0) <= (cycles(first, last + timedelta(days=1), cycle, None) or 0)
