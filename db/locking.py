"""One program at a time may write a store: an operating-system lock that ends with its process."""

import os
import sys
from pathlib import Path

from db.files import in_words
from db.refused import StoreRefused

FILE = "store.lock"


class FolderLock:
    """The held lock of a store folder; the file stays, empty, when it is released."""

    def __init__(self, folder: Path) -> None:
        """Raises StoreRefused `store.in_use` when another program (or this one) has the store open."""
        with in_words():
            self._handle = os.open(folder / FILE, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._handle)
        except OSError:
            os.close(self._handle)
            raise StoreRefused(
                "store.in_use",
                "这个资料库正开着：另一个走村窗口或命令正在用它。",
                "资料没有受影响。",
                "请先关掉或锁上那一个，再试一次。",
            ) from None

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
