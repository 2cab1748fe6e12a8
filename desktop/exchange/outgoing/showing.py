"""Values of a ledger's row as cells: words for codes, amounts as numbers, numbers of people as text."""

from decimal import Decimal
from functools import cache
from typing import Any

from desktop.exchange.outgoing.writing import AMOUNT, BODY, COUNT, Put
from desktop.exchange.profiles import Field
from resources import read_toml

_SEXES = {1: "男", 2: "女"}
_COUNTED = ("integer", "rooms", "seq")
_WORDS = frozenset(
    ("health", "labor", "support_mode", "self_care", "care_band", "tekun_class", "disaster", "structure", "dis_kind")
)


@cache
def _first_words(table: str) -> dict[str, str]:
    """Code to the word that is written for it."""
    codes: dict[str, list[str]] = read_toml("ledgers", "words.toml")[table]
    return {code: words[0] for code, words in codes.items()}


def cell(field: Field, value: Any) -> Put:
    """The cell of a value; an empty one for None."""
    if value is None:
        return Put("", AMOUNT if field.kind == "amount" else BODY)
    if field.kind == "amount":
        return Put(Decimal(value).scaleb(-2), AMOUNT)
    if field.kind in _COUNTED and isinstance(value, int):
        return Put(value, COUNT)
    return Put(in_words(field.kind, value), BODY)


def in_words(kind: str, value: Any) -> str:
    """A value as a person would write it into the ledger."""
    if kind == "sex":
        return _SEXES.get(value, "")
    if kind == "relation":
        return _relation(str(value))
    if kind == "ethnicity":
        words = _first_words("ethnicity").get(str(value), str(value))
        return words if str(value) in ("97", "98") else words + "族"
    if kind == "yes_no":
        return "是" if value else "否"
    if kind == "band":
        return f"{'一二三四'[value - 1]}档" if isinstance(value, int) and 1 <= value <= 4 else str(value)
    if kind == "group":
        return f"{value}组" if isinstance(value, int) else str(value)
    if kind == "dis_grade":
        return _first_words("dis_grade").get(str(value), str(value)) + "级"
    if kind == "subsidy":
        return _first_words("subsidy").get(str(value), str(value)) + "补贴"
    if kind in _WORDS:
        table = "self_care" if kind == "care_band" else kind
        return _first_words(table).get(str(value), str(value))
    return str(value)


def _relation(code: str) -> str:
    """The ledger's word, else the code table's."""
    from desktop.forms import code_table

    return _first_words("relation").get(code) or code_table("K03").get(code, code)
