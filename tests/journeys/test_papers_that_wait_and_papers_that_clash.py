"""Papers that wait for a signature are called so; papers with one number are shown, opened and spoiled."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from db.tables.documents import NumberSeries
from desktop.casework import papers, settings, visits
from desktop.casework.papers import Subject
from desktop.workspace import Workspace
from tests.casework.test_corrections import AGREEMENT, CONSENT
from tests.journeys.conftest import a_household, frame_of, settle, training_store
from ui.pages.documents import DocumentsPage
from ui.pages.sync import SyncPage
from ui.pages.visit import VisitPage
from ui.pages.visits import VisitsPage, state_of
from ui.window import Window


def begun(workspace: Workspace, child: str, form: str, answers: dict[str, Any]) -> str:
    visit = workspace.run(lambda act: visits.add(act, form, "2026-11-05", person_id=child)).visit_id
    workspace.run(lambda act: visits.merge_answers(act, visit, answers))
    return visit


def printed(workspace: Workspace, visit: str) -> str:
    return workspace.run(lambda act: papers.issue(act, "F-22C", Subject(visit_id=visit), "家长签字")).document_no


@pytest.fixture
def child(window: Window, tmp_path: Path) -> str:
    """A child whose agreement is there."""
    workspace = training_store(tmp_path / "store")
    _, found = a_household(workspace)
    workspace.run(lambda act: settings.change(act, {"edu_tel": "0837-0005678"}))
    begun(workspace, found, "F-22B", AGREEMENT)
    window.enter(workspace)
    return found


@pytest.fixture
def consent(window: Window, child: str) -> str:
    """A consent form that is printed and not signed."""
    assert window.workspace is not None
    visit = begun(window.workspace, child, "F-22C", CONSENT)
    printed(window.workspace, visit)
    return visit


def give_reason(words: str | None = None) -> None:
    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        if words is not None:
            dialog.setTextValue(words)
        dialog.accept()

    QTimer.singleShot(50, answer)


def words_on(page: Any) -> str:
    return " ".join(one.text() for one in page.findChildren(QLabel) if not one.isHidden())


def test_a_printed_paper_waits_for_its_signature(qtbot: QtBot, window: Window, consent: str) -> None:
    found = frame_of(window).go("visits")
    assert isinstance(found, VisitsPage)
    said = {one.form_code: state_of(one)[0] for one in found.table.rows.items}
    assert said == {"F-22C": "✎ 待签字", "F-22B": "… 进行中"}
    page = frame_of(window).go("visit", consent)
    assert isinstance(page, VisitPage)
    page.complete_button.click()
    settle(qtbot)
    assert "打印好了，等家长签字；签完回来录入" in page.banner.text and "visit show" not in page.banner.text
    page.banner.act.click()
    assert page.view is not None
    part = page.parts[page.view.missing[0].key]
    qtbot.waitUntil(lambda: part.isAncestorOf(QApplication.focusWidget() or window))


def test_what_can_be_filled_in_now_is_named_and_reached(qtbot: QtBot, window: Window, child: str) -> None:
    assert window.workspace is not None
    visit = begun(window.workspace, child, "F-22C", {})
    page = frame_of(window).go("visit", visit)
    assert isinstance(page, VisitPage)
    page.complete_button.click()
    settle(qtbot)
    assert "还缺：" in page.banner.text and "项要在纸上手写或签名" in page.banner.text
    assert page.banner.act.isVisible() and "去第一个缺项" in page.banner.act.text()


def test_two_papers_with_one_number_are_decided_on_the_sync_page(
    qtbot: QtBot, window: Window, child: str, consent: str
) -> None:
    assert window.workspace is not None
    window.workspace.run(lambda act: act.session.execute(update(NumberSeries).values(last=0)))
    printed(window.workspace, begun(window.workspace, child, "F-22C", CONSENT))
    page = frame_of(window).go("sync")
    assert isinstance(page, SyncPage)
    assert "需要您决定 1 处" in words_on(page) and "同一个编号打了 2 份" in words_on(page)
    give_reason()
    page.deciding.numbers.spoil(page.deciding.papers[1])
    settle(qtbot)
    assert page.deciding.papers == [] and "没有要您决定的" in words_on(page) and "已作废" in page.banner.text


def test_an_issued_paper_is_spoiled_among_the_documents(qtbot: QtBot, window: Window, consent: str) -> None:
    page = frame_of(window).go("documents", consent)
    assert isinstance(page, DocumentsPage)
    settle(qtbot)
    assert page.spoil_button.isVisible()
    give_reason("打歪了")
    page.spoil_button.click()
    settle(qtbot)
    assert "已作废" in page.banner.text and not page.spoil_button.isVisible()
