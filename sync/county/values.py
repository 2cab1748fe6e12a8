"""Whether the values of an operation can be: answers by their form's specification, other fields by their type."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from db.kinds import BOOL, DATA, INT, KINDS, MOST_DATA, Field
from db.refused import BadValue
from desktop import forms
from desktop.forms.arriving import check_arriving, checkers
from sync.county.quick import DAYS, KINDS_WITHOUT_FORM, LONGEST, decoder, form_named

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
BAD = "bad_value"

Check = Callable[[Any], bool]


class FormValues:
    """`values(record_kind, form_code, {group: value})` for the guard: "" or the reason `bad_value: …`."""

    def __init__(self) -> None:
        self._fields: dict[str, dict[str, Check]] = {name: _fields(name) for name in KINDS}
        self._forms: dict[str, Mapping[str, Any] | None] = {}
        self._decoders: dict[tuple[str, str], msgspec.msgpack.Decoder[Any] | None] = {}

    def all_well(self, record_kind: str, value: msgspec.Raw) -> bool:
        """Whether a birth can be as a whole, found out at once; False says nothing yet."""
        try:
            form = "" if record_kind in KINDS_WITHOUT_FORM else form_named(value)
            found = self._decoders.get((record_kind, form)) or self._decoder(record_kind, form)
            if found is None:
                return False
            found.decode(value)
        except (msgspec.DecodeError, msgspec.ValidationError):
            return False
        return True

    def _decoder(self, record_kind: str, form: str) -> msgspec.msgpack.Decoder[Any] | None:
        plain = record_kind in KINDS_WITHOUT_FORM
        if not plain and self._answers(form) is None:
            return None
        made = decoder(KINDS[record_kind], None if plain else forms.load_form(form))
        self._decoders[record_kind, form] = made
        return made

    def __call__(self, record_kind: str, form_code: str, groups: dict[str, object]) -> str:
        """The first value that cannot be, in words that name the group and never the value."""
        declared = self._fields[record_kind]
        answers = self._answers(form_code) if KINDS[record_kind].open_prefix else None
        for name, value in groups.items():
            check = declared.get(name)
            if check is not None:
                if value is not None and not check(value):
                    return f"{BAD}: {name}"
                continue
            if answers is None:
                return f"{BAD}: form"
            known = answers.get(name)
            reason = known(value) if known is not None and value is not None else self._slow(form_code, name, value)
            if reason:
                return f"{BAD}: {name[:80]}"
        return ""

    def _answers(self, form_code: str) -> Mapping[str, Any] | None:
        if form_code not in self._forms:
            try:
                spec = forms.load_form(form_code)
            except BadValue:
                self._forms[form_code] = None
            else:
                rows = {f"answers.{table.id}" for table in spec.tables if not table.whole}
                self._forms[form_code] = {k: v for k, v in checkers(spec).items() if k not in rows}
        return self._forms[form_code]

    def _slow(self, form_code: str, name: str, value: object) -> str | None:
        return check_arriving(forms.load_form(form_code), name, value)


def _fields(kind: str) -> dict[str, Check]:
    found: dict[str, Check] = {}
    for group in KINDS[kind].groups:
        checks = {field.key(): _field(field) for field in group.fields}
        found[group.name] = checks[group.fields[0].key()] if group.single else _map(checks)
    return found


def _map(checks: dict[str, Check]) -> Check:
    def check(value: Any) -> bool:
        return isinstance(value, dict) and all(key in checks and checks[key](one) for key, one in value.items())

    return check


def _field(field: Field) -> Check:
    if field.type == INT:
        return lambda value: type(value) is int and -(2**53) < value < 2**53
    if field.type == BOOL:
        return lambda value: value is True or value is False
    if field.type == DATA:
        return lambda value: type(value) is bytes and 0 < len(value) <= MOST_DATA
    if field.name.endswith(DAYS):
        return _is_day
    if field.name.endswith("_month"):
        return lambda value: type(value) is str and _MONTH.fullmatch(value) is not None
    return lambda value: type(value) is str and 0 < len(value) <= LONGEST


def _is_day(value: Any) -> bool:
    if type(value) is not str or not _DAY.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def install_from(folder: Path) -> None:
    """Forms beyond the program's own: every `*.json` of a county's `forms/` folder; raises `forms.Misshapen`."""
    for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
        forms.install(forms.build(msgspec.json.decode(path.read_bytes())))
