"""Ask `adjust`: less for work refused, support that fades out, fraud, a changed standard (contract §7)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Literal

from desktop.policy.asks.gate_checks import HEARING_SINCE
from desktop.policy.inquiry import Ask, Inquiry, Question
from desktop.policy.marks import Money, Positive
from desktop.policy.money import ZERO, written
from desktop.policy.outcome import Answer
from desktop.policy.periods import Month
from desktop.policy.reading import Part

Kind = Literal["job_refusal", "grace", "fraud_recovery", "standard_change"]

REFUSALS = 3
"""So many suitable jobs refused one after the other cost the person's own share (DB-095)."""

GRACE_MONTHS, GRACE_MONTHS_FORMER_POOR = 6, 12
"""How long support may fade out: in general, and for former registered poor families (D-04, DB-094)."""

FINE_TIMES = 2
"""The highest fine for fraud, as a multiple of what was taken (DB-091, JD-005)."""

_REQUIRED: dict[str, tuple[str, ...]] = {
    "job_refusal": ("on", "family_amount", "share_amount", "offers"),
    "grace": ("on", "months", "former_registered_poor"),
    "fraud_recovery": ("months", "amount_month"),
    "standard_change": ("from_month", "to_month", "old_amount_month", "new_amount_month"),
}


class Offer(Part, frozen=True, kw_only=True):
    """A job that was offered."""

    on: date
    suitable: bool
    accepted: bool
    good_reason: bool = False


class AdjustQuestion(Question, frozen=True, kw_only=True):
    """What is to change; which keys are needed follows from `kind`."""

    kind: Kind
    on: date = date.min
    family_amount: Money = ZERO
    share_amount: Money = ZERO
    offers: tuple[Offer, ...] = ()
    opinion_hearing_on: date | None = None
    former_registered_poor: bool = False
    months: Positive = 1
    amount_month: Money = ZERO
    from_month: Month = Month(1, 1)
    to_month: Month = Month(1, 1)
    old_amount_month: Money = ZERO
    new_amount_month: Money = ZERO

    @classmethod
    def lacking(cls, raw: Mapping[str, Any]) -> tuple[str, ...]:
        """The keys of the kind that are not there."""
        return tuple(key for key in _REQUIRED.get(str(raw.get("kind")), ()) if key not in raw)


def impossible(question: AdjustQuestion) -> Iterable[str]:
    """Amounts and months that contradict each other."""
    if question.share_amount > question.family_amount:
        yield "本人部分比全家的金额还多"
    if question.to_month < question.from_month:
        yield "截止月早于开始月"


def streak(offers: Iterable[Offer], on: date) -> int:
    """Suitable jobs refused without good reason up to the day, since one was last accepted (DB-095)."""
    count = 0
    for offer in sorted(offers, key=lambda offer: offer.on):
        if offer.on > on:
            break
        if offer.accepted:
            count = 0
        elif offer.suitable and not offer.good_reason:
            count += 1
    return count


def _job_refusal(question: AdjustQuestion, inquiry: Inquiry) -> dict[str, object]:
    workings = inquiry.workings
    refused = streak(question.offers, question.on)
    blocking = []
    if not workings.judge(
        "DB-095", refused >= REFUSALS, f"连续无正当理由拒绝适当工作 {refused} 次，满 {REFUSALS} 次方可"
    ):
        blocking.append("DB-095")
    if question.on >= HEARING_SINCE:
        heard = question.opinion_hearing_on is not None and question.opinion_hearing_on <= question.on
        if not workings.judge("D-02", heard, "减发前已听取意见", {"听取意见": question.opinion_hearing_on}):
            blocking.append("D-02")
    allowed = not blocking
    return {
        "allowed": allowed,
        "blocking": blocking,
        "streak": refused,
        "amount_after": question.family_amount - (question.share_amount if allowed else ZERO),
        "stop_from": Month.of(question.on).plus(1) if allowed else None,
    }


def _grace(question: AdjustQuestion, inquiry: Inquiry) -> dict[str, object]:
    most = GRACE_MONTHS_FORMER_POOR if question.former_registered_poor else GRACE_MONTHS
    allowed = question.months <= most
    inquiry.workings.judge("D-04", allowed, f"渐退 {question.months} 个月，上限 {most} 个月")
    if question.months > GRACE_MONTHS:
        inquiry.workings.alert("differs_from_F05")
    first = Month.of(question.on).plus(1)
    return {
        "allowed": allowed,
        "blocking": [] if allowed else ["D-04"],
        "grace_from": first if allowed else None,
        "grace_to": first.plus(question.months - 1) if allowed else None,
        "stop_from": first.plus(question.months) if allowed else None,
    }


def _fraud_recovery(question: AdjustQuestion, inquiry: Inquiry) -> dict[str, object]:
    recover = question.months * question.amount_month
    fine = FINE_TIMES * recover
    sums = f"{question.months} 个月 × {written(question.amount_month)} 元 = {written(recover)} 元"
    inquiry.workings.note("DB-091", f"{sums}，罚款不超过 {written(fine)} 元")
    return {"recover": recover, "fine_max": fine}


def _standard_change(question: AdjustQuestion, inquiry: Inquiry) -> dict[str, object]:
    """Paid for the months that the new amount belongs to, without deciding anew (BZ-005)."""
    old, new = question.old_amount_month, question.new_amount_month
    if not inquiry.workings.judge("BZ-006", new >= old, "标准降低一般不允许，须双人复核", {"原": old, "新": new}):
        return {"allowed": False, "blocking": ["BZ-006"]}
    months = question.from_month.through(question.to_month)
    backpay = (new - old) * months
    inquiry.workings.note("BZ-005", f"每月补 {written(new - old)} 元，{months} 个月，共 {written(backpay)} 元")
    return {"allowed": True, "blocking": [], "backpay": backpay}


_ANSWERS: dict[Kind, Callable[[AdjustQuestion, Inquiry], dict[str, object]]] = {
    "job_refusal": _job_refusal,
    "grace": _grace,
    "fraud_recovery": _fraud_recovery,
    "standard_change": _standard_change,
}


def answer(question: AdjustQuestion, inquiry: Inquiry) -> Answer:
    """What the kind calls for."""
    return inquiry.answer(**_ANSWERS[question.kind](question, inquiry))


ASK = Ask(
    "adjust", AdjustQuestion, answer, impossible, day=lambda question: None if question.on == date.min else question.on
)
