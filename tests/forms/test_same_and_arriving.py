"""Two ways to write one value, and values that arrive from elsewhere; the running sum of income."""

from fractions import Fraction
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import forms
from tests.forms.builders import identity_number

ROW = "01900000-0000-7000-8000-00000000abcd"
OTHER = "01900000-0000-7000-8000-00000000abce"
VISIT = forms.load_form("F-08")
OLD = identity_number("19800305")[:6] + identity_number("19800305")[8:17]


@pytest.mark.parametrize(
    ("kind", "group", "form", "a", "b"),
    [
        ("person", "id_number", "", identity_number(), OLD),
        ("person", "id_number", "", "51329919800305001x", "５１３２９９ 19800305001X"),
        ("person", "phone", "", "0837-7230001", "08377230001"),
        ("person", "name", "", "扎西 卓玛", "扎西　卓玛 "),
        ("household", "address", "", "上磨村２组5号", "上磨村2组5号"),
        ("visit", "answers.A.km", "F-08", "12.5", "12.50"),
        ("visit", "answers.A.place", "F-08", "（大槐树）", "(大槐树)"),
        (
            "visit",
            f"answers.members.{ROW}",
            "F-08",
            {"name": "甲", "income_m": "1.00"},
            {"name": "甲 ", "income_m": "1.0"},
        ),
        ("visit", f"answers.members.{ROW}", "F-08", {"name": "甲", "study": None}, {"name": "甲"}),
        ("visit", "answers.income", "F-08", [{"row": ROW, "gross": "1.00"}], [{"row": ROW, "gross": "1"}]),
    ],
)
def test_one_value_written_in_two_ways_is_the_same(kind, group, form, a, b):
    assert forms.same(kind, group, form, a, b) and forms.same(kind, group, form, b, a)


@pytest.mark.parametrize(
    ("group", "a", "b"),
    [
        ("answers.A.at_home", True, 1),
        ("answers.A.at_home", False, None),
        ("answers.A.minutes", 40, "40"),
        ("answers.A.place", "大槐树", "小槐树"),
        ("answers.A.place", "12.5", "12.50"),
        ("answers.A.method", ["1"], ["1", "2"]),
        ("answers.income", [{"row": ROW}], [{"row": ROW}, {"row": OTHER}]),
        (f"answers.members.{ROW}", {"name": "甲"}, None),
    ],
)
def test_different_values_are_different(group, a, b):
    assert not forms.same("visit", group, "F-08", a, b)


@given(st.text(), st.text())
def test_same_is_symmetric_and_everything_is_itself(a, b):
    assert forms.same("person", "name", "", a, a)
    assert forms.same("person", "name", "", a, b) == forms.same("person", "name", "", b, a)


@pytest.mark.parametrize(
    ("group", "value"),
    [
        ("answers.A.date", "2026-11-05"),
        ("answers.A.date", None),
        ("answers.A.at_home", False),
        ("answers.A.method", ["1", "2"]),
        ("answers.G.power_fee", "12.00"),
        (f"answers.members.{ROW}", {"name": "甲", "co_living": True}),
        (f"answers.members.{ROW}", None),
        ("answers.income", [{"row": ROW, "kind": "07", "months": "3"}]),
    ],
)
def test_what_can_be_arrives(group, value):
    assert forms.check_arriving(VISIT, group, value) is None


@pytest.mark.parametrize(
    ("group", "value"),
    [
        ("answers.A.nope", "x"),
        ("answers.date", "2026-11-05"),
        ("answers.members", {"name": "甲"}),
        ("answers.members.x", {"name": "甲"}),
        (f"answers.income.{ROW}", {"kind": "07"}),
        ("answers.A.date", "2026-13-05"),
        ("answers.A.date", 5),
        ("answers.A.at_home", "true"),
        ("answers.A.method", "1"),
        ("answers.A.method", ["8"]),
        ("answers.A.minutes", True),
        ("answers.G.power_fee", "12"),
        ("answers.D.inc_total", "1.00"),
        ("answers.N.sg1", "x"),
        (f"answers.members.{ROW}", {"nope": 1}),
        (f"answers.members.{ROW}", ["x"]),
        ("answers.income", [{"kind": "07"}]),
        ("answers.income", [{"row": ROW}, {"row": ROW}]),
        ("answers.income", [{"row": ROW, "gross": 5}]),
    ],
)
def test_what_cannot_be_is_turned_away_with_a_reason(group, value):
    assert forms.check_arriving(VISIT, group, value)


def test_a_record_of_forty_four_groups_is_checked_in_well_under_a_millisecond():
    groups = [(VISIT.group_of(f.key), "2026-11-05") for f in VISIT.fields if f.type == "T" and f.settable][:44]
    forms.check_arriving(VISIT, *groups[0])
    start = perf_counter()
    for _ in range(100):
        for group, value in groups:
            forms.check_arriving(VISIT, group, value)
    assert (perf_counter() - start) / 100 < 0.001


def test_the_running_sum_says_what_it_counted():
    answers = {
        "income": [
            {"row": ROW, "kind": "03", "gross": "11200.00", "cost": "1800.00"},
            {"row": OTHER, "kind": "05", "gross": "2880.00", "cost": "600.00"},
        ]
    } | {f"members.{ROW[:-1]}{n}": {"co_living": True} for n in range(3)}
    found = forms.income_summary(answers)
    assert found.sentences[0] == "计入年收入 11,680.00 元 ÷ 3 人 ÷ 12 = 人均月 324.44 元"
    assert (found.persons, found.per_capita_month) == (3, Fraction(11680, 36))


def test_the_running_sum_begins_with_nothing():
    found = forms.income_summary({})
    assert found.per_capita_month is None and "共同生活" in found.sentences[0]
