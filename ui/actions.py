"""Actions declared once: words, shortcut, icon, handler, when enabled; menus, buttons and the palette show the same."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QWidget

from ui import theme
from ui.parts.basics import column, label
from ui.parts.lines import Line
from ui.theme import px


@dataclass(frozen=True)
class Deed:
    """One thing a person can do."""

    words: str
    shortcut: str
    icon: str
    handler: Callable[[], object]
    enabled: Callable[[], bool] = lambda: True


def install(parent: QWidget, deeds: Iterable[Deed]) -> list[QAction]:
    """The actions of a widget, alive while it is shown."""
    made = []
    for deed in deeds:
        action = QAction(deed.words, parent)
        if deed.shortcut:
            action.setShortcut(QKeySequence(deed.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        if deed.icon:
            action.setIcon(theme.icon(deed.icon))
        action.triggered.connect(lambda _=False, deed=deed: deed.handler() if deed.enabled() else None)
        parent.addAction(action)
        made.append(action)
    return made


@dataclass(frozen=True)
class Hit:
    """One line of the palette."""

    words: str
    under: str
    chosen: Callable[[], object]


class Palette(QDialog):
    """Ctrl+K: people and actions by a few letters; arrows choose, Enter goes, Esc leaves."""

    def __init__(self, parent: QWidget, find: Callable[[str], list[Hit]]) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._find, self._hits = find, list[Hit]()
        self.setAccessibleName("搜索")
        lines = column(self, margin=12)
        self.line = Line()
        self.line.setProperty("moves", False)
        self.line.setPlaceholderText("搜姓名、拼音首字母、证件尾号、地址、电话，或要做的事")
        self.line.setAccessibleName("搜索")
        self.list = QListWidget()
        self.list.setAccessibleName("结果")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        lines.addWidget(self.line)
        lines.addWidget(self.list)
        lines.addWidget(label("↑ ↓ 选择 · Enter 打开 · Esc 返回", "small"))
        self.resize(px(560), px(420))
        self.line.textChanged.connect(self._look)
        self.line.installEventFilter(self)
        self.list.itemActivated.connect(lambda _: self._go())
        self.list.itemClicked.connect(lambda _: self._go())
        self._look("")

    def _look(self, text: str) -> None:
        self._hits = self._find(text)
        self.list.clear()
        for hit in self._hits:
            self.list.addItem(QListWidgetItem(f"{hit.words}    {hit.under}" if hit.under else hit.words))
        if self._hits:
            self.list.setCurrentRow(0)

    def _go(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._hits):
            self.accept()
            self._hits[row].chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter act on the list while the text keeps the focus."""
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                change = 1 if event.key() == Qt.Key.Key_Down else -1
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + change)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.line.composing:
                self._go()
                return True
        return super().eventFilter(watched, event)
