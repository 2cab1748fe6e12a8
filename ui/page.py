"""What every page has: a head with title and one primary action, a banner, a body, and the host it may ask."""

from typing import Protocol

from PySide6.QtCore import QTimer, SignalInstance
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.workspace import Workspace
from ui.actions import Deed
from ui.drafts import Drafts
from ui.parts.basics import Banner, column, elided, row
from ui.theme import px


class Host(Protocol):
    """What a page may ask of the frame that shows it."""

    workspace: Workspace
    drafts: Drafts

    @property
    def look_changed(self) -> SignalInstance:
        """To be told of another theme or scale."""

    @property
    def unsaved(self) -> int:
        """Answers of all pages that wait for the worker."""

    def go(self, place: str, subject: str = "") -> "Page":
        """Show a page; `subject` is the id of the household or visit that it is about."""

    def back(self) -> "Page":
        """To where this page was opened from."""

    def refresh_status(self) -> None:
        """Say anew what is unsent, received and backed up."""

    def went_online(self, online: bool) -> None:
        """What the last exchange with the county showed."""


class Page(QWidget):
    """Head, banner, body; subclasses fill `body` and `tools` and may say which `deeds` they have."""

    title = ""

    def __init__(self, frame: Host) -> None:
        super().__init__()
        self.frame = frame
        self.workspace = frame.workspace
        self.setProperty("kind", "ground")
        outer = column(self, gap=12)
        outer.setContentsMargins(px(20), px(14), px(20), px(14))
        self.heading = elided(self.title, "title")
        self.about = elided("", "muted")
        self.tools: QHBoxLayout = row(gap=12)
        head = row(self.heading, gap=12)
        head.addWidget(self.about, 1)
        head.addLayout(self.tools)
        outer.addLayout(head)
        self.banner = Banner()
        self.banner.setParent(self)
        self.banner.changed.connect(self._place_banner)
        self.body: QVBoxLayout = QVBoxLayout()
        self.body.setSpacing(px(12))
        outer.addLayout(self.body, 1)

    def _place_banner(self) -> None:
        """Over title and subtitle, from edge to tools: nothing below moves when something is said.

        Where the tools leave too little room, over the whole head.
        """
        left, top = px(20), px(6)
        tools = self.tools.geometry()
        right = tools.left() - px(12) if tools.width() else self.width() - left
        wide = right - left if right - left >= px(560) else self.width() - 2 * left
        self.banner.setGeometry(left, top, wide, self.banner.high(wide))
        self.banner.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The banner keeps its place."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place_banner)

    def refresh(self) -> None:
        """Show what the store says now; called whenever the page comes to the front."""

    def deeds(self) -> list[Deed]:
        """What can be done here, for shortcuts and palette."""
        return []

    def leave(self) -> None:
        """Keep what was typed before the page goes."""

    @property
    def unsaved(self) -> int:
        """How many answers wait for the worker."""
        return 0
