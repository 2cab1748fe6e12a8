"""The reserve-fund book: entries are written once, a longer edition adds only its own, the order is the book's."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from db.refused import Refused
from db.tables.money import FundEntry
from desktop.casework import fund, ledgers
from desktop.exchange import compare, examine, take_over
from desktop.exchange.outgoing.exporting import export, needs_nameless
from tests.exchange.rosters import home, workbook

ON = date(2026, 11, 5)
HEADS = ["日期", "摘要", "姓名", "收入", "支出", "余额", "凭证号", "备注"]
FIRST: list[list[Any]] = [
    ["2026-01-04", "上年结转", None, None, None, 800, None, None],
    ["2026-02-03", "县级拨入", None, 10000, None, 10800, "0001", None],
    ["2026-03-06", "急难救助", "测试甲", None, 2000.5, 8799.5, "0002", "现金"],
    ["2026-03-06", "路费", "测试乙", None, 100, 8699.5, None, None],
]
LATER: list[list[Any]] = [
    *FIRST,
    ["2026-03-06", "路费", "测试乙", None, 100, 8599.5, None, None],
    ["2026-04-01", "急难救助", "测试丙", None, 500, 8099.5, "0003", None],
]


def read(rows, title="2026年备用金流水"):
    return examine(workbook([[title], HEADS, *rows], sheet="Sheet1"), "表.xlsx", on=ON)


def write(township, rows):
    sha = hashlib.sha256(repr(rows).encode()).hexdigest()
    return township.run(lambda work: take_over(work, read(rows), sha))


def beside(township, rows):
    return township.look(lambda work: compare(work, read(rows)))


def book(township):
    return township.look(lambda work: [(row.summary, row.payee, row.balance_fen) for row in fund.book(work)])


def in_order(rows):
    return [(row[1], row[2], round(row[5] * 100)) for row in rows]


def out(township, **options):
    return township.run(lambda work: export(work, "L5", "上报县财政局", **options))


def test_a_book_is_written_in_its_order_and_to_the_fen(township):
    batch = write(township, FIRST)
    assert (batch.entries, batch.known_entries, batch.households, batch.cases) == (4, 0, 0, 0)
    assert book(township) == in_order(FIRST)
    rows = township.look(lambda work: [fund.said(row) for row in fund.book(work)])
    told = {"entered_on": "2026-03-06", "expense_fen": 200050, "voucher_no": "0002", "income_fen": None}
    assert rows[2].items() >= told.items()


def test_the_same_book_twice_writes_nothing(township):
    first = write(township, FIRST)
    before = township.info().counts
    again = write(township, FIRST)
    assert again.repeated and again.unchanged and again.batch_id == first.batch_id
    other = write(township, [*FIRST, ["制表：虚", *[None] * 7]])
    assert other.unchanged and (other.entries, other.known_entries) == (0, 4)
    assert township.info().counts == before and book(township) == in_order(FIRST)


def test_a_longer_edition_lists_its_new_entries_and_writes_only_them(township):
    write(township, FIRST)
    found = beside(township, LATER)
    assert [(one.entered_on, one.payee, one.expense, one.row) for one in found.fund.added] == [
        ("2026-03-06", "测试乙", "100.00", 7),
        ("2026-04-01", "测试丙", "500.00", 8),
    ]
    assert found.fund.same == 4 and not found.nothing
    batch = write(township, LATER)
    assert (batch.entries, batch.known_entries) == (2, 4)
    assert book(township) == in_order(LATER) and beside(township, LATER).nothing


def test_two_equal_entries_of_one_book_are_two(township):
    write(township, LATER)
    assert [line for line in book(township) if line[0] == "路费"] == [
        ("路费", "测试乙", 869950),
        ("路费", "测试乙", 859950),
    ]


def test_an_entry_that_was_left_out_comes_to_its_place_in_the_book(township):
    write(township, [LATER[0], *LATER[2:]])
    write(township, LATER)
    assert book(township) == in_order(LATER)


def test_the_book_of_an_earlier_year_stands_before_this_year_s(township):
    write(township, FIRST)
    old = [["2025-12-01", "县级拨入", None, 300, None, 500, "0099", None], ["2025-12-20", "付", "测试丁", None, 1, 499]]
    write(township, old)
    assert book(township) == in_order([*old, *FIRST])
    sheets = openpyxl.load_workbook(BytesIO(out(township).data)).worksheets
    assert [sheet["A1"].value for sheet in sheets] == ["2025年备用金流水", "2026年备用金流水"]


def test_a_known_entry_that_is_written_otherwise_is_shown_and_stays(township):
    write(township, FIRST)
    rows = [*FIRST[:2], [*FIRST[2][:7], "转账"], FIRST[3]]
    found = beside(township, rows)
    assert [(one.label, one.old, one.new, one.written) for one in found.changed] == [("备注", "现金", "转账", False)]
    assert found.nothing and write(township, rows).unchanged


def test_an_entry_that_the_newer_book_no_longer_has_is_told_and_stays(township):
    write(township, LATER)
    corrected = [*FIRST[:2], [*FIRST[2][:4], 2500, 8299.5, *FIRST[2][6:]], *LATER[3:]]
    found = beside(township, corrected).fund
    assert [(one.summary, one.expense) for one in found.added] == [("急难救助", "2500.00")]
    assert [(one.summary, one.expense, one.sheet) for one in found.missing] == [("急难救助", "2000.50", "")]
    assert beside(township, FIRST[:2]).fund.missing == (), "a book of other days says nothing of these"


def test_rows_that_are_refused_are_not_booked(township):
    rows = [*FIRST, ["2026-13-40", "读不懂", None, 1, None, None, None, None]]
    assert write(township, rows).entries == 4 and book(township) == in_order(FIRST)


def test_an_edition_is_taken_back_and_can_come_again(township):
    write(township, FIRST)
    batch = write(township, LATER)
    township.run(lambda work: ledgers.undo(work, batch.batch_id))
    assert book(township) == in_order(FIRST)
    voided = select(FundEntry).where(FundEntry.void.is_(True))
    assert township.look(lambda work: len(list(work.session.execute(voided).scalars()))) == 2
    assert write(township, LATER).entries == 2 and book(township) == in_order(LATER)


def test_the_export_has_the_book_s_columns_two_decimals_and_a_total_row(township):
    write(township, FIRST)
    sheet = openpyxl.load_workbook(BytesIO(out(township).data)).worksheets[0]
    heads = "日期｜摘要｜案号｜姓名｜村组｜原因大类｜收入｜支出｜余额｜凭证号｜经手｜证明｜审批｜备注"
    assert "｜".join(str(cell.value) for cell in sheet[3]) == heads
    assert [sheet.cell(row, 2).value for row in range(4, 8)] == [row[1] for row in FIRST]
    total = sheet[8]
    assert (total[0].value, total[6].value, total[7].value) == ("合计", 10000, 2100.5)
    amounts = [cell for row in sheet["G4:I8"] for cell in row if cell.value is not None]
    assert len(amounts) == 9 and {cell.number_format for cell in amounts} == {"#,##0.00"}
    assert sheet["J6"].value == "0002"


def test_the_export_of_one_month_comes_back_without_a_change(township):
    write(township, LATER)
    made = out(township, month="2026-03")
    assert made.rows == 3 and made.suggested_name == "L5_备用金流水_513299102_202603.xlsx"
    report = examine(made.data, "表.xlsx", on=ON)
    edition = township.look(lambda work: compare(work, report))
    assert report.file_level == [] and edition.nothing and edition.fund.missing == () and edition.changed == ()
    with pytest.raises(Refused, match=r"ledger\.empty"):
        out(township, month="2026-09")


def test_who_was_paid_never_stands_in_a_file_name(township):
    write(township, FIRST)
    with pytest.raises(Refused, match=r"ledger\.name_in_file_name"):
        needs_nameless("备用金_测试甲", out(township).names)


def test_a_file_with_a_roster_and_a_book_brings_both(township):
    from tests.exchange.rosters import HEADS as ROSTER

    def more(page):
        book_page = page.parent.create_sheet("2026年备用金流水")
        for row in [HEADS, *FIRST]:
            book_page.append(row)

    data = workbook([ROSTER, *home(1, ("测试甲", "户主"), ("测试乙", "妻"))], then=more)
    report = examine(data, "表.xlsx", on=ON)
    batch = township.run(lambda work: take_over(work, report, "both"))
    assert (batch.persons, batch.entries) == (2, 4)
    assert township.look(lambda work: compare(work, report)).nothing


def test_a_ledger_without_such_a_book_says_nothing_of_one(township):
    from tests.exchange.rosters import HEADS as ROSTER

    report = examine(workbook([ROSTER, *home(1, ("测试甲", "户主"))]), "表.xlsx", on=ON)
    assert "fund" not in township.look(lambda work: compare(work, report)).as_json()
