"""A computed answer that is lacking leads to where it can be filled in, and says so in its cell."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.casework import households, persons, visits
from tests.casework.test_corrections import AGREEMENT
from tests.journeys.conftest import frame_of, press, settle, training_store
from ui.pages.documents import DocumentsPage
from ui.pages.household import HouseholdPage
from ui.pages.settings import SettingsPage
from ui.pages.visit import VisitPage
from ui.parts.inputs import Field
from ui.window import Window


@pytest.fixture
def child(window: Window, tmp_path: Path) -> str:
    """A child without birth date and certificate, with an agreement that lacks its school number."""
    workspace = training_store(tmp_path / "store")
    people = [{"name": "测试甲", "relation": "02"}, {"name": "测试丙", "relation": "20", "sex": "1"}]
    added = workspace.run(lambda act: households.add(act, {"village": "下寨村", "members": people}))
    window.enter(workspace)
    return added.members[1]["person_id"]


def begin(window: Window, child: str, form: str) -> str:
    assert window.workspace is not None
    return window.workspace.run(lambda act: visits.add(act, form, "2026-11-05", person_id=child)).visit_id


def opened(window: Window, visit: str) -> VisitPage:
    page = frame_of(window).go("visit", visit)
    assert isinstance(page, VisitPage)
    return page


def has_focus(window: Window, field: QWidget) -> bool:
    return field.isAncestorOf(QApplication.focusWidget() or window)


def go_to(page: VisitPage, key: str) -> None:
    assert page.view is not None
    page._go_to(next(one for one in page.view.missing if one.key == key))


def test_an_empty_cell_says_where_it_comes_from(window: Window, child: str) -> None:
    page = opened(window, begin(window, child, "F-22C"))
    said = {key: part.line.placeholderText() for key, part in page.parts.items()
            if isinstance(part, Field) and part.property("computed")}  # fmt: skip
    assert said["edu_tel"] == "在设置里填" and said["birth"] == said["age"] == "在人员资料里填"
    assert said["student_no"] == "在《送教上门服务协议》里填"


def test_a_setting_a_person_and_an_earlier_paper_are_reached(qtbot: QtBot, window: Window, child: str) -> None:
    agreement = begin(window, child, "F-22B")
    assert window.workspace is not None
    given = {k: v for k, v in AGREEMENT.items() if k != "student_no"}
    window.workspace.run(lambda act: visits.merge_answers(act, agreement, given))
    consent = begin(window, child, "F-22C")
    go_to(opened(window, consent), "edu_tel")
    settings = frame_of(window).page("settings")
    assert isinstance(settings, SettingsPage)
    qtbot.waitUntil(lambda: has_focus(window, settings.fields["edu_tel"]))
    press(window, Qt.Key.Key_Escape)
    go_to(opened(window, consent), "birth")
    home = frame_of(window).page("household")
    assert isinstance(home, HouseholdPage)
    qtbot.waitUntil(lambda: home.panel is not None and has_focus(window, home.panel.fields["birth_date"]))
    assert home.panel is not None and home.panel.person is not None and home.panel.person.person_id == child
    go_to(opened(window, consent), "student_no")
    page = frame_of(window).page("visit")
    assert isinstance(page, VisitPage) and page.visit_id == agreement
    qtbot.waitUntil(lambda: has_focus(window, page.parts["student_no"]))


def test_mend_among_the_documents_goes_to_the_first_that_lacks(qtbot: QtBot, window: Window, child: str) -> None:
    consent = begin(window, child, "F-22C")
    page = frame_of(window).go("documents", consent)
    assert isinstance(page, DocumentsPage)
    settle(qtbot)
    page.fill.click()
    visit = frame_of(window).page("visit")
    focused = QApplication.focusWidget()
    assert isinstance(visit, VisitPage) and focused is not None and not focused.property("readOnly")


def test_a_guardian_of_the_household_is_filled_in(qtbot: QtBot, window: Window, child: str) -> None:
    assert window.workspace is not None
    head = window.workspace.read.households()[0].household_id
    mother = window.workspace.read.household(head).members[0].person_id
    window.workspace.run(lambda act: persons.change(act, mother, {"phone": "13800000021", "sex": "2"}))
    page = opened(window, begin(window, child, "F-22B"))
    guardian = page.parts["guardian"]
    assert isinstance(guardian, Field)
    guardian.line.setText("测试甲")
    guardian.commit()
    settle(qtbot)
    assert "电话可以照人员资料填上" in page.banner.text
    page.banner.act.click()
    settle(qtbot)
    assert page.view is not None
    assert page.view.answers["guardian_tel"] == "13800000021" and page.view.answers["grel"] == "52"


def at_rest(qtbot: QtBot, window: Window, part: QWidget) -> QPoint:
    """Where a part stands once the layout of a new section has come to rest."""
    seen: list[QPoint] = []
    while len(seen) < 4 or len(set(map(QPoint.toTuple, seen[-4:]))) > 1:
        qtbot.wait(40)
        seen.append(part.mapTo(window, part.rect().topLeft()))
    return seen[-1]


def test_nothing_moves_when_something_is_said(qtbot: QtBot, window: Window, child: str) -> None:
    page = opened(window, begin(window, child, "F-22B"))
    school, below = page.parts["school"], page.parts["addr"]
    assert isinstance(school, Field)
    where = at_rest(qtbot, window, below)
    school.set_error("写学校的全名。")
    page.banner.say("这里有一句话。", "amber", ("去看看", page.banner.hide))
    assert page.banner.isVisible() and at_rest(qtbot, window, below) == where
    assert page.banner.geometry().bottom() <= page.body.geometry().top()
    assert not page.banner.geometry().intersects(page.complete_button.geometry())
