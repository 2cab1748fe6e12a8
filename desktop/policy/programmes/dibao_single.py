"""单人户低保: one person certified alone, out of an edge family (DB-020, DB-021) or as clergy living away (DB-022)."""

from collections.abc import Mapping

from desktop.policy.benefit import lowest_band, next_month
from desktop.policy.economy import (
    AREA_WORDS,
    Economy,
    area_of,
    below,
    compared,
    dibao_standard,
    economy_of,
    explain_means,
    judge_class,
)
from desktop.policy.facts import Member
from desktop.policy.household import ADULT, APPLICANT, Household, clergy_away, counted_household, judge_applicant
from desktop.policy.income import counted_income, explain_income
from desktop.policy.inquiry import Case, Programme, needs
from desktop.policy.people import age, cert_expired, severe, severe_or_mind_3, states, valid_certificates
from desktop.policy.programmes.family import blocked
from desktop.policy.verdict import NO, Verdict, every, lacking, report, some, verdict


def assess(case: Case) -> Mapping[str, object]:
    """Clergy three full years away are judged by their own income, everybody else as one of an edge family."""
    household = counted_household(case)
    person = next(member for member in case.facts.members or () if member.ref == case.facts.subject)
    away = clergy_away(person, case.as_of)
    # Somebody who lives away applies for themselves: the family they left need not.
    if not (away and person.relation == APPLICANT) and not judge_applicant(case, household):
        return blocked(household)
    if any(status.kind == "clergy_away" for status in person.statuses):
        text = "脱离家庭、在宗教场所居住满三年" if away else "脱离家庭居住没有满三年，或者已经回家"
        case.workings.judge("DB-022", away, text, {"判断日": case.as_of})
    return _away(case, household, person) if away else _of_edge_family(case, economy_of(case, household), person)


def _away(case: Case, household: Household, person: Member) -> Mapping[str, object]:
    """DB-022: own income below the standard, strictly; the family's does not matter."""
    income = counted_income(case, (person,), of_family=False)
    explain_income(case, income)
    area = area_of(case.facts)
    line = dibao_standard(case, area)
    own = None if income.sure.holds is None else income.yearly / 12
    poor = below(own, line, every((income.sure, lacking("standards"))) if line is None else income.sure)
    text = compared(own, line, f"{AREA_WORDS[area]}低保标准每月", how="本人月收入")
    case.workings.judge("DB-079", poor.holds, text, basis=case.pack.basis)
    report(case.workings, poor)
    return {**household.answers(), "per_capita_month": own, "category": None, **_granted(case, poor)}


def _of_edge_family(case: Case, economy: Economy, person: Member) -> Mapping[str, object]:
    """DB-020 and DB-021; where the family is of no class, DB-023 may still be worth a look."""
    explain_means(case, economy)
    judge_class(case, economy)
    belongs = verdict(economy.household.exclusion_of(person.ref) is None)
    family = every((belongs, economy.edge_family))
    entitled = economy.known(every((family, some((_disabled(case, person, family), _ill(case, person, family))))))
    report(case.workings, entitled)
    answers = economy.answers()
    if economy.dibao.holds is False and economy.edge_family.holds is False and _maybe_alone(case, person):
        case.workings.alert("suggest_DB-023")
        case.workings.note("DB-023", "成年无业重度残疾人可参照单人户，由人决定")
        return {**answers, "outcome": "manual_review", "amount_month": None, "pay_from": None}
    return {**answers, **_granted(case, entitled)}


def _granted(case: Case, entitled: Verdict) -> dict[str, object]:
    """Outcome, and for somebody entitled the lowest band from the month after the decision."""
    if not entitled.holds:
        return {"outcome": entitled.outcome, "amount_month": None, "pay_from": None}
    return {"outcome": entitled.outcome, "amount_month": lowest_band(case), "pay_from": next_month(case)}


def _disabled(case: Case, person: Member, family: Verdict) -> Verdict:
    """DB-020: a valid certificate of grade 1 or 2, or of mental grade 3."""
    if any(cert_expired(one, case.as_of) for one in person.disabilities):
        case.workings.alert("cert_expired")
    disabled = verdict(severe_or_mind_3(valid_certificates(person.disabilities, case.as_of)))
    words = {True: "一级、二级或者三级智力、精神残疾", False: "没有够等级的有效残疾人证", None: "多重残疾没有写明类别"}
    where = {True: "家庭属于低保边缘家庭", False: "不是低保边缘家庭的成员", None: "是不是低保边缘家庭还不能确定"}
    text = f"{words[disabled.holds]}；{where[family.holds]}"
    case.workings.judge("DB-020", every((family, disabled)).holds, text, {"判断日": case.as_of})
    return disabled


def _ill(case: Case, person: Member, family: Verdict) -> Verdict:
    """DB-021: a disease of the county's list."""
    diseases = {one.disease for one in states(person.statuses, "severe_illness", case.as_of) if one.disease}
    if person.severe_illness:
        diseases.add(person.severe_illness)
    if not diseases:
        return NO
    known = case.pack.severe_illness_list
    ill = lacking("severe_illness_list") if known is None else verdict(not diseases.isdisjoint(known))
    words = {True: "所患疾病在重特大疾病病种里", False: "所患疾病不在重特大疾病病种里", None: "县没有导入病种"}
    case.workings.judge("DB-021", every((family, ill)).holds, words[ill.holds], basis=case.pack.basis)
    return ill


def _maybe_alone(case: Case, person: Member) -> bool:
    """DB-023: adult, without work, grade 1 or 2 by a valid certificate."""
    return (
        age(person, case.as_of) >= ADULT
        and not person.employed
        and severe(valid_certificates(person.disabilities, case.as_of))
    )


PROGRAMME = Programme("dibao_single", assess, needs("members", "area", "subject"))
