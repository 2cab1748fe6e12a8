"""Record kinds, declared once for laptop and county: their groups, how these merge and who may write them."""

import msgspec

PLAIN, IDENTITY, WHOLE, STATUS, IMMUTABLE = "plain", "identity", "whole", "status", "immutable"
"""Merge classes (sync_design.md §4): identity conflicts are also shown to the county; a whole group is never torn;
a status moves only from the current one; an immutable group is written once, with the record."""

TOWNSHIP, COUNTY = "township", "county"
"""Owners of a group: a device of a township cannot write what belongs to the county."""

VOID_GROUP = "_void"
"""The name under which a record's being void is shadowed, disputed and settled."""

TEXT, INT, BOOL, DATA = "text", "int", "bool", "data"
"""Types of fields; `DATA` is bytes that only use cases understand: packed JSON (`desktop.casework.packed`)."""

MOST_DATA = 262_144
"""Bytes of one `DATA` field at most."""


class Field(msgspec.Struct, frozen=True):
    """One field: its name on the command line, its type and the column that keeps it."""

    name: str
    type: str = TEXT
    column: str = ""

    def key(self) -> str:
        """The field's name inside its group's value (`certificate.kind` is `kind`)."""
        return self.name.rsplit(".", 1)[-1]

    def column_name(self) -> str:
        """The table column."""
        return self.column or self.name.replace(".", "_")

    def attribute(self) -> str:
        """The attribute of the mapped class."""
        return self.name.replace(".", "_")


class Group(msgspec.Struct, frozen=True):
    """Fields that carry meaning together and have one version; a group of one field has a bare value."""

    name: str
    fields: tuple[Field, ...]
    merge: str = PLAIN
    owner: str = TOWNSHIP

    @property
    def single(self) -> bool:
        """Whether the value is the field's own and not a map."""
        return len(self.fields) == 1 and self.fields[0].name == self.name


class Kind(msgspec.Struct, frozen=True):
    """A kind of record: table, groups, and the prefix of open groups (answers) if it has any."""

    name: str
    table: str
    groups: tuple[Group, ...]
    open_prefix: str = ""
    open_column: str = ""
    blob_fields: tuple[str, ...] = ()
    """Groups whose value names an attachment by hash (`group.field`)."""

    def group(self, name: str) -> Group | None:
        """The declared group of that name; None for an open or unknown one."""
        return _GROUPS[self.name].get(name)

    def knows(self, name: str) -> bool:
        """Whether a group of this name may stand in a record of this kind."""
        return name in _GROUPS[self.name] or bool(self.open_prefix and name.startswith(self.open_prefix))

    def field_group(self, field: str) -> tuple[Group, Field] | None:
        """The group and field behind a command-line field name."""
        for group in self.groups:
            for item in group.fields:
                if item.name == field:
                    return group, item
        return None


def _one(name: str, type_: str = TEXT, merge: str = PLAIN, owner: str = TOWNSHIP) -> Group:
    return Group(name, (Field(name, type_),), merge, owner)


def _many(name: str, *fields: str | Field, merge: str = WHOLE, owner: str = TOWNSHIP) -> Group:
    return Group(name, tuple(f if isinstance(f, Field) else Field(f) for f in fields), merge, owner)


HOUSEHOLD = Kind(
    "household",
    "household",
    (
        _many("residence", "village", Field("group", column="grp"), "address"),
        _one("phone"),
        _one("hukou"),
        _one("remark"),
        _one("import_batch", merge=IMMUTABLE),
    ),
)
PERSON = Kind(
    "person",
    "person",
    (
        _many("membership", "household_id", Field("joined_on"), Field("left_on")),
        _one("position", INT),
        _one("relation"),
        _one("name", merge=IDENTITY),
        _one("alt_name"),
        _many("identity", "id_type", "id_number", "no_id_reason", merge=IDENTITY),
        _one("sex"),
        _one("birth_date", merge=IDENTITY),
        _one("ethnicity"),
        _one("phone"),
        _one("health"),
        _one("labor"),
        _one("job"),
        _one("study"),
        _many(
            "certificate",
            "certificate.kind",
            "certificate.grade",
            "certificate.number",
            "certificate.valid_until",
        ),
        _many("account", "account.payee", "account.bank", "account.number"),
        _one("import_batch", merge=IMMUTABLE),
    ),
)
CASE = Kind(
    "case",
    "case_file",
    (
        _many("subject", "household_id", "person_id", merge=IMMUTABLE),
        _one("programme_code", merge=IMMUTABLE),
        _one("case_no", merge=IMMUTABLE),
        _one("accepted_on"),
        _one("pack_version"),
        _many(
            "benefit",
            Field("band"),
            Field("month_amount_fen", INT),
            Field("supplement_fen", INT),
            Field("covered_persons", INT),
            Field("start_month"),
            Field("checked_on"),
            Field("cause"),
        ),
        _one("status", merge=STATUS),
        _one("import_batch", merge=IMMUTABLE),
    ),
)
CASE_EVENT = Kind(
    "case_event",
    "case_event",
    (
        _many(
            "event",
            "case_id",
            "event",
            Field("on", column="on_date"),
            "note",
            "before",
            "recorded_by",
            Field("evidence", DATA),
            merge=IMMUTABLE,
        ),
    ),
)
ASSESSMENT = Kind(
    "assessment",
    "assessment",
    (
        _many(
            "assessment",
            "case_id",
            "visit_id",
            "programme_code",
            "assessed_on",
            "pack_version",
            "pack_id",
            "outcome",
            Field("amount_fen", INT),
            "recorded_by",
            Field("content", DATA),
            merge=IMMUTABLE,
        ),
    ),
)
VISIT = Kind(
    "visit",
    "visit",
    (
        _many("subject", "household_id", "person_id", "case_id", merge=IMMUTABLE),
        _many("form", "form_code", "form_version", merge=IMMUTABLE),
        _one("visited_on"),
        _one("investigator_a"),
        _one("investigator_b"),
        _one("status", merge=STATUS),
        _one("completed_on"),
    ),
    open_prefix="answers.",
    open_column="answers",
)
SIGNATURE = Kind(
    "signature",
    "signature",
    (
        _many(
            "signature",
            "visit_id",
            "role",
            "name",
            "signed_on",
            "blob",
            "text_hash",
            "recorded_by",
            merge=IMMUTABLE,
        ),
        _many("retired", "retired_on", "retired_why"),
    ),
    blob_fields=("signature.blob",),
)
PHOTO = Kind(
    "photo",
    "photo",
    (
        _many(
            "photo",
            "visit_id",
            "slot",
            "blob",
            "original_sha256",
            "taken_at",
            "added_by",
            Field("size", INT),
            Field("width", INT),
            Field("height", INT),
            merge=IMMUTABLE,
        ),
        _many("retired", "retired_on", "retired_why"),
    ),
    blob_fields=("photo.blob",),
)
DOCUMENT = Kind(
    "document",
    "document",
    (
        _many(
            "paper",
            "form_code",
            "edition",
            "doc_no",
            "household_id",
            "person_id",
            "case_id",
            "visit_id",
            "text_hash",
            "issued_on",
            "issued_by",
            Field("pages", INT),
            "reason",
            "sha256",
            merge=IMMUTABLE,
        ),
        _many("state", "state", "state_on", "state_why", merge=STATUS),
    ),
)

