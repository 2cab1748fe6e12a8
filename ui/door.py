"""Before the store is open: make one, open one, or set a new password with the recovery code."""

import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework.work import ROLES
from desktop.workspace import Workspace
from ui import work
from ui.parts.basics import Banner, button, card, clear, column, focus_soon, label, refusal_text, row, scrolled
from ui.parts.inputs import Field, text_field
from ui.parts.tick import Tick
from ui.theme import px
from ui.words import CHINA


class Door(QWidget):
    """One card in the middle of a dark ground; `opened` carries the workspace."""

    opened = Signal(object)
    store_chosen = Signal(object)

    def __init__(self, store: Path | None) -> None:
        super().__init__()
        self.setProperty("kind", "door")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.store = store
        frame, self._lines = card(margin=32, gap=8)
        frame.setFixedWidth(px(420))
        inner = QWidget()
        outer = column(inner, margin=8)
        outer.addStretch(1)
        outer.addLayout(row(None, frame, None))
        outer.addStretch(1)
        column(self).addWidget(scrolled(inner))
        self.banner = Banner()
        self.fields: dict[str, Field] = {}
        self.begin()

    def showEvent(self, event: QShowEvent) -> None:
        """The first thing to fill has the focus, so that one can type at once."""
        super().showEvent(event)
        for name in ("township", "code", "password"):
            if name in self.fields:
                self.fields[name].setFocus()
                return

    def begin(self) -> None:
        """Unlock when the folder holds a store, else the first start."""
        users = []
        if self.store is not None:
            try:
                users = Workspace.users_of(self.store)
            except Refused as refusal:
                self._first(refusal_text(refusal) if refusal.code != "store.missing" else "")
                return
        if users:
            self._unlock(users)
        else:
            self._first()

    def _fresh(self, under: str) -> QVBoxLayout:
        clear(self._lines)
        self.fields = {}
        self.banner = Banner()
        self._lines.addWidget(label("走村", "brand"))
        self._lines.addWidget(label(under, "muted", wrap=True))
        self._lines.addWidget(self.banner)
        return self._lines

    def _ask(self, name: str, words: str, **kind: Any) -> Field:
        field = self.fields[name] = text_field(words, **kind)
        self._lines.addWidget(field)
        return field

    # ---- first start ----

    def _first(self, trouble: str = "") -> None:
        lines = self._fresh("第一次使用：新建本机资料库，或打开已有的。")
        if trouble:
            self.banner.say(trouble, "red")
        self._ask("folder", "资料库文件夹").set_value(str(self.store or Path.home() / "走村"))
        lines.addLayout(row(button("选文件夹…", self._choose, "link"), None, button("打开已有的", self._open, "link")))
        self._ask("township", "乡镇代码", hint="9 位数字，例如 513224102")
        self._ask("name", "乡镇名称", hint="例如 青云镇")
        self._ask("user", "您的姓名")
        self._ask("password", "口令", secret=True, hint="至少 10 位，只有您知道")
        again = self._ask("again", "再写一遍口令", secret=True)
        again.editor.setProperty("moves", False)
        again.line.returnPressed.connect(self._create)
        self.training = Tick("练习库：只放编的资料，打印都有“演练”字样")
        lines.addWidget(self.training)
        self.go = button("新建资料库", self._create, "primary", "Enter")
        lines.addWidget(self.go)
        focus_soon(self.fields["township"])

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "选资料库文件夹")
        if folder:
            self.fields["folder"].set_value(folder)

    def _open(self) -> None:
        self.store = Path(str(self.fields["folder"].value() or "."))
        try:
            self._unlock(Workspace.users_of(self.store))
        except Refused as refusal:
            self.banner.refuse(refusal)

    def _create(self) -> None:
        given = {name: str(field.value() or "") for name, field in self.fields.items()}
        if given["password"] != given["again"]:
            self.fields["again"].set_error("两遍口令不一样，请再写一遍。")
            return
        self.fields["again"].set_error("")
        folder, training = Path(given["folder"]), self.training.isChecked()
        self.go.setEnabled(False)
        work.aside(
            lambda _: Workspace.create(
                folder,
                township=given["township"],
                township_name=given["name"],
                user=given["user"],
                password=given["password"],
                training=training,
            ),
            lambda made: self._made(folder, *made),
            self._refused,
        )

    def _made(self, folder: Path, workspace: Workspace, code: str) -> None:
        self.store = folder
        self.store_chosen.emit(folder)
        lines = self._fresh("资料库建好了。下面是恢复码，只显示这一次。")
        shown = label(code, "code", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName("恢复码")
        lines.addWidget(shown)
        lines.addWidget(
            label("口令忘了，只有恢复码能开。请抄在纸上或打印出来，锁进柜子，不要存在这台电脑上。", "muted", wrap=True)
        )
        kept = Tick("我已抄好或打印，并收起来了")
        lines.addWidget(kept)
        self.go = button("开始工作", lambda: self.opened.emit(workspace), "primary")
        self.go.setEnabled(False)
        kept.toggled.connect(self.go.setEnabled)
        lines.addLayout(row(button("打印恢复码", lambda: self._print(code, workspace, folder)), None, self.go))
        focus_soon(kept)

    def _print(self, code: str, workspace: Workspace, folder: Path) -> None:
        """On paper only: what goes into a file instead is refused."""
        from desktop.documents import Kept, recovery_paper
        from ui import printing

        printer = printing.choose_printer(self, paper_only=True)
        if printer is None:
            return
        if printing.writes_a_file(printer):
            self.banner.say("没有打印：选的是“打印到文件”，恢复码会留在这台电脑上。请选真的打印机，或抄在纸上。", "red")
            return
        on = datetime.now(CHINA).date().isoformat()
        kept = Kept(workspace.read.info().township_name, workspace.user, on, platform.node(), folder.resolve().name)
        try:
            sent = printing.print_pdfs(printer, [recovery_paper(code, kept)])
        except Refused as refusal:
            self.banner.refuse(refusal)
            return
        if sent:
            self.banner.say("已送打印机。请马上取走，锁进柜子。", "green")
        else:
            self.banner.say("打印机没有接下。请看看打印机，或抄在纸上。", "red")

    # ---- unlock ----

    def _unlock(self, users: list[Any]) -> None:
        lines = self._fresh("本机资料已加密")
        self._choices: list[QPushButton] = []
        self.user = users[0].name
        for entry in users:
            words = "、".join(ROLES.get(role, role) for role in entry.roles)
            choice = button(f"{entry.name}   {words}", kind="choice")
            choice.setCheckable(True)
            choice.setAutoExclusive(True)
            choice.setChecked(entry is users[0])
            choice.clicked.connect(lambda _=False, name=entry.name: self._take_user(name))
            self._choices.append(choice)
            lines.addWidget(choice)
        password = self._ask("password", "口令", secret=True)
        password.editor.setProperty("moves", False)
        password.line.returnPressed.connect(self._try)
        self.go = button("打开", self._try, "primary", "Enter")
        lines.addWidget(self.go)
        lines.addLayout(
            row(button("忘记口令", self._forgot, "link"), None, button("换一个资料库", self._first, "link"))
        )
        focus_soon(password)

    def _take_user(self, name: str) -> None:
        self.user = name
        self.fields["password"].setFocus()

    def _try(self) -> None:
        if not self.go.isEnabled():
            return
        password, user, folder = self.fields["password"].line.text(), self.user, self.store
        assert folder is not None
        self.go.setEnabled(False)
        work.aside(lambda _: Workspace.unlock(folder, user, password), self._opened, self._wrong)

    def _opened(self, workspace: Workspace) -> None:
        self.store_chosen.emit(self.store)
        self.opened.emit(workspace)

    def _wrong(self, refusal: Refused) -> None:
        self.go.setEnabled(True)
        field = self.fields["password"]
        field.set_error(refusal_text(refusal))
        field.line.selectAll()
        field.setFocus()

    # ---- forgotten ----

    def _forgot(self) -> None:
        user = self.user
        lines = self._fresh(f"用恢复码给“{user}”设一个新口令。")
        self._ask("code", "恢复码")
        self._ask("password", "新口令", secret=True)
        self._ask("again", "再写一遍新口令", secret=True)
        self.go = button("设新口令", self._recover, "primary")
        lines.addWidget(self.go)
        lines.addLayout(row(button("返回", self.begin, "link"), None))
        focus_soon(self.fields["code"])

    def _recover(self) -> None:
        given = {name: str(field.value() or "") for name, field in self.fields.items()}
        if given["password"] != given["again"]:
            self.fields["again"].set_error("两遍口令不一样，请再写一遍。")
            return
        folder, user = self.store, self.user
        assert folder is not None
        self.go.setEnabled(False)
        work.aside(
            lambda _: Workspace.recover(folder, user, given["code"], given["password"]),
            lambda _: self.begin(),
            self._refused,
        )

    def _refused(self, refusal: Refused) -> None:
        self.go.setEnabled(True)
        self.banner.refuse(refusal)
