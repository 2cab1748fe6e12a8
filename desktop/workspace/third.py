"""A third value that settles a difference, read as the record's own verbs read it; what cannot be is refused."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from db.kinds import KINDS, VOID_GROUP, Group
from db.mapping import CLASSES, object_groups
from db.refused import BadValue
from db.tables.visits import Visit
from desktop.casework import fields, programmes, questionnaire
from desktop.casework.views import ConflictView
from desktop.casework.work import Work, day_of, one_line

if TYPE_CHECKING:
    from desktop.workspace.workspace import Workspace

_LABELS = {"household": fields.HOUSEHOLD_LABELS, "person": fields.PERSON_LABELS}
_LONGEST = 200


def third_value(workspace: "Workspace", conflict: str, given: Any) -> Any:
    """The value to resolve a difference with, from `--value`; raises `BadValue` for one that cannot be.

    A group that is settled at once takes an object by field (JSON text will do); fields that it leaves out stay as
    they stand. An empty text clears.
    """
    items = [item for item in workspace.exchange.conflicts() if item.id == conflict]
    return workspace.look(lambda work: _read(work, items, given)) if items else given


def _read(work: Work, items: list[ConflictView], given: Any) -> Any:
    first = items[0]
    if first.group == VOID_GROUP:
        return _yes(given)
    group = KINDS[first.kind].group(first.group)
    if group is None:
        return _answer(work, first, given)
    if group.single:
        return _fields(work, first.kind, {group.fields[0].name: given})[group.fields[0].name]
    parsed = _fields(work, first.kind, _by_name(group, given))
    held = work.session.get_one(CLASSES[first.kind], first.record)
    standing = object_groups(held).get(group.name)
    values = dict(standing) if isinstance(standing, Mapping) else {}
    values |= {field.key(): parsed[field.name] for field in group.fields if field.name in parsed}
    return {key: value for key, value in values.items() if value is not None} or None


def _yes(given: Any) -> bool:
    found = {"true": True, "false": False, True: True, False: False}.get(given if isinstance(given, str | bool) else "")
    if found is None:
        raise _bad("这里要写 true（作废）或 false（留着）。")
    return found


def _by_name(group: Group, given: Any) -> dict[str, Any]:
    """The given object by the names of the fields, which may be written long (`account.bank`) or short (`bank`)."""
    value = _json(given)
    if not isinstance(value, Mapping) or not value:
        raise _bad("这几格是一起定的，要写成一个 JSON 对象。")
    names = {word: field.name for field in group.fields for word in (field.name, field.key())}
    if not set(value) <= set(names):
        raise _bad(f"这里只有这几格：{'、'.join(field.name for field in group.fields)}。")
    return {names[word]: part for word, part in value.items()}


def _json(given: Any) -> Any:
    """JSON written in place; a text that is none stays one."""
    if isinstance(given, str) and given[:1] in ("{", "["):
        try:
            return json.loads(given)
        except (ValueError, RecursionError):
            return given
    return given


def _fields(work: Work, kind: str, named: Mapping[str, Any]) -> dict[str, Any]:
    labels = _LABELS.get(kind, {})
    if labels.keys() >= named.keys():
        parsed = fields.read_fields(named, labels, work, kind)
        if kind == "person" and "name" in parsed and not parsed["name"]:
            raise _bad("姓名不能清空。")
        return dict(parsed)
    return {name: _plain(kind, name, value) for name, value in named.items()}


def _plain(kind: str, name: str, value: Any) -> Any:
    """A value of a record that has no verb of its own for it: dates, whole numbers, states, one line of text."""
    if value in ("", None):
        return None
    if not isinstance(value, str | int) or isinstance(value, bool):
        raise _bad("这里要写一个值。")
    text = one_line(str(value))
    if name.endswith("_on"):
        return day_of(text, name, "conflict.bad_value")
    if name.endswith("_fen") or name in ("covered_persons", "position"):
        if not (text.isascii() and text.isdigit() and len(text) <= 12):
            raise _bad("这里要写不小于 0 的整数。")
        return int(text)
    if kind == "case" and name == "status":
        return programmes.status(text)
    if not text or len(text) > _LONGEST:
        raise _bad(f"这里要写 1 至 {_LONGEST} 个看得见的字。")
    return text


def _answer(work: Work, item: ConflictView, given: Any) -> Any:
    visit = work.session.get_one(Visit, item.record)
    form = questionnaire.load(visit.form_code or "", visit.form_version)
    head, _, rest = item.field.partition(".")
    value = None if given == "" else given
    if not questionnaire.has_table(form, head):
        return questionnaire.assign(form, {}, rest, value).get(item.field)
    name, value = (item.field if rest else head), _json(value)
    return questionnaire.assign(form, {}, name, value).get(item.field)


def _bad(what: str) -> BadValue:
    return BadValue("conflict.bad_value", what, "分歧还在，没有改动。", "请照 conflicts list 的格式写。")
