"""The merge of one operation into one record: pure, the same on the county and as a preview (sync_design.md §4)."""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from db.kinds import IMMUTABLE, KINDS, STATUS, TRANSITIONS, VOID_GROUP
from db.operation import (
    APPEND,
    CREATE,
    NO_BASE,
    RESOLVE,
    RETIRE,
    SET,
    TRANSITION,
    VOID,
    Operation,
    id_text,
    plain,
)
from sync.state import NOTHING, ConflictItem, RecordState

APPLIED, SAME, CONFLICT, REJECTED, WAITING = "applied", "same", "conflict", "rejected", "waiting"
"""The five receipt codes."""

ACTS = frozenset({CREATE, SET, RETIRE, APPEND, TRANSITION, VOID, RESOLVE})

Same = Callable[[str, str, str, object, object], bool]
"""`same(record_kind, group, form_code, a, b)`: whether two values mean the same (desktop.forms.same)."""

Check = Callable[[Operation, RecordState | None], str]
"""`check(op, state)`: the reason why the operation is not allowed, "" when it is."""


def equal_values(record_kind: str, group: str, form_code: str, a: object, b: object) -> bool:
    """The plainest `same`: equal values."""
    return a == b


def allow_all(op: Operation, state: RecordState | None) -> str:
    """The plainest `check`: everything is allowed."""
    return ""


def itself(op_id: bytes) -> bytes:
    """The plainest `root`: no aliases."""
    return op_id


class Context(msgspec.Struct, frozen=True):
    """What the merge asks of its surroundings.

    `root` follows aliases, `known` says whether an operation has been decided here (not parked), `device` is the
    sender, kept in conflict items.
    """

    root: Callable[[bytes], bytes] = itself
    known: Callable[[bytes], bool] = bool
    same: Same = equal_values
    check: Check = allow_all
    device: str = ""


class Outcome(msgspec.Struct, frozen=True):
    """What came of an operation: its receipt code, the record's new content (None: unchanged), why, and its alias.

    `alias` is the root that the operation counts as from now on when its result is `SAME`, else None.
    """

    result: str
    state: RecordState | None = None
    reason: str = ""
    alias: bytes | None = None


def merge(state: RecordState | None, op: Operation, context: Context) -> Outcome:
    """Decide one operation against the record's content; the caller has already answered repeats by op id."""
    if op.kind not in ACTS or op.record_kind not in KINDS:
        return Outcome(REJECTED, reason="unknown_kind")
    if state is not None and (op.record_kind != state.kind or op.scope != state.scope):
        return Outcome(REJECTED, reason="wrong_record")
    reason = context.check(op, state)
    if reason:
        return Outcome(REJECTED, reason=reason)
    if op.kind == CREATE:
        return _create(state, op)
    if state is None:
        return Outcome(WAITING, reason="record_unknown")
    if op.base and not context.known(op.base):
        return Outcome(WAITING, reason="base_unknown")
    if op.kind == APPEND:
        return Outcome(APPLIED, replace(state, entries=state.entries | {id_text(op.op_id): op.value}))
    if op.kind == VOID:
        return _void(state, op, context)
    if any(item.op_id in op.closes and item.group != op.group for item in state.conflicts):
        return Outcome(REJECTED, reason="closes_other_group")
    if op.group == VOID_GROUP:
        return _settle_void(state, op, context)
    return _write(state, op, context)


