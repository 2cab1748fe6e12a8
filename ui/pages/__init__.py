"""The pages of the window, one module each; they show views of the workspace and hand acts to its worker."""

from collections.abc import Callable
from dataclasses import dataclass

from ui.page import Host, Page


@dataclass(frozen=True)
class Place:
    """A page: words and icon in the navigation (none: reached from another, `under` which it stays lit)."""

    module: str
    name: str
    words: str = ""
    icon: str = ""
    under: str = ""
    foot: bool = False
    """At the lower end of the navigation."""

    @property
    def make(self) -> Callable[[Host], Page]:
        """The page's class, loaded when it is first shown."""
        from importlib import import_module

        found: Callable[[Host], Page] = getattr(import_module(f"ui.pages.{self.module}"), self.name)
        return found


PLACES: dict[str, Place] = {
    "households": Place("households", "HouseholdsPage", "家庭与人员", "home"),
    "cases": Place("cases", "CasesPage", "办件", "file-text"),
    "visits": Place("visits", "VisitsPage", "走访", "clipboard-text"),
    "documents": Place("documents", "DocumentsPage", "文书", "printer"),
    "ledgers": Place("ledgers.page", "LedgersPage", "台账", "table-import"),
    "sync": Place("sync", "SyncPage", "同步", "refresh"),
    "settings": Place("settings", "SettingsPage", "设置", "settings", foot=True),
    "household": Place("household", "HouseholdPage", under="households"),
    "visit": Place("visit", "VisitPage", under="visits"),
    "case": Place("case", "CasePage", under="cases"),
    "why": Place("why", "WhyPage", under="visits"),
}
"""Only what exists; a page that is not built has no entry."""
