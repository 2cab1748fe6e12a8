"""Questions that a person must decide before something is done: the reason of a deed that stays in the history."""

from PySide6.QtWidgets import QInputDialog, QWidget


def ask_reason(parent: QWidget, title: str, words: str, given: str = "") -> str | None:
    """The reason that was typed; None when the person went back or wrote nothing."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(words)
    dialog.setTextValue(given)
    dialog.setOkButtonText(title)
    dialog.setCancelButtonText("返回")
    if not dialog.exec():
        return None
    return dialog.textValue().strip() or None
