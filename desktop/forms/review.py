"""What a form says of its answers: computed values, what is missing, what is odd, what must not be, how far it is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from desktop.forms.conditions import as_number, compare, holds, is_empty
from desktop.forms.evaluation import Evaluation, Row, Sources
from desktop.forms.functions import WorkCalendar, rounded
from desktop.forms.spec import Check, FieldSpec, FormSpec, TableSpec
from desktop.forms.values import plain_decimal
from desktop.policy.identity import check_account, check_id, check_phone
from desktop.policy.text import bare

BY_HAND = "待手写"
"""Said of what is missing but filled in by hand on the paper."""

_NUMBER_GIVEN = "document.no"
_WHERE = {
    "person": "请到人员档案补",
    "household": "请到家庭档案补",
    "certificate": "请到人员档案登记有效的残疾人证",
    "case": "请先建案件，或在案件里补",
    "settings": "请到“设置”里补",
    "pack": "要有县里下发的标准包",
    "policy": "要由政策引擎算出",
    "benefit": "请到待遇里补",
    "notice": "请先生成公示",
    "receipt": "请先登记回执",
    "account": "请到人员档案登记发放账户",
}
_SOURCE_WORDS = {
    "person.birth_date": "出生日期",
    "person.sex": "性别",
    "person.name": "姓名",
    "person.id_number": "证件号码",
    "household.village": "村（居）",
    "household.region": "乡村组",
    "certificate.kind": "残疾类别",
    "certificate.grade": "残疾等级",
    "certificate.number": "残疾人证号",
    "settings.township_name": "乡镇名称",
    "settings.edu_tel": "县教育局电话",
    "settings.reeval_months": "送教复评月数",
}


class Missing(msgspec.Struct, frozen=True):
    """Something required that is not there.

    `key` is as `visit set` takes it (`TABLE.ROW.key` in a row); `text` says what to do, 待手写 for what is filled
    by hand; `sources` are the facts that a computed field could not find.
    """

    key: str
    label: str
    section: str
    by_hand: bool = False
    text: str = ""
    table: str = ""
    row: str = ""
    sources: tuple[str, ...] = ()


class Warned(msgspec.Struct, frozen=True):
    """Something to look at, or (in `Review.blocking`) that must be put right; `field` as in `Missing.key`."""

    field: str
    code: str
    text: str
    table: str = ""
    row: str = ""


class Progress(msgspec.Struct, frozen=True):
    """How many of the required fields of a section are filled."""

    section: str
    done: int
    total: int

    @property
    def complete(self) -> bool:
        """Nothing of the section is missing."""
        return self.done >= self.total


class Review(msgspec.Struct, frozen=True):
    """A form with its answers, looked at once; `missing` names what is typed in first, then what is 待手写.

    `computed` has the shape of FILE, amounts rounded to cents for showing; `visible` holds the keys of questions and
    `TABLE.ROW.key` of cells that the screen shows unfolded.
    """

    computed: dict[str, Any]
    missing: tuple[Missing, ...]
    warnings: tuple[Warned, ...]
    blocking: tuple[Warned, ...]
    progress: tuple[Progress, ...]
    visible: frozenset[str]

    @property
    def blocks_official(self) -> tuple[Missing, ...]:
        """What keeps an official paper from being printed: missing fields that are not filled by hand."""
        return tuple(one for one in self.missing if not one.by_hand)


def check(
    spec: FormSpec,
    answers: Mapping[str, Any],
    sources: Sources,
    on: date,
    filled: set[str] | frozenset[str] = frozenset(),
    calendar: WorkCalendar | None = None,
) -> Review:
    """Look at answers: `sources` give the facts from outside, `filled` the photos and signatures that are there."""
    state = Evaluation(spec, answers, sources, on, frozenset(filled), calendar)
    missing = sorted(_missing(state), key=lambda one: one.by_hand)
    found = list(_said(state))
    return Review(
        computed=_computed(state),
        missing=tuple(missing),
        warnings=tuple(warned for hard, warned in found if not hard),
        blocking=tuple(warned for hard, warned in found if hard),
        progress=tuple(_progress(state, missing)),
        visible=frozenset(_key(field, row) for field, row, _ in _every(state) if state.shown(field, row)),
    )


def _every(state: Evaluation) -> Iterator[tuple[FieldSpec, Row | None, str]]:
    """Every question and cell in paper order, with a word for the row."""
    for item in state.spec.items:
        if isinstance(item, TableSpec):
            for number, row, column in state.cells(item):
                yield column, row, f"{item.label}第 {number} 行："
        else:
            yield item, None, ""


def _key(field: FieldSpec, row: Row | None) -> str:
    return f"{field.table}.{row['row']}.{field.key}" if row is not None else field.key


def _missing(state: Evaluation) -> Iterator[Missing]:
    for field, row, place in _every(state):
        if not state.needed(field, row) or not is_empty(state.value(field, row)) or _numbered_later(field):
            continue
        lacking = state.lacking(field, row) if field.computed else ()
        yield Missing(
            key=_key(field, row),
            label=f"{place}{field.label}",
            section=field.section,
            by_hand=field.by_hand,
            text=_what_to_do(field, lacking),
            table=field.table,
            row=str(row["row"]) if row is not None else "",
            sources=lacking,
        )


def _numbered_later(field: FieldSpec) -> bool:
    """A paper takes its number when it is printed for the first time; before that it is not missing (D13)."""
    return field.calc is not None and field.calc.sources == (_NUMBER_GIVEN,)


def _what_to_do(field: FieldSpec, lacking: tuple[str, ...]) -> str:
    if field.by_hand:
        return BY_HAND
    if not field.computed:
        return "还没有填"
    if lacking:
        own_first = sorted(lacking, key=lambda name: name.startswith("F-"))
        return "；".join(dict.fromkeys(where_to_supply(name) for name in own_first))
    return "前面的项还没有填齐，算不出来"


def where_to_supply(source: str) -> str:
    """What a missing source is called and where people supply it."""
    head = source.partition(".")[0]
    if head.startswith("F-"):
        return f"或先填 {head}"
    words = _SOURCE_WORDS.get(source)
    return f"缺{words}，{_WHERE.get(head, '请补上来源')}" if words else _WHERE.get(head, f"缺 {source}")


def _progress(state: Evaluation, missing: list[Missing]) -> Iterator[Progress]:
    total: dict[str, int] = {}
    for field, row, _ in _every(state):
        if state.needed(field, row) and not _numbered_later(field):
            total[field.section] = total.get(field.section, 0) + 1
    lacking: dict[str, int] = {}
    for one in missing:
        lacking[one.section] = lacking.get(one.section, 0) + 1
    for section in state.spec.sections:
        count = total.get(section.id, 0)
        yield Progress(section.id, count - lacking.get(section.id, 0), count)


def _computed(state: Evaluation) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in state.spec.items:
        if isinstance(item, FieldSpec):
            if item.computed and (value := shown(item, state.value(item))) is not None:
                found[item.key] = value
            continue
        columns = [column for column in item.columns if column.computed]
        rows = [
            {"row": row["row"]}
            | {c.key: value for c in columns if (value := shown(c, state.value(c, row))) is not None}
            for row in state.rows[item.id]
        ]
        if columns and rows:
            found[item.id] = rows
    return found


def shown(field: FieldSpec, value: Any) -> Any:
    """A computed value as it is shown and printed: money to cents, numbers without needless zeros, else as it is."""
    if is_empty(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    number = as_number(value) if field.type in ("A", "DEC", "N") else None
    if number is None:
        return str(value) if isinstance(value, Fraction) else value
    if field.type == "A":
        return f"{rounded(number):.2f}"
    if field.type == "N" and number.denominator == 1:
        return int(number)
    return plain_decimal(str(rounded(number)))


def _said(state: Evaluation) -> Iterator[tuple[bool, Warned]]:
    """What the declared checks and the numbers say, each with whether it is hard."""
    for declared in state.spec.checks:
        rows: Sequence[Row | None] = state.rows[declared.table] if declared.table else (None,)
        for row in rows:
            if _speaks(state, declared, row):
                key = f"{declared.table}.{row['row']}.{declared.field}" if row is not None else declared.field
                text = declared.text.replace("{}", _figure(state, declared, row))
                name = str(row["row"]) if row is not None else ""
                yield declared.hard, Warned(key, declared.code, text, declared.table, name)
    for field, row, place in _every(state):
        value = state.value(field, row)
        if isinstance(value, str) and field.type in ("ID", "BK", "PH"):
            code, text = _number_says(state, field, value, row)
            if text:
                name = str(row["row"]) if row is not None else ""
                yield (
                    False,
                    Warned(_key(field, row), code, f"{place}{field.label}：{text}", field.table, name),
                )


def _number_says(state: Evaluation, field: FieldSpec, value: str, row: Row | None) -> tuple[str, str]:
    if field.type == "ID":
        id_type = state.look("id_type", field.table, field.prefix, row) or "resident_id"
        finding = check_id(value, state.on, str(id_type))
        return finding.code or "W_ID_REGION", finding.text or finding.warning
    if field.type == "PH" and not any(char.isdigit() for char in value):
        return "", ""  # forms.md ⟦PER⟧: whoever has no phone says so in words
    number = check_account(value) if field.type == "BK" else check_phone(value)
    return number.code, number.text


def _figure(state: Evaluation, declared: Check, row: Row | None) -> str:
    number = as_number(state.formula(declared.show, declared.table, row)) if declared.show else None
    return "" if number is None else f"{rounded(number):,.2f}"


def _speaks(state: Evaluation, declared: Check, row: Row | None) -> bool:
    def look(name: str) -> Any:
        return state.look(name, declared.table, "", row)

    if declared.when is not None and not holds(declared.when, look):
        return False
    if declared.formula:
        number = as_number(state.formula(declared.formula, declared.table, row))
        if number is None or not compare(declared.op, number, Fraction(0)):
            return False
    if declared.same:
        texts = [bare(str(look(name) or "")) for name in declared.same]
        if not all(texts) or len(set(texts)) == len(texts):
            return False
    if declared.order:
        first, second = (str(look(name) or "") for name in declared.order)
        length = min(len(first), len(second))
        if not length or second[:length] >= first[:length]:
            return False
    return True
