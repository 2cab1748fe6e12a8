"""The exchange with the county: over the network or by stick, how far everything has come, differences to decide."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout

from db.refused import Refused, Unreachable
from desktop.workspace import traffic
from desktop.workspace.traffic import PackageRow
from ui import settings_file, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.deciding import DecidingBox
from ui.pages.enrolment import EnrolmentBox
from ui.parts.basics import button, card, clear, label, row, scrolled, tag
from ui.parts.inputs import text_field
from ui.parts.table import Column, Rows, Table
from ui.theme import px
from ui.words import local, size_in_words

_WAYS = {"http": "县网络", "stick": "U 盘"}
_KEPT = "本机已存的内容不会因为同步失败而丢失"


def _content(package: PackageRow) -> str:
    parts = [
        f"{package.operations} 项" if package.operations else "",
        f"{package.records} 件" if package.records else "",
    ]
    parts.append(f"{package.attachments} 张照片或签名" if package.attachments else "")
    said = " · ".join(part for part in parts if part) or "没有新内容"
    return f"{said}（{size_in_words(package.size)}）"


def _state(package: PackageRow) -> str:
    if package.direction == traffic.IN:
        return "✓ 已装入"
    if package.answered or (package.attachments and package.way == "http"):
        return "✓ 县已收到"
    return "… 等县回执"


_COLUMNS = (
    Column("途径", lambda p: _WAYS.get(p.way, p.way), 76, spare=1),
    Column("时间", lambda p: local(p.at), 100),
    Column("方向", lambda p: "↑ 送出" if p.direction == traffic.OUT else "↓ 收到", 76),
    Column("内容", _content),
    Column("状态", _state, 110, tone=lambda p: "green" if _state(p).startswith("✓") else "amber"),
    Column("回执", lambda p: p.receipt, 190, spare=2),
)


class SyncPage(Page):
    """F5 exchanges over the network; the stick's two ways stand beside it."""

    title = "同步"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.about.setText(_KEPT)
        self.task: work.Task | None = None
        self.read_button = button("从 U 盘读入", self._ask_read, icon="upload")
        self.write_button = button("写入 U 盘", self._ask_write, icon="usb")
        self.sync_button = button("同步", self.sync, "primary", "F5")
        for one in (self.read_button, self.write_button, self.sync_button):
            self.tools.addWidget(one)
        self.body.addWidget(self._progress())
        across = QHBoxLayout()
        across.setSpacing(px(12))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self._history(), 1)
        self.deciding = DecidingBox(self)
        left.addWidget(self.deciding, 1)
        across.addLayout(left, 3)
        across.addWidget(self._side(), 1)
        self.body.addLayout(across, 1)

    def _progress(self) -> Any:
        self.going, lines = card(gap=6)
        self._doing, self._detail = label("", "strong"), label("", "muted")
        lines.addLayout(row(self._doing, self._detail, None, button("停下", self.cancel)))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("进度")
        lines.addWidget(self.bar)
        self.going.hide()
        return self.going

    def _history(self) -> Any:
        frame, lines = card(margin=4)
        desk = self.workspace
        self.table = Table(
            Rows(_COLUMNS, lambda limit, offset: desk.look(lambda on: traffic.packages(on, limit, offset))),
            "送出和收到的数据包",
            sortable=False,
        )
        self.empty = label("还没有送过。有网按 F5；没有网就写入 U 盘。", "muted", wrap=True)
        self.empty.setContentsMargins(px(10), px(6), px(10), 0)
        lines.addWidget(self.empty)
        lines.addWidget(self.table)
        return frame

    def _side(self) -> Any:
        frame, lines = card(gap=6)
        lines.addWidget(label("送到哪一步了", "head"))
        self._steps = QVBoxLayout()
        self._steps.setSpacing(px(2))
        lines.addLayout(self._steps)
        lines.addSpacing(px(8))
        self.address = text_field("县里的地址", hint="https://…")
        self.address.set_value(settings_file.load().get("county"))
        self.address.committed.connect(self._remember)
        self.address.editor.setProperty("moves", False)
        self.address.line.returnPressed.connect(self.sync)
        lines.addWidget(self.address)
        lines.addSpacing(px(8))
        self.enrolment = EnrolmentBox(self)
        lines.addWidget(self.enrolment)
        lines.addStretch(1)
        holder, holding = card(margin=2)
        holder.setMinimumWidth(px(250))
        holder.setMaximumWidth(px(330))
        frame.setProperty("kind", "plain")
        holding.addWidget(scrolled(frame))
        return holder

    def refresh(self) -> None:
        """Everything anew but what is being typed."""
        self.table.rows.reload()
        self.empty.setVisible(not self.table.rows.items)
        self._show_steps()
        self.enrolment.refresh()
        self.deciding.refresh()
        if not self.deciding.hold_focus():
            self.sync_button.setFocus()

    def deeds(self) -> list[Deed]:
        """The three ways."""

        def free() -> bool:
            return self.task is None

        return [
            Deed("从 U 盘读入", "", "upload", self._ask_read, free),
            Deed("写入 U 盘", "", "usb", self._ask_write, free),
            Deed("停下正在做的", "", "x", self.cancel, lambda: not free()),
        ]

    def _show_steps(self) -> None:
        clear(self._steps)
        steps = self.workspace.look(traffic.steps)
        for words, count, tone in (
            ("未保存", self.frame.unsaved, "amber"),
            ("已存本机", steps.kept, "accent"),
            ("已装入数据包", steps.packed, "accent"),
            ("县已收到", steps.received, "green"),
            ("县已备份", steps.backed_up, "green"),
        ):
            number = tag(f"{count:,}", tone) if count and tone else label(f"{count:,}", "small")
            self._steps.addLayout(row(label(words), None, number))
        if steps.photos_waiting:
            waiting = f"照片和签名 {steps.photos_waiting} 张还没有送到（{size_in_words(steps.photos_size)}）"
            self._steps.addWidget(label(waiting, "small", wrap=True))

    def _remember(self, value: object) -> None:
        settings_file.remember(county=str(value or ""))

    # ---- the three ways ----

    def sync(self) -> None:
        """F5: one whole exchange over the network."""
        self.address.commit()
        url = str(self.address.value() or "")
        if not url:
            self.address.set_error("先写上县里的地址。没有网就用 U 盘。")
            self.address.setFocus()
            return
        self.address.set_error("")
        self._start("正在与县里同步", lambda tell: self.workspace.exchange.sync(url, tell), self._synced)

    def _synced(self, answer: dict[str, Any]) -> None:
        self.frame.went_online(True)
        up, down = size_in_words(answer["bytes_up"]), size_in_words(answer["bytes_down"])
        words = f"送出 {answer['sent']} 项（{up}），收到 {answer['received']} 件（{down}）。"
        words += f"县已收到，回执 {answer['receipt']}。" if answer["receipt"] else "县里还没有给回执，请再同步一次。"
        self._ended(words, "green" if answer["receipt"] else "amber")

    def _ask_write(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, "写到 U 盘的哪个文件夹"):
            self.write_stick(Path(folder))

    def write_stick(self, folder: Path) -> None:
        """Put what is unsent into a folder."""
        self._start(
            "正在写入 U 盘",
            lambda tell: self.workspace.exchange.write_stick(folder, tell),
            lambda answer: self._ended(
                f"已装入数据包：{answer['sent']} 项，{len(answer['files'])} 个文件。请把 U 盘带到县里。", "green"
            ),
        )

    def _ask_read(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, "从 U 盘的哪个文件夹读"):
            self.read_stick(Path(folder))

    def read_stick(self, folder: Path) -> None:
        """Take in what the county put there for this laptop."""
        self._start("正在从 U 盘读入", lambda tell: self.workspace.exchange.read_stick(folder, tell), self._have_read)

    def _have_read(self, answer: dict[str, Any]) -> None:
        if not answer["files"]:
            self._ended("这个文件夹里没有给本机的数据包，没有装入任何内容。请核对是不是拿错了 U 盘。", "amber")
            return
        receipt = f"县已收到，回执 {answer['receipt']}。" if answer["receipt"] else ""
        self._ended(f"已装入 {len(answer['files'])} 个数据包，{answer['received']} 件。{receipt}", "green")

    # ---- one at a time ----

    def _start(self, words: str, act: Callable[[Any], Any], done: Callable[[Any], None]) -> None:
        if self.task is not None:
            return
        self.banner.hide()
        self._doing.setText(words)
        self._detail.setText("")
        self.bar.setRange(0, 0)
        self.going.show()
        self._busy(True)
        self.task = work.aside(act, done, self._failed)
        self.task.progressed.connect(self._progressed)
        self.task.ended.connect(self._done)

    def _progressed(self, done: int, total: int, text: str) -> None:
        self._detail.setText(f"{text}（{done} / {total}）" if total else text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def cancel(self) -> None:
        """Stop at the next step; what was kept stays kept."""
        if self.task is not None:
            self._detail.setText("正在停下…")
            self.task.cancel()

    def _busy(self, on: bool) -> None:
        for one in (self.read_button, self.write_button, self.sync_button):
            one.setEnabled(not on)

    def _failed(self, refusal: Refused) -> None:
        if isinstance(refusal, Unreachable):
            self.frame.went_online(False)
        self.banner.refuse(refusal)

    def _ended(self, words: str, tone: str) -> None:
        self.banner.say(words, tone)

    def _done(self) -> None:
        self.task = None
        self.going.hide()
        self._busy(False)
        self.frame.refresh_status()
        self.refresh()
