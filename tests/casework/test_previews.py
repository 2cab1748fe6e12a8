"""A paper on the screen before it is printed: as it will look, without a number taken, and nothing to hand out."""

import pytest

from db import audit
from desktop.casework import issued, papers, settings, visits
from desktop.casework.papers import UNNUMBERED, Subject
from desktop.documents import read_paper
from tests.documents.family import text_of

AGREEMENT = {
    "guardian": "测试甲", "grel": "52", "guardian_id": "513299198003050022", "guardian_tel": "13800000001",
    "student_no": "G513299201509010022",
}  # fmt: skip
CONSENT = {"lang": "四川话", "emg": "测试丁", "emg_tel": "13800000002"}


@pytest.fixture
def visit(township):
    """A consent form that lacks nothing but hands."""
    child = township.household().members[1]["person_id"]
    township.run(lambda w: settings.change(w, {"edu_tel": "0837-0005678"}))
    for form, answers in (("F-22B", AGREEMENT), ("F-22C", CONSENT)):
        begun = township.run(lambda w, form=form: visits.add(w, form, "2026-11-05", person_id=child)).visit_id
        township.run(lambda w, to=begun, answers=answers: visits.merge_answers(w, to, answers))
    return begun


def paper(township, visit, reason="屏幕预览", **kind):
    return township.run(lambda w: papers.issue(w, "F-22C", Subject(visit_id=visit), reason, **kind))


def test_an_official_paper_is_previewed_without_watermark_and_number(township, visit):
    made = paper(township, visit, preview=True)
    said = text_of(made)
    assert made.preview and made.draft and made.document_no == "" and made.document_id == ""
    assert "草稿" not in said and UNNUMBERED in said
    assert township.look(issued.rows) == []
    assert paper(township, visit, "家长签字").document_no.endswith("-00001")


def test_once_it_was_printed_the_preview_shows_its_number(township, visit):
    number = paper(township, visit, "家长签字").document_no
    said = text_of(paper(township, visit, preview=True))
    assert number in said and UNNUMBERED not in said and "草稿" not in said


def test_a_preview_is_never_taken_for_an_official_paper(township, visit):
    number = paper(township, visit, "家长签字").document_no
    made = paper(township, visit, preview=True)
    marks = read_paper(made.data)
    assert marks is not None and (marks.number, marks.revision) == ("DRAFT", "D")
    ours, said = township.look(lambda w: issued.verify(w, made.data))
    assert not ours and "草稿" in said[0] and number not in said[0]


def test_a_preview_is_written_into_the_log_as_one(township, visit):
    paper(township, visit, preview=True)
    act, detail = next((entry[2], entry[4]) for entry in township.look(lambda w: audit.acts(w.session)))
    assert act == "print" and detail["reason"] == "屏幕预览" and detail["draft"] and not detail["number"]


def test_with_something_missing_it_is_a_draft_with_its_watermark(township, visit):
    township.run(lambda w: visits.merge_answers(w, visit, {"lang": None}))
    made = paper(township, visit, preview=True)
    assert not made.preview and made.draft and "草稿—不作办理依据" in text_of(made)


def test_looking_at_an_empty_sheet_takes_no_number(township):
    for _ in range(2):
        seen = township.run(lambda w: papers.issue(w, "F-08", None, "屏幕预览", blank=True, preview=True))
        assert UNNUMBERED in text_of(seen)
    printed = township.run(lambda w: papers.issue(w, "F-08", None, "下村前打", blank=True))
    assert printed.document_no.endswith("-001")
