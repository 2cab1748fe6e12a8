"""非本县户籍人员急难救助: helped where the need arose, with one to four monthly standards (LS-007, D-07)."""

from collections.abc import Mapping
from fractions import Fraction

from desktop.policy.approval import approval_answer
from desktop.policy.economy import AREA_WORDS, dibao_standard
from desktop.policy.inquiry import Case, Programme
from desktop.policy.money import written
from desktop.policy.verdict import YES, Verdict, lacking, report, verdict

_LEAST, _MOST = 1, 4


def assess(case: Case) -> Mapping[str, object]:
    """For people of other counties; an amount outside the limits must not be saved."""
    base = _base(case)
    limits = (None, None) if base is None else (base * _LEAST, base * _MOST)
    from_elsewhere, within = _from_elsewhere(case), _within(case, base)
    if from_elsewhere.holds is False:
        outcome = "not_eligible"
    elif within.holds is False:
        outcome = "blocked"
    else:
        report(case.workings, from_elsewhere, within)
        outcome = "cannot_decide" if None in (from_elsewhere.holds, within.holds) else "eligible"
    return {
        "outcome": outcome,
        "amount_min": limits[0],
        "amount_max": limits[1],
        **approval_answer(case),
    }


def _base(case: Case) -> Fraction | None:
    """The monthly dibao standard that the county's limits are multiples of."""
    area = case.pack.nonlocal_base
    if area is None:
        case.workings.lack("nonlocal_base")
        return None
    base = dibao_standard(case, area)
    if base is None:
        report(case.workings, lacking("standards"))
        return None
    text = f"基数按{AREA_WORDS[area]}低保月标准 {written(base)} 元"
    case.workings.note("D-07", text, {"受理日": case.accepted_on}, case.pack.basis)
    return base


def _from_elsewhere(case: Case) -> Verdict:
    """Whether the person is registered in another county; not knowing where is no hindrance."""
    hukou, county = case.facts.hukou_county, case.pack.county_code
    if hukou is not None and county is None:
        return lacking("county_code")
    local = hukou is not None and hukou == county
    text = "本县户籍人员按急难型临时救助办理" if local else "不是本县户籍人员，由急难发生地受理"
    case.workings.judge("LS-007", not local, text, {"户籍地": hukou})
    return verdict(not local)


def _within(case: Case, base: Fraction | None) -> Verdict:
    """Whether a proposed amount keeps to one to four standards, both included; compared unrounded."""
    amount = case.facts.proposed_amount
    if amount is None:
        return YES
    if base is None:
        return lacking("nonlocal_base" if case.pack.nonlocal_base is None else "standards")
    inside = base * _LEAST <= amount <= base * _MOST
    case.workings.judge(
        "LS-007",
        inside,
        f"拟救助 {written(amount)} 元，{'在' if inside else '不在'}月标准 {written(base)} 元的 {_LEAST}—{_MOST} 倍之内",
        basis=case.pack.basis,
    )
    return verdict(inside)


PROGRAMME = Programme("temp_nonlocal", assess)
