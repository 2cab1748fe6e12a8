"""Fields of households and persons as people give them: text becomes a kept value, a warning or a refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from db.kinds import HOUSEHOLD, PERSON
from db.refused import BadValue
from db.tables.people import Household, Person
from desktop.casework.codes import coded
from desktop.casework.views import Warned
from desktop.casework.work import Work, day_of, shorten
from desktop.policy import identity

NO_FIELDS_CHANGED = "没有改动任何内容。"
_LONGEST = 200
_EXAMPLES = {"household": "village=上磨村", "person": "phone=13800001234"}

PERSON_LABELS: dict[str, str] = {
    "name": "姓名",
    "alt_name": "曾用名或藏文名",
    "id_type": "证件类型",
    "id_number": "证件号码",
    "no_id_reason": "无证件原因",
    "sex": "性别",
    "birth_date": "出生日期",
    "ethnicity": "民族",
    "relation": "与户主关系",
    "phone": "电话",
    "health": "健康状况",
    "labor": "劳动能力",
    "job": "从业状况",
    "study": "就学阶段",
    "certificate.kind": "残疾类别",
    "certificate.grade": "残疾等级",
    "certificate.number": "残疾人证号",
    "certificate.valid_until": "残疾人证有效期止",
    "account.payee": "户名",
    "account.bank": "开户行",
    "account.number": "银行账号",
}
"""Fields of a person that may be set, with their words (contracts/cli.md §1)."""

HOUSEHOLD_LABELS: dict[str, str] = {
    "village": "村（社区）",
    "group": "组",
    "address": "住址",
    "phone": "电话",
    "hukou": "户口性质",
    "remark": "备注",
}
"""Fields of a household that may be set."""

_TABLES = {
    "ethnicity": "K10",
    "relation": "K03",
    "health": "K04",
    "labor": "K06",
    "job": "K07",
    "study": "K08",
    "certificate.kind": "K05",
    "certificate.grade": "K36",
}
_SEXES = {
    "0": "0",
    "1": "1",
    "2": "2",
    "9": "9",
    "未知": "0",
    "男": "1",
    "女": "2",
    "未说明": "9",
}
_HUKOU = {
    "rural": "rural",
    "urban": "urban",
    "resident": "resident",
    "农村": "rural",
    "城镇": "urban",
    "居民户": "resident",
}


def read_fields(given: Mapping[str, Any], labels: Mapping[str, str], work: Work, what: str) -> dict[str, str | None]:
    """Parsed values by field name; an empty text clears. Raises `BadValue` for the first field that cannot be."""
    found: dict[str, str | None] = {}
    for name, value in flattened(given).items():
        if name not in labels:
            known = "、".join(labels)
            raise BadValue(
                f"{what}.unknown_field",
                f"没有“{shorten(name)}”这一项。",
                NO_FIELDS_CHANGED,
                f"可以填的有：{known}。",
            )
        found[name] = _read_one(name, labels[name], value, work, what)
    return found


def read_changes(values: Mapping[str, Any], labels: Mapping[str, str], work: Work, what: str) -> dict[str, str | None]:
    """The fields of a change; raises `BadValue` when none is given."""
    parsed = read_fields(values, labels, work, what)
    if not parsed:
        raise BadValue(
            f"{what}.nothing_given",
            "没有给出要改的内容。",
            NO_FIELDS_CHANGED,
            f"请写成 字段=值，例如 {_EXAMPLES[what]}。",
        )
    return parsed


def flattened(given: Mapping[str, Any]) -> dict[str, Any]:
    """`{"certificate": {"kind": …}}` as `{"certificate.kind": …}`."""
    found: dict[str, Any] = {}
    for name, value in given.items():
        if name in ("certificate", "account") and isinstance(value, Mapping):
            found |= {f"{name}.{key}": part for key, part in value.items()}
        else:
            found[str(name)] = value
    return found


def _read_one(name: str, label: str, value: Any, work: Work, what: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadValue(
            f"{what}.bad_value",
            f"“{label}”要写成一段文字。",
            NO_FIELDS_CHANGED,
            "请改正这一项再做一次。",
        )
    text = " ".join(str(value).split())
    if not text:
        return None
    if len(text) > _LONGEST or any(ord(char) < 32 or 0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise BadValue(
            f"{what}.bad_value",
            f"“{label}”太长或含有不能保存的字符（最多 {_LONGEST} 字）。",
            NO_FIELDS_CHANGED,
            "请改短再做一次。",
        )
    read = _READERS.get(name)
    return read(text, label, work, what) if read else text


def _code(table: str) -> Callable[[str, str, Work, str], str]:
    return lambda text, label, work, what: coded(table, text, label, f"{what}.bad_code")


def _word(words: Mapping[str, str]) -> Callable[[str, str, Work, str], str]:
    def read(text: str, label: str, work: Work, what: str) -> str:
        if text not in words:
            choices = "、".join(dict.fromkeys(words))
            raise BadValue(
                f"{what}.bad_code",
                f"“{label}”没有“{shorten(text)}”这一种。",
                NO_FIELDS_CHANGED,
                f"可以填：{choices}。",
            )
        return words[text]

    return read


def _name(text: str, label: str, work: Work, what: str) -> str:
    if len(text) > 50:  # SJ-012
        raise BadValue(
            f"{what}.bad_value",
            f"“{label}”最多 50 字。",
            NO_FIELDS_CHANGED,
            "请改短再做一次。",
        )
    return text


def _past(text: str, label: str, work: Work, what: str) -> str:
    day = day_of(text, label, f"{what}.bad_date")
    if day > work.on or day < "1900-01-01":
        raise BadValue(
            f"{what}.bad_date",
            f"“{label}”{day} 不可能：要在 1900 年以后、{work.on} 以前。",
            NO_FIELDS_CHANGED,
            "请对着证件改正。",
        )
    return day


def _day(text: str, label: str, work: Work, what: str) -> str:
    return day_of(text, label, f"{what}.bad_date")


def _number(text: str, label: str, work: Work, what: str) -> str:
    return identity.normalize_id(text) or text


_ID_TYPES = {
    "居民身份证": "resident_id",
    "身份证": "resident_id",
    "港澳居民居住证": "hkmo_residence_permit",
    "台湾居民居住证": "tw_residence_permit",
    "外国人永久居留身份证": "foreigner_pr_id",
    "港澳居民来往内地通行证": "hkmo_travel_permit",
    "台湾居民来往大陆通行证": "tw_travel_permit",
    "护照": "passport",
    "无证件": "no_id",
}
_READERS: dict[str, Callable[[str, str, Work, str], str]] = {
    **{name: _code(table) for name, table in _TABLES.items()},
    "name": _name,
    "sex": _word(_SEXES),
    "hukou": _word(_HUKOU),
    "id_type": _word({code: code for code in identity.ID_TYPES} | _ID_TYPES),
    "id_number": _number,
    "birth_date": _past,
    "certificate.number": _number,
    "certificate.valid_until": _day,
    "account.number": _number,
}


def person_warnings(person: Any, on: Any) -> list[Warned]:
    """What is odd about the numbers of a kept person (SJ-001 to SJ-011); `on` is the business date."""
    found: list[Warned] = []
    sure: str | None = None
    if person.id_number:
        finding = identity.check_id(person.id_number, on, person.id_type or "resident_id")
        if finding.code:
            found.append(_warned(person, "id_number", finding.code, finding.text))
        elif finding.warning:
            found.append(_warned(person, "id_number", "W_ID_REGION", finding.warning))
        if finding.ok and finding.birth is not None:
            sure = finding.number
            found += _against_id(person, finding)
    elif not person.no_id_reason:
        text = "还没有证件号码。没有证件的，请写明原因，以后补上。"
        found.append(_warned(person, "id_number", "E_ID_BLANK", text))
    if person.certificate_number:
        held = identity.check_certificate(person.certificate_number, sure)
        if held.code:
            found.append(_warned(person, "certificate.number", held.code, held.text))
        elif _differs(held.kind, person.certificate_kind) or _differs(held.grade, person.certificate_grade):
            text = "残疾人证号末两位说的类别或等级，和填的不同。请对着证件再看一次。"
            found.append(_warned(person, "certificate.number", "W_CERT_KIND", text))
    if person.account_number:
        account = identity.check_account(person.account_number)
        if account.code:
            found.append(_warned(person, "account.number", account.code, account.text))
    return found + phone_warnings(person.phone, person.id)


def phone_warnings(phone: str | None, person_id: str = "") -> list[Warned]:
    """A telephone number that does not look like one; it is kept."""
    if not phone or phone == "无":
        return []
    finding = identity.check_phone(phone)
    return [Warned(field="phone", code=finding.code, text=finding.text, person_id=person_id)] if finding.code else []


def _differs(found: int | None, given: str | None) -> bool:
    return found is not None and given is not None and str(found) != given


def _against_id(person: Any, finding: identity.IdentityFinding) -> list[Warned]:
    found = []
    if person.birth_date and finding.birth and person.birth_date != finding.birth.isoformat():
        text = f"出生日期和证件号码里的不同（号码里是 {finding.birth.isoformat()}）。两个都留着，请核对。"
        found.append(_warned(person, "birth_date", "W_BIRTH_DIFF", text))
    if person.sex in ("1", "2") and finding.sex and person.sex != str(finding.sex):
        text = "性别和证件号码里的不同。两个都留着，请核对。"
        found.append(_warned(person, "sex", "W_SEX_DIFF", text))
    return found


def _warned(person: Any, field: str, code: str, text: str) -> Warned:
    return Warned(field=field, code=code, text=text, person_id=person.id)


def put(record: Household | Person, parsed: Mapping[str, str | None]) -> None:
    """Set the fields that were read."""
    for name, value in parsed.items():
        setattr(record, attribute(name), value)


def attribute(name: str) -> str:
    """The attribute of the mapped class behind a field name."""
    found = HOUSEHOLD.field_group(name) or PERSON.field_group(name)
    return found[1].attribute() if found else name
