"""The conditions of moves as small questions to an act: each says yes or no, none knows where it is asked."""

from datetime import date

import msgspec

from desktop.policy.asks.gate_evidence import Evidence, PostedNotice
from desktop.policy.asks.notice_period import NoticeKind, earliest_next_step, notice_days
from desktop.policy.codes import CaseStatus, ProgrammeCode
from desktop.policy.facts import Member
from desktop.policy.inquiry import Inquiry
from desktop.policy.people import NEAR_KIN, age

_ADULT = 18


class Act(msgspec.Struct, frozen=True):
    """A move on a day with its evidence; `delegated` says that the township confirms this case by itself (D-14)."""

    programme_code: ProgrammeCode
    before: CaseStatus
    after: CaseStatus
    on: date
    evidence: Evidence
    members: tuple[Member, ...]
    delegated: bool
    inquiry: Inquiry

    def by_then(self, day: date | None) -> bool:
        """Whether something was done, and not later than the act."""
        return day is not None and day <= self.on


def signed(act: Act) -> bool:
    """The applicant signed."""
    return act.evidence.applicant_signed


def proxy_authorised(act: Act) -> bool:
    """Whoever comes for another brings the authorisation (DB-004)."""
    return not act.evidence.by_proxy or act.evidence.proxy_authorization


def first_supplement(act: Act) -> bool:
    """No list of lacking papers was sent before this one (DB-006, TK-032)."""
    sent = [notice.on for notice in act.evidence.supplement_notices if notice.on <= act.on]
    return len(sent) <= 1 and all(day == act.on for day in sent)


def refusal_reviewed(act: Act) -> bool:
    """A refusal to accept gives its reason in writing and a superior has looked at it."""
    return act.evidence.written_reason and act.evidence.supervisor_reviewed


def not_for_residence(act: Act) -> bool:
    """Urgent help is never refused for a household register or a permit elsewhere (LS-009)."""
    return act.evidence.refusal_ground not in ("non_local_hukou", "no_residence_permit")


def adults_authorised(act: Act) -> bool:
    """Every adult member allows the check (DB-007)."""
    adults = {member.ref for member in act.members if age(member, act.on) >= _ADULT}
    return adults <= set(act.evidence.authorized_members)


def refused_to_cooperate(act: Act) -> bool:
    """A letter reminded them and there is no good reason (DB-007)."""
    found = act.evidence.noncooperation
    return found is not None and act.by_then(found.reminded_in_writing_on) and not found.good_reason


def urgent_relief(act: Act) -> bool:
    """Emergency help that is urgent, small and needed at once (LS-020)."""
    evidence = act.evidence
    return (
        act.programme_code in ("temp_emergency", "temp_nonlocal")
        and evidence.urgent
        and evidence.small_amount
        and evidence.needs_help_at_once
    )


def visited(act: Act) -> bool:
    """Two went, both signed, and somebody of the family signed (DB-053)."""
    visit = act.evidence.home_visit
    if visit is None or not (visit.visited_on is None or act.by_then(visit.visited_on)):
        return False
    investigators = set(visit.investigators)
    return (
        len(investigators) >= 2
        and investigators <= set(visit.investigator_signatures)
        and not set(visit.present_members).isdisjoint(visit.member_signatures)
    )


def visit_waived(act: Act) -> bool:
    """A pilot township with a complete report and no dispute need not go (D-16)."""
    evidence = act.evidence
    report = evidence.check_report
    return (
        evidence.home_visit_waiver is not None
        and act.delegated
        and report is not None
        and report.complete
        and (report.on is None or act.by_then(report.on))
        and not evidence.disputed
    )


def waived_instead(act: Act) -> bool:
    """A waiver stands in the place of a visit, rightly or not."""
    return act.evidence.home_visit is None and act.evidence.home_visit_waiver is not None


