"""A form on paper: fields in a grid, tables with their paper rows, boxes to sign in; or its letter."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec
from reportlab.lib.units import mm

from desktop.documents import grid, letters
from desktop.documents.fonts import refuse_missing
from desktop.documents.layouts import about, layout
from desktop.documents.sheet import Sheet
from desktop.documents.surround import Imprint
from desktop.documents.text import bare
from desktop.documents.values import filled, ruled
from desktop.forms import FormSpec

_HEAD = "02"
"""The head of the household among the relations (K03)."""


class Made(msgspec.Struct, frozen=True):
    """A finished paper; `text_hash` is the hex SHA-256 of its printed text in layout order, without white space."""

    data: bytes
    pages: int
    text_hash: str


def render_form(
    spec: FormSpec,
    answers: Mapping[str, Any],
    computed: Mapping[str, Any],
    *,
    number: str,
    revision: int,
    unit: str,
    printed_by: str,
    printed_on: object,
    draft: bool = False,
    preview: bool = False,
    blank: bool = False,
    large: bool = False,
    training: bool = False,
    signatures: Mapping[str, grid.Signed] | None = None,
    photos: Collection[str] = (),
) -> Made:
    """One paper; `answers` in the shape of FILE.

    A `draft` carries the watermark. A `preview` looks like the official paper, with `number` in its place, and its
    code and marks say draft all the same. A blank sheet shows what is given and no sum. `signatures` were given, by
    the key of their box, `photos` the slots that have one (they are ticked, not printed). Raises
    `Refused("paper.glyph_missing")` when a character cannot be printed.
    """
    values = _values(spec, answers, computed, blank)
    unit = letters.head_unit(spec, values) if letters.has_letter(spec.code) else unit
    printed = "" if blank else f"打印：{printed_by} {printed_on}"
    refuse_missing([*_texts(values), unit, printed, number])
    imprint = Imprint(
        spec.code,
        spec.name,
        "" if preview else bare(number),
        bare(number) or "草稿",
        "D" if draft or preview else str(revision),
        spec.edition,
        bare(unit),
        bare(printed),
        "草稿—不作办理依据" if draft else "",
        training,
        _about(spec, values),
    )
    pen = grid.Pen(spec, values, {} if blank else dict(signatures or {}), frozenset() if blank else frozenset(photos))
    sheet = letters.typeset(pen, large) if letters.has_letter(spec.code) else _form(pen, large)
    made = sheet.finish(imprint)
    return Made(made.data, made.pages, made.text_hash)


def _form(pen: grid.Pen, large: bool) -> Sheet:
    spec = pen.spec
    paper = spec.paper if spec.paper in ("A4P", "A4L", "A3L") else "A4P"
    sheet = Sheet(paper, spec.name, 1.25 if large else 1.0)
    section, blocks = "", layout(spec)
    for block in blocks:
        if block.section != section:
            section = block.section
            boxes = sum(other.height for other in blocks if other.section == section) * sheet.scale
            # Nobody signs a page without text, and no name of a section stands without its table.
            sheet.need((boxes + 16 if boxes else 31 if block.table else 24) * mm)
            grid.band(sheet, f"{section}　{spec.section_by_id[section].label}")
        grid.lay(sheet, pen, block, last=block is blocks[-1])
    return sheet


def _about(spec: FormSpec, values: Mapping[str, Any]) -> str:
    """Whom the paper is about, by name only; lines to write on where that is not known."""
    line = letters.about(spec.code) if letters.has_letter(spec.code) else about(spec.code)
    members = values.get("members") or ()
    head = next((row for row in members if row.get("relation") == _HEAD), members[0] if members else {})
    name = ruled(bare(str(head.get("name") or "")), 5)
    return name.join(filled(spec, values, part) for part in line.split("{@head}"))


def _values(spec: FormSpec, answers: Mapping[str, Any], computed: Mapping[str, Any], blank: bool) -> dict[str, Any]:
    """Answers with what is worked out, row by row in tables; a blank sheet takes no sum of nothing."""
    values = dict(answers)
    for key, value in computed.items():
        table = spec.table_by_id.get(key)
        if table is not None:
            worked = {row["row"]: row for row in value}
            values[key] = [{**row, **worked.get(row.get("row"), {})} for row in answers.get(key) or ()]
        elif value is not None and not (blank and (calc := spec.by_key[key].calc) and calc.formula):
            values[key] = value
    return {**values, **_named(spec, values)}


def _named(spec: FormSpec, values: Mapping[str, Any]) -> dict[str, Any]:
    """Tables in which somebody is referred to by the row among the members (forms_fields.md, REF): by name."""
    names = {row["row"]: row.get("name") for row in values.get("members") or () if row.get("row")}
    found: dict[str, Any] = {}
    for table in spec.tables:
        keys = [column.key for column in table.columns if column.type == "REF"]
        if keys and values.get(table.id):
            found[table.id] = [
                {**row, **{key: names.get(str(row[key])) or row[key] for key in keys if key in row}}
                for row in values[table.id]
            ]
    return found


def _texts(value: Any) -> Iterator[str]:
    """Every text in nested values; row numbers are no text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != "row":
                yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)
