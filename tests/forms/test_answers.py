"""Answers in and out: values as people type them, rows by their uuid, nothing lost and nothing half done."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.refused import BadValue
from desktop import forms
from tests.forms.builders import identity_number, row_ids

VISIT = forms.load_form("F-08")
ROW = "01900000-0000-7000-8000-00000000abcd"


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("power_fee", "1200", "1200.00"),
        ("power_fee", "1,200.5", "1200.50"),
        ("power_fee", "１２００", "1200.00"),
        ("power_fee", 88, "88.00"),
        ("at_home", "true", True),
        ("at_home", "否", False),
        ("at_home", True, True),
        ("method", "1|2", ["1", "2"]),
        ("method", ["邻里访问", "入户"], ["1", "2"]),
        ("method", "2|1|1", ["1", "2"]),
        ("lang", "藏语", ["藏语"]),
        ("date", "2026-11-05", "2026-11-05"),
        ("date", "2026年11月5日", "2026-11-05"),
        ("t1", "2026-11-05T9:30", "2026-11-05T09:30"),
        ("minutes", "40", 40),
        ("km", "12.50", "12.5"),
        ("km", 3, "3"),
        ("h_src", "自有", "1"),
        ("h_src", "1", "1"),
        ("water", "取水＜20分钟", "3"),
        ("road", "砂石路", "砂石路"),
        ("place", "  上磨村\n  ", "上磨村"),
        ("problems", "第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_a_value_is_kept_as_its_type_says(key, given, kept):
    assert forms.parse(VISIT.by_key[key], given) == kept


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("power_fee", "1.234"),
        ("power_fee", "-1"),
        ("power_fee", "一千"),
        ("power_fee", True),
        ("at_home", "也许"),
        ("at_home", 1),
        ("method", "8"),
        ("date", "2026-02-30"),
        ("date", "5/11"),
        ("date", 20261105),
        ("t1", "2026-11-05"),
        ("t1", "2026-11-05T25:00"),
        ("minutes", "1.5"),
        ("minutes", "-3"),
        ("h_src", "树屋"),
        ("place", "字" * 501),
        ("place", "a\x00b"),
        ("place", {"a": 1}),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_words(key, given):
    with pytest.raises(BadValue) as caught:
        forms.parse(VISIT.by_key[key], given)
    assert caught.value.code == "form.bad_value"
    assert caught.value.what and caught.value.safe and caught.value.do


@pytest.mark.parametrize("empty", ["", None, [], "  "])
def test_an_empty_value_clears(empty):
    answers = forms.assign(VISIT, {}, "place", "上磨村", row_ids())
    assert forms.assign(VISIT, answers, "place", empty, row_ids()) == {}


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("nope", "form.unknown_field"),
        ("A.date", "form.unknown_field"),
        ("members.x.name", "form.bad_row"),
        (f"members.{ROW}.nope", "form.unknown_field"),
        ("inc_total", "form.computed_field"),
        (f"income.{ROW}.net", "form.computed_field"),
        ("sg1", "form.not_an_answer"),
        ("door", "form.not_an_answer"),
    ],
)
def test_what_is_no_field_or_not_for_typing_is_refused(key, code):
    with pytest.raises(BadValue) as caught:
        forms.assign(VISIT, {}, key, "1", row_ids())
    assert caught.value.code == code


def test_an_identity_number_with_a_wrong_check_digit_is_kept():
    right = identity_number()
    wrong = right[:17] + ("1" if right[17] != "1" else "2")
    kept = forms.assign(VISIT, {}, f"members.{ROW}.id_no", f" {wrong[:6]} {wrong[6:]} ", row_ids())
    assert kept[f"members.{ROW}"]["id_no"] == wrong


def test_a_refusal_does_not_repeat_an_identity_number():
    with pytest.raises(BadValue) as caught:
        forms.assign(VISIT, {}, f"members.{ROW}.id_no", identity_number() * 4, row_ids())
    assert identity_number()[:10] not in caught.value.what


def test_rows_are_kept_by_uuid_and_come_back_in_the_shape_of_file(new_row):
    given = {
        "place": "上磨村",
        "members": [{"name": "测试甲", "relation": "户主"}, {"name": "测试乙", "relation": "20"}],
        "income": [{"kind": "虫草药材菌类采集", "gross": "2880", "cost": "600"}],
    }
    answers, changed = forms.merge_file(VISIT, {}, given, new_row)
    first, second, third = (f"01900000-0000-7000-8000-{n:012d}" for n in (1, 2, 3))
    assert changed == ("A.place", "income", f"members.{first}", f"members.{second}")
    assert answers[f"members.{first}"] == {"name": "测试甲", "relation": "02"}
    assert forms.to_file(VISIT, answers)["income"] == [
        {"row": third, "kind": "05", "gross": "2880.00", "cost": "600.00"}
    ]


def test_given_rows_merge_with_those_there(new_row):
    answers = forms.assign(VISIT, {}, f"income.{ROW}.gross", "100", row_ids())
    answers, changed = forms.merge_file(VISIT, answers, {"income": [{"row": ROW, "cost": 0}]}, new_row)
    assert answers["income"] == [{"row": ROW, "gross": "100.00", "cost": "0.00"}]
    assert changed == ("income",)


def test_an_unknown_row_uuid_makes_a_row_and_an_empty_value_takes_it_away():
    for table, key in (("members", "name"), ("expenses", "why")):
        answers = forms.assign(VISIT, {}, f"{table}.{ROW.upper()}.{key}", "某", row_ids())
        assert [row["row"] for row in forms.to_file(VISIT, answers)[table]] == [ROW]
        assert forms.assign(VISIT, answers, f"{table}.{ROW}", "", row_ids()) == {}


def test_a_bad_value_leaves_everything_as_it_was(new_row):
    answers = forms.assign(VISIT, {}, "place", "上磨村", row_ids())
    before = deepcopy(answers)
    with pytest.raises(BadValue):
        forms.merge_file(VISIT, answers, {"place": "下寨村", "km": "远"}, new_row)
    assert answers == before


def test_what_comes_out_goes_in_again_and_changes_nothing(new_row):
    given = {"place": "上磨村", "method": "1|2", "assets": [{"kind": "4", "desc": "面包车", "year": 2012}]}
    answers, _ = forms.merge_file(VISIT, {}, given, new_row)
    assert forms.merge_file(VISIT, answers, forms.to_file(VISIT, answers), new_row) == (answers, ())


SETTABLE = {
    "place": st.text("上下磨寨村 ab", min_size=1, max_size=8),
    "km": st.decimals(0, 500, places=2).map(str),
    "minutes": st.integers(0, 600),
    "at_home": st.booleans(),
    "date": st.dates().filter(lambda d: 1900 <= d.year <= 2200).map(str),
    "method": st.lists(st.sampled_from("123459"), min_size=1, max_size=4),
    "road": st.sampled_from(["水泥路", "泥路", ""]),
    "power_fee": st.decimals(0, 10**6, places=2).map(str),
}
FILES = st.fixed_dictionaries({}, optional=SETTABLE)
ROWS = st.dictionaries(
    st.integers(1, 4),
    st.fixed_dictionaries({}, optional={"name": st.sampled_from("甲乙"), "job": st.sampled_from(["1", "2"])}),
).map(lambda rows: [{"row": f"01900000-0000-7000-8000-{n:012d}"} | row for n, row in rows.items()])


@settings(max_examples=60, deadline=None)
@given(FILES, ROWS, st.randoms(use_true_random=False))
def test_the_order_of_keys_and_rows_in_a_file_does_not_matter(file, rows, chance):
    whole = file | {"members": rows}
    keys = list(whole)
    chance.shuffle(keys)
    turned = {key: list(reversed(whole[key])) if key == "members" else whole[key] for key in keys}
    assert forms.merge_file(VISIT, {}, whole, row_ids())[0] == forms.merge_file(VISIT, {}, turned, row_ids())[0]


@settings(max_examples=60, deadline=None)
@given(FILES)
def test_parsing_what_was_kept_keeps_it(file):
    answers, _ = forms.merge_file(VISIT, {}, file, row_ids())
    for key, value in forms.to_file(VISIT, answers).items():
        assert forms.parse(VISIT.by_key[key], value) == value
        assert forms.check_arriving(VISIT, VISIT.group_of(key), value) is None


@settings(max_examples=60, deadline=None)
@given(FILES, FILES)
def test_merging_again_changes_nothing_and_single_sets_do_the_same(first, second):
    base, _ = forms.merge_file(VISIT, {}, first, row_ids())
    once, _ = forms.merge_file(VISIT, base, second, row_ids())
    assert forms.merge_file(VISIT, once, second, row_ids()) == (once, ())
    single = base
    for key, value in second.items():
        single = forms.assign(VISIT, single, key, value, row_ids())
    assert single == once
