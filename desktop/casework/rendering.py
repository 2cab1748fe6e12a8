"""From a visit to a PDF: the one place where use cases touch `desktop.documents`."""

import hashlib
from typing import Any

from db.refused import Refused
from db.tables.visits import Visit
from desktop.casework import questionnaire, sources, visit_records
from desktop.casework.views import Paper
from desktop.casework.work import Work


def render(
    work: Work,
    spec: Any,
    visit: Visit,
    state: questionnaire.State,
    *,
    number: str,
    revision: int,
    draft: bool = False,
    blank: bool = False,
    large: bool = False,
    preview: bool = False,
) -> Paper:
    """One paper of a form with the signatures that stand; raises what the glyph pre-flight and the blobs refuse.

    A `preview` shows `number` in its place and is a draft all the same.
    """
    from desktop import documents

    stored = visit.visited_on is not None
    signatures = visit_records.signatures_of(work.session, visit.id) if stored else []
    photos = visit_records.photos_of(work.session, visit.id) if stored else []
    made = documents.render_form(
        spec,
        questionnaire.to_file(spec, dict(visit.answers or {})),
        state.computed,
        number=number,
        revision=revision,
        unit=sources.township_name(work) or "",
        printed_by=work.user,
        printed_on=work.day,
        draft=draft,
        blank=blank,
        large=large,
        preview=preview,
        training=work.training,
        signatures={
            signature.role: documents.Signed(data, signature.signed_on or "")
            for signature in signatures
            if signature.role and (data := _picture(work, signature.blob))
        },
        photos=[photo.slot for photo in photos if photo.slot],
    )
    return Paper(
        form_code=questionnaire.code(spec),
        document_no="" if preview else number,
        edition=questionnaire.version(spec),
        pages=made.pages,
        sha256=hashlib.sha256(made.data).hexdigest(),
        data=made.data,
        text_hash=made.text_hash,
        draft=draft or preview,
        preview=preview,
    )


def _picture(work: Work, blob: str | None) -> bytes:
    """The picture of a signature; nothing while it has not come from another laptop, a damaged one is refused."""
    if not blob:
        return b""
    try:
        return work.blobs.get(blob)
    except Refused as refusal:
        if refusal.code == "blob.missing":
            return b""
        raise
