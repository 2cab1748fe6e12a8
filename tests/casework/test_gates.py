"""A case's way through the gates of a real store: what blocks, what is written, what the store knows by itself."""

from datetime import date
from functools import partial
from typing import Any

import pytest

from db import audit
from db.refused import Refused
from db.tables.cases import Case
from desktop.casework import (
    assessing,
    attachments,
    gates,
    households,
    packs,
    persons,
    progress,
    timeline,
    visit_records,
)
from desktop.workspace import Workspace
from tests.casework.conftest import ON, PASSWORD
from tests.casework.test_assessing import case_of, home_of, visit_of
from tests.casework.test_packs import pack
from tests.migrations.freeze import picture

REVIEW = {"attended": 30, "representatives": 20, "all_signed": True}


def go(township: Any, case: str, to: str, on: date = ON, **values: Any) -> Any:
    return township.run(lambda work: gates.move(work, case, to, values), on=on)


def stopped(township: Any, case: str, to: str, on: date = ON, **values: Any) -> Refused:
    """The refusal of a move that must not be; nothing of it is left."""
    before = township.read.case(case)
    with pytest.raises(Refused) as refusal:
        go(township, case, to, on, **values)
    assert township.read.case(case) == before
    return refusal.value


def surveyed(township: Any, household: str, case: str, signed: tuple[str, ...] = ("sg1", "sg2", "sgm")) -> str:
    """A completed F-08 with these signatures; what completing asks of the form is another test's."""
    visit = visit_of(township, household, case, at_home=True, present="测试甲（户主）")
    names = {"sg1": "王强", "sg2": "李敏", "sgm": "测试甲"}
    for role in signed:
        township.run(partial(attachments.sign, visit_id=visit, role=role, name=names[role], data=picture()))

    def complete(work: Any) -> None:
        visit_records.find(work.session, visit).status = visit_records.COMPLETED

    township.run(complete)
    return visit


def investigated(township: Any, programme: str = "dibao") -> tuple[str, str]:
    household, head, _ = home_of(township)
    case = case_of(township, household, programme, head if programme == "tekun" else None)
    go(township, case, "investigating")
    return household, case


def confirmed(township: Any) -> tuple[str, str]:
    """A dibao case that was assessed, hung, reported and confirmed."""
    household, case = investigated(township)
    surveyed(township, household, case)
    township.run(lambda work: assessing.assess_case(work, case))
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    for status in ("notice_passed", "reported", "county_review", "confirmed"):
        go(township, case, status, date(2026, 11, 16))
    return household, case


def test_a_move_writes_status_event_evidence_and_audit_together(township):
    household, _, _ = home_of(township)
    case = case_of(township, household)
    moved = go(township, case, "investigating", note="约好周三入户")
    assert (moved.status, moved.case_id) == ("investigating", case) and moved.case_no.startswith("513299-102-DB")
    first, second = township.look(lambda work: timeline.of_case(work.session, case))
    assert (first.event, second.event, second.before, second.note) == (
        "accepted", "investigating", "accepted", "约好周三入户",
    )  # fmt: skip
    assert (second.on, second.recorded_by) == ("2026-11-05", "王强")
    assert "case.move" in [entry[2] for entry in township.look(lambda work: audit.acts(work.session))]


def test_nobody_jumps_into_support(township):
    household, _, _ = home_of(township)
    refusal = stopped(township, case_of(township, household), "confirmed")
    assert refusal.code == "case.gate" and refusal.rules[0] == "DB-009" and "DB-009" in refusal.what


def test_a_move_that_the_table_does_not_have_is_15_1(township):
    household, _, _ = home_of(township)
    assert "15.1" in stopped(township, case_of(township, household), "published").rules


def test_checking_needs_every_adult_to_allow_it(township):
    household, head, other = home_of(township)
    case = case_of(township, household)
    assert stopped(township, case, "checking").rules == ("DB-007",)
    assert stopped(township, case, "checking", authorized_members=[head]).rules == ("DB-007",)
    assert go(township, case, "checking", authorized_members=f"{head}|{other}").status == "checking"


def test_a_child_allows_nothing(township):
    household, _, other = home_of(township)
    township.run(lambda work: persons.change(work, other, {"birth_date": "2015-01-01", "relation": "20"}))
    assert go(township, case_of(township, household), "checking", authorized_members="测试甲").status == "checking"


