"""Where computed fields get their values: case, household, person, certificate, settings, number, earlier papers."""

import hashlib
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from db.operation import canonical
from db.tables.cases import Case
from db.tables.exchange import Setting
from db.tables.people import Household, Person
from db.tables.visits import Visit
from desktop.casework import questionnaire, settings
from desktop.casework.work import Work

TOWNSHIP_NAME = "_township_name"
"""Row of the settings table that keeps the township's name, set once at `init`."""


class Sources:
    """Values by dotted name (`household.village`, `F-22B.student_no`), read when asked for, None when not there.

    `document_no` is the number of the paper being printed; before that `document.no` has no value.
    """

    def __init__(self, work: Work, visit: Visit, document_no: str | None = None) -> None:
        self._work, self._visit, self._number = work, visit, document_no
        self._known: dict[str, Any] = {}

    def get(self, name: str) -> Any:
        """The value behind a dotted name; None when the source is missing."""
        if name not in self._known:
            head, _, rest = name.partition(".")
            read = _READERS.get(head)
            self._known[name] = (
                read(self, rest) if read else (self._earlier(head, rest) if head.startswith("F-") else None)
            )
        return self._known[name]

    def person_of_row(self, row: str, field: str) -> Any:
        """A field of the person whose id is the row's uuid (members rows stand for people of the store)."""
        person = self._work.session.get(Person, row)
        return None if person is None or person.void else getattr(person, field, None)

    def _case(self, field: str) -> Any:
        case = self._work.session.get(Case, self._visit.case_id) if self._visit.case_id else None
        return getattr(case, field, None) if case else None

    def _household(self, field: str) -> Any:
        home = self._work.session.get(Household, self._visit.household_id) if self._visit.household_id else None
        if home is None:
            return None
        if field == "region":
            parts = (township_name(self._work), home.village, group_words(home.group))
            return "".join(part for part in parts if part) or None
        return getattr(home, field, None)

    def _person(self, field: str) -> Any:
        person = self._work.session.get(Person, self._visit.person_id) if self._visit.person_id else None
        return getattr(person, field, None) if person else None

    def _certificate(self, field: str) -> Any:
        """Of a certificate that is valid on the business date (forms.md, sources of F-22B)."""
        until = self._person("certificate_valid_until")
        if until is not None and until < self._work.on:
            return None
        return self._person(f"certificate_{field}")

    def _settings(self, field: str) -> Any:
        if field == "township_name":
            return township_name(self._work)
        return settings.current(self._work.session).get(field)

    def _document(self, field: str) -> Any:
        return self._number if field == "no" else None

    def _earlier(self, form: str, field: str) -> Any:
        """A field of the same person's latest sheet of that form that was not voided."""
        if not self._visit.person_id or form == self._visit.form_code:
            return None
        visit = latest(self._work, form, self._visit.person_id)
        if visit is None:
            return None
        spec = questionnaire.load(visit.form_code or "", visit.form_version)
        answers = dict(visit.answers or {})
        found = questionnaire.to_file(spec, answers).get(field)
        if found is None and form != "F-22C":
            found = questionnaire.state(spec, answers, Sources(self._work, visit), self._work.day, set()).computed.get(
                field
            )
        return found


_READERS: dict[str, Callable[[Sources, str], Any]] = {
    "case": Sources._case,
    "household": Sources._household,
    "person": Sources._person,
    "certificate": Sources._certificate,
    "settings": Sources._settings,
    "document": Sources._document,
}


def latest(work: Work, form: str, person_id: str) -> Visit | None:
    """The same person's latest sheet of a form."""
    query = select(Visit).where(Visit.form_code == form, Visit.person_id == person_id, Visit.void.is_(False))
    return work.session.execute(query.order_by(Visit.visited_on.desc(), Visit.id.desc()).limit(1)).scalar()


def township_name(work: Work) -> str | None:
    """The township's name as given at `init`."""
    row = work.session.get(Setting, TOWNSHIP_NAME)
    return row.value if row else None


def group_words(group: str | None) -> str | None:
    """`2` as `2组`."""
    return f"{group}组" if group and group.isdigit() else group


def signed_hash(visit: Visit) -> str:
    """SHA-256 over what is signed: form, version and every answer that is not filled by hand on the paper."""
    spec = questionnaire.load(visit.form_code or "", visit.form_version)
    text = questionnaire.printed(spec, dict(visit.answers or {}))
    return hashlib.sha256(bytes(canonical([visit.form_code, visit.form_version, text]))).hexdigest()
