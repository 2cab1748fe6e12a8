"""The frame of an unlocked store: navigation, the pages, the status line, shortcuts and the palette."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from desktop.casework.work import ROLES
from desktop.workspace import Workspace, traffic
from ui import actions, theme
from ui.actions import Deed, Hit, Palette
from ui.drafts import Drafts
from ui.page import Page
from ui.pages import PLACES
from ui.parts.basics import label, mark, row
from ui.theme import px
from ui.words import day_and_time, since
from ui.words import place as place_words


class Frame(QWidget):
    """`go(place, id)` shows a page; `refresh_status` follows every write."""

    lock_asked = Signal()
    look_changed = Signal()

    def __init__(self, workspace: Workspace, drafts: Drafts | None = None) -> None:
        super().__init__()
        self.workspace = workspace
        self.drafts = Drafts() if drafts is None else drafts
        self.place = "households"
        self._pages: dict[str, Page] = {}
        self._links: dict[str, QPushButton] = {}
        self._page_actions: list[Any] = []
        self._info = workspace.read.info()
        self._online = False
        self._here, self._trail = ("", ""), list[tuple[str, str]]()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if workspace.training:
            outer.addWidget(self._training())
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._navigation())
        self.stack = QStackedWidget()
        across.addWidget(self.stack, 1)
        outer.addLayout(across, 1)
        outer.addWidget(self._status())
        actions.install(self, self._deeds())
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.refresh_status)
        self._clock.start(60_000)

    def begin(self) -> None:
        """Show the first page."""
        self.go(self.place)
        self.refresh_status()

    def go(self, place: str, subject: str = "") -> Page:
        """Show a page; `subject` is the id of the household or visit that it is about; Esc comes back from it."""
        if not subject and not PLACES[place].under:
            self._trail.clear()
        elif self._here[0] and self._here != (place, subject) and self._here[1] != "new":
            self._trail.append(self._here)
        return self._show(place, subject)

    def back(self) -> Page:
        """To where this page was opened from, else to the list that it belongs to."""
        key = self._here[0]
        if self._trail:
            return self._show(*self._trail.pop())
        return self._show(PLACES[key].under or key, "")

    def _show(self, place: str, subject: str) -> Page:
        leaving = self.stack.currentWidget()
        if isinstance(leaving, Page):
            leaving.leave()
        self._here = (place, subject)
        self.place = place if place in self._links else self.place
        key = place
        if key not in self._pages:
            page = PLACES[place].make(self)
            self._pages[key] = page
            self.stack.addWidget(page)
        page = self._pages[key]
        if subject and hasattr(page, "show_subject"):
            page.show_subject(subject)
        for name, link in self._links.items():
            link.setChecked(name == (PLACES[place].under or place))
        self.stack.setCurrentWidget(page)
        for action in self._page_actions:
            self.removeAction(action)
        self._page_actions = actions.install(self, page.deeds())
        page.refresh()
        return page

    def stop(self) -> None:
        """No more looks at the store: it is about to be locked."""
        self._clock.stop()

    def page(self, place: str) -> Page:
        """A page that was shown."""
        return self._pages[place]

    def leave(self) -> None:
        """Keep what is being typed."""
        page = self.stack.currentWidget()
        if isinstance(page, Page):
            page.leave()

    def _training(self) -> QFrame:
        strip = QFrame()
        strip.setProperty("kind", "training")
        line = QHBoxLayout(strip)
        line.setContentsMargins(px(14), px(3), px(14), px(3))
        line.addWidget(label("演练 · 练习库：这里的人都是编的，打印都有“演练”字样"))
        return strip

    def _navigation(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "nav")
        bar.setFixedWidth(px(168))
        lines = QVBoxLayout(bar)
        lines.setContentsMargins(px(8), px(14), px(8), px(8))
        lines.setSpacing(px(2))
        brand = label("走村", "title")
        brand.setContentsMargins(px(10), 0, 0, px(10))
        lines.addWidget(brand)
        for name, place in PLACES.items():
            if not place.words:
                continue
            self._links[name] = self._link(place.words, place.icon, partial(self.go, name))
            self._links[name].setCheckable(True)
        for name, link in self._links.items():
            if not PLACES[name].foot:
                lines.addWidget(link)
        lines.addStretch(1)
        for name, link in self._links.items():
            if PLACES[name].foot:
                lines.addWidget(link)
        lines.addWidget(self._link("锁屏", "lock", self.lock_asked.emit, "Ctrl+L"))
        return bar

    def _link(self, words: str, icon: str, pressed: Callable[[], object], shortcut: str = "") -> QPushButton:
        link = QPushButton(f" {words}")
        link.setAccessibleName(words)
        if shortcut:
            inside = QHBoxLayout(link)
            inside.setContentsMargins(0, 0, px(10), 0)
            inside.addStretch(1)
            inside.addWidget(label(shortcut, "small"))
        link.setIcon(theme.icon(icon, theme.current().tokens.nav_text))
        link.setIconSize(QSize(px(18), px(18)))
        link.clicked.connect(lambda _=False: pressed())
        return link

    def _status(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("kind", "status")
        bar.setFixedHeight(px(30))
        line = QHBoxLayout(bar)
        line.setContentsMargins(px(14), 0, px(14), 0)
        line.setSpacing(px(18))
        roles = "、".join(ROLES.get(role, role) for role in self.workspace.roles[:1])
        self._state = label("", "muted")
        self._drafts = label("", "warn")
        self._unsent = label("")
        self._receipt = label("", "muted")
        self._backup = label("", "muted")
        line.addLayout(
            row(label(self.workspace.user), label(f"{roles} · {self._info.township_name}", "muted"), None, gap=18), 1
        )
        for part in (self._drafts, self._state, self._unsent, self._receipt, self._backup):
            line.addWidget(part)
        return bar

    def refresh_status(self) -> None:
        """Say anew what is unsent, received and backed up."""
        state = self.workspace.read.sync_state()
        self._drafts.setText(f"! {len(self.drafts)} 份没填完，还没保存" if self.drafts else "")
        self._drafts.setVisible(bool(self.drafts))
        online = "在线" if self._online else "离线"
        self._state.setText(online if state.enrolled else f"{online} · 未在县里登记")
        age = f"，最早 {since(state.oldest_unsent)}" if state.unsent and state.oldest_unsent else ""
        self._unsent.setText(f"未送 {state.unsent} 项{age}" if state.unsent else "没有未送的")
        received = self.workspace.look(traffic.last_receipt_at)
        self._receipt.setText(f"县最后回执 {day_and_time(received)}" if received else "还没有县回执")
        backed = self.workspace.look(traffic.last_backup)
        self._backup.setText(f"备份已验证 {day_and_time(backed)}" if backed else "还没有备份")
        mark(self._backup, "kind", "muted" if backed else "warn")

    def went_online(self, online: bool) -> None:
        """What the last exchange with the county showed."""
        self._online = online
        self.refresh_status()

    @property
    def unsaved(self) -> int:
        """Answers of all pages that wait for the worker, and sheets that nobody has saved."""
        return sum(page.unsaved for page in self._pages.values()) + len(self.drafts)

    def sync(self) -> None:
        """F5: to the sync page, and exchange."""
        page = self.go("sync")
        page.sync()  # type: ignore[attr-defined]

    def _deeds(self) -> list[Deed]:
        shown = [name for name, place in PLACES.items() if place.words]
        pages = [
            Deed(PLACES[name].words, f"Ctrl+{number}", PLACES[name].icon, partial(self.go, name))
            for number, name in enumerate(shown, 1)
        ]
        return [
            *pages,
            Deed("新建家庭", "Ctrl+N", "user-plus", partial(self.go, "household", "new")),
            Deed("同步", "F5", "refresh", self.sync),
            Deed("打印文书", "F9", "printer", partial(self.go, "documents")),
            Deed("搜索", "Ctrl+K", "search", self.open_palette),
            Deed("搜索", "Ctrl+F", "search", self.open_palette),
            Deed("锁屏", "Ctrl+L", "lock", self.lock_asked.emit),
        ]

    def open_palette(self) -> Palette:
        """Ctrl+K."""
        self.palette_window = Palette(self, self._find)
        self.palette_window.open()
        self.palette_window.line.setFocus()
        return self.palette_window

    def _find(self, text: str) -> list[Hit]:
        page = self.stack.currentWidget()
        deeds = self._deeds() + (page.deeds() if isinstance(page, Page) else [])
        unique = {deed.words: deed for deed in deeds if deed.enabled() and deed.words != "搜索"}
        hits = [Hit(deed.words, deed.shortcut, deed.handler) for deed in unique.values() if text.strip() in deed.words]
        if text.strip():
            homes = self.workspace.read.households(text, limit=12)
            hits = [
                Hit(
                    f"{home.head or '（无户主）'} 家",
                    f"{place_words(home.village, home.group)} · {home.member_count} 人",
                    partial(self.go, "household", home.household_id),
                )
                for home in homes
            ] + hits
        return hits

    def keyPressEvent(self, event: Any) -> None:
        """Esc goes back to where the page belongs; nothing typed is lost."""
        if event.key() == Qt.Key.Key_Escape and (self._trail or PLACES[self._here[0]].under):
            self.back()
            return
        super().keyPressEvent(event)
