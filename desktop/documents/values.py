"""Answers in the words of the paper: labels for codes, ticks for options, amounts with commas."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from desktop.documents.text import (
    BOLD_MARK,
    RING_OFF,
    RING_ON,
    UNDER_OFF,
    UNDER_ON,
    bare,
    blank,
    cells,
    wide,
)
from desktop.forms import FieldSpec, FormSpec, options_of

_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_ROOM: dict[str, float] = {"ID": 11, "PH": 7, "D": 6, "DT": 8, "A": 5, "N": 3, "DEC": 3, "B": 3, "C": 4}
"""How many ems a blank of a field type leaves to write on."""


def shown(field: FieldSpec, value: Any) -> str:
    """An answer as printed; empty when there is none."""
    if value is None or value in ("", [], ()):
        return "□是 □否" if field.type == "B" else ""
    if field.type == "B":
        return "☑是 □否" if value is True else "□是 ☑否"
    if isinstance(value, list | tuple):
        return "、".join(options_of(field).get(str(part), bare(str(part))) for part in value)
    if field.type == "A":
        return f"{Decimal(str(value)):,.2f}"
    if field.type == "DT":
        return bare(str(value)).replace("T", " ")
    return options_of(field).get(str(value), bare(str(value)))


def ticks(field: FieldSpec, value: Any) -> str:
    """All options with a box before each, ticked where chosen."""
    chosen = {str(part) for part in (value if isinstance(value, list | tuple) else [value])}
    return " ".join(("☑" if code in chosen else "□") + label for code, label in options_of(field).items())


def rings(field: FieldSpec, value: Any) -> str:
    """All options one after another, with a ring around those that were chosen."""
    chosen = {str(part) for part in (value if isinstance(value, list | tuple) else [value])}
    options = options_of(field).items()
    said = " / ".join(f"{RING_ON}{label}{RING_OFF}" if code in chosen else label for code, label in options)
    return f" {said} "


def room_for(field: FieldSpec) -> float:
    """How many ems a ruled blank for the field is wide."""
    return _ROOM.get(field.type, 6)


def ruled(text: str, least: float) -> str:
    """A value on a ruled line at least `least` ems long; the line alone where there is no value."""
    if not text:
        return blank(least)
    spare = least - wide(cells(text), 1)
    return f"{UNDER_ON}{text}{UNDER_OFF}" + (blank(spare) if spare >= 0.25 else "")


def filled(spec: FormSpec, values: Mapping[str, Any], line: str) -> str:
    """A line with its places filled: `{key}` a value on a rule, `{key:ticks}` options, `{key:rings}`, `____` a rule."""

    def place(match: re.Match[str]) -> str:
        field, how = spec.by_key[match.group(1)], match.group(2)
        value = values.get(field.key)
        if how == "ticks":
            return ticks(field, value) if options_of(field) else shown(field, value)
        if how == "rings":
            return rings(field, value)
        text = shown(field, value)
        if how == "plain":
            return text
        if not text:
            return blank(room_for(field))
        if line.startswith("村（居）", match.end()):
            text = text.removesuffix("村")  # the village's name has it already
        return f"{UNDER_ON}{text}{UNDER_OFF}"

    return _PLACE.sub(place, line).replace("**", BOLD_MARK).replace("____", blank(4))
