"""Checks of payment lists: disability subsidies, old-age allowance, cards, children; L3, L6 to L8, X5."""

from desktop.exchange.checks import age_of, check, differs, noted_on_behalf, stranger
from desktop.exchange.ledger import Ledger, Row
from desktop.exchange.readers_person import plain_name
from desktop.policy.text import bare


@check
def amount_by_months(ledger: Ledger) -> None:
    """The amount is the monthly standard times the months."""
    for row in ledger.data:
        standard, months = row.values.get("std_fen"), row.values.get("months")
        calculated = None if standard is None or months is None else standard * months
        if differs(row, "amount_fen", calculated):
            row.say("amount_fen", "W_AMOUNT_CALC")


@check
def payee_or_guardian(ledger: Ledger) -> None:
    """The account is the person's own or the guardian's."""
    for row in ledger.data:
        known = [row.values.get("name"), row.values.get("guardian")]
        if stranger(row.values.get("payee"), known) and not noted_on_behalf(row):
            row.say("payee", "W_PAYEE_DIFF")


@check
def payee_noted(ledger: Ledger) -> None:
    """The account is the person's own."""
    for row in ledger.data:
        if stranger(row.values.get("payee"), [row.values.get("name")]) and not noted_on_behalf(row):
            row.say("payee", "W_PAYEE_DIFF")


@check
def subsidy_rules(ledger: Ledger) -> None:
    """Who may not get the subsidy: tekun people (CJ-004), living without dibao, nursing from the third grade on."""
    for row in ledger.data:
        subsidy = row.values.get("subsidy")
        if "特困" in bare(row.cell("remark").shown):
            row.say("remark", "W_RULE_TEKUN")
        if subsidy == "disability_living" and row.values.get("is_dibao") is False:
            row.say("is_dibao", "W_RULE_DIBAO")
        if subsidy == "disability_nursing" and (row.values.get("grade") or _grade(row) or 0) >= 3:
            row.say("grade", "W_RULE_GRADE")


def _grade(row: Row) -> int | None:
    """The grade that the certificate says."""
    number = row.values.get("cert")
    return int(number[19]) if number else None


@check
def allowance_age(ledger: Ledger) -> None:
    """The old-age allowance begins at 80."""
    for row in ledger.data:
        age = age_of(ledger, row)
        if age is not None and age < 80:
            row.say("age", "W_AGE_UNDER_80")


@check
def agent(ledger: Ledger) -> None:
    """Who receives for somebody else says who he is."""
    for row in ledger.data:
        written = row.values.get("agent")
        if not written or "(" in bare(written) or row.values.get("agent_relation"):
            continue
        if stranger(plain_name(written), [row.values.get("name")]) and not noted_on_behalf(row):
            row.say("agent", "W_PAYEE_DIFF")


@check
def stop_reason(ledger: Ledger) -> None:
    """A reason to stop means that the row is no living claim."""
    for row in ledger.data:
        if not row.cell("stop_reason").blank:
            row.say("stop_reason", "E_STATUS_NOTE")


@check
def minor_age(ledger: Ledger) -> None:
    """Children are below 18."""
    for row in ledger.data:
        age = age_of(ledger, row)
        if age is not None and age >= 18:
            row.say("age", "W_RULE_CLASS_AGE")


@check
def child_amount(ledger: Ledger) -> None:
    """The month's amount is the difference paid, or the standard where there is none."""
    for row in ledger.data:
        key = "std_fen" if row.cell("topup_fen").blank else "topup_fen"
        if differs(row, "month_total_fen", row.values.get(key)):
            row.say("month_total_fen", "W_AMOUNT_CALC")
