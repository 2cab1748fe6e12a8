"""One household: its fields, people, cases, visits; where a visit begins."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import dossiers
from desktop.casework.views import Added, CaseRow, CaseView, HouseholdView, PersonView, VisitView
from desktop.forms import code_table
from ui import case_words, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.beginning import BeginPanel
from ui.pages.new_case import NewCasePanel
from ui.pages.new_household import SHEET, NewHousehold, household_fields
from ui.pages.person import PersonPanel, new_member
from ui.pages.visits import state_of
from ui.parts.basics import button, card, clear, column, elided, focus_soon, label, refusal_text, row, scrolled, tag
from ui.parts.grid import Grid
from ui.parts.inputs import Field
from ui.parts.table import Column, Rows, Table
from ui.theme import px
from ui.words import place as place_words

_MEMBERS = (
    Column("姓名", lambda p: p.name or "", 100),
    Column("关系", lambda p: code_table("K03").get(p.relation or "", ""), 72),
    Column("性别", lambda p: {"1": "男", "2": "女"}.get(p.sex or "", ""), 60, spare=1),
    Column("出生", lambda p: p.birth_date or "", 100, spare=2),
    Column("证件号码（遮盖）", lambda p: p.id_number or ("无证件" if p.no_id_reason else "缺"), 176),
    Column("要核对", lambda p: f"! {len(p.warnings)} 处" if p.warnings else "", tone=lambda p: "amber"),
)


class HouseholdPage(Page):
    """`show_subject("ID [FIELD [PERSON]]")` shows a household (and goes to the field), `"new"` an empty sheet."""

    title = "家庭"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.household_id = ""
        self.view: HouseholdView | None = None
        self.fields: dict[str, Field] = {}
        self.head: dict[str, Field] = {}
        self.panel: PersonPanel | None = None
        self.sheet: NewHousehold | None = None
        self._refused: set[str] = set()
        self._chosen: dict[str, str] = {}
        self._wanted = ""
        self.start = button("开始走访", self._start, "primary")
        self.tools.addWidget(button("返回", frame.back, shortcut="Esc"))
        self.tools.addWidget(self.start)

    def show_subject(self, subject: str) -> None:
        """Another household, or a new one."""
        home, _, self._wanted = subject.partition(" ")
        self.household_id = "" if home == "new" else home
        self.view = None
        self._refused.clear()

    def refresh(self) -> None:
        """Build the page anew for the household it is about."""
        clear(self.body)
        self.panel = self.sheet = None
        self.banner.hide()
        self.start.setVisible(bool(self.household_id))
        if self.household_id:
            self._show(self.workspace.read.household(self.household_id))
        else:
            self._blank()

    def deeds(self) -> list[Deed]:
        """What can be done with a household."""

        def there() -> bool:
            return bool(self.household_id)

        return [
            Deed("开始走访", "", "clipboard-text", self._start, there),
            Deed("建一个办件", "", "file-text", self._new_case, there),
            Deed("加成员", "", "user-plus", self._add_member, there),
            Deed("保存", "Ctrl+S", "check", self.save),
        ]

    def save(self) -> None:
        """Ctrl+S: save the sheet that is open; else say so once everything that was typed is kept."""
        self.leave()
        if self.sheet is not None:
            self.sheet.add()
        elif self.panel is not None and self.panel.person is None:
            self.panel.add()
        else:
            work.submit(self.workspace, lambda act: None, lambda _: self._say_saved(), self.banner.refuse)

    def _say_saved(self) -> None:
        refused = len(self._refused) + (self.panel.unsaved if self.panel is not None else 0)
        if refused:
            self.banner.say(f"有 {refused} 格没有存上，见红字；其余已存。", "red")
        elif self.frame.drafts.look(new_member(self.household_id)):
            self.banner.say("还有一位新成员没填完，没有保存。点“接着填新成员”。", "amber")
        else:
            self.banner.say("已存本机：填好一格存一格。", "green")

    def leave(self) -> None:
        """Keep what was typed: field by field, new people and households as drafts."""
        if self.sheet is not None:
            self.sheet.leave()
        elif self.household_id:
            for field in self.fields.values():
                field.commit()
        if self.panel is not None:
            self.panel.leave()
        self.frame.refresh_status()

    @property
    def unsaved(self) -> int:
        """Fields that were refused and still stand in red."""
        return len(self._refused)

    # ---- a new household ----

    def _blank(self) -> None:
        self.heading.setText("新建家庭")
        self.about.setText("第一位是户主；写好姓名就能存，其余以后补")
        frame, holding = card(margin=4)
        self.sheet = NewHousehold(self.frame, self._added, self.banner.refuse)
        self.fields, self.head = self.sheet.fields, self.sheet.head
        holding.addWidget(self.sheet)
        self.body.addWidget(frame, 1)
        if self.frame.drafts.look(SHEET):
            self.banner.say("上次填到这里，还没有保存。接着填，再点“保存家庭”。", "amber")
        focus_soon(self.fields["village"])

    def _added(self, added: Added) -> None:
        self.frame.refresh_status()
        if self.household_id or not self.isVisible():
            return
        self.frame.go("household", added.household_id)
        if added.warnings:
            self.banner.say("已存本机。要核对：" + added.warnings[0].text, "amber")
        else:
            self.banner.say("这一户已存本机。", "green")

    # ---- a household that is there ----

    def _show(self, view: HouseholdView) -> None:
        self.view = view
        self.heading.setText(f"{view.members[0].name if view.members else ''} 家")
        self.about.setText(f"{place_words(view.village, view.group)} · {len(view.members)} 人")
        across = QHBoxLayout()
        across.setSpacing(px(12))
        inner = QWidget()
        left = column(inner, gap=12)
        left.addWidget(self._sheet(view))
        left.addWidget(self._people(view))
        left.addWidget(self._history(view))
        left.addStretch(1)
        across.addWidget(scrolled(inner), 3)
        side, self._side = card(margin=4)
        side.setMinimumWidth(px(340))
        across.addWidget(side, 2)
        self.body.addLayout(across, 1)
        draft = bool(self.frame.drafts.look(new_member(view.household_id)))
        self._look_at(self.members.current() if not draft else None)
        focus_soon(self.panel.fields["name"] if draft and self.panel else self.members)
        self._focus_wanted()

    def _focus_wanted(self) -> None:
        """The field that another page sent the person to."""
        name, _, person = self._wanted.partition(" ")
        self._wanted = ""
        for at, member in enumerate(self.members.rows.items):
            if person and member.person_id == person:
                self.members.selectRow(at)
                self._back_to_the_chosen()
        fields = self.panel.fields if person and self.panel is not None else self.fields
        if name in fields:
            focus_soon(fields[name])

    def _sheet(self, view: HouseholdView) -> QWidget:
        frame, lines = card()
        self.fields = household_fields()
        for name, field in self.fields.items():
            if name == "phone":
                field.line.setPlaceholderText(view.phone or "")
            else:
                field.set_value(getattr(view, name))
            field.committed.connect(lambda value, name=name: self._save(name, value))
        lines.addWidget(Grid(list(self.fields.values()), least=140, gap=8))
        return frame

    def _people(self, view: HouseholdView) -> QWidget:
        frame, lines = card(margin=8)
        self._unkept, self._more = tag("新成员还没保存", "amber"), button("加成员", self._add_member)
        lines.addLayout(row(label(f"家庭 {len(view.members)} 人", "head"), None, self._unkept, self._more))
        self.members = Table(Rows(_MEMBERS, lambda limit, offset: view.members[offset : offset + limit]), "成员")
        self.members.rows.reload()
        ids = [one.person_id for one in view.members]
        kept = self._chosen.get(view.household_id, "")
        self.members.selectRow(ids.index(kept) if kept in ids else 0)
        self.members.looked_at.connect(self._look_at)
        self.members.clicked.connect(lambda _: self._back_to_the_chosen())
        self.members.chosen.connect(lambda _: self.panel.fields["name"].setFocus() if self.panel else None)
        self.members.fit_rows(most=8)
        lines.addWidget(self.members)
        return frame

    def _history(self, view: HouseholdView) -> QWidget:
        frame, lines = card(margin=10, gap=4)
        lines.addLayout(row(label("办件与走访", "head"), None, button("建一个办件", self._new_case)))
        if not view.cases and not view.visits:
            lines.addWidget(label("还没有。点右上“开始走访”，或建一个办件。", "muted"))
        for case in view.cases[:4]:
            lines.addLayout(self._case_line(case))
        for visit in view.visits[:5]:
            state = tag(*state_of(visit))
            go = button("打开", partial(self.frame.go, "visit", visit.visit_id))
            whom = f" · {visit.subject or '（没写姓名）'}" if visit.person_id else ""
            go.setAccessibleName(f"打开 {visit.form_name} {visit.visited_on}{whom}")
            lines.addLayout(row(elided(f"{visit.visited_on}  {visit.form_name}{whom}"), state, None, go))
        return frame

    def _case_line(self, case: CaseRow) -> QHBoxLayout:
        name = case_words.programme(case.programme_code)
        go = button("打开", partial(self.frame.go, "case", case.case_id))
        go.setAccessibleName(f"打开办件 {name} {case.case_no}")
        words = f"{name}  {case_words.short_number(case.case_no)}"
        state = tag(case_words.status(case.status), case_words.status_tone(case.status))
        return row(elided(words), state, None, go)

    def _look_at(self, person: PersonView | None) -> None:
        self._clear_side()
        if person is not None:
            self._chosen[self.household_id] = person.person_id
        self.panel = PersonPanel(self.frame, self.household_id, person, self._changed)
        self._side.addWidget(self.panel)
        self._say_draft()

    def _back_to_the_chosen(self) -> None:
        """A click on the row that is chosen already brings its person back into the panel."""
        here = self.members.current()
        shown = self.panel.person if self.panel is not None else None
        if here is not None and (shown is None or shown.person_id != here.person_id):
            self._look_at(here)

    def _clear_side(self) -> None:
        """Whatever stood in the panel is kept before another takes its place."""
        if self.panel is not None:
            self.panel.leave()
        self.panel = None
        clear(self._side)

    def _say_draft(self) -> None:
        """Beside the people: that somebody new is half written, and the way back to it."""
        away = self.panel is None or self.panel.person is not None
        waiting = away and bool(self.frame.drafts.look(new_member(self.household_id)))
        self._unkept.setVisible(waiting)
        self._more.setText("接着填新成员" if waiting else "加成员")
        self._more.setAccessibleName(self._more.text())
        self.frame.refresh_status()

    def _add_member(self) -> None:
        self._look_at(None)
        assert self.panel is not None
        focus_soon(self.panel.fields["name"])

    def _changed(self, person_id: str, words: str) -> None:
        self.frame.refresh_status()
        if person_id and self.view is not None:
            self.leave()
            self.refresh()
            for place, member in enumerate(self.members.rows.items):
                if member.person_id == person_id:
                    self.members.selectRow(place)
            self.banner.say(words, "amber" if "要核对" in words else "green")

    def _save(self, name: str, value: Any) -> None:
        assert self.view is not None
        home, seen = self.household_id, dict(self.view.versions)
        work.submit(
            self.workspace,
            lambda act: dossiers.change(act, home, {name: value}, seen),
            partial(self._saved, name),
            partial(self._not_saved, home, name),
        )

    def _not_saved(self, home: str, name: str, refusal: Refused) -> None:
        if home == self.household_id:
            self._refused.add(name)
            self.fields[name].set_error(refusal_text(refusal))
        else:
            self.banner.refuse(refusal)

    def _saved(self, name: str, view: HouseholdView) -> None:
        self.frame.refresh_status()
        if view.household_id == self.household_id:
            self.view = view
            self._refused.discard(name)
            self.fields[name].set_error("")

    # ---- a visit begins ----

    def _start(self) -> None:
        if self.view is None:
            return
        chosen = self.members.current()
        self._clear_side()
        self._say_draft()
        home = self.workspace.read.household(self.household_id)
        self.begin = BeginPanel(self.frame, home, chosen, self._begun, self.banner.refuse)
        self._side.addWidget(self.begin)
        focus_soon(self.begin.fields["second"])

    def _new_case(self) -> None:
        """Accept a case of this household, for the member who is chosen where it is a person's."""
        if self.view is None:
            return
        chosen = self.members.current()
        self._clear_side()
        self._say_draft()
        home = self.workspace.read.household(self.household_id)
        self.accept = NewCasePanel(self.frame, home, chosen, self._accepted)
        self._side.addWidget(self.accept)
        focus_soon(self.accept.programme)

    def _accepted(self, case: CaseView) -> None:
        self.frame.refresh_status()
        self.frame.go("case", case.case_id)

    def _begun(self, visit: VisitView) -> None:
        self.frame.refresh_status()
        self.frame.go("visit", visit.visit_id)
