"""A ledger goes out of the window: chosen, explained, written only where the person asked, refused in words."""

import threading
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.tables.journal import AuditEntry
from desktop.exchange import compare, take_over
from desktop.exchange.outgoing.exporting import export, suggested_name
from desktop.exchange.outgoing.pages import layouts
from tests.exchange.kinds import ledger
from tests.exchange.rosters import HEADS, home, report, workbook
from tests.journeys.conftest import TOWN, frame_of, settle, training_store
from ui import work
from ui.pages.ledgers.page import LedgersPage
from ui.pages.ledgers.sending import ExportDialog, offered, save_refused
from ui.parts.choices import Chips
from ui.window import Window

ROWS = [HEADS, *home(1, ("测试甲", "户主"), ("测试乙", "妻")), *home(2, ("测试丙", "户主"))]


@pytest.fixture
def page(window: Window, tmp_path: Path) -> LedgersPage:
    """The page of ledgers over a store with two households on a roster."""
    township = training_store(tmp_path / "store")
    township.run(lambda act: take_over(act, report(workbook(ROWS)), "first"))
    window.enter(township)
    found = frame_of(window).go("ledgers")
    assert isinstance(found, LedgersPage)
    return found


def opened(qtbot: QtBot, page: LedgersPage, profile: str = "L1") -> ExportDialog:
    dialog = ExportDialog(page, profile)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QApplication.processEvents()
    return dialog


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> list[str]:
    """What the person answers where the file goes; the names that were offered."""
    offers: list[str] = []

    def ask(parent: object, title: str, start: str, kinds: str) -> tuple[str, str]:
        offers.append(Path(start).name)
        return (str(path) if path is not None else ""), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return offers


def audited(page: LedgersPage) -> list[str]:
    return page.workspace.look(lambda act: list(act.session.execute(select(AuditEntry.act)).scalars()))


