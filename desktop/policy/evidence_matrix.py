"""Table of evidence by programme (16, TK-030): who brings it, who makes it, what is forbidden, what may stand in."""

from typing import Literal, cast

import msgspec

from desktop.policy.codes import ProgrammeCode

Mark = Literal["R", "V", "C", "T", "K", "O", "S", "L", "X"]
"""R the applicant brings it, V departments are asked, C under a condition, T the township makes it, K another body
makes it, O may be made, S may be simplified, L the county settles it, X must not be made or kept."""

EvidenceStatus = Literal["provided", "verified_online", "waived_by_commitment", "supplement_later", "not_applicable"]

FETCHED: tuple[str, ...] = ("EV-02", "EV-13", "EV-14")
"""What departments are asked for in every programme and never the applicant (EV-R1, DB-006)."""

COMMITTABLE: tuple[str, ...] = ("EV-12", "EV-16")
"""What a promise in writing may stand in for: hard to get, and checked afterwards (EV-R2)."""


class Need(msgspec.Struct, frozen=True):
    """What a programme needs of one kind of evidence; `marks` is empty where it needs none."""

    marks: tuple[Mark, ...] = ()
    note: str = ""


COLUMNS: tuple[tuple[ProgrammeCode, ...], ...] = (
    ("dibao", "dibao_single"),
    ("tekun",),
    ("edge_family", "rigid_expense_family"),
    ("temp_emergency", "temp_nonlocal"),
    ("temp_expense",),
    ("disability_living", "disability_nursing"),
    ("orphan", "de_facto_orphan"),
    ("disaster_relief",),
    ("home_teaching",),
)

NAMES: dict[str, str] = {
    "EV-01": "身份证件",
    "EV-02": "户口信息",
    "EV-03": "申请表（书面、网上、口述笔录）",
    "EV-04": "承诺书",
    "EV-05": "核对授权",
    "EV-06": "个人信息处理告知与同意",
    "EV-07": "委托书、监护证明",
    "EV-08": "残疾人证",
    "EV-09": "诊断、病历摘要",
    "EV-10": "医疗票据、结算单",
    "EV-11": "就学证明、收费凭据",
    "EV-12": "工资、经营、流转、赡养等收入佐证",
    "EV-13": "税、社保、不动产、车辆、存款等核验信息",
    "EV-14": "婚姻、死亡、服刑、戒毒、失踪信息",
    "EV-15": "法定义务人情况声明",
    "EV-16": "事故认定、火灾证明、报警回执",
    "EV-17": "房屋安全鉴定、损坏核查表",
    "EV-18": "入户、现场核实记录",
    "EV-19": "信息核对报告",
    "EV-20": "民主评议记录",
    "EV-21": "公示及反馈",
    "EV-22": "自理能力评估",
    "EV-23": "银行账户",
    "EV-24": "送达回证",
    "EV-25": "听取意见记录",
    "EV-26": "服务、照料、送教协议与同意书",
}

_ROWS: dict[str, str] = {
    "EV-01": "RV|R|RV|C 可后补|RV|R|R|R|R",
    "EV-02": "V|V|V|X 不作前提|V|V|V|V|V",
    "EV-03": "R|R|R|C 可后补|R|R|R|R 或小组提名|R",
    "EV-04": "R|R|R|C|R|||R|",
    "EV-05": "R|R 含义务人|R||R||C||",
    "EV-06": "R|R|R|C|R|R|R|R|R",
    "EV-07": "C|C|C|C|C|C|R|C|R",
    "EV-08": "VC|C 残疾路径必需|C||C|R 核验有效期、等级|C 父母或本人||R",
    "EV-09": "C||C|C|C||C 父母重病||C 评估用",
    "EV-10": "C||C 刚性支出必需|C|R 医疗类||||",
    "EV-11": "C|C 18 周岁以上续养必需|C 刚性支出||R 教育类||C||V 学籍",
    "EV-12": "C|C|C||C||||",
    "EV-13": "V|V|V||V||V|V 住房|",
    "EV-14": "V|V|V||V|V|VC 判决书、查询函||",
    "EV-15": "|R|||||||",
    "EV-16": "|||C 可后补|C||||",
    "EV-17": "|||||||TK 必须|",
    "EV-18": "T|T|T|T 可事后|T|O 复核用|C 有异议时|T|T 家访评估",
    "EV-19": "K|K|K|S|K|K 比对|K 比对||",
    "EV-20": "O|O|O|S|O||X|T 必须|X",
    "EV-21": "T|T|L|S|T|L|X|T|X",
    "EV-22": "|K 必须|||||||K 专家委员会",
    "EV-23": "R|R||C 可现金、实物|R|R|R|R|",
    "EV-24": "T|T|T|T|T|T|T|T|T",
    "EV-25": "T|T|T|||C|T 注意隐私||",
    "EV-26": "|R 分散供养|||||C 委托抚养||R 两份",
}


_APPENDED: dict[ProgrammeCode, dict[str, str]] = {
    "medical_aid": {
        "EV-01": "R",
        "EV-10": "R 直接结算的不收",
        "EV-23": "R",
        "EV-05": "C 因病致贫",
        "EV-13": "V",
        "EV-18": "C 因病致贫",
        "EV-21": "C 因病致贫",
    },
    "housing_aid": {
        "EV-03": "R",
        "EV-13": "VK 家庭经济状况、住房状况",
        "EV-17": "TK 农村必须",
        "EV-20": "T 农村必须",
        "EV-21": "T",
    },
    "elder_allowance": {"EV-01": "V 身份与年龄", "EV-23": "R"},
}
"""The programmes below the matrix; they need nothing that is not listed, no papers of income above all."""


def _need(cell: str) -> Need:
    marks, _, note = cell.partition(" ")
    return Need(tuple(cast("Mark", mark) for mark in marks), note)


MATRIX: dict[tuple[str, ProgrammeCode], Need] = {
    (code, programme): _need(cell)
    for code, row in _ROWS.items()
    for programmes, cell in zip(COLUMNS, row.split("|"), strict=True)
    for programme in programmes
} | {(code, programme): _need(cells.get(code, "")) for programme, cells in _APPENDED.items() for code in NAMES}


def need(code: str, programme: ProgrammeCode) -> Need | None:
    """What the programme needs of this evidence; None where the matrix has no column for it."""
    return MATRIX.get((code, programme))


def status_allowed(status: EvidenceStatus, code: str, programme: ProgrammeCode, no_id: bool = False) -> bool:
    """Whether evidence may stand so: a promise only for EV-R2's codes, "later" only in an emergency (EV-R3)."""
    if status == "waived_by_commitment":
        return code in COMMITTABLE
    if status == "supplement_later":
        return programme == "temp_emergency" or no_id
    return True
