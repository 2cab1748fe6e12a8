"""A form on paper: fields in a grid, tables with their paper rows, boxes to sign in; or its letter."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from reportlab.lib.units import mm

from desktop.documents import letters
from desktop.documents.sheet import Imprint, Sheet
from desktop.documents.values import shown, ticks
from desktop.forms import FieldSpec, FormSpec, TableSpec, options_of

_BOX = {"SG": (83.5 * mm, 14 * mm), "FP": (26 * mm, 25 * mm), "SL": (46 * mm, 45 * mm)}
_LEAST = {"ID": 36, "A": 17, "D": 21, "T": 16}

_PAIRS = 3
"""Short questions on a line of the grid."""


class Made(msgspec.Struct, frozen=True):
    """A finished paper; `text_hash` is the hex SHA-256 of its printed text in layout order."""

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
    blank: bool = False,
    large: bool = False,
    training: bool = False,
) -> Made:
    """One paper; `answers` in the shape of FILE. A blank sheet takes no answer at all.

    Raises `Refused("paper.glyph_missing")` when a character cannot be printed.
    """
    values: dict[str, Any] = {} if blank else {**answers, **{k: v for k, v in computed.items() if v is not None}}
    sheet = Sheet(spec.paper if spec.paper in ("A4P", "A4L", "A3L") else "A4P", 1.25 if large else 1.0)
    if letters.has_letter(spec.code):
        unit = letters.head_unit(spec, values)
        letters.compose(sheet, spec, values)
        signing(sheet, [f for f in spec.fields if f.type in _BOX or f.key in letters.SIGNING], values)
    else:
        _form(sheet, spec, values)
    data = sheet.finish(
        Imprint(
            spec.code,
            number,
            "D" if draft else str(revision),
            spec.edition,
            unit,
            "" if blank else f"打印：{printed_by} {printed_on}",
            "草稿—不作办理依据" if draft else "",
            training,
        )
    )
    return Made(data, len(sheet.pages), sheet.text_hash())


def _form(sheet: Sheet, spec: FormSpec, values: Mapping[str, Any]) -> None:
    sheet.paragraph(spec.name, 22, middle=True, bold=True)
    for section in spec.sections:
        sheet.paragraph(f"{section.id}　{section.label}", 12, bold=True, keep=20 * mm)
        plain: list[FieldSpec] = []
        for item in spec.in_section(section.id):
            if isinstance(item, TableSpec):
                _grid(sheet, plain, values)
                plain = []
                _table(sheet, item, values)
            else:
                plain.append(item)
        _grid(sheet, [field for field in plain if field.type not in _BOX], values)
        signing(sheet, [field for field in plain if field.type in _BOX], values)


def _grid(sheet: Sheet, fields: Sequence[FieldSpec], values: Mapping[str, Any]) -> None:
    label, room = 24 * mm, sheet.room
    waiting: list[str] = []
    for field in fields:
        text = ticks(field, values.get(field.key)) if options_of(field) else shown(field, values.get(field.key))
        wide = field.type in ("TL", "CM") or len(text) > 16 or (bool(options_of(field)) and len(text) > 8)
        if wide or len(waiting) == 2 * _PAIRS:
            _pair(sheet, waiting, label)
            waiting = []
        if wide:
            sheet.row([field.label, text], [label, room - label], least=max(9, 8 * field.lines) * mm)
        else:
            waiting += [field.label, text]
    _pair(sheet, waiting, label)


def _pair(sheet: Sheet, waiting: list[str], label: float) -> None:
    if waiting:
        pairs = len(waiting) // 2
        sheet.row(waiting, [label, sheet.room / pairs - label] * pairs)


def _bands(table: TableSpec, room: float) -> list[list[FieldSpec]]:
    """Columns in as few stacked bands as hold them, about equally wide; the row number joins them."""
    columns = [column for column in table.columns if column.key != "no"]
    left = room - 10 * mm
    total = sum(_least(column) for column in columns)
    fair = total / -(-total // left)
    found: list[list[FieldSpec]] = [[]]
    used = 0.0
    for column in columns:
        least = _least(column)
        if found[-1] and (used + least > left or used + least / 2 > fair):
            found.append([])
            used = 0.0
        found[-1].append(column)
        used += least
    return found


def _least(column: FieldSpec) -> float:
    return float(_LEAST.get(column.type, 11) * mm)


def _table(sheet: Sheet, table: TableSpec, values: Mapping[str, Any]) -> None:
    rows = [dict(row) for row in values.get(table.id) or ()]
    kinds = options_of(table.columns[0])
    if not rows and table.columns[0].key == "kind" and len(kinds) == table.rows:
        rows = [{"kind": code} for code in kinds]
    rows += [{} for _ in range(table.rows - len(rows))]
    for columns in _bands(table, sheet.room):
        share = [_least(column) for column in columns]
        spare = (sheet.room - 10 * mm) / sum(share)
        widths = [10 * mm, *(part * spare for part in share)]
        head = ["序号", *(column.label for column in columns)]

        def again(head: list[str] = head, widths: list[float] = widths) -> None:
            sheet.paragraph(f"{table.label}（续表）", 9)
            sheet.row(head, widths, 9, bold=True)

        sheet.need(30 * mm)
        sheet.row(head, widths, 9, bold=True)
        for at, row in enumerate(rows, 1):
            texts = [str(at), *(shown(column, row.get(column.key)) for column in columns)]
            sheet.row(texts, widths, 9, again=again)


def signing(sheet: Sheet, fields: Sequence[FieldSpec], values: Mapping[str, Any]) -> None:
    """The signature block, kept together on one page."""
    by_type = {kind: [f.label for f in fields if f.type == kind] for kind in _BOX}
    height = 9 * mm * sum(f.type not in _BOX for f in fields)
    for kind, labels in by_type.items():
        wide, high = _BOX[kind]
        height += -(-len(labels) // int(sheet.room / wide + 0.01)) * high
    if fields:
        sheet.need(height)
    _grid(sheet, [field for field in fields if field.type not in _BOX], values)
    for kind, labels in by_type.items():
        sheet.boxes(labels, *_BOX[kind])
