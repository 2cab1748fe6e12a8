"""Ask `ledger_check`: funds, ratios, samples and capacity that the plan sets (08 §4, 17, 04, 05, 07)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from fractions import Fraction
from math import ceil

import msgspec

from desktop.policy.asks.ledger_question import Kind, LedgerQuestion
from desktop.policy.inquiry import Ask, Inquiry
from desktop.policy.money import ZERO, written
from desktop.policy.outcome import Answer

WORK_FUNDS_A_PERSON = Fraction(10)
"""Yuan a person helped last year, from the county's own budget (BZ-020)."""

PURCHASE_RATIO = Fraction(3, 100)
"""Of last year's relief spending, at most, for bought services (BZ-021)."""

SAMPLE_RATIO = Fraction(30, 100)
"""Of a batch of tekun cases, at least, that the county looks at itself (TK-036)."""

NURSING_RATIO = Fraction(55, 100)
"""Of all beds, at least, for nursing, from the end of 2025 on (TK-056, BZ-025)."""

NURSING_SINCE = date(2025, 12, 31)
SMALL_VILLAGES_UNTIL = date(2022, 12, 31)
"""Up to this day only villages above `SMALL_VILLAGE` needed an assistant (NL-002, BZ-023)."""

SMALL_VILLAGE = 500
HOME_ELDER_TARGET = 2300
"""Old people who should get care at home (LN-004)."""


class Finding(msgspec.Struct, frozen=True):
    """What a check found: `rules` broken bar or, for statistics, only warn; `ok` None is not judged."""

    ok: bool | None
    rules: tuple[str, ...] = ()
    limit: Fraction | int | None = None
    more: Mapping[str, object] = {}
    words: str = ""


def _bound(rules: tuple[str, ...], holds: bool, limit: Fraction | int, words: str) -> Finding:
    return Finding(holds, () if holds else rules, limit, words=words)


