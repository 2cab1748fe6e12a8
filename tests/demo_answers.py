"""What the people of the demo say and show: synthetic answers to the three forms, enough for official papers."""

from typing import Any

SCHOOL_TERM = ("2026-09-01", "2027-01-15")


def home_visit(head: str, child: str, people: dict[str, str]) -> dict[str, Any]:
    """F-08 for a mother, a disabled child and a grandmother; `head` and `child` are person ids, `people` all names."""
    grandmother = next(ident for ident in people if ident not in (head, child))
    return {
        "aid": ["最低生活保障", "残疾人两项补贴"], "t1": "2026-11-05T10:10", "t2": "2026-11-05T11:40",
        "method": ["1", "2"], "place": "上磨坝", "km": "18.5", "minutes": 55, "road": "砂石路",
        "o1": "青云镇人民政府", "o2": "青云镇人民政府", "escort": "测试村主任", "lang": ["四川话", "藏语"],
        "at_home": True, "present": "测试甲（户主）、测试丙（母亲）",
        "members": [
            {"row": head, "health": "3", "labor": "2", "job": "1", "co_living": True, "covered": True, "same": True},
            {"row": child, "health": "5", "dis_kind": "4", "dis_grade": "1", "labor": "4", "job": "12",
             "co_living": True, "covered": True, "same": True},
            {"row": grandmother, "health": "2", "labor": "4", "job": "12", "co_living": True, "covered": True,
             "same": False, "correction": "民族应为藏族"},
        ],
        "obligors": [{"name": "测试丁", "relation": "70", "age": 52, "addr": "上磨村3组", "hh_size": 4,
                      "support_m": "100.00", "support_real": "部分"}],
        "income": [
            {"kind": "03", "qty": "牦牛 2 头", "price": "5600", "gross": "11200", "cost": "1800", "who": head,
             "proof": "票据"},
            {"kind": "05", "qty": "虫草 160 根", "year_kind": "差年", "price": "18", "gross": "2880", "cost": "600",
             "who": head, "proof": "问到"},
            {"kind": "11", "qty": "草原补奖", "transfer_kind": "退耕草奖等补贴", "gross": "960", "cost": "0",
             "who": head, "proof": "部门核验"},
        ],
        "assets": [
            {"kind": "8", "desc": "石木老房", "qty": "86", "owner": head},
            {"kind": "11", "desc": "承包地", "qty": "3.2", "land_use": "自种"},
            {"kind": "4", "desc": "两轮", "plate": "川U测001", "vehicle_kind": "摩托车", "year": 2019,
             "use": "赶场、就医", "value": "1500"},
        ],
        "livestock": True, "yak_n": 9, "sheep_n": 6,
        "expenses": [{"kind": "4", "who": child, "why": "康复训练、辅具",
                      "total": "6400", "reimb": "2500", "bills": 7}],
        "h_src": "1", "h_year": 1998, "h_struct": "4", "h_area": "86", "h_rooms": 4, "h_grade": "未鉴定",
        "h_leak": True, "water": "2", "power": True, "power_fee": "38", "heat": "3", "net": "信号弱",
        "food_days": 40, "diet": "每周1—2次", "clothes": True, "med_seen": True, "people_state": "一般",
        "aid_fit": "有不适用", "hygiene": "一般", "luxury": False, "needs": ["医", "照料"], "refer_ok": True,
        "refer_to": ["残联"], "causes": ["2", "4"],
        "problems": "孩子肢体一级残疾，需专人护理，母亲无法外出务工；老人体弱。",
        "advice": "建议纳入", "advice_aid": "dibao", "advice_n": 3, "advice_band": "二档",
        "conclusion": "家庭情况与申报基本一致，主要收入为养殖和虫草，收入不稳定，建议纳入低保。",
        "differences": [{"item": "虫草收入", "declared": "2000 元", "found": "2880 元", "note": "按本人记账"}],
        "read_ok": True, "sign_mode": "亲笔",
    }  # fmt: skip


def agreement(head_number: str) -> dict[str, Any]:
    """F-22B of the child's school; what is signed by hand stays empty."""
    return {
        "school": "青云镇中心学校", "principal": "测试校长", "school_tel": "0837-0001234", "guardian": "测试甲",
        "guardian_id": head_number, "grel": "52", "guardian_tel": "13800000001", "child": "测试乙",
        "student_no": "G513299201509010022", "addr": "上磨村2组5号", "from": SCHOOL_TERM[0], "to": SCHOOL_TERM[1],
        "mode": "上门", "place": "家中堂屋", "cycle": "每周", "times": 1, "periods": 2, "first": "2026-09-03",
        "t1": "测试老师一", "t2": "测试老师二", "makeup": 14, "carer": "测试丙", "lang": "四川话", "told": True,
    }  # fmt: skip


def consent(head_number: str) -> dict[str, Any]:
    """F-22C; statements and choices are the guardian's own, on the paper."""
    return {
        "child": "测试乙", "guardian": "测试甲", "guardian_id": head_number, "lang": "四川话", "emg": "测试丁",
        "emg_tel": "13800000002",
    }  # fmt: skip
