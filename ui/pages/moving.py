"""The panel where a case is brought into another status: what stands in the way, the facts that meet it, the act."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from db.refused import Refused
from desktop.casework import gates, move_forms
from desktop.casework.case_views import CaseMoved, Hindrance, MoveForm, Want
from desktop.casework.work import Work
from ui import work
from ui.page import Host
from ui.parts.basics import button, clear, column, focus_soon, label, refusal_text, row, scrolled
from ui.parts.inputs import Field, choice_field, long_field, text_field

_YES = {True: "是", False: "否"}


def sheet_of(case_id: str, to: str) -> str:
    """The name of the draft of a move."""
    return f"move {case_id} {to}"


def _field(want: Want, people: Mapping[str, str]) -> Field:
    if want.kind == "yes":
        return choice_field(want.words, _YES)
    if want.kind == "people":
        return choice_field(want.words, people, many=True)
    if want.kind == "choice":
        return choice_field(want.words, want.options)
    if want.kind == "lines":
        return long_field(f"{want.words}（{want.hint}，Ctrl+Enter 换行）")
    return text_field(want.words, form=want.kind if want.kind != "text" else "", hint=want.hint)


def _given(want: Want, value: Any) -> Any:
    """A field's value as `gates.move` takes it."""
    return [line.strip() for line in str(value).splitlines() if line.strip()] if want.kind == "lines" else value


class MovePanel(QWidget):
    """`done(moved)` tells of a move that was made, `closed()` that the panel is put away; what was typed is kept."""

    def __init__(
        self, host: Host, case_id: str, form: MoveForm, done: Callable[[CaseMoved], None], closed: Callable[[], object]
    ) -> None:
        super().__init__()
        self._host, self.case_id, self.form, self._done, self._closed = host, case_id, form, done, closed
        self._moving = False
        self._over = False
        self._told: list[str] = []
        self.fields: dict[str, Field] = {}
        inner = QWidget()
        lines = column(inner, margin=10)
        lines.addWidget(label(f"{form.before} → {form.name}", "head"))
        lines.addWidget(label(f"办理日 {form.on}；办了就记进经过，不能倒回。", "small", wrap=True))
        if not form.yours:
            lines.addWidget(label("! 这一步不由您的角色办。", "warn", wrap=True))
        self._refused = label(kind="error", wrap=True)
        self._refused.hide()
        lines.addWidget(self._refused)
        holder = QWidget()
        self._ways = column(holder, gap=6)
        lines.addWidget(holder)
        for words, wants in (("要写明", form.needed), ("有的才填", form.may)):
            if wants:
                lines.addWidget(label(words, "head"))
            for want in wants:
                self.fields[want.key] = _field(want, form.people)
                lines.addWidget(self.fields[want.key])
        self.fields["note"] = text_field("说明（可以不写）")
        lines.addWidget(self.fields["note"])
        lines.addStretch(1)
        outer = column(self)
        outer.addWidget(scrolled(inner), 1)
        self.go = button(f"办理：{form.name}", self.move_on, "primary", "Ctrl+S")
        self.away = button("收起", self.put_away)
        foot = row(self.go, self.away, None)
        foot.setContentsMargins(*([lines.contentsMargins().left()] * 4))
        outer.addLayout(foot)
        for key, value in host.drafts.look(sheet_of(case_id, form.status)).items():
            if key in self.fields:
                self.fields[key].set_value(value)
        self.show_ways(form.hindrances)

    def focus_first(self) -> None:
        """The first fact that is asked for, else the act itself."""
        needed = [self.fields[want.key] for want in self.form.needed]
        focus_soon(needed[0] if needed else self.go)

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, by key."""
        return {key: value for key, field in self.fields.items() if (value := field.value()) not in (None, [])}

    def leave(self) -> None:
        """Keep what was typed as a draft."""
        if not self._over:
            self._host.drafts.keep(sheet_of(self.case_id, self.form.status), self.typed())
            self._host.refresh_status()

    def put_away(self) -> None:
        """Back to the case; what was typed stays."""
        self.leave()
        self._closed()

    def show_ways(self, hindrances: tuple[Hindrance, ...]) -> None:
        """What stands in the way: the condition with its rules, and what to do."""
        clear(self._ways)
        self._told = [f"✗ {one.words}（{'、'.join(one.rules)}）\n{one.do}" for one in hindrances]
        if not hindrances:
            self._ways.addWidget(label("✓ 条件都具备，可以办理。", "good", wrap=True))
        for one in hindrances:
            self._ways.addWidget(label(f"✗ {one.words}（{'、'.join(one.rules)}）", "error", wrap=True))
            self._ways.addWidget(label(one.do, "small", wrap=True))

    @property
    def said(self) -> str:
        """Everything that stands in the way, as it is read."""
        return "\n".join([*([] if self._refused.isHidden() else [self._refused.text()]), *self._told])

    def move_on(self) -> None:
        """Make the move, or say what the rules have against it."""
        if self._moving:
            return
        self._moving = True
        kinds = {want.key: want for want in (*self.form.needed, *self.form.may)}
        values = {key: _given(kinds[key], one) if key in kinds else one for key, one in self.typed().items()}
        case, to = self.case_id, self.form.status

        def act(on: Work) -> CaseMoved | MoveForm:
            """What blocks is asked first, so that every rule can be told with what to do."""
            tried = move_forms.form(on, case, to, values)
            return tried if tried.hindrances else gates.move(on, case, to, values)

        work.submit(self._host.workspace, act, self._answered, self._not_moved)

    def _answered(self, told: CaseMoved | MoveForm) -> None:
        if isinstance(told, CaseMoved):
            self._over = True
            self._host.drafts.drop(sheet_of(self.case_id, self.form.status))
            self._done(told)
        elif isValid(self):
            self._moving = False
            self._refused.setText("✕ 还不能办，案件没有改动，填的都留着。")
            self._refused.show()
            self.show_ways(told.hindrances)
            self.focus_first()

    def _not_moved(self, refusal: Refused) -> None:
        if isValid(self):
            self._moving = False
            self._refused.setText(f"✕ {refusal_text(refusal)}")
            self._refused.show()