def _reserve_fund(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    rate = inquiry.pack.reserve_per_capita
    if rate is None:
        inquiry.workings.lack("reserve_per_capita")
        return Finding(None)
    least = rate * question.population
    words = f"备用金应不低于 {written(rate)} 元 × {question.population} 人 = {written(least)} 元"
    return _bound(("LS-040",), question.fund >= least, least, words)


def _reserve_ledger(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    balance, negative = question.opening, False
    for entry in sorted(question.entries, key=lambda entry: entry.on):
        balance += entry.received - entry.spent
        negative = negative or balance < 0
    unbound = sum(entry.spent > 0 and entry.case_id is None for entry in question.entries)
    holds = not negative and not unbound
    words = f"余额{'出现过负数' if negative else '没有负数'}，没有案号的支出 {unbound} 笔"
    return Finding(holds, () if holds else ("LS-041",), words=words)


def _work_funds(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    least = WORK_FUNDS_A_PERSON * question.persons_prev_year
    holds = question.budget >= least and question.source != "special_fund"
    words = f"工作经费列入本级预算，不低于 {written(least)} 元，不得从救助专项资金列支"
    return _bound(("BZ-020", "D-21"), holds, least, words)


def _service_purchase(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    most = PURCHASE_RATIO * question.spending_prev_year
    words = f"购买服务不超过上年度救助资金的 3%：{written(most)} 元"
    return _bound(("BZ-021",), question.planned <= most, most, words)


def _tekun_sample(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    least = ceil(SAMPLE_RATIO * question.batch)
    return _bound(("TK-036",), question.sampled >= least, least, f"抽查不少于 30%：{least} 件")


def _stage_plan(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    total = sum(question.stages, ZERO)
    words = f"各阶段合计 {written(total)} 元，批准总额 {written(question.approved_total)} 元"
    return _bound(("LS-025",), total <= question.approved_total, question.approved_total, words)


def _damaged_house(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    damaged = question.collapsed + question.severe + question.moderate_minor
    rules = []
    if damaged > question.rooms_total:
        rules.append("ZH-035")
    if question.house_grade_source == "derived_from_damage_class":
        rules.append("05.3")  # two gradings side by side, never one from the other
    words = f"倒塌、严重、一般损坏共 {damaged} 间，原有 {question.rooms_total} 间；危房等级须经鉴定，不由损坏分类换算"
    return Finding(not rules, tuple(rules), question.rooms_total, words=words)


def _elder_beds(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    most = question.beds_total - question.tekun_beds
    return _bound(("LN-007",), question.low_cost <= most, most, f"低偿托养不得挤占特困床位，最多 {most} 张")


def _gaps(rule: str, codes: list[str], words: str) -> Finding:
    more = {"gaps": codes, "count": len(codes)}
    return Finding(not codes, (rule,) if codes else (), more=more, words=f"{words}，缺 {len(codes)} 处")


def _township_staff(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    empty = [township.code for township in question.townships if township.staff < 1]
    return _gaps("NL-001", empty, "每个乡镇至少 1 名社会救助工作人员")


def _village_assistants(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    everywhere = question.on is not None and question.on > SMALL_VILLAGES_UNTIL
    empty = [
        village.code
        for village in question.villages
        if village.assistants < 1 and (everywhere or village.population > SMALL_VILLAGE)
    ]
    return _gaps("NL-002", empty, "村（社区）设社会救助协理员")


def _nursing_beds(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    least = ceil(NURSING_RATIO * question.beds_total)
    enough = question.beds_nursing >= least
    due = question.on is not None and question.on >= NURSING_SINCE
    words = f"护理型床位 2025 年底不低于 55%：{least} 张"
    return Finding(enough or not due, () if enough else ("TK-056",), least, words=words)


def _home_elder_target(question: LedgerQuestion, inquiry: Inquiry) -> Finding:
    words = f"居家养老服务目标 {HOME_ELDER_TARGET} 名，已服务 {question.served} 名"
    return _bound(("LN-004",), question.served >= HOME_ELDER_TARGET, HOME_ELDER_TARGET, words)


class LedgerCheck(msgspec.Struct, frozen=True):
    """A kind of check: its rules, how it is found, and whether it bars or is a mere statistic."""

    rules: tuple[str, ...]
    find: Callable[[LedgerQuestion, Inquiry], Finding]
    bars: bool = True


CHECKS: dict[Kind, LedgerCheck] = {
    "reserve_fund": LedgerCheck(("LS-040",), _reserve_fund),
    "reserve_ledger": LedgerCheck(("LS-041",), _reserve_ledger),
    "work_funds": LedgerCheck(("BZ-020", "D-21"), _work_funds),
    "service_purchase": LedgerCheck(("BZ-021",), _service_purchase),
    "tekun_sample": LedgerCheck(("TK-036",), _tekun_sample),
    "stage_plan": LedgerCheck(("LS-025",), _stage_plan),
    "damaged_house": LedgerCheck(("ZH-035", "05.3"), _damaged_house),
    "elder_beds": LedgerCheck(("LN-007",), _elder_beds),
    "township_staff": LedgerCheck(("NL-001",), _township_staff, bars=False),
    "village_assistants": LedgerCheck(("NL-002",), _village_assistants, bars=False),
    "nursing_beds": LedgerCheck(("TK-056",), _nursing_beds, bars=False),
    "home_elder_target": LedgerCheck(("LN-004",), _home_elder_target, bars=False),
}


def impossible(question: LedgerQuestion) -> Iterable[str]:
    """Parts that are larger than their whole."""
    if question.kind == "tekun_sample" and question.sampled > question.batch:
        yield "抽查的件数比这一批还多"
    if question.kind == "nursing_beds" and question.beds_nursing > question.beds_total:
        yield "护理型床位比全部床位还多"
    if question.kind == "elder_beds" and max(question.tekun_beds, question.low_cost) > question.beds_total:
        yield "特困床位或低偿床位比全部床位还多"


def answer(question: LedgerQuestion, inquiry: Inquiry) -> Answer:
    """Whether it is in order; statistics never bar anything."""
    check = CHECKS[question.kind]
    found = check.find(question, inquiry)
    values: dict[str, object] = {"limit": found.limit, "blocking": [], "warnings": [], **found.more}
    values["blocking" if check.bars else "warnings"] = list(found.rules)
    if found.ok is not None:
        values["ok"] = found.ok
        for rule in check.rules:
            inquiry.workings.judge(rule, rule not in found.rules, found.words)
    return inquiry.answer(**values)


ASK = Ask("ledger_check", LedgerQuestion, answer, impossible, day=lambda question: question.on)
