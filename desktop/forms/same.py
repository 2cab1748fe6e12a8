"""Whether two values of one group mean the same, so that a merge need not ask a person (design.md D3)."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from unicodedata import normalize

from db.refused import BadValue
from desktop.forms.library import load_form
from desktop.policy.identity import upgrade_15
from desktop.policy.text import bare_number

_OF_RECORDS = {
    "id_number": "ID",
    "phone": "PH",
    "account_number": "BK",
    "certificate_number": "ID",
    "birth_date": "D",
}
"""Types of groups outside of answers whose text has more than one way to be written."""

_BLANKS = re.compile(r"\s+")
_CJK_GAP = re.compile(r"(?<=[⺀-鿿＀-￯]) | (?=[⺀-鿿＀-￯])")


def same(record_kind: str, group: str, form_code: str, a: object, b: object) -> bool:
    """Whether `a` and `b` of a record's group are one value written in two ways.

    Texts compare after NFKC and with blanks folded; identity numbers, certificates, accounts and phones without
    blanks, dashes and case, a 15-digit number with its 18-digit form; money and decimals by amount. Rows and whole
    tables compare column by column, lists in order. Without a form of that code only the general rules hold.
    """
    if type(a) is type(b) and a == b:
        return True
    if a is None or b is None or isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if group.startswith("answers."):
        return _alike(_types(form_code), group.removeprefix("answers."), a, b)
    return _equal(_OF_RECORDS.get(group, ""), a, b)


@lru_cache(maxsize=64)
def _types(form_code: str) -> dict[str, str]:
    """Field types by kept name, columns as `table/column`; empty for a form that is not here."""
    try:
        spec = load_form(form_code)
    except BadValue:
        return {}
    found = {name: spec.by_key[key].type for name, key in spec.key_of_group.items()}
    for table in spec.tables:
        found |= {f"{table.id}/{column.key}": column.type for column in table.columns}
    return found


def _alike(types: dict[str, str], name: str, a: object, b: object) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return _rows_alike(types, name.rpartition(".")[0] or name, a, b)
    if isinstance(a, list) and isinstance(b, list) and name not in types:
        return len(a) == len(b) and all(
            isinstance(x, dict) and isinstance(y, dict) and _rows_alike(types, name, x, y)
            for x, y in zip(a, b, strict=True)
        )
    return _equal(types.get(name, ""), a, b)


def _rows_alike(types: dict[str, str], table: str, a: dict[str, object], b: dict[str, object]) -> bool:
    """Columns that are absent and columns that are empty are the same."""
    for key in a.keys() | b.keys():
        left, right = a.get(key), b.get(key)
        if type(left) is type(right) and left == right:
            continue
        if (
            isinstance(left, bool)
            or isinstance(right, bool)
            or not _equal(types.get(f"{table}/{key}", ""), left, right)
        ):
            return False
    return True


def _equal(kind: str, a: object, b: object) -> bool:
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(_equal(kind, x, y) for x, y in zip(a, b, strict=True))
    if not isinstance(a, str) or not isinstance(b, str):
        return type(a) is type(b) and a == b
    if kind == "ID":
        return _identity(a) == _identity(b)
    if kind in ("BK", "PH"):
        return bare_number(a) == bare_number(b)
    if kind in ("A", "DEC"):
        return _amount(a) == _amount(b)
    return folded(a) == folded(b)


def _identity(text: str) -> str:
    number = bare_number(text)
    return (upgrade_15(number) or number) if len(number) == 15 else number


def _amount(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def folded(text: str) -> str:
    """What a text is compared by: NFKC, blanks folded to one, none at the ends and beside Chinese characters."""
    return _CJK_GAP.sub("", _BLANKS.sub(" ", normalize("NFKC", text)).strip())
