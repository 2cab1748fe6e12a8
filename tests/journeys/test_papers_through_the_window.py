"""Papers in the window: previewed from memory, exported with a reason, nothing of it elsewhere on the disk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db import audit
from tests.journeys.conftest import a_household, a_visit, frame_of, press, settle, training_store
from ui.pages import documents
from ui.pages.documents import DocumentsPage
from ui.pages.visit import VisitPage
from ui.window import Window


@pytest.fixture
def page(qtbot: QtBot, window: Window, tmp_path: Path) -> DocumentsPage:
    """The papers page, reached by Ctrl+P from a visit."""
    workspace = training_store(tmp_path / "store")
    home, _ = a_household(workspace)
    visit_id = a_visit(workspace, home)
    window.enter(workspace)
    visit = frame_of(window).go("visit", visit_id)
    assert isinstance(visit, VisitPage)
    press(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    found = frame_of(window).page("documents")
    assert isinstance(found, DocumentsPage)
    assert found.table.current().visit.visit_id == visit_id
    settle(qtbot)
    return found


def test_ctrl_p_shows_the_visit_as_a_draft_and_says_what_is_missing(qtbot: QtBot, page: DocumentsPage) -> None:
    assert page.sheet.count >= 4
    assert "草稿" in page.sheet.about.text()
    assert page._lacking.text().startswith("还缺")
    page.sheet.turn(1)
    assert page.sheet.place.text().startswith("第 2 /")
    page.kind.set_value("blank")
    page._chose_kind(None)
    settle(qtbot)
    assert "空白表" in page.sheet.about.text()


def test_an_export_wants_a_reason_and_is_written_down(qtbot: QtBot, page: DocumentsPage, tmp_path: Path) -> None:
    page.export()
    assert "事由" in page.reason.error
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    target = tmp_path / "F-08.pdf"
    page.export_to(target, page.table.picked(), "交本人看一遍")
    settle(qtbot)
    assert target.read_bytes().startswith(b"%PDF")
    assert "已导出 1 份" in page.banner.text
    new = {path for path in tmp_path.rglob("*") if path.is_file()} - before - {target}
    assert not [path for path in new if path.read_bytes().startswith(b"%PDF")]
    acts = page.workspace.look(lambda work: audit.acts(work.session))
    assert [detail["reason"] for _, _, act, _, detail in acts if act == "print"][0:2] == ["屏幕预览", "交本人看一遍"]


def test_an_official_paper_is_refused_in_words_while_something_is_missing(qtbot: QtBot, page: DocumentsPage) -> None:
    page.kind.set_value("official")
    page.export_to(Path("never"), page.table.picked(), "交本人签字")
    settle(qtbot)
    assert "不能打正式件" in page.banner.text and not Path("never").exists()


def test_an_empty_form_is_printed_without_anybody(
    qtbot: QtBot, page: DocumentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[bytes]] = []
    monkeypatch.setattr(documents, "choose_printer", lambda parent: object())
    monkeypatch.setattr(documents, "print_pdfs", lambda printer, papers: sent.append(papers))
    page.shown.set_value("blank")
    page._narrow()
    page.reason.line.setText("下村前打空白表")
    page.table.selectAll()
    page.print_chosen()
    settle(qtbot)
    assert [len(papers) for papers in sent] == [3] and "已送打印机" in page.banner.text
