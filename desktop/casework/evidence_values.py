"""Evidence as people write it, `F=V`, as the contract has it: each value by the type of its field."""

import types
import typing
from collections.abc import Mapping
from typing import Any

import msgspec

from db.refused import BadValue
from desktop.casework.work import shorten
from desktop.policy.asks.gate_evidence import Evidence

_TRUTH = {"true": True, "是": True, "false": False, "否": False}
_SAFE = "案件没有改动。"


def read(values: Mapping[str, Any]) -> dict[str, Any]:
    """Evidence by the contract's keys; `a.b=V` is a key inside, `a|b` a list, JSON is taken as it is, empty is none.

    Raises `BadValue` for a key that is no evidence. Values are only shaped here, the rules judge them.
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        head, _, rest = name.partition(".")
        if head not in _HINTS:
            raise BadValue(
                "case.unknown_evidence",
                f"没有“{shorten(name)}”这一项材料。",
                _SAFE,
                "可以写的有：" + "、".join(_HINTS) + "，和 note（说明）。",
            )
        if value == "":
            continue
        if rest:
            _put_inside(found, head, rest, value)
        else:
            found[head] = _value(_HINTS[head], value)
    return found


def _put_inside(found: dict[str, Any], head: str, rest: str, value: Any) -> None:
    kind, listed = _core(_HINTS[head])
    hints = typing.get_type_hints(kind) if _is_struct(kind) else {}
    shaped = _value(hints[rest], value) if rest in hints else value
    if listed:
        rows = found.setdefault(head, [{}])
        if isinstance(rows, list) and rows and isinstance(rows[0], dict):
            rows[0][rest] = shaped
        return
    inner = found.setdefault(head, {})
    if isinstance(inner, dict):
        inner[rest] = shaped


def _value(hint: Any, given: Any) -> Any:
    if not isinstance(given, str):
        return given
    kind, listed = _core(hint)
    text = given.strip()
    if text[:1] in ("{", "[") and (listed or _is_struct(kind)):
        try:
            return msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError):
            return given
    if listed:
        return [_one(kind, part.strip()) for part in text.split("|") if part.strip()]
    return _one(kind, text)


def _one(kind: Any, text: str) -> Any:
    if kind is bool:
        return _TRUTH.get(text, text)
    if kind is int and text.isascii() and text.isdigit() and len(text) < 10:
        return int(text)
    return text


def _core(hint: Any) -> tuple[Any, bool]:
    """The type behind an optional one or the elements of a list, and whether it is a list."""
    origin = typing.get_origin(hint)
    if origin in (types.UnionType, typing.Union):
        return _core(next(part for part in typing.get_args(hint) if part is not type(None)))
    if origin is tuple:
        return _core(typing.get_args(hint)[0])[0], True
    return hint, False


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


_HINTS: dict[str, Any] = typing.get_type_hints(Evidence)
