"""From the data of a form to its `FormSpec`: blocks written out, conditions read, everything checked on the way."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.forms.codes import code_tables
from desktop.forms.formula import parse_formula
from desktop.forms.spec import (
    HAND_TYPES,
    TYPES,
    Calc,
    Check,
    Condition,
    Every,
    FieldSpec,
    FormSpec,
    Item,
    Scalar,
    Section,
    Some,
    TableSpec,
    Test,
    answer_name,
)

OPERATORS = frozenset(["eq", "ne", "in", "empty", "filled", "lt", "le", "gt", "ge"])
"""Operators of a condition."""

Raw = Mapping[str, Any]


class Misshapen(ValueError):
    """The data of a form is not of the grammar: a defect of the data file, said with form and place."""


def build(raw: Raw, blocks: Mapping[str, Raw] | None = None) -> FormSpec:
    """A form from its data (TOML or JSON of forms_fields.json's grammar); raises `Misshapen`.

    `blocks` are the common blocks by code that the form refers to.
    """
    code = str(raw.get("code", ""))
    items = tuple(_items(code, raw.get("items", ()), blocks or {}))
    paper, _, pages = str(raw["paper"]).partition(" ")
    spec = FormSpec(
        code=code,
        name=str(raw["name"]),
        version=str(raw.get("version", "1")),
        edition=str(raw.get("edition", raw.get("version", "1"))),
        paper=paper,
        pages=int(raw.get("pages") or pages or 1),
        copies=str(raw.get("copies", "")),
        sign=tuple(raw.get("sign", ())),
        investigators=int(raw.get("investigators", 0)),
        sections=tuple(
            Section(s["id"], s["label"], bool(s.get("by_hand")), int(s.get("page", 0)), s.get("help", ""))
            for s in raw["sections"]
        ),
        items=items,
        checks=tuple(_check(code, c) for c in raw.get("checks", ())),
        locked=tuple(raw.get("locked", ())),
    )
    _verify(spec)
    return spec


def _items(code: str, raws: Sequence[Raw], blocks: Mapping[str, Raw]) -> Iterator[Item]:
    for raw in raws:
        if "block" in raw:
            yield from _block(code, raw, blocks)
        elif "table" in raw:
            yield _table(code, raw, str(raw["section"]), "")
        else:
            yield _field(code, raw, str(raw["section"]), "")


def _block(code: str, raw: Raw, blocks: Mapping[str, Raw]) -> Iterator[Item]:
    """The items of a block where it is referred to: its section, its prefix, changed demands, added columns."""
    block = blocks.get(raw["block"])
    if block is None:
        raise Misshapen(f"{code}: no block {raw['block']}")
    section, prefix = str(raw["section"]), str(raw.get("prefix", ""))
    demands, added = raw.get("required", {}), raw.get("columns", {})
    for item in block["items"]:
        if "table" in item:
            merged = dict(item) | {"columns": [*item["columns"], *added.get(item["table"], ())]}
            yield _table(code, merged, section, prefix)
        else:
            changed = dict(item)
            if item["key"] in demands:
                changed["required"] = demands[item["key"]]
                changed.pop("when", None)
            yield _field(code, changed, section, prefix)


def _named(prefix: str, key: str) -> str:
    return f"{prefix}.{key}" if prefix else key


def _table(code: str, raw: Raw, section: str, prefix: str) -> TableSpec:
    name = _named(prefix, str(raw["table"]))
    return TableSpec(
        id=name,
        label=str(raw["label"]),
        section=section,
        rows=int(raw["rows"]),
        columns=tuple(_field(code, column, section, prefix, name) for column in raw["columns"]),
        whole=raw.get("merge") == "whole",
        prefix=prefix,
        help=str(raw.get("help", "")),
    )


def _field(code: str, raw: Raw, section: str, prefix: str, table: str = "") -> FieldSpec:
    place = f"{code} {table}.{raw.get('key')}"
    kind, required = str(raw["type"]), raw.get("required", False)
    if kind not in TYPES:
        raise Misshapen(f"{place}: no type {kind}")
    if required not in (True, False, "conditional"):
        raise Misshapen(f"{place}: required {required!r}")
    if raw.get("code_table") and raw["code_table"] not in code_tables():
        raise Misshapen(f"{place}: no code table {raw['code_table']}")
    calc = raw.get("calc")
    return FieldSpec(
        key=str(raw["key"]) if table else _named(prefix, str(raw["key"])),
        label=str(raw["label"]),
        type=kind,
        section=section,
        required=required,
        table=table,
        code_table=str(raw.get("code_table", "")),
        options=tuple(raw.get("options", ())),
        computed=bool(raw.get("computed", False)),
        by_hand=bool(raw.get("by_hand", kind in HAND_TYPES)),
        when=_condition(place, raw["when"]) if "when" in raw else None,
        calc=Calc(tuple(calc.get("from", ())), str(calc.get("formula", ""))) if calc else None,
        prefix=prefix,
        bind=str(raw.get("bind", "")),
        prefill=tuple(raw.get("prefill", ())),
        help=str(raw.get("help", "")),
        unit=str(raw.get("unit", "")),
        width=int(raw.get("width", 0)),
        lines=int(raw.get("lines", 0)),
    )


def _condition(place: str, raw: Raw) -> Condition:
    for name, kind in (("all", Every), ("any", Some)):
        if name in raw:
            return kind(tuple(_condition(place, part) for part in raw[name]))
    op: str = raw["op"]
    value: Any = raw.get("value")
    if op not in OPERATORS:
        raise Misshapen(f"{place}: no operator {op}")
    if op == "in":
        value = tuple(_scalar(place, part) for part in value)
    elif op not in ("empty", "filled"):
        value = _scalar(place, value)
    return Test(str(raw["field"]), op, value)


def _scalar(place: str, value: Any) -> Scalar:
    if not isinstance(value, str | bool | int):
        raise Misshapen(f"{place}: value {value!r} of a condition")
    return value


def _check(code: str, raw: Raw) -> Check:
    place = f"{code} check of {raw.get('field')}"
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
    unknown = set(given) - set(Check.__struct_fields__)
    if unknown or given.get("op", "gt") not in OPERATORS:
        raise Misshapen(f"{place}: {', '.join(unknown) or given['op']}")
    if "when" in given:
        given["when"] = _condition(place, raw["when"])
    return Check(**given)


def _verify(spec: FormSpec) -> None:
    """Keys, table ids and kept names are unique, sections exist, conditions and formulas name what there is."""
    keys = [f.key for f in spec.fields] + [t.id for t in spec.tables]
    if len(set(keys)) < len(keys):
        raise Misshapen(f"{spec.code}: a key twice: {min(k for k in keys if keys.count(k) > 1)}")
    if len({answer_name(f) for f in spec.fields}) < len(spec.fields):
        raise Misshapen(f"{spec.code}: a kept name twice")
    for item in spec.items:
        if item.section not in spec.section_by_id:
            raise Misshapen(f"{spec.code}: no section {item.section}")
        columns = [column.key for column in item.columns] if isinstance(item, TableSpec) else []
        if len(set(columns)) < len(columns):
            raise Misshapen(f"{spec.code}: a column twice in {item.section}")
    for field in spec.every_field():
        for name in _names_of(field.when):
            if not knows(spec, field.table, field.prefix, name):
                raise Misshapen(f"{spec.code}: {field.key} depends on {name}, which there is not")
        if field.calc and field.calc.formula:
            parse_formula(field.calc.formula)
    for check in spec.checks:
        for text in filter(None, (check.formula, check.show)):
            parse_formula(text)
        names = (check.field, *check.same, *check.order, *_names_of(check.when))
        for name in names:
            if not knows(spec, check.table, "", name):
                raise Misshapen(f"{spec.code}: a check names {name}, which there is not")


def _names_of(condition: Condition | None) -> Iterator[str]:
    if isinstance(condition, Test):
        yield condition.field
    elif condition is not None:
        for part in condition.parts:
            yield from _names_of(part)


def knows(spec: FormSpec, table: str, prefix: str, name: str) -> bool:
    """Whether a name means something there: a column of the row, else a question, with the block's prefix first."""
    if table and name in spec.table_by_id[table].by_key:
        return True
    return (bool(prefix) and f"{prefix}.{name}" in spec.by_key) or name in spec.by_key
