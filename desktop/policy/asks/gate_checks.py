"""Table of what each move of a case must fulfil (contract §6); the conditions themselves are `gate_conditions`'."""

from collections.abc import Callable, Mapping
from datetime import date

import msgspec

from desktop.policy.asks import gate_conditions as of
from desktop.policy.asks import gate_facts
from desktop.policy.asks.gate_conditions import Act
from desktop.policy.codes import CHILD_PROGRAMMES, TEMPORARY, CaseStatus, ProgrammeCode

Move = tuple[CaseStatus | None, CaseStatus]
"""From where (None: from anywhere) and where to."""

HEARING_SINCE = date(2026, 7, 1)
"""From this day nobody gets less or nothing without having been heard (D-02)."""

VISITED: tuple[ProgrammeCode, ...] = ("dibao", "dibao_single", "edge_family", "tekun", "temp_expense")
"""Programmes whose investigation is a home visit."""

WITHOUT_NOTICE: tuple[ProgrammeCode, ...] = (
    *CHILD_PROGRAMMES,
    "stranded_person",
    "disability_living",
    "disability_nursing",
    "edge_family",
    "rigid_expense_family",
    "elder_allowance",
    "home_elder_care",
)
"""Programmes that are reported and confirmed without a notice (09 §3, GS-010, GS-012)."""

_INVESTIGATED: tuple[Move, ...] = (("investigating", "pre_reviewed"), ("investigating", "democratic_review"))
_REVIEWED: tuple[Move, ...] = (("democratic_review", "pre_reviewed"), ("democratic_review", "public_notice"))
# also for temp_expense and disaster_relief, with days of their own (LS-022, ZH-012)
_NOTICE_OVER: tuple[Move, ...] = (
    (None, "notice_passed"),
    ("notice_passed", "reported"),
    ("pre_reviewed", "reported"),
    ("notice_passed", "confirmed"),
)


def _no_facts(act: Act) -> Mapping[str, object]:
    return {}


class Check(msgspec.Struct, frozen=True):
    """A condition of some moves: its rules, in words, for which programmes and since when; `facts` go in the trace."""

    rules: tuple[str, ...]
    words: str
    holds: Callable[[Act], bool]
    moves: tuple[Move, ...]
    programmes: tuple[ProgrammeCode, ...] = ()
    except_for: tuple[ProgrammeCode, ...] = ()
    since: date | None = None
    facts: Callable[[Act], Mapping[str, object]] = _no_facts

    def concerns(self, act: Act) -> bool:
        """Whether the act is one of those that this row is about."""
        return (
            any(before in (None, act.before) and after == act.after for before, after in self.moves)
            and (not self.programmes or act.programme_code in self.programmes)
            and act.programme_code not in self.except_for
            and (self.since is None or act.on >= self.since)
        )


def _to(*statuses: CaseStatus) -> tuple[Move, ...]:
    return tuple((None, status) for status in statuses)


CHECKS: tuple[Check, ...] = (
    Check(("15.1",), "申请人已签字", of.signed, _to("submitted")),
    Check(("DB-004",), "委托他人申请的有委托手续", of.proxy_authorised, _to("submitted")),
    Check(("DB-006",), "补正只一次性告知", of.first_supplement, _to("supplement_needed")),
    Check(("15.1",), "不予受理有书面理由并经主管复核", of.refusal_reviewed, _to("not_accepted")),
    Check(
        ("LS-009", "D-12"),
        "临时救助不以户籍、居住证为由不受理",
        of.not_for_residence,
        _to("not_accepted"),
        programmes=TEMPORARY,
    ),
    Check(("DB-007",), "成年成员都签了核对授权", of.adults_authorised, _to("checking")),
    Check(("DB-007",), "已书面提醒且无正当理由拒不配合", of.refused_to_cooperate, _to("aborted_noncooperation")),
    Check(("LS-020",), "急难型，且情况紧急、金额较小、需立即救助", of.urgent_relief, _to("fast_relief")),
    Check(
        ("DB-053",),
        "两名调查人入户，调查人和在场成员都签字",
        of.visited_or_waived,
        _INVESTIGATED,
        programmes=VISITED,
        facts=gate_facts.visit_facts,
    ),
    Check(
        ("D-16",),
        "免入户限下放试点乡镇、核对报告齐全、无争议",
        of.waiver_holds,
        _INVESTIGATED,
        programmes=VISITED,
    ),
    Check(
        ("DB-058",),
        "与经办人、村（居）委成员有近亲属关系的已备案",
        of.near_kin_filed,
        _INVESTIGATED,
        programmes=VISITED,
    ),
    Check(
        ("DB-059", "D-19"),
        "代表占参加评议人数三分之二以上，全员签字",
        of.review_quorate,
        _REVIEWED,
        except_for=("disaster_relief",),
        facts=gate_facts.review_facts,
    ),
    Check(
        ("ZH-011",),
        "有村级民主评议记录，全员签字",
        of.review_recorded,
        (*_REVIEWED, *_to("public_notice")),
        programmes=("disaster_relief",),
    ),
    Check(
        ("ZH-010",),
        "由本人申请或村（居）民小组提名",
        of.source_named,
        _to("democratic_review"),
        programmes=("disaster_relief",),
    ),
    Check(("D-17",), "儿童类不作民主评议", of.never, _to("democratic_review"), programmes=CHILD_PROGRAMMES),
    Check(
        ("D-17", "GS-010"),
        "儿童类、流散人员不公示",
        of.never,
        _to("public_notice"),
        programmes=(*CHILD_PROGRAMMES, "stranded_person"),
    ),
    Check(("ET-004",), "事实无人抚养儿童不设公示", of.never, _to("public_notice"), programmes=("de_facto_orphan",)),
    Check(
        ("GS-001",),
        "公示期满并到了其后的工作日",
        of.notice_over,
        _NOTICE_OVER,
        except_for=WITHOUT_NOTICE,
        facts=gate_facts.notice_facts,
    ),
    Check(
        ("GS-016",),
        "没有未办结的异议",
        of.no_open_objection,
        _NOTICE_OVER,
        except_for=WITHOUT_NOTICE,
        facts=gate_facts.objection_facts,
    ),
    # after an objection dibao is reported without a second notice (DB-071), tekun is not
    Check(
        ("TK-035",),
        "特困公示有异议的已重新公示且无异议",
        of.last_notice_unopposed,
        (("pre_reviewed", "reported"),),
        programmes=("tekun",),
    ),
    Check(
        ("DB-073",),
        "近亲属备案或有投诉举报的，县级已入户",
        of.county_visited,
        _to("confirmed"),
        programmes=("dibao", "dibao_single"),
    ),
    Check(("15.1",), "下放乡镇的确认人不是调查人", of.two_persons, _to("confirmed")),
    Check(("DB-093",), "减发已说明理由", of.reasons_told, _to("adjusted")),
    Check(
        ("D-02",),
        "减发前已听取意见",
        of.heard_before_reduction,
        _to("adjusted"),
        since=HEARING_SINCE,
        facts=gate_facts.hearing_facts,
    ),
    Check(("DB-093",), "终止有书面理由", of.reason_written, _to("terminated")),
    Check(
        ("D-02",),
        "终止前已听取意见",
        of.heard_before_end,
        _to("terminated"),
        since=HEARING_SINCE,
        facts=gate_facts.hearing_facts,
    ),
    Check(
        ("TK-061",),
        "特困拟终止公示期满且没有未办结的异议",
        of.termination_notice_over,
        _to("terminated"),
        programmes=("tekun",),
        facts=gate_facts.notice_facts,
    ),
)
