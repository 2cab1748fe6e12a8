"""Rows and groups: what a table row says as the groups of its record kind, and back."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Table

from db.kinds import BOOL, KINDS, Group, Kind
from db.operation import canonical, plain
from db.tables import Base, cases, documents, money, people, visits
from db.tables.base import Synced

CLASSES: dict[str, type[Synced]] = {
    cls.kind: cls
    for cls in (
        people.Household,
        people.Person,
        cases.Case,
        cases.CaseEvent,
        cases.Assessment,
        visits.Visit,
        visits.Signature,
        visits.Photo,
        documents.Document,
        money.FundEntry,
    )
}
"""The mapped class of every record kind."""


def table_of(kind: Kind) -> Table:
    """The table that keeps the view of a record kind."""
    return Base.metadata.tables[kind.table]


def declared_value(group: Group, values: Mapping[str, Any], *, by_column: bool) -> object:
    """The value of a declared group from attribute or column values; None when nothing is there."""
    if group.single:
        field = group.fields[0]
        return _typed(field.type, values[field.column_name() if by_column else field.attribute()])
    found = {
        field.key(): _typed(field.type, values[field.column_name() if by_column else field.attribute()])
        for field in group.fields
    }
    return {key: value for key, value in found.items() if value is not None} or None


def _typed(kind: str, value: Any) -> object:
    return bool(value) if kind == BOOL and value is not None else value


def object_groups(item: Synced) -> dict[str, object]:
    """All groups of a mapped object that hold something."""
    kind = KINDS[item.kind]
    values = {f.attribute(): getattr(item, f.attribute()) for g in kind.groups for f in g.fields}
    found = {g.name: declared_value(g, values, by_column=False) for g in kind.groups}
    if kind.open_prefix:
        for key, value in (getattr(item, kind.open_column) or {}).items():
            found[kind.open_prefix + key] = value
    return {name: value for name, value in found.items() if value is not None}


def row_groups(kind: Kind, row: Mapping[str, Any]) -> dict[str, object]:
    """All groups of a table row (columns by name, answers as bytes or map) that hold something."""
    found = {g.name: declared_value(g, row, by_column=True) for g in kind.groups}
    if kind.open_prefix:
        answers = row[kind.open_column]
        for key, value in (plain(answers) if isinstance(answers, bytes) else answers or {}).items():
            found[kind.open_prefix + key] = value
    return {name: value for name, value in found.items() if value is not None}


class Parts(NamedTuple):
    """A record's groups by where they are kept: declared ones in columns, answers in one, unknown ones aside."""

    declared: dict[str, msgspec.Raw]
    answers: dict[str, msgspec.Raw]
    aside: dict[str, msgspec.Raw]


def parts_of(kind: Kind, groups: Mapping[str, msgspec.Raw]) -> Parts:
    """Sort groups by where they are kept; those that this version does not know are given back unchanged (§5.10)."""
    rest = dict(groups)
    declared = {name: rest.pop(name) for name in _COLUMNS[kind.name].keys() & rest.keys()}
    prefix, cut = kind.open_prefix, len(kind.open_prefix)
    if not rest or not prefix:
        return Parts(declared, {}, rest)
    suffixes = _suffixes(prefix, tuple(rest))
    if suffixes is not None:
        return Parts(declared, dict(zip(suffixes, rest.values(), strict=True)), {})
    answers = {name[cut:]: raw for name, raw in rest.items() if name.startswith(prefix)}
    return Parts(declared, answers, {name: raw for name, raw in rest.items() if not name.startswith(prefix)})


@lru_cache(maxsize=1024)
def _suffixes(prefix: str, names: tuple[str, ...]) -> tuple[str, ...] | None:
    """What follows the prefix in every name, if all have it; the records of one form share their names."""
    cut = len(prefix)
    return tuple([name[cut:] for name in names]) if all(name.startswith(prefix) for name in names) else None


def row_for(kind: Kind, record: str, scope: str, parts: Parts) -> dict[str, object]:
    """A whole row from canonical group values: every column is named, so rows can be inserted in bulk."""
    row = dict(_BLANK[kind.name])
    row["id"], row["scope"] = record, scope
    if kind.open_column:
        row[kind.open_column] = bytes(canonical(parts.answers))
    columns = _COLUMNS[kind.name]
    for name, raw in parts.declared.items():
        value, (single, places) = plain(raw), columns[name]
        if single:
            row[places[0][1]] = value
        elif isinstance(value, Mapping):
            for key, column in places:
                row[column] = value.get(key)
    return row


def _blank(kind: Kind) -> dict[str, object]:
    row: dict[str, object] = {f.column_name(): None for g in kind.groups for f in g.fields}
    return row | {"id": None, "scope": None, "void": False}


_COLUMNS = {
    kind.name: {
        group.name: (group.single, tuple((field.key(), field.column_name()) for field in group.fields))
        for group in kind.groups
    }
    for kind in KINDS.values()
}
_BLANK = {kind.name: _blank(kind) for kind in KINDS.values()}
