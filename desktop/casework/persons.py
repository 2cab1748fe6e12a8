"""Persons: shown masked, changed field by field, revealed with a reason that is written into the audit chain."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import journal, search
from db.operation import new_id
from db.refused import BadValue
from db.tables.people import Household, Person
from desktop.casework.fields import (
    NO_FIELDS_CHANGED,
    PERSON_LABELS,
    flattened,
    person_warnings,
    put,
    read_changes,
    read_fields,
)
from desktop.casework.masks import mask_account, mask_certificate, mask_id, mask_phone
from desktop.casework.views import PersonView, Warned
from desktop.casework.work import Work, one_line, shorten
from desktop.policy import identity


def show(work: Work, person_id: str) -> PersonView:
    """One person with masked numbers; raises `BadValue` when there is none of that id."""
    work.allow("look")
    person = find(work.session, person_id)
    return view(work, person)


def reveal(work: Work, person_id: str, reason: str) -> PersonView:
    """One person with whole numbers; the reason goes into the audit chain (AQ-012)."""
    work.allow("reveal")
    why = needed_reason(reason)
    person = find(work.session, person_id)
    work.record("reveal", person.id, {"reason": why})
    return view(work, person, revealed=True)


def change(
    work: Work,
    person_id: str,
    values: Mapping[str, Any],
    seen: Mapping[str, str] | None = None,
) -> PersonView:
    """Set fields of a person; an empty value clears. `seen` are the versions that the person was looking at."""
    work.allow("people")
    person = find(work.session, person_id)
    parsed = read_changes(values, PERSON_LABELS, work, "person")
    if "name" in parsed and not parsed["name"]:
        raise BadValue("person.no_name", "姓名不能清空。", NO_FIELDS_CHANGED, "请写上新的姓名。")
    if seen is not None:
        journal.looking_at(work.session, person.id, seen)
    put(person, parsed)
    _settle_identity(person, parsed)
    work.session.flush()
    search.index_people(work.session, [person.id])
    work.record("person.change", person.id, {"fields": sorted(parsed)})
    return view(work, person)


def add(
    work: Work,
    household_id: str,
    given: Mapping[str, Any],
    position: int,
    import_batch: str | None = None,
) -> Person:
    """A new person in a household, not yet flushed; raises `BadValue` without a name."""
    parsed = read_fields(flattened(given), PERSON_LABELS, work, "person")
    if not parsed.get("name"):
        raise BadValue(
            "person.no_name",
            f"第 {position} 位成员没有姓名。",
            NO_FIELDS_CHANGED,
            "请给每位成员写上 name。",
        )
    person = Person(
        id=new_id(),
        scope=work.scope,
        household_id=household_id,
        joined_on=work.on,
        position=position,
        import_batch=import_batch,
    )
    put(person, parsed)
    _settle_identity(person, parsed)
    work.session.add(person)
    return person


def _settle_identity(person: Person, parsed: Mapping[str, str | None]) -> None:
    """A number makes a resident identity card unless told otherwise; none with a reason makes `no_id` (SJ-007)."""
    if person.id_number and person.id_type in (None, "no_id") and "id_type" not in parsed:
        person.id_type = "resident_id"
    if not person.id_number and person.no_id_reason and "id_type" not in parsed:
        person.id_type = "no_id"
    if person.id_number and person.id_type == "no_id":
        raise BadValue(
            "person.no_id_with_number",
            "写了“无证件”，又写了证件号码。",
            NO_FIELDS_CHANGED,
            "请改证件类型，或清空证件号码。",
        )


def fill_from_number(person: Person, work: Work) -> None:
    """Birth date and sex that the number says, where nothing was given (ux.md §4)."""
    if not person.id_number:
        return
    finding = identity.check_id(person.id_number, work.day, person.id_type or "resident_id")
    if finding.ok and finding.birth is not None:
        person.birth_date = person.birth_date or finding.birth.isoformat()
        person.sex = person.sex or (str(finding.sex) if finding.sex else None)


def same_number(session: Session, person: Person) -> list[Warned]:
    """Others who carry the same identity number (ux.md §5: asked, never merged)."""
    if not person.id_number:
        return []
    with session.no_autoflush:
        others = session.execute(
            select(Person.name, Household.village)
            .outerjoin(Household, Household.id == Person.household_id)
            .where(
                Person.id_number == person.id_number,
                Person.id != person.id,
                Person.void.is_(False),
            )
        ).all()
    return [
        Warned(
            field="id_number",
            code="W_ID_KNOWN",
            person_id=person.id,
            text=f"这个证件号码已经有人用了：{name or '（无姓名）'}（{village or '村未登记'}）。请核对是不是同一个人。",
        )
        for name, village in others
    ]


def warnings_of(work: Work, person: Person) -> list[Warned]:
    """Everything odd about a person's numbers."""
    return person_warnings(person, work.day) + same_number(work.session, person)


def find(session: Session, person_id: str) -> Person:
    """The row of a person who is not void."""
    person = session.get(Person, person_id)
    if person is None or person.void:
        raise BadValue(
            "person.unknown",
            f"没有编号为 {shorten(person_id, 40)} 的人员。",
            NO_FIELDS_CHANGED,
            "请从名单里取编号。",
        )
    return person


def of_household(session: Session, household_id: str) -> Sequence[Person]:
    """The living-together rows of a household, head first."""
    return (
        session.execute(
            select(Person)
            .where(
                Person.household_id == household_id,
                Person.void.is_(False),
                Person.left_on.is_(None),
            )
            .order_by(Person.position, Person.id)
        )
        .scalars()
        .all()
    )


def view(work: Work, person: Person, revealed: bool = False) -> PersonView:
    """A person as a struct, masked unless revealed."""
    return PersonView(
        person_id=person.id,
        warnings=tuple(warnings_of(work, person)),
        revealed=revealed,
        versions=journal.versions(work.session, person.id),
        **fields(person, revealed),
    )


def fields(person: Person, revealed: bool) -> dict[str, Any]:
    """The plain fields of a person, masked unless revealed."""
    found = {
        name: getattr(person, name)
        for name in PersonView.__struct_fields__
        if hasattr(Person, name) and name != "person_id"
    }
    if not revealed:
        found["id_number"] = mask_id(person.id_number)
        found["phone"] = mask_phone(person.phone)
        found["account_number"] = mask_account(person.account_number)
        found["certificate_number"] = mask_certificate(person.certificate_number)
    return found


def needed_reason(reason: str | None) -> str:
    """A reason of up to 200 characters, or a refusal (AQ-012)."""
    why = one_line(reason or "")
    if not 1 <= len(why) <= 200:
        raise BadValue(
            "reason.missing",
            "要写明事由（200 字以内），它会记入审计。",
            "没有显示，也没有导出。",
            "请写上为什么需要。",
        )
    return why
