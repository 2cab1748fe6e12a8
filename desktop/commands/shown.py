"""Answers on standard output: one JSON object, or the same in short Chinese lines."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

_WORDS = {
    "household_id": "家庭编号",
    "person_id": "人员编号",
    "case_id": "案件编号",
    "case_no": "案号",
    "visit_id": "访视编号",
    "status": "状态",
    "members": "成员",
    "warnings": "提示",
    "missing": "还缺",
    "households": "家庭",
    "users": "用户",
    "settings": "设置",
    "store": "资料位置",
    "township": "乡镇",
    "township_name": "乡镇名称",
    "device": "本机编号",
    "recovery_code": "恢复码（只显示这一次，请抄下来锁好）",
    "document_no": "文书编号",
    "pages": "页数",
    "path": "文件",
    "sha256": "校验",
    "ok": "完好",
    "findings": "发现",
    "counts": "数量",
    "unsent": "未送项数",
    "oldest_unsent": "最早未送",
    "last_receipt": "最近回执",
    "state_hash": "内容摘要",
    "store_version": "资料版本",
    "sent": "送出",
    "received": "收到",
    "conflicts": "分歧",
    "files": "文件",
    "receipt": "回执",
    "fingerprint": "县密钥指纹",
    "name": "姓名",
    "village": "村",
    "group": "组",
    "head": "户主",
    "batch_id": "批次",
    "address": "住址",
    "hukou": "户口性质",
    "remark": "备注",
    "id_type": "证件类型",
    "id_number": "证件号码",
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "health": "健康状况",
    "labor": "劳动能力",
    "job": "从业状况",
    "study": "就学阶段",
    "alt_name": "曾用名",
    "no_id_reason": "无证件原因",
    "certificate.kind": "残疾类别",
    "certificate.grade": "残疾等级",
    "certificate.number": "残疾人证号",
    "certificate.valid_until": "有效期止",
    "account.payee": "户名",
    "account.bank": "开户行",
    "account.number": "账号",
    "programme_code": "业务",
    "accepted_on": "受理日期",
    "events": "经过",
    "visits": "访视",
    "documents": "文书",
    "form_code": "表单",
    "form_name": "表名",
    "visited_on": "访视日期",
    "answers": "回答",
    "computed": "自动计算",
    "photos": "照片",
    "signatures": "签署",
    "subject": "对象",
    "user": "用户",
    "enrolled": "已登记",
    "member_count": "人口",
    "phone": "电话",
    "relation": "关系",
    "label": "项目",
    "text": "说明",
    "training": "演练",
    "cases": "案件",
    "roles": "角色",
    "document_id": "文书记录",
    "form_version": "表单版本",
    "draft": "草稿",
    "investigator_a": "调查人一",
    "investigator_b": "调查人二",
    "completed_on": "完成日期",
    "edition": "版次",
    "issued_on": "印制日期",
    "issued_by": "印制人",
    "slot": "槽位",
    "role": "角色",
    "signed_on": "签署日期",
    "left_on": "离开日期",
    "pack_version": "县配置版本",
    "cause": "原因",
    "checked_on": "核对日期",
    "start_month": "起始月份",
    "month_amount": "月金额（元）",
    "covered_persons": "保障人数",
    "band": "档次",
    "supplement": "补差",
    "bytes_up": "上行字节",
    "bytes_down": "下行字节",
    "current": "正在用",
    "by_hand": "打印后手写",
    "void": "已作废",
    "spoiled_papers": "一起作废的文书",
    "moves": "能走的下一步",
    "allowed": "可以办",
    "reasons": "还缺",
    "yours": "您可以办",
    "deadlines": "在走的期限",
    "assessment": "最近一次测算",
    "outcome": "结论",
    "amount_month": "每月金额（元）",
    "assessed_on": "测算日期",
    "evidence": "材料",
    "known": "系统掌握",
    "note": "说明",
    "before": "从",
    "on": "日期",
    "due": "到期",
    "start_on": "起算",
    "rule_id": "依据",
    "effective_from": "起施行",
    "recorded_by": "记录人",
}


_QUIET = ("versions", "revealed", "position", "blocking", "text_hash")
_UNSAID = ("versions", "section")
"""Of a row in one line; what is not so is not said either."""


class Answer(msgspec.Struct, frozen=True):
    """What a verb answers: `data` is the JSON object, `lines` replace it for people when given."""

    data: dict[str, Any]
    lines: tuple[str, ...] = ()


def as_text(answer: Answer) -> str:
    """The answer for a person at a terminal."""
    return "\n".join(answer.lines) if answer.lines else "\n".join(_lines(answer.data, ""))


def _lines(value: Any, indent: str) -> list[str]:
    if isinstance(value, Mapping):
        found: list[str] = []
        for key, part in value.items():
            if key in _QUIET or part in (None, [], {}, ()):
                continue
            head = f"{indent}{_WORDS.get(str(key), key)}："
            found += [head, *_lines(part, indent + "  ")] if _deep(part) else [head + _short(part)]
        return found
    if isinstance(value, Sequence) and not isinstance(value, str):
        found = []
        for part in value:
            if isinstance(part, Mapping) and not any(_deep(p) for p in part.values()):
                found.append(f"{indent}- {_in_one_line(part)}")
            else:
                found += [f"{indent}-", *_lines(part, indent + "  ")] if _deep(part) else [f"{indent}- {_short(part)}"]
        return found
    return [indent + _short(value)]


def _in_one_line(part: Mapping[str, Any]) -> str:
    told = {key: value for key, value in part.items() if value not in (None, "", False) and key not in _UNSAID}
    return "  ".join(_WORDS.get(key, key) if value is True else _short(value) for key, value in told.items())


def _deep(value: Any) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list | tuple) and any(not isinstance(p, str | int) for p in value)
    )


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "、".join(str(part) for part in value)
    return str(value)