def files(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def test_a_ledger_is_written_where_the_person_asked_and_said_on_the_page(
    qtbot: QtBot, page: LedgersPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = answer(monkeypatch, out / "L1_交县里.xlsx")
    dialog = opened(qtbot, page)
    dialog.reasons.chips[0].click()
    assert dialog.reason.value() == "上报县民政局"
    dialog.go.click()
    settle(qtbot)
    assert offers == [f"L1_低保花名册_{TOWN}_202611.xlsx"] and files(out) == ["L1_交县里.xlsx"]
    sheet = openpyxl.load_workbook(out / "L1_交县里.xlsx").worksheets[0]
    said = {str(cell.value) for line in sheet.iter_rows() for cell in line}
    assert {"测试甲", "测试乙", "测试丙"} <= said and any("青云镇" in words for words in said)
    assert "已导出 3 行" in page.banner.text and "没有加密" in page.banner.text
    assert audited(page).count("export.ledger") == 1


def test_a_ledger_is_written_as_csv_where_the_name_says_so(
    qtbot: QtBot, page: LedgersPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, out / "L1_交县里.csv")
    dialog = opened(qtbot, page)
    dialog.reasons.chips[0].click()
    dialog.go.click()
    settle(qtbot)
    text = (out / "L1_交县里.csv").read_bytes().decode("utf-8-sig")
    assert files(out) == ["L1_交县里.csv"] and "测试甲" in text and "\r\n" in text


def test_the_name_that_is_offered_is_the_one_of_the_export(page: LedgersPage) -> None:
    made = page.workspace.run(lambda act: export(act, "L1", "核对", "2026-09"))
    assert suggested_name("L1", TOWN, "2026-09") == made.suggested_name


def test_a_name_of_somebody_in_the_file_name_is_refused_and_nothing_typed_is_lost(
    qtbot: QtBot, page: LedgersPage, out: Path
) -> None:
    dialog = opened(qtbot, page)
    dialog.reason.line.setText("发放核对")
    dialog.month.line.setText("202611")
    dialog.export_to(out / "测试甲一家.xlsx")
    settle(qtbot)
    assert "文件名里有台账上的人名" in dialog.banner.text and "没有生成文件" in dialog.banner.text
    assert "请换一个" in dialog.banner.text and files(out) == [] and "export.ledger" not in audited(page)
    assert dialog.isVisible() and dialog.go.isEnabled()
    assert (dialog.kind.value(), dialog.month.value(), dialog.reason.value()) == ("L1", "2026-11", "发放核对")
    dialog.export_to(out / "L1.xlsx")
    settle(qtbot)
    assert files(out) == ["L1.xlsx"] and "L1.xlsx" in page.banner.text


def test_a_ledger_without_a_row_is_refused_in_the_dialog(qtbot: QtBot, page: LedgersPage, out: Path) -> None:
    dialog = opened(qtbot, page, "temp_relief_ledger")
    dialog.reason.line.setText("核对")
    dialog.export_to(out / "L4.xlsx")
    settle(qtbot)
    assert "一行也没有" in dialog.banner.text and files(out) == []


def test_a_place_that_cannot_be_written_leaves_no_trace_in_the_audit(
    qtbot: QtBot, page: LedgersPage, out: Path
) -> None:
    dialog = opened(qtbot, page)
    dialog.reason.line.setText("核对")
    dialog.export_to(out / "没有这个文件夹" / "L1.xlsx")
    settle(qtbot)
    assert "写不进去" in dialog.banner.text and "export.ledger" not in audited(page)


def test_what_is_lacking_is_said_at_its_field_before_anything_is_asked(
    qtbot: QtBot, page: LedgersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = answer(monkeypatch, None)
    dialog = opened(qtbot, page, "")
    dialog.month.line.setText("2026-13")
    dialog.choose()
    assert dialog.kind.error and dialog.reason.error and "2026-09" in dialog.month.error and not offers
    assert QApplication.focusWidget() is dialog.kind.editor
    dialog.kind.set_value("L1")
    dialog.choose()
    assert QApplication.focusWidget() is dialog.month.editor and not offers


def test_the_keys_go_in_the_order_of_the_sheet_and_enter_exports(
    qtbot: QtBot, page: LedgersPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(monkeypatch, out / "L1")
    dialog = opened(qtbot, page, "")
    assert QApplication.focusWidget() is dialog.kind.editor
    QTest.keyClick(dialog.kind.editor, Qt.Key.Key_1)
    for here, then in ((dialog.kind.editor, dialog.month.editor), (dialog.month.editor, dialog.reasons)):
        QTest.keyClick(here, Qt.Key.Key_Return)
        assert QApplication.focusWidget() is then
    QTest.keyClick(dialog.reasons, Qt.Key.Key_2)
    QTest.keyClick(dialog.reasons, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is dialog.reason.editor and dialog.reason.value() == "发放核对"
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Return)
    settle(qtbot)
    assert files(out) == ["L1.xlsx"]


def test_going_back_keeps_what_was_typed(qtbot: QtBot, page: LedgersPage) -> None:
    dialog = opened(qtbot, page, "L3")
    dialog.reason.line.setText("村里核对")
    QTest.keyClick(dialog.reason.editor, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    again = opened(qtbot, page, "")
    assert (again.kind.value(), again.reason.value()) == ("L3", "村里核对")


def test_esc_stops_an_export_under_way(qtbot: QtBot, page: LedgersPage, out: Path) -> None:
    dialog = opened(qtbot, page)
    dialog.reason.line.setText("核对")
    first = threading.Event()
    work.submit(page.workspace, lambda _: first.wait(20))
    dialog.export_to(out / "L1.xlsx")
    assert dialog.bar.isVisible() and not dialog.go.isEnabled()
    dialog.reject()
    first.set()
    settle(qtbot)
    assert dialog.isVisible() and "停下" in dialog.banner.text and files(out) == []


def test_every_ledger_that_has_columns_is_offered() -> None:
    assert list(offered()) == sorted(layouts(), key=lambda code: int(code[1:])) and "L8" in offered()


SECOND, OPENS = "李梅的口令一二三四五", "表格的打开密码一二三"


def with_a_child(page: LedgersPage, second: bool = True) -> None:
    if second:
        page.workspace.add_user("李梅", "township_reviewer", SECOND)
    found = report(ledger("L8"), profile="L8")
    page.workspace.run(lambda act: take_over(act, found, "L8"))


def agree(dialog: ExportDialog, secret: str = SECOND) -> None:
    second = dialog.second
    second.approver.set_value("李梅")
    for field, words in ((second.secret, secret), (second.opening, OPENS), (second.again, OPENS)):
        field.line.setText(words)


def test_the_childrens_ledger_goes_out_when_the_second_person_agrees_and_only_encrypted(
    qtbot: QtBot, page: LedgersPage, out: Path
) -> None:
    with_a_child(page)
    dialog = opened(qtbot, page, "L8")
    dialog.reason.line.setText("上报县民政局")
    assert dialog.second.isVisible()
    dialog.export_to(out / "L8.xlsx")
    assert dialog.second.approver.error and dialog.second.opening.error and files(out) == []
    agree(dialog, "不是他的口令")
    dialog.export_to(out / "L8.xlsx")
    settle(qtbot)
    assert "李梅的口令不对" in dialog.banner.text and files(out) == [] and not dialog.second.secret.line.text()
    agree(dialog)
    dialog.export_to(out / "L8.xlsx")
    settle(qtbot)
    assert files(out) == ["L8.xlsx"] and not (out / "L8.xlsx").read_bytes().startswith(b"PK")
    plain = BytesIO()
    file = OOXMLFile((out / "L8.xlsx").open("rb"))
    file.load_key(password=OPENS, verify_password=True)
    file.decrypt(plain, verify_integrity=True)
    assert openpyxl.load_workbook(plain).worksheets and "已加密" in page.banner.text
    assert audited(page).count("export.ledger") == 1


def test_where_nobody_else_can_agree_it_is_said_and_other_ledgers_ask_nobody(
    qtbot: QtBot, page: LedgersPage, out: Path
) -> None:
    with_a_child(page, second=False)
    dialog = opened(qtbot, page, "L8")
    dialog.reason.line.setText("上报县民政局")
    dialog.export_to(out / "L8.xlsx")
    assert "两个人同意" in dialog.banner.text and files(out) == []
    kinds = dialog.kind.editor
    assert isinstance(kinds, Chips)
    kinds.chips[0].click()
    assert not dialog.second.isVisible()
    dialog.export_to(out / "L1.xlsx")
    settle(qtbot)
    assert files(out) == ["L1.xlsx"]


def test_rows_that_were_not_taken_are_saved_with_their_reasons(
    qtbot: QtBot, page: LedgersPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEADS, *home(1, ("测试甲", "户主"), ("测试乙", "妻")), *home(2, ("卓玛央金", "户主"))]
    rows[1][6] = "12345"
    found = report(workbook(rows))
    offers = answer(monkeypatch, out / "待改.xlsx")
    save_refused(page, found, page.workspace.look(lambda act: compare(act, found)))
    settle(qtbot)
    sheet = openpyxl.load_workbook(out / "待改.xlsx").worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[0][-2:] == ["原行号", "不能导入的原因"]
    assert [line[4] for line in lines[1:]] == ["测试甲", "测试乙", "卓玛央金"] and all(line[-1] for line in lines[1:])
    assert offers == ["L1_没导入的行_20261105.xlsx"] and "3 行" in page.banner.text
    assert audited(page).count("export.refused_rows") == 1


def test_where_every_row_was_taken_there_is_nothing_to_save(
    qtbot: QtBot, page: LedgersPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = answer(monkeypatch, None)
    save_refused(page, report(workbook(ROWS)), None)
    settle(qtbot)
    assert "没有要改的行" in page.banner.text and not offers


def test_refused_rows_do_not_go_into_a_file_named_after_somebody(
    qtbot: QtBot, page: LedgersPage, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [HEADS, *home(1, ("测试甲", "户主"))]
    rows[1][6] = "12345"
    answer(monkeypatch, out / "测试甲.xlsx")
    save_refused(page, report(workbook(rows)), None)
    settle(qtbot)
    assert "人名" in page.banner.text and files(out) == [] and "export.refused_rows" not in audited(page)
