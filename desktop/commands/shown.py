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
}


_QUIET = ("versions", "revealed", "position", "blocking")


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
                line = "  ".join(_short(p) for k, p in part.items() if p not in (None, "") and k != "versions")
                found.append(f"{indent}- {line}")
            else:
                found += [f"{indent}-", *_lines(part, indent + "  ")] if _deep(part) else [f"{indent}- {_short(part)}"]
        return found
    return [indent + _short(value)]


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
