"""Blocks of a form drawn with rules: labelled cells, tables with named rows, boxes to sign, press and seal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from reportlab.lib.units import mm

from desktop.documents.drawing import Box
from desktop.documents.layouts import PHOTOS, Block, Cell, Column, Place
from desktop.documents.sheet import PAD, Part, Sheet
from desktop.documents.surround import BOTTOM, LEFT
from desktop.documents.text import cells, wide
from desktop.documents.values import filled, shown, ticks
from desktop.forms import FieldSpec, FormSpec, TableSpec, options_of

SIZE = 9.0
HAND, TYPED = 9 * mm, 6.5 * mm
"""Least height of a row to write in, and of one whose answers are printed."""
_WRITING = 5.2 * mm
"""The distance of lines to write on inside a large cell."""
_SIGNING = 18.0
"""Millimetres of height that a hand likes to sign in; the last boxes of a paper grow to it where the page has room."""
BOXED = frozenset({"SG", "FP", "SL"})
"""Field types that are a box."""


class Signed(msgspec.Struct, frozen=True):
    """A signature, fingerprint or seal that was given: its picture (PNG or JPEG) and the day."""

    data: bytes
    on: str = ""


class Pen(msgspec.Struct, frozen=True):
    """What is written into the blocks of a form."""

    spec: FormSpec
    values: Mapping[str, Any]
    signatures: Mapping[str, Signed]
    photos: frozenset[str]


def band(sheet: Sheet, text: str) -> None:
    """The name of a section on a ruled line of its own."""
    sheet.row([Part(text, sheet.room, bold=True)], 9.5, least=5 * mm)


def lay(sheet: Sheet, pen: Pen, block: Block, last: bool = False) -> None:
    """One block; the boxes of the `last` one have the rest of the page."""
    for line in block.lines:
        _line(sheet, pen, line)
    if block.table:
        _table(sheet, pen, block, pen.spec.table_by_id[block.table])
    if block.boxes:
        boxes(sheet, pen, block, last)


def _line(sheet: Sheet, pen: Pen, line: Sequence[Cell]) -> None:
    labels = [_label(sheet, pen, cell) for cell in line]
    free = sheet.room - sum(part.wide for part in labels if part)
    total = sum(cell.share for cell in line)
    parts: list[Part] = []
    written = lines = 0
    for cell, label in zip(line, labels, strict=True):
        text, field = _said(pen, cell)
        lines = max(lines, field.lines if field and not text else 0)
        written += bool(cell.key) and (cell.key == PHOTOS or pen.values.get(cell.key) not in (None, "", []))
        parts += [label] if label else []
        rules = field.lines if field and field.lines >= 4 else 0
        parts.append(Part(text or _unit(field), free * cell.share / total, rules=rules))
    done = written == sum(bool(cell.key) for cell in line) or not any(_to_write(pen, cell) for cell in line)
    sheet.row(parts, SIZE, TYPED if done else max(HAND, lines * _WRITING))


def _to_write(pen: Pen, cell: Cell) -> bool:
    """Whether something may be written into the cell, not only ticked."""
    if cell.text:
        return cell.text.count("{") > cell.text.count(":ticks}")
    field = pen.spec.by_key.get(cell.key)
    return field is not None and field.type != "B" and not options_of(field)


def _label(sheet: Sheet, pen: Pen, cell: Cell) -> Part | None:
    if not cell.key:
        return None
    text = "已拍照片" if cell.key == PHOTOS else pen.spec.by_key[cell.key].label
    per = len(text) if len(text) <= 4 else -(-len(text) // 2) + (len(text) > 10)
    return Part(text, (per + 0.2) * SIZE * sheet.scale + 2 * PAD, middle=True)


def _said(pen: Pen, cell: Cell) -> tuple[str, FieldSpec | None]:
    if not cell.key:
        return filled(pen.spec, pen.values, cell.text), None
    if cell.key == PHOTOS:
        slots = [field for field in pen.spec.fields if field.type == "IMG"]
        return " ".join(("☑" if field.key in pen.photos else "□") + field.label for field in slots), None
    field = pen.spec.by_key[cell.key]
    value = pen.values.get(cell.key)
    if 0 < len(options_of(field)) <= 30:
        return ticks(field, value), field
    text = shown(field, value)
    return (text + field.unit if text else ""), field


def _unit(field: FieldSpec | None) -> str:
    return f"　　{field.unit}" if field and field.unit else ""


def _table(sheet: Sheet, pen: Pen, block: Block, table: TableSpec) -> None:
    total = sum(column.mm for column in block.columns)
    widths = [sheet.room * column.mm / total for column in block.columns]

    def head() -> None:
        parts = [Part(column.label, room, middle=True) for column, room in zip(block.columns, widths, strict=True)]
        sheet.row(parts, SIZE, least=5 * mm)

    def again() -> None:
        band(sheet, f"{table.section}　{table.label}（续表）")
        head()

    rows = list(_rows(block, table, pen.values.get(table.id) or ()))
    sheet.need(24 * mm)
    head()
    for number, (label, row) in enumerate(rows, 1):
        parts = [
            _part(table, column, _cell(table, block, column, row, number, label), room)
            for column, room in zip(block.columns, widths, strict=True)
        ]
        sheet.row(parts, SIZE, TYPED if len(row) > 1 else HAND, again)


def _part(table: TableSpec, column: Column, text: str, room: float) -> Part:
    """A cell of a table: money to the right, choices and counts in the middle."""
    field = table.by_key.get(column.keys[0])
    kind = field.type if field is not None and len(column.keys) == 1 else ""
    return Part(text, room, middle=kind in ("N", "C") or column.keys == ("no",), right=kind == "A")


def _rows(
    block: Block, table: TableSpec, given: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows on paper: each named row with what belongs to it, then others, then empty ones up to the paper's."""
    left = list(given)
    count = 0
    for at, (name, *codes) in enumerate(block.presets):
        mine = [row for row in left if str(row.get("kind") or "") in codes]
        more = any(set(codes) & set(later[1:]) for later in block.presets[at + 1 :])
        mine = mine[:1] if more else mine
        left = [row for row in left if row not in mine]
        yield from ((name if len(codes) == 1 else "", row) for row in mine)
        if not mine:
            yield name, ({"kind": codes[0]} if len(codes) == 1 else {})
        count += max(1, len(mine))
    yield from (("", row) for row in left)
    yield from (("", {}) for _ in range(table.rows - count - len(left)))


