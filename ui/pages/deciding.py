"""Differences between this laptop and the county: both values side by side, and the three ways to settle them."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import corrections
from desktop.casework.views import DocumentRow
from desktop.workspace import deciding
from desktop.workspace.deciding import Decision
from ui import work
from ui.page import Page
from ui.pages.same_numbers import SameNumbers
from ui.parts.basics import button, clear, column, focus_soon, label, refusal_text, row, scrolled, tag
from ui.parts.inputs import Field, text_field
from ui.theme import px


class DecidingBox(QFrame):
    """A card with one block a difference; `third_of` opens the inputs of another value."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._page, self._workspace = page, page.workspace
        self.decisions: list[Decision] = []
        self.papers: list[DocumentRow] = []
        self.numbers = SameNumbers(page)
        self.fields: dict[str, Field] = {}
        self._open = ""
        outer = column(self, margin=10)
        self._head, self._sub = label("", "head"), label("", "small")
        outer.addLayout(row(self._head, self._sub, None))
        inner = QWidget()
        self._lines = column(inner, gap=10)
        outer.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Ask the store again; inputs that are open stay."""
        self.decisions = deciding.listed(self._workspace)
        if self._open not in {one.id for one in self.decisions}:
            self._open = ""
        self.papers = self._workspace.look(corrections.same_numbers)
        count = len(self.decisions) + len({one.document_no for one in self.papers})
        self._head.setText(f"需要您决定 {count} 处" if count else "没有要您决定的")
        both = "两边都改了同一格，两个值都留着" if self.decisions else ""
        self._sub.setText(both if count else "两边改了同一格时，会在这里问您")
        self._build()

    def hold_focus(self) -> bool:
        """Whether a third value is being typed."""
        focused = QApplication.focusWidget()
        return bool(self._open) and focused is not None and self.isAncestorOf(focused)

    def _build(self) -> None:
        clear(self._lines)
        self.fields = {}
        for block in self.numbers.blocks(self.papers):
            self._lines.addWidget(block)
        for one in self.decisions:
            self._lines.addWidget(self._block(one))
        self._lines.addStretch(1)

    def _block(self, one: Decision) -> QWidget:
        block = QFrame()
        block.setProperty("kind", "inset")
        lines = column(block, margin=8, gap=6)
        lines.addWidget(label(one.where, "strong"))
        mine = "本机" if one.own else "另一台电脑"
        grid = QGridLayout()
        grid.setSpacing(px(6))
        for place, words in enumerate(("哪一格", f"{mine}（{one.actor}）" if one.actor else mine, "县里（现在用的）")):
            grid.addWidget(label(words, "small"), 0, place)
            grid.setColumnStretch(place, 1)
        for line, field in enumerate(one.fields, 1):
            grid.addWidget(label(field.label, wrap=True), line, 0)
            for place, (value, tone) in enumerate(((field.mine, "accent"), (field.county, "other")), 1):
                grid.addWidget(tag(value, tone), line, place, Qt.AlignmentFlag.AlignLeft)
        lines.addLayout(grid)
        named = f"{one.where} {one.fields[0].label}"
        keep = button(f"用{mine}的", partial(self.settle, one.id, "mine"))
        keep.setAccessibleName(f"{named} 用{mine}的")
        county = button("用县里的", partial(self.settle, one.id, "county"))
        county.setAccessibleName(f"{named} 用县里的")
        other = button("都不是…", partial(self.third_of, one.id)) if one.third else None
        go = button("打开看看", partial(self._page.frame.go, one.place, one.subject)) if one.place else None
        lines.addLayout(row(*(part for part in (keep, county, other, go) if part is not None), None))
        if one.id == self._open:
            self._third(lines, one)
        return block

    def _third(self, lines: QVBoxLayout, one: Decision) -> None:
        for field in one.fields:
            self.fields[field.name] = text_field(f"{field.label}（第三个值，空着就是清空）")
            lines.addWidget(self.fields[field.name])
        last = list(self.fields.values())[-1]
        last.editor.setProperty("moves", False)
        last.line.returnPressed.connect(partial(self.settle, one.id, None))
        lines.addLayout(row(button("写入第三个值", partial(self.settle, one.id, None), "primary"), None))

    def third_of(self, conflict: str) -> None:
        """Open the inputs of a third value."""
        self._open = conflict
        self._build()
        if self.fields:
            focus_soon(next(iter(self.fields.values())))

    def settle(self, conflict: str, keep: str | None) -> None:
        """Keep one side, or write what was typed; the window says so when it is done."""
        given = {name: str(field.value() or "") for name, field in self.fields.items()} if keep is None else None
        work.aside(
            lambda _: deciding.settle(self._workspace, conflict, keep, given), lambda _: self._settled(), self._refused
        )

    def _settled(self) -> None:
        self._open = ""
        self._page.refresh()
        self._page.frame.refresh_status()
        self._page.banner.say("已定下，存在本机；下次同步送到县里。", "green")

    def _refused(self, refusal: Refused) -> None:
        if self.fields:
            next(iter(self.fields.values())).set_error(refusal_text(refusal))
        else:
            self._page.banner.refuse(refusal)
