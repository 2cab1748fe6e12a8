"""Random questions made from the engine's own types: mostly askable, often contradictory, sometimes absurd."""

import re
from datetime import date, datetime
from functools import cache
from random import Random
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from msgspec.structs import fields

from desktop.policy.asks.assess import PROGRAMMES
from desktop.policy.asks.table import ASKS
from desktop.policy.facts import Income, MedicalBill, Member
from desktop.policy.marks import Number, Range, Shape
from desktop.policy.pack import Pack
from desktop.policy.periods import Month
from desktop.policy.reading import Part

DAYS = (
    "0001-01-01", "1906-05-11", "1949-12-31", "1962-05-11", "1976-02-29", "2000-02-29", "2008-05-11", "2015-05-31",
    "2020-12-31", "2021-06-30", "2021-07-01", "2021-12-15", "2022-12-31", "2023-01-01", "2025-01-01", "2025-12-31",
    "2026-01-31", "2026-05-08", "2026-05-11", "2026-05-12", "2026-05-20", "2026-06-30", "2026-07-01", "2026-09-30",
    "2026-10-01", "2026-12-31", "2027-05-01", "2032-02-29", "9999-12-31",
)  # fmt: skip
BIRTHS = tuple(day for day in DAYS if "1900" < day < "2022")
ACTS = tuple(day for day in DAYS if "2021-06" < day < "2028")
_NAMED_DAYS = {"birth_date": BIRTHS, "deceased_on": ACTS[:6], "on": ACTS, "accepted_on": ACTS, "as_of": ACTS[6:]}
"""Days by their key, so that most people are born before they are judged."""

AMOUNTS = ("0.00", "0.01", "0.05", "99.99", "149.99", "150.00", "600.00", "799.99", "800.00", "7200.00", "14400.00",
           "28799.99", "900000.00", "999999999999.99")  # fmt: skip
FACTORS = ("0", "0.5", "0.69", "1", "1.5", "3.5", "24", "9999.9999")
TEXTS = ("甲", "m1", "m2", "m3", "m4", "513224100", "513224210", "513224", "EV-01", "EV-02", "EV-12", "EV-13", "01",
         "10", "12", "20", "22", "29", "30", "50", "51", "52", "57", "61", "71", "72", "91", "98",
         "11010519491231002X", "13800001234", "人民币壹仟元整", "低保", " ", "名\u200b")  # fmt: skip
NUMBERS = (0, 1, 2, 3, 4, 5, 7, 12, 18, 55, 100, 2300, 2026)
JUNK: tuple[Any, ...] = (
    None, True, -1, 10**30, 1.5, "", "x", "2026-02-30", "-1.00", "1e5", "\ud800", [], {}, [[]], {"a": None}, ["甲"] * 3,
)  # fmt: skip
_ODD = 0.004
"""How often a value is junk; small, because a question has many."""


def question(random: Random, number: int) -> Any:
    """One question; its id tells which one it was."""
    name = random.choice((*["assess"] * len(ASKS), *ASKS, *ASKS, "advise"))
    if name not in ASKS:
        return {"id": f"q{number}", "ask": name}
    kind = ASKS[name].question
    raw = _object(random, kind)
    if not isinstance(raw, dict):
        return raw
    raw |= {"id": f"q{number}", "ask": name}
    if name == "assess" and random.random() < 0.95:
        raw["programme_code"] = random.choice(tuple(PROGRAMMES))
    raw.pop("overrides", None)
    if random.random() < 0.3:
        raw["overrides"] = _overrides(random)
    _fill(random, kind, raw)
    return raw


def _fill(random: Random, kind: type[Part], raw: dict[str, Any]) -> None:
    """Give keys that other keys call for, mostly."""
    for path in kind.lacking(raw):
        if random.random() < 0.02:
            continue
        holder: Any = raw
        inner = kind
        *outer, last = re.findall(r"[^.\[\]]+", path)  # members[0].sex
        for step in outer:
            if step.isdecimal():
                holder = holder[int(step)]
            elif isinstance(holder, dict):
                holder, inner = holder.setdefault(step, {}), _part_of(inner, step)
        if isinstance(holder, dict):
            holder[last] = value(random, _types(inner).get(last, str))


