"""What the two subsidies for disabled people share: certificate, exclusions, where and from when they are paid."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from desktop.policy.facts import Disability
from desktop.policy.inquiry import Case
from desktop.policy.money import ZERO
from desktop.policy.people import certified, valid_certificates
from desktop.policy.periods import Month, long_date


def frame(case: Case) -> Mapping[str, object]:
    """Anybody may apply anywhere; the county of the household register examines and pays (CJ-009)."""
    hukou, county = case.facts.hukou_county, case.pack.county_code
    if hukou is not None and county is None:
        case.workings.lack("county_code")
        return {"accept_here": True}
    here = hukou is None or hukou == county
    if not here:
        case.workings.alert("transfer_to_hukou")
    case.workings.note("CJ-009", "任意地可以申请；" + ("由本县审核发放" if here else "受理后转户籍地审核发放"))
    return {"accept_here": True, "pay_here": here}


def certificates(case: Case) -> tuple[Disability, ...] | None:
    """The certificates that hold; None when the person has only such as have run out (CJ-013)."""
    owned = case.person.disabilities
    valid = valid_certificates(owned, case.as_of)
    if owned and not valid:
        case.workings.alert("cert_expired")
        case.workings.judge("CJ-013", False, "残疾人证已超过 10 年有效期，先换证")
        return None
    if owned:
        case.workings.judge("CJ-013", True, "残疾人证在 10 年有效期内")
    return valid


def not_otherwise_kept(case: Case) -> bool:
    """特困 people and those who get a care fee for a work injury have neither subsidy (CJ-004)."""
    tekun = certified(case.facts.certifications, ("tekun",), case.as_of, case.person.ref)
    injured = any(payment.kind == "work_injury_care_fee" for payment in case.facts.received)
    words = "享受特困供养" if tekun else "领取工伤生活护理费" if injured else "没有特困供养和工伤生活护理费"
    case.workings.judge("CJ-004", not (tekun or injured), words)
    return not (tekun or injured)


def settled(case: Case, conditions: Iterable[bool], amount: Fraction | None) -> Mapping[str, object]:
    """Outcome, amount (0.00 for nobody entitled) and first month when every condition has been tried."""
    if not all(conditions):
        return {"outcome": "not_eligible", "amount_month": ZERO, "pay_from": None}
    case.workings.note("CJ-003", "生活补贴和护理补贴各按条件，都符合的可以同时领取")
    return {"outcome": "eligible", "amount_month": amount, "pay_from": _first_month(case)}


def _first_month(case: Case) -> Month | None:
    """The month of the application, once decided (CJ-010)."""
    if case.applied_on is None or case.decided_on is None:
        return None
    first = Month.of(case.applied_on)
    case.workings.note("CJ-010", f"{long_date(case.applied_on)}递交申请，审定合格自 {first} 起计发")
    return first
