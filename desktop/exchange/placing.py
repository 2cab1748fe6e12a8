"""Where a ledger's values stand in the store: attributes of household, person and case by the keys of a row."""

from collections.abc import Mapping
from typing import Any

from desktop.policy.text import bare

_LONGEST = 200
_GUARDED = ("=", "+", "-", "@")

HOME_KEYS = ("village", "group", "address")
PERSON_KEYS = frozenset(
    (
        "name", "id", "sex", "birth", "ethnicity", "relation", "phone", "health", "labor", "job", "disability",
        "dis_kind", "dis_grade", "dis_cert", "cert", "cert_valid_to", "bank_account", "card_account", "bank_name",
        "payee",
    )
)  # fmt: skip
"""Keys whose values the store keeps with the person, whatever the ledger."""


def home_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes of the household."""
    return given({key: text(values.get(key)) for key in HOME_KEYS})


def person_values(values: Mapping[str, Any], account: bool = True) -> dict[str, Any]:
    """Attributes of the person; `account` says that the row's account is this person's."""
    kind, grade = disability_of(values)
    number = values.get("id")
    found = {
        "name": text(values.get("name")),
        "relation": values.get("relation"),
        "id_type": "resident_id" if number else "no_id",
        "id_number": number,
        "no_id_reason": None if number else text(values.get("remark")),
        "sex": text(values.get("sex")) or sex_of(number),
        "birth_date": values.get("birth") or birth_of(number),
        "ethnicity": values.get("ethnicity"),
        "phone": text(values.get("phone")),
        "health": text(values.get("health")),
        "labor": text(values.get("labor")),
        "job": job_code(values.get("job")),
        "certificate_kind": text(kind),
        "certificate_grade": text(grade),
        "certificate_number": text(values.get("cert") or values.get("dis_cert")),
        "certificate_valid_until": values.get("cert_valid_to"),
    }
    return given(found) | (_account(values) if account else {})


def birth_of(number: str | None) -> str | None:
    """The birth date that a whole number says."""
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}" if number else None


def sex_of(number: str | None) -> str | None:
    """1 or 2 as the number says."""
    return str(2 - int(number[16]) % 2) if number else None


def disability_of(values: Mapping[str, Any]) -> tuple[Any, Any]:
    """Kind and grade, from whichever columns the ledger has."""
    if values.get("cert"):
        return values.get("kind"), values.get("grade")
    kind, grade = values.get("disability") or (None, None)
    return kind or values.get("dis_kind"), grade or values.get("dis_grade")


def job_code(words: str | None) -> str | None:
    """The code of the words for somebody's work; other words than the table's stay in the ledger."""
    from desktop.forms import code_table

    return next((code for code, name in code_table("K07").items() if words and bare(name) == bare(words)), None)


def _account(values: Mapping[str, Any]) -> dict[str, Any]:
    number = values.get("bank_account") or values.get("card_account")
    if not number:
        return {}
    return given(
        {
            "account_payee": text(values.get("payee")),
            "account_bank": text(values.get("bank_name")),
            "account_number": number,
        }
    )


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is known."""
    return {key: value for key, value in values.items() if value not in (None, "")}


def text(value: object) -> str | None:
    """As a record keeps it: one line of at most 200 characters, without the guard that an export put before it."""
    if value is None or value == "":
        return None
    clean = "".join(char for char in str(value) if ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF)
    return unguarded(clean)[:_LONGEST] or None


def unguarded(value: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking words for a formula."""
    return value[1:] if value[:1] == "'" and value[1:2] in _GUARDED else value


def guarded(value: str) -> str:
    """Words for a spreadsheet: nothing that could be taken for a formula."""
    return "'" + value if value.startswith((*_GUARDED, "\t", "\r", "\n")) else value
