"""What a ledger would do to the store, seen before it is written: parts, counts, households behind the lines."""

import time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.casework.edition_views import AddedCase, AddedPerson, ChangedField, EditionView
from desktop.exchange import compare, take_over
from desktop.exchange.plan import Unplaced
from desktop.workspace import Workspace
from tests.exchange.rosters import HEADS, home, report, workbook
from tests.journeys.conftest import training_store
from ui.pages.ledgers import edition
from ui.pages.ledgers.edition import EditionPanel

FIRST = [HEADS, *home(1, ("测试甲", "户主"), ("测试乙", "妻")), *home(2, ("测试丙", "户主"))]
NO_PLACE = (Unplaced("临时救助", 9, "没有写明救助类型，不知道归哪一种临时救助。"),)


@pytest.fixture
def township(tmp_path: Path) -> Workspace:
    """A store that has taken over one edition."""
    made = training_store(tmp_path / "store")
    made.run(lambda work: take_over(work, report(workbook(FIRST)), "first"))
    return made


@pytest.fixture
def panel(qtbot: QtBot) -> EditionPanel:
    made = EditionPanel()
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    qtbot.waitUntil(made.isVisible)
    return made


def beside(township: Workspace, rows: list[list[object]]) -> EditionView:
    return township.look(lambda work: compare(work, report(workbook(rows))))


def next_month() -> list[list[object]]:
    """One has left, one has joined, one household is new, an amount differs, one number stands for another name."""
    return [
        HEADS,
        *home(1, ("测试甲", "户主"), amount=450),
        *home(2, ("卓玛央金", "户主")),
        *home(3, ("测试戊", "户主"), ("测试己", "女")),
    ]


def parts(panel: EditionPanel) -> list[str]:
    return [chip.accessibleName() for chip in panel.parts.chips] if panel.parts is not None else []


def show(panel: EditionPanel, part: str) -> list[list[str]]:
    """Bring one part to the front; the cells of its lines."""
    assert panel.parts is not None
    spot = [words.split()[0] for words in parts(panel)].index(part)
    panel.parts.chips[spot].click()
    model = panel.tables[panel.part].rows
    return [[column.text(item) for column in model.columns] for item in model.items]


def test_the_whole_is_said_in_one_sentence_and_parts_carry_their_counts(
    township: Workspace, panel: EditionPanel
) -> None:
    view = beside(township, next_month())
    panel.show_edition(view, NO_PLACE)
    said = panel.sentence.text()
    assert "新增 1 户 2 人" in said and "1 人不再列出" in said and "1 人要您看看是不是同一个人（1 人先不写）" in said
    written = sum(one.written for one in view.changed)
    assert written and f"改 {written} 处" in said
    assert parts(panel) == ["新增 2", f"改动 {len(view.changed)}", "不再列出 1", "可能是同一人 1", "没有地方放 1"]


def test_a_change_stands_with_its_row_its_field_and_both_values(township: Workspace, panel: EditionPanel) -> None:
    panel.show_edition(beside(township, next_month()), ())
    assert ["低保2026年9月", "2", "测试甲", "月金额", "400.00", "450.00", "改成新的"] in show(panel, "改动")


def test_what_the_store_keeps_is_told_from_what_is_changed(panel: EditionPanel) -> None:
    kept = ChangedField(
        sheet="低保", row=4, name="测试甲", field="village", label="村", old="上磨村", new="下寨村", written=False
    )
    panel.show_edition(EditionView(same=90, changed=(kept,)), ())
    assert show(panel, "改动")[0][-1] == "库里的不动"
    assert panel.sentence.text() == "1 处不一样而库里的不动；其余 90 户没有变化。"


def test_who_is_no_longer_listed_is_paid_on_until_somebody_has_checked(
    qtbot: QtBot, township: Workspace, panel: EditionPanel
) -> None:
    panel.show_edition(beside(township, next_month()), ())
    name, _, todo = show(panel, "不再列出")[0]
    assert name == "测试乙" and todo == "待遇没有停，请核查后办停发"
    assert "请核查后办停发" in panel.why.text()
    household = township.read.households("测试乙")[0].household_id
    with qtbot.waitSignal(panel.household_asked) as asked:
        QTest.keyClick(panel.tables[panel.part], Qt.Key.Key_Return)
    assert asked.args == [household]


