"""The reading desk: what pages ask on the UI thread, over a read-only connection; it never writes."""

from typing import Any

from desktop.casework import cases, dossiers, households, issued, persons, progress, settings, visit_views
from desktop.casework.case_views import CaseProgress
from desktop.casework.views import (
    CaseRow,
    CaseView,
    ConflictView,
    DocumentRow,
    HouseholdRow,
    HouseholdView,
    PersonView,
    StoreInfo,
    SyncState,
    VisitRow,
    VisitView,
)
from desktop.workspace import setup
from desktop.workspace.exchange import Exchange
from desktop.workspace.open_store import OpenStore


class Desk:
    """Questions of the pages; every call sees what was committed last."""

    def __init__(self, opened: OpenStore, exchange: Exchange) -> None:
        self._opened, self._exchange = opened, exchange

    def households(self, find: str = "", village: str = "", limit: int = 50, offset: int = 0) -> list[HouseholdRow]:
        """A page of households; with `find` those in which somebody matches, best first."""
        return self._opened.look(lambda work: households.rows(work, find, village, limit, offset))

    def household_count(self, village: str = "") -> int:
        """How many households there are."""
        return self._opened.look(lambda work: households.count(work, village))

    def villages(self) -> list[str]:
        """Villages that households name."""
        return self._opened.look(households.villages)

    def household(self, household_id: str) -> HouseholdView:
        """One household with its people, cases, visits and papers."""
        return self._opened.look(lambda work: dossiers.show(work, household_id))

    def person(self, person_id: str) -> PersonView:
        """One person, masked (to reveal, `submit` `persons.reveal` with a reason)."""
        return self._opened.look(lambda work: persons.show(work, person_id))

    def cases(self, status: str = "", programme: str = "", limit: int = 200, offset: int = 0) -> list[CaseRow]:
        """A page of cases."""
        return self._opened.look(lambda work: cases.rows(work, status, programme, limit=limit, offset=offset))

    def case(self, case_id: str) -> CaseView:
        """One case with its timeline."""
        return self._opened.look(lambda work: cases.show(work, case_id))

    def progress(self, case_id: str) -> CaseProgress:
        """One case on its way: steps, moves, deadlines, what is missing, the last assessment."""
        return self._opened.look(lambda work: progress.show(work, case_id))

    def visits(
        self,
        household_id: str = "",
        person_id: str = "",
        case_id: str = "",
        status: str = "",
        limit: int = 200,
        offset: int = 0,
    ) -> list[VisitRow]:
        """A page of visits, latest first."""
        return self._opened.look(
            lambda work: visit_views.rows(work, household_id, person_id, case_id, status, limit, offset)
        )

    def visit(self, visit_id: str) -> VisitView:
        """One questionnaire with everything its page shows."""
        return self._opened.look(lambda work: visit_views.show(work, visit_id))

    def form(self, form_code: str, version: str | None = None) -> Any:
        """The form specification (`desktop.forms`) that a questionnaire page is built from."""
        from desktop.casework import questionnaire

        return questionnaire.load(form_code, version)

    def documents(
        self,
        household_id: str = "",
        person_id: str = "",
        visit_id: str = "",
        limit: int = 200,
        offset: int = 0,
    ) -> list[DocumentRow]:
        """A page of issued papers, latest first."""
        return self._opened.look(lambda work: issued.rows(work, household_id, person_id, visit_id, limit, offset))

    def blob(self, sha256: str) -> bytes:
        """The bytes of a photo or signature."""
        return self._opened.store.blobs.get(sha256)

    def settings(self) -> dict[str, Any]:
        """Every setting with its value or default."""
        return self._opened.look(settings.listed)

    def conflicts(self) -> list[ConflictView]:
        """Differences for a person to decide."""
        return self._exchange.conflicts()

    def sync_state(self) -> SyncState:
        """What the status line says."""
        return self._exchange.state()

    def info(self) -> StoreInfo:
        """The state of this store."""
        return self._opened.look(lambda work: setup.info(work, self._opened.identity))
