"""Words of ledgers and the codes they mean (excel.md §4.9), from `resources/ledgers/words.toml`."""

import re
from functools import cache

from desktop.casework.relations import MAIN_KIND
from desktop.policy.text import bare
from resources import read_toml

_HEAD_PREFIX = re.compile(r"^(?:户主|之|的)+")
_HOUSE_ENDING = re.compile(r"(?:结构|房屋|房)+$")
_BOTH = re.compile(r"(视力?|听力?|言语?|肢体?|智力?|精神?|多重)[,、/]?([一二三四1-4壹贰叁肆ⅠⅡⅢⅣ])级?")
_NOTHING = ("无", "/", "-")


@cache
def table(kind: str) -> dict[str, str]:
    """Word to code for one kind of word."""
    codes: dict[str, list[str]] = read_toml("ledgers", "words.toml")[kind]
    return {bare(word): code for code, words in codes.items() for word in words}


def relation(text: str) -> str | None:
    """The code of a relation to the head; GB/T 4761 numbers are brought to their main kind."""
    if re.fullmatch(r"[0-9]{1,2}", text):
        return MAIN_KIND.get(text.zfill(2), text.zfill(2))
    plain = _HEAD_PREFIX.sub("", text)
    if not plain:
        return "02" if "户主" in text else None
    return table("relation").get(plain)


def yes_no(text: str) -> bool | None:
    """True, False, or None when it says neither."""
    found = table("yes_no").get(text.upper())
    return None if found is None else found == "true"


def ethnicity(text: str) -> str | None:
    """The two digits of GB/T 3304."""
    return table("ethnicity").get(text.removesuffix("族"))


def structure(text: str) -> int | None:
    """What a house is built of; `结构` and `房` at the end say nothing."""
    words = table("structure")
    found = words.get(text) or words.get(_HOUSE_ENDING.sub("", text))
    return None if found is None else int(found)


def kind_of_disability(text: str) -> int | None:
    """1 to 7, None for `无` and for what cannot be read."""
    found = table("dis_kind").get(text.replace("残疾", "").replace("残", ""))
    return None if found is None else int(found)


def grade_of_disability(text: str) -> int | None:
    """1 to 4 by the first character."""
    found = table("dis_grade").get(text[:1])
    return None if found is None else int(found)


def disability(text: str) -> list[int] | None:
    """Kind and grade of `肢体二级`."""
    match = _BOTH.fullmatch(text.replace("残疾", "").replace("残", ""))
    if match is None:
        return None
    kind, grade = kind_of_disability(match[1]), grade_of_disability(match[2])
    return None if kind is None or grade is None else [kind, grade]


def is_nothing(text: str) -> bool:
    """A sign for nothing to say."""
    return text in _NOTHING
