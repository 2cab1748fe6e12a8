"""Which rows of a file become rows of a sheet, the same for every kind of file: not the blank ones, not too many."""

from collections.abc import Callable

from desktop.exchange.files.cells import TEXT, Cell, Sheet, cover
from desktop.exchange.files.limits import MAX_BLANK_RUN, MAX_LAST_ROW, MAX_ROWS, TooLarge

_TELL_EVERY = 200


class Keeper:
    """Takes the rows of one sheet as they come."""

    def __init__(self, sheet: Sheet, progress: Callable[[int], None] | None = None) -> None:
        self._sheet = sheet
        self._progress = progress
        self._last = 0
        self.past_end = False
        """So many blank rows came that the rest is left alone."""

    def keep(self, number: int, row: dict[int, Cell]) -> None:
        """One row; raises `TooLarge`."""
        if self.past_end or all(_nothing(cell) for cell in row.values()):
            return
        if number - self._last > MAX_BLANK_RUN:
            self.past_end = True
            return
        self._last = number
        self._sheet.rows[number] = row
        count = len(self._sheet.rows)
        if count > MAX_ROWS or number > MAX_LAST_ROW:
            raise TooLarge(self._sheet.name)
        if self._progress is not None and count % _TELL_EVERY == 0:
            self._progress(count)

    def finish(self) -> None:
        """All rows and merges have come; raises `TooLarge`."""
        if not cover(self._sheet):
            raise TooLarge(self._sheet.name)


def _nothing(cell: Cell) -> bool:
    """No value and no formula either."""
    return cell.kind == TEXT and not cell.formula and cell.blank
