"""Enrolment of this laptop at the county: the request out, the certificate in, its fingerprint compared by a person."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from db.refused import Refused
from ui import work
from ui.page import Page
from ui.parts.basics import button, clear, column, focus_soon, label, row, tag


class EnrolmentBox(QWidget):
    """The state in words, and the next step of it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page, self._exchange = page, page.workspace.exchange
        self._seen = ""
        self.confirm_button, self.differs_button = button(""), button("")
        self._lines = column(self, gap=6)

    def refresh(self) -> None:
        """Say whether the county knows this laptop."""
        clear(self._lines)
        state = self._exchange.state()
        done = tag("已登记", "green") if state.enrolled else tag("未登记", "amber")
        self._lines.addLayout(row(label("本机登记", "head"), done, None))
        if state.enrolled:
            self._lines.addWidget(label(f"县：{state.county or ''}", "small", wrap=True))
            self._lines.addLayout(row(button("装新证书…", self._ask_accept), None))
            return
        self._lines.addWidget(
            label("一、写出申请文件，交给县里；二、装入县里发回的证书，打电话核对“县里的核对码”。", "small", wrap=True)
        )
        self._lines.addLayout(row(button("写申请…", self._ask_request), button("装证书…", self._ask_accept), None))

    def _ask_request(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "登记申请", "登记申请.zcp", "走村文件 (*.zcp)")
        if path:
            self.request(Path(path))

    def request(self, path: Path) -> None:
        """Write the request; it holds public keys and no person."""
        work.aside(
            lambda _: self._exchange.request(path),
            lambda _: self._page.banner.say(f"登记申请已写好：{path.name}。请交给县里。", "green"),
            self._page.banner.refuse,
        )

    def _ask_accept(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "县里发回的证书", "", "走村文件 (*.zcp);;所有文件 (*)")
        if path:
            self.look_at(Path(path))

    def look_at(self, path: Path) -> None:
        """Read a certificate as far as its fingerprint and ask a person to compare it; nothing is taken in yet."""
        self._seen = ""

        def see(fingerprint: str) -> bool:
            self._seen = fingerprint
            return False

        work.aside(
            lambda _: self._exchange.accept(path, None, see),
            lambda _: self._page.refresh(),
            lambda refusal: self._compare(path, refusal),
        )

    def _compare(self, path: Path, refusal: Refused) -> None:
        if not self._seen:
            self._page.banner.refuse(refusal)
            return
        clear(self._lines)
        self._lines.addWidget(label("核对县里的核对码", "head"))
        shown = label(" ".join(self._seen.split()), "code", wrap=True)
        shown.setAccessibleName("县里的核对码")
        self._lines.addWidget(shown)
        self._lines.addWidget(label("请打电话给县里，逐组念一遍。一样才装入；不一样就不要装。", "small", wrap=True))
        self.confirm_button = button("一样，装入", lambda: self.accept(path, self._seen))
        self.differs_button = button("不一样，不装", self._page.refresh)
        self._lines.addLayout(row(self.confirm_button, self.differs_button, None))
        focus_soon(self.differs_button)

    def accept(self, path: Path, fingerprint: str) -> None:
        """Take in the certificate under the fingerprint that was compared."""
        work.aside(
            lambda _: self._exchange.accept(path, fingerprint, lambda _: False),
            lambda _: self._accepted(),
            self._page.banner.refuse,
        )

    def _accepted(self) -> None:
        self._page.refresh()
        self._page.frame.refresh_status()
        self._page.banner.say("本机已在县里登记，可以同步了。", "green")
