"""What a form says of its answers: missing, odd, impossible, worked out; by the text of forms.md."""

from datetime import date
from typing import Any

import pytest

from desktop import forms
from tests.forms.builders import ON, grammar, identity_number, row_ids

BLOCKS = {code: raw for code, raw in grammar().items() if code.startswith("B-")}
KNOWN = {
    "household.region": "青云镇上磨村2组",
    "household.village": "上磨村",
    "person.birth_date": "2015-03-05",
    "person.sex": "2",
    "certificate.kind": "4",
    "certificate.grade": "1",
    "certificate.number": "51329920150305002141",
    "settings.township_name": "青云镇",
    "settings.edu_tel": "0837-7230001",
}
MEMBER = {
    "name": "测试甲",
    "relation": "02",
    "id_no": identity_number(),
    "health": "1",
    "labor": "1",
    "job": "1",
    "co_living": True,
    "covered": True,
    "same": True,
}
VISITED = {
    "aid": "最低生活保障",
    "date": "2026-11-05",
    "t1": "2026-11-05T09:30",
    "t2": "2026-11-05T11:00",
    "method": "1",
    "place": "大槐树",
    "i1": "王强",
    "o1": "青云镇",
    "i2": "泽仁",
    "o2": "青云镇",
    "lang": "四川话",
    "at_home": True,
    "present": "测试甲（户主）",
    "members": [MEMBER],
    "income": [{"kind": "03", "gross": "11200", "cost": "1800", "who": "户主", "proof": "问到"}],
    "livestock": False,
    "h_src": "1",
    "h_struct": "4",
    "h_area": "90",
    "h_grade": "未鉴定",
    "water": "1",
    "power": True,
    "heat": "3",
    "clothes": True,
    "luxury": False,
    "needs": "医",
    "causes": "1",
    "problems": "户主患病，不能劳动。",
    "advice": "建议纳入",
    "advice_aid": "dibao",
    "advice_n": 1,
    "advice_band": "一档",
    "conclusion": "情况属实。",
}
SIGNED = {
    "school": "城关小学",
    "principal": "某",
    "school_tel": "0837-7230002",
    "guardian": "测试甲",
    "guardian_id": identity_number(),
    "grel": "51",
    "guardian_tel": "13900000000",
    "child": "测试乙",
    "student_no": "L51329900001",
    "addr": "上磨村2组",
    "from": "2026-09-01",
    "to": "2027-01-15",
    "mode": "上门",
    "place": "家中",
    "cycle": "每周",
    "times": 1,
    "periods": 2,
    "first": "2026-09-03",
    "t1": "甲老师",
    "t2": "乙老师",
    "makeup": 14,
    "lang": "四川话",
    "told": True,
}


def look(code, given, sources=KNOWN, filled=(), **changed):
    """A review of a finished form with these answers."""
    spec = forms.load_form(code)
    answers, _ = forms.merge_file(spec, {}, given | changed, row_ids())
    return forms.check(spec, answers, sources, ON, set(filled))


def keys(missing):
    return [one.key for one in missing]


def said(found):
    return [one.code for one in found]


def test_an_empty_visit_lacks_everything_that_is_typed_in_before_what_is_by_hand(visit):
    found = forms.check(visit, {}, KNOWN, ON)
    by_hand = [one.by_hand for one in found.missing]
    assert by_hand == sorted(by_hand)
    assert {"aid", "date", "t1", "method", "i1", "i2", "at_home", "h_src", "advice", "conclusion"} <= set(
        keys(found.missing)
    )
    assert {one.key for one in found.missing if one.by_hand} == {"read_ok", "sg1", "sg2", "sign_mode"}
    assert {one.text for one in found.missing if one.by_hand} == {"待手写"}
    assert "case_no" not in keys(found.missing) and "door" not in keys(found.missing)


def test_a_filled_visit_lacks_only_what_is_written_by_hand():
    found = look("F-08", VISITED)
    assert found.blocks_official == ()
    assert keys(found.missing) == ["door", "house", "living", "kitchen", "read_ok", "sg1", "sg2", "sign_mode"]
    assert found.blocking == () and found.warnings == ()


