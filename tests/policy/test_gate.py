"""Ask `gate`: what each move of a case must fulfil, rule by rule."""

from typing import get_args

import pytest

from desktop.policy.codes import CaseStatus
from desktop.policy.engine import answer_question, decide
from desktop.policy.transitions import NEXT, may_follow

PILOT = {"township_code": "513224100", "accepted_on": "2026-04-20"}
VISIT = {
    "investigators": ["u1", "u2"],
    "investigator_signatures": ["u1", "u2"],
    "present_members": ["m1", "m2"],
    "member_signatures": ["m1"],
}
QUORATE = {"attended": 12, "representatives": 8, "all_signed": True}
NOTICE = {"posted_on": "2026-05-06", "objections": []}  # runs out on 13 May, the next step is on the 14th


def move(county, before, after, evidence=None, programme="dibao", on="2026-05-20", **question):
    base = {"id": "q", "ask": "gate", "act": "move", "programme_code": programme, "on": on}
    return answer_question(county, {**base, "from": before, "to": after, "evidence": evidence or {}, **question})


def blocking(county, *question, **more):
    answer = move(county, *question, **more)
    assert answer["allowed"] is not bool(answer["blocking"])
    return answer["blocking"]


def test_the_table_knows_every_status_and_leads_only_to_known_ones():
    statuses = set(get_args(CaseStatus))
    assert set(NEXT) == statuses and all(set(after) <= statuses for after in NEXT.values())


@pytest.mark.parametrize("before", ["draft", "submitted", "supplement_needed", "accepted", "checking", "investigating"])
@pytest.mark.parametrize("after", ["confirmed", "paying"])
def test_nobody_jumps_into_support_unexamined_by_DB_009(county, before, after):
    assert "DB-009" in blocking(county, before, after), "DB-009"


def test_other_moves_outside_the_table_break_15_1(county):
    assert "15.1" in blocking(county, "paying", "terminated", {"written_reason": True}), "15.1"
    assert blocking(county, "archived", "paying") == ["15.1"]
    assert blocking(county, "submitted", "submitted", {"applicant_signed": True}) == ["15.1"]


def test_only_a_delegated_township_confirms_by_itself_D_14(county):
    evidence = {"notices": [NOTICE], "approver": "u9"}
    assert blocking(county, "notice_passed", "confirmed", evidence, **PILOT) == [], "D-14"
    assert blocking(county, "notice_passed", "confirmed", evidence) == ["15.1"]
    before = {"township_code": "513224100", "accepted_on": "2021-12-14"}
    assert blocking(county, "notice_passed", "confirmed", evidence, **before) == ["15.1"], "D-14"
    assert blocking(county, "notice_passed", "confirmed", evidence, **PILOT, programme="housing_aid") == ["15.1"]


@pytest.mark.parametrize("before", ["accepted", "checking", "investigating"])
def test_who_will_not_cooperate_after_a_letter_without_good_reason_may_be_ended(county, before):
    reminded = {"reminded_in_writing_on": "2026-05-18", "good_reason": False}
    assert blocking(county, before, "aborted_noncooperation", {"noncooperation": reminded}) == [], "DB-007"
    for wrong in (
        {"good_reason": False},
        {**reminded, "good_reason": True},
        reminded | {"reminded_in_writing_on": "2026-05-21"},
    ):
        assert blocking(county, before, "aborted_noncooperation", {"noncooperation": wrong}) == ["DB-007"]
    assert blocking(county, before, "aborted_noncooperation") == ["DB-007"]


def test_a_proxy_needs_an_authorisation_by_DB_004(county):
    evidence = {"applicant_signed": True, "by_proxy": True}
    assert blocking(county, "draft", "submitted", evidence) == ["DB-004"], "DB-004"
    assert blocking(county, "draft", "submitted", evidence | {"proxy_authorization": True}) == []


def test_lacking_papers_are_named_once_by_DB_006(county):
    def sent(*days):
        notices = [{"on": day, "items": ["EV-01"]} for day in days]
        return blocking(county, "submitted", "supplement_needed", {"supplement_notices": notices})

    assert sent() == [] and sent("2026-05-20") == [], "the notice of this very move is none before it"
    assert sent("2026-05-19") == ["DB-006"] and sent("2026-05-20", "2026-05-20") == ["DB-006"]


