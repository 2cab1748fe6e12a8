"""Ask `identity`: is a number possible, which document is it, and what does it say of a person (contract §8, 10 §1)."""

import re
from datetime import date
from typing import Literal

import msgspec

from desktop.policy.codes import Sex
from desktop.policy.identity import age_on, check_digit, luhn_holds
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.outcome import Answer

Document = Literal[
    "resident_id", "hkmo_residence_permit", "tw_residence_permit", "disability_cert_no", "phone", "bank_account"
]
_PERMITS: dict[str, Document] = {
    "810000": "hkmo_residence_permit",
    "820000": "hkmo_residence_permit",
    "830000": "tw_residence_permit",
}
_RULES: dict[Document, str] = {
    "resident_id": "SJ-001",
    "hkmo_residence_permit": "SJ-003",
    "tw_residence_permit": "SJ-004",
    "disability_cert_no": "SJ-009",
    "phone": "SJ-011",
    "bank_account": "SJ-010",
}
_PERSONAL = re.compile(r"[0-9]{17}[0-9X]")
_CERTIFICATE_LENGTH = re.compile(r"[0-9]{17}[0-9X][0-9]{2}(B[0-9]+)?")
_CERTIFICATE = re.compile(r"([0-9]{17}[0-9X])([1-7])([1-4])(B[0-9]+)?")
_PHONE = re.compile(r"1[3-9][0-9]{9}|(0[0-9]{2,3}-?)?[2-8][0-9]{6,7}")
_ACCOUNT = re.compile(r"[0-9]{15,19}")
_LEGACY = re.compile(r"[0-9]{15}")
_OLDEST = 120


class IdentityQuestion(Question, frozen=True, kw_only=True):
    """A number, what it is said to be, and what else is known of its holder."""

    kind: Literal["auto", Document]
    number: str
    as_of: date
    holder_id: str | None = None
    stated_sex: Sex | None = None
    stated_birth_date: date | None = None


class Reading(msgspec.Struct, frozen=True):
    """What a number says; `error` is the first level at which it fails (SJ-002)."""

    error: str | None = None
    birth: date | None = None
    sex: Sex | None = None
    kind: int | None = None
    grade: int | None = None


def recognised(number: str) -> Document:
    """Which document a number belongs to by its shape; whatever else looks like none is taken for a resident's."""
    if _CERTIFICATE_LENGTH.fullmatch(number):
        return "disability_cert_no"
    if _PHONE.fullmatch(number):
        return "phone"
    return _personal_document(number)


def _personal_document(number: str) -> Document:
    return _PERMITS.get(number[:6], "resident_id") if len(number) == 18 else "resident_id"


def answer(question: IdentityQuestion, inquiry: Inquiry) -> Answer:
    """Whether the number holds; what it says is answered only when the number itself does."""
    number = question.number.strip().upper()
    document: Document = recognised(number) if question.kind == "auto" else question.kind
    found = _read(document, number, question.as_of)
    errors = [found.error] if found.error else []
    errors += _other_errors(question, document, number, found)
    warnings = _warnings(question, document, number, found)
    words = "号码成立" if not errors else f"号码不成立：{'、'.join(errors)}"
    inquiry.workings.judge(_RULES[document], not errors, words, {"判断日": question.as_of})
    return inquiry.answer(
        valid=not errors,
        id_type=document,
        normalized=number,
        sex=found.sex,
        birth_date=found.birth,
        age=age_on(found.birth, question.as_of) if found.birth else None,
        disability_kind=found.kind,
        disability_grade=found.grade,
        errors=errors,
        warnings=warnings,
    )


def _read(document: Document, number: str, on: date) -> Reading:
    if document == "phone":
        return Reading() if _PHONE.fullmatch(number) else Reading("bad_format")
    if document == "bank_account":
        return Reading() if _ACCOUNT.fullmatch(number) else Reading("bad_format")
    if document == "disability_cert_no":
        match = _CERTIFICATE.fullmatch(number)
        if match is None:
            return Reading("bad_format")
        person = _read_person(match[1], on)
        return person if person.error else msgspec.structs.replace(person, kind=int(match[2]), grade=int(match[3]))
    return _read_person(number, on)


def _read_person(number: str, on: date) -> Reading:
    """Format, a real day, a day that has come, the check digit, in this order (SJ-002)."""
    if not _PERSONAL.fullmatch(number):
        return Reading("bad_format")
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Reading("bad_date")
    if birth > on:
        return Reading("date_in_future")
    if check_digit(number[:17]) != number[17]:
        return Reading("bad_check_digit")
    return Reading(None, birth, "1" if int(number[16]) % 2 else "2")


def _other_errors(question: IdentityQuestion, document: Document, number: str, found: Reading) -> list[str]:
    """Another kind of document than was said, or another person's certificate."""
    errors = []
    if (
        document in ("resident_id", *_PERMITS.values())
        and found.error != "bad_format"
        and _personal_document(number) != document
    ):
        errors.append("wrong_type")
    holder = question.holder_id
    readable = document == "disability_cert_no" and found.error != "bad_format"
    if readable and holder is not None and number[:18] != holder.strip().upper():
        errors.append("holder_mismatch")
    return errors


def _warnings(question: IdentityQuestion, document: Document, number: str, found: Reading) -> list[str]:
    """What is odd but stays valid: registers do hold mistakes (SJ-002, SJ-010)."""
    stated_sex, stated_birth = question.stated_sex, question.stated_birth_date
    oddities = {
        "legacy_15": document not in ("phone", "bank_account") and _LEGACY.fullmatch(number) is not None,
        "age_implausible": found.birth is not None and age_on(found.birth, question.as_of) > _OLDEST,
        "sex_mismatch": None not in (found.sex, stated_sex) and found.sex != stated_sex,
        "birth_date_mismatch": None not in (found.birth, stated_birth) and found.birth != stated_birth,
        "luhn_failed": document == "bank_account" and found.error is None and not luhn_holds(number),
    }
    return [code for code, odd in oddities.items() if odd]


ASK = Ask("identity", IdentityQuestion, answer, day=lambda question: question.as_of)
