"""Marks that a field's type carries about how its JSON value is written; read by `reading`, empty of behaviour."""

from fractions import Fraction
from typing import Annotated

import msgspec


class Shape(msgspec.Struct, frozen=True):
    """Text that matches a pattern from end to end, else `bad_value`."""

    pattern: str


class Range(msgspec.Struct, frozen=True):
    """A whole number from `least` to `most`, both included, else `bad_value`."""

    least: int
    most: int | None = None


class Number(msgspec.Struct, frozen=True):
    """Text that is a number: `pattern` is how it must be written, `code` the fault when it is not."""

    pattern: str
    code: str


class NullAllowed(msgspec.Struct, frozen=True):
    """JSON null means the same as an absent key."""


class AtLeast(msgspec.Struct, frozen=True):
    """A list of at least `count` elements, else `bad_value`."""

    count: int


_MONEY = r"(0|[1-9][0-9]{0,11})\.[0-9]{2}"
_FACTOR = r"(0|[1-9][0-9]{0,3})(\.[0-9]{1,4})?"

Money = Annotated[Fraction, Number(_MONEY, "bad_amount")]
"""Yuan, exact, never negative; written with exactly two decimals."""

Factor = Annotated[Fraction, Number(_FACTOR, "bad_value")]
"""A ratio or multiple, exact."""

Measure = Annotated[Fraction, Number(f"{_MONEY}|{_FACTOR}", "bad_value")]
"""Money or a multiple, as another field of the same row says."""

Text = Annotated[str, Shape(r"(?s:.+)")]
"""Text with at least one character."""

Count = Annotated[int, Range(0)]
Positive = Annotated[int, Range(1)]
