"""Inputs of a form: label above, editor, error below in words; the input method keeps its own keys."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from ui import theme
from ui.parts.basics import FlowLayout, column, label, mark
from ui.theme import px

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def step(origin: QWidget, forward: bool = True) -> None:
    """Move the focus to the next or previous widget that takes it by Tab, in tab order."""
    here = origin
    for _ in range(2000):
        following = here.nextInFocusChain() if forward else here.previousInFocusChain()
        if following is None or following is origin:
            return
        here = following
        tabbed = here.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if tabbed and here.isVisible() and here.isEnabled() and here.window() is origin.window():
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            here.setFocus(reason)
            return


class Line(QLineEdit):
    """One line; Enter goes on, Shift+Enter back, unless the input method is composing."""

    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self.editingFinished.connect(self.committed)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether there is text that the input method has not yet given."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Shift+Enter move; while composing every key belongs to the input method."""
        if event.key() in ENTER and self.composing:
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in ENTER and self.property("moves") is not False:
            event.accept()
            step(self, not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class Text(QPlainTextEdit):
    """Several lines; Enter goes on, Ctrl+Enter breaks the line, unless the input method is composing."""

    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.composing = False
        self.setTabChangesFocus(True)
        self.setFixedHeight(px(72))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether there is text that the input method has not yet given."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As in `Line`."""
        if event.key() not in ENTER or self.composing:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.insertPlainText("\n")
        else:
            step(self, not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits."""
        super().focusOutEvent(event)
        self.committed.emit()


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
            chip = QPushButton(f"{words} {number}" if number <= 9 else words)
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
    """One of a long list; typing finds, digits of a code find too, Enter goes on."""

    committed = Signal()

    def __init__(self, options: Mapping[str, str]) -> None:
        super().__init__()
        self.addItem("", None)
        for key, words in options.items():
            self.addItem(words if words == key else f"{key}  {words}", key)
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


Editor = Line | Text | Chips | Pick


class Field(QWidget):
    """Label, editor, sentence; `committed` carries the new value once it differs from the one last shown."""

    committed = Signal(object)

    def __init__(self, words: str, editor: Editor, required: bool = False, unit: str = "") -> None:
        super().__init__()
        self.words, self.editor = words, editor
        self._last: Any = None
        lines = column(self, gap=2)
        self._label = label(words + (f"（{unit}）" if unit else "") + (" *" if required else ""), "small")
        self._label.setWordWrap(True)
        self._error = label(kind="error", wrap=True)
        self._error.hide()
        editor.setAccessibleName(words)
        editor.committed.connect(self._commit)
        lines.addWidget(self._label)
        lines.addWidget(editor)
        lines.addWidget(self._error)
        self.setFocusProxy(editor)

    @property
    def line(self) -> Line:
        """The editor of a field of one line; the program is wrong where it is none."""
        assert isinstance(self.editor, Line)
        return self.editor

    @property
    def error(self) -> str:
        """The sentence below; empty when there is none."""
        return "" if self._error.isHidden() else self._error.text()

    def set_error(self, text: str, tone: str = "error") -> None:
        """Show a sentence below (empty hides it)."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        self.editor.setAccessibleDescription(text)
        mark(self._error, "kind", tone)
        mark(self.editor, "wrong", "true" if text and tone == "error" else "false")

    def value(self) -> Any:
        """What stands there now: text, key, list of keys; None for nothing."""
        if isinstance(self.editor, Line):
            return tidy(self.editor.text(), str(self.property("form") or "")) or None
        if isinstance(self.editor, Text):
            return self.editor.toPlainText().strip() or None
        return self.editor.value()

    def set_value(self, value: Any) -> None:
        """Show a value without telling; what is being typed is never overwritten."""
        if self.dirty:
            return
        self._last = value
        if isinstance(self.editor, Line):
            self.editor.setText("" if value is None else shown(value, str(self.property("form") or "")))
        elif isinstance(self.editor, Text):
            self.editor.setPlainText("" if value is None else str(value))
        else:
            self.editor.set_value(value)
        self._last = self.value()

    @property
    def dirty(self) -> bool:
        """Whether something stands there that was not committed."""
        return bool(self.value() != self._last)

    def commit(self) -> None:
        """Tell what stands there if it is new."""
        self._commit()

    def _commit(self) -> None:
        value = self.value()
        if value != self._last:
            self._last = value
            self.committed.emit(value)


def tidy(text: str, form: str) -> str:
    """Typed text in its kept spelling: `20261105` and `2026.11.5` become `2026-11-05`, `930` a time of day."""
    text = text.strip()
    if form == "day":
        if match := re.fullmatch(r"(\d{4})[-/.年 ]?(\d{1,2})[-/.月 ]?(\d{1,2})日?", text):
            return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
    elif form == "month":
        if match := re.fullmatch(r"(\d{4})[-/.年 ]?(\d{1,2})月?", text):
            return f"{match[1]}-{int(match[2]):02d}"
    elif form == "money":
        return text.replace(",", "").removesuffix("元")
    return text


def shown(value: Any, form: str) -> str:
    """A kept value as it stands in the editor."""
    if value is True or value is False:
        return "是" if value else "否"
    text = str(value)
    return text.replace("T", " ") if form == "moment" else text


def text_field(
    words: str, required: bool = False, unit: str = "", form: str = "", hint: str = "", secret: bool = False
) -> Field:
    """One line; `form` is day, month, moment, money, number or empty."""
    editor = Line()
    if secret:
        editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.setPlaceholderText(
        hint or {"day": "2026-11-05", "moment": "2026-11-05 10:30", "month": "2026-11"}.get(form, "")
    )
    if form in ("money", "number"):
        editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        editor.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
    field = Field(words, editor, required, unit)
    field.setProperty("form", form)
    return field


def long_field(words: str, required: bool = False) -> Field:
    """Several lines."""
    return Field(words, Text(), required)


def choice_field(words: str, options: Mapping[Any, str], many: bool = False, required: bool = False) -> Field:
    """Chips up to twelve options or for several answers, else a list."""
    editor: Editor = Chips(options, many) if many or len(options) <= 12 else Pick(options)
    return Field(words, editor, required)


def someone_field(words: str, people: Mapping[str, str], required: bool = False) -> Field:
    """Somebody of `people` (key to name) or anybody else by words."""
    return Field(words, Someone(people), required)


def focus_is_typing() -> bool:
    """Whether the keyboard now belongs to a text input."""
    return isinstance(QApplication.focusWidget(), Line | Text)