@cache
def _types(kind: type[Part]) -> dict[str, Any]:
    return {field.encode_name: field.type for field in fields(kind)}


def _part_of(kind: type[Part], name: str) -> type[Part]:
    """The struct that a key holds, alone, beside null, or in a list."""
    found = _types(kind)[name]
    while not (isinstance(found, type) and issubclass(found, Part)):
        found = next(option for option in get_args(found) if option not in (NoneType, ...))
    return found


def value(random: Random, kind: Any) -> Any:
    """A JSON value for an annotation."""
    if random.random() < _ODD:
        return random.choice(JUNK)
    origin = get_origin(kind)
    if origin is Annotated:
        return _marked(random, *get_args(kind))
    if origin in (Union, UnionType):
        return value(random, random.choice([option for option in get_args(kind) if option is not NoneType]))
    if origin is Literal:
        return random.choice(get_args(kind))
    if origin is tuple:
        return _list(random, get_args(kind)[0])
    if origin is dict:
        return {random.choice(("address", "category", "amount", "2026", "x")): value(random, get_args(kind)[1])}
    if isinstance(kind, type) and issubclass(kind, Part):
        return _object(random, kind)
    return _scalar(random, kind)


def _scalar(random: Random, kind: Any) -> Any:
    if kind is date:
        return random.choice(DAYS)
    if kind is datetime:
        return f"{random.choice(DAYS)}T{random.choice(('00:00', '08:30', '23:59'))}"
    if kind is Month:
        return random.choice(DAYS)[:7]
    if kind is bool:
        return random.random() < 0.5
    if kind is int:
        return random.choice(NUMBERS)
    return random.choice(TEXTS if kind is str else JUNK)


def _marked(random: Random, base: Any, *marks: object) -> Any:
    for mark in marks:
        match mark:
            case Number(code="bad_amount"):
                return random.choice(AMOUNTS)
            case Number():
                return random.choice(FACTORS)
            case Shape(pattern=pattern):
                return random.choice(_matching(pattern))
            case Range(least=least, most=most):
                return random.choice(
                    [one for one in (*NUMBERS, least) if one >= least and (most is None or one <= most)]
                )
            case _:
                pass
    return value(random, base)


@cache
def _matching(pattern: str) -> tuple[str, ...]:
    return tuple(text for text in TEXTS if re.fullmatch(pattern, text))


def _list(random: Random, element: Any) -> list[Any]:
    count = random.choice((0, 1, 1, 2, 2, 3, 4)) or (element is Member and random.random() < 0.9)
    found = [value(random, element) for _ in range(count)]
    if random.random() < 0.9:  # people mostly have a name each, and somebody applies
        for place, one in enumerate(found):
            if isinstance(one, dict) and {"ref", "birth_date"} <= set(one):
                one["ref"] = f"m{place + 1}"
                one["relation"] = "01" if place == 0 else one.get("relation", "20")
    return found


def _object(random: Random, kind: type[Part]) -> Any:
    made: dict[str, Any] = {}
    for field in fields(kind):
        if random.random() < (0.999 if field.required else 0.35):
            named = _NAMED_DAYS.get(field.encode_name) if random.random() < 0.98 else None
            made[field.encode_name] = random.choice(named) if named else value(random, field.type)
    if kind is Member:
        made.setdefault("sex", random.choice("12"))
    if kind is Income:
        made.pop(random.choice(("amount_year", "amount_month")), None)
    if kind is MedicalBill and "total" in made and random.random() < 0.8:
        made["total"] = AMOUNTS[-1]
    if random.random() < _ODD:
        made["surprise"] = random.choice(JUNK)
    _fill(random, kind, made)
    return made


def _overrides(random: Random) -> Any:
    if random.random() < 0.02:
        return random.choice(JUNK)
    chosen = random.sample(fields(Pack), random.choice((1, 1, 2, 4)))
    return {
        field.encode_name: random.choice((None, value(random, field.type), value(random, field.type)))
        for field in chosen
    }