def test_urgent_help_is_not_refused_for_the_household_register(county):
    refused = {"written_reason": True, "supervisor_reviewed": True, "refusal_ground": "non_local_hukou"}
    for programme in ("temp_emergency", "temp_expense", "temp_nonlocal"):
        found = blocking(county, "submitted", "not_accepted", refused, programme)
        assert set(found) == {"LS-009", "D-12"}
    assert blocking(county, "submitted", "not_accepted", refused) == []
    other = refused | {"refusal_ground": "not_qualified"}
    assert blocking(county, "submitted", "not_accepted", other, "temp_emergency") == []


def test_every_adult_allows_the_check_and_18_is_adult_on_the_birthday(county):
    members = [
        {"ref": "m1", "relation": "01", "birth_date": "1970-01-01"},
        {"ref": "m2", "relation": "20", "birth_date": "2008-05-20"},
    ]
    evidence = {"authorized_members": ["m1"]}
    assert blocking(county, "accepted", "checking", evidence, members=members) == ["DB-007"], "DB-007"
    assert blocking(county, "accepted", "checking", evidence, members=members, on="2026-05-19") == []


@pytest.mark.parametrize("missing", ["urgent", "small_amount", "needs_help_at_once"])
def test_fast_relief_needs_all_three_by_LS_020(county, missing):
    evidence = {"urgent": True, "small_amount": True, "needs_help_at_once": True}
    assert blocking(county, "accepted", "fast_relief", evidence, "temp_nonlocal") == [], "LS-020"
    assert blocking(county, "accepted", "fast_relief", evidence | {missing: False}, "temp_nonlocal") == ["LS-020"]
    assert blocking(county, "accepted", "fast_relief", evidence, "temp_expense") == ["LS-020"]


@pytest.mark.parametrize(
    "change",
    [
        {"investigators": ["u1", "u1"], "investigator_signatures": ["u1"]},
        {"investigators": ["u1"], "investigator_signatures": ["u1", "u2"]},
        {"investigator_signatures": ["u1", "u3"]},
        {"member_signatures": []},
        {"member_signatures": ["m9"]},
        {"visited_on": "2026-05-21"},
    ],
)
def test_a_visit_is_two_people_and_signatures_of_both_sides_DB_053(county, change):
    for programme in ("dibao", "dibao_single", "edge_family", "tekun", "temp_expense"):
        found = blocking(county, "investigating", "pre_reviewed", {"home_visit": VISIT | change}, programme)
        assert found == ["DB-053"]


def test_other_programmes_go_on_without_a_home_visit(county):
    assert blocking(county, "investigating", "pre_reviewed", programme="orphan") == []


def test_going_is_waived_only_in_a_pilot_township_with_a_report_and_no_dispute_D_16(county):
    waiver = {"home_visit_waiver": {"basis": "核对可掌握"}, "check_report": {"complete": True}}

    def waived(evidence, **question):
        return blocking(county, "investigating", "democratic_review", evidence, **question)

    assert waived(waiver, **PILOT) == [], "D-16"
    assert waived(waiver) == ["D-16"]
    assert waived(waiver | {"check_report": {"complete": False}}, **PILOT) == ["D-16"]
    assert waived(waiver | {"disputed": True}, **PILOT) == ["D-16"]
    assert waived({"check_report": {"complete": True}}, **PILOT) == ["DB-053"]
    assert waived(waiver | {"home_visit": VISIT | {"member_signatures": []}}) == ["DB-053"]


@pytest.mark.parametrize(("relation", "near"), [("29", True), ("44", True), ("58", True), ("28", False), ("72", False)])
def test_near_kin_in_office_are_filed_and_the_county_goes_there(county, relation, near):
    kin = {"kinship": [{"relation": relation, "official_post": "case_officer"}]}
    surveyed = blocking(county, "investigating", "pre_reviewed", kin | {"home_visit": VISIT})
    assert surveyed == (["DB-058"] if near else []), "DB-058 D-20"
    filed = kin | {"home_visit": VISIT, "near_relative_filed": True}
    assert blocking(county, "investigating", "pre_reviewed", filed) == []
    assert blocking(county, "county_review", "confirmed", kin) == (["DB-073"] if near else []), "DB-073"
    assert blocking(county, "county_visit", "confirmed", kin | {"county_home_visit_on": "2026-05-20"}) == []


def test_a_complaint_sends_the_county_out_also_where_the_township_confirms(county):
    evidence = {"complaints": ["2026-05-10"], "notices": [NOTICE], "approver": "u9"}
    assert blocking(county, "notice_passed", "confirmed", evidence, **PILOT) == ["DB-073"], "DB-073"
    assert blocking(county, "county_review", "confirmed", evidence, "tekun") == []
    late = evidence | {"county_home_visit_on": "2026-05-21"}
    assert blocking(county, "county_review", "confirmed", late) == ["DB-073"]


