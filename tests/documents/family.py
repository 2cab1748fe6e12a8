"""An ordinary family of seven as F-08 records it, and a child taught at home, for the papers' tests."""

import io
from datetime import date
from typing import Any

import pypdf

from desktop.documents import Made, render_form
from desktop.forms import FieldSpec, load_form, options_of
from desktop.policy.identity import check_digit

F08 = load_form("F-08")


def paper(code: str, answers: Any = None, computed: Any = None, **options: Any) -> Made:
    """A paper of a form with fixed surroundings."""
    number = options.pop("number", "513224-102-SJ-2026-10001-F22B-1")
    return render_form(
        load_form(code),
        answers or {},
        computed or {},
        number=number,
        revision=1,
        unit="某乡人民政府",
        printed_by="甲",
        printed_on=date(2026, 11, 5),
        **options,
    )


def text_of(made: Made) -> str:
    """What a reader copies out of the paper."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)


def number_of(order: int) -> str:
    """An identity number that can be nobody's."""
    first = f"51329919800305{order:03d}"
    return first + check_digit(first)


def option(table: str, column: str, at: int) -> str:
    """An option of a column."""
    return list(options_of(F08.table_by_id[table].by_key[column]))[at]


def answer(field: FieldSpec) -> Any:
    """Some answer to a question."""
    options = list(options_of(field))
    if options:
        return options[:2] if field.type == "CM" else options[1 % len(options)]
    known = {"B": True, "N": 12, "DEC": "12.5", "A": "86.00", "D": "2026-11-05", "DT": "2026-11-05T10:30"}
    return known.get(field.type, "村口小桥旁")


NAMES = ("泽仁卓玛", "扎西东周", "尼玛", "仁青措", "拉姆", "格桑多吉", "阿布")
FAMILY: dict[str, Any] = {
    field.key: answer(field)
    for field in F08.fields
    if field.settable and not field.by_hand and field.key not in ("absent_reason", "revisit_on", "zero_note")
}
FAMILY |= {
    "problems": "户主去年三月起患类风湿，不能下地，丈夫肢体二级残疾，家中只有一名劳动力在外务工。" * 3,
    "conclusion": "家庭人均收入低于低保标准，财产不超限额，建议纳入低保，保障人数六人。",
    "members": [
        {
            "row": f"m{at}",
            "name": name,
            "relation": ("02", "10", "20", "30", "41", "51", "42")[at],
            "id_no": number_of(at + 1),
            "ethnicity": "04",
            "health": str(at % 6 + 1),
            "labor": str(at % 4 + 1),
            "job": str(at + 1),
            "income_m": "2350.00",
            "co_living": True,
            "covered": at != 3,
            "same": at != 4,
        }
        for at, name in enumerate(NAMES)
    ],
    "obligors": [
        {
            "row": f"o{at}",
            "name": name,
            "relation": "70",
            "age": 40 + at,
            "id_no": number_of(at + 20),
            "addr": "松潘县川主寺镇牧场村",
            "hh_size": 4,
            "health": "1",
            "job": "务农",
            "income_m": "1800.00",
            "support_m": "200.00",
            "capable": option("obligors", "capable", 0),
            "support_real": option("obligors", "support_real", 2),
        }
        for at, name in enumerate(("索朗", "旦增", "白玛", "卓嘎"))
    ],
    "income": [
        {
            "row": f"i{at}",
            "kind": f"{at:02d}",
            "qty": "三亩",
            "price": "2.40",
            "gross": "10200.00",
            "cost": "300.00",
            "who": "扎西东周",
            "proof": option("income", "proof", at % 5),
        }
        for at in range(1, 13)
    ],
    "assets": [
        {"row": f"a{at}", "kind": kind, "desc": "石木二层", "value": "20000.00", "owner": "泽仁卓玛"}
        for at, kind in enumerate(("8", "7", "1", "2", "4", "5", "12", "9", "10", "15"))
    ],
    "expenses": [
        {"row": f"e{at}", "kind": "2", "who": "扎西东周", "why": "在县医院住院", "total": "12000.00", "bills": 3}
        for at in range(6)
    ],
    "differences": [
        {"row": f"d{at}", "item": "牲畜", "declared": "牦牛 5 头", "found": "牦牛 12 头，4 头代养", "note": "有证明"}
        for at in range(4)
    ],
}
FAMILY["members"][4] |= {"study": "2", "school": "中心小学三年级", "correction": "更正为拉毛"}
FAMILY["income"][6] |= {"work_place": "成都市郫都区", "months": "7.5"}
FAMILY["assets"][4] |= {"plate": "川U12345", "year": 2018, "use": "接送孩子", "exempt": True, "exempt_why": "代步"}

FAMILY_COMPUTED: dict[str, Any] = {
    "case_no": "513299-102-DB-2026-10001",
    "region": "青云镇上磨村2组",
    "inc_total": "56000.00",
    "emp_cost": "3000.00",
    "inc_year": "56000.00",
    "inc_pc_m": "666.67",
    "exp_self": "30000.00",
    "members": [{"row": f"m{at}", "sex": "12"[at % 2], "age": 46 - 5 * at} for at in range(7)],
    "income": [{"row": f"i{at}", "net": "9900.00"} for at in range(1, 13)],
    "expenses": [{"row": f"e{at}", "self": "5000.00"} for at in range(6)],
}

AGREEMENT: dict[str, Any] = {
    "school": "松潘县川主寺镇中心小学校",
    "principal": "泽让",
    "school_tel": "0837-7230000",
    "guardian": "泽仁卓玛",
    "guardian_id": number_of(1),
    "grel": "52",
    "guardian_tel": "13800001234",
    "child": "仁青措",
    "student_no": "G513299201701010018",
    "addr": "青云镇上磨村2组5号",
    "from": "2026-09-01",
    "to": "2027-01-15",
    "mode": "上门",
    "place": "学生家中",
    "cycle": "每周",
    "times": 1,
    "periods": 2,
    "first": "2026-09-07",
    "t1": "李芳",
    "t2": "王秀兰",
    "makeup": 15,
    "lang": "藏语",
    "interp_name": "旦增",
}
AGREEMENT_COMPUTED: dict[str, Any] = {
    "agree_no": "513299-102-SJ-2026-10001-F22B-1",
    "sex": "2",
    "birth": "2017-01-01",
    "dis_kind": "7",
    "dis_grade": "1",
    "cert": "51329920170101001871",
    "township": "青云镇",
    "village": "上磨村",
    "total": "38",
    "total_mark": "（预计）",
}
CONSENT: dict[str, Any] = {
    "child": "仁青措",
    "guardian": "泽仁卓玛",
    "guardian_id": number_of(1),
    "k1": True,
    "k2": True,
    "c1": "同意",
    "c1_mode": ["上门"],
    "c1_note": "先试一学期",
    "c4": "同意",
    "c4_depts": ["县残联", "县医保局"],
    "c6": "不同意",
    "child_view": "愿意老师来",
}
