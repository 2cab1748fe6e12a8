"""Ask `notice_check`: may this notice be printed as it is (09 §3 to §5)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Literal

from desktop.policy.codes import ProgrammeCode
from desktop.policy.identity import age_on
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import AtLeast, Text
from desktop.policy.outcome import Answer
from desktop.policy.publicity import (
    ALLOWED,
    CATEGORIES,
    DENIED,
    NEVER,
    TOTALS_ONLY,
    is_id_tail,
    tells_a_door,
    tells_a_masked_number,
    tells_a_number,
)
from desktop.policy.reading import Part

_ADULT = 18
_PLACES = ("address", "village")
Fault = tuple[str, str]
"""A rule that is broken, and where."""


class Subject(Part, frozen=True, kw_only=True):
    """Whose row it is; `name_note` tells people of one name apart."""

    name: Text
    birth_date: date
    guardian_name: Text | None = None
    name_note: str = ""

    def minor(self, on: date) -> bool:
        """Whether the person is a child on the day."""
        return age_on(self.birth_date, on) < _ADULT


class Row(Part, frozen=True, kw_only=True):
    """One line of the notice: a person and the fields that would be shown."""

    subject: Subject
    fields: dict[str, str | int]


class NoticeCheckQuestion(Question, frozen=True, kw_only=True):
    """A notice before it is printed."""

    programme_code: ProgrammeCode
    kind: Literal["pre_notice", "decision_publication", "standing_list"]
    on: date
    languages: Annotated[tuple[Literal["zh", "bo", "qiang"], ...], AtLeast(1)]
    rows: tuple[Row, ...]
    text: str = ""


def display_name(subject: Subject, on: date) -> str:
    """The name on the notice; a child's is never shown (GS-011)."""
    return f"监护人{subject.guardian_name or ''}（代未成年人申请）" if subject.minor(on) else subject.name


def impossible(question: NoticeCheckQuestion) -> Iterable[str]:
    """Somebody not yet born on the day."""
    if any(row.subject.birth_date > question.on for row in question.rows):
        yield "对象的出生日期晚于公示日期"


def answer(question: NoticeCheckQuestion, inquiry: Inquiry) -> Answer:
    """Every rule that the notice breaks; only without any may it be printed."""
    places: dict[str, list[str]] = {}
    for rule, where in _faults(question):
        places.setdefault(rule, []).append(where)
    for rule, found in places.items():
        inquiry.workings.judge(rule, False, "；".join(dict.fromkeys(found)))
    if not places:
        inquiry.workings.judge("09.3", True, "只有白名单里的内容")
        inquiry.workings.judge("GS-013", True, "全文没有证件号、手机号、卡号")
    return inquiry.answer(
        ok=not places,
        blocking=list(places),
        warnings=[],
        display_names=[display_name(row.subject, question.on) for row in question.rows],
    )


def _faults(question: NoticeCheckQuestion) -> Iterator[Fault]:
    for rule in NEVER.get(question.programme_code, ()):
        yield rule, "这类对象不公示"
    if question.programme_code in TOTALS_ONLY and question.rows:
        yield "09.3", "这个项目只公开人数和总额"
    if question.languages[0] != "zh":
        yield "GS-017", "国家通用语言文字应排在最前"
    yield from _number_faults(question.text, "正文")
    for place, row in enumerate(question.rows, 1):
        yield from _row_faults(question, row, f"第 {place} 行")


def _row_faults(question: NoticeCheckQuestion, row: Row, where: str) -> Iterator[Fault]:
    for key, value in row.fields.items():
        yield from _field_faults(question.programme_code, key, value, where)
    for value in (*row.fields.values(), row.subject.name, row.subject.guardian_name or "", row.subject.name_note):
        yield from _number_faults(value, where)
    if is_id_tail(row.subject.name_note):
        yield "GS-014", f"{where}：同名的不得用证件号后四位区分"
    if row.subject.minor(question.on):
        yield from _minor_faults(question, row, where)


def _field_faults(programme: ProgrammeCode, key: str, value: str | int, where: str) -> Iterator[Fault]:
    if key in DENIED:
        yield "09.4", f"{where}：有绝对禁止公开的内容"
    elif key not in ALLOWED.get(programme, ()):
        yield "09.3", f"{where}：有白名单以外的内容"
    if key == "category" and value not in CATEGORIES:
        yield "09.4", f"{where}：类别只能写救助项目的名称"
    if key in _PLACES and tells_a_door(value):
        yield "D-08", f"{where}：地址只写到村（社区）、组"


def _number_faults(value: str | int, where: str) -> Iterator[Fault]:
    if tells_a_number(value):
        yield "GS-013", f"{where}：有证件号、手机号或卡号"
    if tells_a_masked_number(value):
        yield "09.4", f"{where}：有打码的号码"


def _minor_faults(question: NoticeCheckQuestion, row: Row, where: str) -> Iterator[Fault]:
    """A child is announced by the guardian's name, and its own stands nowhere, in no row (GS-011).

    A guardian's name may begin like the child's; only the child itself is none.
    """
    if row.subject.guardian_name is None:
        yield "GS-011", f"{where}：未成年人没有监护人姓名"
    elif row.subject.guardian_name.strip() == row.subject.name.strip():
        yield "GS-011", f"{where}：监护人一栏是儿童姓名"
    shown = [question.text, *(str(value) for other in question.rows for value in other.fields.values())]
    if any(row.subject.name in value for value in shown):
        yield "GS-011", f"{where}：写出了儿童姓名"


ASK = Ask("notice_check", NoticeCheckQuestion, answer, impossible, day=lambda question: question.on)
