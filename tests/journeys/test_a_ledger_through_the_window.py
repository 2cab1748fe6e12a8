"""A roster from Excel in the window: looked at, the rows to mend in words, taken over once, taken back."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from resources import read_toml
from tests.journeys.conftest import frame_of, settle, training_store
from ui.pages.ledgers.page import LedgersPage
from ui.window import Window

ROSTER = next((Path(__file__).parents[1] / "data" / "ledgers").glob("01_*.xlsx"))


@pytest.fixture
def page(qtbot: QtBot, window: Window, tmp_path: Path) -> LedgersPage:
    window.enter(training_store(tmp_path / "store"))
    found = frame_of(window).go("ledgers")
    assert isinstance(found, LedgersPage)
    found.look_at(ROSTER)
    settle(qtbot)
    return found


def test_rows_to_mend_come_first_and_say_why_in_words(page: LedgersPage) -> None:
    assert page.shown.value() == "report" and page.workspace.read.household_count() == 0
    for entry in page.table.rows.items:
        why = page.table.rows.columns[4].text(entry)
        assert why and not any(code in why for code in entry["codes"])


def test_a_roster_is_taken_over_once_and_back(qtbot: QtBot, page: LedgersPage) -> None:
    assert page.report is not None
    homes = len(page.report.plan.households)
    page.take_button.click()
    settle(qtbot)
    assert page.workspace.read.household_count() == homes > 0
    assert f"已写入 {homes} 户" in page.banner.text
    page.take_over()
    settle(qtbot)
    assert "以前已经写入过" in page.banner.text
    back = [one for one in page.findChildren(type(page.take_button)) if one.text() == "撤销" and one.isVisible()]
    back[0].click()
    settle(qtbot)
    assert page.workspace.read.household_count() == 0
    assert any(one.text() == "已撤销" for one in page.findChildren(QLabel))


def test_a_file_that_is_no_table_is_refused_in_words(qtbot: QtBot, page: LedgersPage, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(b"not a workbook")
    page.look_at(wrong)
    settle(qtbot)
    assert page.banner.text.startswith("✕")


def test_every_code_has_its_words() -> None:
    import re

    room = Path(__file__).parents[2] / "desktop"
    text = "".join(path.read_text("utf-8") for name in ("exchange", "policy") for path in (room / name).glob("*.py"))
    assert set(re.findall(r'"([EWIF]_[A-Z0-9_]+)"', text)) <= set(read_toml("words", "ledger.toml"))
