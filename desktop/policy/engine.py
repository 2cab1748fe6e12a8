"""The door of the rules: a question and a county pack in, an answer with its workings out; never an exception."""

from typing import Any

import msgspec

from desktop.policy.asks.table import ASKS
from desktop.policy.inquiry import Ask, Inquiry
from desktop.policy.outcome import Answer, Unanswerable
from desktop.policy.pack import CountyPack
from desktop.policy.reading import Faults, reader_of


def answer_line(county: CountyPack, line: str | bytes) -> dict[str, Any]:
    """The contract's answer to one line of a questions file."""
    try:
        raw = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return Unanswerable("bad_json", "这一行不是 JSON").as_json()
    return answer_question(county, raw)


def answer_question(county: CountyPack, raw: object) -> dict[str, Any]:
    """The contract's answer to a question that is already parsed."""
    try:
        return decide(county, raw).as_json(_id_of(raw) or "")
    except Unanswerable as refusal:
        return refusal.as_json()


def decide(county: CountyPack, raw: object) -> Answer:
    """The answer with its whole trace; raises `Unanswerable` for a question that cannot be asked."""
    question_id = _id_of(raw)
    ask = _ask_of(raw, question_id)
    faults = Faults()
    question = reader_of(ask.question)(raw, faults, ())
    try:
        if not faults:
            for words in ask.impossible(question):
                faults.note("bad_value", (), words)
        if faults:
            raise Unanswerable(*faults.first(), question_id)
        answer = ask.answer(question, Inquiry(county.overlaid(question.overrides), ask.day(question)))
    except (OverflowError, RecursionError):
        raise Unanswerable("bad_value", "日期、数目或层数超出了能计算的范围", question_id) from None
    if not answer.writable():
        raise Unanswerable("bad_value", "算出的金额超出了能写的范围", question_id)
    return answer


def _id_of(raw: object) -> str | None:
    """The question's id where it can be read."""
    found = raw.get("id") if isinstance(raw, dict) else None
    return found if isinstance(found, str) and found else None


def _ask_of(raw: Any, question_id: str | None) -> Ask:
    if not isinstance(raw, dict):
        raise Unanswerable("bad_question", "问题应是一组键和值")
    if question_id is None:
        raise Unanswerable("bad_question", "问题没有编号 id")
    name = raw.get("ask")
    if not isinstance(name, str) or name not in ASKS:
        raise Unanswerable("bad_question", "不认识的提问种类 ask", question_id)
    return ASKS[name]
