"""A visit begins for somebody who is named, comes back to where it was opened from, and can be taken back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel
from pytestqt.qtbot import QtBot

from desktop.casework import visits
from tests.journeys.conftest import a_household, a_visit, frame_of, press, settle, training_store
from ui.pages.household import HouseholdPage
from ui.pages.visit import VisitPage
from ui.pages.visits import VisitsPage
from ui.window import Window


@pytest.fixture
def page(window: Window, tmp_path: Path) -> HouseholdPage:
    """A household whose child (the second row) is chosen."""
    workspace = training_store(tmp_path / "store")
    home, _ = a_household(workspace)
    window.enter(workspace)
    frame_of(window).go("households")
    found = frame_of(window).go("household", home)
    assert isinstance(found, HouseholdPage)
    found.members.selectRow(1)
    return found


def words_on(page: HouseholdPage) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


def the_visit(window: Window) -> VisitPage:
    found = frame_of(window).page("visit")
    assert isinstance(found, VisitPage) and found.isVisible()
    return found


def give_reason(words: str) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        dialog.setTextValue(words)
        dialog.accept()

    QTimer.singleShot(50, answer)


def test_the_form_of_a_child_is_for_the_one_who_is_picked(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    page.start.click()
    panel = page.begin
    qtbot.waitUntil(panel.isVisible)
    assert not panel.fields["who"].isVisible()
    QTest.keyClick(panel.fields["form"].editor, Qt.Key.Key_2)
    assert panel.fields["who"].isVisible() and panel.fields["who"].editor.currentText() == "测试丙，14 岁"  # type: ignore[union-attr]
    assert panel.fields["who"].error == ""
    panel.fields["who"].set_value(page.members.rows.items[0].person_id)
    panel._look()
    assert "岁，送教一般是 6 到 18 岁" in panel.fields["who"].error
    panel.fields["who"].set_value(None)
    panel.go.click()
    assert "给谁" in panel.fields["who"].error
    panel.fields["who"].set_value(page.members.rows.items[1].person_id)
    panel.go.click()
    settle(qtbot)
    view = the_visit(window).view
    assert view is not None and view.subject == "测试丙" and view.form_code == "F-22B"


def test_the_chosen_member_stays_and_the_list_says_for_whom(qtbot: QtBot, window: Window, page: HouseholdPage) -> None:
    child = page.members.current().person_id
    page.workspace.run(lambda act: visits.add(act, "F-22B", "2026-11-05", person_id=child))
    press(window, Qt.Key.Key_Escape)
    frame_of(window).go("household", page.household_id)
    assert page.members.current().person_id == child
    assert page.panel is not None and page.panel.person is not None and page.panel.person.person_id == child
    assert "送教上门服务协议 · 测试丙" in words_on(page)


def test_a_second_open_visit_of_the_same_form_is_noticed_first(window: Window, page: HouseholdPage) -> None:
    child = page.members.current().person_id
    page.workspace.run(lambda act: visits.add(act, "F-22B", "2026-11-05", person_id=child))
    page.start.click()
    assert "已有一份没完成的" not in words_on(page)
    QTest.keyClick(page.begin.fields["form"].editor, Qt.Key.Key_2)
    assert "已有一份没完成的送教上门服务协议" in words_on(page) and page.begin.go.text() == "还要再开一份"


def test_esc_goes_back_to_the_household_that_the_visit_was_opened_from(window: Window, page: HouseholdPage) -> None:
    visit = a_visit(page.workspace, page.household_id)
    frame = frame_of(window)
    frame.go("household", page.household_id)
    frame.go("visit", visit)
    press(window, Qt.Key.Key_Escape)
    assert page.isVisible() and page.view is not None
    press(window, Qt.Key.Key_Escape)
    assert frame.page("households").isVisible()
    frame.go("visits")
    frame.go("visit", visit)
    press(window, Qt.Key.Key_Escape)
    assert frame.page("visits").isVisible()


def test_a_visit_begun_by_mistake_is_taken_back_with_a_reason(
    qtbot: QtBot, window: Window, page: HouseholdPage
) -> None:
    visit = a_visit(page.workspace, page.household_id)
    frame_of(window).go("visit", visit)
    give_reason("  ")
    the_visit(window).withdraw_button.click()
    settle(qtbot)
    assert page.workspace.read.visits()
    give_reason("选错了人")
    the_visit(window).withdraw_button.click()
    settle(qtbot)
    assert page.workspace.read.visits() == [] and page.isVisible() and "已作废" in page.banner.text


def test_the_list_of_visits_takes_back_the_one_under_the_cursor(
    qtbot: QtBot, window: Window, page: HouseholdPage
) -> None:
    a_visit(page.workspace, page.household_id)
    found = frame_of(window).go("visits")
    assert isinstance(found, VisitsPage)
    give_reason("开重了")
    found.withdraw()
    settle(qtbot)
    assert found.table.rows.items == [] and "已作废" in found.banner.text


def test_sorting_keeps_the_chosen_person(page: HouseholdPage) -> None:
    child = page.members.current().person_id
    page.members.sortByColumn(3, Qt.SortOrder.DescendingOrder)
    assert page.members.rows.items[0].person_id == child == page.members.current().person_id
    assert page.members.selectionModel().isRowSelected(0, page.members.rootIndex())
