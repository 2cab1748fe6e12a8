"""Editors that are typed into: one line or several; the input method keeps its own keys, Enter goes on."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

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
