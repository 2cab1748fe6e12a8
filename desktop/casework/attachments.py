"""Photos and signatures of a visit: the picture goes into the encrypted attachments, the facts into the record."""

from db.operation import new_id
from db.refused import BadValue
from db.tables.exchange import Attachment
from db.tables.visits import Photo, Signature
from desktop.casework import pictures, questionnaire, sources, visit_records, visit_views
from desktop.casework.views import VisitView
from desktop.casework.work import Work, one_line, shorten

_KEPT = "访视的内容都在，没有存入图片。"


def add_photo(work: Work, visit_id: str, slot: str, data: bytes) -> VisitView:
    """Put a photo into a slot of the form (D15); raises `BadValue` for an unknown slot, no photo, or a repeat."""
    work.allow("visit")
    visit = visit_records.open_visit(work.session, visit_id)
    slots = questionnaire.photo_slots(questionnaire.load(visit.form_code or "", visit.form_version))
    if slot not in slots:
        raise BadValue(
            "visit.unknown_slot",
            f"这张表没有“{shorten(slot)}”这个照片位。",
            _KEPT,
            _choices("照片位", slots),
        )
    picture = pictures.photo(data)
    if any(
        photo.original_sha256 == picture.original_sha256 for photo in visit_records.photos_of(work.session, visit.id)
    ):
        raise BadValue("visit.same_photo", "这张照片已经在这次访视里了。", _KEPT, "请换一张照片。")
    work.session.add(
        Photo(
            id=new_id(),
            scope=work.scope,
            visit_id=visit.id,
            slot=slot,
            blob=_keep(work, picture.data),
            original_sha256=picture.original_sha256,
            taken_at=picture.taken_at,
            added_by=work.user,
            size=len(picture.data),
            width=picture.width,
            height=picture.height,
        )
    )
    work.session.flush()
    work.record("visit.photo", visit.id, {"slot": slot})
    return visit_views.view(work, visit)


def sign(work: Work, visit_id: str, role: str, name: str, data: bytes) -> VisitView:
    """Keep a signature, fingerprint or seal in a field of the form, with the hash of the answers that were signed.

    A new signature in the same field takes the place of the old one, which stays in the record as retired.
    """
    work.allow("visit")
    visit = visit_records.open_visit(work.session, visit_id)
    roles = questionnaire.signature_roles(questionnaire.load(visit.form_code or "", visit.form_version))
    if role not in roles:
        raise BadValue(
            "visit.unknown_role",
            f"这张表没有“{shorten(role)}”这个签署格。",
            _KEPT,
            _choices("签署格", roles),
        )
    who = one_line(name)
    if not 1 <= len(who) <= 50:
        raise BadValue(
            "visit.bad_name",
            "签署人姓名要写 1 至 50 字。",
            _KEPT,
            "请写上签署人的姓名。",
        )
    picture = pictures.signature(data)
    for old in visit_records.signatures_of(work.session, visit.id):
        if old.role == role:
            old.retired_on, old.retired_why = work.on, "重新签署"
    work.session.add(
        Signature(
            id=new_id(),
            scope=work.scope,
            visit_id=visit.id,
            role=role,
            name=who,
            signed_on=work.on,
            blob=_keep(work, picture.data),
            text_hash=sources.signed_hash(visit),
            recorded_by=work.user,
        )
    )
    work.session.flush()
    work.record("visit.sign", visit.id, {"role": role})
    return visit_views.view(work, visit)


def remove_photo(work: Work, visit_id: str, photo_id: str, reason: str) -> VisitView:
    """Take a photo out of a visit; the record stays as retired with its reason."""
    work.allow("visit")
    visit = visit_records.open_visit(work.session, visit_id)
    photo = work.session.get(Photo, photo_id)
    if photo is None or photo.visit_id != visit.id:
        raise BadValue("visit.unknown_photo", "这次访视里没有这张照片。", _KEPT, "请刷新后再看。")
    photo.retired_on, photo.retired_why = (
        work.on,
        " ".join(reason.split())[:100] or "移去",
    )
    work.session.flush()
    work.record("visit.photo_removed", visit.id, {"slot": photo.slot})
    return visit_views.view(work, visit)


def _keep(work: Work, data: bytes) -> str:
    found = work.blobs.put(data)
    if work.session.get(Attachment, found) is None:
        work.session.add(Attachment(sha256=found, size=len(data), here=True, at_county=False))
    return found


def _choices(what: str, names: dict[str, str]) -> str:
    if not names:
        return f"这张表没有{what}。"
    return f"{what}有：" + "、".join(f"{key}（{label}）" for key, label in names.items()) + "。"
