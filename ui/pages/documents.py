"""Papers: what can be printed and was printed, a preview from memory, print and export with a reason that is logged."""

from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import corrections, papers
from desktop.casework.issued import SPOILED
from desktop.casework.papers import Subject
from desktop.casework.views import DocumentRow, Paper, VisitRow
from desktop.casework.work import Work
from desktop.forms import form_codes, load_form
from ui import paper_files, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.visit import VisitPage
from ui.parts.asking import ask_reason
from ui.parts.basics import button, card, column, label, mark, row, scrolled, tag
from ui.parts.choices import Chips
from ui.parts.grid import Grid
from ui.parts.inputs import choice_field, text_field
from ui.parts.sheet import Sheet
from ui.parts.table import Column, Rows, Table
from ui.parts.tick import Tick
from ui.printing import choose_printer, print_pdfs
from ui.theme import px

DRAFT, OFFICIAL, BLANK = "draft", "official", "blank"
_KINDS = {DRAFT: "草稿", OFFICIAL: "正式件", BLANK: "空白表"}
_ABOUT = {
    DRAFT: "草稿：有水印，不编号",
    OFFICIAL: "正式件：第一次打印时编号，以后重打沿用",
    BLANK: "空白表：带已知的户和人，其余手写",
}
_NOT_YET = "还不能打正式件，这是草稿的样子"
_SHOWN = {"all": "全部", "waiting": "待打", "printed": "已打", BLANK: "空白表"}
_PREVIEW = "屏幕预览"
_WAIT_MS = 150


class Printable(msgspec.Struct, frozen=True):
    """One line: a questionnaire that can be printed, a paper issued without one, or an empty form."""

    form_code: str
    visit: VisitRow | None = None
    issued: tuple[DocumentRow, ...] = ()

    @property
    def subject(self) -> Subject | None:
        """What the paper is about; None for an empty form."""
        if self.visit is not None:
            return Subject(visit_id=self.visit.visit_id)
        if not self.issued:
            return None
        paper = self.issued[0]
        if paper.case_id or paper.person_id:
            return Subject(case_id=paper.case_id) if paper.case_id else Subject(person_id=paper.person_id)
        return Subject(household_id=paper.household_id)

    def belongs(self, which: str) -> bool:
        """Whether it is among all papers, those waiting, those printed, or the empty forms."""
        if which == BLANK or self.subject is None:
            return which == BLANK and self.subject is None
        return {"waiting": not self.issued, "printed": bool(self.issued)}.get(which, True)

    def state(self) -> str:
        """In words, with a sign."""
        if self.subject is None:
            return "空白表"
        return f"✓ 已打 {len(self.issued)} 次" if self.issued else "待打"


def _form(code: str) -> str:
    return f"{load_form(code).name} {code}" if code in form_codes() else code


_COLUMNS = (
    Column(
        "日期",
        lambda p: (p.visit.visited_on if p.visit else p.issued[0].issued_on if p.issued else "") or "",
        112,
        spare=2,
    ),
    Column("村（社区）", lambda p: (p.visit.village if p.visit else "") or "", 86, spare=1),
    Column("户或人", lambda p: (p.visit.subject if p.visit else "") or "", 90),
    Column("文书", lambda p: _form(p.form_code)),
    Column("状态", lambda p: p.state(), 96, tone=lambda p: "green" if p.issued else "accent" if p.visit else "muted"),
)


