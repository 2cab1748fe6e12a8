"""Why: an assessment with its result on top, what is missing, and the trace rule by rule; old ones can be chosen."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop.casework import evidence_words, rule_words
from desktop.casework.case_views import AssessmentView
from desktop.casework.rule_words import OUTCOMES
from ui.case_words import amount, outcome
from ui.parts.basics import button, clear, column, elided, label, mark, row, tag
from ui.parts.choices import Pick
from ui.parts.trace import TraceList
from ui.theme import px

_NOBODY: Mapping[str, str] = {}


class Assessed(QFrame):
    """`show_all` puts assessments in, the latest first; `again` and `rerun` are what the buttons do.

    `rerun(id)` asks an old question by its own pack, `install` takes in a county pack where there is none; a button
    without its act is not there.
    """

    def __init__(
        self,
        again: Callable[[], object],
        rerun: Callable[[str], object] | None = None,
        install: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._install = install
        self.setProperty("kind", "card")
        self._found: tuple[AssessmentView, ...] = ()
        self._names, self._shipped = _NOBODY, False
        lines = column(self, margin=12)
        self.pick = Pick({}, coded=False)
        self.pick.setAccessibleName("看哪一次评估")
        self.pick.setMaximumWidth(px(270))
        self.pick.setMinimumContentsLength(14)
        self.pick.activated.connect(lambda _=0: self._show())
        self.ask = button("评估", again, shortcut="Ctrl+R")
        self.proof = button("再算一遍", self._rerun)
        self.proof.setToolTip("用当时的事实和当时的参数包再算，看结论是不是一样")
        self._rerun_of = rerun
        self._result, self._amount, self._said = tag("", "plain"), elided("", "strong"), elided("", "small")
        lines.addLayout(row(label("为什么", "head"), self._result, self._amount, self.ask))
        lines.addLayout(row(self.pick, self._said, self.proof))
        for part in (self._amount, self._said):
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        self._notes = column(holder, gap=4)
        lines.addWidget(holder)
        self.trace = TraceList()
        lines.addWidget(self.trace, 1)
        self._bare = label("", "muted", wrap=True)
        lines.addWidget(self._bare)
        lines.addStretch(0)

    def show_all(
        self, found: Sequence[AssessmentView], shipped: bool, bare: str, names: Mapping[str, str] = _NOBODY
    ) -> None:
        """The assessments; `shipped` says that no county pack is installed, `bare` what to say while there is none.

        `names` are the people by the ref that the trace calls them.
        """
        self._names = names
        kept = self.pick.value()
        self._found, self._shipped = tuple(found), shipped
        self.pick.clear()
        for place, one in enumerate(self._found):
            words = f"{one.assessed_on} {OUTCOMES.get(one.outcome, one.outcome)} · {one.pack_version}"
            self.pick.addItem(words if place else f"最近 {words}", one.assessment_id)
        self.pick.setCurrentIndex(max(0, self.pick.findData(kept)) if self._found else -1)
        self.pick.setVisible(len(self._found) > 1)
        words = "重新评估" if self._found else "评估"
        self.ask.setText(f"{words}  Ctrl+R")
        self.ask.setAccessibleName(words)
        self._bare.setText(bare)
        self._show()

    def latest(self) -> None:
        """Show the latest of them."""
        self.pick.setCurrentIndex(0 if self._found else -1)
        self._show()

    @property
    def current(self) -> AssessmentView | None:
        """The assessment that is shown."""
        place = self.pick.currentIndex()
        return self._found[place] if 0 <= place < len(self._found) else None

    def _show(self) -> None:
        one = self.current
        clear(self._notes)
        self.trace.setVisible(one is not None)
        self._result.setVisible(one is not None)
        self._bare.setVisible(one is None and bool(self._bare.text()))
        self.proof.setVisible(one is not None and self._rerun_of is not None and bool(one.assessment_id))
        self.trace.show_steps(evidence_words.with_names(one.trace, self._names) if one is not None else ())
        words, tone = outcome(one) if one is not None else ("", "plain")
        self._result.setText(words)
        mark(self._result, "tone", tone)
        self._amount.setText(amount(one) if one is not None else "")
        self._said.setText(_made(one) if one is not None else "")
        for said in _notes(one, self._shipped) if one is not None else ():
            self._notes.addWidget(label(f"! {said}", "warn", wrap=True))
        if self._shipped and self._install is not None:
            self._notes.addLayout(row(button("装入县参数包…", self._install), None))

    def _rerun(self) -> None:
        if self.current is not None and self._rerun_of is not None:
            self._rerun_of(self.current.assessment_id)


def _made(one: AssessmentView) -> str:
    by = f" · {one.recorded_by}" if one.recorded_by and one.assessment_id else ""
    return f"{one.assessed_on} 按县参数包 {one.pack_version} 算的{by}"


def _notes(one: AssessmentView, shipped: bool) -> tuple[str, ...]:
    """What lacks and where it is set, then what a person should look at."""
    lacks = (f"缺：{rule_words.missing(key, shipped)}" for key in one.missing)
    return (*lacks, *(rule_words.alert(code) for code in one.alerts), *one.remarks)
