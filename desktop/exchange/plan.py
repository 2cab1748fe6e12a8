"""What of a ledger may be taken over: households, people and benefits of rows without an E_ code."""

from typing import Any

import msgspec

from desktop.casework.planned import PlannedCase, PlannedHousehold, PlannedPerson
from desktop.exchange.ledger import REPORT, Home, Ledger, Row
from desktop.policy.text import bare

DIBAO = "dibao_roster"
WRITABLE = (DIBAO,)
"""Profiles that can be written; the others are only looked at so far."""

_LONGEST = 200
_HEAD = "02"


class Plan(msgspec.Struct, frozen=True):
    """Everything that a ledger gives to the store."""

    households: tuple[PlannedHousehold, ...] = ()


def plan_of(ledgers: list[Ledger]) -> Plan:
    """The plan of all sheets whose profile can be written."""
    homes = (home for ledger in ledgers if ledger.profile.name in WRITABLE for home in ledger.homes)
    return Plan(tuple(_household(home) for home in homes if all(row.kind != REPORT for row in home.rows)))


def _household(home: Home) -> PlannedHousehold:
    values = home.first.values
    remarks = dict.fromkeys(text for row in home.rows if (text := row.values.get("remark")))
    phone = next((text for row in home.rows if (text := row.values.get("phone"))), None)
    household = {
        "village": _text(values.get("village")),
        "group": _text(values.get("group")),
        "phone": _text(phone),
        "remark": _text("；".join(remarks)),
    }
    rows = sorted(home.rows, key=lambda row: row.values.get("relation") != _HEAD)
    payee = _payee(rows, values.get("payee"))
    people = tuple(PlannedPerson(_person(row) | (_account(values) if row is payee else {})) for row in rows)
    return PlannedHousehold(_given(household), people, (_case(values),))


def _payee(rows: list[Row], name: str | None) -> Row:
    """Who the household's account belongs to: by name, else the head."""
    return next((row for row in rows if name and row.values.get("name") == name), rows[0])


def _person(row: Row) -> dict[str, Any]:
    values = row.values
    disability = values.get("disability") or [None, None]
    number = values.get("id")
    return _given(
        {
            "name": _text(values.get("name")),
            "relation": values.get("relation"),
            "id_type": "resident_id" if number else "no_id",
            "id_number": number,
            "no_id_reason": None if number else _text(values.get("remark")),
            "sex": _text(values.get("sex")),
            "birth_date": values.get("birth"),
            "ethnicity": values.get("ethnicity"),
            "phone": _text(values.get("phone")),
            "health": _text(values.get("health")),
            "labor": _text(values.get("labor")),
            "job": _job(values.get("job")),
            "certificate_kind": _text(disability[0]),
            "certificate_grade": _text(disability[1]),
            "certificate_number": _text(values.get("dis_cert")),
        }
    )


def _job(text: str | None) -> str | None:
    """The code of the words for somebody's work; other words than the table's stay in the ledger."""
    from desktop.forms import code_table

    return next((code for code, words in code_table("K07").items() if text and bare(words) == bare(text)), None)


def _account(values: dict[str, Any]) -> dict[str, Any]:
    if not values.get("bank_account"):
        return {}
    return _given(
        {
            "account_payee": _text(values.get("payee")),
            "account_bank": _text(values.get("bank_name")),
            "account_number": values.get("bank_account"),
        }
    )


def _case(values: dict[str, Any]) -> PlannedCase:
    """The dibao that the household receives."""
    found = {
        "band": _text(values.get("band")),
        "month_amount_fen": values.get("month_amount_fen"),
        "supplement_fen": values.get("supplement_fen"),
        "covered_persons": values.get("covered_persons"),
        "start_month": values.get("start_month"),
        "checked_on": values.get("checked_on"),
        "cause": _text(values.get("cause")),
    }
    return PlannedCase("dibao", "paying", _given(found))


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Only what is known."""
    return {key: value for key, value in values.items() if value not in (None, "")}


def _text(value: object) -> str | None:
    """As a record keeps it: one line of at most 200 characters."""
    if value is None or value == "":
        return None
    return "".join(char for char in str(value) if ord(char) >= 32 and not 0xD800 <= ord(char) <= 0xDFFF)[:_LONGEST]
