"""What a form is: sections, questions, tables, conditions, computed fields, checks; structs only, no reading."""

from collections.abc import Iterator
from functools import cached_property

import msgspec

HAND_TYPES = frozenset({"SG", "FP", "SL", "IMG"})
"""Field types that no answer sets: signature, fingerprint, seal, photo."""

TYPES = HAND_TYPES | {"T", "TL", "D", "DT", "M", "N", "DEC", "A", "B", "C", "CM", "ID", "PH", "BK", "REF"}
"""All field types of the grammar (forms.md 0.1)."""

Scalar = str | bool | int


class Test(msgspec.Struct, frozen=True):
    """One comparison; `op` is eq, ne, in, empty, filled, lt, le, gt or ge, `value` a tuple for `in`."""

    __test__ = False

    field: str
    op: str
    value: Scalar | tuple[Scalar, ...] | None = None


class Every(msgspec.Struct, frozen=True):
    """Holds when all parts hold."""

    parts: "tuple[Condition, ...]"


class Some(msgspec.Struct, frozen=True):
    """Holds when one part holds."""

    parts: "tuple[Condition, ...]"


Condition = Test | Every | Some


class Calc(msgspec.Struct, frozen=True):
    """Where a computed value comes from: `sources` in order of preference, or a `formula` in the form's language."""

    sources: tuple[str, ...] = ()
    formula: str = ""


class FieldSpec(msgspec.Struct, frozen=True, dict=True):
    """A question, or a column of a table.

    `required` is true, false, or "conditional" (with `when`; without it the clerk judges and nothing is missing).
    `computed` fields are read-only. `by_hand` fields are filled after printing. `prefix` is that of the block the
    field came from. `bind` names a column of the record that keeps the value (`visit.visited_on`), `prefill` the
    sources that propose a first value. `width` is a share of the table or line, `lines` the writing lines on paper.
    """

    key: str
    label: str
    type: str
    section: str
    required: bool | str = False
    table: str = ""
    code_table: str = ""
    options: tuple[str, ...] = ()
    computed: bool = False
    by_hand: bool = False
    when: Condition | None = None
    calc: Calc | None = None
    prefix: str = ""
    bind: str = ""
    prefill: tuple[str, ...] = ()
    help: str = ""
    unit: str = ""
    width: int = 0
    lines: int = 0

    @property
    def settable(self) -> bool:
        """Whether an answer may set it."""
        return not self.computed and self.type not in HAND_TYPES


class TableSpec(msgspec.Struct, frozen=True, dict=True):
    """A table of the form; `rows` are those on paper, `whole` means one version for all rows together."""

    id: str
    label: str
    section: str
    rows: int
    columns: tuple[FieldSpec, ...]
    whole: bool = False
    prefix: str = ""
    help: str = ""

    @cached_property
    def by_key(self) -> dict[str, FieldSpec]:
        """Columns by their key."""
        return {column.key: column for column in self.columns}


class Section(msgspec.Struct, frozen=True):
    """A part of the form; `page` is where it begins on paper (0: it flows on)."""

    id: str
    label: str
    by_hand: bool = False
    page: int = 0
    help: str = ""


class Check(msgspec.Struct, frozen=True):
    """Something that cannot be (`hard`) or should be looked at.

    It speaks up when `when` holds (if given) and `formula` compared with 0 by `op` holds (if given) and the two
    fields of `same` are filled with the same text, or those of `order` are filled and the second comes first.
    `{}` in `text` is the value of the formula `show`. `field` is where the person is led to.
    """

    field: str
    text: str
    code: str
    hard: bool = False
    table: str = ""
    when: Condition | None = None
    formula: str = ""
    op: str = "gt"
    same: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    show: str = ""


Item = FieldSpec | TableSpec


class FormSpec(msgspec.Struct, frozen=True, dict=True):
    """A form in paper order, blocks written out.

    `version` is what a visit keeps as its form version; `edition` is printed in the foot; `paper` is A4P, A4L, A3L
    or A5L with `pages` pages; `sign` are the letters of forms_fields.md (2, A, G, W, …).
    """

    code: str
    name: str
    version: str
    edition: str
    paper: str
    pages: int
    copies: str
    sign: tuple[str, ...]
    investigators: int
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    checks: tuple[Check, ...] = ()
    locked: tuple[str, ...] = ()

    @cached_property
    def fields(self) -> tuple[FieldSpec, ...]:
        """All questions outside tables."""
        return tuple(item for item in self.items if isinstance(item, FieldSpec))

    @cached_property
    def tables(self) -> tuple[TableSpec, ...]:
        """All tables."""
        return tuple(item for item in self.items if isinstance(item, TableSpec))

    @cached_property
    def by_key(self) -> dict[str, FieldSpec]:
        """Questions outside tables by key."""
        return {field.key: field for field in self.fields}

    @cached_property
    def table_by_id(self) -> dict[str, TableSpec]:
        """Tables by id."""
        return {table.id: table for table in self.tables}

    @cached_property
    def section_by_id(self) -> dict[str, Section]:
        """Sections by id."""
        return {section.id: section for section in self.sections}

    @cached_property
    def key_of_group(self) -> dict[str, str]:
        """From the kept name (`A.date`) to the section-free key (`date`)."""
        return {answer_name(field): field.key for field in self.fields}

    def in_section(self, section: str) -> tuple[Item, ...]:
        """Questions and tables of a section in paper order."""
        return tuple(item for item in self.items if item.section == section)

    def every_field(self) -> Iterator[FieldSpec]:
        """Questions and columns in paper order."""
        for item in self.items:
            if isinstance(item, FieldSpec):
                yield item
            else:
                yield from item.columns

    def group_of(self, key: str, row: str = "") -> str:
        """The journal group of a question, a whole table or a row: `answers.A.date`, `answers.members.<uuid>`.

        Raises `KeyError` for a key that the form does not have.
        """
        if key in self.table_by_id:
            table = self.table_by_id[key]
            return f"answers.{key}" if table.whole or not row else f"answers.{key}.{row}"
        return f"answers.{answer_name(self.by_key[key])}"


def answer_name(field: FieldSpec) -> str:
    """The name under which a record keeps the answer to a question: `A.date`."""
    return f"{field.section}.{field.key}"
