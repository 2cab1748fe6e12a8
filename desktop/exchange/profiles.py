"""The kinds of ledger that can be read, each a table in `resources/ledgers`; a new one needs no code here."""

import re
from functools import cache
from typing import Any

import msgspec

from desktop.policy.text import bare
from resources import read_toml

REQUIRED, COLUMN, WANTED, OPTIONAL = "required", "column", "wanted", "optional"
"""Marks of a field, ● ▲ ◐ ○ of excel.md §4.8."""

_PARENTHESES = re.compile(r"\([^()]*\)")
_KEPT_VISIBLE = frozenset({"name", "id", "cert", "account", "amount"})


class Field(msgspec.Struct, frozen=True):
    """One column of a ledger: the key of its value, how it is read, the heads it may stand under.

    `scope` is `household` (one value a household), `merged` (a merged area speaks for all its rows) or empty;
    `total` columns are added up against the total row; `digits` texts hold numbers that Excel may have cut.
    """

    key: str
    kind: str
    mark: str
    names: tuple[str, ...]
    scope: str = ""
    total: bool = False
    digits: bool = False

    @property
    def needed(self) -> bool:
        """The sheet must have this column (● ▲)."""
        return self.mark in (REQUIRED, COLUMN)

    @property
    def binding(self) -> bool:
        """What cannot be read here stands against the row (● ◐)."""
        return self.mark in (REQUIRED, WANTED)

    @property
    def kept_visible(self) -> bool:
        """A hidden column must not serve as this field."""
        return self.kind in _KEPT_VISIBLE


class Profile(msgspec.Struct, frozen=True):
    """One kind of ledger; `households` names the fields that tell households apart, best first.

    `checks` are names of `desktop.exchange.checks.CHECKS`; `duplicates` is where the same number must not come twice
    (`sheet`, `file`, `event` or nowhere); `from_name` fields may be told by title or sheet name instead of a
    column; of the `one_of` columns one must be there; `count_field` is added up against the total row; `options`
    name acts over all sheets.
    """

    code: str
    name: str
    title: str
    fields: tuple[Field, ...]
    checks: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    duplicates: str = ""
    from_name: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    count_field: str = ""
    options: tuple[str, ...] = ()

    @property
    def by_key(self) -> dict[str, Field]:
        """The fields by their keys."""
        return {field.key: field for field in self.fields}

    def field_of(self, head: str) -> Field | None:
        """The field that a column head names (excel.md §4.5): the whole head first, then without parentheses."""
        whole, loose = _aliases(self.code)
        return whole.get(head) or (loose.get(plain) if (plain := without_parentheses(head)) else None)


class Naming(msgspec.Struct, frozen=True):
    """Which words in titles, sheet and file names mean a profile (excel.md §4.3)."""

    code: str
    name: str
    words: tuple[str, ...]


def heading(text: str) -> str:
    """A column head as it is compared: half width, no blanks, 帐 as 账."""
    return bare(text).replace("帐", "账")


def without_parentheses(head: str) -> str:
    """The head without what stands in parentheses."""
    while head != (head := _PARENTHESES.sub("", head)):
        pass
    return head


@cache
def namings() -> tuple[Naming, ...]:
    """All profiles with their words, in the order in which they are tried."""
    return msgspec.convert(read_toml("ledgers", "profiles.toml")["profiles"], tuple[Naming, ...])


@cache
def profile(code: str) -> Profile:
    """One profile by its code (`L1`)."""
    table: dict[str, Any] = read_toml("ledgers", f"{code}.toml")
    return msgspec.convert(table, Profile)


def all_profiles() -> list[Profile]:
    """Every profile, L before X, by number."""
    codes = sorted((naming.code for naming in namings()), key=lambda code: (code[0], int(code[1:])))
    return [profile(code) for code in codes]


def named(text: str) -> Profile | None:
    """The profile that `L1` or `dibao_roster` means, None when there is none."""
    wanted = bare(text)
    for naming in namings():
        if wanted.lower() in (naming.code.lower(), naming.name):
            return profile(naming.code)
    return None


@cache
def _aliases(code: str) -> tuple[dict[str, Field], dict[str, Field]]:
    """Heads of a profile as written, and also without their parentheses."""
    whole: dict[str, Field] = {}
    loose: dict[str, Field] = {}
    for field in profile(code).fields:
        for name in field.names:
            head = heading(name)
            whole.setdefault(head, field)
            loose.setdefault(without_parentheses(head), field)
    return whole, loose | whole


@cache
def known_heads() -> frozenset[str]:
    """Every head of every profile, to see where the table of an unknown sheet begins."""
    return frozenset(head for one in all_profiles() for heads in _aliases(one.code) for head in heads)