def test_a_signed_visit_is_complete():
    filled = {"door", "house", "living", "kitchen", "sg1", "sg2", "sgm"}
    found = look("F-08", VISITED, filled=filled, read_ok=True, sign_mode="亲笔")
    assert found.missing == ()
    assert all(part.complete for part in found.progress)


def test_a_thumb_print_asks_for_the_writer_and_a_witness():
    found = look("F-08", VISITED, sign_mode="指印+代书", photo_note="手机没电")
    assert {"fp", "scribe", "sgw"} <= set(keys(found.missing)) and "door" not in keys(found.missing)


def test_nobody_at_home_asks_why_and_when_again():
    found = look("F-08", VISITED, at_home=False)
    assert {"absent_reason", "revisit_on"} <= set(keys(found.missing))
    assert "present" in found.visible  # something is in it, so it stays open
    assert said(found.warnings) == ["form.nobody_home"]


def test_a_visit_by_telephone_asks_for_its_reason():
    assert "remote_reason" in keys(look("F-08", VISITED, method="5|1").missing)
    assert "remote_reason" in keys(look("F-08", VISITED, method="2").missing)
    assert "remote_reason" not in keys(look("F-08", VISITED).missing)


def test_a_missing_cell_says_its_row():
    found = look("F-08", VISITED, members=[MEMBER | {"health": "5"}])
    (one,) = found.blocks_official
    assert one.key == f"members.{one.row}.dis_kind" and one.label == "家庭成员第 1 行：残疾类别"


def test_age_and_sex_of_a_member_follow_the_number_on_the_day_of_the_visit():
    (row,) = look("F-08", VISITED).computed["members"]
    assert (row["no"], row["age"], row["sex"]) == (1, 46, "1")
    (row,) = look("F-08", VISITED, date="2026-03-04").computed["members"]
    assert row["age"] == 45


def test_a_member_without_number_takes_age_and_sex_from_the_person():
    class People(dict[str, object]):
        def person_of_row(self, row, field):
            return {"birth_date": "1950-01-01", "sex": "2"}.get(field)

    member = {key: value for key, value in MEMBER.items() if key != "id_no"} | {"no_id_reason": "未办"}
    found = look("F-08", VISITED, sources=People(KNOWN), members=[member])
    assert found.computed["members"][0]["age"] == 76
    without = look("F-08", VISITED, members=[member])
    assert [one.sources for one in without.blocks_official] == [("person.sex",), ("person.birth_date",)]
    assert "人员档案" in without.blocks_official[0].text


def test_income_is_added_up_and_divided_exactly():
    rows = [
        {"kind": "03", "gross": "11200", "cost": "1800", "who": "户主", "proof": "问到"},
        {"kind": "05", "gross": "2880", "cost": "600", "who": "子", "proof": "估算", "year_kind": "差年"},
        {
            "kind": "07",
            "gross": "100",
            "cost": "100",
            "who": "子",
            "proof": "问到",
            "work_place": "成都",
            "months": "1",
        },
    ]
    found = look("F-08", VISITED, income=rows, members=[MEMBER, MEMBER, MEMBER])
    assert [row["net"] for row in found.computed["income"]] == ["9400.00", "2280.00", "0.00"]
    assert found.computed["inc_total"] == "11680.00"
    assert found.computed["emp_cost"] == "100.00"
    assert found.computed["inc_pc_m"] == "324.44"


def test_no_income_asks_what_the_household_lives_on():
    found = look("F-08", {key: value for key, value in VISITED.items() if key != "income"})
    assert keys(found.blocks_official) == ["zero_note"]


def test_without_anybody_living_together_the_figure_a_head_is_missing():
    found = look("F-08", VISITED, members=[MEMBER | {"co_living": False, "exclude_reason": "服刑"}])
    assert keys(found.blocks_official) == ["inc_pc_m"]


