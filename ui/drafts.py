"""What was typed into a sheet that is saved as a whole and is not saved yet: in memory only, shown again."""

from collections.abc import Mapping
from typing import Any


class Drafts:
    """One draft a sheet, by the sheet's name; nothing of it reaches the disk."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def keep(self, sheet: str, typed: Mapping[str, Any]) -> None:
        """Remember what stands there; an empty sheet is no draft."""
        if typed:
            self._kept[sheet] = dict(typed)
        else:
            self.drop(sheet)

    def look(self, sheet: str) -> dict[str, Any]:
        """What was typed by field name; empty when there is nothing."""
        return dict(self._kept.get(sheet, {}))

    def drop(self, sheet: str) -> None:
        """It was saved."""
        self._kept.pop(sheet, None)

    def __len__(self) -> int:
        """How many wait to be saved."""
        return len(self._kept)
