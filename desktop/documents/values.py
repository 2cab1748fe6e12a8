"""Answers in the words of the paper: labels for codes, ticks for options, amounts with commas."""

from decimal import Decimal
from typing import Any

from desktop.forms import FieldSpec, options_of


def shown(field: FieldSpec, value: Any) -> str:
    """An answer as printed; empty when there is none."""
    if value is None or value in ("", [], ()):
        return "□是 □否" if field.type == "B" else ""
    if field.type == "B":
        return "☑是 □否" if value is True else "□是 ☑否"
    if isinstance(value, list | tuple):
        return "、".join(options_of(field).get(str(part), str(part)) for part in value)
    if field.type == "A":
        return f"{Decimal(str(value)):,.2f}"
    return options_of(field).get(str(value), str(value))


def ticks(field: FieldSpec, value: Any) -> str:
    """All options with a box before each, ticked where chosen."""
    chosen = {str(part) for part in (value if isinstance(value, list | tuple) else [value])}
    return " ".join(("☑" if code in chosen else "□") + label for code, label in options_of(field).items())
