"""Papers of different visits that bear one number: shown beside the differences, one of them to be spoiled."""

from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from desktop.casework import corrections
from desktop.casework.views import DocumentRow
from desktop.forms import form_codes, load_form
from ui import work
from ui.page import Page
from ui.parts.asking import ask_reason
from ui.parts.basics import button, column, label, row

REASON = "同号"


class SameNumbers:
    """Builds one block a number and acts on its papers."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def blocks(self, papers: list[DocumentRow]) -> list[QWidget]:
        """What is to be shown of these papers, by number."""
        return [
            self._block(number, [one for one in papers if one.document_no == number])
            for number in dict.fromkeys(one.document_no for one in papers)
        ]

    def _block(self, number: str, papers: list[DocumentRow]) -> QWidget:
        block = QFrame()
        block.setProperty("kind", "inset")
        lines = column(block, margin=8, gap=6)
        lines.addWidget(label(f"同一个编号打了 {len(papers)} 份：{number}", "strong", wrap=True))
        words = "两台电脑在县里登记之前各打了一份。作废其中一份、收回那张纸，再打印就有新号。"
        lines.addWidget(label(words, "small", wrap=True))
        for paper in papers:
            name = load_form(paper.form_code).name if paper.form_code in form_codes() else paper.form_code
            said = f"{name} · {self._whose(paper)} · {paper.issued_on} {paper.issued_by} 打"
            go, spoil = button("打开", partial(self._open, paper)), button("作废这一张", partial(self.spoil, paper))
            for one in (go, spoil):
                one.setAccessibleName(f"{one.text()} {said}")
            lines.addWidget(label(said, wrap=True))
            lines.addLayout(row(go, spoil, None))
        return block

    def _whose(self, paper: DocumentRow) -> str:
        desk = self._page.workspace.read
        if paper.visit_id:
            return desk.visit(paper.visit_id).subject or ""
        return (desk.person(paper.person_id).name or "") if paper.person_id else ""

    def _open(self, paper: DocumentRow) -> None:
        self._page.frame.go(*(("visit", paper.visit_id) if paper.visit_id else ("documents", "")))

    def spoil(self, paper: DocumentRow) -> None:
        """Ask for the reason and spoil one paper."""
        words = f"为什么作废编号 {paper.document_no} 的这一份？号不再用，下次打印给新号。"
        reason = ask_reason(self._page, "作废", words, REASON)
        if reason is not None:
            work.submit(
                self._page.workspace,
                lambda act: corrections.spoil_paper(act, paper.document_id, reason),
                lambda _: self._spoilt(paper),
                self._page.banner.refuse,
            )

    def _spoilt(self, paper: DocumentRow) -> None:
        self._page.refresh()
        self._page.frame.refresh_status()
        self._page.banner.say(f"编号 {paper.document_no} 的那一份已作废，请收回那张纸。", "green")