def born_groups(op: Operation) -> dict[str, msgspec.Raw] | None:
    """The groups of a create when they are in canonical form (sorted, none empty), else None."""
    try:
        groups = msgspec.msgpack.decode(op.value, type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None
    names = list(groups)
    return groups if names == sorted(names) and NOTHING not in groups.values() else None


def _create(state: RecordState | None, op: Operation) -> Outcome:
    if state is not None:
        return Outcome(APPLIED) if state.birth == op.op_id else Outcome(REJECTED, reason="record_exists")
    groups = born_groups(op)
    if groups is None:
        return Outcome(REJECTED, reason="bad_value")
    return Outcome(APPLIED, RecordState(op.record, op.record_kind, op.scope, op.op_id, groups, {}, b"", {}, []))


def _void(state: RecordState, op: Operation, context: Context) -> Outcome:
    if state.void:
        return Outcome(SAME, alias=context.root(state.void))
    seen = {context.root(version) for version in op.seen} | {context.root(op.base)}
    standing = {context.root(state.version(group)) for group in state.groups}
    if standing <= seen and state.entries.keys() <= {id_text(entry) for entry in op.seen}:
        return Outcome(APPLIED, replace(state, void=op.op_id))
    return _conflict(state, op, VOID_GROUP, NO_BASE, context)


def _settle_void(state: RecordState, op: Operation, context: Context) -> Outcome:
    """A person decides whether a record stays void: `_void` resolved to true or false on the mark that was seen."""
    if op.kind != RESOLVE:
        return Outcome(REJECTED, reason="unknown_group")
    wanted = plain(op.value) is True
    if wanted == bool(state.void) and not op.closes:
        return Outcome(SAME, alias=context.root(state.void))
    void = state.void if wanted == bool(state.void) else (op.op_id if wanted else b"")
    return Outcome(APPLIED, replace(state, void=void, conflicts=_without(state, op.closes)))


def _write(state: RecordState, op: Operation, context: Context) -> Outcome:
    if state.void and op.kind != RESOLVE:
        return _conflict(state, op, op.group, state.void, context)
    current = state.version(op.group)
    if context.root(op.base) == context.root(current):
        reason = _forbidden(state, op)
        return Outcome(REJECTED, reason=reason) if reason else Outcome(APPLIED, _written(state, op))
    if _equal(state, op, context):
        left = _without(state, (op.base,))
        fresh = replace(state, conflicts=left) if len(left) < len(state.conflicts) else None
        return Outcome(SAME, fresh, alias=context.root(current))
    return _conflict(state, op, op.group, current, context)


def _forbidden(state: RecordState, op: Operation) -> str:
    """The reason why a status may not move so, or a group may not be written again; "" when it may."""
    group = KINDS[state.kind].group(op.group)
    if group is None or op.kind == RESOLVE:
        return ""
    if group.merge == IMMUTABLE:
        return "immutable"
    moves = TRANSITIONS.get(state.kind)
    if group.merge != STATUS or moves is None or op.group not in state.groups:
        return ""
    return "" if plain(op.value) in moves.get(plain(state.groups[op.group]), ()) else "transition"


def _written(state: RecordState, op: Operation) -> RecordState:
    return replace(
        state,
        groups=state.groups | {op.group: op.value},
        versions=state.versions | {op.group: op.op_id},
        conflicts=_without(state, op.closes) if op.closes else state.conflicts,
    )


def _equal(state: RecordState, op: Operation, context: Context) -> bool:
    held = state.groups.get(op.group, NOTHING)
    if held == op.value:
        return True
    return context.same(state.kind, op.group, form_code(state), plain(held), plain(op.value))


def form_code(state: RecordState) -> str:
    """The form that a visit's answers belong to; "" for other records."""
    raw = state.groups.get("form")
    value = plain(raw) if raw is not None else None
    return str(value.get("form_code") or "") if isinstance(value, dict) else ""


def _conflict(state: RecordState, op: Operation, group: str, winner: bytes, context: Context) -> Outcome:
    """The county's value stays; the loser is kept, and takes the place of the own earlier loser it was based on."""
    item = ConflictItem(op.op_id, group, op.value, op.actor, op.role, context.device, op.wall_ms, op.base, winner)
    kept = sorted([*_without(state, (op.base,)), item], key=lambda one: one.op_id)
    return Outcome(CONFLICT, replace(state, conflicts=kept), reason="voided" if state.void else "")


def _without(state: RecordState, closed: tuple[bytes, ...]) -> list[ConflictItem]:
    return [item for item in state.conflicts if item.op_id not in closed]
