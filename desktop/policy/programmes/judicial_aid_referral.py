"""司法救助转介: the harmed who were not compensated to the court, families of criminal cases to help here (QT-002)."""

from collections.abc import Mapping

from desktop.policy.codes import THE_FOUR
from desktop.policy.facts import Judicial
from desktop.policy.inquiry import Case, Programme, given, needs
from desktop.policy.people import certified

_MEASURES = ("assistance", "counselling", "mediation")


def assess(case: Case) -> Mapping[str, object]:
    """The court goes before our own help; whoever is neither is not referred."""
    judicial = given(case.facts.judicial)
    if _for_the_court(case, judicial):
        case.workings.judge("QT-002", True, "受到侵害、没有得到赔偿、生活困难，转介法院")
        return {"outcome": "refer", "refer_to": "court"}
    if judicial.case_kind == "criminal" and judicial.family_of_criminal_case:
        case.workings.judge("QT-002", True, "涉刑事案件家庭，转介救助帮扶、心理疏导、关系调适")
        return {"outcome": "refer", "refer_to": "civil_affairs", "measures": _MEASURES}
    case.workings.judge("QT-002", False, "不是受侵害难获赔偿的困难当事人，也不是涉刑事案件家庭")
    return {"outcome": "not_eligible"}


def _for_the_court(case: Case, judicial: Judicial) -> bool:
    poor = judicial.hardship or certified(case.facts.certifications, THE_FOUR, case.as_of)
    return judicial.harmed and not judicial.compensated and poor


PROGRAMME = Programme("judicial_aid_referral", assess, needs("judicial"))
