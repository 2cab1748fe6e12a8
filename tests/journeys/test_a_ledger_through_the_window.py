"""A roster from Excel in the window: looked at, corrected beside the original, taken over once, taken back."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from resources import read_toml
from tests.exchange.rosters import HEADS, home, number, workbook
from tests.journeys.conftest import frame_of, settle, training_store
from ui.pages.ledgers.page import LedgersPage
from ui.window import Window

ROSTER = next((Path(__file__).parents[1] / "data" / "ledgers").glob("01_*.xlsx"))
SHEET = "低保2026年9月"


@pytest.fixture
def empty(window: Window, tmp_path: Path) -> LedgersPage:
    window.enter(training_store(tmp_path / "store"))
    found = frame_of(window).go("ledgers")
    assert isinstance(found, LedgersPage)
    return found


@pytest.fixture
def page(qtbot: QtBot, empty: LedgersPage) -> LedgersPage:
    empty.look_at(ROSTER)
    settle(qtbot)
    return empty


def look_at(
    qtbot: QtBot, page: LedgersPage, folder: Path, rows: Sequence[Sequence[Any]], name: str = "表.xlsx"
) -> None:
    """Examine a small roster of these rows."""
    path = folder / name
    path.write_bytes(workbook(rows, SHEET))
    page.look_at(path)
    settle(qtbot)


def press(parent: QWidget, words: str) -> None:
    """The button of these words that is to be seen."""
    found = [one for one in parent.findChildren(QPushButton) if one.accessibleName() == words and one.isVisible()]
    assert found, words
    found[0].click()


def take(qtbot: QtBot, page: LedgersPage) -> None:
    """Write; warnings and changes are looked at on the way."""
    for _ in range(3):
        page.take_button.click()
        settle(qtbot)
        if page.banner.act.isVisible():
            page.banner.act.click()
            settle(qtbot)
        if "写入" in page.banner.text and page.banner.text.startswith("✓"):
            return


def test_rows_to_mend_come_first_and_say_why_in_words(page: LedgersPage) -> None:
    assert page.rows.shown.value() == "report" and page.workspace.read.household_count() == 0
    for entry in page.rows.table.rows.items:
        why = page.rows.table.rows.columns[4].text(entry)
        assert why and not any(code in why for code in entry["codes"])
    assert "own_class" not in page.rows.table.rows.items[0]
    assert "96" in page.rows.shown.chips[1].text() and "20" in page.rows.shown.chips[2].text()


def test_warnings_are_seen_before_a_roster_is_taken_over_once_and_back(qtbot: QtBot, page: LedgersPage) -> None:
    assert page.desk is not None
    homes = len(page.desk.report.plan.households)
    page.take_button.click()
    settle(qtbot)
    assert page.workspace.read.household_count() == 0 and "20 行带提示" in page.banner.text
    assert page.rows.shown.value() == "warn"
    page.banner.act.click()
    settle(qtbot)
    assert page.workspace.read.household_count() == homes > 0
    assert f"已写入 {homes} 户" in page.banner.text
    page.take_over()
    settle(qtbot)
    assert "以前已经写入过" in page.banner.text
    back = [one for one in page.findChildren(QPushButton) if one.text() == "撤销" and one.isVisible()]
    back[0].click()
    settle(qtbot)
    assert page.workspace.read.household_count() == 0
    said = [one.text() for one in page.batches.findChildren(QLabel)]
    assert "已撤销" in said and any(words.startswith("低保对象花名册") for words in said)


def test_warnings_are_noted_one_after_the_other(qtbot: QtBot, page: LedgersPage) -> None:
    page.rows.narrow("warn")
    for _ in range(20):
        press(page.rows.beside, "知道了，看下一条")
    assert not page.rows.beside.note.isVisible()
    page.take_button.click()
    settle(qtbot)
    assert page.workspace.read.household_count() > 0


def test_a_wrong_cell_is_typed_over_beside_the_original_and_the_household_goes_in(
    qtbot: QtBot, empty: LedgersPage, tmp_path: Path
) -> None:
    rows = home(1, ("虚一", "户主"), ("虚二", "妻"))
    right, rows[1][6] = rows[1][6], rows[1][6][:17]
    look_at(qtbot, empty, tmp_path, [HEADS, *rows])
    data = (tmp_path / "表.xlsx").read_bytes()
    assert not empty.take_button.isEnabled() and empty.rows.table.current()["row"] == 3
    grid = empty.rows.beside.grid
    assert "身份证号" in grid.model().index(0, 0).data() and grid.model().index(0, 1).data() == right[:17]
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Return)
    editor = QApplication.focusWidget()
    assert editor is not None and editor is not grid
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, right)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: empty.desk is not None and bool(empty.desk.mends), timeout=10_000)
    settle(qtbot)
    assert empty.desk is not None and empty.desk.report.classes["report"] == 0
    take(qtbot, empty)
    assert empty.workspace.read.household_count() == 1
    assert (tmp_path / "表.xlsx").read_bytes() == data


def test_all_faults_of_one_kind_are_pasted_as_a_column(qtbot: QtBot, empty: LedgersPage, tmp_path: Path) -> None:
    rows = [row for place in (1, 2, 3) for row in home(place, (f"虚{place}", "户主"))]
    for row in rows:
        row[6] = int(row[6][:15] + "000")
    look_at(qtbot, empty, tmp_path, [HEADS, *rows])
    dialog = empty.mend_alike("E_ID_PRECISION")
    assert dialog is not None and [one.name for one in dialog.faults] == ["虚1", "虚2", "虚3"]
    QApplication.clipboard().setText("\n".join(number(place) for place in (1, 2, 3)))
    QTest.keyClick(dialog.cells, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    dialog.done_button.click()
    settle(qtbot)
    assert empty.desk is not None and empty.desk.report.classes == {"clean": 3, "warn": 0, "report": 0, "ignore": 1}


def test_columns_are_named_once_and_known_in_the_next_file(qtbot: QtBot, empty: LedgersPage, tmp_path: Path) -> None:
    strange = ["序号", "户编号", "村", "当家的", "叫什么", "什么人", "证号码", "几口人", "档次", "给多少", "备注"]
    look_at(qtbot, empty, tmp_path, [strange, *home(1, ("虚一", "户主"))])
    assert "对列" in empty.banner.text
    dialog = empty.name_columns(SHEET)
    assert dialog is not None
    dialog.kind.set_value("L1")
    dialog.kind.committed.emit()
    assert not dialog.take.isEnabled() and "月保障金额" in dialog.lacking.text()
    named = {4: "name", 5: "relation", 6: "id", 7: "covered_persons", 9: "month_amount_fen"}
    for place, key in named.items():
        dialog.picks[place].set_value(key)
        dialog.picks[place].committed.emit()
    dialog.take.click()
    settle(qtbot)
    assert empty.desk is not None and empty.desk.report.classes["clean"] == 1
    look_at(qtbot, empty, tmp_path, [strange, *home(2, ("虚二", "户主"))], "下一份.xlsx")
    assert empty.desk.name == "下一份.xlsx" and empty.desk.report.classes["clean"] == 1


def test_a_newer_edition_is_shown_before_it_is_written(qtbot: QtBot, empty: LedgersPage, tmp_path: Path) -> None:
    look_at(qtbot, empty, tmp_path, [HEADS, *home(1, ("虚一", "户主"))])
    take(qtbot, empty)
    look_at(qtbot, empty, tmp_path, [HEADS, *home(1, ("虚一", "户主"), amount=450)], "新.xlsx")
    empty.take_button.click()
    settle(qtbot)
    assert empty.sight.value() == "edition" and "先看一眼" in empty.banner.text
    assert empty.edition is not None and [one.new for one in empty.edition.changed] == ["450.00"]
    empty.take_button.click()
    settle(qtbot)
    assert empty.banner.text.startswith("✓ 已写入")


def test_the_reserve_fund_book_goes_in_entry_by_entry(qtbot: QtBot, empty: LedgersPage, tmp_path: Path) -> None:
    heads = ["日期", "摘要", "姓名", "收入", "支出", "余额", "凭证号"]
    first = [["2026-08-01", "县拨", None, 5000, None, 5000, "1"], ["2026-08-09", "急难", "虚一", None, 800, 4200, "2"]]
    more = [["2026-09-03", "急难", "虚二", None, 500, 3700, "3"]]
    look_at(qtbot, empty, tmp_path, [["备用金流水"], heads, *first])
    assert "2 笔" in empty.take_button.text()
    take(qtbot, empty)
    assert "已写入 2 笔账目" in empty.banner.text
    look_at(qtbot, empty, tmp_path, [["备用金流水"], heads, *first, *more], "新.xlsx")
    assert empty.changes.sentence.text() == "新增账目 1 笔；其余 2 笔没有变化。"
    take(qtbot, empty)
    assert "已写入 1 笔账目，2 笔早已在账上" in empty.banner.text


def test_a_file_is_dropped_on_the_page(qtbot: QtBot, empty: LedgersPage) -> None:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(ROSTER))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enters = QDragEnterEvent(empty.rect().center(), copy, carried, left, none)
    empty.dragEnterEvent(enters)
    assert enters.isAccepted()
    empty.dropEvent(QDropEvent(QPointF(empty.rect().center()), copy, carried, left, none))
    settle(qtbot)
    assert empty.desk is not None and empty.desk.name == ROSTER.name


def test_a_long_file_can_be_stopped_on_its_way_and_nothing_of_it_is_shown(
    qtbot: QtBot, empty: LedgersPage, tmp_path: Path
) -> None:
    long = tmp_path / "长.xlsx"
    long.write_bytes(workbook([HEADS, *([row] for row in range(20_000))], SHEET))
    empty.look_at(long)
    assert empty.progress.isVisible()
    press(empty.progress, "取消")
    settle(qtbot)
    assert empty.desk is None and not empty.progress.isVisible() and empty.banner.text
    assert empty.about.text() == ""


def test_a_file_that_is_no_table_is_refused_in_words(qtbot: QtBot, page: LedgersPage, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"not a workbook")
    page.look_at(wrong)
    settle(qtbot)
    assert page.banner.text.startswith("✕")


def test_every_code_has_its_words() -> None:
    room = Path(__file__).parents[2] / "desktop"
    text = "".join(path.read_text("utf-8") for name in ("exchange", "policy") for path in (room / name).glob("*.py"))
    assert set(re.findall(r'"([EWIF]_[A-Z0-9_]+)"', text)) <= set(read_toml("words", "ledger.toml"))
