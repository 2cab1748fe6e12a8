"""Editors that are chosen from: chips side by side, a long list, the people on hand."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from ui import theme
from ui.parts.basics import FlowLayout, mark
from ui.parts.lines import ENTER, step
from ui.theme import px

_KEYS = "①②③④⑤⑥⑦⑧⑨"
"""The digit that chooses, drawn so that nobody takes it for a count."""


class Chips(QWidget):
    """Options side by side; digits 1 to 9 choose, arrows move, space takes; one tab stop for all."""

    committed = Signal()

    def __init__(self, options: Mapping[Any, str], many: bool) -> None:
        super().__init__()
        self.many, self._keys, self._here = many, list(options), 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        flow = FlowLayout(self)
        self.chips: list[QPushButton] = []
        for number, words in enumerate(options.values(), 1):
            chip = QPushButton(f"{words} {_KEYS[number - 1]}" if number <= len(_KEYS) else words)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(words)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _=False, at=number - 1: self._clicked(at))
            flow.addWidget(chip)
            self.chips.append(chip)

    def value(self) -> Any:
        """The chosen key, or the list of them; None when nothing is chosen."""
        chosen = [key for key, chip in zip(self._keys, self.chips, strict=True) if chip.isChecked()]
        if self.many:
            return chosen or None
        return chosen[0] if chosen else None

    def set_value(self, value: Any) -> None:
        """Show a choice without telling anybody."""
        chosen = value if isinstance(value, list | tuple) else [] if value is None else [value]
        for key, chip in zip(self._keys, self.chips, strict=True):
            chip.setChecked(key in chosen)

    def _clicked(self, at: int) -> None:
        self.chips[at].setChecked(not self.chips[at].isChecked())
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._take(at)

    def _take(self, at: int) -> None:
        on = not self.chips[at].isChecked()
        if not self.many:
            for chip in self.chips:
                chip.setChecked(False)
        self.chips[at].setChecked(on)
        self._show_here(at)
        self.committed.emit()

    def _show_here(self, at: int) -> None:
        self._here = at
        for place, chip in enumerate(self.chips):
            mark(chip, "here", "true" if place == at and self.hasFocus() else "false")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys act."""
        super().focusInEvent(event)
        self._show_here(self._here)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again."""
        super().focusOutEvent(event)
        self._show_here(self._here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, arrows move, space takes, Enter goes on."""
        key, last = event.key(), len(self.chips) - 1
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and key - Qt.Key.Key_1 <= last:
            self._take(key - Qt.Key.Key_1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            self._show_here(max(0, self._here - 1))
        elif key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._show_here(min(last, self._here + 1))
        elif key == Qt.Key.Key_Space:
            self._take(self._here)
        elif key in ENTER:
            step(self, not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)


def arrow_down() -> QPixmap:
    """The arrow of a list in the muted colour of the theme."""
    return theme.picture("chevron-down", 14, theme.current().tokens.muted)


class Pick(QComboBox):
    """One of a long list; typing finds, digits of a code find too (`coded` shows them), Enter goes on."""

    committed = Signal()

    def __init__(self, options: Mapping[str, str], coded: bool = True) -> None:
        super().__init__()
        self.addItem("", None)
        for key, words in options.items():
            self.addItem(f"{key}  {words}" if coded and words != key else words, key)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(14)
        self.activated.connect(lambda _=0: self.committed.emit())
        self.installEventFilter(self)
        self._shown: Any = None

    def value(self) -> Any:
        """The chosen key or None."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Show a choice; one that the list lacks is shown as it is."""
        at = self.findData(value)
        if at < 0:
            self.addItem(str(value), value)
            at = self.count() - 1
        self.setCurrentIndex(at)
        self._shown = value

    def paintEvent(self, event: QPaintEvent) -> None:
        """A small arrow says that there is a list."""
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(14)
        painter.drawPixmap(self.width() - side - px(6), (self.height() - side) // 2, arrow_down())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The wheel scrolls the page, not the choice."""
        return event.type() == QEvent.Type.Wheel or super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on, F4 opens, the rest is the list's."""
        if event.key() in ENTER:
            self._commit()
            step(self, not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits what typing has chosen."""
        super().focusOutEvent(event)
        self._commit()

    def _commit(self) -> None:
        if self.value() != self._shown:
            self._shown = self.value()
            self.committed.emit()


class Someone(Pick):
    """One of the people on hand, or anybody else by words."""

    def __init__(self, people: Mapping[str, str]) -> None:
        super().__init__({})
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for key, name in people.items():
            same = sum(1 for at in range(self.count()) if self.itemData(at, Qt.ItemDataRole.UserRole + 1) == name)
            self.addItem(f"{name}（{same + 1}）" if same else name, key)
            self.setItemData(self.count() - 1, name, Qt.ItemDataRole.UserRole + 1)

    def setAccessibleName(self, name: str) -> None:
        """The line inside is what gets the focus, so it has the name too."""
        super().setAccessibleName(name)
        self._line.setAccessibleName(name)

    def value(self) -> Any:
        """The key of the one who is named; the words where the list lacks them; None for nothing."""
        words = self.currentText().strip()
        at = self.findText(words)
        return (self.itemData(at) if at >= 0 else words) or None

    def set_value(self, value: Any) -> None:
        """Show somebody of the list by name, anybody else as written."""
        at = self.findData(value) if value else 0
        if at >= 0:
            self.setCurrentIndex(at)
        else:
            self.setEditText(str(value))
        self._shown = value
