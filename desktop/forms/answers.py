"""Answers of a record and the shape of FILE that people and scripts see (contracts/cli.md §1); pure."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from db.refused import BadValue
from desktop.forms.spec import FieldSpec, FormSpec, TableSpec, answer_name
from desktop.forms.values import SAFE, parse

Answers = dict[str, Any]
"""What a record keeps: `A.date` for a question, `income` for a whole table, `members.<uuid>` for a row."""

_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def to_file(spec: FormSpec, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Kept answers in the shape of FILE, in paper order; rows that stand for themselves come by id."""
    found: dict[str, Any] = {}
    for item in spec.items:
        if isinstance(item, FieldSpec):
            value = answers.get(answer_name(item))
            if value is not None:
                found[item.key] = value
        else:
            rows = rows_of(item, answers)
            if rows:
                found[item.id] = [_in_order(item, row) for row in rows]
    return found


def _in_order(table: TableSpec, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"row": row["row"]} | {
        column.key: row[column.key] for column in table.columns if row.get(column.key) is not None
    }


def rows_of(table: TableSpec, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a table with their uuid under `row`; rows of a whole table in the order they were written."""
    if table.whole:
        return [dict(row) for row in answers.get(table.id) or ()]
    start = f"{table.id}."
    found = [
        {"row": name[len(start) :]} | dict(value)
        for name, value in answers.items()
        if name.startswith(start) and isinstance(value, Mapping) and _UUID.fullmatch(name[len(start) :])
    ]
    return sorted(found, key=lambda row: str(row["row"]))


def merge_file(
    spec: FormSpec,
    answers: Mapping[str, Any],
    file: Mapping[str, Any],
    new_row: Callable[[], str],
) -> tuple[Answers, tuple[str, ...]]:
    """Answers with FILE laid over them, and the kept names that changed, sorted.

    Given keys and rows only: a row with its uuid merges with the one there or makes it, one without gets its uuid
    from `new_row`; an empty value clears. All or nothing: raises `BadValue` for the first value that cannot be.
    """
    merged = dict(answers)
    for key, value in file.items():
        table = spec.table_by_id.get(key)
        if table is None:
            _set(merged, _field(spec, key), value)
        else:
            _lay_rows(merged, table, value, new_row)
    changed = {name for name in merged.keys() | answers.keys() if merged.get(name) != answers.get(name)}
    return merged, tuple(sorted(changed))


def assign(
    spec: FormSpec,
    answers: Mapping[str, Any],
    key: str,
    value: Any,
    new_row: Callable[[], str],
) -> Answers:
    """Answers with one value set: `key`, or `TABLE.ROW.key`; `TABLE.ROW` with an empty value takes the row away.

    A table given whole (`income` with a list of rows) is laid over as in FILE. Raises `BadValue`.
    """
    changed = dict(answers)
    if key in spec.by_key:
        _set(changed, spec.by_key[key], value)
        return changed
    if key in spec.table_by_id:
        return merge_file(spec, answers, {key: value}, new_row)[0]
    table, rest = _table_of(spec, key)
    row, _, column = rest.partition(".")
    name = _row_id(table, row)
    if column:
        _lay_row(changed, table, name, {column: value})
    elif value is None or value == "":
        _drop_row(changed, table, name)
    elif isinstance(value, Mapping):
        _lay_row(changed, table, name, value)
    else:
        raise _row_words(table)
    return changed


def _field(spec: FormSpec, key: str) -> FieldSpec:
    field = spec.by_key.get(key)
    if field is None:
        raise _unknown(spec, key)
    return field


def _unknown(spec: FormSpec, key: str) -> BadValue:
    return BadValue(
        "form.unknown_field",
        f"{spec.code} 没有“{str(key)[:60]}”这一项。",
        SAFE,
        "字段名见这张表的字段目录；明细表写成 表.行.列。",
    )


def _table_of(spec: FormSpec, key: str) -> tuple[TableSpec, str]:
    for name, table in spec.table_by_id.items():
        if key.startswith(f"{name}."):
            return table, key[len(name) + 1 :]
    raise _unknown(spec, key)


def _row_id(table: TableSpec, text: Any) -> str:
    if not isinstance(text, str) or not _UUID.fullmatch(text):
        raise BadValue(
            "form.bad_row",
            f"“{table.label}”的行号“{str(text)[:40]}”不是编号。",
            SAFE,
            "行号是一个 UUID；新的一行不写行号，由程序给。",
        )
    return str(UUID(text))


def _row_words(table: TableSpec) -> BadValue:
    return BadValue(
        "form.bad_value",
        f"“{table.label}”要写成一行一行的列表。",
        SAFE,
        '写成 [{"列": 值, …}, …]；旧行带上 row。',
    )


def _set(answers: Answers, field: FieldSpec, given: Any) -> None:
    value = parse(field, given)
    if value is None:
        answers.pop(answer_name(field), None)
    else:
        answers[answer_name(field)] = value


def _lay_rows(answers: Answers, table: TableSpec, rows: Any, new_row: Callable[[], str]) -> None:
    if rows is None or rows == "":
        rows = []
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise _row_words(table)
    for given in rows:
        row = given.get("row")
        name = _row_id(table, row) if row not in (None, "") else new_row()
        _lay_row(answers, table, name, {key: value for key, value in given.items() if key != "row"})


def _lay_row(answers: Answers, table: TableSpec, row: str, given: Mapping[str, Any]) -> None:
    """Lay columns over a row, which is made when it is not there."""
    before = next((r for r in rows_of(table, answers) if r["row"] == row), None)
    after: dict[str, Any] = dict(before or {"row": row})
    for key, value in given.items():
        column = table.by_key.get(key)
        if column is None:
            raise BadValue(
                "form.unknown_field",
                f"“{table.label}”没有“{str(key)[:60]}”这一列。",
                SAFE,
                f"有这些列：{'、'.join(c.key for c in table.columns if c.settable)}。",
            )
        parsed = parse(column, value)
        if parsed is None:
            after.pop(key, None)
        else:
            after[key] = parsed
    if not table.whole:
        answers[f"{table.id}.{row}"] = {key: value for key, value in after.items() if key != "row"}
        return
    rows = list(answers.get(table.id) or ())
    place = next((i for i, r in enumerate(rows) if r.get("row") == row), len(rows))
    answers[table.id] = [*rows[:place], after, *rows[place + 1 :]]


def _drop_row(answers: Answers, table: TableSpec, row: str) -> None:
    if not table.whole:
        answers.pop(f"{table.id}.{row}", None)
        return
    rows = [r for r in answers.get(table.id) or () if r.get("row") != row]
    if rows:
        answers[table.id] = rows
    else:
        answers.pop(table.id, None)
