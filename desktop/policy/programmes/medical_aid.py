"""医疗救助: the bill after insurance by the terms of one's category, and help with the yearly contribution (06 A)."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from desktop.policy.codes import PROGRAMME_NAMES, THE_FOUR, MedicalCategory
from desktop.policy.facts import Enrol, MedicalBill
from desktop.policy.inquiry import Case, Programme
from desktop.policy.money import ZERO, plain, rounded, written
from desktop.policy.pack import EnrolRow
from desktop.policy.people import certified

_ORDER = ("basic", "critical", "other_supplement", "medical_aid")
_DIRECT: tuple[MedicalCategory, ...] = ("tekun", "dibao")
_WARNED: tuple[MedicalCategory, ...] = ("edge_family", "rigid_expense_family")


def required(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """A bill or a contribution, or both."""
    return () if "medical" in facts or "enrol" in facts else ("medical",)


def assess(case: Case) -> Mapping[str, object]:
    """Whoever is of no category gets nothing; a bill settled in the wrong order is not taken at all."""
    category = next((code for code in THE_FOUR if certified(case.facts.certifications, (code,), case.as_of)), None)
    case.workings.judge(
        "YL-001",
        category is not None,
        f"救助身份：{PROGRAMME_NAMES[category]}"
        if category
        else "特困、低保、低保边缘、刚性支出四类身份都不在有效期内",
        {"判断日": case.as_of},
    )
    answer: dict[str, object] = {"outcome": "eligible" if category else "not_eligible"}
    if case.facts.enrol is not None:
        answer |= _enrolment(case, case.facts.enrol, category)
    if case.facts.medical is not None:
        answer |= _treatment(case, case.facts.medical, category)
    return answer


def _treatment(case: Case, bill: MedicalBill, category: MedicalCategory | None) -> Mapping[str, object]:
    duties = {"duties": _duties(case)}
    if not _in_order(case, bill):
        return {**duties, "outcome": "blocked"}
    if category is None:
        return duties
    channel = "direct" if category in _DIRECT else "township"
    case.workings.judge(
        "YL-008", True, "由县医保部门直接办理" if channel == "direct" else "向乡镇申请，审核、公示后县医保部门审批"
    )
    base = bill.total - bill.out_of_policy - bill.basic_paid - bill.critical_paid - bill.supplement_paid
    aid = _aid(case, bill, base, category)
    self_pay = None if aid is None else base - aid + bill.out_of_policy
    _warn(case, category, self_pay)
    return {
        **duties,
        "channel": channel,
        "amount_once": aid,
        "self_pay": self_pay,
        **(_in_hospital(case, bill, None if aid is None else base - aid) if category == "tekun" else {}),
    }


def _in_order(case: Case, bill: MedicalBill) -> bool | None:
    """Basic insurance, critical illness, other supplements, then medical aid; steps may be skipped."""
    places = [_ORDER.index(step) for step in bill.settlement_order]
    return case.workings.judge(
        "YL-003",
        places == sorted(places),
        "结算次序：先基本医保，再大病保险和其他补充医保，最后医疗救助",
        {"实际次序": "、".join(bill.settlement_order)} if places else {},
    )


def _aid(case: Case, bill: MedicalBill, base: Fraction, category: MedicalCategory) -> Fraction | None:
    """The part above the deductible times the ratio, within what the yearly limit leaves; whole fen (YL-007)."""
    terms = case.pack.medical.of(category) if case.pack.medical else None
    if terms is None or terms.annual_cap is None:
        case.workings.lack("medical", f"medical.{category}" if terms is None else f"medical.{category}.annual_cap")
        return None
    left = max(terms.annual_cap - bill.paid_ytd, ZERO)
    by_ratio = max(base - terms.deductible, ZERO) * terms.ratio
    aid = rounded(min(by_ratio, left))
    basis = case.pack.basis
    case.workings.note("YL-006", f"起付标准 {written(terms.deductible)} 元", basis=basis)
    case.workings.note("YL-005", f"年度限额还剩 {written(left)} 元", {"本年已救助": bill.paid_ytd}, basis)
    case.workings.note(
        "YL-007",
        f"政策范围内自付 {written(base)} 元，减起付标准后 × {plain(terms.ratio)} = {written(by_ratio)} 元，"
        f"不超过限额余额，救助 {written(aid)} 元",
        {"总费用": bill.total, "政策范围外": bill.out_of_policy},
        basis,
    )
    return aid


def _duties(case: Case) -> tuple[str, ...]:
    """What is owed whoever the patient is (YL-010)."""
    signed, emergency = case.facts.family_doctor_signed, case.facts.public_emergency
    case.workings.note(
        "YL-010",
        ("已签约家庭医生" if signed else "提示签约家庭医生") + ("；突发公共事件，先救治后收费" if emergency else ""),
    )
    return (*(() if signed else ("offer_family_doctor",)), *(("treat_first",) if emergency else ()))


def _warn(case: Case, category: MedicalCategory, self_pay: Fraction | None) -> None:
    """High own costs of people just above poverty are worth a look (YL-012)."""
    threshold = case.pack.medical_warn_self_pay
    if category in _WARNED and threshold is not None and self_pay is not None and self_pay >= threshold:
        case.workings.alert("likely_eligible")
        case.workings.note(
            "YL-012",
            f"自付 {written(self_pay)} 元，达到监测线 {written(threshold)} 元，转乡镇核实",
            {},
            case.pack.basis,
        )


def _in_hospital(case: Case, bill: MedicalBill, rest: Fraction | None) -> Mapping[str, object]:
    """What 特困 people get in a hospital: the rest of the bill may be topped up, and somebody cares for them."""
    if not bill.inpatient:
        return {"hospital_care": None}
    if bill.out_of_policy > 0:
        case.workings.alert("confirm_out_of_policy")
    left = f"救助后政策范围内自付 {written(rest)} 元" if rest is not None else "救助后的自付部分"
    case.workings.judge("TK-054", True, left)
    case.workings.note("YL-009", "自付仍不足的，由困难群众救助补助资金支持")
    case.workings.judge("TK-053", True, "住院期间安排照料")
    return {"topup_max": rest, "hospital_care": True, "hospital_care_amount": _care_amount(case, bill)}


def _care_amount(case: Case, bill: MedicalBill) -> Fraction | None:
    each, days = case.pack.hospital_care_per_day, bill.inpatient_days
    if days is None:
        case.workings.lack("medical.inpatient_days")
    if each is None:
        case.workings.lack("hospital_care_per_day")
    if each is None or days is None:
        return None
    total = each * days
    text = f"住院照料：每天 {written(each)} 元 × {days} 天 = {written(total)} 元"
    case.workings.note("TK-053", text, basis=case.pack.basis)
    return total


def _enrolment(case: Case, enrol: Enrol, category: MedicalCategory | None) -> Mapping[str, object]:
    """特困 always in full, others as the county has it; never more than the contribution (YL-002)."""
    subsidy, mode = _subsidy(case, enrol, category)
    case.workings.judge(
        "YL-002",
        category is not None,
        "不是资助参保对象" if category is None else _subsidy_in_words(subsidy, mode),
        {"年度": enrol.year, "个人缴费": enrol.contribution},
        case.pack.basis if category not in (None, "tekun") else "",
    )
    return {
        "enrol_mode": mode,
        "enrol_subsidy": subsidy,
        "enrol_self_pay": None if subsidy is None else enrol.contribution - subsidy,
    }


def _subsidy(case: Case, enrol: Enrol, category: MedicalCategory | None) -> tuple[Fraction | None, str | None]:
    if category is None:
        return ZERO, None
    if category == "tekun":
        return enrol.contribution, "full"
    rows = case.pack.enrol_subsidy or ()
    row = next((row for row in rows if row.category == category and row.year == enrol.year), None)
    subsidy = _by_row(row, enrol)
    if subsidy is None:
        case.workings.lack_standard("enrol_subsidy")
    return subsidy, row.mode if row else None


def _by_row(row: EnrolRow | None, enrol: Enrol) -> Fraction | None:
    if row is None:
        return None
    if row.mode == "full":
        return enrol.contribution
    return None if row.amount is None else min(row.amount, enrol.contribution)


def _subsidy_in_words(subsidy: Fraction | None, mode: str | None) -> str:
    if subsidy is None:
        return "县里还没有设定该类人员本年度的资助标准"
    return f"{'全额' if mode == 'full' else '定额'}资助参保，资助 {written(subsidy)} 元"


PROGRAMME = Programme("medical_aid", assess, required)