@pytest.mark.parametrize(("attended", "representatives", "quorate"), [(12, 8, True), (12, 7, False), (13, 8, False)])
def test_two_thirds_of_the_review_represent_the_villagers_DB_059_D_19(county, attended, representatives, quorate):
    record = {"attended": attended, "representatives": representatives, "all_signed": True}
    found = blocking(county, "democratic_review", "pre_reviewed", {"democratic_review": record})
    assert found == ([] if quorate else ["DB-059", "D-19"])


def test_a_review_may_go_back_to_the_survey_without_a_quorum(county):
    assert blocking(county, "democratic_review", "investigating") == []


def test_no_review_is_needed_where_nobody_disputes_D_15(county):
    assert blocking(county, "investigating", "pre_reviewed", {"home_visit": VISIT}) == [], "D-15"


def test_relief_after_a_disaster_is_applied_for_or_nominated_and_reviewed_on_record(county):
    assert blocking(county, "investigating", "democratic_review", programme="disaster_relief") == ["ZH-010"]
    unsigned = {"democratic_review": {"attended": 9, "all_signed": False}}
    signed = {"democratic_review": {"attended": 9, "all_signed": True}}
    for before in ("democratic_review", "pre_reviewed"):
        assert blocking(county, before, "public_notice", unsigned, "disaster_relief") == ["ZH-011"]
        assert blocking(county, before, "public_notice", signed, "disaster_relief") == []


@pytest.mark.parametrize("programme", ["orphan", "de_facto_orphan", "left_behind_child", "home_teaching"])
def test_children_are_never_reviewed_in_the_village_nor_put_on_a_notice(county, programme):
    assert blocking(county, "investigating", "democratic_review", programme=programme) == ["D-17"], "D-17"
    found = blocking(county, "pre_reviewed", "public_notice", programme=programme)
    assert found[:2] == ["D-17", "GS-010"]
    assert ("ET-004" in found) == (programme == "de_facto_orphan"), "ET-004"
    assert blocking(county, "pre_reviewed", "reported", programme=programme) == []


def test_people_found_stranded_are_never_put_on_a_notice(county):
    assert blocking(county, "pre_reviewed", "public_notice", programme="stranded_person") == ["D-17", "GS-010"]


@pytest.mark.parametrize(
    ("before", "after"),
    [("public_notice", "notice_passed"), ("notice_passed", "reported"), ("pre_reviewed", "reported")],
)
def test_a_notice_must_have_run_out_and_be_free_of_open_objections(county, before, after):
    assert blocking(county, before, after, {"notices": [NOTICE]}, on="2026-05-14") == []
    assert blocking(county, before, after, {"notices": [NOTICE]}, on="2026-05-13") == ["GS-001"], "GS-001"
    assert blocking(county, before, after) == ["GS-001"]
    opposed = {"notices": [NOTICE | {"objections": [{"on": "2026-05-08"}]}]}
    assert blocking(county, before, after, opposed) == ["GS-016"], "GS-016"
    late = {"notices": [NOTICE | {"objections": [{"on": "2026-05-08", "closed_on": "2026-05-21"}]}]}
    assert blocking(county, before, after, late) == ["GS-016"]


def test_the_last_notice_counts(county):
    notices = {"notices": [NOTICE | {"posted_on": "2026-05-18"}, NOTICE]}
    assert blocking(county, "public_notice", "notice_passed", notices) == ["GS-001"]


@pytest.mark.parametrize(
    "programme", ["disability_living", "disability_nursing", "edge_family", "rigid_expense_family", "elder_allowance"]
)
def test_programmes_without_notice_are_reported_at_once(county, programme):
    assert blocking(county, "pre_reviewed", "reported", programme=programme) == []


def test_days_of_notice_that_the_county_has_not_set_are_named(county):
    answer = move(county, "public_notice", "notice_passed", {"notices": [NOTICE]}, overrides={"notice_days": None})
    assert (answer["blocking"], answer["missing"]) == (["GS-001"], ["notice_days", "notice_days.default"])


def test_after_an_objection_dibao_is_reported_without_a_second_notice_and_tekun_is_not(county):
    closed = {"notices": [NOTICE | {"objections": [{"on": "2026-05-08", "closed_on": "2026-05-15"}]}]}
    assert blocking(county, "pre_reviewed", "reported", closed) == [], "DB-071"
    assert blocking(county, "pre_reviewed", "reported", closed, "tekun") == ["TK-035"], "TK-035"
    again = {"notices": [*closed["notices"], {"posted_on": "2026-05-15"}]}
    assert blocking(county, "pre_reviewed", "reported", again, "tekun", on="2026-05-25") == []


