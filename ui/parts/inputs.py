"""Fields of a form: label above, editor, error below in words."""

import re
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.parts.basics import column, label, mark
from ui.parts.choices import Chips, Pick, Someone
from ui.parts.lines import Line, Text
from ui.theme import px

Editor = Line | Text | Chips | Pick
_LINE = 19
"""Height of one sentence below an editor."""


class _Sentence(QLabel):
    """The line below an editor: kept free for one line, higher only for a sentence that has no room in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("kind", "error")

    def sizeHint(self) -> QSize:
        """As high as the text at the width that it has."""
        return QSize(px(60), self.heightForWidth(max(self.width(), px(60))))

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(px(30), px(_LINE))

    def heightForWidth(self, width: int) -> int:
        """One line at least."""
        return max(super().heightForWidth(width) if self.text() else 0, px(_LINE))


class Field(QWidget):
    """Label, editor, sentence; `committed` carries the new value once it differs from the one last shown."""

    committed = Signal(object)

    def __init__(self, words: str, editor: Editor, required: bool = False, unit: str = "") -> None:
        super().__init__()
        self.words, self.editor = words, editor
        self._last: Any = None
        lines = column(self, gap=1)
        self._label = label(words + (f"（{unit}）" if unit else "") + (" *" if required else ""), "small")
        self._label.setWordWrap(True)
        self._error = _Sentence()
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
        return self._error.text()

    def set_error(self, text: str, tone: str = "error") -> None:
        """Show a sentence below (empty takes it away); its line is kept free, so that nothing moves."""
        self._error.setText(text)
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

    def empty(self) -> None:
        """Take the text away without telling: the store keeps the value, only the screen no longer shows it."""
        self.line.clear()
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
    editor.setPlaceholderText(hint or {"day": "年-月-日", "moment": "年-月-日 时:分", "month": "年-月"}.get(form, ""))
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