def test_somebody_who_may_be_known_stands_beside_the_other_with_a_way_to_that_household(
    qtbot: QtBot, township: Workspace, panel: EditionPanel
) -> None:
    panel.show_edition(beside(township, next_month()), ())
    line = show(panel, "可能是同一人")[0]
    assert line[2] == "卓玛央金" and line[3] == "! 先不写"
    assert "测试丙" in line[5] and "样例沟村" in line[5] and "********" in line[5]
    QApplication.processEvents()
    ways = [one for one in panel.findChildren(QPushButton) if one.isVisible() and one.text().startswith("打开")]
    assert [one.text() for one in ways] == ["打开 测试丙 那一户"]
    with qtbot.waitSignal(panel.household_asked) as asked:
        ways[0].click()
    assert asked.args == [township.read.households("测试丙")[0].household_id]


def test_parts_without_a_line_are_left_out_and_the_same_edition_says_so(
    township: Workspace, panel: EditionPanel
) -> None:
    panel.show_edition(beside(township, next_month()), NO_PLACE)
    panel.show_edition(beside(township, FIRST), ())
    assert parts(panel) == [] and not panel.why.isVisible()
    assert panel.sentence.text() == "和库里一样：2 户没有变化，写入不会改变什么。"


def test_rows_without_a_place_are_shown_where_nothing_can_be_compared(panel: EditionPanel) -> None:
    panel.show_edition(None, NO_PLACE)
    assert parts(panel) == ["没有地方放 1"] and panel.sentence.text() == "1 行没有地方放。"
    assert show(panel, "没有地方放") == [["临时救助", "9", NO_PLACE[0].why]]


def test_a_new_line_of_a_known_person_names_its_benefit_and_month() -> None:
    line = AddedCase(sheet="发放", row=3, name="测试甲", programme_code="elder_allowance", occasion="高龄津贴|2026-09")
    news = edition._COLUMNS[edition.NEW][3]
    assert news.text(line) == "高龄津贴 2026-09 的一笔"


def test_digits_choose_the_part_and_arrows_move_in_the_table(township: Workspace, panel: EditionPanel) -> None:
    panel.show_edition(beside(township, next_month()), ())
    panel.activateWindow()
    panel.setFocus()
    assert panel.parts is not None
    QTest.keyClick(panel.parts, Qt.Key.Key_2)
    assert panel.part == edition.CHANGED
    before = panel.why.text()
    QTest.keyClick(panel.tables[edition.CHANGED], Qt.Key.Key_Down)
    assert panel.why.text() != before
    QTest.keyClick(panel.parts, Qt.Key.Key_2)
    assert panel.part == edition.CHANGED


def test_tab_goes_from_the_parts_to_their_lines_and_to_the_household_behind_them(
    qtbot: QtBot, township: Workspace
) -> None:
    host, panel = QWidget(), EditionPanel()
    qtbot.addWidget(host)
    lines = QVBoxLayout(host)
    before, after = QPushButton("前"), QPushButton("后")
    for part in (before, panel, after):
        lines.addWidget(part)
    host.show()
    host.activateWindow()
    qtbot.waitUntil(host.isActiveWindow)
    panel.show_edition(beside(township, next_month()), ())
    show(panel, "不再列出")
    QApplication.processEvents()
    before.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget() or host, Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    ways = [one for one in panel.findChildren(QPushButton) if one.isVisible() and one.text().startswith("打开")]
    assert seen == [panel.parts, panel.tables[panel.part], ways[0], after]


def test_ten_thousand_lines_are_fetched_as_they_are_scrolled(panel: EditionPanel) -> None:
    added = tuple(AddedPerson(sheet="低保", row=place, name="测试甲") for place in range(10_000))
    begun = time.perf_counter()
    panel.show_edition(EditionView(households=10_000, added=added), ())
    assert time.perf_counter() - begun < 0.25
    rows = panel.tables[edition.NEW].rows
    assert len(rows.items) < 1_000
    while rows.canFetchMore(rows.index(0, 0).parent()):
        rows.fetchMore(rows.index(0, 0).parent())
    assert len(rows.items) == 10_000 and "新增 10,000 户 10,000 人" in panel.sentence.text()
