"""The rules of ledgers that are easiest to get wrong, each on a few rows of our own."""

import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest

from db.refused import Refused
from desktop.exchange import examine
from desktop.exchange.checks import CHECKS
from desktop.exchange.files.cells import NUMBER, TEXT, Cell
from desktop.exchange.period import period_of
from desktop.exchange.profiles import all_profiles, namings
from desktop.exchange.readers_person import tells_of_an_end
from desktop.exchange.rules import run_checks
from desktop.exchange.words import relation
from tests.exchange.rosters import HEADS, ON, SAMPLES, account, codes, home, judge, number, report, workbook

COUPLE = ("虚国庆", "户主"), ("拟金凤", "妻")


def test_every_table_of_a_ledger_loads_and_names_checks_that_exist():
    profiles = all_profiles()
    assert [one.code for one in profiles] == [*(f"L{n}" for n in range(1, 11)), *(f"X{n}" for n in range(1, 6))]
    assert {naming.name for naming in namings()} == {one.name for one in profiles}
    run_checks(report(workbook([HEADS, *home(1, *COUPLE)])).ledgers[0])
    assert {name for one in profiles for name in one.checks} <= set(CHECKS)
    for one in profiles:
        heads = [name for field in one.fields for name in field.names]
        assert len(heads) == len(set(heads)), one.code


def test_one_wrong_number_holds_the_whole_household_and_no_other():
    rows = [HEADS, *home(1, *COUPLE), *home(2, *COUPLE)]
    rows[2][6] = rows[2][6][:-1] + ("0" if rows[2][6][-1] != "0" else "1")
    answer = judge(rows)
    assert codes(answer) == {1: ["I_HEADER"], 2: ["E_HOUSEHOLD_HELD"], 3: ["E_ID_CHECKSUM"]}
    assert [row.get("own_class") for row in answer["rows"]] == [None, "clean", None, None, None]
    assert len(report(workbook(rows)).plan.households) == 1


@pytest.mark.parametrize("typed", [513299197003150115, 513299800305001])
def test_a_number_kept_as_a_number_is_never_used_even_when_it_would_hold(typed):
    rows = [HEADS, *home(1, COUPLE[0])]
    rows[1][6] = typed
    answer = judge(rows)
    assert codes(answer)[2] == ["E_ID_PRECISION"] and answer["rows"][1]["values"]["id"] is None


def test_after_a_subtotal_a_row_without_a_key_belongs_to_nobody():
    first, second = home(1, *COUPLE)
    answer = judge([HEADS, first, ["本村小计", None, None, None, None, None, None, 2], second, *home(2, COUPLE[0])])
    assert codes(answer)[4] == ["E_HOUSEHOLD_UNKNOWN"]
    assert "W_HH_COUNT" in codes(answer)[2]
    again = judge([HEADS, first, ["本村小计", None, None, None, None, None, None, 2], [1, "H1", *second[2:]]])
    assert set(codes(again)) == {1, 3}


def test_merged_cells_speak_for_their_household_but_never_for_a_name_or_an_account():
    heads = [*HEADS, "账号"]
    rows = [[*row, account(1) if spot == 0 else None] for spot, row in enumerate(home(1, *COUPLE))]

    def merge(page):
        for letter in "ABCDHIJL":
            page.merge_cells(f"{letter}2:{letter}3")

    answer = judge([heads, *rows], then=merge)
    assert codes(answer) == {1: ["I_HEADER"]}
    assert answer["rows"][2]["values"]["month_amount_fen"] == 40000
    named = judge([heads, *rows], then=lambda page: page.merge_cells("E2:E3"))
    assert "E_NAME_BLANK" in codes(named)[3]


def test_a_hidden_column_never_gives_a_number_and_a_hidden_row_is_told():
    def hide_numbers(page):
        page.column_dimensions["G"].hidden = True

    def hide_row(page):
        page.row_dimensions[3].hidden = True

    with pytest.raises(Refused) as refused:
        judge([HEADS, *home(1, *COUPLE)], then=hide_numbers)
    assert refused.value.code == "LEDGER_NO_SHEET"
    answer = judge([HEADS, *home(1, *COUPLE)], then=hide_row)
    assert codes(answer)[3] == ["W_HIDDEN_ROW"]


def test_the_same_number_is_a_duplicate_the_same_name_is_not():
    rows = [HEADS, *home(1, COUPLE[0]), *home(2, COUPLE[0]), *home(3, ("测三", "户主"))]
    assert set(codes(judge(rows))) == {1}
    rows[2][6] = rows[1][6]
    assert codes(judge(rows)) == {1: ["I_HEADER"], 3: ["E_DUP_ID"]}
    rows[3][6] = rows[1][6]
    assert [codes(judge(rows))[row] for row in (2, 3, 4)] == [["E_DUP_ID_DIFF_NAME"]] * 3


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("2026.6去世", True),
        ("其父已故", False),
        ("妻子2019年病故", False),
        ("其父已故，本人病故", True),
        ("待停发", True),
        ("父母均已去世，孤儿", False),
    ],
)
def test_a_remark_speaks_of_the_person_not_of_the_family(text, gone):
    assert tells_of_an_end(text) is gone


def test_a_person_without_papers_needs_a_reason():
    rows = [HEADS, *home(1, COUPLE[0], remark="新生儿 未上户"), *home(2, COUPLE[0])]
    rows[1][6] = rows[2][6] = None
    assert codes(judge(rows)) == {1: ["I_HEADER"], 2: ["W_NO_ID"], 3: ["E_ID_BLANK"]}
    person = report(workbook(rows)).plan.households[0].people[0]
    assert person.values["id_type"] == "no_id" and person.values["no_id_reason"] == "新生儿未上户"


