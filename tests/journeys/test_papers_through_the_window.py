"""Papers in the window: previewed from memory, exported with a reason, nothing of it elsewhere on the disk."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from db import audit
from desktop.casework import issued, settings, visits
from desktop.casework.papers import UNNUMBERED
from desktop.casework.views import HouseholdView
from desktop.workspace import Workspace
from tests.casework.conftest import identity_number
from tests.journeys.conftest import a_household, a_visit, frame_of, press, settle, training_store
from ui import paper_files
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


@pytest.fixture
def ready(qtbot: QtBot, page: DocumentsPage) -> DocumentsPage:
    """The page on a consent form that lacks nothing but hands, chosen as the official paper."""
    workspace = page.workspace
    child = next(m.person_id for m in household_of(page).members if m.name == "测试丙")
    agreement = {
        "guardian": "测试甲", "grel": "52", "guardian_id": identity_number(), "guardian_tel": "13800000001",
        "student_no": "G513299201509010022",
    }  # fmt: skip
    consent = {"lang": "四川话", "emg": "测试丁", "emg_tel": "13800000002"}
    workspace.run(lambda act: settings.change(act, {"edu_tel": "0837-0005678"}))
    begin(workspace, child, "F-22B", agreement)
    begun = begin(workspace, child, "F-22C", consent)
    page.show_subject(begun)
    page.refresh()
    page.kind.set_value("official")
    page._chose_kind(None)
    settle(qtbot)
    return page


def begin(workspace: Workspace, child: str, form: str, answers: dict[str, str]) -> str:
    """A visit of the child with answers; its id."""
    made = workspace.run(lambda act: visits.add(act, form, "2026-11-05", person_id=child))
    workspace.run(lambda act: visits.merge_answers(act, made.visit_id, answers))
    return made.visit_id


def household_of(page: DocumentsPage) -> HouseholdView:
    """The only household there is."""
    return page.workspace.read.household(page.workspace.read.households("")[0].household_id)


def shown_text(page: DocumentsPage) -> str:
    """What the preview says."""
    assert page.sheet._pages is not None
    pages = page.sheet._pages
    return "".join("".join(pages.getAllText(at).text().split()) for at in range(pages.pageCount()))


def test_an_official_paper_is_previewed_as_it_will_come_out(qtbot: QtBot, ready: DocumentsPage) -> None:
    assert "正式件" in ready.sheet.about.text()
    assert UNNUMBERED in shown_text(ready) and "草稿" not in shown_text(ready)
    assert not ready.workspace.read.documents()


def test_after_it_was_exported_the_preview_and_the_next_name_give_its_number(
    qtbot: QtBot, ready: DocumentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper_files, "documents_folder", lambda: tmp_path)
    proposals: list[str] = []

    def keep(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        proposals.append(name)
        return name, kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", keep)
    for _ in range(2):
        ready.reason.line.setText("家长签字")
        ready.export()
        settle(qtbot)
    number = ready.workspace.read.documents()[0].document_no
    assert proposals == [str(tmp_path / "F-22C 正式件.pdf"), str(tmp_path / f"F-22C {number} 2.pdf")]
    assert {path.name for path in tmp_path.glob("F-22C*.pdf")} == {f"F-22C {number}.pdf", f"F-22C {number} 2.pdf"}
    assert number in shown_text(ready) and UNNUMBERED not in shown_text(ready)


def test_the_bytes_of_the_preview_are_never_what_is_exported(
    qtbot: QtBot, ready: DocumentsPage, tmp_path: Path
) -> None:
    data = bytes(ready.sheet._pages._buffer.data().data()) if ready.sheet._pages else b""
    ready.export_to(tmp_path / "out.pdf", ready.table.picked(), "家长签字")
    settle(qtbot)
    out = (tmp_path / "out.pdf").read_bytes()
    assert ready.workspace.look(lambda act: issued.verify(act, out))[0]
    assert data.startswith(b"%PDF") and not ready.workspace.look(lambda act: issued.verify(act, data))[0]


def test_exported_drafts_are_told_apart_and_name_nobody(qtbot: QtBot, page: DocumentsPage, tmp_path: Path) -> None:
    (folder := tmp_path / "out").mkdir()
    for _ in range(2):
        page.export_to(folder, page.table.picked(), "给人看")
        settle(qtbot)
    assert sorted(path.name for path in folder.iterdir()) == ["F-08 草稿 2.pdf", "F-08 草稿.pdf"]


def test_an_empty_form_is_printed_without_anybody(
    qtbot: QtBot, page: DocumentsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[list[bytes]] = []

    def take(printer: object, papers: list[bytes]) -> int:
        sent.append(papers)
        return len(papers)

    monkeypatch.setattr(documents, "choose_printer", lambda parent: object())
    monkeypatch.setattr(documents, "print_pdfs", take)
    page.shown.set_value("blank")
    page._narrow()
    page.reason.line.setText("下村前打空白表")
    page.table.selectAll()
    page.print_chosen()
    settle(qtbot)
    assert [len(papers) for papers in sent] == [3] and "已送打印机" in page.banner.text
