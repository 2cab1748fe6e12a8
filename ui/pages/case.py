"""One case: where it stands, which deadline runs, what may follow, what happened, and why the rules say so."""

from functools import partial

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.refused import Refused
from desktop.casework import assessing, cases, dossiers, evidence_words, gathering, move_forms, packs, progress
from desktop.casework.case_views import (
    AssessmentView,
    CaseMoved,
    CaseProgress,
    DeadlineView,
    MoveForm,
    MoveView,
    Rerun,
    StepTaken,
)
from desktop.casework.views import HouseholdView
from desktop.casework.work import Work
from ui import case_words, work
from ui.actions import Deed
from ui.page import Host, Page
from ui.pages.assessed import Assessed
from ui.pages.moving import MovePanel, sheet_of
from ui.pages.packing import choose_pack
from ui.parts.basics import button, card, clear, column, ends, focus_soon, label, row, scrolled, tag
from ui.parts.grid import Grid
from ui.theme import px
from ui.words import place

_NOT_YET = "还没有评估过。按 Ctrl+R，按县参数包和入户调查算一次，每一步的依据都列在这里。"


class Shown(msgspec.Struct, frozen=True):
    """Everything that the page shows of a case, read in one go."""

    progress: CaseProgress
    assessments: tuple[AssessmentView, ...]
    names: dict[str, str]
    shipped: bool
    home: HouseholdView | None


def read(on: Work, case_id: str) -> Shown:
    """A case for its page."""
    found = progress.show(on, case_id)
    people = gathering.of_case(on, cases.find(on.session, case_id)).home.people
    home = dossiers.show(on, found.case.household_id) if found.case.household_id else None
    names = {one.ref: one.name for one in people}
    return Shown(found, assessing.listed(on, case_id), names, packs.in_force(on).shipped and not on.training, home)


