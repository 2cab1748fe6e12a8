"""Differences in words for a person to decide: whose record, which field, both values masked, and a third one typed."""

from typing import Any

from sqlalchemy import select

from db.kinds import KINDS
from db.mapping import CLASSES, object_groups
from db.operation import id_bytes
from db.refused import BadValue
from db.tables.journal import OperationRow
from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import fields, listing, questionnaire
from desktop.casework.masks import mask_account, mask_certificate, mask_id, mask_phone
from desktop.casework.programmes import STATUSES
from desktop.casework.views import ConflictView, View
from desktop.casework.work import Work
from desktop.forms import code_table
from desktop.forms.spec import FieldSpec, TableSpec
from desktop.workspace.workspace import Workspace

_MASKS = {
    "id_number": mask_id, "phone": mask_phone, "certificate.number": mask_certificate, "account.number": mask_account
}  # fmt: skip
_MASKED_TYPES = {"ID": mask_id, "PH": mask_phone, "BK": mask_account}
_TABLES = {
    "sex": "GB2261.1", "relation": "K03", "ethnicity": "K10", "health": "K04", "labor": "K06", "job": "K07",
    "study": "K08", "certificate.kind": "K05", "certificate.grade": "K36",
}  # fmt: skip
_LABELS = {
    "status": "状态", "household_id": "所在的家庭", "joined_on": "何时加入", "left_on": "何时离开", "position": "次序",
    "visited_on": "走访日期", "investigator_a": "调查人一", "investigator_b": "调查人二", "completed_on": "完成日期",
    "accepted_on": "受理日期", "month_amount_fen": "月保障金（分）", "supplement_fen": "补差（分）",
    "covered_persons": "保障人数", "start_month": "起始月份", "checked_on": "核查日期", "cause": "困难原因",
    "band": "档次", "_void": "作废", "state": "文书状态",
}  # fmt: skip
_STATES = STATUSES | {"draft": "进行中", "completed": "已完成"}
_KINDS = {
    "household": "家庭", "person": "人员", "case": "案件", "case_event": "经过", "assessment": "测算", "visit": "走访",
    "signature": "签名", "photo": "照片", "document": "文书", "fund_entry": "备用金账目",
}  # fmt: skip
_SHOWN = 60


class DifferingField(View, frozen=True, kw_only=True):
    """One field with both values as text, masked where they are numbers of people."""

    name: str
    label: str
    mine: str
    county: str


class Decision(View, frozen=True, kw_only=True):
    """What is decided at once: the differing fields of one group of one record.

    `own`: this laptop wrote the value that lost. `third`: another value may be typed, field by field; else the
    record's own page (`place`, `subject`) is where it is changed.
    """

    id: str
    where: str
    fields: tuple[DifferingField, ...]
    actor: str
    own: bool
    third: bool
    place: str = ""
    subject: str = ""


def listed(workspace: Workspace) -> list[Decision]:
    """Every open difference in words, the oldest first."""
    found: dict[str, list[ConflictView]] = {}
    for item in workspace.exchange.conflicts():
        found.setdefault(item.id, []).append(item)
    return workspace.look(lambda work: [_decision(work, items) for items in found.values()])


def settle(workspace: Workspace, conflict: str, keep: str | None, given: dict[str, str] | None = None) -> None:
    """Keep `mine` or `county`, or with `keep` None write a third value, read as the record's own page reads it.

    Raises `BadValue` for a value that cannot be; the difference stays open then.
    """
    value = None
    if keep is None:
        items = [item for item in workspace.exchange.conflicts() if item.id == conflict]
        value = workspace.look(lambda work: _third(work, items, given or {}))
    workspace.exchange.resolve(conflict, keep, value)


def _decision(work: Work, items: list[ConflictView]) -> Decision:
    first = items[0]
    name, place, subject = _about(work, first)
    specs = {item.field: _spec(work, item) for item in items}
    own = work.session.execute(select(OperationRow.seq).where(OperationRow.op_id == id_bytes(first.id))).scalar()
    return Decision(
        id=first.id,
        where=name,
        fields=tuple(
            DifferingField(
                name=item.field,
                label=_label(item, specs[item.field]),
                mine=_text(item, item.mine, specs[item.field]),
                county=_text(item, item.county, specs[item.field]),
            )
            for item in items
        ),
        actor=first.mine_actor,
        own=own is not None,
        third=all(_typeable(item, specs[item.field]) for item in items),
        place=place,
        subject=subject,
    )


