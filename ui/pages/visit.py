"""The questionnaire of one visit: sections at the left, questions at the right, every answer saved at once."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import attachments, guardians, visits
from desktop.casework.files import read_file
from desktop.casework.views import Missing, VisitView
from desktop.forms import FieldSpec, FormSpec, TableSpec, income_summary
from ui import work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.evidence import PhotoSlot, SignatureField
from ui.pages.keeping import Keeping
from ui.pages.origins import lead, origin, spec_of
from ui.pages.questions import TableBox, question, visible, words_of
from ui.pages.section_list import SectionList
from ui.pages.withdrawing import withdraw
from ui.parts.assessment import RunningAssessment
from ui.parts.basics import button, card, clear, column, label, mark, refusal_text, row, scrolled, tag
from ui.parts.grid import Grid
from ui.parts.inputs import Field
from ui.theme import px
from ui.words import CHINA

_KEYS = "Enter 下一格 · Shift+Enter 上一格 · 数字选项 · F3 下一个缺项 · F6 下一节 · F1 怎么填 · 随填随存"
_SIGNED = ("SG", "FP", "SL")
Part = Field | TableBox | PhotoSlot | SignatureField


class VisitPage(Page):
    """`show_subject("ID [KEY]")` chooses the visit and the question; `saved` tells when the last answer was kept."""

    title = "走访"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.visit_id, self.section = "", ""
        self.view: VisitView | None = None
        self.spec: FormSpec | None = None
        self.parts: dict[str, Part] = {}
        self.keeping = Keeping(frame, self._kept, self._not_kept)
        self._wanted = ""
        self.saved = tag("已存本机", "green")
        self.complete_button = button("完成", self.complete, "primary")
        self.tools.addWidget(self.saved)
        self.tools.addWidget(button("返回", frame.back, shortcut="Esc"))
        self.withdraw_button = button("作废…", self.withdraw)
        self.tools.addWidget(button("打印", self.print_paper, shortcut="Ctrl+P"))
        self.tools.addWidget(self.complete_button)
        left, holding = card(margin=4)
        left.setFixedWidth(px(214))
        self._sections = SectionList(self.go_section)
        holding.addWidget(scrolled(self._sections), 1)
        foot = row(self.withdraw_button, None)
        foot.setContentsMargins(px(4), 0, 0, px(4))
        holding.addLayout(foot)
        right, self._right = card(margin=4)
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addWidget(left)
        across.addWidget(right, 1)
        self.body.addLayout(across, 1)
        self.assessment = RunningAssessment(self.workspace, frame.go)
        self.body.addWidget(self.assessment)

    def show_subject(self, subject: str) -> None:
        """Another visit."""
        visit, _, self._wanted = subject.partition(" ")
        if visit != self.visit_id:
            self.visit_id, self.section, self.view = visit, "", None

    def refresh(self) -> None:
        """Show the visit anew from the store."""
        if not self.visit_id:
            return
        self.banner.hide()
        try:
            self.view = self.workspace.read.visit(self.visit_id)
        except Refused as gone:
            self._nothing(gone)
            return
        self.spec = self.workspace.read.form(self.view.form_code, self.view.form_version)
        self.heading.setText(f"{self.view.form_name} {self.view.form_code}")
        self.about.setText(f"{self.view.subject or ''} · {self.view.visited_on}")
        self.go_section(self.section or self.spec.sections[0].id)
        for item in self.spec.fields:
            if item.key == self._wanted:
                self._go_to(Missing(key=item.key, label=item.label, section=item.section))

    def _nothing(self, gone: Refused) -> None:
        """The visit was taken back, here or on another laptop."""
        self.visit_id, self.view, self.parts = "", None, {}
        clear(self._right)
        self._sections.empty()
        self.banner.refuse(gone)

    def deeds(self) -> list[Deed]:
        """What can be done with a questionnaire."""

        def open_() -> bool:
            return self.view is not None and self.view.status != "completed"

        return [
            Deed("下一个缺项", "F3", "arrow-right", self.next_missing, open_),
            Deed("这一项怎么填", "F1", "help-circle", self.explain),
            Deed("保存", "Ctrl+S", "check", self.say_saved),
            Deed("加照片", "F8", "camera", self.add_photo, open_),
            Deed("下一节", "F6", "chevron-right", self.next_section),
            Deed("作废这次走访", "", "x", self.withdraw, lambda: self.view is not None),
            Deed("打印这张表", "Ctrl+P", "printer", self.print_paper),
            Deed("重复上一行", "Ctrl+D", "plus", self.repeat_row, open_),
        ]

    def leave(self) -> None:
        """Save what is being typed."""
        for part in self.parts.values():
            if isinstance(part, Field | TableBox):
                part.commit()

    def print_paper(self) -> None:
        """Ctrl+P: this visit's paper among the documents, after what is being typed is kept."""
        self.leave()
        self.frame.go("documents", self.visit_id)

    def repeat_row(self) -> None:
        """Ctrl+D: in the table under the cursor, else in the first one of the section."""
        boxes = [part for part in self.parts.values() if isinstance(part, TableBox)]
        focused = QApplication.focusWidget()
        here = [box for box in boxes if focused is not None and box.isAncestorOf(focused)]
        for box in (here or boxes)[:1]:
            box.repeat_row()

    @property
    def unsaved(self) -> int:
        """Answers that wait for the worker."""
        return self.keeping.unsaved

    # ---- answers ----

    def look(self, name: str) -> Any:
        """An answer or a computed value by its key."""
        assert self.view is not None
        given = self.view.answers.get(name)
        return self.view.computed.get(name) if given is None else given

    def save(self, key: str, value: Any) -> None:
        """Put one answer in line to be saved."""
        self.saved.setText("正在存…")
        mark(self.saved, "tone", "accent")
        self.keeping.put(self.visit_id, key, value)

    def _kept(self, key: str, view: VisitView) -> None:
        if view.visit_id != self.visit_id:
            return
        if (field := self._field(key)) is not None:
            field.set_error("")
        self._show(view)
        if key == "guardian":
            self._offer_guardian()

    def _offer_guardian(self) -> None:
        """A guardian who lives here: offer to take over what the household knows."""
        visit = self.visit_id
        found = self.workspace.look(lambda work: guardians.known_of_guardian(work, visit))
        if found and self.spec is not None:
            names = "、".join(item.label for item in self.spec.fields if item.key in found)
            words = f"监护人是这一户的人，{names}可以照人员资料填上。"
            self.banner.say(words, "accent", ("填上", self.take_over_guardian))

    def take_over_guardian(self) -> None:
        """Fill what is empty about the guardian from the household."""
        visit = self.visit_id
        self.banner.hide()
        work.submit(self.workspace, lambda act: guardians.take_over(act, visit), self._show, self.banner.refuse)

    def _not_kept(self, visit: str, key: str, refusal: Refused) -> None:
        self._stamp()
        field = self._field(key)
        if field is not None and visit == self.visit_id:
            field.set_error(refusal_text(refusal))
        else:
            self.banner.refuse(refusal)

    def _field(self, key: str) -> Field | None:
        head, _, rest = key.partition(".")
        part = self.parts.get(head)
        if isinstance(part, TableBox):
            row_id, _, cell = rest.partition(".")
            return part.fields.get(cell) if row_id == part.row_id else None
        return part if isinstance(part, Field) else None

    def _show_refused(self) -> None:
        """What was typed and could not be kept stands where it was typed, in red."""
        for key, value in self.keeping.refused(self.visit_id).items():
            if (field := self._field(key)) is not None:
                field.set_value(value)
                if not field.error:
                    field.set_error("这一格没有存上，请核对后再写一遍。")

    def _stamp(self) -> None:
        """Say that everything is kept, or how much is not."""
        if refused := len(self.keeping.refused(self.visit_id)):
            self.saved.setText(f"有 {refused} 项没存，见红字")
            mark(self.saved, "tone", "red")
            return
        self.saved.setText(f"已存本机 {datetime.now(CHINA):%H:%M:%S}")
        mark(self.saved, "tone", "green")

    def say_saved(self) -> None:
        """Ctrl+S: everything is saved already; say so."""
        self.leave()
        if not self.unsaved:
            self._stamp()

    # ---- sections ----

    def go_section(self, section: str) -> None:
        """Build the questions of a section."""
        assert self.spec is not None and self.view is not None
        self.leave()
        self.section = section
        self.parts = {}
        clear(self._right)
        inner = QWidget()
        lines = column(inner, margin=10, gap=10)
        found = self.spec.section_by_id[section]
        lines.addWidget(label(f"{found.id} {found.label}" if found.label else self.view.form_name, "head"))
        if found.help:
            lines.addWidget(label(found.help, "small", wrap=True))
        self._build(lines, self.spec.in_section(section))
        self._sum_card, self._sum_lines = card("inset")
        lines.addWidget(self._sum_card)
        lines.addWidget(label(_KEYS, "small", wrap=True))
        lines.addStretch(1)
        self._area = scrolled(inner)
        self._right.addWidget(self._area)
        self._area.show()
        self._show(self.view)
        self.focus_first()

    def _build(self, lines: QVBoxLayout, items: tuple[FieldSpec | TableSpec, ...]) -> None:
        self._grids: list[Grid] = []
        grid: Grid | None = None
        pictures = False
        for item in items:
            part = self._part(item)
            self.parts[item.id if isinstance(item, TableSpec) else item.key] = part
            if isinstance(item, TableSpec) or item.type in ("TL", "CM"):
                lines.addWidget(part)
                grid = None
                continue
            pictured = isinstance(part, PhotoSlot | SignatureField)
            if grid is None or pictured != pictures:
                grid = Grid(least=290 if pictured else 210)
                lines.addWidget(grid)
                self._grids.append(grid)
                pictures = pictured
            grid.add(part)

    def _part(self, item: FieldSpec | TableSpec) -> Part:
        if isinstance(item, TableSpec):
            box = TableBox(item, self.save, self.look)
            box.table.looked_at.connect(lambda _: self._show_refused())
            return box
        if item.type == "IMG":
            return PhotoSlot(item, self.workspace.read.blob, self.take_photo, self.drop_photo)
        if item.type in _SIGNED:
            return SignatureField(item, self.workspace.read.blob, self.sign)
        field = question(item)
        field.committed.connect(lambda value, key=item.key: self.save(key, value))
        return field

    def focus_first(self) -> None:
        """The first question that can be answered."""
        for part in self.parts.values():
            if isinstance(part, TableBox):
                part.table.setFocus()
                return
            reachable = part.isVisibleTo(self) and not part.property("computed")
            if isinstance(part, Field) and reachable and part.editor.isEnabled():
                part.setFocus()
                return

    def next_section(self) -> None:
        """F6."""
        assert self.spec is not None
        names = [section.id for section in self.spec.sections]
        self.go_section(names[(names.index(self.section) + 1) % len(names)])

    # ---- showing ----

    def _show(self, view: VisitView) -> None:
        """Put values in place; nothing under the cursor is rebuilt."""
        assert self.spec is not None
        self.view = view
        self.keeping.saw(view)
        missing = {one.key for one in view.missing}
        done = view.status == "completed"
        for item in self.spec.in_section(self.section):
            part = self.parts.get(item.id if isinstance(item, TableSpec) else item.key)
            if isinstance(item, TableSpec) and isinstance(part, TableBox):
                part.show_rows(view.answers.get(item.id) or [], view.computed.get(item.id) or [])
                part.editor.setEnabled(not done)
            elif isinstance(item, FieldSpec) and part is not None:
                self._show_part(item, part, item.key in missing)
                part.setEnabled(not done)
        self._show_refused()
        for grid in self._grids:
            grid.lay()
        for warned in (*view.blocking, *view.warnings):
            if (field := self._field(warned.field)) is not None and not field.error:
                field.set_error(warned.text)
        self._sections.show_state(view, self.spec, self.section)
        self._sum()
        self.assessment.follow(view.visit_id, view.form_code)
        self.complete_button.setText("已完成" if done else "完成")
        self.complete_button.setEnabled(not done)
        if not self.unsaved:
            self._stamp()
        self.frame.refresh_status()

    def _show_part(self, item: FieldSpec, part: Part, missing: bool) -> None:
        assert self.view is not None
        part.setVisible(visible(item, self.look))
        if isinstance(part, PhotoSlot):
            part.show_photos([photo for photo in self.view.photos if photo.slot == item.key], missing)
        elif isinstance(part, SignatureField):
            found = [one for one in self.view.signatures if one.role == item.key]
            part.show_signature(found[-1] if found else None, missing)
        elif isinstance(part, Field):
            value = self.look(item.key)
            part.set_value(words_of(item, value) if item.computed and value is not None else value)

    def _sum(self) -> None:
        assert self.view is not None and self.spec is not None
        shown = self.view.form_code == "F-08" and self.section == "D"
        self._sum_card.setVisible(shown)
        clear(self._sum_lines)
        if not shown:
            return
        answers = self.view.answers
        found = income_summary(
            {"income": answers.get("income"), "D.excluded": answers.get("excluded")}, answers.get("members") or []
        )
        self._sum_lines.addWidget(label("算到这里", "head"))
        for number, sentence in enumerate(found.sentences):
            self._sum_lines.addWidget(label(sentence, "strong" if number == 0 else "small", wrap=True))

    # ---- acts ----

    def next_missing(self) -> None:
        """F3: the next question that still lacks its answer, in this section first."""
        assert self.view is not None and self.spec is not None
        order = [section.id for section in self.spec.sections]
        here = order.index(self.section)
        lacking = sorted(self.view.missing, key=lambda one: (order.index(one.section) - here) % len(order))
        focused = QApplication.focusWidget()
        lacking.sort(key=self._fills_itself)
        for one in lacking:
            field = self._reach(one.section, one.key)
            if isinstance(field, Field) and field.property("computed"):
                self._say_origin(one)
                return
            if field is not None and not (focused is not None and field.isAncestorOf(focused)):
                self._area.ensureWidgetVisible(field)
                field.setFocus()
                return

    def _fills_itself(self, one: Missing) -> bool:
        spec = spec_of(self.spec, one.key) if self.spec is not None else None
        return spec is not None and spec.computed

    def _say_origin(self, one: Missing) -> None:
        """F3 came to a cell that fills itself: say where from, with the way there."""
        assert self.spec is not None
        spec = spec_of(self.spec, one.key)
        found = origin(spec) if spec is not None else None
        words = f"“{one.label}”是自动带出的" + (f"，{found.words}。" if found is not None else "，旁边填了就有。")
        self.banner.say(words, "amber", ("去填", partial(self._go_to, one)) if found is not None else None)

    def _reach(self, section: str, key: str) -> QWidget | None:
        if section != self.section:
            self.go_section(section)
        part = self.parts.get(key.partition(".")[0])
        if isinstance(part, TableBox):
            row_id, _, cell = key.partition(".")[2].partition(".")
            for place, one in enumerate(part.table.rows.items):
                if one["row"] == row_id:
                    part.table.selectRow(place)
            return part.fields.get(cell)
        if isinstance(part, SignatureField):
            return part.name
        return part.add if isinstance(part, PhotoSlot) else part

    def explain(self) -> None:
        """F1: how the question under the cursor is filled."""
        focused = QApplication.focusWidget()
        for part in self.findChildren(Field):
            if focused is not None and part.isAncestorOf(focused):
                self.banner.say(f"{part.words}：{part.toolTip() or '照实填写；没有就空着。'}")

    def add_photo(self) -> None:
        """F8: a photo for the first empty slot of the section."""
        for part in self.parts.values():
            if isinstance(part, PhotoSlot):
                part.choose()
                return
        self.banner.say("照片在“附件照片”一节里加。")

    def take_photo(self, slot: str, path: Path) -> None:
        """Keep a photo of a file in a slot."""
        visit = self.visit_id
        work.submit(
            self.workspace,
            lambda act: attachments.add_photo(act, visit, slot, read_file(path)),
            self._show,
            self.banner.refuse,
        )

    def drop_photo(self, photo_id: str) -> None:
        """Take a photo out that was put in by mistake; the record keeps that it was there."""
        visit = self.visit_id
        work.submit(
            self.workspace,
            lambda act: attachments.remove_photo(act, visit, photo_id, "放错了"),
            self._show,
            self.banner.refuse,
        )

    def sign(self, role: str, name: str, picture: bytes | Path) -> None:
        """Keep a signature, drawn or from a file."""
        visit = self.visit_id
        part = self.parts.get(role)
        if isinstance(part, SignatureField):
            part.pad.clear()
        work.submit(
            self.workspace,
            lambda act: attachments.sign(
                act, visit, role, name, read_file(picture) if isinstance(picture, Path) else picture
            ),
            self._show,
            self.banner.refuse,
        )

    def complete(self) -> None:
        """Close the visit, or say what is missing."""
        self.leave()
        visit = self.visit_id
        work.submit(self.workspace, lambda act: visits.complete(act, visit), self._completed, self._incomplete)

    def _incomplete(self, refusal: Refused) -> None:
        """Say what is lacking, with the way to the first of it."""
        if self.view is None or not self.view.missing:
            self.banner.refuse(refusal)
            return
        waits = all(one.by_hand for one in self.view.missing)
        self.banner.say(refusal_text(refusal), "amber" if waits else "red", ("去第一个缺项", self.go_to_first_missing))

    def go_to_first_missing(self) -> None:
        """To what is lacking first and can be filled in now, wherever that is."""
        if self.view is not None and self.view.missing:
            self._go_to(next((one for one in self.view.missing if not one.by_hand), self.view.missing[0]))

    def _go_to(self, one: Missing) -> None:
        if self.view is not None and self.spec is not None and lead(self.frame, self.view, self.spec, one):
            return
        field = self._reach(one.section, one.key)
        if field is not None:
            self._area.ensureWidgetVisible(field)
            field.setFocus()

    def withdraw(self) -> None:
        """Take a visit that was begun by mistake back, with a reason."""
        withdraw(self, self.workspace, self.visit_id, self._withdrawn, self.banner.refuse)

    def _withdrawn(self, words: str) -> None:
        self.keeping.drop(self.visit_id)
        self.parts = {}
        self.visit_id, self.view = "", None
        page = self.frame.back()
        self.frame.refresh_status()
        page.banner.say(words, "green")

    def _completed(self, view: VisitView) -> None:
        self._show(view)
        self.banner.say("这次访视完成了，已存本机。", "green")
