"""The sections of a questionnaire at its left: which are full, how much is lacking, and the way to each."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QApplication, QProgressBar, QPushButton, QWidget

from desktop.casework.views import VisitView
from desktop.forms import FormSpec
from ui.parts.basics import clear, column, ends, label
from ui.theme import px


class SectionList(QWidget):
    """`go(section)` is called for the one that is chosen."""

    def __init__(self, go: Callable[[str], None]) -> None:
        super().__init__()
        self._go = go
        self._lines = column(self, margin=4, gap=2)

    def show_state(self, view: VisitView, spec: FormSpec, here: str) -> None:
        """List them anew; the focus stays in the list if it was there."""
        focused = QApplication.focusWidget() in self.findChildren(QPushButton)
        self.empty()
        full = 0
        for section in spec.sections:
            lacking = sum(1 for one in view.missing if one.section == section.id)
            full += not lacking
            words = f"{section.id} {section.label}" if section.label else view.form_name
            state, tone = (f"缺 {lacking}", "muted") if lacking else ("✓", "good")
            link = ends(words, state, partial(self._go, section.id), section.id == here, tone=tone)
            self._lines.addWidget(link)
            if focused and section.id == here:
                link.setFocus()
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, len(spec.sections))
        bar.setValue(full)
        bar.setAccessibleName(f"填齐 {full} 节，共 {len(spec.sections)} 节")
        self._lines.addSpacing(px(6))
        self._lines.addWidget(bar)
        hand = sum(1 for one in view.missing if one.by_hand)
        self._lines.addWidget(label(f"还缺 {len(view.missing)} 项，其中手写或签名 {hand}", "small", wrap=True))
        self._lines.addStretch(1)

    def empty(self) -> None:
        """No questionnaire is shown."""
        clear(self._lines)