def _cell(table: TableSpec, block: Block, column: Column, row: Mapping[str, Any], number: int, label: str) -> str:
    if column.keys == ("no",):
        return str(number)
    if column.keys == ("kind",) and label:
        return label
    said: list[str] = []
    for key in column.keys:
        field, value = table.by_key[key], row.get(key)
        if key in column.ticked:
            said.append(ticks(field, value))
        elif text := shown(field, value):
            said.append(text + field.unit if field.type in ("N", "DEC") else text)
    hint = block.hints.get(column.keys[0], {}).get(str(row.get("kind")), "")
    return " ".join(said) or hint


def boxes(sheet: Sheet, pen: Pen, block: Block, last: bool = False) -> None:
    """Boxes to sign in, kept together on one page, with the signatures that were given; the `last` take more room."""
    stretch = max(1.0, min(sheet.scale, 1.25))
    sheet.need(block.height * mm * stretch)
    signing = [place.high for place in block.boxes if pen.spec.by_key[place.key].type == "SG"]
    if last and signing:
        free = (sheet.y - BOTTOM - sheet.ending - 1) / (block.height * mm)
        stretch = max(stretch, min(_SIGNING / min(signing), free))
    for place in block.boxes:
        x, top = LEFT + place.x * mm, sheet.y - place.y * mm * stretch
        _box(sheet, pen, place, x, top, place.high * mm * stretch, block.dated)
    sheet.y -= block.height * mm * stretch


def _box(sheet: Sheet, pen: Pen, place: Place, x: float, top: float, high: float, dated: bool) -> None:
    field, room = pen.spec.by_key[place.key], place.wide * mm
    size = SIZE * sheet.scale
    sheet.put(Box(x, top - high, room, high))
    text, signing = filled(pen.spec, pen.values, place.label) or f"{field.label}：", field.type == "SG"
    given = pen.signatures.get(place.key)
    if given is not None:
        left = min(wide(cells(text), size) + 2 * PAD, room / 2) if signing else 1.0
        above = 1.0 if signing else size * 1.5
        below = size * 1.3 if signing and dated else 1.0
        sheet.picture(given.data, x + left, top - high + below, room - left - 1, high - above - below)
    if field.type not in BOXED:
        value = pen.values.get(field.key)
        said = ticks(field, value) if options_of(field) else shown(field, value)
        text += said or ("　　年　　月　　日" if field.type == "D" else "")
    sheet.label(text, x, top, room, SIZE)
    if signing and dated:
        date = given.on if given is not None and given.on else "年　　月　　日"
        long = wide(cells(date), size)
        sheet.label(date, x + room - long - 3 * PAD, top - high + size * 1.25 + PAD, long + 4 * PAD, SIZE)