def test_without_a_birth_nobody_knows_who_must_allow_the_check(township):
    household, _, other = home_of(township)
    township.run(lambda work: persons.change(work, other, {"id_number": "", "no_id_reason": "遗失", "birth_date": ""}))
    refusal = stopped(township, case_of(township, household), "checking")
    assert refusal.code == "case.facts_missing" and "测试乙" in refusal.what and refusal.rules == ("DB-007",)


def test_without_a_home_visit_nothing_is_reviewed(township):
    _, case = investigated(township)
    refusal = stopped(township, case, "pre_reviewed")
    assert refusal.rules == ("DB-053",) and "两名调查人入户" in refusal.what


@pytest.mark.parametrize("signed", [("sg1", "sgm"), ("sg1", "sg2"), ("sg2", "sgm"), ()])
def test_a_home_visit_counts_with_two_investigators_and_a_member_signed(township, signed):
    household, case = investigated(township)
    surveyed(township, household, case, signed)
    assert stopped(township, case, "pre_reviewed").rules == ("DB-053",)


def test_the_store_knows_a_signed_home_visit_by_itself(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    moved = go(township, case, "pre_reviewed")
    assert moved.known["home_visit"]["investigators"] == ["王强", "李敏"]
    assert len(moved.known["home_visit"]["member_signatures"]) == 1


def test_an_open_visit_is_none_yet(township):
    household, case = investigated(township)
    visit_of(township, household, case, at_home=True, present="测试甲（户主）")
    assert stopped(township, case, "pre_reviewed").rules == ("DB-053",)


def test_a_signature_under_answers_that_changed_since_does_not_stand(township):
    household, case = investigated(township)
    visit = surveyed(township, household, case)

    def change(work: Any) -> None:
        row = visit_records.find(work.session, visit)
        row.answers = dict(row.answers) | {"A.place": "别处"}

    township.run(change)
    assert stopped(township, case, "pre_reviewed").rules == ("DB-053",)


def test_a_review_needs_two_thirds_of_those_who_came(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "democratic_review")
    few = REVIEW | {"representatives": 19}
    assert set(stopped(township, case, "pre_reviewed", democratic_review=few).rules) == {"DB-059", "D-19"}
    dotted: dict[str, Any] = {f"democratic_review.{key}": str(value).lower() for key, value in REVIEW.items()}
    assert go(township, case, "pre_reviewed", **dotted).status == "pre_reviewed"


def test_a_notice_runs_from_the_day_the_case_came_into_it(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    early = stopped(township, case, "notice_passed", date(2026, 11, 13))
    assert early.rules == ("GS-001",)
    assert go(township, case, "notice_passed", date(2026, 11, 16)).status == "notice_passed"


def test_an_objection_stands_open_until_the_next_step(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    open_one = [{"posted_on": "2026-11-06", "objections": [{"on": "2026-11-10"}]}]
    assert stopped(township, case, "notice_passed", date(2026, 11, 16), notices=open_one).rules == ("GS-016",)
    go(township, case, "objection", date(2026, 11, 10))
    go(township, case, "investigating", date(2026, 11, 12))
    go(township, case, "pre_reviewed", date(2026, 11, 13))
    assert go(township, case, "reported", date(2026, 11, 16)).status == "reported"  # dibao: no second notice (DB-071)


def test_tekun_hangs_again_after_an_objection(township):
    household, case = investigated(township, "tekun")
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    go(township, case, "objection", date(2026, 11, 10))
    go(township, case, "investigating", date(2026, 11, 12))
    go(township, case, "pre_reviewed", date(2026, 11, 13))
    assert "TK-035" in stopped(township, case, "reported", date(2026, 11, 16)).rules


def test_a_decision_sets_the_benefit_as_it_was_assessed(township):
    _, case = confirmed(township)
    shown = township.read.case(case)
    assert (shown.month_amount, shown.start_month, shown.covered_persons) == ("800.00", "2026-12", 2)
    decision = township.look(lambda work: timeline.of_case(work.session, case))[-1]
    assert decision.known["amount_month"] == "800.00" and decision.known["assessment_id"]


def test_a_decided_amount_goes_before_the_assessed_one(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    for status in ("notice_passed", "reported", "county_review"):
        go(township, case, status, date(2026, 11, 16))
    go(township, case, "confirmed", date(2026, 11, 16), amount_month="123.45", pay_from="2027-01", approver="县长甲")
    shown = township.read.case(case)
    assert (shown.month_amount, shown.start_month) == ("123.45", "2027-01")


def test_nobody_loses_support_without_proposal_reason_and_hearing(township):
    _, case = confirmed(township)
    day = date(2026, 12, 1)
    go(township, case, "paying", day)
    assert "15.1" in stopped(township, case, "terminated", day, written_reason="true").rules
    go(township, case, "termination_proposed", day)
    assert set(stopped(township, case, "terminated", day).rules) == {"DB-093", "D-02"}
    moved = go(township, case, "terminated", day, written_reason="true", opinion_hearing_on="2026-12-01")
    assert moved.known["stop_from"] == "2027-01"


def test_a_hearing_at_the_proposal_speaks_for_the_end_but_none_of_before(township):
    _, case = confirmed(township)
    day = date(2026, 12, 1)
    go(township, case, "paying", day)
    go(township, case, "adjusted", day, direction="reduce", reasons_told="true", opinion_hearing_on="2026-12-01")
    go(township, case, "paying", day)
    go(township, case, "termination_proposed", day)
    assert stopped(township, case, "terminated", day, written_reason="true").rules == ("D-02",)
    go(township, case, "paying", day)
    go(township, case, "termination_proposed", day, opinion_hearing_on="2026-12-01", written_reason="true")
    assert go(township, case, "terminated", day).status == "terminated"


def test_the_notice_of_the_application_is_none_of_the_end(township):
    household, case = investigated(township, "tekun")
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    for status in ("notice_passed", "reported", "county_review", "confirmed", "paying", "termination_proposed"):
        go(township, case, status, date(2026, 11, 16))
    heard = {"written_reason": "true", "opinion_hearing_on": "2026-11-16"}
    assert stopped(township, case, "terminated", date(2026, 12, 1), **heard).rules == ("TK-061",)
    hung = {"notices.posted_on": "2026-11-17"} | heard
    assert go(township, case, "terminated", date(2026, 12, 1), **hung).status == "terminated"


def test_the_timeline_is_only_continued(township):
    _, case = investigated(township)
    refusal = stopped(township, case, "aborted_noncooperation", date(2026, 11, 3), **{
        "noncooperation.good_reason": "false", "noncooperation.reminded_in_writing_on": "2026-11-02",
    })  # fmt: skip
    assert refusal.code == "case.out_of_order" and refusal.rules == ("15.1",)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"fairy_dust": "1"}, "case.unknown_evidence"),
        ({"applicant_signed": "maybe"}, "case.bad_evidence"),
        ({"opinion_hearing_on": "2026-02-30"}, "case.bad_evidence"),
        ({"amount_month": "many"}, "case.bad_evidence"),
        ({"notices": [1]}, "case.bad_evidence"),
        ({"democratic_review": {"attended": 3, "all_signed": True, "representatives": 4}}, "case.bad_evidence"),
        ({"note": "长" * 501}, "case.bad_note"),
    ],
)
def test_evidence_that_cannot_be_is_refused(township, values, code):
    household, _, _ = home_of(township)
    assert stopped(township, case_of(township, household), "investigating", **values).code == code


