"""What a newer edition of a ledger would change, as window and command line show it before anything is written."""

from typing import Any

from desktop.casework.views import View


class ChangedField(View, frozen=True, kw_only=True):
    """One field of somebody known: `old` is the store's, `new` the ledger's, both masked where they are numbers.

    `written` is False where the two differ and the store's stays: this ledger speaks of it for the first time.
    """

    sheet: str
    row: int
    name: str
    field: str
    label: str
    old: str
    new: str
    written: bool = True


class AddedPerson(View, frozen=True, kw_only=True):
    """Somebody new; `household_id` is empty when the household is new too."""

    sheet: str
    row: int
    name: str
    household_id: str = ""


class AddedCase(View, frozen=True, kw_only=True):
    """A benefit that somebody known did not have yet, or one more occasion of it."""

    sheet: str
    row: int
    name: str
    programme_code: str
    occasion: str = ""


class GoneView(View, frozen=True, kw_only=True):
    """Somebody of the edition before whom this one no longer lists; the case goes on until somebody decides."""

    name: str
    person_id: str
    household_id: str
    case_id: str
    village: str = ""


class Other(View, frozen=True, kw_only=True):
    """Somebody of the store beside whom a person of the ledger is shown."""

    person_id: str
    household_id: str
    name: str
    village: str
    id_number: str


class CandidateView(View, frozen=True, kw_only=True):
    """A person of the ledger who may be one of `others`: `held` ones were not written, nobody is merged by itself."""

    sheet: str
    row: int
    name: str
    code: str
    words: str
    held: bool
    others: tuple[Other, ...] = ()


class BookedEntry(View, frozen=True, kw_only=True):
    """One entry of the reserve-fund book; `sheet` and `row` are empty for one that only the store has."""

    entered_on: str
    summary: str
    payee: str
    income: str
    expense: str
    voucher_no: str
    sheet: str = ""
    row: int = 0


class FundView(View, frozen=True, kw_only=True):
    """The reserve-fund book beside the store's: new entries, how many are known, and the store's own.

    `missing` ones the store has in the days of this book and the book does not: they stay where they are.
    """

    added: tuple[BookedEntry, ...] = ()
    same: int = 0
    missing: tuple[BookedEntry, ...] = ()


class EditionView(View, frozen=True, kw_only=True):
    """The whole comparison; `same` counts households of which nothing changes, `fund` is None without such a book."""

    households: int = 0
    same: int = 0
    added: tuple[AddedPerson, ...] = ()
    cases: tuple[AddedCase, ...] = ()
    changed: tuple[ChangedField, ...] = ()
    gone: tuple[GoneView, ...] = ()
    candidates: tuple[CandidateView, ...] = ()
    fund: FundView | None = None

    def as_json(self) -> dict[str, Any]:
        """Without `fund` for ledgers that are no such book."""
        return {key: value for key, value in super().as_json().items() if key != "fund" or value is not None}

    @property
    def nothing(self) -> bool:
        """Writing it would change nothing."""
        booked = self.fund is not None and self.fund.added
        return not (self.added or self.cases or booked or any(one.written for one in self.changed))