def test_whoever_confirms_in_the_township_did_not_investigate_15_1(county):
    evidence = {"notices": [NOTICE], "home_visit": VISIT}
    assert blocking(county, "notice_passed", "confirmed", evidence | {"approver": "u1"}, **PILOT) == ["15.1"]
    assert blocking(county, "notice_passed", "confirmed", evidence | {"approver": "u9"}, **PILOT) == []
    assert blocking(county, "notice_passed", "confirmed", evidence, **PILOT) == ["15.1"], "nobody is named"
    assert blocking(county, "county_review", "confirmed", {"home_visit": VISIT, "approver": "u1"}) == []


@pytest.mark.parametrize(
    ("on", "evidence", "found"),
    [
        ("2026-06-30", {"direction": "reduce"}, ["DB-093"]),
        ("2026-06-30", {"direction": "reduce", "reasons_told": True}, []),
        ("2026-07-01", {"direction": "reduce", "reasons_told": True}, ["D-02"]),
        ("2026-07-01", {"direction": "reduce", "reasons_told": True, "opinion_hearing_on": "2026-07-01"}, []),
        ("2026-07-01", {"direction": "reduce", "reasons_told": True, "opinion_hearing_on": "2026-07-02"}, ["D-02"]),
        ("2026-07-01", {"direction": "increase"}, []),
    ],
)
def test_who_gets_less_is_told_why_and_from_july_2026_heard_first_DB_093_D_02(county, on, evidence, found):
    assert blocking(county, "paying", "adjusted", evidence, on=on) == found


def test_support_ends_in_writing_and_from_july_2026_after_a_hearing(county):
    assert blocking(county, "termination_proposed", "terminated", on="2026-06-30") == ["DB-093"], "DB-093"
    written = {"written_reason": True, "termination_cause": "moved"}
    assert blocking(county, "termination_proposed", "terminated", written, on="2026-07-01") == ["D-02"], "D-02"
    heard = move(
        county, "termination_proposed", "terminated", written | {"opinion_hearing_on": "2026-06-30"}, on="2026-12-01"
    )
    assert heard["allowed"] and heard["stop_from"] == "2027-01"


def test_the_end_of_tekun_hangs_and_death_needs_neither_hearing_nor_notice(county):
    written = {"written_reason": True, "opinion_hearing_on": "2026-07-01"}
    assert blocking(county, "termination_proposed", "terminated", written, "tekun", on="2026-07-20") == ["TK-061"]
    opposed = {"notices": [{"posted_on": "2026-07-02", "objections": [{"on": "2026-07-03"}]}]}
    assert blocking(county, "termination_proposed", "terminated", written | opposed, "tekun", on="2026-07-20") == [
        "TK-061"
    ]
    died = {"written_reason": True, "termination_cause": "death"}
    assert blocking(county, "termination_proposed", "terminated", died, "tekun", on="2026-07-20") == [], "TK-062"
    traced = decide(
        county,
        {
            "id": "q",
            "ask": "gate",
            "act": "move",
            "programme_code": "tekun",
            "on": "2026-07-20",
            "from": "termination_proposed",
            "to": "terminated",
            "evidence": died,
        },
    ).trace
    assert "TK-062" in [step.rule_id for step in traced]


@pytest.mark.parametrize(("code", "found"), [("EV-02", True), ("EV-13", True), ("EV-14", True), ("EV-01", False)])
@pytest.mark.parametrize("programme", ["dibao", "temp_emergency", "home_teaching"])
def test_what_departments_know_is_not_asked_of_the_applicant_EV_R1(county, programme, code, found):
    question = {"id": "q", "ask": "gate", "act": "require_evidence", "programme_code": programme, "on": "2026-05-12"}
    answer = answer_question(county, {**question, "evidence": {"evidence_code": code}})
    assert answer["blocking"] == (["EV-R1", "DB-006"] if found else [])


