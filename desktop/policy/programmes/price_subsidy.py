"""价格临时补贴: batches that the county ordered, a head and month each; rising prices alone start nothing (QT-006)."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

import msgspec

from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.money import ZERO, plain, written
from desktop.policy.pack import PriceBatch
from desktop.policy.people import certified
from desktop.policy.periods import Month


class _Span(msgspec.Struct, frozen=True):
    """Months in a row that one batch pays: how many, and from which on."""

    batch: PriceBatch
    first: Month
    months: int


def assess(case: Case) -> Mapping[str, object]:
    """For every month of a batch inside the months asked, each entitled member once."""
    _watch_prices(case)
    batches = case.pack.price_linkage
    if batches is None:
        case.workings.lack("price_linkage")
        case.workings.note("QT-006", "县里没有下达启动批次，不能自行启动")
        return {"outcome": "cannot_decide"}
    price = given(case.facts.price)
    spans = tuple(_spans(batches, price.from_month, price.to_month))
    entitled = [_entitled(case, span.batch) for span in spans]
    persons = len(frozenset[str]().union(*entitled))
    asked = f"{price.from_month} 至 {price.to_month}"
    paid = case.workings.judge(
        "QT-006",
        persons > 0,
        f"{asked} 有 {len(spans)} 段启动批次，对象 {persons} 人" if spans else f"{asked} 没有启动批次",
        basis=case.pack.basis,
    )
    return {
        "outcome": "eligible" if paid else "not_eligible",
        "months": sum(span.months for span in spans),
        "persons": persons,
        "amount_once": sum((_paid(case, *pair) for pair in zip(spans, entitled, strict=True)), ZERO),
        "pay_from": spans[0].first if paid else None,
    }


def _watch_prices(case: Case) -> None:
    """A rise that reaches the county's line is told, no more."""
    price, lines = given(case.facts.price), case.pack.price_thresholds
    if lines is None:
        return
    risen = [
        f"{name}涨幅 {plain(rise)}%，达到 {plain(line)}%"
        for name, rise, line in (("居民消费价格", price.cpi, lines.cpi), ("食品价格", price.food, lines.food))
        if rise is not None and rise >= line
    ]
    if risen:
        case.workings.alert("price_threshold_reached")
        case.workings.note("QT-006", "；".join(risen) + "，只提示，不自行启动", basis=case.pack.basis)


def _spans(batches: Iterable[PriceBatch], first: Month, last: Month) -> Iterable[_Span]:
    """The months asked, cut where batches begin and end; where they overlap, the later `from_month` pays."""
    inside = [batch for batch in batches if first <= batch.to_month and batch.from_month <= last]
    starts = {max(batch.from_month, first) for batch in inside}
    starts |= {batch.to_month.plus(1) for batch in inside if batch.to_month < last}
    cuts = sorted(starts)
    for begin, end in zip(cuts, [*(cut.plus(-1) for cut in cuts[1:]), last], strict=False):
        covering = [batch for batch in inside if batch.from_month <= begin <= batch.to_month]
        if covering:
            yield _Span(max(covering, key=lambda batch: batch.from_month), begin, begin.through(end))


def _entitled(case: Case, batch: PriceBatch) -> frozenset[str]:
    """The members with a live certification of the batch's programmes, their own or the household's."""
    return frozenset(
        member.ref
        for member in given(case.facts.members)
        if certified(case.facts.certifications, batch.programmes, case.as_of, member.ref)
    )


def _paid(case: Case, span: _Span, entitled: frozenset[str]) -> Fraction:
    each = span.batch.amount_month
    total = each * span.months * len(entitled)
    text = f"{written(each)} 元 × {len(entitled)} 人 × {span.months} 个月 = {written(total)} 元"
    case.workings.note("QT-006", f"自 {span.first} 起：{text}", {"批次文号": span.batch.doc_no}, case.pack.basis)
    return total


PROGRAMME = Programme("price_subsidy", assess, needs("members", "price"))
