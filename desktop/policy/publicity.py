"""What may stand on a notice: the white list by programme, the deny list, and the scan of free text (09 §3, §4)."""

import re

from desktop.policy.codes import CHILD_PROGRAMMES, ProgrammeCode
from desktop.policy.text import BLANKS, half_width

_HOUSEHOLD = frozenset(("address", "member_count", "category", "amount"))

ALLOWED: dict[ProgrammeCode, frozenset[str]] = {
    "dibao": _HOUSEHOLD,
    "dibao_single": _HOUSEHOLD,
    "tekun": _HOUSEHOLD,
    "temp_expense": _HOUSEHOLD,
    "disaster_relief": _HOUSEHOLD,
    "elder_allowance": frozenset(("village", "category", "amount")),
}
"""Fields that a row may show beside the name; a programme that is not here shows none (09 §3)."""

TOTALS_ONLY: tuple[ProgrammeCode, ...] = ("medical_aid", "disability_living", "disability_nursing")
"""Programmes that tell the public how many and how much, and no person (09 §3)."""

DENIED = frozenset(
    (
        "id_number",
        "id_tail",
        "birth_date",
        "phone",
        "bank_account",
        "door_number",
        "household_book_no",
        "health",
        "disease",
        "disability_kind",
        "disability_grade",
        "disability_cert_no",
        "self_care_level",
        "income",
        "property",
        "family_member_names",
        "photo",
        "fingerprint",
        "religion",
        "ethnicity",
        "criminal_record",
        "informant",
        "assessment",
    )
)
"""Fields that never stand on anything public (09 §4, AQ-015): no illness (YL-011), no assessment (JY-013)."""

CATEGORIES = frozenset(("低保", "最低生活保障", "特困", "特困人员救助供养", "临时救助", "受灾救助", "高龄津贴"))
"""The only words for a category: no class, no illness, no disability (09 §3)."""

NEVER: dict[ProgrammeCode, tuple[str, ...]] = {
    **dict.fromkeys(CHILD_PROGRAMMES, ("D-17", "GS-010")),
    "stranded_person": ("GS-012",),
}
"""Programmes that are never put on a notice, and by which rules."""

_SEPARATOR = r"[ \-]?"
_NUMBERS = re.compile(
    "|".join(
        (
            r"[0-9]{15}",  # a card, or an identity number but for its last sign
            rf"[0-9]{{6}}{_SEPARATOR}[0-9]{{8}}{_SEPARATOR}[0-9]{{3}}[0-9Xx]",
            r"[3-6][0-9]{3}(?:[ \-][0-9]{4}){3}",
            rf"(?<![0-9])(?:\+?86|0)?{_SEPARATOR}1[3-9][0-9]{_SEPARATOR}[0-9]{{4}}{_SEPARATOR}[0-9]{{4}}(?![0-9])",
        )
    )
)
_MASKED = re.compile(r"[0-9]{3}[*×]{3,}[0-9]{0,3}[0-9Xx]")
_DOOR = re.compile(r"[0-9〇零一二三四五六七八九十百]\s*号")
_ID_TAIL = re.compile(r"(?<![0-9])[0-9]{3}[0-9Xx](?![0-9A-Za-z])")
_UNSEEN = {ord(char): None for char in BLANKS if not char.isspace()}


def seen(value: str | int) -> str:
    """A value as the scan reads it: half width, without signs that nobody sees."""
    return half_width(str(value).translate(_UNSEEN))


def tells_a_number(value: str | int) -> bool:
    """Whether an identity, mobile or card number stands in it (GS-013)."""
    return _NUMBERS.search(seen(value)) is not None


def tells_a_masked_number(value: str | int) -> bool:
    """Whether a number with its middle starred out stands in it; even that is denied (09 §4)."""
    return _MASKED.search(seen(value)) is not None


def tells_a_door(address: str | int) -> bool:
    """Whether an address goes down to the door (D-08)."""
    return _DOOR.search(seen(address)) is not None


def is_id_tail(note: str) -> bool:
    """Whether people of one name are told apart by the end of their number (GS-014)."""
    return _ID_TAIL.search(seen(note)) is not None
