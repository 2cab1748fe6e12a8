"""JSON into frozen structs by their annotations; what is wrong is sorted by the contract's error codes."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec.structs import fields

from desktop.policy.marks import AtLeast, NullAllowed, Number, Range, Shape
from desktop.policy.periods import Month

Path = tuple[Any, ...]
"""Where a value stands, innermost last: (outer path, key or position)."""

Reader = Callable[[Any, "Faults", Path], Any]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_NOT_AN_OBJECT = "应是一组键和值"


class Faults:
    """What was found wrong, the first of each code; the codes have an order in which one goes before another."""

    ORDER = ("bad_question", "bad_date", "bad_amount", "bad_value")

    def __init__(self) -> None:
        self._found: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def note(self, code: str, path: Path, words: str) -> None:
        """Keep a fault; `words` never repeat the value, it may be somebody's number."""
        if code not in self._found:
            self._found[code] = f"{_place(path)}：{words}" if path else words

    def has(self, code: str) -> bool:
        """Whether a fault of this code was found."""
        return code in self._found

    def first(self) -> tuple[str, str]:
        """Code and words of the fault that goes before the others."""
        code = next(code for code in self.ORDER if code in self._found)
        return code, self._found[code]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A JSON object of a question: unknown keys are refused and null is no value."""

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """Keys that must be there because of other keys."""
        return ()


class LenientPart(Part, frozen=True, kw_only=True):
    """A JSON object of the county pack: null is the same as an absent key, keys of later editions are passed by."""


@cache
def reader_of(kind: Any) -> Reader:
    """The reader for an annotation; made once a type."""
    origin = get_origin(kind)
    if origin is Annotated:
        base, *marks = get_args(kind)
        return _marked(base, tuple(marks))
    if origin in (Union, UnionType):
        return _one_of(tuple(option for option in get_args(kind) if option is not NoneType))
    if origin is Literal:
        return _literal(get_args(kind))
    if origin is tuple:
        return _list(get_args(kind)[0])
    if origin is dict:
        return _table(get_args(kind)[1])
    if kind in _SCALARS:
        return _SCALARS[kind]
    if isinstance(kind, type) and issubclass(kind, Part):
        return _struct(kind)
    raise TypeError(f"no reader for {kind!r}")


def _plain(kind: type, words: str) -> Reader:
    """Exactly this JSON type; a boolean is no number."""

    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) is not kind:
            faults.note("bad_question", path, words)
        return value

    return take


def _anything(value: Any, faults: Faults, path: Path) -> Any:
    return value


def _date(value: Any, faults: Faults, path: Path) -> date | None:
    if type(value) is not str:
        faults.note("bad_question", path, "应是文字写的日期")
    elif _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults.note("bad_date", path, "日历上没有这一天")
    else:
        faults.note("bad_date", path, "日期应写成 2026-03-05 的样子")
    return None


def _moment(value: Any, faults: Faults, path: Path) -> datetime | None:
    if type(value) is not str:
        faults.note("bad_question", path, "应是文字写的日期和时间")
    elif _MOMENT.fullmatch(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            faults.note("bad_date", path, "日历上没有这个时刻")
    else:
        faults.note("bad_date", path, "时刻应写成 2026-03-05T08:30 的样子")
    return None


def _month(value: Any, faults: Faults, path: Path) -> Month | None:
    if type(value) is not str:
        faults.note("bad_question", path, "应是文字写的年月")
        return None
    match = _MONTH.fullmatch(value)
    if match is None or match[1] == "0000":
        faults.note("bad_date", path, "年月应写成 2026-03 的样子")
        return None
    return Month(int(match[1]), int(match[2]))


_SCALARS: dict[Any, Reader] = {
    str: _plain(str, "应是文字"),
    int: _plain(int, "应是整数"),
    bool: _plain(bool, "应是 true 或 false"),
    date: _date,
    datetime: _moment,
    Month: _month,
    Any: _anything,
}


def _marked(base: Any, marks: tuple[object, ...]) -> Reader:
    reader = reader_of(base) if base is not Fraction else _anything
    for mark in marks:
        match mark:
            case Number():
                reader = _number(mark)
            case Shape():
                reader = _shaped(mark)
            case Range():
                reader = _ranged(mark)
            case AtLeast():
                reader = _long_enough(reader, mark.count)
            case NullAllowed():
                reader = _or_null(reader)
            case _:
                pass
    return reader


def _number(mark: Number) -> Reader:
    pattern = re.compile(mark.pattern)

    def take(value: Any, faults: Faults, path: Path) -> Fraction | None:
        if type(value) is not str:
            faults.note("bad_question", path, "数目应写成文字")
        elif pattern.fullmatch(value):
            whole, _, decimals = value.partition(".")
            return Fraction(int(whole + decimals), 10 ** len(decimals))
        else:
            faults.note(mark.code, path, "数目的写法不对：金额是不带符号的数字加两位小数")
        return None

    return take


def _shaped(mark: Shape) -> Reader:
    pattern = re.compile(mark.pattern)

    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) is not str:
            faults.note("bad_question", path, "应是文字")
        elif not pattern.fullmatch(value):
            faults.note("bad_value", path, "不是这里能写的代码")
        return value

    return take


def _ranged(mark: Range) -> Reader:
    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) is not int:
            faults.note("bad_question", path, "应是整数")
        elif value < mark.least or (mark.most is not None and value > mark.most):
            faults.note("bad_value", path, "数目超出了允许的范围")
        return value

    return take


def _long_enough(inner: Reader, count: int) -> Reader:
    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) is list and len(value) < count:
            faults.note("bad_value", path, f"至少要有 {count} 项")
        return inner(value, faults, path)

    return take


def _or_null(inner: Reader) -> Reader:
    def take(value: Any, faults: Faults, path: Path) -> Any:
        return None if value is None else inner(value, faults, path)

    return take


def _one_of(options: tuple[Any, ...]) -> Reader:
    """One type with an absent key beside it, or one of several scalars (text or whole number)."""
    if len(options) == 1:
        return reader_of(options[0])
    kinds = set(options)

    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) not in kinds:
            faults.note("bad_question", path, "这里不能写这种值")
        return value

    return take


def _literal(allowed: tuple[Any, ...]) -> Reader:
    kinds = {type(value) for value in allowed}

    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) not in kinds:
            faults.note("bad_question", path, "应是代码")
        elif value not in allowed:
            faults.note("bad_value", path, "代码表里没有这个代码")
        return value

    return take


def _list(element: Any) -> Reader:
    one = reader_of(element)

    def take(value: Any, faults: Faults, path: Path) -> tuple[Any, ...]:
        if type(value) is not list:
            faults.note("bad_question", path, "应是列表")
            return ()
        return tuple(one(entry, faults, (path, place)) for place, entry in enumerate(value))

    return take


def _table(element: Any) -> Reader:
    one = reader_of(element)

    def take(value: Any, faults: Faults, path: Path) -> dict[str, Any]:
        if type(value) is not dict:
            faults.note("bad_question", path, _NOT_AN_OBJECT)
            return {}
        return {key: one(entry, faults, (path, key)) for key, entry in value.items()}

    return take


def _struct(kind: type[Part]) -> Reader:
    """An object; fields without a default are required."""
    parts = [(field.encode_name, field.name, reader_of(field.type), field.required) for field in fields(kind)]
    known = frozenset(key for key, _, _, _ in parts)
    lenient = issubclass(kind, LenientPart)

    def take(value: Any, faults: Faults, path: Path) -> Any:
        if type(value) is not dict:
            faults.note("bad_question", path, _NOT_AN_OBJECT)
            return None
        if not lenient and not known.issuperset(value):
            faults.note("bad_question", path, "有不认识的键")
        given: dict[str, Any] = {}
        for key, name, reader, required in parts:
            if key in value and not (lenient and value[key] is None):
                given[name] = reader(value[key], faults, (path, key))
            elif required:
                faults.note("bad_question", (path, key), "缺少这一项")
                given[name] = None
        for key in kind.lacking(value):
            faults.note("bad_question", (path, key), "缺少这一项")
        return kind(**given)

    return take


def _place(path: Path) -> str:
    """facts.members[0].birth_date"""
    parts: list[str] = []
    while path:
        path, step = path
        parts.append(f"[{step}]" if isinstance(step, int) else f".{step}")
    return "".join(reversed(parts)).lstrip(".")
