"""New members and households that nobody has saved yet: kept wherever one goes, saved by Ctrl+S, never called saved."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from desktop.workspace import Workspace
from tests.journeys.conftest import KEY, a_household, a_visit, frame_of, press, settle, training_store
from ui import theme
from ui.pages.household import HouseholdPage
from ui.pages.visit import VisitPage
from ui.parts.inputs import Field
from ui.parts.lines import Line
from ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, window: Window, tmp_path: Path) -> HouseholdPage:
    """A household with 加成员 opened and a name typed."""
    workspace = training_store(tmp_path / "store")
    home, _ = a_household(workspace)
    window.enter(workspace)
    found = frame_of(window).go("household", home)
    assert isinstance(found, HouseholdPage)
    type_member(qtbot, found)
    return found


def type_member(qtbot: QtBot, page: HouseholdPage) -> None:
    page._more.click()
    assert page.panel is not None
    qtbot.waitUntil(page.panel.fields["name"].editor.hasFocus)
    QTest.keyClicks(page.panel.fields["name"].line, "Tashi")


def name_in(page: HouseholdPage) -> str:
    assert page.panel is not None and page.panel.person is None
    return page.panel.fields["name"].line.text()


def members_of(window: Window, page: HouseholdPage) -> list[str]:
    assert window.workspace is not None
    return [one.name or "" for one in window.workspace.read.household(page.household_id).members]


def test_ctrl_s_saves_the_new_member_and_says_so(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert members_of(window, page)[-1] == "Tashi"
    assert "Tashi 已存本机" in page.banner.text
    assert page.members.current().name == "Tashi" and not page.frame.drafts


def test_a_member_that_is_refused_stays_typed_and_is_not_called_saved(
    qtbot: QtBot, window: Window, page: HouseholdPage
) -> None:
    assert page.panel is not None
    page.panel.fields["birth_date"].line.setText("2062-01-01")
    page.panel.fields["name"].line.clear()
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert page.panel.fields["name"].error and "已存" not in page.banner.text
    assert page.panel.fields["birth_date"].line.text() == "2062-01-01"


def test_another_row_keeps_the_half_written_member(qtbot: QtBot, page: HouseholdPage) -> None:
    row = page.members.visualRect(page.members.rows.index(1, 0)).center()
    QTest.mouseClick(page.members.viewport(), Qt.MouseButton.LeftButton, pos=row)
    settle(qtbot)
    assert page.panel is not None and page.panel.person is not None
    assert page._unkept.isVisible()
    page.save()
    settle(qtbot)
    assert "没有保存" in page.banner.text
    page._more.click()
    assert name_in(page) == "Tashi"


@pytest.mark.parametrize("way", ["Esc", "Ctrl+2", "开始走访"])
def test_going_away_keeps_it_too(qtbot: QtBot, window: Window, page: HouseholdPage, way: str) -> None:
    if way == "Esc":
        press(window, Qt.Key.Key_Escape)
    elif way == "Ctrl+2":
        press(window, Qt.Key.Key_2, CTRL)
    else:
        page.start.click()
    assert "还没保存" in frame_of(window)._drafts.text()
    frame_of(window).go("household", page.household_id)
    assert name_in(page) == "Tashi"


def test_the_lock_keeps_it_for_the_one_who_typed_it(
    qtbot: QtBot, window: Window, page: HouseholdPage, tmp_path: Path
) -> None:
    home = page.household_id
    press(window, Qt.Key.Key_L, CTRL)
    assert window.workspace is None
    window.enter(Workspace.unlock(tmp_path / "store", "泽仁措", KEY))
    again = frame_of(window).go("household", home)
    assert isinstance(again, HouseholdPage) and name_in(again) == "Tashi"


def test_a_new_household_is_kept_until_it_is_saved(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    press(window, Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(page.fields["village"].editor.hasFocus)
    QTest.keyClicks(page.fields["village"].line, "Shangmo")
    page.head["name"].line.setText("测试丁")
    press(window, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_N, CTRL)
    assert page.fields["village"].line.text() == "Shangmo" and "还没有保存" in page.banner.text
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert page.heading.text() == "测试丁 家" and "已存本机" in page.banner.text
    press(window, Qt.Key.Key_N, CTRL)
    assert page.fields["village"].line.text() == ""


def test_closing_the_window_asks_first(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    def back() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox) and "没有保存" in box.text()
        box.defaultButton().click()

    window.give_up = lambda waiting: Window.give_up(window, waiting)  # type: ignore[method-assign]
    QTimer.singleShot(50, back)
    assert not window.close() and window.isVisible() and name_in(page) == "Tashi"
    window.give_up = lambda waiting: True  # type: ignore[method-assign]


def test_the_button_shows_at_150_per_cent(
    qtbot: QtBot, qapp: QApplication, window: Window, page: HouseholdPage
) -> None:
    theme.use(qapp, False, 150)
    window.rebuild()
    window.resize(1366, 768)
    again = frame_of(window).go("household", page.household_id)
    assert isinstance(again, HouseholdPage)
    qtbot.wait(80)
    assert again.panel is not None and name_in(again) == "Tashi"
    seen = again.panel.keep_button
    assert seen.text().endswith("Ctrl+S") and seen.visibleRegion().boundingRect().height() == seen.height()
    assert seen.mapTo(window, QPoint(0, seen.height())).y() < 768
    theme.use(qapp)


def test_a_field_that_was_refused_is_not_called_saved_and_stays(
    qtbot: QtBot, window: Window, page: HouseholdPage
) -> None:
    page.members.selectRow(1)
    assert page.panel is not None and page.panel.person is not None
    line: Line = page.panel.fields["birth_date"].line
    line.setFocus()
    line.setText("2062-01-01x")
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert "没有存上" in page.banner.text
    page.members.selectRow(0)
    page.members.selectRow(1)
    assert page.panel.fields["birth_date"].line.text() == "2062-01-01x" and page.panel.fields["birth_date"].error


def test_a_number_that_was_typed_stays_after_it_is_masked(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    row = page.members.visualRect(page.members.rows.index(0, 0)).center()
    QTest.mouseClick(page.members.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert page.panel is not None and page.panel.person is not None
    line = page.panel.fields["phone"].line
    line.setFocus()
    line.setText("13900007710")
    QTest.keyClick(line, Qt.Key.Key_Return)
    settle(qtbot)
    assert window.workspace is not None
    assert window.workspace.read.household(page.household_id).members[0].phone == "139****7710"
    assert line.text() == "" and line.placeholderText() == "139****7710"


def test_an_answer_that_is_refused_stays_typed_and_is_not_called_saved(
    qtbot: QtBot, window: Window, page: HouseholdPage
) -> None:
    visit_id = a_visit(page.workspace, page.household_id)
    visit = frame_of(window).go("visit", visit_id)
    assert isinstance(visit, VisitPage)
    day = visit.parts["date"]
    assert isinstance(day, Field)
    day.line.setFocus()
    day.line.setText("2062-13-45")
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert day.error and "没存" in visit.saved.text()
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert "没存" in visit.saved.text()
    press(window, Qt.Key.Key_Escape)
    frame_of(window).go("visit", visit_id)
    again = visit.parts["date"]
    assert isinstance(again, Field) and again.line.text() == "2062-13-45" and again.error
    again.line.setText("2026-11-05")
    press(window, Qt.Key.Key_S, CTRL)
    settle(qtbot)
    assert visit.saved.text().startswith("已存本机")
