"""One small ledger of every kind that is written, as somebody else would have typed it into our columns."""

from typing import Any

from desktop.exchange.outgoing.pages import layouts
from tests.exchange.rosters import account, number, workbook

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
    "L5": [
        {"date": "2026-01-04", "summary": "上年结转", "balance_fen": 800.5},
        {"date": "2026-02-03", "summary": "县拨", "income_fen": 10000, "balance_fen": 10800.5, "voucher_no": "0001"},
        {
            "date": "2026-03-06", "summary": "急难救助", "case_no": "A1", "payee": "测试甲", "village": "样例沟村2组",
            "cause": "突发疾病", "expense_fen": 2000, "balance_fen": 8800.5, "voucher_no": "0002",
            "handler": "拟经手", "witness": "拟证明", "approver": "拟审批", "remark": "=1+1",
        },
        {"date": "2026-03-06", "summary": "路费", "payee": "测试乙", "expense_fen": 100, "balance_fen": 8700.5},
        {"date": "2026-03-06", "summary": "路费", "payee": "测试乙", "expense_fen": 100, "balance_fen": 8600.5},
        {"date": "2026-03-02", "summary": "迟记的一笔", "payee": "测试丙", "expense_fen": 600.5, "balance_fen": 8000},
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
    "L8": [
        {
            "name": "测试童", "sex": "男", "id": CHILD, "category": "事实无人抚养儿童", "school": "样例小学五年级",
            "parents": "父重残母失联", "guardian": "拟监护", "guardian_relation": "祖母", "phone": "0837-0002222",
            "std_fen": 1200, "topup_fen": 300, "month_total_fen": 300, "bank_account": account(4),
            "visit_every": "每月", "visited_on": "2026-10-01", "remark": "=1+1",
        }
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


def ledger(code: str) -> bytes:
    """Our own columns filled with the rows given."""
    layout = layouts()[code]
    heads = [head for head, _ in layout.columns]
    rows = [[row.get(key) for _, key in layout.columns] for row in GIVEN[code]]
    return workbook([[TITLES.get(code, "2026年10月" + layout.title)], heads, *rows], sheet="Sheet1")
