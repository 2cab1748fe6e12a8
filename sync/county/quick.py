"""A whole birth judged at once: the groups of a record kind and form as one msgspec type, compiled once.

It says yes or does not know; what it does not know is judged value by value (`sync.county.values`).
"""

import datetime
from typing import Annotated, Any, Literal

import msgspec

from db.kinds import BOOL, COUNTY, DATA, INT, KINDS, MOST_DATA, Field, Kind
from desktop.forms import FormSpec
from desktop.forms.arriving import shape_of
from desktop.forms.spec import FieldSpec, answer_name
from desktop.forms.values import options_of

LONGEST, LONGEST_ANSWER = 2_000, 20_000
DAYS = ("_on", "birth_date", "valid_until")


class _Named(msgspec.Struct):
    form: dict[str, str] = {}


_FORM = msgspec.msgpack.Decoder(_Named)


def form_named(value: msgspec.Raw) -> str:
    """The form code that a visit's birth names; "" when it names none; raises `msgspec.ValidationError`."""
    return _FORM.decode(value).form.get("form_code", "")


def decoder(kind: Kind, spec: FormSpec | None) -> msgspec.msgpack.Decoder[Any]:
    """Decodes a birth without error only when every group of it is known and can be."""
    fields: list[tuple[str, Any]] = []
    for group in kind.groups:
        if group.owner == COUNTY:
            continue
        if group.single:
            fields.append((group.name, _field(group.fields[0])))
        else:
            inner = [(field.key(), _field(field)) for field in group.fields]
            fields.append((group.name, _struct(f"{kind.name}_{group.name}", inner)))
    if spec is not None:
        fields += [(f"answers.{answer_name(field)}", _answer(field)) for field in spec.fields if field.settable]
    return msgspec.msgpack.Decoder(_struct(kind.name, fields))


def _struct(name: str, fields: list[tuple[str, Any]]) -> Any:
    names = {f"f{place}": title for place, (title, _) in enumerate(fields)}
    return msgspec.defstruct(
        name,
        [(f"f{place}", type_, msgspec.UNSET) for place, (_, type_) in enumerate(fields)],
        rename=names,
        forbid_unknown_fields=True,
        gc=False,
    )


def _field(field: Field) -> Any:
    if field.type == INT:
        return Annotated[int, msgspec.Meta(gt=-(2**53), lt=2**53)]
    if field.type == BOOL:
        return bool
    if field.type == DATA:
        return Annotated[bytes, msgspec.Meta(min_length=1, max_length=MOST_DATA)]
    if field.name.endswith(DAYS):
        return datetime.date
    if field.name.endswith("_month"):
        return Annotated[str, msgspec.Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])\Z")]
    return Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


def _answer(field: FieldSpec) -> Any:
    options = options_of(field)
    if field.type == "B":
        return bool
    if field.type == "N":
        return Annotated[int, msgspec.Meta(ge=0, lt=1_000_000_000)]
    if field.type == "CM":
        one = Literal[tuple(options)] if options else str
        return Annotated[list[one], msgspec.Meta(min_length=1)]  # type: ignore[valid-type]
    if field.type == "C" and options:
        return Literal[tuple(options)]
    shape = shape_of(field.type)
    if shape is not None:
        return Annotated[str, msgspec.Meta(pattern=rf"^(?:{shape})\Z")]
    return Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_ANSWER)]


KINDS_WITHOUT_FORM = frozenset(kind.name for kind in KINDS.values() if not kind.open_prefix)
"""Kinds whose groups are all declared."""