class CasePage(Page):
    """`show_subject(id)` chooses the case; `shown` is what stands there, None while it is being read."""

    title = "办件"

    def __init__(self, frame: Host) -> None:
        super().__init__(frame)
        self.case_id = ""
        self.shown: Shown | None = None
        self.panel: MovePanel | None = None
        self.moves: dict[str, QWidget] = {}
        self.state = tag("", "accent")
        self.next = button("办下一步", self.next_step, "primary", "F6")
        for part in (self.state, button("返回", frame.back, shortcut="Esc"), self.next):
            self.tools.addWidget(part)
        self.why = Assessed(self.assess, self.rerun, self.install)
        inner = QWidget()
        self._overview: QVBoxLayout = column(inner, gap=12)
        self._over = scrolled(inner)
        self._holder, self._side = card(margin=4)
        self._holder.hide()
        right = QVBoxLayout()
        right.addWidget(self._over, 1)
        right.addWidget(self._holder, 1)
        across = QHBoxLayout()
        across.setSpacing(px(12))
        across.addWidget(self.why, 3)
        across.addLayout(right, 2)
        self._over.setMinimumWidth(px(270))
        self._holder.setMinimumWidth(px(270))
        self.body.addLayout(across, 1)

    def show_subject(self, subject: str) -> None:
        """Another case."""
        if subject != self.case_id:
            self.close_panel()
            self.case_id, self.shown = subject, None

    def refresh(self) -> None:
        """Read the case anew; what stands there stays until it is read."""
        self.banner.hide()
        if self.case_id:
            case = self.case_id
            work.submit(
                self.workspace, lambda on: read(on, case), partial(self._read, case), self.banner.refuse, parent=self
            )

    def deeds(self) -> list[Deed]:
        """What can be done with a case."""

        def there() -> bool:
            return self.shown is not None

        return [
            Deed("评估", "Ctrl+R", "refresh", self.assess, there),
            Deed("办下一步", "F6", "chevron-right", self.next_step, there),
            Deed("保存", "Ctrl+S", "check", self.save, there),
            Deed("打开这一户", "", "home", self.open_household, there),
        ]

    def leave(self) -> None:
        """Keep what was typed for a move."""
        if self.panel is not None:
            self.panel.leave()

    def save(self) -> None:
        """Ctrl+S: make the move that is open; else there is nothing unsaved."""
        if self.panel is not None:
            self.panel.move_on()
        else:
            self.banner.say("已存本机：每一步办了就存。", "green")

    # ---- showing ----

    def _read(self, case: str, shown: Shown) -> None:
        if case != self.case_id:
            return
        fresh, self.shown = self.shown is None, shown
        view, home = shown.progress.case, shown.home
        subject = next((one.name for one in home.members if one.person_id == view.person_id), None) if home else None
        head = home.members[0].name if home and home.members else ""
        self.heading.setText(f"{case_words.programme(view.programme_code)} · {subject or f'{head} 家'}")
        where = f"{len(home.members)} 人 · {place(home.village, home.group)} · " if home else ""
        whose = f"{head} 家 · " if subject and subject != head else ""
        number = case_words.short_number(view.case_no)
        self.about.setText(f"{number} · {whose}{where}{view.accepted_on or ''} 受理")
        self.state.setText(case_words.status(view.status))
        self.next.setEnabled(bool(shown.progress.moves))
        self.why.show_all(shown.assessments, shown.shipped, _NOT_YET, shown.names)
        clear(self._overview)
        self._overview.addWidget(self._deadlines(shown.progress.deadlines))
        self._overview.addWidget(self._following(shown))
        self._overview.addWidget(self._story(shown))
        self._overview.addStretch(1)
        if fresh and self.panel is None:
            focus_soon(next(iter(self.moves.values()), self.why.ask))

    def _deadlines(self, found: tuple[DeadlineView, ...]) -> QWidget:
        frame, lines = card(margin=12, gap=4)
        lines.addWidget(label("期限", "head"))
        if not found:
            lines.addWidget(label("现在没有在走的期限。", "muted"))
        for one in found:
            lines.addLayout(row(label(one.name), None, tag(*case_words.deadline(one))))
            lines.addWidget(label(f"{one.rule_id} · {one.start_on} 起算，到 {one.due or '—'}", "small", wrap=True))
        return frame

    def _following(self, shown: Shown) -> QWidget:
        """The moves of the state table, in its order."""
        frame, lines = card(margin=12, gap=4)
        lines.addWidget(label("下一步：转到", "head"))
        self.moves = {}
        if not shown.progress.moves:
            lines.addWidget(label("已经办结，没有下一步。", "muted"))
        for one in shown.progress.moves:
            words, tone = self._state_of(one)
            made = ends(one.name, words, partial(self.open_move, one.status), here=False, tone=tone)
            made.setCheckable(False)
            made.setToolTip("\n".join(one.reasons))
            self.moves[one.status] = made
            lines.addWidget(made)
        ways = Grid([self._visit_button(shown), button("打开这一户", self.open_household)], least=120, most=2, gap=6)
        lines.addWidget(ways)
        return frame

    def _state_of(self, one: MoveView) -> tuple[str, str]:
        if self.frame.drafts.look(sheet_of(self.case_id, one.status)):
            return "接着填", "warn"
        if not one.yours:
            return "不由您办", "muted"
        return ("✓ 可以办", "good") if one.allowed else (f"还差 {len(one.reasons)} 项", "warn")

    def _visit_button(self, shown: Shown) -> QWidget:
        """To the home visit that is on its way, else to the household, where one begins."""
        visits = [one for one in (shown.home.visits if shown.home else ()) if one.form_code == "F-08"]
        waiting = next((one for one in visits if one.status != "completed"), None)
        if waiting is not None:
            return button("继续入户调查", partial(self.frame.go, "visit", waiting.visit_id))
        if visits:
            return button("看入户调查", partial(self.frame.go, "visit", visits[0].visit_id))
        return button("去开始入户调查", self.open_household)

    def _story(self, shown: Shown) -> QWidget:
        frame, lines = card(margin=12, gap=4)
        lines.addWidget(label("经过", "head"))
        for step in reversed(shown.progress.steps):
            by = f" · {step.recorded_by}" if step.recorded_by else ""
            lines.addLayout(row(label(f"{step.on}  {step.name}", "strong"), label(by.strip(" ·"), "small"), None))
            for words in self._told(step, shown.names):
                lines.addWidget(label(words, "small", wrap=True))
        return frame

    def _told(self, step: StepTaken, names: dict[str, str]) -> tuple[str, ...]:
        return (*((f"说明：{step.note}",) if step.note else ()), *evidence_words.told(step, names))

    def open_household(self) -> None:
        """To the household of the case."""
        if self.shown is not None and self.shown.home is not None:
            self.frame.go("household", self.shown.home.household_id)

    # ---- moves ----

    def next_step(self) -> None:
        """F6: the first move that can be made, else the first there is."""
        if self.shown is None:
            return
        moves = self.shown.progress.moves
        found = next((one for one in moves if one.allowed and one.yours), moves[0] if moves else None)
        if found is not None:
            self.open_move(found.status)

    def open_move(self, to: str) -> None:
        """Ask what the move needs and open its panel."""
        case = self.case_id
        work.submit(
            self.workspace,
            lambda on: move_forms.form(on, case, to),
            partial(self._open, case),
            self.banner.refuse,
            parent=self,
        )

    def _open(self, case: str, form: MoveForm) -> None:
        if case != self.case_id:
            return
        self.close_panel()
        self.panel = MovePanel(self.frame, case, form, self._moved, self._closed)
        self._side.addWidget(self.panel)
        self._over.hide()
        self._holder.show()
        self.panel.focus_first()

    def close_panel(self) -> None:
        """Put the panel away; what was typed is kept."""
        if self.panel is not None:
            self.panel.leave()
            self.panel = None
            clear(self._side)
            self._holder.hide()
            self._over.show()

    def _closed(self) -> None:
        to = self.panel.form.status if self.panel is not None else ""
        self.close_panel()
        if self.shown is not None:
            self._read(self.case_id, self.shown)
        if to in self.moves:
            focus_soon(self.moves[to])

    def _moved(self, moved: CaseMoved) -> None:
        self.frame.refresh_status()
        if moved.case_id != self.case_id:
            return
        self.close_panel()
        self.shown = None
        self.refresh()
        self.banner.say(f"已到“{case_words.status(moved.status)}”，记在经过里，已存本机。", "green")

    # ---- the rules ----

    def assess(self) -> None:
        """Ctrl+R: ask the rules about the case as it stands, and keep the answer."""
        case = self.case_id
        if self.shown is not None:
            work.submit(
                self.workspace,
                lambda on: assessing.assess_case(on, case) and read(on, case),
                partial(self._assessed, case),
                self._not_assessed,
                parent=self,
            )

    def _assessed(self, case: str, shown: Shown) -> None:
        self.frame.refresh_status()
        if case == self.case_id:
            self.banner.hide()
            self._read(case, shown)
            self.why.latest()
            self.why.trace.setFocus()

    def _not_assessed(self, refusal: Refused) -> None:
        go = ("打开这一户", self.open_household) if refusal.code == "assess.facts_missing" else None
        self.banner.say(" ".join((refusal.what, refusal.safe, refusal.do)), "red", go)

    def install(self) -> None:
        """Take in the county's pack, which is not there yet."""
        choose_pack(self, self.workspace, self._installed, self.banner.refuse)

    def _installed(self, words: str) -> None:
        self.refresh()
        self.banner.say(words, "green", ("重新评估", self.assess))

    def rerun(self, assessment_id: str) -> None:
        """Ask an old question again by the pack of its day."""
        work.submit(
            self.workspace,
            lambda on: assessing.again(on, assessment_id),
            self._said_again,
            self.banner.refuse,
            parent=self,
        )

    def _said_again(self, told: Rerun) -> None:
        words = f"按 {told.before.assessed_on} 的事实和参数包 {told.before.pack_version} 再算"
        if told.same:
            self.banner.say(f"{words}，结论和每一步都与当时一样。", "green")
        else:
            self.banner.say(f"{words}，和当时存的不一样：规则程序后来改过。当时的结论照旧留着。", "amber")