def visited_or_waived(act: Act) -> bool:
    """The visit holds, or a waiver is there; whether that one holds is D-16's."""
    return visited(act) or visit_waived(act) or waived_instead(act)


def waiver_holds(act: Act) -> bool:
    """A waiver that stands in the place of a visit is one (D-16)."""
    return not waived_instead(act) or visit_waived(act)


def near_kin(act: Act) -> bool:
    """Somebody in office is a near relative of a member (DB-058, D-20)."""
    return any(kin.relation in NEAR_KIN for kin in act.evidence.kinship)


def near_kin_filed(act: Act) -> bool:
    """A near relative in office is on file (DB-058)."""
    return not near_kin(act) or act.evidence.near_relative_filed


def county_visited(act: Act) -> bool:
    """The county itself went where a near relative is in office or somebody complained (DB-073)."""
    called_for = near_kin(act) or bool(act.evidence.complaints)
    return not called_for or act.by_then(act.evidence.county_home_visit_on)


def two_persons(act: Act) -> bool:
    """Where the township confirms, whoever confirms did not investigate (15 §1)."""
    evidence = act.evidence
    if not act.delegated:
        return True
    if evidence.approver is None:
        return act.before != "notice_passed"
    return evidence.home_visit is None or evidence.approver not in evidence.home_visit.investigators


def review_quorate(act: Act) -> bool:
    """Two thirds of those who came represent the villagers, and all signed (DB-059, D-19)."""
    record = act.evidence.democratic_review
    return record is not None and 3 * record.representatives >= 2 * record.attended and record.all_signed


def review_recorded(act: Act) -> bool:
    """There is a record of the review and all signed (ZH-011)."""
    record = act.evidence.democratic_review
    return record is not None and record.all_signed


def source_named(act: Act) -> bool:
    """The person applied or the group nominated them (ZH-010)."""
    return act.evidence.application_source is not None


def never(act: Act) -> bool:
    """What is not done, whatever the evidence."""
    return False


def last_notice(act: Act) -> PostedNotice | None:
    """The notice that was put up last."""
    return max(act.evidence.notices, key=lambda notice: notice.posted_on, default=None)


def notice_over(act: Act, kind: NoticeKind = "pre_notice") -> bool:
    """The last notice has run out and the first working day after it has come (GS-001)."""
    notice = last_notice(act)
    count = notice_days(act.inquiry, kind, act.programme_code)
    if notice is None or count is None:
        return False
    return act.on >= earliest_next_step(act.inquiry.days, notice.posted_on, count)


def no_open_objection(act: Act) -> bool:
    """Every objection was closed by the day (GS-016)."""
    return all(act.by_then(objection.closed_on) for notice in act.evidence.notices for objection in notice.objections)


def last_notice_unopposed(act: Act) -> bool:
    """Nothing was said against the last notice: an objection calls for a new one (TK-035)."""
    notice = last_notice(act)
    return notice is None or not notice.objections


def reasons_told(act: Act) -> bool:
    """Whoever gets less was told why (DB-093)."""
    return act.evidence.direction != "reduce" or act.evidence.reasons_told


def heard_before_reduction(act: Act) -> bool:
    """Whoever gets less was heard first (D-02)."""
    return act.evidence.direction != "reduce" or act.by_then(act.evidence.opinion_hearing_on)


def reason_written(act: Act) -> bool:
    """The reason is there in writing (DB-093)."""
    return act.evidence.written_reason


def died(act: Act) -> bool:
    """The person died: nobody to hear, nothing to put up (TK-062)."""
    return act.evidence.termination_cause == "death"


def heard_before_end(act: Act) -> bool:
    """Whoever loses support was heard first (D-02)."""
    return died(act) or act.by_then(act.evidence.opinion_hearing_on)


def termination_notice_over(act: Act) -> bool:
    """The notice of the end has run out and nothing stands open against it (TK-061)."""
    return died(act) or (notice_over(act, "termination_notice") and no_open_objection(act))
