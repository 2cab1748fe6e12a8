"""The workbook reader and the numbers people write, on the sample roster and on single cells."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from desktop.exchange.files import cells
from desktop.exchange.files.cells import Cell
from desktop.exchange.files.limits import Broken
from desktop.exchange.files.xlsx import read_xlsx
from desktop.exchange.numbers import read_day, read_money, read_month
from desktop.exchange.numerals import chinese_integer

SAMPLE = next((Path(__file__).parent.parent / "data" / "ledgers").glob("01_*.xlsx"))
EPOCH = date(1899, 12, 30)


def test_the_sample_opens_with_merges_and_hidden_parts_known():
    book = read_xlsx(SAMPLE.read_bytes())
    sheet = book.sheets[0]
    assert [s.state for s in book.sheets] == ["visible", "visible", "hidden", "veryHidden"]
    assert sheet.last_row == 304 and 22 in sheet.hidden_columns and 44 in sheet.hidden_rows
    assert sheet.cell(6, 15).blank and not sheet.spread(6, 15).blank
    assert any(sheet.cell(row, 9).kind == cells.NUMBER for row in sheet.rows)


@pytest.mark.parametrize("size", [0, 1, 30, 5000, 40000])
def test_a_truncated_file_is_broken_and_nothing_worse(size):
    with pytest.raises(Broken):
        read_xlsx(SAMPLE.read_bytes()[:size])


@pytest.mark.parametrize(
    ("typed", "fen", "error"),
    [
        ("￥1,050.00", 105000, ""),
        ("壹仟零伍拾元整", 105000, ""),
        ("八百元", 80000, ""),
        ("0.1万元", 100000, ""),
        ("贰万肆仟元整", 2400000, ""),
        ("500+300", None, "E_AMOUNT_FORMAT"),
        ("-5", None, "E_AMOUNT_NEGATIVE"),
    ],
)
def test_money_as_it_is_written(typed, fen, error):
    money = read_money(Cell(cells.TEXT, typed), False)
    assert (money.fen, money.error) == (fen, error)


def test_days_months_and_numerals():
    assert read_day(Cell(cells.TEXT, "9月3日"), EPOCH, 2026).inferred
    assert read_day(Cell(cells.TEXT, "9月31日"), EPOCH, 2026).error == "E_DATE_INVALID"
    assert read_day(Cell(cells.NUMBER, Decimal(29344)), EPOCH, None).day == date(1980, 5, 3)
    assert read_day(Cell(cells.NUMBER, Decimal("2026.9")), EPOCH, None).error == "E_DATE_AMBIGUOUS"
    assert read_month(Cell(cells.NUMBER, Decimal("2023.1")), EPOCH) is None
    assert read_month(Cell(cells.NUMBER, Decimal(202310)), EPOCH) == "2023-10"
    assert chinese_integer("十二") == 12