class DocumentsPage(Page):
    """`show_subject(visit_id)` brings one visit's paper to the front."""

    title = "文书"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self._wanted, self._turn = "", 0
        self.papers: list[Printable] = []
        self.tools.addWidget(button("导出 PDF…", self.export))
        self.print_button = button("打印所选", self.print_chosen, "primary", "Ctrl+P")
        self.tools.addWidget(self.print_button)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self._preview)
        self.table = Table(Rows(_COLUMNS, self._fetch), "文书名单", sortable=False, many=True)
        self.table.looked_at.connect(lambda _: self._wait.start())
        self.table.chosen.connect(self._open)
        list_card, list_lines = card(margin=4)
        self.shown = Chips(_SHOWN, many=False)
        self.shown.setAccessibleName("看哪些")
        self.shown.set_value("all")
        self.shown.committed.connect(self._narrow)
        above = column(holder := QWidget(), margin=8)
        above.addWidget(self.shown)
        list_lines.addWidget(holder)
        self.empty = label("这里还没有文书。到“走访”里填一张表，或选上面的“空白表”。", "muted", wrap=True)
        self.empty.setContentsMargins(px(10), px(6), px(10), 0)
        list_lines.addWidget(self.empty)
        self.table.take_what_is_left()
        list_lines.addWidget(self.table, 1)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(list_card, 1)
        left.addWidget(self._how())
        self.sheet = Sheet()
        view, view_lines = card("inset", margin=12)
        view_lines.addWidget(self.sheet)
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addLayout(left, 6)
        across.addWidget(view, 5)
        self.body.addLayout(across, 1)

    def _how(self) -> Any:
        frame, holding = card(margin=4)
        inner = QWidget()
        lines = column(inner, margin=8, gap=6)
        area = scrolled(inner)
        area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        holding.addWidget(area)
        self._head, self._state = label("", "head"), tag("", "plain")
        lines.addLayout(row(self._head, self._state, None))
        self._lacking = label("", "small", wrap=True)
        lines.addWidget(self._lacking)
        self.kind = choice_field("打成什么", _KINDS)
        self.kind.set_value(DRAFT)
        self.kind.committed.connect(self._chose_kind)
        self.large = Tick("大字（给看不清的人）")
        self.large.toggled.connect(lambda _: self._preview())
        self.reason = text_field("事由（打印、导出都记入日志）", required=True, hint="例如 交本人签字")
        self.reason.editor.setProperty("moves", False)
        lines.addWidget(Grid([self.kind, self.reason], least=240, most=2))
        self.fill = button("去补", self._go_mend)
        self.open = button("打开这张表", self._go_fill)
        self.spoil_button = button("作废…", self.spoil)
        lines.addLayout(row(self.fill, self.open, self.large, None, self.spoil_button))
        return frame

    def show_subject(self, subject: str) -> None:
        """The visit whose paper is wanted."""
        self._wanted = subject

    def refresh(self) -> None:
        """Ask the store again; the line under the cursor stays."""
        here = self._wanted or self._key(self.table.current())
        if self._wanted:
            self.shown.set_value("all")
        self._wanted = ""
        self.banner.hide()
        self._read()
        self.table.rows.reload()
        self.empty.setVisible(not self.table.rows.items)
        waiting = sum(1 for paper in self.papers if paper.visit and not paper.issued)
        self.about.setText(f"待打 {waiting} 份")
        keys = [self._key(paper) for paper in self.table.rows.items]
        self.table.selectRow(keys.index(here) if here in keys else 0)
        self.table.setFocus()
        self._preview()

    def deeds(self) -> list[Deed]:
        """What can be done with papers."""
        return [
            Deed("打印所选", "Ctrl+P", "printer", self.print_chosen),
            Deed("导出 PDF", "Ctrl+E", "download", self.export),
            Deed("作废这一份", "", "x", self.spoil, lambda: self._standing() is not None),
            Deed("上一页", "Ctrl+PgUp", "", lambda: self.sheet.turn(-1)),
            Deed("下一页", "Ctrl+PgDown", "", lambda: self.sheet.turn(1)),
            Deed("放大或整页", "F11", "", self.sheet.zoom),
        ]

    # ---- the list ----

    def _read(self) -> None:
        desk = self.workspace.read
        issued: dict[str, list[DocumentRow]] = {}
        for paper in desk.documents(limit=2000):
            issued.setdefault(paper.visit_id or f"{paper.form_code} {paper.document_no}", []).append(paper)
        found = [
            Printable(visit.form_code, visit, tuple(issued.pop(visit.visit_id, ())))
            for visit in desk.visits(limit=2000)
        ]
        found += [Printable(papers_[0].form_code, None, tuple(papers_)) for papers_ in issued.values()]
        self.papers = found + [Printable(code) for code in form_codes()]

    def _narrow(self) -> None:
        if self.shown.value() is None:
            self.shown.set_value("all")
        self.table.rows.reload()
        self.empty.setVisible(not self.table.rows.items)
        self.table.selectRow(0)
        self._preview()

    def _fetch(self, limit: int, offset: int) -> list[Printable]:
        wanted = str(self.shown.value())
        return [paper for paper in self.papers if paper.belongs(wanted)][offset : offset + limit]

    @staticmethod
    def _key(paper: Printable | None) -> str:
        if paper is None:
            return ""
        return paper.visit.visit_id if paper.visit else paper.form_code + "".join(d.document_id for d in paper.issued)

    def _open(self, paper: Printable) -> None:
        if paper.visit is not None:
            self.frame.go("visit", paper.visit.visit_id)

    def _go_fill(self) -> None:
        paper = self.table.current()
        if paper is not None:
            self._open(paper)

    def _go_mend(self) -> None:
        paper = self.table.current()
        if paper is not None and paper.visit is not None:
            page = self.frame.go("visit", paper.visit.visit_id)
            assert isinstance(page, VisitPage)
            page.go_to_first_missing()

    # ---- the preview ----

    def _chose_kind(self, _: object) -> None:
        if self.kind.value() is None:
            self.kind.set_value(DRAFT)
        self._preview()

    def _kind_of(self, paper: Printable) -> str:
        return BLANK if paper.subject is None else str(self.kind.value() or DRAFT)

    def _preview(self) -> None:
        """Draw the paper under the cursor as it would come out; it gets its number only when printed."""
        self._wait.stop()
        paper = self.table.current()
        self._turn += 1
        self._describe(paper)
        if paper is None:
            self.sheet.show_nothing("左边选一份。")
            return
        kind, turn, large = self._kind_of(paper), self._turn, self.large.isChecked()

        def act(on: Work) -> Paper:
            return papers.issue(
                on, paper.form_code, paper.subject, _PREVIEW,
                blank=kind == BLANK, draft=kind == DRAFT, large=large, preview=True,
            )  # fmt: skip

        def show(made: Paper) -> None:
            if turn == self._turn:
                self.sheet.show_paper(made.data, _ABOUT[kind] if made.preview or kind == DRAFT else _NOT_YET)

        work.submit(
            self.workspace,
            act,
            show,
            lambda refusal: self._no_preview(refusal, turn),
        )

    def _no_preview(self, refusal: Refused, turn: int) -> None:
        if turn == self._turn:
            self.sheet.show_nothing("这一份现在画不出来。")
            self.banner.refuse(refusal)

    def _describe(self, paper: Printable | None) -> None:
        self._lacking.hide()
        self.fill.hide()
        self.spoil_button.setVisible(self._standing() is not None)
        self.open.setVisible(paper is not None and paper.visit is not None)
        self.kind.setEnabled(paper is not None and paper.subject is not None)
        if paper is None:
            return
        self._head.setText(_form(paper.form_code))
        self._state.setText(paper.state())
        mark(self._state, "tone", "green" if paper.issued else "accent")
        if paper.issued:
            last = paper.issued[0]
            self._lacking.setText(f"编号 {last.document_no} · {last.issued_on} {last.issued_by} 打 · {last.reason}")
            self._lacking.show()
        if paper.visit is None:
            return
        view = self.workspace.read.visit(paper.visit.visit_id)
        lacking = [one for one in view.missing if not one.by_hand]
        if lacking:
            names = "、".join(one.label for one in lacking[:6])
            more = f"等 {len(lacking)} 项" if len(lacking) > 6 else ""
            self._lacking.setText(f"还缺 {names}{more}，补上才能打正式件；草稿和空白表现在就能打。")
            self._lacking.show()
            self.fill.show()
            self.open.hide()

    # ---- an issued paper that is no good ----

    def _standing(self) -> DocumentRow | None:
        """The latest paper of the line that was not spoiled."""
        paper = self.table.current()
        return next((one for one in paper.issued if one.state != SPOILED), None) if paper is not None else None

    def spoil(self) -> None:
        """Spoil the issued paper of the line under the cursor, with a reason."""
        paper = self._standing()
        if paper is None:
            return
        words = f"为什么作废编号 {paper.document_no}（{paper.issued_on} 打）？号不再用，下次打印给新号。"
        reason = ask_reason(self, "作废", words)
        if reason is not None:
            work.submit(
                self.workspace,
                lambda act: corrections.spoil_paper(act, paper.document_id, reason),
                lambda _: self._told(f"编号 {paper.document_no} 已作废，请收回那张纸。"),
                self.banner.refuse,
            )

    # ---- print and export ----

    def _why(self) -> str | None:
        """The reason, or None with the field saying that it is wanted."""
        reason = str(self.reason.value() or "")
        self.reason.set_error("" if len(reason) >= 2 else "写上事由（两个字以上）再打印或导出。")
        if len(reason) < 2:
            self.reason.setFocus()
            return None
        return reason

    def _issue(self, chosen: list[Printable], why: str) -> Any:
        kinds, large = [self._kind_of(paper) for paper in chosen], self.large.isChecked()

        def act(on: Work) -> list[Paper]:
            made = []
            for place, (paper, kind) in enumerate(zip(chosen, kinds, strict=True)):
                on.step(place, len(chosen), "正在排版")
                made.append(
                    papers.issue(
                        on, paper.form_code, paper.subject, why,
                        blank=kind == BLANK, draft=kind == DRAFT, large=large,
                    )
                )  # fmt: skip
            return made

        return act

    def print_chosen(self) -> None:
        """Ctrl+P: every selected paper to a printer."""
        chosen, why = self.table.picked(), self._why()
        if not chosen or why is None:
            return
        printer = choose_printer(self)
        if printer is None:
            return

        def done(made: list[Paper]) -> None:
            sent = print_pdfs(printer, [paper.data for paper in made])
            if sent:
                self._told(f"已送打印机：{len(made)} 份，共 {sent} 页。")
            else:
                self._told("打印机没有接下。请看看打印机，再打一次；正式件沿用同一个编号。", "red")

        work.submit(self.workspace, self._issue(chosen, why), done, self.banner.refuse)

    def export(self) -> None:
        """One paper into a file that the person names; several into a folder."""
        chosen, why = self.table.picked(), self._why()
        if not chosen or why is None:
            return
        folder = paper_files.documents_folder()
        if len(chosen) == 1:
            proposed = paper_files.free(folder, self._stem(chosen[0]))
            path, _ = QFileDialog.getSaveFileName(self, "导出 PDF", str(proposed), "PDF (*.pdf)")
            if path:
                target = Path(path) if Path(path).suffix else paper_files.free(Path(path).parent, Path(path).name)
                self.export_to(target, chosen, why, proposed)
        elif into := QFileDialog.getExistingDirectory(self, "导出到哪个文件夹", str(folder)):
            self.export_to(Path(into), chosen, why)

    def _stem(self, paper: Printable) -> str:
        """The file's name as far as it is known before the paper is made."""
        kind = self._kind_of(paper)
        numbers = [one.document_no for one in paper.issued if one.state != SPOILED]
        number = numbers[0] if kind == OFFICIAL and numbers else ""
        return paper_files.stem(paper.form_code, number, _KINDS[kind])

    def export_to(self, target: Path, chosen: list[Printable], why: str, proposed: Path | None = None) -> None:
        """Write one file, or one a paper into a folder; `proposed` is the name that was offered."""

        def done(made: list[Paper]) -> None:
            try:
                files = paper_files.written(target, proposed, made)
            except OSError:
                self.banner.say("文件没有写成：可能没有权限，或磁盘满了。资料没有受影响，请换一个地方再导出。", "red")
                return
            pages = sum(paper.pages for paper in made)
            name = f"“{files[0].name}”" if len(files) == 1 else ""
            self._told(f"已导出 {len(made)} 份，共 {pages} 页{name}。导出的文件没有加密，用完请删。")

        work.submit(self.workspace, self._issue(chosen, why), done, self.banner.refuse)

    def _told(self, words: str, tone: str = "green") -> None:
        self.refresh()
        self.frame.refresh_status()
        self.banner.say(words, tone)
