"""What was begun or printed by mistake is taken out with a reason and leaves its trace."""

import pytest
from sqlalchemy import update

from db import audit
from db.refused import BadValue, Refused
from db.tables.documents import NumberSeries
from desktop.casework import corrections, issued, papers, settings, visits
from desktop.casework.papers import Subject

CONSENT = {"lang": "四川话", "emg": "测试丁", "emg_tel": "13800000002"}
AGREEMENT = {
    "guardian": "测试甲", "grel": "52", "guardian_id": "513299198003050022", "guardian_tel": "13800000001",
    "student_no": "G513299201509010022",
}  # fmt: skip


def begun(township, child, form, answers):
    visit = township.run(lambda w: visits.add(w, form, "2026-11-05", person_id=child)).visit_id
    township.run(lambda w: visits.merge_answers(w, visit, answers))
    return visit


@pytest.fixture
def child(township):
    """A child whose agreement is there."""
    found = township.household().members[1]["person_id"]
    township.run(lambda w: settings.change(w, {"edu_tel": "0837-0005678"}))
    begun(township, found, "F-22B", AGREEMENT)
    return found


@pytest.fixture
def visit(township, child):
    """A consent form of the child, ready to be printed."""
    return begun(township, child, "F-22C", CONSENT)


def printed(township, visit):
    return township.run(lambda w: papers.issue(w, "F-22C", Subject(visit_id=visit), "家长签字"))


def test_a_visit_that_was_begun_by_mistake_leaves_the_lists_and_spoils_its_papers(township, visit):
    printed(township, visit)
    assert township.run(lambda w: corrections.withdraw_visit(w, visit, "选错了人")) == 1
    assert visit not in [row.visit_id for row in township.read.visits()]
    with pytest.raises(BadValue, match=r"visit\.unknown"):
        township.read.visit(visit)
    assert [row.state for row in township.read.documents(visit_id=visit)] == ["spoiled"]
    assert township.look(lambda w: [entry[2] for entry in audit.acts(w.session)])[:3].count("visit.void") == 1
    assert township.verify() == (True, [])


def test_a_spoiled_paper_keeps_its_number_and_the_next_print_gets_another(township, visit):
    first = printed(township, visit)
    township.run(lambda w: corrections.spoil_paper(w, first.document_id, "打歪了"))
    second = printed(township, visit)
    assert first.document_no.endswith("00001") and second.document_no.endswith("00002")
    ours, said = township.look(lambda w: issued.verify(w, first.data))
    assert ours and "已作废：打歪了" in said[1]
    with pytest.raises(Refused, match=r"document\.spoiled"):
        township.run(lambda w: corrections.spoil_paper(w, first.document_id, "再来一次"))


def test_two_papers_with_one_number_are_shown_until_one_is_spoiled(township, child, visit):
    printed(township, visit)
    other = begun(township, child, "F-22C", CONSENT)
    paper = printed(township, other)
    assert township.look(corrections.same_numbers) == []
    # what comes from another laptop that printed before it was enrolled
    township.run(lambda w: w.session.execute(update(NumberSeries).values(last=0)))
    third = printed(township, begun(township, child, "F-22C", CONSENT))
    pair = township.look(corrections.same_numbers)
    assert len(pair) == 2 and {row.document_no for row in pair} == {third.document_no}
    township.run(lambda w: corrections.spoil_paper(w, third.document_id, "同号"))
    assert township.look(corrections.same_numbers) == [] and paper.document_no.endswith("00002")


def test_a_correction_wants_a_reason(township, visit):
    with pytest.raises(BadValue):
        township.run(lambda w: corrections.withdraw_visit(w, visit, "  "))
    assert visit in [row.visit_id for row in township.read.visits()]
