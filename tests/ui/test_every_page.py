"""Every page at the smallest promised screen, in every look: nothing beyond the edge, everything reached by Tab."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.casework import assessing, cases, dossiers, gates
from tests.journeys.conftest import a_household, a_visit, frame_of, open_window, press, settle, training_store
from tests.pictures import LOOKS, pages
from ui import settings_file, theme
from ui.parts.basics import Banner
from ui.parts.choices import Chips
from ui.parts.table import Table
from ui.window import Window

EDGE = 1366


@pytest.fixture(autouse=True)
def own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from db.crypto import kdf

    monkeypatch.setattr(kdf, "DEFAULT", kdf.CHEAP)
    monkeypatch.setattr(settings_file, "path", lambda: tmp_path / "window.json")


@pytest.fixture
def full(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    """A window over a store with a household, its visit and a case that was assessed twice."""
    workspace = training_store(tmp_path / "store")
    home, _ = a_household(workspace)
    a_visit(workspace, home)
    workspace.run(lambda act: dossiers.change(act, home, {"hukou": "rural"}, {}))
    case = workspace.run(lambda act: cases.add(act, home, "rigid_expense_family", "2026-11-02")).case_id
    for _ in range(2):
        workspace.run(lambda act: assessing.assess_case(act, case))
    workspace.run(lambda act: gates.move(act, case, "investigating"))
    window = open_window(qtbot)
    window.enter(workspace)
    yield window
    settle(qtbot)
    window.lock()
    theme.use(qapp)


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_wider_than_the_screen(qtbot: QtBot, qapp: QApplication, full: Window, look: str) -> None:
    theme.use(qapp, *LOOKS[look])
    full.rebuild()
    full.resize(EDGE, 768)
    for name in pages(full):
        settle(qtbot)
        qtbot.wait(60)  # layouts of new widgets settle in the event loop
        assert full.width() == EDGE and full.minimumSizeHint().width() <= EDGE, name
        assert full.height() == 768 and full.minimumSizeHint().height() <= 768, name
        assert beyond(full) == [], name
        assert overlapping(full) == [], name


def overlapping(window: Window) -> list[str]:
    """Cards, labels, buttons and inputs that lie over one another within one parent; the banner does on purpose."""
    found = []
    for parent in [window, *window.findChildren(QWidget)]:
        if isinstance(parent, QComboBox | QLineEdit | QAbstractButton | Table) or not parent.isVisible():
            continue
        layout = parent.layout()
        placed = [one for one in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
                  if one.isVisible() and layout is not None and not one.isWindow()]  # fmt: skip
        for at, one in enumerate(placed):
            found += [
                f"{_called(one)} / {_called(two)}"
                for two in placed[at + 1 :]
                if one.geometry().intersects(two.geometry()) and Banner not in (type(one), type(two))
            ]
    return found


def _called(one: QWidget) -> str:
    return f"{type(one).__name__} {one.accessibleName() or getattr(one, 'text', str)()}"


def beyond(window: Window) -> list[str]:
    """Visible words and inputs whose right edge lies outside the window or their own scroll area."""
    found = []
    for one in shown(window, (QLabel, QAbstractButton, QLineEdit, QComboBox, Chips)):
        right = one.mapTo(window, QPoint(one.width(), 0)).x()
        if right > EDGE:
            found.append(_called(one))
    return found


def shown(window: QWidget | None, kinds: tuple[type[QWidget], ...]) -> list[QWidget]:
    assert window is not None
    return [one for kind in kinds for one in window.findChildren(kind) if one.isVisible()]


def test_tab_reaches_every_button_input_and_table_of_every_page(qtbot: QtBot, full: Window) -> None:
    for name in pages(full):
        settle(qtbot)
        page = frame_of(full).stack.currentWidget()
        wanted = {
            one
            for one in shown(page, (QAbstractButton, QLineEdit, QComboBox, Chips, Table))
            if one.isEnabled() and not isinstance(one.parent(), Chips) and not _passive(one)
        }
        reached: set[QWidget] = set()
        for _ in range(300):
            here = QApplication.focusWidget()
            if here is not None and here in reached:
                break
            if here is not None:
                reached.add(here)
            QTest.keyClick(here or full, Qt.Key.Key_Tab)
        lost = [one.accessibleName() or getattr(one, "text", str)() for one in wanted - reached]
        assert lost == [], name


def _passive(one: QWidget) -> bool:
    """Read-only lines, and what Qt builds inside its own widgets."""
    return (
        (isinstance(one, QLineEdit) and one.isReadOnly())
        or one.objectName().startswith("qt_")
        or isinstance(one.parent(), QComboBox)
        or not (one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    )


def test_every_input_has_a_name_for_a_screen_reader(qtbot: QtBot, full: Window) -> None:
    for name in pages(full):
        settle(qtbot)
        page = frame_of(full).stack.currentWidget()
        bare = [
            one
            for one in shown(page, (QAbstractButton, QLineEdit, QComboBox, Chips, Table))
            if not one.accessibleName() and not getattr(one, "text", str)() and not one.objectName().startswith("qt_")
        ]
        assert bare == [], name


def test_the_keys_that_hold_everywhere(qtbot: QtBot, full: Window) -> None:
    frame, ctrl = frame_of(full), Qt.KeyboardModifier.ControlModifier
    for number, place in enumerate(("households", "cases", "visits", "documents", "ledgers", "sync", "settings")):
        press(full, Qt.Key(Qt.Key.Key_1.value + number), ctrl)
        assert frame.place == place
        settle(qtbot)
    press(full, Qt.Key.Key_N, ctrl)
    assert frame.stack.currentWidget() is frame.page("household")
    press(full, Qt.Key.Key_Escape)
    assert frame.stack.currentWidget() is frame.page("settings")
    press(full, Qt.Key.Key_F9)
    assert frame.place == "documents"
    settle(qtbot)
    press(full, Qt.Key.Key_F5)
    assert frame.place == "sync" and "县里的地址" in frame.page("sync").address.error  # type: ignore[attr-defined]
    press(full, Qt.Key.Key_K, ctrl)
    assert frame.palette_window.isVisible()
    QTest.keyClick(frame.palette_window.line, Qt.Key.Key_Escape)
    full.activateWindow()
    qtbot.waitUntil(full.isActiveWindow)
    press(full, Qt.Key.Key_L, ctrl)
    assert full.workspace is None
