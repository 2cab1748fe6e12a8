"""Inputs built from a form specification: one question, a table with its row editor; what is shown follows answers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop.casework import questionnaire
from desktop.forms import FieldSpec, TableSpec, code_table
from desktop.forms.conditions import holds
from ui.pages.origins import origin
from ui.parts.basics import button, column, elided, row
from ui.parts.grid import Grid
from ui.parts.inputs import Field, choice_field, long_field, someone_field, text_field
from ui.parts.table import Column, Rows, Table
from ui.theme import px

_FORM_OF = {"D": "day", "M": "month", "DT": "moment", "A": "money", "N": "number", "DEC": "number"}
_MOST_COLUMNS, _COLUMN = 8, 96
Save = Callable[[str, Any], None]


def options(spec: FieldSpec) -> Mapping[str, str]:
    """The choices of a question: key to words."""
    return code_table(spec.code_table) if spec.code_table else {words: words for words in spec.options}


def question(spec: FieldSpec, people: Mapping[str, str] | None = None) -> Field:
    """The input of one question or cell; `people` are the members by row."""
    words = spec.label + ("（可打印后手写）" if spec.by_hand else "")
    required = spec.required is True
    if spec.computed:
        field = text_field(spec.label + "（自动）", unit=spec.unit)
        field.line.setReadOnly(True)
        field.line.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        field.setProperty("computed", True)
        if (found := origin(spec)) is not None:
            field.line.setPlaceholderText(found.words)
    elif spec.type == "B":
        field = choice_field(words, {True: "是", False: "否"}, required=required)
    elif spec.type in ("C", "CM"):
        field = choice_field(words, options(spec), spec.type == "CM", required)
    elif spec.type == "REF" and people:
        field = someone_field(words, people, required)
    elif spec.type == "TL":
        field = long_field(words, required)
    else:
        field = text_field(words, required, spec.unit, _FORM_OF.get(spec.type, ""))
    if spec.help:
        field.setToolTip(spec.help)
    return field


def words_of(spec: FieldSpec, value: Any) -> str:
    """An answer as a person reads it in a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if spec.type == "A":
        return f"{float(value):,.2f}"
    if spec.type in ("C", "CM"):
        known = options(spec)
        return "、".join(known.get(one, str(one)) for one in (value if isinstance(value, list) else [value]))
    if spec.type == "ID":
        text = str(value)
        return text[:6] + "*" * max(0, len(text) - 10) + text[-4:] if len(text) > 10 else text
    return str(value)


def visible(spec: FieldSpec, look: Callable[[str], Any]) -> bool:
    """Whether a question is asked with these answers."""
    if spec.when is None:
        return True
    return holds(spec.when, lambda name: look(spec.prefix + name) if look(name) is None else look(name))


