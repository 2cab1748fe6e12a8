"""The second person of an export that two people must agree to: who, their own password, and what opens the file."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from db.refused import Refused
from desktop.exchange.outgoing.sealing import LEAST_PASSWORD, Sealing, check_file_password
from desktop.workspace import Workspace
from ui.parts.basics import column, label
from ui.parts.grid import Grid
from ui.parts.inputs import Field, choice_field, text_field


class SecondPerson(QWidget):
    """`lacking()` says what is missing, `sealing()` asks for the yes; no password outlives the dialog."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        lines = column(self, gap=4)
        words = "这份台账写的是孩子：要第二个人当场输入自己的口令，文件加密送出。"
        lines.addWidget(label(words, "warn", wrap=True))
        self.approver = choice_field("第二个人", {name: name for name in workspace.may_approve()}, required=True)
        self.secret = text_field("第二个人自己的口令", required=True, secret=True)
        self.opening = text_field(
            "表格的打开密码", required=True, secret=True, hint=f"至少 {LEAST_PASSWORD} 个字符，另外告诉收件人"
        )
        self.again = text_field("打开密码再写一遍", required=True, secret=True)
        self.again.editor.setProperty("moves", False)  # Enter exports
        lines.addWidget(Grid([self.approver, self.secret, self.opening, self.again], least=260, most=2))

    def lacking(self) -> Field | None:
        """The first field that is not right yet, each with its sentence; raises `Refused` where nobody can agree."""
        name, opening = str(self.approver.value() or ""), self.opening.line.text()
        if not self._workspace.may_approve():
            self._workspace.needs_second(name)
        same = opening == self.again.line.text()
        said = (
            (self.approver, "" if name else "选第二个人。"),
            (self.secret, "" if self.secret.line.text() else "请他自己输入口令。"),
            (self.opening, _unfit(opening)),
            (self.again, "" if same else "两遍写的不一样。"),
        )
        for field, words in said:
            field.set_error(words)
        return next((field for field, words in said if words), None)

    def sealing(self) -> Callable[[], Sealing]:
        """What gets the yes with what stands here now: as slow as unlocking, for the worker."""
        workspace, name = self._workspace, str(self.approver.value())
        secret, opening = self.secret.line.text(), self.opening.line.text()
        return lambda: Sealing(workspace.approve(name, secret), opening)

    def forget(self) -> None:
        """A yes is for one export: the second person's password goes."""
        self.secret.empty()


def _unfit(password: str) -> str:
    try:
        check_file_password(password)
    except Refused as refused:
        return refused.what
    return ""