def _about(work: Work, item: ConflictView) -> tuple[str, str, str]:
    session = work.session
    held: Any = session.get(CLASSES[item.kind], item.record)
    if isinstance(held, Person):
        return held.name or "（无姓名）", "household", held.household_id or ""
    home = held.id if isinstance(held, Household) else getattr(held, "household_id", None)
    head = listing.subject_name(session, None, home)
    words = f"{head or '（无户主）'} 家" if home else _KINDS[item.kind]
    if isinstance(held, Visit):
        return f"{words} · {questionnaire.name_of(held.form_code or '')} {held.visited_on or ''}", "visit", held.id
    kind = "" if item.kind == "household" else f" · {_KINDS[item.kind]}"
    return words + kind, "household" if home else "", home or ""


def _spec(work: Work, item: ConflictView) -> FieldSpec | TableSpec | None:
    if not item.group.startswith("answers."):
        return None
    visit = work.session.get(Visit, item.record)
    form = questionnaire.load(visit.form_code or "", visit.form_version) if visit is not None else None
    if form is None:
        return None
    head, _, key = item.field.partition(".")
    found: FieldSpec | TableSpec | None = form.table_by_id.get(head) or form.by_key.get(key)
    return found


def _label(item: ConflictView, spec: FieldSpec | TableSpec | None) -> str:
    if spec is not None:
        return spec.label + ("（一行）" if isinstance(spec, TableSpec) and not spec.whole else "")
    labels = fields.HOUSEHOLD_LABELS if item.kind == "household" else fields.PERSON_LABELS
    return labels.get(_full(item)) or _LABELS.get(item.field) or item.field


def _full(item: ConflictView) -> str:
    """The name of a field as the command line has it (`certificate.kind`)."""
    group = KINDS[item.kind].group(item.group)
    for field in group.fields if group else ():
        if item.field in (field.name, field.key()):
            return field.name
    return item.field


def _text(item: ConflictView, value: Any, spec: FieldSpec | TableSpec | None) -> str:
    if item.field == "_void":
        return "要作废" if value else "留着"
    if value is None or value == []:
        return "（空）"
    if isinstance(spec, TableSpec):
        return f"{len(value)} 行" if isinstance(value, list) else _row(spec, value)
    if isinstance(spec, FieldSpec):
        return _short(_cell(spec, value))
    name = _full(item)
    if name in _MASKS:
        return _MASKS[name](str(value)) or "（空）"
    if name in _TABLES:
        return code_table(_TABLES[name]).get(str(value), str(value))
    return _short(_STATES.get(str(value), str(value)))


def _row(spec: TableSpec, value: Any) -> str:
    cells = [_cell(column, value[column.key]) for column in spec.columns if value.get(column.key) is not None]
    return _short("、".join(cells))


def _cell(spec: FieldSpec, value: Any) -> str:
    if spec.type in _MASKED_TYPES:
        return _MASKED_TYPES[spec.type](str(value)) or ""
    if isinstance(value, bool):
        return "是" if value else "否"
    parts = value if isinstance(value, list) else [value]
    words = code_table(spec.code_table) if spec.code_table else {}
    return "、".join(words.get(str(part), str(part)) for part in parts)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _typeable(item: ConflictView, spec: FieldSpec | TableSpec | None) -> bool:
    if isinstance(spec, TableSpec):
        return False
    if isinstance(spec, FieldSpec):
        return spec.settable
    return item.kind in ("household", "person") and item.group not in ("membership", "position", "_void")


def _third(work: Work, items: list[ConflictView], given: dict[str, str]) -> Any:
    if not items:
        return None
    first = items[0]
    if first.group.startswith("answers."):
        return _answer(work, first, given.get(first.field))
    held = work.session.get_one(CLASSES[first.kind], first.record)
    group = KINDS[first.kind].group(first.group)
    assert group is not None
    what, labels = ("household", fields.HOUSEHOLD_LABELS) if first.kind == "household" else (
        "person", fields.PERSON_LABELS
    )  # fmt: skip
    named = {_full(item): given.get(item.field, "") for item in items}
    parsed = fields.read_fields(named, labels, work, what)
    if group.single:
        value = parsed[group.fields[0].name]
        if first.field == "name" and not value:
            raise BadValue("person.no_name", "姓名不能清空。", "分歧还在，没有改动。", "请写上姓名。")
        return value
    standing = object_groups(held).get(group.name)
    values = dict(standing) if isinstance(standing, dict) else {}
    values |= {field.key(): parsed[field.name] for field in group.fields if field.name in parsed}
    return {key: value for key, value in values.items() if value is not None} or None


def _answer(work: Work, item: ConflictView, text: str | None) -> Any:
    visit = work.session.get_one(Visit, item.record)
    form = questionnaire.load(visit.form_code or "", visit.form_version)
    key = item.field.partition(".")[2]
    return questionnaire.assign(form, dict(visit.answers or {}), key, text or None).get(item.field)