def test_fourteen_months_of_work_in_twelve_cannot_be():
    row = {
        "kind": "07",
        "work_place": "成都",
        "months": "14",
        "gross": "1",
        "cost": "0",
        "who": "子",
        "proof": "问到",
    }
    found = look("F-08", VISITED, income=[row])
    assert [one.text for one in found.blocking] == ["12 个月里最多 12。请再问一遍。"]
    assert found.blocking[0].field.endswith(".months")


def test_costs_above_the_takings_are_asked_about_again():
    row = {"kind": "03", "gross": "100", "cost": "300", "who": "户主", "proof": "问到"}
    assert said(look("F-08", VISITED, income=[row]).warnings) == ["form.cost_over_gross"]


def test_two_investigators_are_two_people():
    assert said(look("F-08", VISITED, i2=" 王 强 ").blocking) == ["form.same_investigators"]


@pytest.mark.parametrize(
    ("kind", "excluded", "codes"),
    [
        ("政府救助款物", "500", []),
        ("政府救助款物", "", ["form.excluded_less"]),
        ("政府救助款物", "900", ["form.excluded_more"]),
        ("高龄津贴", "", ["form.excluded_pending"]),
        ("高龄津贴", "500", ["form.excluded_pending"]),
        ("赡养抚养费", "", []),
    ],
)
def test_what_is_not_counted_is_compared_with_the_kinds_of_transfers(kind, excluded, codes):
    income: Any = VISITED["income"]
    rows = [
        *income,
        {"kind": "11", "transfer_kind": kind, "gross": "500", "cost": "0", "who": "户主", "proof": "票据"},
    ]
    assert said(look("F-08", VISITED, income=rows, excluded=excluded).warnings) == codes


def test_over_the_limit_and_still_in_favour_asks_for_a_reason():
    found = look("F-08", VISITED, sources=KNOWN | {"policy.property_over": True})
    assert keys(found.blocks_official) == ["over_reason"]
    assert said(found.warnings) == ["form.over_limit"]


def test_a_number_that_cannot_be_right_only_warns():
    number = identity_number()
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    found = look("F-08", VISITED, members=[MEMBER | {"id_no": wrong}])
    assert said(found.warnings) == ["E_ID_CHECKSUM"] and "第 18 位对不上" in found.warnings[0].text


def test_progress_counts_what_is_required_section_by_section():
    progress = {part.section: part for part in look("F-08", VISITED).progress}
    assert (progress["N"].done, progress["N"].total) == (0, 4)
    assert progress["A"].complete and progress["K"].total == 0


def test_the_agreement_of_the_example_has_thirty_eight_lessons_for_now():
    found = look("F-22B", SIGNED)
    assert (found.computed["total"], found.computed["total_mark"]) == (38, "（预计）")
    assert found.blocks_official == () and found.blocking == ()
    assert said(found.warnings) == ["form.no_school_calendar"]


def test_with_a_school_calendar_the_total_is_firm():
    term = {"from": "2026-09-01", "to": "2027-01-20", "days_off": [["2026-09-28", "2026-10-11"]]}
    found = look("F-22B", SIGNED, sources=KNOWN | {"settings.school_calendar": {"terms": [term]}})
    assert found.computed["total"] == 36 and "total_mark" not in found.computed and not found.warnings


def test_the_number_of_a_paper_is_not_missing_before_it_is_printed():
    assert "agree_no" not in keys(look("F-22B", SIGNED).missing)
    found = look("F-22B", SIGNED, sources=KNOWN | {"document.no": "513299-102-SJ-2026-00001-F22B-1"})
    assert found.computed["agree_no"] == "513299-102-SJ-2026-00001-F22B-1"


def test_a_missing_source_says_where_to_supply_it():
    sources = {key: value for key, value in KNOWN.items() if key not in ("certificate.kind", "settings.township_name")}
    found = look("F-22B", SIGNED, sources=sources)
    assert {one.key: one.sources for one in found.blocks_official} == {
        "dis_kind": ("F-22A.dis_kind", "certificate.kind"),
        "township": ("settings.township_name",),
    }
    assert "残疾人证" in found.blocks_official[0].text and "设置" in found.blocks_official[1].text


