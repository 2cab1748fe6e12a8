"""特困: no labour, no means, nobody who can give support, all three at once (TK-001 to TK-003), and what is paid."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from desktop.policy.benefit import next_month
from desktop.policy.codes import Area, CareLevel, CareMode
from desktop.policy.economy import AREA_WORDS, area_of, below, compared, dibao_standard, judge_property
from desktop.policy.facts import IncomeKind, Member
from desktop.policy.holdings import holdings
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.money import ZERO, written
from desktop.policy.no_labour import judge_labour
from desktop.policy.obligors import judge_obligors
from desktop.policy.pack import StandardRow
from desktop.policy.people import live_ones
from desktop.policy.self_care import LEVEL_WORDS, self_care_level
from desktop.policy.standards import basis, care_amount, monthly, standard
from desktop.policy.verdict import NO, YES, Verdict, every, lacking, report

LEFT_OUT: frozenset[IncomeKind] = frozenset(
    (
        "central_basic_pension",
        "social_insurance_benefit",
        "pref_pension",
        "elder_allowance",
        "social_assistance_payment",
        "disability_two_subsidies",
    )
)
"""Income that never counts for 特困, whatever the county says of it for 低保 (TK-002)."""

_CHILD_PROGRAMMES = ("orphan", "de_facto_orphan")
_ENDS = (
    ("TK-060b", "具备或者恢复劳动能力"),
    ("TK-060d", "收入、财产不再符合规定"),
    ("TK-060e", "有义务人能够履行义务"),
)
"""Why somebody certified no longer is, by the condition that fails."""


def assess(case: Case) -> Mapping[str, object]:
    """The first member is the applicant; one who chose a programme for children is not certified (TK-020)."""
    person = (case.facts.members or ())[0]
    already = bool(live_ones(case.facts.certifications, ("tekun",), case.as_of, person.ref))
    area = _area_applied(case)
    line, own = dibao_standard(case, area), own_income(case, person) / 12
    labour = judge_labour(case, person, already)
    means = _judge_means(case, area, own, line)
    obligor = judge_obligors(case, area, line)
    met = every((_chosen(case), labour, means, obligor))
    report(case.workings, labour, means, obligor)
    _tell(case, already, labour, means, obligor)
    can = case.facts.self_care
    level = self_care_level(case, can) if can is not None else None
    return {
        "outcome": met.outcome,
        "conditions": {"no_labor": labour.holds, "no_income": means.holds, "no_obligor": obligor.holds},
        "per_capita_month": own,
        "self_care_level": level,
        "area_applied": area,
        "amount_month": _amount(case, area, level, _care_mode(case, person)) if met.holds else None,
        "pay_from": next_month(case, "TK-037") if met.holds else None,
    }


def own_income(case: Case, person: Member) -> Fraction:
    """The applicant's income a year without the kinds of TK-002.

    What nobody's name is on is the family's (contract §5.1), so the applicant's only where nobody else is in it.
    """
    alone = len(case.facts.members or ()) == 1
    counted = [income for income in case.facts.incomes if income.kind not in LEFT_OUT]
    family = sum((income.yearly for income in counted if income.member is None), ZERO)
    if family and not alone:
        case.workings.note("TK-002", f"没有写明是谁的年收入 {written(family)} 元是家庭的，没有算作申请人本人的")
    own = sum((income.yearly for income in counted if income.member == person.ref), ZERO)
    return own + family if alone else own


def _area_applied(case: Case) -> Area:
    """TK-022: town for people moved there, country for people with land there; only where standards differ."""
    facts, own = case.facts, area_of(case.facts)
    if not any(_monthly(case, kind, "urban") != _monthly(case, kind, "rural") for kind in ("dibao", "tekun_basic")):
        return own
    area: Area
    if facts.relocated_to_town:
        area, why = "urban", "易地搬迁至城镇"
    elif facts.has_contracted_land or facts.collective_dividend:
        area, why = "rural", "有承包地或者参加集体分红"
    else:
        return own
    case.workings.note("TK-022", f"{why}，按{AREA_WORDS[area]}标准", {"申报地区": AREA_WORDS[own]})
    return area


def _monthly(case: Case, kind: Literal["dibao", "tekun_basic"], area: Area) -> Fraction | None:
    row = standard(case.pack, kind, area, case.accepted_on)
    return None if row is None else monthly(row)


def _judge_means(case: Case, area: Area, own: Fraction, line: Fraction | None) -> Verdict:
    """TK-002: own income strictly below the dibao standard, and property within the limits for one person."""
    if line is None:
        report(case.workings, lacking("standards"))
    poor = below(own, line, lacking("standards"))
    owned = holdings(case.pack, case.facts.property, 1, line)
    judge_property(case, owned)
    means = every((poor, owned.within))
    text = compared(own, line, f"{AREA_WORDS[area]}低保标准每月", how="本人月收入")
    if poor.holds and not owned.within.holds:
        text += "；财产不符合规定" if owned.within.holds is False else "；财产是否符合规定不能确定"
    case.workings.judge("TK-002", means.holds, text, basis=case.pack.basis)
    return means


def _chosen(case: Case) -> Verdict:
    """TK-020: nobody is certified twice; the choice is the child's."""
    chosen = case.facts.chosen_programme
    other = chosen in _CHILD_PROGRAMMES
    if chosen is not None:
        text = "选择了孤儿或者事实无人抚养儿童保障，不再认定特困" if other else "没有选择儿童保障项目"
        case.workings.judge("TK-020", not other, text)
    return NO if other else YES


def _tell(case: Case, already: bool, labour: Verdict, means: Verdict, obligor: Verdict) -> None:
    """Somebody certified who fails a condition is to be ended; somebody new who only can work is for dibao."""
    failed = [one.holds is False for one in (labour, means, obligor)]
    if already and any(failed):
        case.workings.alert("start_termination")
        for (rule_id, text), lost in zip(_ENDS, failed, strict=True):
            if lost:
                case.workings.note(rule_id, f"{text}，应启动终止程序")
        case.workings.note("TK-063", "终止后符合低保、临时救助的及时转接")
    elif failed == [True, False, False]:
        case.workings.alert("refer_dibao")


def _care_mode(case: Case, person: Member) -> CareMode | None:
    """How the person is cared for; what the certification says where the facts do not (TK-023)."""
    known = live_ones(case.facts.certifications, ("tekun",), case.as_of, person.ref)
    return case.facts.care_mode or next((one.care_mode for one in known if one.care_mode), None)


def _amount(case: Case, area: Area, level: CareLevel | None, mode: CareMode | None) -> Fraction | None:
    """TK-050: the basic standard and the care amount of the first pay month; None until both are known."""
    basic = standard(case.pack, "tekun_basic", area, case.pay_day)
    if basic is None:
        report(case.workings, lacking("standards"))
    if level is None:
        return None
    care = care_amount(case.pack, level, mode, case.pay_day)
    if care is None:
        case.workings.lack("care_table")
    if basic is None or care is None:
        return None
    text = f"照料护理标准：{LEVEL_WORDS[level]}，每月 {written(care.amount)} 元"
    case.workings.note("TK-052", text, basis=case.pack.basis)
    return _summed(case, basic, care.amount)


def _summed(case: Case, basic: StandardRow, care: Fraction) -> Fraction:
    total = monthly(basic) + care
    text = f"基本生活标准 {written(monthly(basic))} 元＋照料护理标准 {written(care)} 元＝每月 {written(total)} 元"
    case.workings.note("TK-050", text, basis=basis(case.pack, basic))
    return total


PROGRAMME = Programme("tekun", assess, needs("members", "area"))
