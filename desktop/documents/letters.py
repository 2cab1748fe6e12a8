"""Agreement and consent: clause texts with {key} places, typeset as an office signs them."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from reportlab.lib.units import mm

from desktop.documents import grid
from desktop.documents.layouts import Block, block
from desktop.documents.sheet import PAD, Part, Sheet
from desktop.documents.text import Cell, blank, break_lines, cells, wide
from desktop.documents.values import filled, room_for, ruled, shown
from desktop.forms import FormSpec
from resources import read_toml, resource

SIZES = ((12, 1.45), (12, 1.3), (11, 1.4), (10.5, 1.45), (10.5, 1.3), (10.5, 1.22))
"""Type sizes with their leads from 小四 down to 五号: the largest is taken that keeps to the form's pages."""
_LAST = re.compile(r"\{(\w+)\}$")
_ABOVE = 2 * mm
"""What is left free above the boxes."""
_WRITABLE = 5
"""The least ems that somebody can write a remark in."""
_SHARES = (0.06, 0.44, 0.075, 0.085, 0.34)


@lru_cache(maxsize=16)
def _letter(code: str) -> Mapping[str, Any]:
    return read_toml("clauses", f"{code}.toml")


def has_letter(code: str) -> bool:
    """Whether the form prints as a letter of clauses."""
    return resource("clauses", f"{code}.toml").is_file()


def head_unit(spec: FormSpec, values: Mapping[str, Any]) -> str:
    """Who issues the letter: the school (when known) and the county's education bureau, not the township."""
    school = values.get("school") if "school" in spec.by_key else None
    return "、".join(filter(None, (school, "松潘县教育局")))


def about(code: str) -> str:
    """What every page after the first says of its people, with {key} places."""
    return str(_letter(code).get("about", ""))


def typeset(pen: grid.Pen, large: bool) -> Sheet:
    """Title, facts, clauses and the boxes to sign; a value is underlined, a missing one is a ruled line."""
    letter = _letter(pen.spec.code)
    signing = block({"boxes": letter["boxes"]})
    if large:
        return _compose(pen, letter, signing, SIZES[0], 1.25)
    for size in SIZES:
        sheet = _compose(pen, letter, signing, size, 1.0)
        if len(sheet.pages) <= pen.spec.pages:
            return sheet
    return _compose(pen, letter, signing, SIZES[3], 1.0)


def _compose(
    pen: grid.Pen, letter: Mapping[str, Any], signing: Block, type_size: tuple[float, float], scale: float
) -> Sheet:
    size, lead = type_size
    sheet = Sheet("A4P", letter["title"], scale, below_head=2 * mm)
    known, head = 0, ""
    lines = letter["text"].splitlines()
    for at, line in enumerate(lines, 1):
        if line.startswith("|"):
            head = head or line
            _choice(sheet, pen, line, size, head)
        elif line.startswith("="):
            _facts(sheet, pen, line[1:].split("　"), size, lead)
        else:
            tick = ""
            if line.startswith("□"):
                known += 1
                tick = "☑" if pen.values.get(f"k{known}") is True else "□"
            heading = line.startswith("**")
            text = tick + filled(pen.spec, pen.values, line[len(tick) :])
            last = at == len(lines)  # it stays with the boxes: nobody signs a page without text
            keep = signing.height * mm * scale + _ABOVE if last else 14 * mm if heading else 0.0
            sheet.paragraph(text, size, lead, 0 if heading else 2, keep, whole=last)
    sheet.y -= _ABOVE
    grid.boxes(sheet, pen, signing, last=True)
    return sheet


def _facts(sheet: Sheet, pen: grid.Pen, parts: Sequence[str], size: float, lead: float) -> None:
    """Facts side by side, as many as fit; what is left of a line is shared out among its rules."""
    size *= sheet.scale
    gap = size
    waiting: list[tuple[str, float]] = []
    used = 0.0
    for part in parts:
        least = wide(_fact(pen, part, 0), size)
        if waiting and used + gap + least > sheet.room:
            _facts_line(sheet, pen, waiting, size, lead, gap)
            waiting, used = [], 0.0
        used += least + (gap if waiting else 0.0)
        waiting.append((part, least))
    _facts_line(sheet, pen, waiting, size, lead, gap)


def _facts_line(
    sheet: Sheet, pen: grid.Pen, facts: Sequence[tuple[str, float]], size: float, lead: float, gap: float
) -> None:
    spare = sheet.room - sum(least for _, least in facts) - gap * (len(facts) - 1)
    open_ended = sum(part.endswith("}") for part, _ in facts)
    row: list[Cell] = []
    for part, _ in facts:
        row += [Cell("\u3000")] if row else []
        row += _fact(pen, part, max(0.0, spare / open_ended / size) if part.endswith("}") else 0.0)
    for line in [row] if spare >= 0 else break_lines(row, sheet.room, size):
        sheet.line(line, size, lead)


def _fact(pen: grid.Pen, part: str, more: float) -> list[Cell]:
    """The cells of one fact, the rule at its end `more` ems longer."""
    last = _LAST.search(part)
    if last is None:
        return cells(filled(pen.spec, pen.values, part))
    field = pen.spec.by_key[last.group(1)]
    text = shown(field, pen.values.get(field.key))
    least = (wide(cells(text), 1) if text else room_for(field)) + more
    return cells(filled(pen.spec, pen.values, part[: last.start()]) + ruled(text, least))


def _rest(text: str, room: float, size: float) -> str:
    """A line to write on for the rest of a cell, or over its whole width where too little is left after the text."""
    spare = (room - wide(break_lines(cells(text), room, size)[-1], size)) / size
    return blank(spare if spare >= _WRITABLE else room / size)


def _choice(sheet: Sheet, pen: grid.Pen, line: str, size: float, head: str) -> None:
    texts = [part.strip() for part in line.strip("|").split("|")]
    if set(texts[0]) <= {"-"}:
        return
    number = re.match(r"\d", texts[0])
    if number:
        said = pen.values.get(f"c{number.group()}")
        texts[2] = "☑" if said == "同意" else "□"
        texts[3] = "☑" if said == "不同意" else "□"
        note = f"c{number.group()}_note"
        if pen.values.get(note):
            texts[4] = texts[4].replace("____", f"{{{note}}}")
    ruled_out = texts[4].endswith("____")
    texts = [filled(pen.spec, pen.values, text.removesuffix("____")) for text in texts]
    if ruled_out:
        texts[4] += _rest(texts[4], _SHARES[4] * sheet.room - 2 * PAD, min(size, 10.5) * sheet.scale)
    parts = [
        Part(text, share * sheet.room, middle=at in (0, 2, 3) or not number, bold=not number)
        for at, (text, share) in enumerate(zip(texts, _SHARES, strict=True))
    ]
    again = (lambda: _choice(sheet, pen, head, size, head)) if number else None
    sheet.row(parts, min(size, 10.5), 9 * mm if number else 7 * mm, again)