def test_the_second_source_stands_in_for_the_first():
    sources = {key: value for key, value in KNOWN.items() if key != "certificate.kind"} | {"F-22A.dis_kind": "5"}
    assert look("F-22B", SIGNED, sources=sources).computed["dis_kind"] == "5"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"t2": "甲老师"}, "form.same_teachers"),
        ({"to": "2027-09-01"}, "form.term_too_long"),
        ({"to": "2026-08-01", "first": ""}, "form.term_backwards"),
        ({"first": "2026-08-30"}, "form.first_before_term"),
        ({"first": "2027-02-01"}, "form.first_after_term"),
        ({"told": False}, "form.not_explained"),
        ({"times": 0}, "form.no_lessons"),
    ],
)
def test_an_agreement_that_cannot_be_is_stopped(changed, code):
    assert code in said(look("F-22B", SIGNED, **changed).blocking)


def test_a_whole_school_year_is_not_too_long():
    assert look("F-22B", SIGNED, to="2027-08-31").blocking == ()


@pytest.mark.parametrize(
    ("birth", "hard", "soft"),
    [
        ("2021-01-01", ["form.child_too_young"], []),
        ("2020-11-05", [], []),
        ("2010-11-06", [], []),
        ("2010-11-05", [], ["form.child_over_15"]),
        ("2008-11-05", ["form.child_over_17"], ["form.child_over_15"]),
    ],
)
def test_the_age_of_the_child_is_six_to_fifteen(birth, hard, soft):
    found = look("F-22B", SIGNED, sources=KNOWN | {"person.birth_date": birth})
    assert said(found.blocking) == hard
    assert [code for code in said(found.warnings) if code != "form.no_school_calendar"] == soft


def test_a_child_of_fourteen_says_what_it_thinks():
    assert "child_view" in keys(look("F-22C", {}, sources=KNOWN | {"person.birth_date": "2012-11-05"}).missing)
    assert "child_view" not in keys(look("F-22C", {}, sources=KNOWN | {"person.birth_date": "2012-11-06"}).missing)


def test_everything_agreed_to_is_written_by_hand_and_never_stops_the_paper():
    found = look("F-22C", {})
    assert {f"c{n}" for n in range(1, 10)} <= {one.key for one in found.missing if one.by_hand}
    assert not {one.key for one in found.blocks_official} & {f"k{n}" for n in range(1, 7)}


def test_what_was_not_explained_keeps_the_consent_from_counting():
    assert said(look("F-22C", {"k2": False}).blocking) == ["form.not_told"]


def test_a_needed_consent_refused_is_said_and_stops_nothing():
    found = look("F-22C", {"c1": "不同意", "c5": "不同意"})
    assert said(found.warnings) == ["form.needed_consent"] and found.blocking == ()


def test_consent_to_teaching_asks_for_the_way_and_sharing_for_the_departments():
    missing = keys(look("F-22C", {"c1": "同意", "c4": "同意"}).missing)
    assert {"c1_mode", "c4_depts"} <= set(missing)


def test_what_the_agreement_says_is_taken_over():
    found = look("F-22C", {}, sources=KNOWN | {"F-22B.student_no": "L1", "F-22B.grel": "51", "F-22B.guardian_tel": "1"})
    assert (found.computed["student_no"], found.computed["grel"]) == ("L1", "51")


class EveryDayWorks:
    """A calendar without holidays."""

    def is_workday(self, day: date) -> bool:
        return True


def test_working_days_come_from_the_calendar_that_is_handed_in():
    spec = forms.build(grammar()["F-07A"], BLOCKS)
    answers = forms.assign(spec, {}, "recv_at", "2026-11-05T10:00", row_ids())
    assert "due_on" not in forms.check(spec, answers, {}, ON).computed
    assert forms.check(spec, answers, {}, ON, calendar=EveryDayWorks()).computed["due_on"] == "2026-11-08"
