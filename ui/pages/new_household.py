"""The sheet of a new household: where it lives and its head; kept as a draft until it is saved."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from db.refused import Refused
from desktop.casework import households
from desktop.casework.fields import HOUSEHOLD_LABELS
from desktop.casework.views import Added
from ui import work
from ui.page import Host
from ui.pages.person import person_field
from ui.parts.basics import button, column, label, row, scrolled
from ui.parts.grid import Grid
from ui.parts.inputs import Field, choice_field, text_field

SHEET = "household new"
HUKOU = {"rural": "农村", "urban": "城镇", "resident": "居民户"}
_HEAD = ("name", "id_number", "sex", "birth_date", "phone")


def household_fields() -> dict[str, Field]:
    """The inputs of a household."""
    return {
        name: choice_field(words, HUKOU) if name == "hukou" else text_field(words)
        for name, words in HOUSEHOLD_LABELS.items()
    }


class NewHousehold(QWidget):
    """`added(view)` and `refused(refusal)` tell how saving ended."""

    def __init__(self, host: Host, added: Callable[[Added], None], refused: Callable[[Refused], None]) -> None:
        super().__init__()
        self._workspace, self._drafts, self._tell, self._refuse = host.workspace, host.drafts, added, refused
        self._adding = False
        self.fields = household_fields()
        self.head = {name: person_field(name) for name in _HEAD}
        inner = QWidget()
        lines = column(inner, margin=12)
        lines.addWidget(label("住在哪里", "head"))
        lines.addWidget(Grid(list(self.fields.values())))
        lines.addWidget(label("户主", "head"))
        lines.addWidget(Grid(list(self.head.values())))
        lines.addStretch(1)
        outer = column(self)
        outer.addWidget(scrolled(inner), 1)
        foot = row(button("保存家庭", self.add, "primary", "Ctrl+S"), label("没保存之前，填的都留着", "small"), None)
        foot.setContentsMargins(*(lines.contentsMargins().left() for _ in range(4)))
        outer.addLayout(foot)
        self._take_up()

    def _take_up(self) -> None:
        kept = self._drafts.look(SHEET)
        for name, value in kept.get("home", {}).items():
            self.fields[name].set_value(value)
        for name, value in kept.get("head", {}).items():
            self.head[name].set_value(value)

    def leave(self) -> None:
        """Keep what was typed as a draft."""
        home, head = _typed(self.fields), _typed(self.head)
        if not self._adding:
            self._drafts.keep(SHEET, {"home": home, "head": head} if home or head else {})

    def add(self) -> None:
        """Save the household with its head."""
        if self._adding:
            return
        self.leave()
        self._adding = True
        given: dict[str, Any] = _typed(self.fields) | {"members": [{"relation": "02"} | _typed(self.head)]}
        work.submit(self._workspace, lambda act: households.add(act, given), self._added, self._not_added)

    def _added(self, added: Added) -> None:
        self._drafts.drop(SHEET)
        self._tell(added)

    def _not_added(self, refusal: Refused) -> None:
        self._adding = False
        if isValid(self):
            self._refuse(refusal)


def _typed(fields: dict[str, Field]) -> dict[str, Any]:
    return {name: value for name, field in fields.items() if (value := field.value()) is not None}
