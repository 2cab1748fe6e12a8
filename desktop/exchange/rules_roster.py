"""Checks of rosters and of the exports of the provincial system: L1, L2, X1 to X4 (excel.md §4.10)."""

import re

from desktop.exchange.checks import age_of, check, differs, noted_on_behalf, or_zero, stranger, total_of
from desktop.exchange.ledger import Home, Ledger, Row
from desktop.policy.identity import check_id
from desktop.policy.text import without_blanks

_SPLIT = re.compile(r"[、，,；;/\n]")
_HEAD = "02"


@check
def dibao_household(ledger: Ledger) -> None:
    """Persons, amounts, account and payee of each household of a dibao roster."""
    for home in ledger.homes:
        row, listed = home.first, len(home.rows)
        covered = row.values.get("covered_persons")
        if covered is not None and covered != listed:
            row.say("covered_persons", "W_HH_COUNT")
        if _miscalculated(row, covered, listed):
            row.say("month_amount_fen", "W_AMOUNT_CALC")
        together = total_of(row.values.get("month_amount_fen"), or_zero(row, "supplement_fen"))
        if differs(row, "month_total_fen", together):
            row.say("month_total_fen", "W_AMOUNT_CALC")
        if ledger.lacks(row, "bank_account"):
            row.say("bank_account", "W_BANK_BLANK")
        family = [row.values.get("head_name"), *(member.values.get("name") for member in home.rows)]
        if stranger(row.values.get("payee"), family):
            row.say("payee", "W_PAYEE_DIFF")


def _miscalculated(row: Row, covered: int | None, listed: int) -> bool:
    """The month's amount goes neither with the persons covered nor with those listed."""
    amount, each = row.values.get("month_amount_fen"), row.values.get("per_capita_fen")
    if amount is None or each is None or covered is None:
        return False
    return amount not in (each * covered, each * listed)


@check
def one_head(ledger: Ledger) -> None:
    """Each household has exactly one head."""
    for home in ledger.homes:
        if _heads(home) != 1:
            home.first.say("relation", "W_HEAD")


def _heads(home: Home) -> int:
    return sum(row.values.get("relation") == _HEAD for row in home.rows)


@check
def tekun_amount(ledger: Ledger) -> None:
    """The month's total is living plus care."""
    for row in ledger.data:
        if differs(row, "month_total_fen", total_of(row.values.get("living_std_fen"), or_zero(row, "care_fee_fen"))):
            row.say("month_total_fen", "W_AMOUNT_CALC")


@check
def care_band(ledger: Ledger) -> None:
    """The band of care goes with the finding on self care."""
    for row in ledger.data:
        band, finding = row.values.get("care_band"), row.values.get("self_care")
        if band in ("full", "partial", "none") and finding is not None and band != finding:
            row.say("care_band", "W_RULE_CARE_BAND")


@check
def carer(ledger: Ledger) -> None:
    """Whoever lives dispersed and needs help has somebody who cares."""
    for row in ledger.data:
        needs = row.values.get("support_mode") == "dispersed" and row.values.get("self_care") in ("partial", "none")
        if needs and ledger.lacks(row, "carer"):
            row.say("carer", "W_RULE_CARER")


@check
def institution(ledger: Ledger) -> None:
    """Whoever is supported in an institution has its name."""
    for row in ledger.data:
        if row.values.get("support_mode") == "centralized" and ledger.lacks(row, "institution"):
            row.say("institution", "W_RULE_INSTITUTION")


@check
def class_age(ledger: Ledger) -> None:
    """Elders are 60, minors below 18."""
    for row in ledger.data:
        age, kind = age_of(ledger, row), row.values.get("tekun_class")
        if age is None:
            continue
        if (kind == "elder" and age < 60) or (kind == "minor" and age >= 18):
            row.say("tekun_class", "W_RULE_CLASS_AGE")


@check
def bank_when_dispersed(ledger: Ledger) -> None:
    """Whoever lives dispersed needs an account."""
    for row in ledger.data:
        if row.values.get("support_mode") == "dispersed" and ledger.lacks(row, "bank_account"):
            row.say("bank_account", "W_BANK_BLANK")


@check
def payee_among_guardians(ledger: Ledger) -> None:
    """The account is the person's own, the guardian's, the carer's or the institution's."""
    for row in ledger.data:
        known = [row.values.get(key) for key in ("name", "guardian", "carer", "institution")]
        if stranger(row.values.get("payee"), known) and not noted_on_behalf(row):
            row.say("payee", "W_PAYEE_DIFF")


@check
def dibao_export_amount(ledger: Ledger) -> None:
    """The export's total is the month's amount and both supplements."""
    _export_amount(ledger, ["month_amount_fen"], [])


@check
def tekun_export_amount(ledger: Ledger) -> None:
    """The export's total is living, care and both supplements."""
    _export_amount(ledger, ["living_total_fen"], ["care_total_fen"])


def _export_amount(ledger: Ledger, needed: list[str], if_given: list[str]) -> None:
    if_given = [*if_given, "supplement_family_fen", "supplement_person_fen"]
    for row in ledger.data:
        parts = [row.values.get(key) for key in needed] + [or_zero(row, key) for key in if_given]
        if differs(row, "month_total_fen", total_of(*parts)):
            row.say("month_total_fen", "W_AMOUNT_CALC")


@check
def two_accounts(ledger: Ledger) -> None:
    """One of the two account columns has something in it."""
    keys = [key for key in ("bank_account", "card_account") if ledger.has(key)]
    for row in ledger.data:
        if keys and all(row.cell(key).blank and key not in row.wrong for key in keys):
            row.say(keys[0], "W_BANK_BLANK")


@check
def members(ledger: Ledger) -> None:
    """Several members in one cell are told apart; as many names as numbers."""
    for row in ledger.data:
        names, numbers = _parts(row, "member_names"), _parts(row, "member_ids")
        if len(names) != len(numbers) and ledger.has("member_names") and ledger.has("member_ids"):
            row.say("member_names", "W_MEMBERS_SPLIT")
        row.values["members"] = [
            _member(ledger, row, names[place : place + 1], numbers[place : place + 1])
            for place in range(max(len(names), len(numbers)))
        ]


def _parts(row: Row, key: str) -> list[str]:
    shown = "" if row.cell(key).kind in ("error", "no_value") else row.cell(key).shown
    return [part for piece in _SPLIT.split(shown) if (part := without_blanks(piece))]


def _member(ledger: Ledger, row: Row, names: list[str], numbers: list[str]) -> dict[str, str | None]:
    number = None
    if numbers:
        finding = check_id(numbers[0], ledger.on)
        number = finding.number if finding.ok and row.cell("member_ids").kind == "text" else None
        if number is None:
            row.say("member_ids", "W_VALUE_UNREAD")
    return {"name": names[0] if names else None, "id": number}
