"""From a visit to a PDF: the one place where use cases touch `desktop.documents`."""

import hashlib
from typing import Any

from db.tables.visits import Visit
from desktop.casework import questionnaire, sources
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
) -> Paper:
    """One paper of a form; raises what the glyph pre-flight refuses."""
    from desktop import documents

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
    )
    return Paper(
        form_code=questionnaire.code(spec),
        document_no=number,
        edition=questionnaire.version(spec),
        pages=made.pages,
        sha256=hashlib.sha256(made.data).hexdigest(),
        data=made.data,
        text_hash=made.text_hash,
        draft=draft,
    )
