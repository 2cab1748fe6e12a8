"""Asks `rmb`, `rmb_parse` and `date_text`: amounts and dates as papers write them (contract §8, 11 §4)."""

from datetime import date
from typing import Literal

from desktop.policy.capitals import bill_date, from_capitals, in_capitals
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import Money, Text
from desktop.policy.outcome import Answer
from desktop.policy.periods import long_date


class RmbQuestion(Question, frozen=True, kw_only=True):
    """An amount to write in capitals; a negative one cannot even be asked (WS-028)."""

    amount: Money


class RmbParseQuestion(Question, frozen=True, kw_only=True):
    """Capitals to read."""

    text: Text


class DateTextQuestion(Question, frozen=True, kw_only=True):
    """A day and how to write it."""

    date: date
    style: Literal["official", "bill"]


def answer_rmb(question: RmbQuestion, inquiry: Inquiry) -> Answer:
    """The amount in capitals, with 人民币 in front (WS-020)."""
    text = in_capitals(question.amount)
    inquiry.workings.note(_rule_of(text), f"大写为{text}", {"金额": question.amount})
    return inquiry.answer(text=text)


def _rule_of(text: str) -> str:
    """Which rule settles the end of the text."""
    if "元" not in text or text.endswith("人民币零元整"):
        return "WS-027"
    if text.endswith("整"):
        return "WS-021"
    if text.endswith("角"):
        return "WS-022"
    return "WS-026" if "元零" in text else "WS-023"


def answer_rmb_parse(question: RmbParseQuestion, inquiry: Inquiry) -> Answer:
    """The amount that the capitals say, None when they are not written by WS-020 to WS-027."""
    amount = from_capitals(question.text)
    valid = amount is not None
    inquiry.workings.judge("WS-025", valid, f"大写金额的写法{'合规' if valid else '不合规'}")
    return inquiry.answer(valid=valid, amount=amount)


def answer_date(question: DateTextQuestion, inquiry: Inquiry) -> Answer:
    """The day in Chinese; only bills write it in capitals (WS-029)."""
    text = bill_date(question.date) if question.style == "bill" else long_date(question.date)
    inquiry.workings.note("WS-029", f"写作{text}", {"日期": question.date})
    return inquiry.answer(text=text)


ASKS = (
    Ask("rmb", RmbQuestion, answer_rmb),
    Ask("rmb_parse", RmbParseQuestion, answer_rmb_parse),
    Ask("date_text", DateTextQuestion, answer_date),
)
