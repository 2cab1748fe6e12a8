"""The county's answers for a person at a terminal, in short Chinese lines."""

from collections.abc import Mapping
from typing import Any

_WORDS = {
    "county": "县",
    "name": "名称",
    "training": "演练",
    "fingerprint": "县密钥指纹（电话里核对用）",
    "device": "电脑编号",
    "township": "乡镇",
    "certificate": "证书文件",
    "accepted": "收下的包",
    "refused": "没有收的文件",
    "files": "文件",
    "epoch": "纪元",
    "devices": "登记过的电脑",
    "digit": "号段",
    "revoked": "已停用",
    "operations": "操作数",
    "quarantine": "隔离",
    "conflicts": "分歧",
    "state_hash": "内容摘要",
    "file": "文件",
    "code": "原因代号",
    "served": "服务已停",
    "pack_version": "参数包版本",
    "path": "写在",
    "warnings": "要再看一眼的",
    "missing": "还没有定的参数",
}


def as_text(answer: Mapping[str, Any]) -> str:
    """One line a value; lists of records one line a record."""
    return "\n".join(line for key, value in answer.items() for line in _lines(_WORDS.get(key, key), value))


def _lines(head: str, value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [f"{head}：", *(f"  {_WORDS.get(key, key)}：{_short(part)}" for key, part in value.items())]
    if isinstance(value, list):
        return [f"{head}：{'' if value else '没有'}", *(f"  - {_in_one_line(part)}" for part in value)]
    return [f"{head}：{_short(value)}"]


def _in_one_line(part: Any) -> str:
    if not isinstance(part, Mapping):
        return _short(part)
    return "  ".join(f"{_WORDS.get(key, key)} {_short(value)}" for key, value in part.items())


def _short(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)
