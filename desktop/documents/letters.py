"""Agreement and consent: clause texts with {key} places, typeset as an office signs them."""

import re
from collections.abc import Mapping
from typing import Any

from reportlab.lib.units import mm

from desktop.documents.sheet import Sheet
from desktop.documents.text import BOLD_MARK, UNDER_OFF, UNDER_ON, blank
from desktop.documents.values import shown, ticks
from desktop.forms import FormSpec
from resources import read_toml, resource

SIGNING = frozenset({"sign_mode", "date", "where", "filed_on"})
"""Hand-written fields that stand with the signatures."""
_PLACE = re.compile(r"\{(\w+)(:ticks)?\}")


def has_letter(code: str) -> bool:
    """Whether the form prints as a letter of clauses."""
    return resource("clauses", f"{code}.toml").is_file()


def head_unit(spec: FormSpec, values: Mapping[str, Any]) -> str:
    """Who issues the letter: the school (when known) and the county's education bureau, not the township."""
    school = values.get("school") if "school" in spec.by_key else None
    return "、".join(filter(None, (school, "松潘县教育局")))


def compose(sheet: Sheet, spec: FormSpec, values: Mapping[str, Any]) -> None:
    """Title and clauses; a value is underlined, a missing one is a ruled line."""
    letter = read_toml("clauses", f"{spec.code}.toml")
    sheet.paragraph(letter["title"], 18, middle=True, bold=True)
    known = 0
    for line in letter["text"].splitlines():
        if line.startswith("|"):
            _choice(sheet, spec, values, line)
            continue
        if line.startswith("□"):
            known += 1
            tick = "☑" if values.get(f"k{known}") is True else "□"
            text = _filled(spec, values, tick + line[1:])
        else:
            text = _filled(spec, values, line)
        heading = line.startswith("**")
        sheet.paragraph(text, 12, indent=0 if heading else 2, keep=20 * mm if heading else 0)


def _filled(spec: FormSpec, values: Mapping[str, Any], line: str) -> str:
    def place(match: re.Match[str]) -> str:
        field = spec.by_key[match.group(1)]
        value = values.get(field.key)
        if match.group(2):
            return ticks(field, value)
        text = shown(field, value)
        short = field.type in ("N", "C", "B") or field.key == "total_mark"
        if not text and field.key == "total_mark":
            return ""
        return f"{UNDER_ON}{text}{UNDER_OFF}" if text else blank(3 if short else 8)

    return _PLACE.sub(place, line).replace("**", BOLD_MARK).replace("____", blank(4))


def _choice(sheet: Sheet, spec: FormSpec, values: Mapping[str, Any], line: str) -> None:
    parts = [part.strip() for part in line.strip("|").split("|")]
    if set(parts[0]) <= {"-"}:
        return
    number = re.match(r"\d", parts[0])
    if number:
        said = values.get(f"c{number.group()}")
        parts[2] = "☑" if said == "同意" else "□"
        note = values.get(f"c{number.group()}_note")
        if note:
            parts[4] = parts[4].replace("____", f"{UNDER_ON}{note}{UNDER_OFF}")
        parts[3] = "☑" if said == "不同意" else "□"
    widths = [share * sheet.room for share in (0.07, 0.45, 0.08, 0.1, 0.3)]
    sheet.row([_filled(spec, values, part) for part in parts], widths, bold=not number)
