"""The language of computed fields: text to a tree; nothing is evaluated here, and nothing of Python is reachable."""

import re
from fractions import Fraction
from functools import lru_cache

import msgspec

from desktop.forms.spec import Condition, Every, Scalar, Some, Test

_TOKEN = re.compile(
    r"\s*(F-\d+[A-Z]?\.[\w.]+|\d+\.\d+|[^\W\d][\w.]*|\d+|<=|>=|!=|[-+*/(),|=<>]|[^\s()|,]+)",
)
_NAME = re.compile(r"(?:F-\d+[A-Z]?\.)?[^\W\d][\w.]*")
_OPS = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
FUNCTIONS = {
    "row": (0, 0),
    "age": (1, 1),
    "add_months": (2, 2),
    "add_workdays": (2, 2),
    "days": (2, 2),
    "cycles": (3, 3),
    "estimate_mark": (2, 2),
    "rmb": (1, 1),
}
"""Functions of the language and how many arguments they take at least and at most."""


class Number(msgspec.Struct, frozen=True, tag=True):
    """A number written in the formula."""

    text: str

    @property
    def value(self) -> Fraction:
        """The exact number."""
        return Fraction(self.text)


class Name(msgspec.Struct, frozen=True, tag=True):
    """A field of the form, or a source with a dot (`person.birth_date`)."""

    name: str


class Binary(msgspec.Struct, frozen=True, tag=True):
    """`left op right` with op one of `+ - * /`."""

    op: str
    left: "Tree"
    right: "Tree"


class Call(msgspec.Struct, frozen=True, tag=True):
    """A function of `FUNCTIONS`."""

    name: str
    args: "tuple[Tree, ...]"


class Aggregate(msgspec.Struct, frozen=True, tag=True):
    """`sum(table.column where …)` or `count(table where …)`; `column` is empty for a count."""

    table: str
    column: str = ""
    where: Condition | None = None


Tree = Number | Name | Binary | Call | Aggregate


class BadFormula(ValueError):
    """A formula that is not of the language: a defect of the form's data."""


class _Reader:
    """Recursive descent over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        self.tokens = [match[1] for match in _TOKEN.finditer(text.strip())]

    def peek(self) -> str:
        return self.tokens[self.place] if self.place < len(self.tokens) else ""

    def take(self, wanted: str = "") -> str:
        token = self.peek()
        if not token or (wanted and token != wanted):
            raise BadFormula(f"{self.text}: {token or 'the end'} where {wanted or 'more'} should be")
        self.place += 1
        return token

    def sum(self) -> Tree:
        left = self.product()
        while self.peek() in ("+", "-"):
            left = Binary(self.take(), left, self.product())
        return left

    def product(self) -> Tree:
        left = self.atom()
        while self.peek() in ("*", "/"):
            left = Binary(self.take(), left, self.atom())
        return left

    def atom(self) -> Tree:
        token = self.take()
        if token == "(":
            inner = self.sum()
            self.take(")")
            return inner
        if token[0].isdigit():
            return Number(token)
        if not _NAME.fullmatch(token):
            raise BadFormula(f"{self.text}: {token}")
        return self.call(token) if self.peek() == "(" else Name(token)

    def call(self, name: str) -> Tree:
        self.take("(")
        if name in ("sum", "count"):
            return self.aggregate(name)
        if name not in FUNCTIONS:
            raise BadFormula(f"{self.text}: no function {name}")
        args: list[Tree] = []
        while self.peek() != ")":
            args.append(self.sum())
            if self.peek() != ")":
                self.take(",")
        self.take(")")
        least, most = FUNCTIONS[name]
        if not least <= len(args) <= most:
            raise BadFormula(f"{self.text}: {name} takes {least} values")
        return Call(name, tuple(args))

    def aggregate(self, name: str) -> Tree:
        table, _, column = self.take().rpartition(".") if name == "sum" else (self.take(), "", "")
        where = None
        if self.peek() == "where":
            self.take()
            where = self.either()
        self.take(")")
        return Aggregate(table, column, where)

    def either(self) -> Condition:
        parts = [self.both()]
        while self.peek() == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def both(self) -> Condition:
        parts = [self.test()]
        while self.peek() == "and":
            self.take()
            parts.append(self.test())
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def test(self) -> Condition:
        if self.peek() == "(":
            self.take()
            inner = self.either()
            self.take(")")
            return inner
        field, op = self.take(), self.peek()
        if op in ("empty", "filled"):
            return Test(field, self.take())
        if op == "in":
            self.take()
            values = [_scalar(self.take())]
            while self.peek() == "|":
                self.take()
                values.append(_scalar(self.take()))
            return Test(field, "in", tuple(values))
        if op in _OPS:
            return Test(field, _OPS[self.take()], _scalar(self.take()))
        return Test(field, "eq", True)


def _scalar(token: str) -> Scalar:
    return {"true": True, "false": False}.get(token, token)


@lru_cache(maxsize=512)
def parse_formula(text: str) -> Tree:
    """The tree of a formula; raises `BadFormula`."""
    reader = _Reader(text)
    tree = reader.sum()
    if reader.peek():
        raise BadFormula(f"{text}: {reader.peek()} is left over")
    return tree
