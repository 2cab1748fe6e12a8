"""What a question about a gate brings as evidence; types only. Evidence that is not given does not exist."""

from datetime import date
from typing import Literal

from desktop.policy.codes import EvidenceCode, Ref, RelationCode
from desktop.policy.marks import Count, Money, Positive, Text
from desktop.policy.periods import Month
from desktop.policy.reading import Part


class SupplementNotice(Part, frozen=True, kw_only=True):
    """The one list of everything that is lacking (DB-006)."""

    on: date
    items: tuple[Text, ...]


class Noncooperation(Part, frozen=True, kw_only=True):
    """That somebody would not co-operate, and whether a letter reminded them."""

    good_reason: bool
    reminded_in_writing_on: date | None = None


class HomeVisit(Part, frozen=True, kw_only=True):
    """Who came, who was there, and who signed."""

    investigators: tuple[Text, ...]
    investigator_signatures: tuple[Text, ...]
    present_members: tuple[Ref, ...]
    member_signatures: tuple[Ref, ...]
    visited_on: date | None = None


class VisitWaiver(Part, frozen=True, kw_only=True):
    """Why nobody went (D-16)."""

    basis: Text


class CheckReport(Part, frozen=True, kw_only=True):
    """What the check of incomes and property answered."""

    complete: bool
    on: date | None = None


class Kinship(Part, frozen=True, kw_only=True):
    """That a member is related to somebody in office (DB-058)."""

    relation: RelationCode
    official_post: Literal["case_officer", "village_committee"]
    member: Ref | None = None
    official: Text | None = None


class ReviewRecord(Part, frozen=True, kw_only=True):
    """A democratic review: how many came, how many of them represent the villagers (D-19)."""

    attended: Positive
    all_signed: bool
    invited: Positive | None = None
    representatives: Count = 0


class Objection(Part, frozen=True, kw_only=True):
    """An objection to a notice, open until `closed_on`."""

    on: date
    closed_on: date | None = None


class PostedNotice(Part, frozen=True, kw_only=True):
    """A notice that hung, and what was said against it."""

    posted_on: date
    objections: tuple[Objection, ...] = ()


class Evidence(Part, frozen=True, kw_only=True):
    """All evidence that a gate may look at."""

    applicant_signed: bool = False
    by_proxy: bool = False
    proxy_authorization: bool = False
    supplement_notices: tuple[SupplementNotice, ...] = ()
    refusal_ground: (
        Literal["non_local_hukou", "no_residence_permit", "not_qualified", "materials_incomplete"] | None
    ) = None
    written_reason: bool = False
    supervisor_reviewed: bool = False
    authorized_members: tuple[Ref, ...] = ()
    noncooperation: Noncooperation | None = None
    home_visit: HomeVisit | None = None
    home_visit_waiver: VisitWaiver | None = None
    check_report: CheckReport | None = None
    disputed: bool = False
    kinship: tuple[Kinship, ...] = ()
    near_relative_filed: bool = False
    complaints: tuple[date, ...] = ()
    county_home_visit_on: date | None = None
    democratic_review: ReviewRecord | None = None
    application_source: Literal["self", "group_nomination"] | None = None
    notices: tuple[PostedNotice, ...] = ()
    approver: Text | None = None
    opinion_hearing_on: date | None = None
    reasons_told: bool = False
    direction: Literal["increase", "reduce"] | None = None
    # TK-060a, TK-060d, TK-060b, TK-060c, TK-060e, TK-060f in this order; who moved away leaves dibao
    termination_cause: (
        Literal["death", "income_over", "recovered_labor", "imprisoned", "obligor_able", "voluntary", "moved"] | None
    ) = None
    urgent: bool = False
    small_amount: bool = False
    needs_help_at_once: bool = False
    agreement_signed: bool = False
    consent_signed: bool = False
    evidence_code: EvidenceCode | None = None
    amount_month: Money | None = None
    pay_from: Month | None = None
