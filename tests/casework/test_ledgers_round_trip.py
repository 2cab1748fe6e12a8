"""Ledgers of every kind that is written: taken over, exported, and taken over again without any change."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from db.refused import Refused
from db.tables.journal import AuditEntry
from desktop.casework import cases, ledgers, persons
from desktop.exchange import compare, examine, take_over
from desktop.exchange.exporting import export, layouts, needs_nameless
from desktop.exchange.profiles import profile
from tests.casework.test_ledgers_editions import content
from tests.exchange.rosters import account, number, workbook

ON = date(2026, 11, 5)
ONE, TWO, OLD, CHILD = number(1), number(2), number(3, "19400101"), number(4, "20150601")
PERSON: dict[str, Any] = {"name": "测试甲", "id": ONE, "village": "样例沟村", "remark": "=1+1"}
PERSON["bank_account"] = account(1)
GIVEN: dict[str, list[dict[str, Any]]] = {
    "L1": [
        PERSON
        | {
            "household_no": "H1", "group": "2组", "head_name": "测试甲", "relation": "户主", "ethnicity": "藏族",
            "health": "慢性病", "dis_kind": "肢体", "dis_grade": "二级", "labor": "部分", "job": "务农",
            "covered_persons": 2, "band": "二档", "per_capita_fen": 200, "month_amount_fen": 400,
            "supplement_fen": 50, "month_total_fen": 450, "bank_name": "信用社", "payee": "测试甲",
            "start_month": "2024-03", "checked_on": "2026-06-01", "cause": "因病", "phone": "0837-0001234",
            "kin_filing": "无",
        },
        {"name": "测试乙", "id": TWO, "relation": "长子", "household_no": "H1", "remark": "在校"},
    ],
    "L2": [
        PERSON
        | {
            "group": "1", "tekun_class": "残疾人", "support_mode": "分散", "self_care": "半护理",
            "assessed_on": "2026-01-05", "living_std_fen": 900, "care_band": "半护理", "care_fee_fen": 300,
            "month_total_fen": 1200, "carer": "拟照料", "carer_relation": "邻居", "agreement_no": "X-1",
            "start_month": "2023-01", "payee": "测试甲", "housing": "自有", "visited_on": "2026-10-01",
        }
    ],
    "L3": [
        PERSON
        | {
            "cert": ONE + "42", "kind": "肢体", "grade": "二级", "is_dibao": "是", "subsidy": "生活补贴",
            "std_fen": 100, "start_month": "2025-01", "months": 3, "amount_fen": 300, "bank_name": "信用社",
            "payee": "测试甲", "cert_valid_to": "2030-01-01",
        },
        PERSON
        | {
            "cert": TWO + "41", "id": TWO, "name": "测试乙", "is_dibao": "是", "subsidy": "护理补贴", "std_fen": 80,
            "months": 1, "amount_fen": 80, "bank_account": account(2), "guardian": "拟监护", "guardian_id": OLD,
        },
    ],
    "L4": [
        {
            "case_no": "A1", "apply": "2026-03-04", "channel": "主动发现", "name": "测试甲", "id": ONE,
            "address": "样例沟村2组", "household_size": 3, "category": "低保户", "cause": "突发疾病", "kind": "急难型",
            "total_cost_fen": 9000.5, "self_paid_fen": 3000, "amount_fen": 2000, "approve": "2026-03-05",
            "pay": "2026-03-06", "method": "现金", "payee": "测试甲", "bank_tail4": "0123", "source": "备用金",
        },
        {"apply": "2026-05-01", "name": "测试流", "remark": "流散人员，无身份证", "kind": "急难", "amount_fen": 300,
         "address": "集镇"},
        {"apply": "2026-05-01", "name": "测试流", "remark": "流散人员，无身份证", "kind": "急难", "amount_fen": 300,
         "address": "集镇"},
        {"apply": "2026-03-04", "name": "测试甲", "id": ONE, "kind": "支出型", "amount_fen": 500, "cause": "其他"},
        {"apply": "2026-03-04", "name": "测试甲", "id": ONE, "kind": "急难型", "amount_fen": 100},
    ],
    "L6": [
        PERSON
        | {
            "name": "测试老", "id": OLD, "address": "样例沟村1组", "category": "普通", "band": "一档", "std_fen": 50,
            "start_month": "2020-01", "months": 3, "amount_fen": 150, "bank_name": "信用社", "agent": "测试乙（儿子）",
            "agent_relation": "儿子", "alive_checked_on": "2026-09-01", "alive_way": "上门", "phone": "0837-0001111",
        }
    ],
    "L7": [
        PERSON | {"batch": "202609", "item": "农村低保", "amount_fen": 450, "pay_month": "2026-09", "payee": "测试甲"},
        PERSON | {"name": "测试老", "id": OLD, "item": "高龄津贴", "amount_fen": 50.25, "bank_account": account(3)},
    ],
    "L9": [
        {
            "event_no": "Z1", "disaster": "洪水", "struck_on": "2026-07-02", "village": "样例沟村", "group": "3组",
            "name": "测试甲", "id": ONE, "household_size": 4, "category": "一般户", "structure": "土木结构",
            "rooms_total": 5, "rooms_collapsed": 1, "rooms_severe": 2, "rooms_minor": 0, "only_home": "是",
            "subsidy_fen": 20000, "approved_on": "2026-08-01", "bank_tail4": "0009",
        },
        {"name": "测试乙", "id": TWO, "rooms_total": 3, "rooms_collapsed": 0, "rooms_severe": 1, "rooms_minor": 0},
    ],
    "L10": [
        {
            "name": "测试甲", "id": ONE, "phone": "0837-0001234", "category": "低保户", "household_size": 4,
            "address": "样例沟村2组", "needy_persons": 3, "grain_kg": 60, "clothes": 3, "water_fen": 20,
            "heating": "煤", "relief_fen": 300, "goods_fen": 120, "pay_form": "现金", "signed_on": "2026-12-20",
        }
    ],
}  # fmt: skip
TITLES = {"L7": "2026年10月一卡通发放清单", "L10": "2026年12月冬春救助台账", "L9": "2026年10月倒损住房台账"}


def ledger(code):
    """Our own columns filled with the rows given, as somebody else would have typed them."""
    layout = layouts()[code]
    heads = [head for head, _ in layout.columns]
    rows = [[row.get(key) for _, key in layout.columns] for row in GIVEN[code]]
    return workbook([[TITLES.get(code, "2026年10月" + layout.title)], heads, *rows], sheet="Sheet1")


def look(data, code):
    return examine(data, "表.xlsx", profile=code, on=ON)


def taken(township, code):
    report = look(ledger(code), code)
    assert report.classes["report"] == 0, [row["codes"] for row in report.as_json()["rows"]]
    return township.run(lambda work: take_over(work, report, code))


def out(township, code, **options):
    return township.run(lambda work: export(work, code, "上报县民政局", **options))


@pytest.mark.parametrize("code", list(GIVEN))
def test_what_was_taken_over_comes_out_and_goes_in_again_without_a_change(township, code):
    taken(township, code)
    before = content(township)
    data = out(township, code).data
    report = examine(data, "表.xlsx", on=ON)
    assert report.ledgers[0].profile.code == code and report.file_level == []
    assert report.classes["report"] == 0, [row["codes"] for row in report.as_json()["rows"]]
    edition = township.look(lambda work: compare(work, report))
    assert edition.nothing, edition
    assert not edition.gone and not edition.changed, edition.changed
    assert township.run(lambda work: take_over(work, report, "again")).unchanged
    assert content(township) == before


@pytest.mark.parametrize("code", list(GIVEN))
def test_every_kind_is_undone_without_a_trace(township, code):
    before = content(township)
    batch = taken(township, code)
    assert batch.cases and content(township) != before
    township.run(lambda work: ledgers.undo(work, batch.batch_id))
    assert content(township) == before


@pytest.mark.parametrize("code", list(GIVEN))
def test_a_written_ledger_has_its_exact_heads_and_print_set_up(township, code):
    taken(township, code)
    made = out(township, code)
    layout = layouts()[code]
    for sheet in openpyxl.load_workbook(BytesIO(made.data)):
        assert [one.value for one in sheet[3]] == [head for head, _ in layout.columns]
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.paperSize == (8 if layout.paper == "A3" else 9)
        assert sheet.print_title_rows == "$1:$3" and sheet.freeze_panes
        assert any(str(row[0].value).startswith("合计") for row in sheet.iter_rows(min_row=4))


@pytest.mark.parametrize("code", list(GIVEN))
def test_no_cell_is_a_formula_and_numbers_of_people_are_text(township, code):
    taken(township, code)
    keys = [key for _, key in layouts()[code].columns]
    for sheet in openpyxl.load_workbook(BytesIO(out(township, code).data)):
        for row in sheet.iter_rows(min_row=4):
            for key, cell in zip(keys, row, strict=True):
                assert cell.data_type != "f" and not str(cell.value or "").startswith(("=", "+", "@", "-", "\t"))
                field = profile(code).by_key.get(key)
                if field is not None and field.kind in ("id", "account", "cert") and cell.value is not None:
                    assert cell.data_type == "s" and cell.number_format == "@"


def test_what_was_changed_by_hand_is_what_comes_out(township):
    taken(township, "L6")
    home = township.read.households()[0].household_id
    person = township.read.household(home).members[0].person_id
    township.run(lambda work: persons.change(work, person, {"account.number": account(9), "phone": "13800001234"}))
    sheet = openpyxl.load_workbook(BytesIO(out(township, "L6").data)).worksheets[0]
    values = [cell.value for cell in sheet[4]]
    assert account(9) in values and "13800001234" in values
    report = examine(out(township, "L6").data, "表.xlsx", on=ON)
    assert township.look(lambda work: compare(work, report)).nothing


def test_people_who_came_by_hand_stand_in_the_roster_and_change_nothing_when_it_comes_back(township):
    made = township.household("测试甲", "测试乙")
    person = made.members[0]["person_id"]
    township.run(lambda work: persons.change(work, person, {"phone": "13800001234"}))
    case = township.run(lambda work: cases.add(work, made.household_id, "dibao", "2026-10-01"))

    def pay(work):
        row = cases.find(work.session, case.case_id)
        row.status, row.month_amount_fen, row.covered_persons, row.band = "paying", 40000, 2, "2"

    township.run(pay)
    report = examine(out(township, "L1").data, "表.xlsx", on=ON)
    edition = township.look(lambda work: compare(work, report))
    assert report.classes["report"] == 0 and edition.nothing, edition


def test_an_export_is_audited_with_its_reason_and_needs_one(township):
    taken(township, "L2")
    out(township, "L2")
    acts = township.look(lambda work: list(work.session.execute(select(AuditEntry.act)).scalars()))
    assert "export.ledger" in acts
    with pytest.raises(Refused, match=r"reason\.missing"):
        township.run(lambda work: export(work, "L2", " "))


@pytest.mark.parametrize(
    ("code", "month", "refused"),
    [
        ("L5", None, "ledger.not_exported"),
        ("L8", None, "ledger.not_exported"),
        ("X1", None, "ledger.not_exported"),
        ("L99", None, "LEDGER_PROFILE"),
        ("L1", None, "ledger.empty"),
        ("L1", "2026-13", "ledger.bad_month"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_words(township, code, month, refused):
    with pytest.raises(Refused) as found:
        out(township, code, month=month)
    assert found.value.code == refused


def test_names_of_people_never_stand_in_a_file_name(township):
    taken(township, "L1")
    made = out(township, "L1")
    assert made.suggested_name == "L1_低保花名册_513299102_202611.xlsx"
    needs_nameless(made.suggested_name, made.names)
    with pytest.raises(Refused, match=r"ledger\.name_in_file_name"):
        needs_nameless("低保_测试甲", made.names)


def test_a_month_asks_for_the_payments_of_that_month(township):
    taken(township, "L7")
    assert out(township, "L7").rows == 2
    assert out(township, "L7", month="2026-09").rows == 1


def test_the_same_content_is_the_same_file(township):
    taken(township, "L4")
    first, second = out(township, "L4").data, out(township, "L4").data
    assert first == second and zipfile.is_zipfile(BytesIO(first))
