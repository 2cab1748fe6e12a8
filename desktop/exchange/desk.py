"""A ledger file on the desk: opened once, judged as often as a person corrects it, never changed itself."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property

import msgspec

from desktop.exchange.beside import BesideRow, Fault, beside, correctable, faults
from desktop.exchange.examining import judge
from desktop.exchange.files.cells import Workbook
from desktop.exchange.files.opening import open_workbook
from desktop.exchange.guidance import Guidance, Mend, Reading, Remembered, print_of
from desktop.exchange.profiles import profile
from desktop.exchange.report import Report


class Desk:
    """The file, what a person said of it so far, and the report of that; saying more gives another desk."""

    def __init__(self, book: Workbook, name: str, file_sha256: str, on: date, guidance: Guidance) -> None:
        self.book, self.name, self.on, self.guidance = book, name, on, guidance
        self._file_sha256 = file_sha256
        self.report: Report = judge(book, name, on=on, guidance=guidance)

    @property
    def mends(self) -> tuple[Mend, ...]:
        """The cells that were corrected."""
        return self.guidance.mends

    @cached_property
    def sha256(self) -> str:
        """What tells this reading from another: the file's own hash as long as nobody said anything of it."""
        if not self.guidance.mends and not self.guidance.readings:
            return self._file_sha256
        said = (self.guidance.mends, sorted(self.guidance.readings.items()))
        return hashlib.sha256(self._file_sha256.encode() + msgspec.msgpack.encode(said, order="sorted")).hexdigest()

    def mend(self, mends: Iterable[Mend]) -> "Desk":
        """With more cells corrected; one that reads as the file has it again is no correction."""
        by_place = {(one.sheet, one.row, one.column): one for one in self.mends}
        for one in mends:
            place = (one.sheet, one.row, one.column)
            before = by_place.pop(place, None)
            old = before.old if before is not None else one.old
            if one.text != old:
                by_place[place] = msgspec.structs.replace(one, old=old)
        return self._with(msgspec.structs.replace(self.guidance, mends=tuple(by_place.values())))

    def read_as(self, sheet: str, reading: Reading | None) -> "Desk":
        """With a sheet read as a person says, or as the program finds by itself, whatever was remembered."""
        readings = {name: one for name, one in self.guidance.readings.items() if name != sheet}
        if reading is not None:
            readings[sheet] = reading
            return self._with(msgspec.structs.replace(self.guidance, readings=readings))
        gone = self.remembered_as(sheet)
        kept = {key: one for key, one in self.guidance.remembered.items() if key != gone}
        return self._with(msgspec.structs.replace(self.guidance, readings=readings, remembered=kept))

    def remembered_as(self, sheet: str) -> str:
        """The print by which a sheet's heads are remembered; empty when they are not."""
        known = next((self.guidance.known_by(one) for one in self.book.sheets if one.name == sheet), None)
        return known[0] if known is not None else ""

    def to_remember(self) -> dict[str, Remembered]:
        """The readings by hand with the prints of their heads, for the next file with the same heads."""
        return {
            print_of(sheet, said.rows): Remembered(said.profile, len(said.rows), said.columns)
            for sheet in self.book.sheets
            if (said := self.guidance.readings.get(sheet.name)) is not None and said.rows
        }

    def beside(self, sheet: str, row: int) -> BesideRow | None:
        """A row of the file beside its result."""
        return beside(self.report, sheet, row, self.mends)

    def faults(self, code: str) -> list[Fault]:
        """The cells that one code holds back."""
        return faults(self.report, code, self.mends)

    def correctable(self) -> dict[str, int]:
        """Codes that can be corrected in cells, with their rows."""
        return correctable(self.report)

    def _with(self, guidance: Guidance) -> "Desk":
        return Desk(self.book, self.name, self._file_sha256, self.on, guidance)


def lay(
    data: bytes,
    name: str,
    on: date,
    remembered: Mapping[str, Remembered] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Desk:
    """Open a file; raises `BadValue` with a `LEDGER_` code where it cannot be read at all."""
    book = open_workbook(data, name, progress)
    return Desk(book, name, hashlib.sha256(data).hexdigest(), on, Guidance(remembered=remembered or {}))


def reading_of(desk: Desk, sheet: str) -> Reading | None:
    """How a sheet is read now, to begin a correction of its columns from."""
    said = desk.guidance.readings.get(sheet)
    if said is not None and said.rows:
        return said
    for chosen in desk.report.sheets:
        if chosen.sheet.name == sheet and chosen.profile is not None and chosen.header is not None:
            return Reading(chosen.profile.code, chosen.header.rows, dict(chosen.header.columns))
    return Reading(said.profile) if said is not None else None


def needed_labels(code: str, columns: Mapping[str, int]) -> list[str]:
    """The columns that this kind of ledger cannot do without and that nobody has named yet, in words."""
    kind = profile(code)
    gone = [f.names[0] for f in kind.fields if f.needed and f.key not in columns and f.key not in kind.from_name]
    if kind.one_of and not any(key in columns for key in kind.one_of):
        gone.append(" 或 ".join(kind.by_key[key].names[0] for key in kind.one_of))
    return gone
