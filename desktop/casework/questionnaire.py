"""Forms as casework needs them: the one place where use cases touch `desktop.forms`."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from db.operation import new_id
from desktop.casework.views import Missing, Warned

PICTURE, SIGNED = ("IMG",), ("SG", "FP", "SL")
"""Field types that take a photo, and those that take a signature, fingerprint or seal."""


new_row = new_id
"""The number of a new row of a table; later ones sort later, as they are written down."""


class State(msgspec.Struct):
    """What a form says of answers: computed fields, what is missing, what is odd, what must not be."""

    computed: dict[str, Any]
    missing: list[Missing]
    warnings: list[Warned]
    blocking: list[Warned]


@lru_cache(maxsize=64)
def load(form_code: str, form_version: str | None = None) -> Any:
    """The specification of a form; raises `BadValue` `form.unknown`."""
    from desktop import forms

    return forms.load_form(form_code, form_version)


def name_of(form_code: str) -> str:
    """The form's name."""
    return name(load(form_code))


def code(spec: Any) -> str:
    """`F-08`."""
    return str(spec.code)


def name(spec: Any) -> str:
    """`入户调查表`."""
    return str(spec.name)


def version(spec: Any) -> str:
    """The edition of the specification."""
    return str(spec.version)


def investigators(spec: Any) -> int:
    """How many investigators a visit must name at its beginning (0: none)."""
    return int(spec.investigators or 0)


def photo_slots(spec: Any) -> dict[str, str]:
    """Keys and labels of the photo fields."""
    return {field.key: field.label for field in spec.fields if field.type in PICTURE}


def signature_roles(spec: Any) -> dict[str, str]:
    """Keys and labels of the fields for signatures, fingerprints and seals."""
    return {field.key: field.label for field in spec.fields if field.type in SIGNED}


def takes(spec: Any, key: str) -> bool:
    """Whether a fact may be filled in beforehand: the field is there, typed in and not by hand."""
    return any(field.key == key and not field.by_hand and not field.computed for field in spec.fields)


def has_table(spec: Any, table: str) -> bool:
    """Whether the form has a table of that id."""
    return any(item.id == table for item in spec.tables)


def columns(spec: Any, table: str) -> frozenset[str]:
    """Keys of the columns that are typed in."""
    found = next(item for item in spec.tables if item.id == table)
    return frozenset(column.key for column in found.columns if not column.computed)


def to_file(spec: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """Kept answers in the shape of FILE: section-free keys, tables as lists of rows."""
    from desktop import forms

    return dict(forms.to_file(spec, answers))


def merge(spec: Any, answers: dict[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Answers with FILE laid over them; raises `BadValue` for the first value that cannot be."""
    from desktop import forms

    return dict(forms.merge_file(spec, answers, given, new_row)[0])


def assign(spec: Any, answers: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Answers with one value set (`key` or `TABLE.ROW.key`); raises `BadValue`."""
    from desktop import forms

    return dict(forms.assign(spec, answers, key, value, new_row))


def printed(spec: Any, answers: dict[str, Any]) -> dict[str, Any]:
    """Answers without those that are filled by hand on the paper: what a signature covers."""
    hand = {field.key for field in spec.fields if field.by_hand}
    return {group: value for group, value in answers.items() if group.rsplit(".", 1)[-1] not in hand}


def state(spec: Any, answers: dict[str, Any], sources: Any, on: date, filled: set[str]) -> State:
    """Evaluate a form; `filled` are the photo and signature fields that have something."""
    from desktop import forms

    found = forms.check(spec, answers, sources, on, filled)
    return State(
        dict(found.computed),
        [Missing(key=m.key, label=m.label, section=m.section, by_hand=m.by_hand) for m in found.missing],
        [Warned(field=w.field, code=w.code, text=w.text) for w in found.warnings],
        [Warned(field=w.field, code=w.code, text=w.text) for w in found.blocking],
    )
