"""What use cases hand back: plain frozen structs that hold no session and no row."""

from typing import Any

import msgspec


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all views; `as_json` is the answer of the command line."""

    def as_json(self) -> dict[str, Any]:
        """Builtin types by field name; values that are not for JSON are left out by the subclass."""
        found = msgspec.to_builtins(self)
        assert isinstance(found, dict)
        return found


class Warned(View, frozen=True, kw_only=True):
    """A value that was kept although something is odd about it: field name, code, sentence for the person."""

    field: str
    code: str
    text: str
    person_id: str = ""


class PersonView(View, frozen=True, kw_only=True):
    """One person; numbers are masked unless they were revealed with a reason.

    `id_number`, `phone`, `account_number` and `certificate_number` are masked text (`5132**********0011`);
    `revealed` says that they are whole. `versions` (group to operation id) goes back with a save.
    """

    person_id: str
    household_id: str | None = None
    name: str | None = None
    alt_name: str | None = None
    relation: str | None = None
    position: int | None = None
    id_type: str | None = None
    id_number: str | None = None
    no_id_reason: str | None = None
    sex: str | None = None
    birth_date: str | None = None
    ethnicity: str | None = None
    phone: str | None = None
    health: str | None = None
    labor: str | None = None
    job: str | None = None
    study: str | None = None
    certificate_kind: str | None = None
    certificate_grade: str | None = None
    certificate_number: str | None = None
    certificate_valid_until: str | None = None
    account_payee: str | None = None
    account_bank: str | None = None
    account_number: str | None = None
    left_on: str | None = None
    revealed: bool = False
    warnings: tuple[Warned, ...] = ()
    versions: dict[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        """Field names as on the command line: `certificate.kind`, `account.number`."""
        found = msgspec.to_builtins(self)
        for name in list(found):
            for prefix in ("certificate_", "account_"):
                if name.startswith(prefix):
                    found[prefix[:-1] + "." + name[len(prefix) :]] = found.pop(name)
        return dict(found)


class HouseholdRow(View, frozen=True, kw_only=True):
    """One line of the list of households; `phone` is masked, `head` the name of the first member."""

    household_id: str
    village: str | None = None
    group: str | None = None
    head: str | None = None
    member_count: int = 0
    phone: str | None = None
    programmes: tuple[str, ...] = ()


class CaseRow(View, frozen=True, kw_only=True):
    """One case in a list."""

    case_id: str
    case_no: str
    programme_code: str
    status: str
    accepted_on: str | None = None
    household_id: str | None = None
    person_id: str | None = None
    subject: str | None = None
    village: str | None = None


class EventView(View, frozen=True, kw_only=True):
    """One event of a case's timeline."""

    event: str
    on: str | None = None
    note: str | None = None


class CaseView(View, frozen=True, kw_only=True):
    """A case with its timeline; amounts are yuan text with two decimals."""

    case_id: str
    case_no: str
    programme_code: str
    status: str
    accepted_on: str | None = None
    household_id: str | None = None
    person_id: str | None = None
    pack_version: str | None = None
    band: str | None = None
    month_amount: str | None = None
    supplement: str | None = None
    covered_persons: int | None = None
    start_month: str | None = None
    checked_on: str | None = None
    cause: str | None = None
    events: tuple[EventView, ...] = ()
    versions: dict[str, str] = {}


class VisitRow(View, frozen=True, kw_only=True):
    """One visit in a list; `subject` is the person's or the head's name.

    `to_sign`: the paper is printed and only what is filled by hand on it is lacking; derived, never stored.
    """

    visit_id: str
    form_code: str
    form_name: str
    status: str
    visited_on: str | None = None
    household_id: str | None = None
    person_id: str | None = None
    case_id: str | None = None
    subject: str | None = None
    village: str | None = None
    to_sign: bool = False


class DocumentRow(View, frozen=True, kw_only=True):
    """One paper that was issued."""

    document_id: str
    form_code: str
    document_no: str
    edition: str
    issued_on: str
    issued_by: str
    pages: int
    state: str
    sha256: str
    reason: str
    visit_id: str | None = None
    household_id: str | None = None
    person_id: str | None = None
    case_id: str | None = None


