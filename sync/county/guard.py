"""What a device may write: its certificate's townships and roles, known groups, their owner, values by the form."""

from typing import Protocol

import msgspec

from db.kinds import COUNTY, KINDS, VOID_GROUP
from db.operation import CREATE, VOID, Operation, plain
from sync.merge import Check, born_groups, form_code
from sync.state import RecordState


class Values(Protocol):
    """Judges the values of an operation."""

    def __call__(self, record_kind: str, form_code: str, groups: dict[str, object]) -> str:
        """The reason why the values cannot be taken in, "" when they can."""

    def all_well(self, record_kind: str, value: msgspec.Raw) -> bool:
        """Whether every group of a birth is known and can be; False says nothing yet."""


class AnyValues:
    """The plainest `Values`: everything is taken in."""

    def __call__(self, record_kind: str, form_code: str, groups: dict[str, object]) -> str:
        """Nothing is wrong."""
        return ""

    def all_well(self, record_kind: str, value: msgspec.Raw) -> bool:
        """Not known at once: names of groups are still looked at."""
        return False


any_values = AnyValues()


def guard(scopes: frozenset[str], roles: frozenset[str], values: Values = any_values) -> Check:
    """The check for one device: reasons are `scope`, `role`, `unknown_group`, `county_owned`, `bad_value`, …"""
    seen: set[tuple[str, tuple[str, ...]]] = set()

    def check(op: Operation, state: RecordState | None) -> str:
        if op.scope not in scopes:
            return "scope"
        if op.role not in roles:
            return "role"
        if op.kind == VOID or op.group == VOID_GROUP:
            return ""
        if op.kind == CREATE:
            if values.all_well(op.record_kind, op.value):
                return ""
            return _check_create(op, seen, values)
        reason = _check_group(op.record_kind, op.group)
        if reason or values is any_values:
            return reason
        return values(op.record_kind, form_code(state) if state else "", {op.group: plain(op.value)})

    return check


def _check_create(op: Operation, seen: set[tuple[str, tuple[str, ...]]], values: Values) -> str:
    groups = born_groups(op)
    if groups is None:
        return "bad_value"
    names = (op.record_kind, tuple(groups))
    if names not in seen:
        for name in groups:
            reason = _check_group(op.record_kind, name)
            if reason:
                return reason
        seen.add(names)
    if values is any_values:
        return ""
    whole = plain(op.value)
    assert isinstance(whole, dict)
    form = whole.get("form")
    return values(op.record_kind, str(form.get("form_code") or "") if isinstance(form, dict) else "", whole)


def _check_group(record_kind: str, name: str) -> str:
    kind = KINDS[record_kind]
    if not kind.knows(name):
        return "unknown_group"
    group = kind.group(name)
    return "county_owned" if group is not None and group.owner == COUNTY else ""
