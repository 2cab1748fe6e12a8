"""Texts of .xls records, which may run over into continued records and change their width there."""

import struct

from desktop.exchange.files.limits import Broken

_MOST_STRINGS = 5_000_000


class Pieces(list[bytes]):
    """The body of a record and of those that continue it."""


class _Reader:
    """Reads through pieces from a place on."""

    def __init__(self, pieces: Pieces, offset: int) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = offset

    def take(self, size: int) -> bytes:
        """Bytes that may lie in several pieces."""
        found = b""
        while len(found) < size:
            here = self._pieces[self._piece][self._at : self._at + size - len(found)]
            found += here
            self._at += len(here)
            if len(found) < size:
                self._next()
        return found

    def _next(self) -> None:
        self._piece += 1
        self._at = 0
        if self._piece >= len(self._pieces):
            raise Broken("text")

    def characters(self, count: int, wide: bool) -> str:
        """Characters; where they run over, a new piece begins with their width."""
        found: list[str] = []
        while count > 0:
            room = len(self._pieces[self._piece]) - self._at
            fitting = min(count, room // 2 if wide else room)
            raw = self.take(fitting * 2 if wide else fitting)
            found.append(raw.decode("utf-16-le", "replace") if wide else raw.decode("latin-1"))
            count -= fitting
            if count > 0:
                self._next()
                wide = bool(self.take(1)[0] & 1)
        return "".join(found)


def read_text(pieces: Pieces, offset: int) -> str:
    """One text with its length in front."""
    return _text(_Reader(pieces, offset))


def read_table(pieces: Pieces) -> list[str]:
    """The table of shared texts."""
    count = min(struct.unpack_from("<I", pieces[0], 4)[0], _MOST_STRINGS)
    reader = _Reader(pieces, 8)
    return [_text(reader) for _ in range(count)]


def _text(reader: _Reader) -> str:
    count, flags = struct.unpack("<HB", reader.take(3))
    runs = struct.unpack("<H", reader.take(2))[0] if flags & 8 else 0
    hints = struct.unpack("<I", reader.take(4))[0] if flags & 4 else 0
    text = reader.characters(count, bool(flags & 1))
    reader.take(runs * 4)
    reader.take(hints)
    return text
