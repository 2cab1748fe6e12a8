"""How a form stands on paper, read from `resources/layouts`; a form without one is laid out by rule."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from desktop.forms import HAND_TYPES, FieldSpec, FormSpec, TableSpec, options_of
from resources import read_toml, resource

PHOTOS = "@photos"
_LEAST = {"ID": 32, "A": 17, "D": 21, "DT": 26, "T": 18, "TL": 40, "PH": 24, "BK": 34, "REF": 16}
_BOX = {"SG": (47.0, 13.0), "FP": (26.0, 26.0), "SL": (46.0, 46.0)}
_WIDE = 165.0


class Cell(msgspec.Struct, frozen=True):
    """A cell of a line: a key, `@photos`, or a sentence with places; `share` of what the labels leave."""

    key: str = ""
    text: str = ""
    share: float = 1.0


class Column(msgspec.Struct, frozen=True):
    """A column on paper: the columns of the form that share it, and which of them print their options."""

    keys: tuple[str, ...]
    mm: float
    label: str
    ticked: frozenset[str] = frozenset()


class Place(msgspec.Struct, frozen=True):
    """A box to sign, press or seal, or a field that stands among them; millimetres from the upper left corner."""

    key: str
    x: float
    y: float
    wide: float
    high: float
    label: str = ""


class Block(msgspec.Struct, frozen=True):
    """A part of a section: lines of cells, one table, or boxes kept together."""

    section: str = ""
    lines: tuple[tuple[Cell, ...], ...] = ()
    table: str = ""
    columns: tuple[Column, ...] = ()
    presets: tuple[tuple[str, ...], ...] = ()
    hints: Mapping[str, Mapping[str, str]] = {}
    boxes: tuple[Place, ...] = ()
    dated: bool = False

    @property
    def height(self) -> float:
        """Millimetres that the boxes take."""
        return max((place.y + place.high for place in self.boxes), default=0.0)


@lru_cache(maxsize=32)
def _read(code: str) -> tuple[Block, ...]:
    return tuple(block(raw) for raw in read_toml("layouts", f"{code}.toml")["blocks"])


@lru_cache(maxsize=32)
def about(code: str) -> str:
    """What every page after the first says of its people, with {key} places; nothing for a form laid out by rule."""
    known = resource("layouts", f"{code}.toml").is_file()
    return str(read_toml("layouts", f"{code}.toml").get("about", "")) if known else ""


def layout(spec: FormSpec) -> tuple[Block, ...]:
    """The blocks of a form in paper order."""
    if resource("layouts", f"{spec.code}.toml").is_file():
        return _read(spec.code)
    return by_rule(spec)


def block(raw: Mapping[str, Any]) -> Block:
    """A block as it is written in a data file."""
    return Block(
        raw.get("section", ""),
        tuple(tuple(map(_cell, line)) for line in raw.get("lines", ())),
        raw.get("table", ""),
        tuple(map(_column, raw.get("columns", ()))),
        tuple(map(tuple, raw.get("presets", ()))),
        raw.get("hints", {}),
        tuple(map(_place, raw.get("boxes", ()))),
        raw.get("dated", False),
    )


def _cell(text: str) -> Cell:
    if text.startswith("~"):
        share, _, sentence = text[1:].partition(" ")
        return Cell("", sentence, float(share))
    key, _, share = text.partition(" ")
    return Cell(key, "", float(share or 1))


def _column(text: str) -> Column:
    keys, mm, label = text.split(" ", 2)
    names = keys.split("+")
    ticked = frozenset(name[:-1] for name in names if name.endswith("?"))
    return Column(tuple(name.rstrip("?") for name in names), float(mm), label, ticked)


def _place(text: str) -> Place:
    key, x, y, wide, high, *label = text.split(" ", 5)
    return Place(key, float(x), float(y), float(wide), float(high), *label)


def by_rule(spec: FormSpec) -> tuple[Block, ...]:
    """The blocks of a form that nobody laid out yet: plain, with every question and column once."""
    return tuple(_blocks(spec))


def _blocks(spec: FormSpec) -> Iterable[Block]:
    for section in spec.sections:
        waiting: list[FieldSpec] = []
        signing: list[FieldSpec] = []
        for item in spec.in_section(section.id):
            if isinstance(item, TableSpec):
                yield Block(section.id, tuple(_lines(waiting)))
                waiting = []
                yield from _bands(item)
            elif item.type in _BOX:
                signing.append(item)
            else:
                waiting.append(item)
        yield Block(section.id, tuple(_lines(waiting)))
        if signing:
            yield Block(section.id, boxes=tuple(_boxes(signing)), dated=True)


def _lines(fields: Sequence[FieldSpec]) -> Iterable[tuple[Cell, ...]]:
    """Short questions three on a line, long ones alone; photos on one line for all."""
    if any(field.type == "IMG" for field in fields):
        yield (Cell(PHOTOS),)
    line: list[Cell] = []
    for field in fields:
        if field.type in HAND_TYPES:
            continue
        words = sum(len(label) + 2 for label in options_of(field).values())
        alone = field.type in ("TL", "CM") or 16 < words <= 200
        if line and (alone or len(line) == 3):
            yield tuple(line)
            line = []
        if alone:
            yield (Cell(field.key),)
        else:
            line.append(Cell(field.key))
    if line:
        yield tuple(line)


def _bands(table: TableSpec) -> Iterable[Block]:
    """A table in as few stacked bands as hold its columns."""
    band: list[Column] = []
    for field in table.columns:
        if field.key == "no":
            continue
        least = float(_LEAST.get(field.type, 12))
        if sum(column.mm for column in band) + least > _WIDE - 8:
            yield Block(table.section, table=table.id, columns=(Column(("no",), 8, "序号"), *band))
            band = []
        band.append(Column((field.key,), least, field.label))
    yield Block(table.section, table=table.id, columns=(Column(("no",), 8, "序号"), *band))


def _boxes(fields: Sequence[FieldSpec]) -> Iterable[Place]:
    x = y = tallest = 0.0
    for field in fields:
        wide, high = _BOX[field.type]
        if x + wide > _WIDE:
            x, y, tallest = 0.0, y + tallest, 0.0
        yield Place(field.key, x, y, wide, high)
        x, tallest = x + wide, max(tallest, high)
