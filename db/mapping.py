"""Rows and groups: what a table row says as the groups of its record kind, and back."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Table

from db.kinds import BOOL, KINDS, Group, Kind
from db.operation import canonical, plain
from db.tables import Base, cases, documents, people, visits
from db.tables.base import Synced

CLASSES: dict[str, type[Synced]] = {
    cls.kind: cls
    for cls in (
        people.Household,
        people.Person,
        cases.Case,
        cases.CaseEvent,
        visits.Visit,
        visits.Signature,
        visits.Photo,
        documents.Document,
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


def columns_for(kind: Kind, group: str, value: object) -> dict[str, object]:
    """Column values that a declared group's value means; an unknown group gives none."""
    declared = kind.group(group)
    if declared is None:
        return {}
    if declared.single:
        return {declared.fields[0].column_name(): value}
    held = value if isinstance(value, Mapping) else {}
    return {field.column_name(): held.get(field.key()) for field in declared.fields}


_RAW_MAP = msgspec.msgpack.Decoder(dict[str, msgspec.Raw])


def row_for(kind: Kind, record: str, scope: str, groups: Mapping[str, msgspec.Raw]) -> dict[str, object]:
    """A whole row from canonical group values: every column is named, so rows can be inserted in bulk."""
    row = dict(_BLANK[kind.name])
    row["id"], row["scope"] = record, scope
    prefix, cut = kind.open_prefix, len(kind.open_prefix)
    if prefix:
        answers = {name[cut:]: raw for name, raw in groups.items() if name.startswith(prefix)}
        row[kind.open_column] = bytes(canonical(answers))
    for name, raw in groups.items():
        if not prefix or not name.startswith(prefix):
            row.update(columns_for(kind, name, plain(raw)))
    return row


def unknown_groups(kind: Kind, groups: Iterable[str]) -> list[str]:
    """Groups that this version does not know; they are kept aside and given back unchanged (§5.10)."""
    declared, prefix = _DECLARED[kind.name], kind.open_prefix
    return [name for name in groups if name not in declared and not (prefix and name.startswith(prefix))]


def _blank(kind: Kind) -> dict[str, object]:
    row: dict[str, object] = {f.column_name(): None for g in kind.groups for f in g.fields}
    return row | {"id": None, "scope": None, "void": False}


_DECLARED = {kind.name: frozenset(group.name for group in kind.groups) for kind in KINDS.values()}
_BLANK = {kind.name: _blank(kind) for kind in KINDS.values()}
