"""`case add`, `list`, `show`, `move`, `assess` and `why` on the command line."""

import json

import pytest


@pytest.fixture
def case(desk):
    """An accepted dibao case of two adults; its id and the ids of the two."""
    people = [
        {"name": "测试甲", "id_number": "513299198003050014"},
        {"name": "测试乙", "relation": "12", "birth_date": "1982-01-01", "no_id_reason": "遗失"},
    ]
    home = desk.household(*people)
    found = desk.do(
        "case", "add", "--household", home["household_id"], "--programme", "dibao", "--accepted-on", "2026-11-02"
    )
    return found["case_id"], *(member["person_id"] for member in home["members"])


def test_move_answers_with_case_number_and_status(desk, case):
    moved = desk.do("case", "move", case[0], "investigating", "note=周三入户")
    assert moved["case_id"] == case[0] and moved["status"] == "investigating"
    assert moved["case_no"].startswith("513299-102-DB-2026-0")
    assert desk.do("case", "list", "--status", "investigating")["cases"][0]["case_id"] == case[0]


def test_a_refused_move_names_the_rules(desk, case):
    refused = desk.refuse("case", "move", case[0], "confirmed")
    assert refused["code"] == "case.gate" and "DB-009" in refused["rules"]
    desk.do("case", "move", case[0], "investigating")
    assert desk.refuse("case", "move", case[0], "pre_reviewed")["rules"] == ["DB-053"]
    assert desk.do("case", "show", case[0])["status"] == "investigating"


def test_evidence_comes_as_values_files_and_standard_input(desk, case):
    ident, head, other = case
    assert desk.refuse("case", "move", ident, "checking")["rules"] == ["DB-007"]
    assert desk.do("case", "move", ident, "checking", f"authorized_members={head}|{other}")["status"] == "checking"
    desk.do("case", "move", ident, "investigating")
    visit = {
        "visited_on": "2026-11-05", "investigators": ["王强", "李敏"], "investigator_signatures": ["王强", "李敏"],
        "present_members": [head], "member_signatures": [head],
    }  # fmt: skip
    given = desk.file(visit, "visit.json")
    desk.do("case", "move", ident, "democratic_review", f"home_visit=@{given}")
    review = json.dumps({"attended": 3, "representatives": 2, "all_signed": True})
    desk.do("case", "move", ident, "pre_reviewed", "democratic_review=-", stdin=review)
    events = desk.do("case", "show", ident)["events"]
    assert [event["event"] for event in events][-2:] == ["democratic_review", "pre_reviewed"]
    assert events[-1]["evidence"]["democratic_review"]["attended"] == 3


def test_bad_evidence_status_and_id_are_refused_and_missing_arguments_are_wrong_use(desk, case):
    assert desk.refuse("case", "move", case[0], "investigating", "dust=1")["code"] == "case.unknown_evidence"
    assert desk.refuse("case", "move", case[0], "investigating", "urgent=perhaps")["code"] == "case.bad_evidence"
    assert desk.refuse("case", "move", case[0], "investigating", "urgent")["code"] == "value.not_a_pair"
    assert desk.refuse("case", "move", case[0], "heaven")["code"] == "case.unknown_status"
    assert desk.refuse("case", "move", "nobody", "investigating")["code"] == "case.unknown"
    assert desk.ask("case", "move", case[0])[0] == 2


def test_show_tells_moves_deadlines_and_what_is_missing(desk, case):
    desk.do("case", "move", case[0], "investigating")
    shown = desk.do("case", "show", case[0])
    assert {move["status"] for move in shown["moves"]} >= {"pre_reviewed", "democratic_review"}
    assert shown["deadlines"][0]["code"] == "db_total" and shown["deadlines"][0]["due"] == "2026-12-14"
    assert any("DB-053" in reason for reason in shown["missing"]) and shown["assessment"] is None


def test_assess_keeps_the_answer_and_why_prints_it_rule_by_rule(desk, case):
    assert desk.do("case", "why", case[0])["trace"] == []
    found = desk.do("case", "assess", case[0])
    assert (found["outcome"], found["amount_month"], found["pack_version"]) == ("eligible", "800.00", "training-1")
    why = desk.do("case", "why", case[0])
    assert why["assessment_id"] == found["assessment_id"] and why["trace"] == found["trace"]
    assert {"rule_id", "passed", "text", "source", "inputs", "effective_from"} == set(why["trace"][0])
    assert desk.do("case", "show", case[0])["assessment"]["outcome"] == "eligible"


def test_assess_names_what_it_lacks_and_refuses_facts_that_cannot_be(desk, case):
    ident, _, other = case
    assert desk.refuse("case", "assess", ident, "fairies=3")["code"] == "assess.bad_facts"
    desk.do("person", "set", other, "relation=")
    assert "测试乙与申请人的关系" in desk.refuse("case", "assess", ident)["what"]


def test_why_is_readable_without_json(desk, case, capsys):
    from desktop.commands.main import main

    desk.do("case", "assess", case[0])
    common = ["--store", str(desk.store), "--user", desk.user, "--on", "2026-11-05"]
    assert main([*common, "case", "why", case[0]]) == 0
    told = capsys.readouterr().out
    assert "符合，每月 800.00 元" in told and "DB-079" in told and "依据：" in told
    assert main([*common, "case", "show", case[0]]) == 0
    assert "办结" in capsys.readouterr().out
