"""Papers that were issued: listed, found, their numbers, and a PDF held against them."""

import hashlib
from collections.abc import Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from db.refused import BadValue
from db.tables.documents import Document
from db.tables.visits import Visit
from desktop.casework import listing
from desktop.casework.views import DocumentRow
from desktop.casework.work import Work, shorten

SPOILED = "spoiled"
STANDING = (Document.void.is_(False), or_(Document.state.is_(None), Document.state != SPOILED))
"""Of papers that were not spoiled."""


def rows(
    work: Work,
    household_id: str = "",
    person_id: str = "",
    visit_id: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[DocumentRow]:
    """Papers that were issued, latest first."""
    work.allow("look")
    wanted = (
        (Document.household_id, household_id),
        (Document.person_id, person_id),
        (Document.visit_id, visit_id),
    )
    query = select(Document).where(Document.void.is_(False), *listing.asked(wanted))
    query = query.order_by(Document.issued_on.desc(), Document.id.desc()).limit(limit).offset(offset)
    return [row_of(document) for document in work.session.execute(query).scalars()]


def find_one(session: Session, document_id: str) -> Document:
    """The row of one issued paper, spoiled or not."""
    document = session.get(Document, document_id)
    if document is None or document.void:
        raise BadValue(
            "document.unknown",
            f"没有编号为 {shorten(document_id, 40)} 的文书。",
            "没有改动任何内容。",
            "请从文书列表里取编号。",
        )
    return document


def number_of(work: Work, visit: Visit) -> str | None:
    """The number that this visit's paper got at its first official print; None before."""
    found = documents_of(work, visit)
    return found[0].doc_no if found else None


def documents_of(work: Work, visit: Visit) -> list[Document]:
    """Every paper of a visit's own form that was not spoiled, the first print first."""
    return standing(work.session, Document.visit_id == visit.id, Document.form_code == visit.form_code)


def standing(session: Session, *wanted: ColumnElement[bool]) -> list[Document]:
    """Papers that were not spoiled, the first print first."""
    return list(session.execute(select(Document).where(*STANDING, *wanted).order_by(Document.id)).scalars())


def printed_visits(session: Session, visit_ids: Sequence[str]) -> set[str]:
    """Those of the visits whose paper was printed and not spoiled."""
    query = select(Document.visit_id).where(*STANDING, Document.visit_id.in_(visit_ids))
    return {found for found in session.execute(query).scalars() if found}


def verify(work: Work, data: bytes) -> tuple[bool, list[str]]:
    """Is this PDF one that this township issued, unchanged to the byte? The findings in words.

    A file that is not is read for its number, and compared with the papers of that number.
    """
    work.allow("verify")
    found = hashlib.sha256(data).hexdigest()
    query = select(Document).where(Document.sha256 == found, Document.void.is_(False))
    document = work.session.execute(query).scalars().first()
    if document is not None:
        said = f"是本乡镇 {document.issued_on} 打印的 {document.form_code}，编号 {document.doc_no}，内容没有改动。"
        spoiled = f"这一份 {document.state_on} 已作废：{document.state_why}。"
        return True, [said, spoiled] if document.state == SPOILED else [said]
    return False, _why_not(work, data)


def _why_not(work: Work, data: bytes) -> list[str]:
    """What can be said of a PDF that is not registered byte by byte."""
    from desktop import documents

    marks = documents.read_paper(data)
    if marks is None:
        return ["这份文件不是本机登记过的正式件，也读不出编号：不是本程序生成的，或者被别的程序另存过。"]
    name = f"{marks.form_code}，编号 {marks.number}"
    if not marks.text_agrees:
        return [f"这份文件写着 {name}，但纸面文字与校验码对不上，内容被改动过。"]
    if marks.number == "DRAFT":
        return [f"这是 {marks.form_code} 的草稿，文字与校验码一致；草稿不登记，不作办理依据。"]
    if marks.number.startswith("BLANK-"):
        return [f"这是 {name} 的空白表，文字与校验码一致；空白表不登记。"]
    query = select(Document).where(Document.doc_no == marks.number, Document.void.is_(False))
    issued = list(work.session.execute(query).scalars())
    if not issued:
        return [f"这份文件写着 {name}，本机没有登记过这个编号。"]
    if any(document.text_hash == marks.text_hash for document in issued):
        return [f"{name}：文字与登记的一致，但文件不是当时打印的那一份，字节有改动（签名、照片或格式）。"]
    return [f"{name}：本机登记过这个编号，但文字与登记的各版都不同。"]


def row_of(document: Document) -> DocumentRow:
    """A paper for showing."""
    return DocumentRow(
        document_id=document.id,
        form_code=document.form_code or "",
        document_no=document.doc_no or "",
        edition=document.edition or "",
        issued_on=document.issued_on or "",
        issued_by=document.issued_by or "",
        pages=document.pages or 0,
        state=document.state or "",
        sha256=document.sha256 or "",
        reason=document.reason or "",
        visit_id=document.visit_id,
        household_id=document.household_id,
        person_id=document.person_id,
        case_id=document.case_id,
    )
