"""Whether a condition holds: empty never holds except for `empty`; several choices are met by any of them."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from desktop.forms.spec import Condition, Every, Scalar, Test

Look = Callable[[str], Any]
"""The value behind a name: a column of the row at hand first, then a question of the form."""


def is_empty(value: Any) -> bool:
    """Whether an answer counts as not given; false and 0 are answers."""
    return value is None or value in ("", [], ())


def as_number(value: Any) -> Fraction | None:
    """The exact number of a kept value (decimal text, integer); None for what is none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | Fraction):
        return Fraction(value)
    try:
        return Fraction(value) if isinstance(value, str) else None
    except ValueError:
        return None


def holds(condition: Condition, look: Look) -> bool:
    """Whether a condition holds for the values that `look` gives."""
    if isinstance(condition, Test):
        return _test(condition, look(condition.field))
    if isinstance(condition, Every):
        return all(holds(part, look) for part in condition.parts)
    return any(holds(part, look) for part in condition.parts)


def _test(test: Test, value: Any) -> bool:
    if test.op in ("empty", "filled"):
        return is_empty(value) == (test.op == "empty")
    if is_empty(value):
        return False
    if test.op == "in":
        wanted = test.value if isinstance(test.value, tuple) else (test.value,)
        return any(_meets(value, one) for one in wanted)
    if isinstance(test.value, tuple) or test.value is None:
        return False
    if test.op == "eq":
        return _meets(value, test.value)
    if test.op == "ne":
        return not _meets(value, test.value)
    return _ordered(test.op, value, test.value)


def _meets(value: Any, wanted: Scalar | None) -> bool:
    """Equal, or among several choices; numbers by what they are, not by how they are written."""
    if isinstance(value, list | tuple):
        return any(_meets(one, wanted) for one in value)
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(wanted, int) or isinstance(value, int | Fraction):
        number = as_number(value)
        return number is not None and number == as_number(wanted)
    return bool(value == wanted)


def _ordered(op: str, value: Any, wanted: Scalar) -> bool:
    left, right = as_number(value), as_number(wanted)
    if left is None or right is None:
        return False
    return compare(op, left, right)


def compare(op: str, left: Fraction, right: Fraction) -> bool:
    """`left op right` for eq ne lt le gt ge."""
    return {
        "eq": left == right,
        "ne": left != right,
        "lt": left < right,
        "le": left <= right,
        "gt": left > right,
        "ge": left >= right,
    }[op]
