"""Whether a value that arrives from elsewhere can be what its group says; one small checker a key, made once a form."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from desktop.forms.spec import FieldSpec, FormSpec, TableSpec, answer_name
from desktop.forms.values import options_of

Checker = Callable[[Any], str | None]
"""Says why a value cannot be, None when it can."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SHAPES = {
    "A": re.compile(r"\d{1,11}\.\d\d"),
    "DEC": re.compile(r"\d{1,11}(\.\d{1,6})?"),
    "D": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "M": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
    "DT": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d"),
}
_LONGEST = 20_000


def shape_of(type_: str) -> str | None:
    """The pattern that a value of a field type has to match as a whole; None for types without one."""
    shape = _SHAPES.get(type_)
    return shape.pattern if shape is not None else None


def checkers(spec: FormSpec) -> Mapping[str, Checker]:
    """Checkers by journal group: `answers.A.date`, `answers.income`; `answers.members` for any row of that table.

    Made once and kept with the form.
    """
    kept: dict[str, Checker] | None = spec.__dict__.get("_checkers")
    if kept is None:
        kept = {f"answers.{answer_name(field)}": _field(field) for field in spec.fields}
        kept |= {f"answers.{table.id}": _whole(table) if table.whole else _row(table) for table in spec.tables}
        spec.__dict__["_checkers"] = kept
    return kept


def check_arriving(spec: FormSpec, group: str, value: Any) -> str | None:
    """Why a value that arrives for `group` cannot be: an unknown key or the wrong kind; None when it can.

    A value of None (cleared) can always be. Whether it is sensible is not judged here.
    """
    known = checkers(spec)
    checker = known.get(group)
    if checker is None:
        table, _, row = group.rpartition(".")
        checker = known.get(table)
        if checker is None or not _UUID.fullmatch(row) or spec.table_by_id.get(table[8:]) is None:
            return f"没有 {group[:80]} 这一项"
    elif group[8:] in spec.table_by_id and not spec.table_by_id[group[8:]].whole:
        return f"{group[:80]} 要写明哪一行"
    return None if value is None else checker(value)


def _field(field: FieldSpec) -> Checker:
    if not field.settable:
        return lambda value: "这一项不能由人填写"
    if field.type == "B":
        return lambda value: None if value is True or value is False else "要是 true 或 false"
    if field.type == "N":
        return lambda value: None if type(value) is int and 0 <= value < 1_000_000_000 else "要是整数"
    if field.type == "CM":
        return _several(frozenset(options_of(field)))
    if field.type == "C" and (options := frozenset(options_of(field))):
        return lambda value: None if type(value) is str and value in options else "不在选项里"
    shape = _SHAPES.get(field.type)
    if shape is not None:
        match = shape.fullmatch
        return lambda value: None if type(value) is str and match(value) else "写法不对"
    return lambda value: None if type(value) is str and 0 < len(value) <= _LONGEST else "要是文字"


def _several(options: frozenset[str]) -> Checker:
    def check(value: Any) -> str | None:
        if type(value) is not list or not value or not all(type(one) is str for one in value):
            return "要是选项的列表"
        return None if not options or options.issuperset(value) else "不在选项里"

    return check


def _columns(table: TableSpec) -> Callable[[Mapping[str, Any]], str | None]:
    known = {column.key: _field(column) for column in table.columns}

    def check(row: Mapping[str, Any]) -> str | None:
        for key, value in row.items():
            if key == "row":
                continue
            checker = known.get(key)
            reason = f"没有 {str(key)[:40]} 这一列" if checker is None else value is not None and checker(value)
            if reason:
                return f"{key}：{reason}"[:200]
        return None

    return check


def _row(table: TableSpec) -> Checker:
    columns = _columns(table)
    return lambda value: columns(value) if type(value) is dict else "要是一行"


def _whole(table: TableSpec) -> Checker:
    columns = _columns(table)

    def check(value: Any) -> str | None:
        if type(value) is not list:
            return "要是各行的列表"
        seen: set[str] = set()
        for row in value:
            if type(row) is not dict or type(row.get("row")) is not str or not _UUID.fullmatch(row["row"]):
                return "每一行要有行号"
            if row["row"] in seen:
                return "有两行是同一个行号"
            seen.add(row["row"])
            if reason := columns(row):
                return reason
        return None

    return check
