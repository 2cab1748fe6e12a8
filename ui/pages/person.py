"""The panel of one person: fields saved one by one, numbers masked, a live sentence under the identity number."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QWidget
from shiboken6 import isValid

from db.refused import Refused
from desktop.casework import households, persons
from desktop.casework.fields import PERSON_LABELS
from desktop.casework.views import Added, PersonView
from desktop.forms import code_table
from desktop.policy import identity
from ui import work
from ui.page import Host
from ui.parts.basics import button, column, label, refusal_text, row, scrolled
from ui.parts.choices import Pick
from ui.parts.grid import Grid
from ui.parts.inputs import Field, choice_field, text_field
from ui.parts.lines import Line

_TABLES = {
    "sex": "GB2261.1", "relation": "K03", "ethnicity": "K10", "health": "K04", "labor": "K06", "job": "K07",
    "study": "K08", "certificate.kind": "K05", "certificate.grade": "K36",
}  # fmt: skip
_DAYS = ("birth_date", "certificate.valid_until")
_MASKED = ("id_number", "phone", "certificate.number", "account.number")
_ORDER = (
    "name", "relation", "id_number", "no_id_reason", "sex", "birth_date", "ethnicity", "phone", "health", "labor",
    "job", "study", "certificate.kind", "certificate.grade", "certificate.number", "certificate.valid_until",
    "account.payee", "account.bank", "account.number", "alt_name",
)  # fmt: skip
REVEAL_SECONDS = 30


def person_field(name: str) -> Field:
    """The input of one field of a person."""
    words = PERSON_LABELS[name]
    if name == "sex":
        return choice_field(words, {code: code_table("GB2261.1")[code] for code in ("1", "2")})
    if name in _TABLES:
        return Field(words, Pick(code_table(_TABLES[name])))
    return text_field(words, required=name == "name", form="day" if name in _DAYS else "")


def new_member(household_id: str) -> str:
    """The name of the draft of somebody new in a household."""
    return f"member {household_id}"


class PersonPanel(QWidget):
    """Fields of a person who is there (saved one by one) or of a new one (saved together)."""

    def __init__(
        self,
        host: Host,
        household_id: str,
        person: PersonView | None,
        changed: Callable[[str, str], None],
    ) -> None:
        super().__init__()
        self.workspace, self.household_id, self.person, self._changed = host.workspace, household_id, person, changed
        self._drafts, self._sheet = host.drafts, f"person {person.person_id}" if person else new_member(household_id)
        self._adding = False
        lines = column(self, margin=8, gap=8)
        self.fields = {name: person_field(name) for name in _ORDER}
        for name, field in self.fields.items():
            field.committed.connect(lambda value, name=name: self._save(name, value))
        number = self.fields["id_number"].editor
        assert isinstance(number, Line)
        number.textChanged.connect(self._check_number)
        self._head = QHBoxLayout()
        lines.addLayout(self._head)
        inner = QWidget()
        held = column(inner)
        held.addWidget(Grid(list(self.fields.values()), least=150, most=2, gap=8))
        held.addStretch(1)
        lines.addWidget(scrolled(inner), 1)
        if person is None:
            self._head.addWidget(label("新成员", "head"), 1)
            self.keep_button = button("保存成员", self.add, "primary", "Ctrl+S")
            lines.addLayout(row(self.keep_button, label("没保存之前，填的都留着", "small"), None))
            for name, value in self._drafts.look(self._sheet).items():
                self.fields[name].set_value(value)
        else:
            self._head.addWidget(label(person.name or "", "head"), 1)
            self._head.addWidget(button(f"显示号码 {REVEAL_SECONDS} 秒", self._ask_reveal))
            self.show_person(person)

    @property
    def unsaved(self) -> int:
        """How many of the inputs were refused, or stand in a sheet that was not saved yet."""
        return len(self._drafts.look(self._sheet))

    def leave(self) -> None:
        """Keep what was typed: field by field, or as a draft of somebody new."""
        if self.person is None and not self._adding:
            self._drafts.keep(self._sheet, self.given())
            return
        for field in self.fields.values():
            field.commit()

    def show_person(self, person: PersonView) -> None:
        """Show what the store holds; masked numbers stand as hints, what is typed or was refused stays."""
        self.person = person
        refused = self._drafts.look(self._sheet)
        for name, field in self.fields.items():
            if name in refused:
                field.set_value(refused[name])
                continue
            value = getattr(person, name.replace(".", "_"))
            if name in _MASKED:
                field.line.setPlaceholderText(value or "")
            else:
                field.set_value(value)
        said = {warning.field: warning.text for warning in person.warnings}
        for name, field in self.fields.items():
            if name not in refused:
                field.set_error(said.get(name, ""))
            elif not field.error:
                field.set_error("这一格没有存上，请核对后再写一遍。")

    def _check_number(self, text: str) -> None:
        field = self.fields["id_number"]
        if len(text.strip()) < 15:
            field.set_error("")
            return
        found = identity.check_id(text, self.workspace.on)
        if found.ok and found.birth is not None:
            age = identity.age_on(found.birth, self.workspace.on)
            field.set_error(found.warning or f"{found.birth.isoformat()} 出生，{age} 岁", "small")
        else:
            field.set_error(found.text)

    def given(self) -> dict[str, Any]:
        """What was typed, by field name."""
        return {name: value for name, field in self.fields.items() if (value := field.value()) is not None}

    def add(self) -> None:
        """Save a new person as a whole; what was typed stays a draft until the store has it."""
        if self._adding:
            return
        given, household = self.given(), self.household_id
        self._drafts.keep(self._sheet, given)
        self._adding = True
        work.submit(
            self.workspace,
            lambda act: households.add_member(act, household, given),
            partial(self._added, str(given.get("name") or "")),
            self._not_added,
        )

    def _added(self, name: str, added: Added) -> None:
        self._drafts.drop(self._sheet)
        odd = f"要核对：{added.warnings[0].text}" if added.warnings else ""
        self._changed(added.members[0]["person_id"], f"{name} 已存本机，加进了这一户。{odd}")

    def _not_added(self, refusal: Refused) -> None:
        self._adding = False
        if isValid(self):
            self.fields["name"].set_error(refusal_text(refusal))
            self.fields["name"].setFocus()

    def _save(self, name: str, value: Any) -> None:
        if self.person is None:
            return
        person, seen = self.person.person_id, dict(self.person.versions)
        work.submit(
            self.workspace,
            lambda act: persons.change(act, person, {name: value}, seen),
            partial(self._saved, name),
            partial(self._not_saved, name, value),
        )

    def _not_saved(self, name: str, value: Any, refusal: Refused) -> None:
        self._drafts.keep(self._sheet, self._drafts.look(self._sheet) | {name: value})
        if isValid(self):
            self.fields[name].set_error(refusal_text(refusal))

    def _saved(self, name: str, view: PersonView) -> None:
        self._drafts.keep(self._sheet, {n: v for n, v in self._drafts.look(self._sheet).items() if n != name})
        if not isValid(self):
            return
        for masked in _MASKED:
            field = self.fields[masked]
            if not field.editor.hasFocus():
                field.empty()
        self.show_person(view)
        self._changed("", "")

    def _ask_reveal(self) -> None:
        reason, given = QInputDialog.getText(self, "显示完整号码", "为什么要看？会记在日志里。")
        if given:
            self.reveal(reason)

    def reveal(self, reason: str) -> None:
        """Show whole numbers for 30 seconds; the reason is written down."""
        assert self.person is not None
        person = self.person.person_id
        work.submit(
            self.workspace,
            lambda act: persons.reveal(act, person, reason),
            self._revealed,
            self._refused,
        )

    def _revealed(self, view: PersonView) -> None:
        for name in _MASKED:
            self.fields[name].line.setPlaceholderText(getattr(view, name.replace(".", "_")) or "")
        QTimer.singleShot(REVEAL_SECONDS * 1000, self, self._hide)

    def _hide(self) -> None:
        if self.person is not None:
            self.show_person(self.person)

    def _refused(self, refusal: Refused) -> None:
        self.fields["id_number"].set_error(refusal_text(refusal))