@pytest.mark.parametrize("missing", ["agreement_signed", "consent_signed"])
def test_home_teaching_begins_with_both_papers_JY_016(county, missing):
    question = {"id": "q", "ask": "gate", "act": "start_home_teaching", "programme_code": "home_teaching"}
    papers = {"agreement_signed": True, "consent_signed": True, missing: False}
    assert answer_question(county, {**question, "on": "2026-09-07", "evidence": papers})["blocking"] == ["JY-016"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": None}, "bad_question"),
        ({"act": "require_evidence"}, "bad_question"),
        ({"evidence": {"surprise": 1}}, "bad_question"),
        ({"evidence": {"democratic_review": {"attended": 2, "representatives": 3, "all_signed": True}}}, "bad_value"),
        ({"accepted_on": "2026-05-21"}, "bad_value"),
        ({"members": []}, "bad_value"),
        ({"to": "recovered"}, "bad_value"),
        ({"on": "2026-02-30"}, "bad_date"),
    ],
)
def test_questions_that_cannot_be_asked_say_which_way(county, change, code):
    question = {
        "id": "q",
        "ask": "gate",
        "act": "move",
        "programme_code": "dibao",
        "on": "2026-05-20",
        "from": "draft",
        "to": "submitted",
    }
    assert answer_question(county, question | change)["error"]["code"] == code


def test_a_move_without_its_target_is_no_question(county):
    question = {"id": "q", "ask": "gate", "act": "move", "programme_code": "dibao", "on": "2026-05-20", "from": "draft"}
    assert answer_question(county, question)["error"]["code"] == "bad_question"


def test_a_delegated_move_is_one_only_where_the_township_confirms():
    assert may_follow("notice_passed", "confirmed", True) and not may_follow("notice_passed", "confirmed", False)


@pytest.mark.parametrize(
    ("cause", "rule"),
    [
        ("death", "TK-060a"),
        ("recovered_labor", "TK-060b"),
        ("imprisoned", "TK-060c"),
        ("income_over", "TK-060d"),
        ("obligor_able", "TK-060e"),
        ("voluntary", "TK-060f"),
    ],
)
def test_every_ground_that_ends_tekun_can_be_named(county, cause, rule):
    evidence = {"written_reason": True, "termination_cause": cause, "notices": [NOTICE]}
    assert blocking(county, "termination_proposed", "terminated", evidence, "tekun") == [], rule


@pytest.mark.parametrize(("programme", "rule"), [("temp_expense", "LS-022"), ("disaster_relief", "ZH-012")])
def test_relief_for_expenses_and_after_disasters_hangs_its_own_days(county, programme, rule):
    longer = {"notice_days": {"default": 7, "temp": 9, "disaster": 9, "board": 15}}
    found = {
        on: blocking(
            county, "public_notice", "notice_passed", {"notices": [NOTICE]}, programme, on=on, overrides=longer
        )
        for on in ("2026-05-15", "2026-05-18")
    }
    assert found == {"2026-05-15": ["GS-001"], "2026-05-18": []}, rule


def test_the_way_has_a_notice_and_a_publication_and_may_leave_the_review_out():
    assert may_follow("pre_reviewed", "public_notice", False) and may_follow("confirmed", "published", False), "D-01"
    assert may_follow("investigating", "pre_reviewed", False), "D-15 TK-034"


def test_the_township_confirms_tekun_too_where_it_is_delegated_TK_039(county):
    evidence = {"notices": [NOTICE], "approver": "u9"}
    assert blocking(county, "notice_passed", "confirmed", evidence, "tekun", **PILOT) == [], "TK-039"


def test_no_local_rule_takes_people_in_unexamined(county):
    assert blocking(county, "accepted", "paying") == ["DB-009"], "BZ-024 JD-004"


def test_lacking_papers_of_tekun_are_named_once_too_TK_032(county):
    sent = {"supplement_notices": [{"on": "2026-05-12", "items": ["EV-15"]}]}
    assert blocking(county, "submitted", "supplement_needed", sent, "tekun") == ["DB-006"], "TK-032"


def test_an_acceptance_after_the_act_cannot_be_RL_010(county):
    assert move(county, "draft", "submitted", accepted_on="2026-05-21")["error"]["code"] == "bad_value", "RL-010"


def test_the_trace_shows_the_days_and_numbers_that_a_check_went_by(county):
    evidence = {"notices": [NOTICE | {"objections": [{"on": "2026-05-08"}]}]}
    question = {"id": "q", "ask": "gate", "act": "move", "programme_code": "dibao", "on": "2026-05-13"}
    traced = decide(county, {**question, "from": "public_notice", "to": "notice_passed", "evidence": evidence}).trace
    inputs = {step.rule_id: dict(step.inputs) for step in traced}
    assert inputs["GS-001"]["可办理日"] == "2026年5月14日" and inputs["GS-016"]["未办结"] == "1"