class HouseholdView(View, frozen=True, kw_only=True):
    """A household with its people (head first), cases, visits and papers."""

    household_id: str
    village: str | None = None
    group: str | None = None
    address: str | None = None
    phone: str | None = None
    hukou: str | None = None
    remark: str | None = None
    members: tuple[PersonView, ...] = ()
    cases: tuple[CaseRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    warnings: tuple[Warned, ...] = ()
    versions: dict[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        """Members with the command line's field names."""
        found = msgspec.to_builtins(self)
        found["members"] = [member.as_json() for member in self.members]
        return dict(found)


class Missing(View, frozen=True, kw_only=True):
    """A field that still lacks its value: `key` as `visit set` takes it (`TABLE.ROW.key` in a table).

    `by_hand` fields are filled on the printed paper and recorded afterwards; they never stop an official print.
    """

    key: str
    label: str
    section: str = ""
    by_hand: bool = False


class PhotoView(View, frozen=True, kw_only=True):
    """One photo of a visit; the bytes are `desk.blob(blob)`."""

    photo_id: str
    slot: str
    blob: str
    taken_at: str | None = None
    added_by: str | None = None
    size: int | None = None
    width: int | None = None
    height: int | None = None


class SignatureView(View, frozen=True, kw_only=True):
    """One signature of a visit; the picture's bytes are `desk.blob(blob)`.

    `current` is false when the answers changed after it was given.
    """

    signature_id: str
    role: str
    name: str
    signed_on: str | None = None
    blob: str | None = None
    recorded_by: str | None = None
    current: bool = True


class VisitView(View, frozen=True, kw_only=True):
    """A questionnaire with everything a page or a paper needs.

    `answers` is the shape of FILE on the command line: section-free keys, tables as lists of rows with `row`;
    `computed` holds the read-only fields in the same keys (`None` while their source is missing).
    `versions` maps journal groups (`answers.A.date`) to operation ids; hand it back with a save.
    """

    visit_id: str
    form_code: str
    form_version: str
    form_name: str
    status: str
    visited_on: str | None = None
    completed_on: str | None = None
    household_id: str | None = None
    person_id: str | None = None
    case_id: str | None = None
    investigator_a: str | None = None
    investigator_b: str | None = None
    subject: str | None = None
    answers: dict[str, Any] = {}
    computed: dict[str, Any] = {}
    missing: tuple[Missing, ...] = ()
    warnings: tuple[Warned, ...] = ()
    blocking: tuple[Warned, ...] = ()
    photos: tuple[PhotoView, ...] = ()
    signatures: tuple[SignatureView, ...] = ()
    versions: dict[str, str] = {}


class Added(View, frozen=True, kw_only=True):
    """What `household add` made: ids, and what is odd about the numbers given."""

    household_id: str
    members: tuple[dict[str, str], ...] = ()
    warnings: tuple[Warned, ...] = ()


class Paper(View, frozen=True, kw_only=True):
    """A rendered paper: `data` is the PDF, `document_no` empty for drafts, `BLANK-…` for empty sheets."""

    form_code: str
    document_no: str
    edition: str
    pages: int
    sha256: str
    data: bytes
    document_id: str = ""
    text_hash: str = ""
    draft: bool = False
    preview: bool = False
    """For the screen only: without the watermark, but nothing that may be handed out."""


class UserView(View, frozen=True, kw_only=True):
    """Somebody who may open the store."""

    name: str
    roles: tuple[str, ...]


class ConflictView(View, frozen=True, kw_only=True):
    """One difference for a person to decide; `county` is the value that stands, `mine` the one that lost."""

    id: str
    record: str
    kind: str
    group: str
    field: str
    mine: Any
    county: Any
    subject: str = ""
    field_label: str = ""
    mine_actor: str = ""
    county_actor: str = ""


class SyncState(View, frozen=True, kw_only=True):
    """What the status line says; instants are UTC ISO text or None."""

    enrolled: bool
    unsent: int
    oldest_unsent: str | None = None
    last_receipt: str | None = None
    conflicts: int = 0
    county: str | None = None


class StoreInfo(View, frozen=True, kw_only=True):
    """`info`: the state of this store."""

    store_version: str
    township: str
    township_name: str
    training: bool
    device: str
    user: str
    roles: tuple[str, ...]
    counts: dict[str, int]
    unsent: int
    oldest_unsent: str | None = None
    last_receipt: str | None = None
    state_hash: str | None = None
    enrolled: bool = False
    conflicts: int = 0
