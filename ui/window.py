"""The window: the door before a store is open, the frame with navigation, pages and status line after."""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QScrollArea, QStackedWidget, QWidget

from desktop.workspace import Workspace
from ui import settings_file
from ui.collecting import Collector
from ui.door import Door
from ui.drafts import Drafts
from ui.frame import Frame
from ui.theme import px


class Window(QMainWindow):
    """One window a program; its title never names a person."""

    def __init__(self, store: Path | None) -> None:
        super().__init__()
        self.setWindowTitle("走村")
        self.resize(1366, 768)
        self._collector = Collector(self)
        self.workspace: Workspace | None = None
        self._drafts: dict[tuple[Path, str], Drafts] = {}
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.frame: Frame | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.show_door(store)

    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        """Whatever gets the focus is scrolled into sight once it has its place."""
        if now is not None and now.window() is self:
            QTimer.singleShot(0, now, lambda: _into_sight(now))

    def show_door(self, store: Path | None) -> None:
        """Back before the door."""
        self.door = Door(store)
        self.door.opened.connect(self.enter)
        self.door.store_chosen.connect(lambda folder: settings_file.remember(store=str(folder)))
        self._stack.addWidget(self.door)
        self._stack.setCurrentWidget(self.door)

    def enter(self, workspace: Workspace) -> None:
        """Show the frame of an unlocked store."""
        self.workspace = workspace
        drafts = self._drafts.setdefault((workspace.store.folder, workspace.user), Drafts())
        self.frame = Frame(workspace, drafts)
        self.frame.lock_asked.connect(self.lock)
        self.frame.look_changed.connect(self.rebuild)
        self._stack.addWidget(self.frame)
        self._stack.setCurrentWidget(self.frame)
        self._stack.removeWidget(self.door)
        self.door.deleteLater()
        self.setWindowTitle("走村 · 练习库" if workspace.training else "走村")
        self.frame.begin()

    def rebuild(self) -> None:
        """The frame anew after another theme or scale, on the same page."""
        assert self.workspace is not None and self.frame is not None
        old, place = self.frame, self.frame.place
        old.leave()
        old.stop()
        self.door = Door(None)
        self.enter(self.workspace)
        self._stack.removeWidget(old)
        old.deleteLater()
        self.frame.go(place)

    def lock(self) -> None:
        """Forget the key and show the door of the same store."""
        if self.frame is None or self.workspace is None:
            return
        self.frame.leave()
        self.frame.stop()
        store = self.workspace.store.folder
        self._stack.removeWidget(self.frame)
        self.frame.deleteLater()
        self.frame = None
        self.workspace.lock()
        self.workspace = None
        self.setWindowTitle("走村")
        self.show_door(store)

    def closeEvent(self, event: QCloseEvent) -> None:
        """What was typed is kept; a sheet that nobody has saved is asked about first."""
        if self.frame is not None:
            self.frame.leave()
        waiting = sum(len(drafts) for drafts in self._drafts.values())
        if waiting and not self.give_up(waiting):
            event.ignore()
            return
        super().closeEvent(event)
        self._collector.stop()

    def give_up(self, waiting: int) -> bool:
        """Ask whether so many sheets are really to be left unsaved."""
        box = QMessageBox(self)
        box.setWindowTitle("走村")
        box.setText(f"还有 {waiting} 份没填完，没有保存。其他内容都已存本机。")
        back = box.addButton("回去保存", QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton("不保存，退出", QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(back)
        box.exec()
        return box.clickedButton() is leave


def _into_sight(widget: QWidget) -> None:
    place = widget.parentWidget()
    while place is not None:
        if isinstance(place, QScrollArea) and widget is not place:
            place.ensureWidgetVisible(widget, 0, px(40))
        place = place.parentWidget()