def test_an_unknown_status_or_case_is_refused(township):
    household, _, _ = home_of(township)
    assert stopped(township, case_of(township, household), "nirvana").code == "case.unknown_status"
    with pytest.raises(Refused, match=r"case\.unknown"):
        go(township, "nobody", "investigating")


def test_possible_moves_say_what_is_missing(township):
    _, case = investigated(township)
    found = {one.status: one for one in township.look(lambda work: gates.possible(work, case))}
    assert set(found) == {"democratic_review", "pre_reviewed", "aborted_noncooperation"}
    assert found["pre_reviewed"].blocking == ("DB-053",) and not found["pre_reviewed"].allowed
    assert "DB-053" in found["pre_reviewed"].reasons[0] and found["pre_reviewed"].yours


def test_the_page_of_a_case_tells_moves_deadlines_and_what_is_missing(township):
    _, case = investigated(township)
    shown = township.look(lambda work: progress.show(work, case))
    assert [step.name for step in shown.steps] == ["已受理", "调查中"]
    assert any("DB-053" in reason for reason in shown.missing)
    (total,) = shown.deadlines
    assert (total.code, total.rule_id, total.start_on, total.due) == ("db_total", "DB-074", "2026-11-02", "2026-12-14")


def test_a_notice_shows_from_when_the_next_step_is_open(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    shown = township.look(lambda work: progress.show(work, case))
    notice = next(one for one in shown.deadlines if one.code == "pre_notice")
    assert (notice.start_on, notice.due) == ("2026-11-06", "2026-11-16")


def test_a_delegated_township_confirms_by_another_than_the_investigator(township):
    own = [{"township_code": "513299102", "programmes": ["dibao"], "effective_from": "2021-12-15",
            "effective_to": None}]  # fmt: skip
    township.run(lambda work: packs.install(work, pack(pack_version="d", approval_delegated=own), None))
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    day = date(2026, 11, 16)
    go(township, case, "notice_passed", day)
    assert stopped(township, case, "confirmed", day).rules == ("15.1",)
    assert stopped(township, case, "confirmed", day, approver="王强").rules == ("15.1",)
    assert go(township, case, "confirmed", day, approver="测试镇长").status == "confirmed"


def test_the_leader_decides_as_soon_as_there_is_one(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    township.add_user("赵镇", "township_reviewer", PASSWORD)
    refusal = stopped(township, case, "pre_reviewed")
    assert refusal.code == "role.not_allowed"
    shown = {one.status: one for one in township.look(lambda work: gates.possible(work, case))}
    assert shown["pre_reviewed"].allowed and not shown["pre_reviewed"].yours
    township.lock()
    leader = Workspace.unlock(township.store.folder, "赵镇", PASSWORD, ON)
    assert leader.run(lambda work: gates.move(work, case, "pre_reviewed")).status == "pre_reviewed"
    leader.lock()


def test_the_county_decides_as_soon_as_it_works_here(township):
    household, case = investigated(township)
    surveyed(township, household, case)
    go(township, case, "pre_reviewed")
    go(township, case, "public_notice", date(2026, 11, 6))
    day = date(2026, 11, 16)
    for status in ("notice_passed", "reported", "county_review"):
        go(township, case, status, day)
    township.add_user("县审", "county_approver", PASSWORD)
    assert stopped(township, case, "confirmed", day).code == "role.not_allowed"
    township.lock()
    county = Workspace.unlock(township.store.folder, "县审", PASSWORD, day)
    moved = county.run(lambda work: gates.move(work, case, "confirmed"))
    assert moved.status == "confirmed"
    with pytest.raises(Refused, match=r"role\.not_allowed"):
        county.run(lambda work: gates.move(work, case, "paying"))
    county.lock()


def test_a_helper_of_the_village_moves_nothing(township):
    household, _, _ = home_of(township)
    case = case_of(township, household)
    township.add_user("协理", "village_assistant", PASSWORD)
    township.lock()
    helper = Workspace.unlock(township.store.folder, "协理", PASSWORD, ON)
    with pytest.raises(Refused, match=r"role\.not_allowed"):
        helper.run(lambda work: gates.move(work, case, "investigating"))
    helper.lock()


def test_a_case_that_came_with_a_ledger_shows_and_goes_on(township):
    def take(work: Any) -> None:
        home = households.add(work, {"village": "上磨村", "members": [{"name": "测试甲", "no_id_reason": "遗失"}]})
        row = Case(
            id="0190aaaa-0000-7000-8000-000000000001", scope=work.scope, household_id=home.household_id,
            programme_code="dibao", status="paying", month_amount_fen=40000,
        )  # fmt: skip
        work.session.add(row)

    township.run(take)
    (row,) = township.read.cases()
    shown = township.read.progress(row.case_id)
    assert shown.steps == () and {move.status for move in shown.moves} >= {"review_due", "termination_proposed"}
    assert go(township, row.case_id, "review_due").status == "review_due"
    assert [step.before for step in township.read.progress(row.case_id).steps] == ["paying"]
