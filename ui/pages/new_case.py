"""The panel where a case of a household is accepted: which programme, for whom, since when."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from db.refused import Refused
from desktop.casework import cases
from desktop.casework.programmes import OF_A_PERSON, PROGRAMMES
from desktop.casework.views import CaseView, HouseholdView, PersonView
from ui import case_words, work
from ui.page import Host
from ui.parts.basics import button, clear, column, label, refusal_text, row, scrolled
from ui.parts.choices import Pick
from ui.parts.inputs import Field, text_field


class NewCasePanel(QWidget):
    """`add()` accepts the case that the fields name; `added(view)` tells of it."""

    def __init__(
        self, host: Host, home: HouseholdView, chosen: PersonView | None, added: Callable[[CaseView], None]
    ) -> None:
        super().__init__()
        self._host, self._home, self._added = host, home, added
        self._adding = False
        self.programme = Field("业务", Pick({code: name for code, (name, _) in PROGRAMMES.items()}, coded=False))
        people = {one.person_id: one.name or "（没写姓名）" for one in home.members}
        self.who = Field("给谁", Pick(people, coded=False), required=True)
        self.day = text_field("受理日期", form="day")
        self.programme.set_value("dibao")
        self.who.set_value(chosen.person_id if chosen else None)
        self.day.set_value(host.workspace.on.isoformat())
        inner = QWidget()
        lines = column(inner, margin=8)
        lines.addWidget(label("建一个办件", "head"))
        for field in (self.programme, self.who, self.day):
            lines.addWidget(field)
        holder = QWidget()
        self._there = column(holder, gap=4)
        lines.addWidget(holder)
        self._error = label(kind="error", wrap=True)
        self._error.hide()
        lines.addWidget(self._error)
        lines.addStretch(1)
        outer = column(self)
        outer.addWidget(scrolled(inner), 1)
        self.go = button("受理", self.add, "primary")
        foot = row(self.go, label("案号在受理时给出", "small"), None)
        foot.setContentsMargins(*([lines.contentsMargins().left()] * 4))
        outer.addLayout(foot)
        self.programme.committed.connect(lambda _: self._look())
        self._look()

    def _look(self) -> None:
        """Whether somebody is asked for, and whether such a case is there already."""
        code = self.programme.value()
        self.who.setVisible(code in OF_A_PERSON)
        clear(self._there)
        for one in [case for case in self._home.cases if case.programme_code == code][:2]:
            words = f"! 已有一件{case_words.programme(one.programme_code)}：{case_words.status(one.status)}"
            self._there.addWidget(label(words, "warn", wrap=True))
            self._there.addLayout(row(button("打开那一件", partial(self._host.go, "case", one.case_id)), None))

    def add(self) -> None:
        """Accept the case; what cannot be is said beside it, and what was chosen stays."""
        code = self.programme.value()
        who = self.who.value() if code in OF_A_PERSON else None
        self.programme.set_error("" if code else "先选业务。")
        self.who.set_error("先选这一件是给谁的。" if code in OF_A_PERSON and not who else "")
        if not code or self.who.error or self._adding:
            (self.who if self.who.error else self.programme).setFocus()
            return
        self._adding = True
        home, day = self._home.household_id, str(self.day.value() or "")
        work.submit(self._host.workspace, lambda on: cases.add(on, home, code, day, who), self._added, self._refused)

    def _refused(self, refusal: Refused) -> None:
        if not isValid(self):
            return
        self._adding = False
        bad_day = refusal.code == "case.bad_date"
        self.day.set_error(refusal_text(refusal) if bad_day else "")
        self._error.setText("" if bad_day else refusal_text(refusal))
        self._error.setVisible(not bad_day)
        if bad_day:
            self.day.setFocus()