class TableBox(QWidget):
    """A table of the form: rows above, the chosen row's cells below; Ctrl+D repeats a row, Delete takes it away."""

    def __init__(self, spec: TableSpec, save: Save, look: Callable[[str], Any]) -> None:
        super().__init__()
        self.spec, self._save, self._look = spec, save, look
        self.fields: dict[str, Field] = {}
        self.row_id = ""
        self._shown: tuple[Sequence[Mapping[str, Any]], Sequence[Mapping[str, Any]]] = ((), ())
        lines = column(self, gap=6)
        lines.addLayout(
            row(
                elided(spec.label, "strong"),
                None,
                button("加一行", self.add_row),
                button("重复上一行", self.repeat_row, shortcut="Ctrl+D"),
                button("删这一行", self.drop_row),
            )
        )
        self.table = Table(Rows([], lambda limit, offset: []), spec.label, sortable=False)
        self.table.looked_at.connect(self._chosen)
        lines.addWidget(self.table)
        self._build()
        self.editor = Grid(list(self.fields.values()), most=4, gap=8)
        lines.addWidget(self.editor)

    def _build(self) -> None:
        people = self._people()
        for spec in self.spec.columns:
            field = question(spec, people)
            field.committed.connect(partial(self._put, spec.key))
            self.fields[spec.key] = field

    def _people(self) -> dict[str, str]:
        """Who a cell of type REF may mean: the members by row."""
        return {one["row"]: str(one["name"]) for one in self._look("members") or () if one.get("name")}

    def _cell(self, column: FieldSpec, one: Mapping[str, Any]) -> str:
        value = one.get(column.key)
        return words_of(column, self._people().get(str(value), value) if column.type == "REF" else value)

    def show_rows(self, given: Sequence[Mapping[str, Any]], computed: Sequence[Mapping[str, Any]]) -> None:
        """Show rows of the answers with their computed cells; the chosen row stays chosen, typed text stays."""
        self._shown = (given, computed)
        worked = {one.get("row"): one for one in computed}
        rows = [dict(worked.get(one["row"], {})) | dict(one) for one in given]
        named = [c for c in self.spec.columns if any(one.get(c.key) is not None for one in rows)]
        rest = [c for c in self.spec.columns if c not in named]
        chosen = (named + rest)[: self._room()]
        columns = [c for c in self.spec.columns if c in chosen]
        self.table.rows.columns = [
            Column(c.label, partial(self._cell, c), right=c.type in ("A", "N", "DEC")) for c in columns
        ]
        keep = self.row_id
        self.table.blockSignals(True)
        self.table.rows.reload(lambda limit, offset: rows[offset : offset + limit])
        head = self.table.horizontalHeader()
        for place in range(len(columns)):
            head.setSectionResizeMode(place, head.ResizeMode.Stretch)
        self.table.blockSignals(False)
        self.table.setFixedHeight(px(40) + px(34) * min(max(len(rows), 1), 7))
        at = next((n for n, one in enumerate(rows) if one["row"] == keep), 0 if rows and not keep else -1)
        if at >= 0:
            self.table.blockSignals(True)
            self.table.selectRow(at)
            self.table.blockSignals(False)
            self._fill(rows[at])
        elif not rows and not keep:
            self._fill({})

    def _room(self) -> int:
        """How many columns can be read at this width."""
        return max(3, min(_MOST_COLUMNS, self.width() // px(_COLUMN)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of columns."""
        super().resizeEvent(event)
        if len(self.table.rows.columns) != min(self._room(), len(self.spec.columns)):
            self.show_rows(*self._shown)

    def _chosen(self, one: Mapping[str, Any] | None) -> None:
        if one is not None and one["row"] != self.row_id:
            self.commit()
            self._fill(one)

    def _fill(self, one: Mapping[str, Any]) -> None:
        another = one.get("row", "") != self.row_id
        self.row_id = str(one.get("row", ""))
        for key, field in self.fields.items():
            if another:
                field.commit()
            field.set_value(
                words_of(self.spec.by_key[key], one.get(key)) if self.spec.by_key[key].computed else one.get(key)
            )
            if another:
                field.set_error("")
        self._lay(one)

    def _lay(self, one: Mapping[str, Any]) -> None:
        def look(name: str) -> Any:
            found = one.get(name)
            return self._look(name) if found is None else found

        self.editor.show_only([self.fields[spec.key] for spec in self.spec.columns if visible(spec, look)])

    def commit(self) -> None:
        """Save what stands in the row editor."""
        for field in self.fields.values():
            field.commit()

    def _put(self, key: str, value: Any) -> None:
        if not self.row_id:
            self.row_id = questionnaire.new_row()
        self._save(f"{self.spec.id}.{self.row_id}.{key}", value)

    def add_row(self) -> None:
        """An empty row; it is made by its first answer."""
        self.commit()
        self.table.clearSelection()
        self._fill({"row": questionnaire.new_row()})
        first = next(spec.key for spec in self.spec.columns if not spec.computed)
        self.fields[first].setFocus()

    def repeat_row(self) -> None:
        """A new row with the answers of the last one."""
        rows = self.table.rows.items
        if not rows:
            return
        self.commit()
        kept = {c.key: rows[-1][c.key] for c in self.spec.columns if not c.computed and rows[-1].get(c.key) is not None}
        self.row_id = questionnaire.new_row()
        self._save(f"{self.spec.id}.{self.row_id}", kept)

    def drop_row(self) -> None:
        """Take the chosen row away."""
        if self.table.current() is not None:
            gone, self.row_id = self.row_id, ""
            self._save(f"{self.spec.id}.{gone}", None)