FUND_ENTRY = Kind(
    "fund_entry",
    "fund_entry",
    (
        _many(
            "entry",
            "entered_on",
            Field("position", INT),
            "summary",
            "case_no",
            "payee",
            "village",
            "cause",
            Field("income_fen", INT),
            Field("expense_fen", INT),
            Field("balance_fen", INT),
            "voucher_no",
            "handler",
            "witness",
            "approver",
            "remark",
            "period",
            merge=IMMUTABLE,
        ),
        _one("import_batch", merge=IMMUTABLE),
    ),
)

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        HOUSEHOLD,
        PERSON,
        CASE,
        CASE_EVENT,
        ASSESSMENT,
        VISIT,
        SIGNATURE,
        PHOTO,
        DOCUMENT,
        FUND_ENTRY,
    )
}
"""Every synced kind by its name on the wire."""

_GROUPS = {kind.name: {group.name: group for group in kind.groups} for kind in KINDS.values()}

WRITERS = frozenset({"village_assistant", "township_clerk", "township_reviewer"})
"""Roles of a township whose operations the county takes in (rule book 15 §2)."""

TRANSITIONS: dict[str, dict[str, frozenset[str]]] = {
    "visit": {"draft": frozenset({"completed"}), "completed": frozenset({"draft"})},
    "case": {
        "draft": frozenset({"submitted", "withdrawn"}),
        "submitted": frozenset({"accepted", "supplement_needed", "not_accepted"}),
        "supplement_needed": frozenset({"submitted", "withdrawn"}),
        "not_accepted": frozenset(),
        "accepted": frozenset({"checking", "investigating", "fast_relief", "aborted_noncooperation"}),
        "checking": frozenset({"investigating", "check_failed", "aborted_noncooperation"}),
        "check_failed": frozenset({"investigating", "refused", "withdrawn"}),
        "investigating": frozenset({"democratic_review", "pre_reviewed", "aborted_noncooperation"}),
        "democratic_review": frozenset({"pre_reviewed", "investigating", "public_notice"}),
        "pre_reviewed": frozenset({"public_notice", "reported"}),
        "public_notice": frozenset({"objection", "notice_passed"}),
        "objection": frozenset({"investigating", "democratic_review"}),
        "notice_passed": frozenset({"reported", "confirmed"}),
        "reported": frozenset({"county_review", "returned"}),
        "returned": frozenset({"investigating"}),
        "county_review": frozenset({"county_visit", "confirmed", "refused"}),
        "county_visit": frozenset({"confirmed", "refused"}),
        "confirmed": frozenset({"published", "paying"}),
        "refused": frozenset({"archived"}),
        "published": frozenset({"paying"}),
        "paying": frozenset({"review_due", "grace", "adjusted", "termination_proposed"}),
        "review_due": frozenset({"paying", "adjusted", "termination_proposed"}),
        "grace": frozenset({"paying", "termination_proposed"}),
        "adjusted": frozenset({"paying"}),
        "termination_proposed": frozenset({"terminated", "paying"}),
        "terminated": frozenset({"archived"}),
        "fast_relief": frozenset({"supplement_due"}),
        "supplement_due": frozenset({"confirmed"}),
        "withdrawn": frozenset(),
        "aborted_noncooperation": frozenset(),
        "archived": frozenset(),
    },
}
"""Status moves that a record kind allows. The case's are the table of rule book 15 §1 with both ways to confirm:
what else a gate asks for is the laptop's to hold (`desktop.policy`), the county sees that no step was left out.
"""
