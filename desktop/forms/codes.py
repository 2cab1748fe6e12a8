"""Code tables: from a code or the words people use to the code that is kept, and back."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import msgspec

from resources import names, read_toml


class CodeTable(msgspec.Struct, frozen=True):
    """A code table in its order; `groups` says what a code is counted as, `first` which codes a list shows on top."""

    name: str
    title: str
    labels: dict[str, str]
    groups: dict[str, str]
    first: tuple[str, ...] = ()
    aliases: dict[str, str] = {}


@lru_cache(maxsize=1)
def _tables() -> dict[str, CodeTable]:
    found: dict[str, CodeTable] = {}
    for file in names("codes", suffix=".toml"):
        for name, raw in read_toml("codes", file).items():
            found[name] = CodeTable(
                name,
                raw["title"],
                dict(raw["codes"]),
                dict(raw.get("groups", {})),
                tuple(raw.get("first", ())),
                dict(raw.get("aliases", {})),
            )
    return found


def code_tables() -> tuple[str, ...]:
    """The names of all code tables."""
    return tuple(_tables())


def table(name: str) -> CodeTable:
    """A code table with its title, groups and favourites; raises `KeyError` for a name there is not."""
    return _tables()[name]


@lru_cache(maxsize=128)
def code_table(name: str) -> Mapping[str, str]:
    """Labels by code in table order (`K01` … `K36`, `SJ`, `GB2261.1`, `TK010`); raises `KeyError`."""
    return MappingProxyType(_tables()[name].labels)


@lru_cache(maxsize=128)
def _by_words(name: str) -> Mapping[str, str]:
    found = _tables()[name]
    return {label: code for code, label in reversed(found.labels.items())} | found.aliases


def code_of(name: str, text: str) -> str | None:
    """The code that `text` stands for, itself a code, an option's words or a known short form; None when neither."""
    if text in code_table(name):
        return text
    return _by_words(name).get(text)


def label_of(name: str, code: str) -> str:
    """The words of a code; the code itself when the table does not know it."""
    return code_table(name).get(code, code)
