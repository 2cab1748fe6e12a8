"""One look at a form with its answers: values, computed fields, conditions, and which source is missing."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from desktop.forms import functions
from desktop.forms.answers import rows_of
from desktop.forms.conditions import as_number, holds, is_empty
from desktop.forms.formula import Aggregate, Binary, Call, Name, Number, Tree, parse_formula
from desktop.forms.functions import SchoolCalendar, WorkCalendar, to_date
from desktop.forms.spec import HAND_TYPES, Condition, FieldSpec, FormSpec, TableSpec, answer_name
from desktop.policy.identity import age_on, check_id

Row = Mapping[str, Any]
_NUMERIC = frozenset({"A", "N", "DEC"})
_WORKDAYS = "policy.work_calendar"


class Sources(Protocol):
    """Facts outside the form by dotted name (`household.village`); None or "" for what is not there.

    An object that also has `person_of_row(row, field)` gives the person behind a row of `members`.
    """

    def get(self, name: str, /) -> Any:
        """The value of a source."""
        ...


class Evaluation:
    """Values of a form at one moment; every computed value is worked out once.

    `on` is the day the form is filled in where the form has none of its own; `filled` names the photo and
    signature fields that have something (`sg1`, or `TABLE.ROW.key`).
    """

    def __init__(
        self,
        spec: FormSpec,
        answers: Mapping[str, Any],
        sources: Sources,
        on: date,
        filled: frozenset[str] = frozenset(),
        calendar: WorkCalendar | None = None,
    ) -> None:
        self.spec, self.on, self.filled = spec, on, filled
        self._answers, self._sources, self._calendar = answers, sources, calendar
        self.rows: dict[str, list[dict[str, Any]]] = {t.id: rows_of(t, answers) for t in spec.tables}
        self._done: dict[tuple[str, str, str], Any] = {}
        self._lacking: dict[tuple[str, str, str], tuple[str, ...]] = {}
        self._stack: list[set[str]] = []
        self._school: SchoolCalendar | None = None
        self._school_read = False

    @property
    def filled_on(self) -> date:
        """The day that ages count for: the visit's own day where the form binds one."""
        for field in self.spec.fields:
            if field.bind == "visit.visited_on":
                return to_date(self._answers.get(answer_name(field))) or self.on
        return self.on

    def value(self, field: FieldSpec, row: Row | None = None) -> Any:
        """The value of a question, or of a column in a row: kept, worked out (exact), true for what is signed."""
        if field.computed:
            return self._computed(field, row)
        if field.type in HAND_TYPES:
            place = f"{field.table}.{row['row']}.{field.key}" if row is not None else field.key
            return True if place in self.filled else None
        return row.get(field.key) if row is not None else self._answers.get(answer_name(field))

    def cells(self, table: TableSpec) -> Iterator[tuple[int, Row, FieldSpec]]:
        """Every cell of a table with its row and the row's number from 1."""
        for number, row in enumerate(self.rows[table.id], 1):
            for column in table.columns:
                yield number, row, column

    def needed(self, field: FieldSpec, row: Row | None = None) -> bool:
        """Whether the field is required as things stand; conditional ones without a condition never are."""
        if field.required == "conditional":
            return field.when is not None and self.holds(field.when, field, row)
        return bool(field.required)

    def shown(self, field: FieldSpec, row: Row | None = None) -> bool:
        """Whether the screen shows the field unfolded: its condition holds, or something is in it."""
        return field.when is None or self.holds(field.when, field, row) or not is_empty(self.value(field, row))

    def holds(self, condition: Condition, field: FieldSpec, row: Row | None = None) -> bool:
        """Whether a condition of `field` holds, names looked up from where it stands."""
        return holds(condition, lambda name: self.look(name, field.table, field.prefix, row))

    def look(self, name: str, table: str = "", prefix: str = "", row: Row | None = None) -> Any:
        """The value behind a name: column of the row, question with the block's prefix, question, source."""
        found = self._named(name, table, prefix, row)
        if found is not None:
            return self.value(found, row if found.table else None)
        return self._source(name, table, row) if "." in name else None

    def lacking(self, field: FieldSpec, row: Row | None = None) -> tuple[str, ...]:
        """The sources that a computed field could not find, sorted; empty when it has a value."""
        self.value(field, row)
        return self._lacking.get(_place(field, row), ())

    def formula(self, text: str, table: str = "", row: Row | None = None) -> Any:
        """The result of a formula of a check; None when it has none."""
        return self._tree(parse_formula(text), table, "", row)

    def _named(self, name: str, table: str, prefix: str, row: Row | None) -> FieldSpec | None:
        if table and row is not None:
            column = self.spec.table_by_id[table].by_key.get(name)
            if column is not None:
                return column
        questions = self.spec.by_key
        return (questions.get(f"{prefix}.{name}") if prefix else None) or questions.get(name)

    def _computed(self, field: FieldSpec, row: Row | None) -> Any:
        place = _place(field, row)
        if place not in self._done:
            self._done[place] = None
            self._stack.append(set())
            self._done[place] = self._work_out(field, row)
            lacking = self._stack.pop()
            if is_empty(self._done[place]):
                self._lacking[place] = tuple(sorted(lacking))
        if self._stack:
            self._stack[-1].update(self._lacking.get(place, ()))
        return self._done[place]

    def _work_out(self, field: FieldSpec, row: Row | None) -> Any:
        if field.calc is None:
            return None
        if field.calc.formula:
            return self._tree(parse_formula(field.calc.formula), field.table, field.prefix, row)
        for name in field.calc.sources:
            value = self._source(name, field.table, row)
            if not is_empty(value):
                return value
        return None

    def _source(self, name: str, table: str, row: Row | None) -> Any:
        """A fact from outside; what is not there is remembered for the field being worked out."""
        value = None
        if name.startswith("person.") and row is not None and table:
            value = self._person(name.removeprefix("person."), str(row["row"]), row)
        else:
            value = self._sources.get(name)
        if is_empty(value) and self._stack:
            self._stack[-1].add(name)
        return None if is_empty(value) else value

    def _person(self, field: str, row_id: str, row: Row) -> Any:
        """The person of a row, else what the identity number in the row says (ux.md §4)."""
        of_row = getattr(self._sources, "person_of_row", None)
        value = of_row(row_id, field) if of_row else None
        if is_empty(value) and field in ("birth_date", "sex") and isinstance(row.get("id_no"), str):
            finding = check_id(row["id_no"], self.filled_on)
            value = finding.birth if field == "birth_date" else finding.sex and str(finding.sex)
        return value

    def _tree(self, tree: Tree, table: str, prefix: str, row: Row | None) -> Any:
        if isinstance(tree, Number):
            return tree.value
        if isinstance(tree, Name):
            return self.look(tree.name, table, prefix, row)
        if isinstance(tree, Aggregate):
            return self._aggregate(tree, prefix)
        if isinstance(tree, Call):
            args = [self._tree(arg, table, prefix, row) for arg in tree.args]
            return self._call(tree.name, args, table, row)
        left, right = (as_number(self._tree(part, table, prefix, row)) for part in (tree.left, tree.right))
        return _arithmetic(tree, left, right, self._plus_empty(tree, table, prefix, row))

    def _plus_empty(self, tree: Binary, table: str, prefix: str, row: Row | None) -> tuple[bool, bool]:
        """For each side whether an empty value counts as 0: number fields that people fill in, with + and -."""
        if tree.op not in ("+", "-"):
            return False, False
        sides = []
        for part in (tree.left, tree.right):
            field = self._named(part.name, table, prefix, row) if isinstance(part, Name) else None
            sides.append(field is not None and field.type in _NUMERIC and not field.computed)
        return sides[0], sides[1]

    def _aggregate(self, tree: Aggregate, prefix: str) -> Fraction | None:
        spec = self.spec.table_by_id.get(f"{prefix}.{tree.table}") or self.spec.table_by_id.get(tree.table)
        if spec is None:
            return None
        total = Fraction(0)
        for row in self.rows[spec.id]:
            if tree.where is not None and not self._counted(tree.where, spec, prefix, row):
                continue
            total += (as_number(self.value(spec.by_key[tree.column], row)) or 0) if tree.column else 1
        return total

    def _counted(self, where: Condition, table: TableSpec, prefix: str, row: Row) -> bool:
        return holds(where, lambda name: self.look(name, table.id, prefix, row))

    def _call(self, name: str, args: list[Any], table: str, row: Row | None) -> Any:
        if name == "row":
            rows = self.rows.get(table, [])
            return Fraction(next((n for n, r in enumerate(rows, 1) if row is not None and r is row), 0)) or None
        if name == "rmb":
            amount = as_number(args[0])
            return None if amount is None else functions.rmb(amount)
        first = to_date(args[0])
        if first is None:
            return None
        if name == "age":
            return Fraction(age_on(first, self.filled_on))
        return self._dates(name, first, args)

    def _dates(self, name: str, first: date, args: list[Any]) -> Any:
        if name in ("add_months", "add_workdays"):
            count = as_number(args[1])
            if count is None:
                return None
            if name == "add_months":
                return functions.add_months(first, int(count)).isoformat()
            if self._calendar is None:
                if self._stack:
                    self._stack[-1].add(_WORKDAYS)
                return None
            return functions.add_workdays(first, int(count), self._calendar).isoformat()
        last = to_date(args[1])
        if last is None:
            return None
        if name == "days":
            return Fraction((last - first).days)
        if name == "cycles":
            found = functions.cycles(first, last, str(args[2]), self._school_calendar())
            return None if found is None else Fraction(found)
        return functions.estimate_mark(first, last, self._school_calendar())

    def _school_calendar(self) -> SchoolCalendar | None:
        if not self._school_read:
            raw = self._sources.get("settings.school_calendar")
            self._school = SchoolCalendar(raw) if isinstance(raw, Mapping) and raw.get("terms") else None
            self._school_read = True
        return self._school


def _place(field: FieldSpec, row: Row | None) -> tuple[str, str, str]:
    return field.table, str(row["row"]) if row is not None else "", field.key


def _arithmetic(
    tree: Binary, left: Fraction | None, right: Fraction | None, as_zero: tuple[bool, bool]
) -> Fraction | None:
    left = Fraction(0) if left is None and as_zero[0] else left
    right = Fraction(0) if right is None and as_zero[1] else right
    if left is None or right is None:
        return None
    if tree.op == "+":
        return left + right
    if tree.op == "-":
        return left - right
    if tree.op == "*":
        return left * right
    return left / right if right else None
