"""The panel where a visit begins: which form, for whom, when, and who goes."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from db.refused import Refused
from desktop.casework import visits
from desktop.casework.views import HouseholdView, PersonView, VisitView
from desktop.forms import load_form
from desktop.policy import identity
from ui import work
from ui.page import Host
from ui.parts.basics import button, clear, column, label, row, scrolled
from ui.parts.choices import Pick
from ui.parts.inputs import Field, choice_field, text_field

FORMS = {"F-08": "入户调查表", "F-22B": "送教协议", "F-22C": "送教同意书"}
PERSON_FORMS = ("F-22B", "F-22C")
AGES = range(6, 19)
"""Whom home teaching is for as a rule; another age is asked about, not refused."""


def age_of(person: PersonView, on: date) -> int | None:
    """Years on a day; None without a birth date that can be read."""
    try:
        return identity.age_on(date.fromisoformat(person.birth_date or ""), on)
    except ValueError:
        return None


class BeginPanel(QWidget):
    """`begin()` begins what the fields name; `begun` and `refused` tell how it ended."""

    def __init__(
        self,
        host: Host,
        home: HouseholdView,
        chosen: PersonView | None,
        begun: Callable[[VisitView], None],
        refused: Callable[[Refused], None],
    ) -> None:
        super().__init__()
        self._host, self._home, self._begun, self._refuse = host, home, begun, refused
        inner = QWidget()
        lines = column(inner, margin=8)
        outer = column(self)
        outer.addWidget(scrolled(inner), 1)
        lines.addWidget(label("开始走访", "head"))
        self.fields = self._fields(home.members, chosen)
        for name, field in self.fields.items():
            lines.addWidget(field)
            if name in ("form", "who"):
                field.committed.connect(lambda _: self._look())
        self._open: QVBoxLayout = QVBoxLayout()
        lines.addLayout(self._open)
        lines.addStretch(1)
        self.go = button("开始", self.begin, "primary")
        foot = row(self.go, None)
        foot.setContentsMargins(*([lines.contentsMargins().left()] * 4))
        outer.addLayout(foot)
        self._look()

    def _fields(self, members: Sequence[PersonView], chosen: PersonView | None) -> dict[str, Field]:
        workspace = self._host.workspace
        self._ages = {one.person_id: age_of(one, workspace.on) for one in members}
        said = {one.person_id: f"{one.name or '（没写姓名）'}，{self._age_in_words(one)}" for one in members}
        form, day = choice_field("表", FORMS), text_field("走访日期", form="day")
        who = Field("给谁", Pick(said, coded=False), required=True)
        first, second = text_field("调查人一"), text_field("调查人二")
        form.set_value("F-08")
        day.set_value(workspace.on.isoformat())
        who.set_value(chosen.person_id if chosen else None)
        first.set_value(workspace.user)
        return {"form": form, "who": who, "day": day, "first": first, "second": second}

    def _age_in_words(self, person: PersonView) -> str:
        age = self._ages[person.person_id]
        return "年龄不详" if age is None else f"{age} 岁"

    @property
    def _code(self) -> str:
        return str(self.fields["form"].value() or "F-08")

    @property
    def _person(self) -> str | None:
        return self.fields["who"].value() if self._code in PERSON_FORMS else None

    def _look(self) -> None:
        """Show what this form asks for, whether the age is odd, and whether such a visit is open already."""
        for_one = self._code in PERSON_FORMS
        self.fields["who"].setVisible(for_one)
        for name in ("first", "second"):
            self.fields[name].setVisible(bool(load_form(self._code).investigators))
        age = self._ages.get(self._person or "")
        odd = age is not None and age not in AGES
        doubt = f"! {age} 岁，送教一般是 6 到 18 岁的孩子，请看看是不是选错了人。" if odd else ""
        self.fields["who"].set_error(doubt, "warn")
        clear(self._open)
        found = [
            one
            for one in self._home.visits
            if one.status != "completed"
            and one.form_code == self._code
            and (one.person_id == self._person if for_one else True)
        ]
        self.go.setText("还要再开一份" if found else "开始")
        for one in found[:2]:
            words = f"! 已有一份没完成的{one.form_name}（{one.visited_on}）。"
            self._open.addWidget(label(words, "warn", wrap=True))
            there = button("打开那一份", partial(self._host.go, "visit", one.visit_id))
            self._open.addLayout(row(there, None))

    def begin(self) -> None:
        """Begin the questionnaire that the panel names."""
        code, person, home = self._code, self._person, self._home.household_id
        if code in PERSON_FORMS and not person:
            self.fields["who"].set_error("先选这张表是给谁的。")
            self.fields["who"].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        day = str(self.fields["day"].value() or "")
        team = tuple(str(self.fields[name].value() or "") for name in ("first", "second"))
        team = team if load_form(code).investigators else ()
        work.submit(
            self._host.workspace,
            lambda act: visits.add(act, code, day, home, person, investigators=team),
            self._begun,
            lambda refusal: self._refuse(refusal) if isValid(self) else None,
        )
