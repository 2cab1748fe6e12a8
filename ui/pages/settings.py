"""Settings: look, township, people on this laptop, own password, backup with its proof, check of the whole store."""

import json
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import settings
from desktop.casework.work import ROLES
from desktop.workspace import traffic
from ui import settings_file, theme, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.parts.basics import button, card, clear, column, focus_soon, label, mark, refusal_text, row, scrolled, tag
from ui.parts.choices import Pick
from ui.parts.inputs import Field, choice_field, text_field
from ui.theme import px
from ui.words import day_and_time

_TEXTS = ("unit_name", "township_phone", "edu_tel", "reeval_months", "printers")
_HINTS = {
    "unit_name": "例如 青云镇人民政府，印在表头", "township_phone": "0837-7230001", "edu_tel": "0837-7230002",
    "printers": "几台用 | 隔开",
}  # fmt: skip
_LABELS = {"printers": "这间办公室的打印机（照系统里的名字写）"}
_RECOVERY = "恢复码只在新建资料库时显示过一次，应当抄在纸上锁着。口令忘了，在打开页点“忘记口令”，用它设新口令。"


class SettingsPage(Page):
    """Every field is saved when it is left; look and scale take effect at once."""

    title = "设置"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.fields: dict[str, Field] = {}
        self.task: work.Task | None = None
        self._wanted = ""
        self._left, self._right = self._column(), self._column()
        across = QHBoxLayout()
        across.setSpacing(px(12))
        for side in (self._left, self._right):
            across.addWidget(scrolled(side), 1)
        self.body.addLayout(across, 1)
        left, right = self._lines(self._left), self._lines(self._right)
        left.addWidget(self._look())
        left.addWidget(self._township())
        left.addStretch(1)
        right.addWidget(self._backup())
        right.addWidget(self._users())
        right.addWidget(self._password())
        right.addStretch(1)

    def _column(self) -> QWidget:
        made = QWidget()
        column(made, gap=12)
        return made

    def _lines(self, side: QWidget) -> QVBoxLayout:
        found = side.layout()
        assert isinstance(found, QVBoxLayout)
        return found

    def show_subject(self, subject: str) -> None:
        """The field that is to be filled in."""
        self._wanted = subject

    def refresh(self) -> None:
        """Show what the store says; what is being typed stays."""
        held = self.workspace.read.settings()
        for name, field in self.fields.items():
            value = held.get(name)
            field.set_value("|".join(value) if isinstance(value, list) else None if value is None else str(value))
        terms = (held.get("school_calendar") or {}).get("terms") or []
        self._calendar.setText(f"校历：{len(terms)} 个学期" if terms else "校历：还没有")
        self._list_users()
        self._say_backup()
        if self._wanted in self.fields:
            focus_soon(self.fields[self._wanted])
            self._wanted = ""
        elif not self.isAncestorOf(QApplication.focusWidget() or self.window()):
            self.scale.setFocus()

    def deeds(self) -> list[Deed]:
        """What can be done here."""
        return [
            Deed("写备份并验证", "", "download", self._ask_backup, lambda: self.task is None),
            Deed("核验本机资料", "", "circle-check", self.verify, lambda: self.task is None),
            Deed("换成暗色" if not theme.current().dark else "换成亮色", "", "moon", self._other_theme),
        ]

    def leave(self) -> None:
        """Keep what was typed."""
        for field in self.fields.values():
            field.commit()

    # ---- look ----

    def _look(self) -> QWidget:
        frame, lines = card()
        lines.addWidget(label("外观", "head"))
        now = theme.current()
        self.scale = choice_field("字和间距", {step: f"{step}%" for step in theme.SCALES})
        self.scale.set_value(now.scale)
        self.theme = choice_field("明暗", {False: "亮", True: "暗（夜间）"})
        self.theme.set_value(now.dark)
        for field in (self.scale, self.theme):
            field.committed.connect(lambda _: self.wear())
        lines.addLayout(row(self.scale, self.theme, gap=20))
        return frame

    def wear(self) -> None:
        """Put the chosen look in force and remember it on this computer."""
        now = theme.current()
        dark = now.dark if self.theme.value() is None else bool(self.theme.value())
        self._put_on(dark, int(self.scale.value() or now.scale))

    def _other_theme(self) -> None:
        self._put_on(not theme.current().dark, theme.current().scale)

    def _put_on(self, dark: bool, scale: int) -> None:
        settings_file.remember(dark=dark, scale=scale)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.use(app, dark, scale)
        self.frame.look_changed.emit()

    # ---- township ----

    def _township(self) -> QWidget:
        frame, lines = card()
        lines.addWidget(label("乡镇", "head"))
        lines.addWidget(label("印在文书上的内容；填好即存。", "small"))
        for name in _TEXTS:
            field = self.fields[name] = text_field(
                _LABELS.get(name, settings.KNOWN[name].label), hint=_HINTS.get(name, "")
            )
            field.committed.connect(lambda value, name=name: self._save(name, value))
            lines.addWidget(field)
        self._calendar = label("", "muted")
        lines.addLayout(row(self._calendar, None, button("从文件装校历…", self._ask_calendar)))
        return frame

    def _save(self, name: str, value: Any) -> None:
        work.submit(
            self.workspace,
            lambda act: settings.change(act, {name: value}),
            lambda _: self._saved(name),
            lambda refusal: self._not_saved(name, refusal),
        )

    def _saved(self, name: str) -> None:
        if name in self.fields:
            self.fields[name].set_error("")
        self.refresh()

    def _not_saved(self, name: str, refusal: Refused) -> None:
        if name in self.fields:
            self.fields[name].set_error(refusal_text(refusal))
        else:
            self.banner.refuse(refusal)

    def _ask_calendar(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "校历", "", "校历 (*.json)")
        if path:
            self.take_calendar(Path(path))

    def take_calendar(self, path: Path) -> None:
        """A school calendar from a JSON file."""
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.banner.say("这个文件读不出校历，设置没有改动。请选县教育局发的 .json 文件。", "red")
            return
        self._save("school_calendar", given)

    # ---- backup and check ----

    def _backup(self) -> QWidget:
        frame, lines = card()
        self._backed, self._backed_tag = label("备份", "head"), tag("", "plain")
        lines.addLayout(row(self._backed, self._backed_tag, None))
        lines.addWidget(
            label("备份是加密的，写到空文件夹（U 盘或另一块盘），写完自动打开验证一遍。", "small", wrap=True)
        )
        field = self.fields["backup_folder"] = text_field(settings.KNOWN["backup_folder"].label, hint="备份放在哪里")
        field.committed.connect(lambda value: self._save("backup_folder", value))
        lines.addWidget(field)
        choose = button("选文件夹…", self._ask_folder)
        choose.setAccessibleName("选备份文件夹")
        lines.addLayout(row(choose, None))
        self._doing = label("", "small")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        self.stop = button("停下", self._stop)
        for part in (self._doing, self.bar, self.stop):
            part.hide()
        lines.addWidget(self._doing)
        lines.addWidget(self.bar)
        self.backup_button = button("写备份并验证", self._ask_backup, "primary")
        self.verify_button = button("核验本机资料", self.verify)
        lines.addLayout(row(self.backup_button, self.verify_button, self.stop, None))
        return frame

    def _say_backup(self) -> None:
        last = self.workspace.look(traffic.last_backup)
        self._backed_tag.setText(f"已验证 {day_and_time(last)}" if last else "还没有备份")
        mark(self._backed_tag, "tone", "green" if last else "amber")

    def _ask_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, "备份放在哪个文件夹"):
            self.fields["backup_folder"].line.setText(folder)
            self.fields["backup_folder"].commit()

    def _ask_backup(self) -> None:
        self.leave()
        kept = str(self.fields["backup_folder"].value() or "")
        if kept:
            stamp = self.workspace.on.isoformat()
            self.backup(_unused(Path(kept).expanduser(), f"走村备份 {stamp}"))
        elif folder := QFileDialog.getExistingDirectory(self, "备份到哪个文件夹"):
            self.backup(_unused(Path(folder), f"走村备份 {self.workspace.on.isoformat()}"))

    def backup(self, folder: Path) -> None:
        """Write a backup into a new folder and open it as proof."""
        self._start(lambda tell: self.workspace.backup(folder, tell), self._backed_up)

    def _backed_up(self, answer: dict[str, Any]) -> None:
        count = sum(answer["counts"].values())
        self.banner.say(f"备份写好并验证过：{count:,} 件。在 {answer['path']}", "green")

    def verify(self) -> None:
        """Check every file, page, journal entry and attachment of this store."""
        self._start(self.workspace.verify, self._verified)

    def _verified(self, answer: tuple[bool, list[str]]) -> None:
        whole, found = answer
        if whole:
            self.banner.say("本机资料全部核验过，没有缺损。", "green")
        else:
            self.banner.say("核验发现：" + "；".join(found[:5]) + "。请先写备份，再联系县里。", "red")

    def _start(self, act: Any, done: Any) -> None:
        if self.task is not None:
            return
        self.banner.hide()
        self.bar.setRange(0, 0)
        self._show_going(True)
        self.task = work.aside(act, done, self.banner.refuse)
        self.task.progressed.connect(self._progressed)
        self.task.ended.connect(self._ended)

    def _progressed(self, done: int, total: int, text: str) -> None:
        self._doing.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _ended(self) -> None:
        self.task = None
        self._show_going(False)
        self._say_backup()
        self.frame.refresh_status()

    def _show_going(self, on: bool) -> None:
        for part in (self._doing, self.bar, self.stop):
            part.setVisible(on)
        self.backup_button.setEnabled(not on)
        self.verify_button.setEnabled(not on)

    # ---- people ----

    def _users(self) -> QWidget:
        frame, lines = card()
        lines.addWidget(label("本机的使用人", "head"))
        self._people = QVBoxLayout()
        self._people.setSpacing(px(4))
        lines.addLayout(self._people)
        self.new_name, self.new_password = text_field("姓名"), text_field("给他的口令", secret=True, hint="至少 10 位")
        self.new_role = Field("角色", Pick(ROLES))
        if "sysadmin" in self.workspace.roles:
            lines.addLayout(row(self.new_name, self.new_password))
            lines.addWidget(self.new_role)
            lines.addLayout(row(button("添加", self.add_user), None))
        return frame

    def _list_users(self) -> None:
        clear(self._people)
        for one in self.workspace.users():
            words = "、".join(ROLES.get(role, role) for role in one.roles)
            here = tag("正在用", "green") if one.name == self.workspace.user else None
            parts = [label(one.name, "strong"), label(words, "muted")]
            self._people.addLayout(row(*parts, *([here] if here else []), None))

    def add_user(self) -> None:
        """One more person with a role and a first password."""
        name, role = str(self.new_name.value() or ""), str(self.new_role.value() or "")
        secret = self.new_password.line.text()
        work.aside(
            lambda _: self.workspace.add_user(name, role, secret),
            lambda _: self._added(name),
            lambda refusal: self.new_name.set_error(refusal_text(refusal)),
        )

    def _added(self, name: str) -> None:
        for field in (self.new_name, self.new_password):
            field.set_error("")
            field.line.clear()
            field.commit()
        self._list_users()
        self.banner.say(f"已添加 {name}。请他第一次打开后自己换口令。", "green")

    def _password(self) -> QWidget:
        frame, lines = card()
        lines.addWidget(label("换我的口令", "head"))
        self.old = text_field("现在的口令", secret=True)
        self.new = text_field("新口令", secret=True, hint="至少 10 位")
        self.again = text_field("再写一遍", secret=True)
        self.again.editor.setProperty("moves", False)
        self.again.line.returnPressed.connect(self.change_password)
        lines.addLayout(row(self.old, self.new, self.again))
        lines.addLayout(row(button("换口令", self.change_password), None))
        lines.addWidget(label(_RECOVERY, "small", wrap=True))
        return frame

    def change_password(self) -> None:
        """A new password for whoever works here."""
        old, new = self.old.line.text(), self.new.line.text()
        if new != self.again.line.text():
            self.again.set_error("两遍口令不一样，请再写一遍。")
            return
        self.again.set_error("")
        work.aside(
            lambda _: self.workspace.change_password(old, new),
            lambda _: self._changed(),
            lambda refusal: self.old.set_error(refusal_text(refusal)),
        )

    def _changed(self) -> None:
        for field in (self.old, self.new, self.again):
            field.set_error("")
            field.line.clear()
            field.commit()
        self.banner.say("口令换好了，下次打开用新的。", "green")


def _unused(folder: Path, name: str) -> Path:
    """A folder of this name that is not there yet."""
    found, number = folder / name, 2
    while found.exists():
        found, number = folder / f"{name} {number}", number + 1
    return found
