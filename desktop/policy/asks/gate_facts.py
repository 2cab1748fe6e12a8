"""What the trace of a gate shows beside each condition: the days and numbers that it went by."""

from desktop.policy.asks.gate_conditions import Act, last_notice
from desktop.policy.asks.notice_period import earliest_next_step, notice_days


def notice_facts(act: Act) -> dict[str, object]:
    """When the last notice was put up, from when on the next step is open, and what stands against it."""
    notice = last_notice(act)
    count = notice_days(act.inquiry, "pre_notice", act.programme_code)
    if notice is None or count is None:
        return {"张贴": None if notice is None else notice.posted_on}
    return {
        "张贴": notice.posted_on,
        "公示天数": count,
        "可办理日": earliest_next_step(act.inquiry.days, notice.posted_on, count),
        "办理日": act.on,
    }


def objection_facts(act: Act) -> dict[str, object]:
    """How many objections there were and how many are open."""
    objections = [objection for notice in act.evidence.notices for objection in notice.objections]
    return {"异议": len(objections), "未办结": sum(not act.by_then(one.closed_on) for one in objections)}


def review_facts(act: Act) -> dict[str, object]:
    """Who came to the review."""
    record = act.evidence.democratic_review
    if record is None:
        return {"评议记录": None}
    return {"参加人数": record.attended, "代表人数": record.representatives, "全员签字": record.all_signed}


def visit_facts(act: Act) -> dict[str, object]:
    """Who went and who signed."""
    visit = act.evidence.home_visit
    if visit is None:
        return {"入户": None}
    return {
        "调查人": len(set(visit.investigators)),
        "调查人签字": len(set(visit.investigators) & set(visit.investigator_signatures)),
        "在场成员签字": len(set(visit.present_members) & set(visit.member_signatures)),
    }


def hearing_facts(act: Act) -> dict[str, object]:
    """When the person was heard."""
    return {"听取意见": act.evidence.opinion_hearing_on, "办理日": act.on}
