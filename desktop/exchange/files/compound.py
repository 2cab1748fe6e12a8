"""Reads one stream out of a compound file, the container of the old .xls; trusts nothing that stands in it."""

import struct

from desktop.exchange.files.limits import Broken

_HEADER = 512
_ENTRY = 128
_FIRST_FAT_ENTRY = 76
_FAT_ENTRIES_IN_HEADER = 109
_LAST_SECTOR = 0xFFFFFFF9
_ROOT = 5
_STREAM = 2


class Compound:
    """A compound file; raises `Broken` (or `struct.error`, `ValueError`) wherever it leads nowhere."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Broken("sector size")
        self._size = 1 << shift
        self._fat = self._read_fat()
        directory = self._chain(struct.unpack_from("<I", data, 48)[0])
        self._entries = {entry[0]: entry for entry in _entries(directory)}
        self._cutoff = struct.unpack_from("<I", data, 56)[0]

    def stream(self, *names: str) -> tuple[str, bytes]:
        """The first of the named streams that is there, with its name."""
        for name in names:
            if name in self._entries and self._entries[name][1] == _STREAM:
                _, _, start, size = self._entries[name]
                return name, self._small(start, size) if size < self._cutoff else self._chain(start)[:size]
        raise Broken("no such stream")

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        found = self._data[start : start + self._size]
        if not found:
            raise Broken("sector")
        return found

    def _read_fat(self) -> list[int]:
        """The table of what sector follows which."""
        places = list(struct.unpack_from(f"<{_FAT_ENTRIES_IN_HEADER}I", self._data, _FIRST_FAT_ENTRY))
        following, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            if following >= _LAST_SECTOR:
                break
            more = _numbers(self._sector(following))
            places += more[:-1]
            following = more[-1]
        table: list[int] = []
        for place in places:
            if place < _LAST_SECTOR:
                table += _numbers(self._sector(place))
        return table

    def _chain(self, start: int) -> bytes:
        """All sectors from `start` on; a chain that runs in a circle is broken."""
        return b"".join(self._sector(number) for number in _followed(self._fat, start))

    def _small(self, start: int, size: int) -> bytes:
        """A stream that lies in pieces of 64 bytes inside the root's stream."""
        root = next((entry for entry in self._entries.values() if entry[1] == _ROOT), None)
        if root is None:
            raise Broken("no root")
        pieces = self._chain(root[2])
        table = _numbers(self._chain(struct.unpack_from("<I", self._data, 60)[0]))
        return b"".join(pieces[number * 64 : number * 64 + 64] for number in _followed(table, start))[:size]


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))


def _followed(table: list[int], start: int) -> list[int]:
    found: list[int] = []
    number = start
    while number < _LAST_SECTOR:
        if number >= len(table) or len(found) > len(table):
            raise Broken("chain")
        found.append(number)
        number = table[number]
    return found


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Name, kind, first sector and size of everything in the directory."""
    found = []
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, start + 64)
        name = directory[start : start + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        first, size = struct.unpack_from("<II", directory, start + 116)
        if kind in (_ROOT, _STREAM):
            found.append((name, kind, first, size))
    return found
