"""Settings of the township and the laptop: known names only, each with its kind of value; JSON by name in the store."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.refused import BadValue
from db.tables.exchange import Setting
from desktop.casework.work import Work, day_of, one_line, shorten
from desktop.policy import identity

_SAFE = "设置没有改动。"


class Known(msgspec.Struct, frozen=True):
    """One setting: its words, what it is without a value, and how a given value is read."""

    label: str
    default: Any
    read: Callable[[str, Any], Any]


def current(session: Session) -> dict[str, Any]:
    """Every known setting by name, with its default where nothing is set."""
    held = dict(session.execute(select(Setting.name, Setting.value)).all())
    return {name: json.loads(held[name]) if name in held else known.default for name, known in KNOWN.items()}


def listed(work: Work) -> dict[str, Any]:
    """The settings for showing."""
    return current(work.session)


def change(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """Set settings; raises `BadValue` for an unknown name or a value that cannot be; an empty text clears."""
    work.allow("settings")
    if not values:
        raise BadValue(
            "settings.nothing_given",
            "没有给出要改的设置。",
            _SAFE,
            "请写成 名称=值，例如 township_phone=0837-7230001。",
        )
    parsed: dict[str, Any] = {}
    for name, value in values.items():
        if name not in KNOWN:
            raise BadValue(
                "settings.unknown",
                f"没有“{shorten(name)}”这项设置。",
                _SAFE,
                "可以设置：" + "、".join(KNOWN) + "。",
            )
        parsed[name] = None if value in ("", None) else KNOWN[name].read(name, value)
    for name, value in parsed.items():
        row = work.session.get(Setting, name)
        if value is None and row is not None:
            work.session.delete(row)
        elif value is not None:
            work.session.merge(Setting(name=name, value=json.dumps(value, ensure_ascii=False)))
    work.session.flush()
    work.record("settings.change", "", {"names": sorted(parsed)})
    return current(work.session)


def _bad(name: str, want: str) -> BadValue:
    return BadValue(
        "settings.bad_value",
        f"“{KNOWN[name].label}”（{name}）{want}。",
        _SAFE,
        "请改正再做一次。",
    )


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise _bad(name, "要写成 200 字以内的文字")
    text = one_line(value)
    if value and not text:
        raise _bad(name, "不能只有看不见的字符；要清空就什么都不写")
    return text


def _phone(name: str, value: Any) -> str:
    text = _text(name, value)
    if identity.check_phone(text).code and text not in ("12345", "12333", "110", "120"):
        raise _bad(name, f"不像电话号码：{shorten(text)}（固定电话写成 0837-7230001）")
    return text


def _months(name: str, value: Any) -> int:
    try:
        number = int(str(value))
    except ValueError:
        number = 0
    if not 1 <= number <= 60:
        raise _bad(name, "要写 1 到 60 的月数")
    return number


def _printers(name: str, value: Any) -> Any:
    given = [part for part in value.split("|") if part.strip()] if isinstance(value, str) else value
    if not isinstance(given, list) or not all(isinstance(part, str) and len(part) <= 100 for part in given):
        raise _bad(name, "要写打印机名称，几台用 | 隔开")
    found = [one_line(part) for part in given]
    if not all(found):
        raise _bad(name, "里有一台没有名称")
    return found


def _calendar(name: str, value: Any) -> dict[str, Any]:
    """`{"from", "to", "days_off": [[from, to], …]}`; `weekends` true when lessons are also given then."""
    if not isinstance(value, Mapping):
        raise _bad(name, "要用 @文件 给出校历的 JSON 对象")
    terms = value.get("terms")
    if terms is None and "from" in value:
        terms = [value]
    if not isinstance(terms, list) or not terms:
        raise _bad(name, "要有学期 terms，每个学期写 from、to 和放假日 days_off")
    return {"terms": [_term(name, term) for term in terms]}


def _term(name: str, term: Any) -> dict[str, Any]:
    if not isinstance(term, Mapping):
        raise _bad(name, "的学期要写成 JSON 对象")
    start, end = (
        day_of(term.get("from"), "学期开始", "settings.bad_date"),
        day_of(term.get("to"), "学期结束", "settings.bad_date"),
    )
    if end < start:
        raise _bad(name, "的学期结束早于开始")
    off = term.get("days_off", [])
    if not isinstance(off, list):
        raise _bad(name, "的放假日 days_off 要写成列表")
    return {"from": start, "to": end, "days_off": [_off(name, part) for part in off]}


def _off(name: str, part: Any) -> list[str]:
    ends = [part, part] if isinstance(part, str) else part
    if not isinstance(ends, list) or len(ends) != 2:
        raise _bad(name, "的放假日要写成日期，或 [起, 止]")
    first, last = (day_of(end, "放假日", "settings.bad_date") for end in ends)
    if last < first:
        raise _bad(name, "有一段放假日的止早于起")
    return [first, last]


KNOWN: dict[str, Known] = {
    "township_phone": Known("乡镇电话", None, _phone),
    "edu_tel": Known("县教育局电话", None, _phone),
    "unit_name": Known("填报单位全称", None, _text),
    "reeval_months": Known("送教复评月数", 12, _months),
    "school_calendar": Known("校历", None, _calendar),
    "printers": Known("打印机", [], _printers),
    "backup_folder": Known("备份文件夹", None, _text),
}
"""The settings that there are."""
