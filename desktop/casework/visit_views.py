"""Visits as they are shown: one with everything its page needs, or many in a list."""

from db import journal
from db.tables.visits import Photo, Signature, Visit
from desktop.casework import issued, listing, questionnaire, sources
from desktop.casework.views import PhotoView, SignatureView, VisitRow, VisitView
from desktop.casework.visit_records import COMPLETED, DRAFT, find, photos_of, signatures_of
from desktop.casework.work import Work


def show(work: Work, visit_id: str) -> VisitView:
    """A visit with answers, computed fields, what is missing, warnings, photos, signatures and versions."""
    work.allow("look")
    return view(work, find(work.session, visit_id))


def view(work: Work, visit: Visit) -> VisitView:
    """The same of a row in hand."""
    session = work.session
    spec = questionnaire.load(visit.form_code or "", visit.form_version)
    photos, signatures = photos_of(session, visit.id), signatures_of(session, visit.id)
    filled = {p.slot or "" for p in photos} | {s.role or "" for s in signatures}
    state = questionnaire.state(spec, dict(visit.answers or {}), sources.Sources(work, visit), work.day, filled)
    text = sources.signed_hash(visit)
    return VisitView(
        visit_id=visit.id,
        form_code=visit.form_code or "",
        form_version=visit.form_version or "",
        form_name=questionnaire.name(spec),
        status=visit.status or DRAFT,
        visited_on=visit.visited_on,
        completed_on=visit.completed_on,
        household_id=visit.household_id,
        person_id=visit.person_id,
        case_id=visit.case_id,
        investigator_a=visit.investigator_a,
        investigator_b=visit.investigator_b,
        subject=listing.subject_name(session, visit.person_id, visit.household_id),
        answers=questionnaire.to_file(spec, dict(visit.answers or {})),
        computed=state.computed,
        missing=tuple(state.missing),
        warnings=tuple(state.warnings),
        blocking=tuple(state.blocking),
        photos=tuple(_photo(p) for p in photos),
        signatures=tuple(_signature(s, text) for s in signatures),
        versions=journal.versions(session, visit.id),
    )


def rows(
    work: Work,
    household_id: str = "",
    person_id: str = "",
    case_id: str = "",
    status: str = "",
    limit: int = 200,
    offset: int = 0,
) -> list[VisitRow]:
    """Visits, latest first."""
    work.allow("look")
    wanted = (
        (Visit.household_id, household_id),
        (Visit.person_id, person_id),
        (Visit.case_id, case_id),
        (Visit.status, status),
    )
    order = Visit.visited_on.desc(), Visit.id.desc()
    found = listing.with_subjects(work.session, Visit, wanted, order, limit, offset)
    printed = issued.printed_visits(work.session, [v.id for v, _, _ in found if v.status != COMPLETED])
    return [
        VisitRow(
            visit_id=v.id,
            form_code=v.form_code or "",
            form_name=questionnaire.name_of(v.form_code or ""),
            status=v.status or DRAFT,
            visited_on=v.visited_on,
            household_id=v.household_id,
            person_id=v.person_id,
            case_id=v.case_id,
            subject=subject,
            village=village,
            to_sign=v.id in printed and _only_ink(work, v),
        )
        for v, subject, village in found
    ]


def _only_ink(work: Work, visit: Visit) -> bool:
    """Whether all that lacks is filled by hand on the printed paper."""
    return all(one.by_hand for one in view(work, visit).missing)


def _photo(photo: Photo) -> PhotoView:
    return PhotoView(
        photo_id=photo.id,
        slot=photo.slot or "",
        blob=photo.blob or "",
        taken_at=photo.taken_at,
        added_by=photo.added_by,
        size=photo.size,
        width=photo.width,
        height=photo.height,
    )


def _signature(signature: Signature, text: str) -> SignatureView:
    return SignatureView(
        signature_id=signature.id,
        role=signature.role or "",
        name=signature.name or "",
        signed_on=signature.signed_on,
        blob=signature.blob,
        recorded_by=signature.recorded_by,
        current=signature.text_hash == text,
    )