def test_totals_are_compared_and_change_no_row():
    total = ["合计", None, None, None, None, None, None, 5, None, 900, None]
    answer = judge([HEADS, *home(1, *COUPLE), *home(2, *COUPLE), total])
    assert [found["code"] for found in answer["file_level"]] == ["F_TOTAL_COUNT_MISMATCH", "F_TOTAL_AMOUNT_MISMATCH"]
    assert answer["file_level"][0]["declared"] == 5 and answer["file_level"][0]["computed"] == 4
    assert answer["file_level"][1]["computed_fen"] == 80000
    assert answer["summary"]["classes"]["clean"] == 4


def test_amounts_in_ten_thousands_are_read_by_the_head_or_the_unit_line():
    heads = [head.replace("月保障金额", "月保障金额（万元）") for head in HEADS]
    assert judge([heads, *home(1, COUPLE[0], amount=0.04)])["rows"][1]["values"]["month_amount_fen"] == 40000
    by_line = judge([["低保花名册"], ["填报单位：示例镇　单位：万元"], HEADS, *home(1, COUPLE[0], amount="0.04")])
    assert by_line["rows"][3]["values"]["month_amount_fen"] == 40000
    doubted = judge([heads, *home(1, COUPLE[0], amount=400)])
    assert doubted["rows"][1]["values"]["month_amount_fen"] == 40000 and codes(doubted)[2] == ["W_AMOUNT_UNIT"]


def test_stop_lists_hidden_sheets_and_tables_without_a_needed_column_are_not_read():
    with pytest.raises(Refused):
        judge([HEADS, *home(1, COUPLE[0])], sheet="停发名单")
    without = [head if head != "村" else "地方" for head in HEADS]
    with pytest.raises(Refused) as refused:
        judge([without, *home(1, COUPLE[0])])
    assert refused.value.code == "LEDGER_NO_SHEET"


def test_the_kind_is_told_by_title_then_sheet_then_file_then_columns():
    rows = [HEADS, *home(1, COUPLE[0])]
    assert judge(rows, sheet="Sheet1", file="一册.xlsx")["profile"] == "dibao_roster"
    elder = ["姓名", "身份证号", "账号", "金额"], ["虚老", number(1, "19400101"), account(2), 100]
    assert judge(elder, sheet="高龄", file="低保.xlsx")["profile"] == "elder_allowance_payment"
    assert judge(elder, sheet="Sheet1", file="1.xlsx")["profile"] == "elder_allowance_payment"
    assert judge(elder, sheet="高龄", profile="L7")["profile"] == "payment_list"


def test_disability_subsidies_are_checked_against_the_certificate():
    person = number(5)
    heads = ["姓名", "身份证号", "残疾人证号", "残疾类别", "等级", "是否低保", "账号", "金额", "户名"]
    row = ["虚五", person, person + "42", "肢体", "三级", "否", account(3), "100元", "拟别人"]
    answer = judge([heads, row], sheet="生活补贴2026年9月")
    assert codes(answer)[2] == ["W_CERT_GRADE", "W_PAYEE_DIFF", "W_RULE_DIBAO"]
    values = answer["rows"][1]["values"]
    assert (values["kind"], values["grade"], values["subsidy"]) == (4, 2, "disability_living")


@pytest.mark.parametrize(
    ("place", "end"),
    [
        ("2026年第三季度", date(2026, 9, 30)),
        ("2026年1-9月", date(2026, 9, 30)),
        ("2025年10月—2026年3月", date(2025, 10, 31)),
        ("示例镇202602册", date(2026, 2, 28)),
        ("2026年", ON),
        ("1226年3月", ON),
    ],
)
def test_the_period_is_read_where_it_is_written(place, end):
    assert period_of([place], ON).end == end


@pytest.mark.parametrize(
    ("word", "code"), [("户主之妻", "10"), ("户主", "02"), ("22", "20"), ("7", "07"), ("么儿", None)]
)
def test_relations_are_brought_to_their_main_kind(word, code):
    assert relation(word) == code


def test_a_csv_of_excel_is_read_in_both_encodings():
    lines = [",".join(str(cell or "") for cell in row) for row in [HEADS, *home(1, *COUPLE)]]
    for encoding in ("utf-8-sig", "gb18030"):
        answer = examine("\r\n".join(lines).encode(encoding), "低保202609.csv", on=ON).as_json()
        assert answer["summary"]["classes"]["clean"] == 2


def test_an_old_xls_is_read_with_its_merges_and_hidden_parts():
    """The sample saved as .xls; rows 204 and 297 held formulas, which the converter could not write."""
    old, new = (next(SAMPLES.glob(ending)) for ending in ("*.xls", "01_*.xlsx"))
    answers = [examine(path.read_bytes(), path.name, on=ON).as_json() for path in (old, new)]
    assert answers[0]["sheets"] == answers[1]["sheets"] and answers[0]["file_level"] == answers[1]["file_level"]
    differing = [ours["row"] for ours, theirs in zip(*(a["rows"] for a in answers), strict=True) if ours != theirs]
    assert differing == [204, 297]


def test_cells_show_numbers_without_a_point_zero():
    assert Cell(NUMBER, Decimal("12.0")).shown == "12" and Cell(TEXT, " \u200b").blank


def test_a_workbook_with_macros_is_refused_with_the_way_out():
    plain = workbook([HEADS, *home(1, ("虚一", "户主"))])
    out = BytesIO(plain)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"anything")
    for data, name in ((out.getvalue(), "表.xlsx"), (plain, "表.xlsm")):
        with pytest.raises(Refused) as refused:
            report(data, name)
        assert refused.value.code == "LEDGER_FORMAT" and "不带宏" in refused.value.do
