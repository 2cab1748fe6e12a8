"""What a move asks of a person: exactly the facts of its conditions, with the rules in the way and what to do."""

import typing
from datetime import date

import pytest

from db.refused import BadValue
from desktop.casework import case_list, cases, evidence_words, gathering, move_forms
from desktop.casework.case_views import StepView
from desktop.casework.move_wants import ASKED, EXTRA
from desktop.policy.asks.gate_checks import CHECKS
from desktop.policy.asks.gate_evidence import Evidence
from tests.casework.test_assessing import case_of, home_of
from tests.casework.test_gates import REVIEW, go, investigated, surveyed


def form(township, case, to, on=date(2026, 11, 5), **values):
    return township.look(lambda work: move_forms.form(work, case, to, values), on=on)


def keys(wants):
    return [want.key for want in wants]


def test_every_condition_of_a_move_says_what_to_do():
    assert {check.holds for check in CHECKS} <= set(ASKED)
    assert all(asked.do.endswith("。") for asked in ASKED.values())


def test_every_fact_of_a_form_is_evidence_of_the_contract():
    wants = [want for asked in ASKED.values() for want in asked.wants] + [w for more in EXTRA.values() for w in more]
    assert {want.key.split(".")[0] for want in wants} <= set(typing.get_type_hints(Evidence))
    assert all(want.options for want in wants if want.kind == "choice")


def test_a_condition_that_the_store_meets_asks_for_nothing(township):
    household, case = investigated(township)
    assert "home_visit.investigators" in keys(form(township, case, "pre_reviewed").needed)
    surveyed(township, household, case)
    shown = form(township, case, "pre_reviewed")
    assert (shown.needed, shown.hindrances) == ((), ()) and "near_relative_filed" in keys(shown.may)


def test_what_is_in_the_way_is_said_by_rule_with_what_to_do(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "democratic_review")
    shown = form(township, case, "pre_reviewed", democratic_review=REVIEW | {"representatives": 19})
    (found,) = shown.hindrances
    assert found.rules == ("DB-059", "D-19") and "三分之二" in found.words and "重新评议" in found.do
    assert keys(shown.needed) == [f"democratic_review.{key}" for key in ("attended", "representatives", "all_signed")]
    assert form(township, case, "pre_reviewed", democratic_review=REVIEW).hindrances == ()


def test_only_adults_are_offered_for_the_check(township):
    household, head, other = home_of(township)
    case = case_of(township, household)
    shown = form(township, case, "checking")
    assert list(shown.people) == [head, other] and keys(shown.needed) == ["authorized_members"]
    assert (shown.before, shown.name, shown.on, shown.yours) == ("已受理", "信息核对中", "2026-11-05", True)


def test_evidence_that_cannot_be_is_refused(township):
    _, case = investigated(township)
    with pytest.raises(BadValue):
        form(township, case, "pre_reviewed", fairy="1")


def test_the_list_has_the_nearest_deadline_of_each_case(township):
    household, _, _ = home_of(township)
    case_of(township, household)
    (line,) = township.look(case_list.lines)
    assert line.case.subject == "测试甲" and line.deadline is not None
    assert (line.deadline.code, line.deadline.level, line.deadline.remaining_workdays) == (
        "db_start_survey", "orange", 0,
    )  # fmt: skip
    go(township, line.case.case_id, "investigating")
    assert township.look(case_list.lines)[0].deadline.code == "db_total"


def test_a_trace_calls_people_by_name():
    step = StepView(rule_id="DB-008", passed=True, text="p1a、p2b", source="p1a", inputs={"成员": "p2b"})
    (found,) = evidence_words.with_names((step,), {"p1a": "测试甲", "p2b": "测试乙"})
    assert (found.text, found.inputs, found.source) == ("测试甲、测试乙", {"成员": "测试乙"}, "p1a")


def test_the_evidence_of_a_step_is_told_in_words(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed", note="好")
    shown = township.read.progress(case)
    people = township.look(lambda work: gathering.of_case(work, cases.find(work.session, case)).home.people)
    told = evidence_words.told(shown.steps[-1], {one.ref: one.name for one in people})
    assert "调查人：王强、李敏" in told and "签字的成员：测试甲" in told
