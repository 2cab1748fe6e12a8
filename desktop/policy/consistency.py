"""Facts that cannot be true together: what the contract calls `bad_value` whatever the programme."""

from collections.abc import Iterable
from datetime import date

from desktop.policy.facts import Facts, MedicalBill, Member


def impossible_facts(facts: Facts, on: date) -> Iterable[str]:
    """In words, every contradiction of the facts as the judgement day `on` sees them."""
    if facts.members is not None:
        yield from impossible_members(facts.members, on)
    refs = {member.ref for member in facts.members or ()}
    if any(income.member is not None and income.member not in refs for income in facts.incomes):
        yield "收入写在一个不在家庭成员里的人名下"
    if facts.subject is not None and facts.subject not in refs:
        yield "申请的对象不在家庭成员里"
    if any(obligor.birth_date > on for obligor in facts.obligors):
        yield "义务人的出生日期晚于判断日"
    if any(parent.deceased_on is not None and parent.deceased_on > on for parent in facts.parents):
        yield "父母的死亡日期晚于判断日"
    if facts.medical is not None:
        yield from _impossible_bill(facts.medical)
    yield from _impossible_events(facts, on)


def impossible_members(members: Iterable[Member], on: date) -> Iterable[str]:
    """A household of nobody, one name for two, or somebody not yet born on the day."""
    refs = [member.ref for member in members]
    if not refs:
        yield "家庭成员是空的"
    if len(set(refs)) < len(refs):
        yield "两名家庭成员用了同一个代号"
    if any(member.birth_date > on for member in members):
        yield "家庭成员的出生日期晚于判断日"


def _impossible_bill(bill: MedicalBill) -> Iterable[str]:
    if bill.out_of_policy + bill.basic_paid + bill.critical_paid + bill.supplement_paid > bill.total:
        yield "各项支付与政策范围外费用加起来超过了总费用"


def _impossible_events(facts: Facts, on: date) -> Iterable[str]:
    disaster = facts.disaster
    if disaster and disaster.first_day and disaster.last_day and disaster.last_day < disaster.first_day:
        yield "救助的截止日早于开始日"
    if facts.price and facts.price.to_month < facts.price.from_month:
        yield "截止月早于开始月"
    if facts.funeral and facts.funeral.deceased_on > on:
        yield "死亡日期晚于判断日"
    if facts.stranded and facts.stranded.found_at.date() > on:
        yield "发现的日期晚于判断日"
