"""Ask `notice_check`: the white list, the deny list, children, and the scan of everything written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.policy.engine import answer_question
from desktop.policy.publicity import DENIED, tells_a_number

ADDRESS = "青云镇××村3组"
FIELDS = {"address": ADDRESS, "member_count": 4, "category": "低保", "amount": "1120.00"}


def row(name="测试甲", born="1976-01-01", fields=None, **subject):
    return {"subject": {"name": name, "birth_date": born, **subject}, "fields": FIELDS if fields is None else fields}


def ask(county, *rows, **question):
    base = {"id": "q", "ask": "notice_check", "programme_code": "dibao", "kind": "pre_notice", "on": "2026-05-12"}
    return answer_question(county, {**base, "languages": ["zh"], "rows": list(rows), **question})


def blocking(county, *rows, **question):
    answer = ask(county, *rows, **question)
    assert answer["ok"] is not bool(answer["blocking"])
    return answer["blocking"]


@pytest.mark.parametrize("programme", ["dibao", "dibao_single", "tekun", "temp_expense", "disaster_relief"])
def test_a_household_shows_address_count_category_and_amount_09_3(county, programme):
    assert blocking(county, row(), programme_code=programme) == [], "09.3"
    assert blocking(county, row(fields={"village": "××村"}), programme_code=programme) == ["09.3"]


def test_an_old_persons_allowance_shows_the_village_only(county):
    shown = {"village": "××村", "category": "高龄津贴", "amount": "50.00"}
    assert blocking(county, row(fields=shown), programme_code="elder_allowance") == []
    assert blocking(county, row(fields={"address": ADDRESS}), programme_code="elder_allowance") == ["09.3"]


@pytest.mark.parametrize("programme", ["medical_aid", "disability_living", "disability_nursing"])
def test_some_programmes_tell_totals_and_no_person_09_3(county, programme):
    assert blocking(county, row(fields={}), programme_code=programme) == ["09.3"]
    assert blocking(county, programme_code=programme, text="本月 12 人，共 1200.00 元") == []


def test_a_programme_outside_the_white_list_shows_no_field_at_all(county):
    assert blocking(county, row(fields={}), programme_code="edge_family") == []
    assert blocking(county, row(fields={"amount": "1.00"}), programme_code="edge_family") == ["09.3"]


@pytest.mark.parametrize("field", sorted(DENIED))
def test_denied_fields_never_stand_on_a_notice_09_4_AQ_015_YL_011_JY_013(county, field):
    assert blocking(county, row(fields={field: "××"})) == ["09.4"], "09.4"


@pytest.mark.parametrize("category", ["低保A类", "残疾低保", "B", 1])
def test_a_category_is_the_programmes_name_and_nothing_more_09_4(county, category):
    assert blocking(county, row(fields={"category": category})) == ["09.4"]


@pytest.mark.parametrize("address", ["青云镇××村3组12号", "青云镇××村１２ 号", "××路5号楼", "青云镇××村三组十五号"])
def test_an_address_stops_before_the_door_D_08(county, address):
    assert blocking(county, row(fields={"address": address})) == ["D-08"], "D-08"


@pytest.mark.parametrize(
    "words",
    [
        "11010519491231002X",
        "证号11010519491231002x。",
        "１３８００００１２３４",
        "138 0000 1234",
        "138-0000-1234",
        "+8613800001234",
        "1380\u200b0001234",
        "622202000000000",
        "6222 0200 0000 0000 123",
        "6222020000000000123",
        "110105 19491231 002X",
    ],
)
def test_no_identity_mobile_or_card_number_in_any_place_GS_013(county, words):
    assert blocking(county, row(), text=words) == ["GS-013"], "GS-013"
    assert blocking(county, row(fields={"address": words})) == ["GS-013"]
    assert blocking(county, row(name_note=words))[:1] == ["GS-013"]
    assert blocking(county, row(guardian_name=words)) == ["GS-013"]


@pytest.mark.parametrize(
    "words",
    ["公示期2026年5月6日至5月13日（7天）", "监督电话 0837-7232100、12345", "2026-05-06 2026-05-13", "第20260512003批"],
)
def test_days_hotlines_and_numbers_of_notices_may_stand_there(county, words):
    assert blocking(county, row(), text=words) == []


def test_a_number_with_its_middle_starred_out_is_denied_too_09_4(county):
    assert blocking(county, row(), text="513299********901X") == ["09.4"]


def test_people_of_one_name_are_not_told_apart_by_their_number_GS_014(county):
    assert blocking(county, row(name_note="002X")) == ["GS-014"], "GS-014"
    assert blocking(county, row(name_note="之一")) == []


def test_chinese_comes_first_GS_017(county):
    assert blocking(county, row(), languages=["bo", "zh"]) == ["GS-017"], "GS-017"
    assert blocking(county, row(), languages=["zh", "qiang"]) == []


@pytest.mark.parametrize("programme", ["orphan", "de_facto_orphan", "left_behind_child", "home_teaching"])
def test_there_is_no_notice_of_children_D_17_GS_010(county, programme):
    assert blocking(county, programme_code=programme) == ["D-17", "GS-010"]


def test_there_is_no_notice_of_people_found_stranded_GS_012(county):
    assert blocking(county, programme_code="stranded_person") == ["GS-012"], "GS-012"


def test_a_child_is_announced_by_its_guardian_until_the_18th_birthday_GS_011(county):
    child = row("测试小", "2008-05-13", guardian_name="测试乙")
    assert ask(county, child)["display_names"] == ["监护人测试乙（代未成年人申请）"], "GS-011"
    assert ask(county, child, on="2026-05-13")["display_names"] == ["测试小"]
    assert blocking(county, row("测试小", "2010-01-01")) == ["GS-011"]
    named = row("测试小", "2010-01-01", {"address": "测试小家"}, guardian_name="测试乙")
    assert blocking(county, named) == ["GS-011"]
    assert blocking(county, child, text="其中测试小为未成年人") == ["GS-011"]
    assert blocking(county, child, row("测试丙", fields={"address": "测试小家旁"})) == ["GS-011"]


def test_a_guardian_whose_name_begins_like_the_childs_is_a_guardian_GS_011(county):
    assert blocking(county, row("测试小", "2010-01-01", guardian_name="测试小丁")) == []
    assert blocking(county, row("测试小", "2010-01-01", guardian_name="测试小")) == ["GS-011"]


def test_names_are_answered_in_the_order_of_the_rows(county):
    assert ask(county, row("测试乙"), row("测试甲"))["display_names"] == ["测试乙", "测试甲"]


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ({"languages": []}, "bad_value"),
        ({"rows": [row(born="2026-05-13")]}, "bad_value"),
        ({"rows": [row(fields={"amount": 1.5})]}, "bad_question"),
        ({"rows": [row(fields={"amount": True})]}, "bad_question"),
        ({"kind": "poster"}, "bad_value"),
        ({"kind": "termination_notice"}, "bad_value"),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, question, code):
    assert ask(county, **question)["error"]["code"] == code


@given(
    st.text(max_size=20),
    st.from_regex(r"[0-9]{17}[0-9Xx]|1[3-9][0-9]{9}|[0-9]{15,19}", fullmatch=True),
    st.text(max_size=20),
)
def test_a_number_is_found_whatever_stands_around_it_GS_013(before, number, after):
    around = "".join(" " if char.isdecimal() or char in "+-" else char for char in before)
    behind = "".join(" " if char.isdecimal() else char for char in after)
    assert tells_a_number(f"{around}{number}{behind}"), "GS-013"
