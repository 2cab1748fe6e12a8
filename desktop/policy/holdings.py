"""Whether what somebody owns keeps within the county's limits (DB-040, DB-041, DB-042)."""

from fractions import Fraction

import msgspec

from desktop.policy.facts import Property
from desktop.policy.money import plain, written
from desktop.policy.pack import Pack, PropertyRow
from desktop.policy.verdict import YES, Verdict, every, lacking, verdict

NOTHING_DECLARED = "没有申报财产"
_WORDS = {"financial_assets_per_person": "人均金融资产", "houses": "住房", "vehicles": "非生活必需车辆"}


class Holdings(msgspec.Struct, frozen=True):
    """The verdict on what is owned, and every limit tried in words."""

    within: Verdict
    words: str


def holdings(pack: Pack, owned: Property | None, persons: int, monthly_standard: Fraction | None) -> Holdings:
    """Measure property by every row of `property_rule`; nothing declared or nothing owned is within any limit.

    `monthly_standard` is the dibao standard that limits by multiples of it take, None when it is not set.
    """
    if owned is None or not (owned.financial_assets or owned.houses or owned.vehicles):
        return Holdings(YES, NOTHING_DECLARED)
    if pack.property_rule is None:
        return Holdings(lacking("property_rule"), "县没有配置财产限额")
    tried = [_tried(row, owned, persons, monthly_standard) for row in pack.property_rule]
    return Holdings(every(one.within for one in tried), "；".join(one.words for one in tried) or "县没有规定限额")


def _tried(row: PropertyRow, owned: Property, persons: int, monthly_standard: Fraction | None) -> Holdings:
    """One limit; it is kept when the amount is not over it."""
    has = _amount(row, owned, persons)
    limit = _limit(row, monthly_standard)
    name, money = _WORDS[row.item], row.item == "financial_assets_per_person"
    shown = f"{written(has)} 元" if money else plain(has)
    if not has:
        return Holdings(YES, f"{name} {shown}")
    if limit is None:
        return Holdings(lacking("property_rule" if row.limit is None else "standards"), f"{name} {shown}，限额没有配置")
    most = f"{written(limit)} 元" if money else plain(limit)
    return Holdings(verdict(has <= limit), f"{name} {shown}，{'超过' if has > limit else '不超过'}限额 {most}")


def _amount(row: PropertyRow, owned: Property, persons: int) -> Fraction:
    if row.item == "financial_assets_per_person":
        return owned.financial_assets / persons
    if row.item == "houses":
        return Fraction(owned.houses)
    return Fraction(sum(vehicle not in row.exempt for vehicle in owned.vehicles))


def _limit(row: PropertyRow, monthly_standard: Fraction | None) -> Fraction | None:
    """The most that may be owned; None when the county has not set it."""
    if row.limit_type == "forbidden":
        return Fraction(0)
    if row.limit is None or row.limit_type != "multiple_of_std":
        return row.limit
    return None if monthly_standard is None else row.limit * monthly_standard
