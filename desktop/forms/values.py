"""From what was typed to the value that is kept, field type by field type; what cannot be is refused in words."""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from db.refused import BadValue
from desktop.forms.codes import code_of, code_table
from desktop.forms.spec import HAND_TYPES, FieldSpec
from desktop.policy.identity import normalize_id
from desktop.policy.text import bare, bare_number, half_width

SAFE = "没有改动，原来的内容都在。"
_LIMITS = {"T": 500, "REF": 500, "TL": 10_000, "C": 200, "PH": 100, "ID": 60, "BK": 60}
_MONEY = re.compile(r"\d{1,11}(\.\d{1,2})?")
_DECIMAL = re.compile(r"\d{1,11}(\.\d{1,6})?")
_INTEGER = re.compile(r"\d{1,9}")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_MOMENT = re.compile(r"(.+?)[T ](\d{1,2}):(\d{2})(:\d{2})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_WORDS = {"true": True, "是": True, "false": False, "否": False}


def parse(field: FieldSpec, given: Any) -> Any:
    """The value to keep for `given` (text, or a JSON value); None when it clears the answer.

    Money and decimals are kept as text, dates as ISO text, choices as codes in the order of their table, identity
    numbers normalised but never judged here. Raises `BadValue`: `form.computed_field` for a field that is worked
    out, `form.not_an_answer` for signatures and photos, `form.bad_value` for what the type cannot be.
    """
    if field.computed:
        raise BadValue(
            "form.computed_field",
            f"“{field.label}”是算出来的，不能直接填。",
            SAFE,
            "请改它所依据的那几项。",
        )
    if field.type in HAND_TYPES:
        raise BadValue(
            "form.not_an_answer",
            f"“{field.label}”不是文字，不能这样填。",
            SAFE,
            "照片用“加照片”，签名、指印、公章用“加签名”。",
        )
    if given is None or given in ("", []) or (isinstance(given, str) and not bare(given)):
        return None
    return _PARSERS[field.type](field, given)


def _bad(field: FieldSpec, given: Any, do: str) -> BadValue:
    shown = str(given).replace("\n", " ")
    shown = "" if field.type in ("ID", "BK", "PH") else shown[:30] + ("…" if len(shown) > 30 else "")
    what = f"“{field.label}”不能是“{shown}”。" if shown else f"“{field.label}”写的不对。"
    return BadValue("form.bad_value", what, SAFE, do)


def _as_text(field: FieldSpec, given: Any) -> str:
    """One line or several; numbers of JSON are taken as written."""
    if isinstance(given, int | float) and not isinstance(given, bool):
        given = str(given)
    if not isinstance(given, str):
        raise _bad(field, given, "这里要写文字。")
    text = given.strip()
    if field.type != "TL":
        text = re.sub(r"\s*[\r\n]+\s*", " ", text)
    if _CONTROL.search(text) or any(0xD800 <= ord(char) < 0xE000 for char in text):
        raise _bad(field, "", "里面有看不见的控制字符，请重新输入。")
    if len(text) > _LIMITS[field.type]:
        raise _bad(field, text, f"最多 {_LIMITS[field.type]} 个字，现在 {len(text)} 个，请写短些。")
    return text


def _as_id(field: FieldSpec, given: Any) -> str:
    return normalize_id(_as_text(field, given))


def _as_account(field: FieldSpec, given: Any) -> str:
    return bare_number(_as_text(field, given))


def _as_phone(field: FieldSpec, given: Any) -> str:
    return half_width(_as_text(field, given)).strip()


def _number(given: Any) -> str:
    """A number as typed: half width, without blanks and thousands' commas."""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        return "?"
    return bare(str(given)).removesuffix("元").replace(",", "")


def _as_money(field: FieldSpec, given: Any) -> str:
    text = _number(given)
    if not _MONEY.fullmatch(text):
        raise _bad(field, given, "写成 1200 或 1200.00：不小于 0，最多两位小数。")
    return f"{Decimal(text):.2f}"


def _as_decimal(field: FieldSpec, given: Any) -> str:
    text = _number(given)
    if not _DECIMAL.fullmatch(text):
        raise _bad(field, given, "写成 12 或 12.5：不小于 0 的数。")
    return plain_decimal(text)


def plain_decimal(text: str) -> str:
    """A decimal without needless zeros: `12.50` is `12.5`; raises `ValueError`."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error
    return f"{number:f}".rstrip("0").rstrip(".") if "." in text else f"{number:f}"


def _as_integer(field: FieldSpec, given: Any) -> int:
    text = _number(given)
    text = text.removesuffix(".0") if isinstance(given, float) else text
    if not _INTEGER.fullmatch(text):
        raise _bad(field, given, "这里要写不小于 0 的整数。")
    return int(text)


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None


def _as_day(field: FieldSpec, given: Any) -> str:
    found = _day(bare(given)) if isinstance(given, str) else None
    if found is None or not 1900 <= found.year <= 2200:
        raise _bad(field, given, "日期写成 2026-11-05 这样，并且日历上要有这一天。")
    return found.isoformat()


def _as_month(field: FieldSpec, given: Any) -> str:
    match = _MONTH.fullmatch(bare(given)) if isinstance(given, str) else None
    if not match or not 1900 <= int(match[1]) <= 2200 or not 1 <= int(match[2]) <= 12:
        raise _bad(field, given, "年月写成 2026-11 这样。")
    return f"{match[1]}-{int(match[2]):02d}"


def _as_moment(field: FieldSpec, given: Any) -> str:
    match = _MOMENT.fullmatch(half_width(given).strip()) if isinstance(given, str) else None
    found = _day(match[1].strip()) if match else None
    if not match or found is None or not 1900 <= found.year <= 2200 or int(match[2]) > 23 or int(match[3]) > 59:
        raise _bad(field, given, "日期和时间写成 2026-11-05T10:30 这样。")
    return f"{found.isoformat()}T{int(match[2]):02d}:{match[3]}"


def _as_boolean(field: FieldSpec, given: Any) -> bool:
    found = given if isinstance(given, bool) else _WORDS.get(bare(given).lower() if isinstance(given, str) else "")
    if found is None:
        raise _bad(field, given, "这里填是（true）或否（false）。")
    return found


def options_of(field: FieldSpec) -> dict[str, str]:
    """Words by code in the order of the screen and the paper; empty when the form leaves the words open."""
    if field.options:
        return {option: option for option in field.options}
    return dict(code_table(field.code_table)) if field.code_table else {}


def _code(field: FieldSpec, given: Any) -> str:
    text = str(given).strip() if isinstance(given, int) and not isinstance(given, bool) else given
    if not isinstance(text, str):
        raise _bad(field, given, "请从选项里选。")
    text = text.strip()
    if field.options:
        found = _option(field.options, text)
    elif field.code_table:
        found = code_of(field.code_table, text) or code_of(field.code_table, bare(text))
    else:
        return _as_text(field, text)
    if found is None:
        words = [code if code == label else f"{code}（{label}）" for code, label in options_of(field).items()]
        raise _bad(field, given, f"可以填：{'、'.join(words[:20])}{'等' if len(words) > 20 else ''}。")
    return found


def _option(options: tuple[str, ...], text: str) -> str | None:
    if text in options:
        return text
    return next((option for option in options if bare(option) == bare(text)), None)


def _as_codes(field: FieldSpec, given: Any) -> list[str]:
    """Several choices: a JSON list (its text will do) or `a|b`, kept in the order of the table, none twice."""
    if isinstance(given, str) and given.strip().startswith("["):
        try:
            given = json.loads(given)
        except (ValueError, RecursionError):
            raise _bad(field, given, "写成 甲|乙，或 JSON 列表。") from None
    parts = given if isinstance(given, list) else str(given).replace("｜", "|").split("|")
    found = {_code(field, part) for part in parts if not isinstance(part, str) or part.strip()}
    order = list(options_of(field))
    return sorted(found, key=lambda code: (order.index(code), code) if code in order else (len(order), code))


_PARSERS: dict[str, Callable[[FieldSpec, Any], Any]] = {
    "T": _as_text,
    "TL": _as_text,
    "REF": _as_text,
    "D": _as_day,
    "DT": _as_moment,
    "M": _as_month,
    "N": _as_integer,
    "DEC": _as_decimal,
    "A": _as_money,
    "B": _as_boolean,
    "C": _code,
    "CM": _as_codes,
    "ID": _as_id,
    "PH": _as_phone,
    "BK": _as_account,
}
