"""What was begun or printed by mistake: taken out with its reason; and numbers that two laptops gave away twice."""

from collections.abc import Sequence

from sqlalchemy import func, select

from db import journal
from db.refused import Refused
from db.tables.documents import Document
from desktop.casework import issued, persons, visit_records
from desktop.casework.views import DocumentRow
from desktop.casework.work import Work


def withdraw_visit(work: Work, visit_id: str, reason: str) -> int:
    """Take a visit that was begun by mistake out of all lists, and spoil its papers; how many of those there were.

    Nothing is deleted: the record stays in the history with the reason, on every laptop and at the county.
    """
    work.allow("visit")
    why = persons.needed_reason(reason)
    visit = visit_records.find(work.session, visit_id)
    papers = issued.standing(work.session, Document.visit_id == visit.id)
    for paper in papers:
        _spoil(work, paper, why)
    journal.void(work.session, visit.id, why)
    work.record("visit.void", visit.id, {"form": visit.form_code, "reason": why})
    return len(papers)


def spoil_paper(work: Work, document_id: str, reason: str) -> DocumentRow:
    """Mark a printed paper as spoiled: its number stays taken, and the next print gets a new one (D13)."""
    work.allow("print")
    why = persons.needed_reason(reason)
    paper = issued.find_one(work.session, document_id)
    if paper.state == issued.SPOILED:
        raise Refused(
            "document.spoiled",
            f"编号 {paper.doc_no} 的文书已经作废了（{paper.state_on}）。",
            "没有改动任何内容。",
            "要新的一份，请再打印一次。",
        )
    _spoil(work, paper, why)
    return issued.row_of(paper)


def same_numbers(work: Work) -> list[DocumentRow]:
    """Papers of different visits that bear one number, together in order of the number.

    It happens when two laptops printed before they were enrolled (D13): a person spoils one and prints it anew.
    """
    work.allow("look")
    twice = (
        select(Document.doc_no)
        .where(*issued.STANDING)
        .group_by(Document.doc_no)
        .having(func.count(func.distinct(Document.visit_id)) > 1)
    )
    found: Sequence[Document] = issued.standing(work.session, Document.doc_no.in_(twice))
    return [issued.row_of(paper) for paper in sorted(found, key=lambda paper: (paper.doc_no or "", paper.id))]


def _spoil(work: Work, paper: Document, why: str) -> None:
    paper.state, paper.state_on, paper.state_why = issued.SPOILED, work.on, why
    work.session.flush()
    work.record("print.spoiled", paper.id, {"number": paper.doc_no, "reason": why})
