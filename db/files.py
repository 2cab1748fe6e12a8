"""Files that are there whole or not at all, and the one place that turns a full disk into words."""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from db.refused import StoreRefused

TEMPORARY = ".tmp"
"""Suffix of a file on its way; whoever holds the store's lock may sweep them."""


def disk_full() -> StoreRefused:
    """The refusal when there is no room left."""
    return StoreRefused(
        "store.disk_full",
        "磁盘满了，这一步没有存上。",
        "之前存好的资料都在，没有受影响。",
        "请腾出一些空间（删掉不用的大文件），再做一次。",
    )


def not_writable() -> StoreRefused:
    """The refusal when the medium does not let us write or read."""
    return StoreRefused(
        "store.not_writable",
        "这个文件夹读写不了。",
        "已有的资料没有改动。",
        "请检查磁盘或 U 盘是否插好、是否写保护、有没有权限。",
    )


@contextlib.contextmanager
def in_words() -> Iterator[None]:
    """Within it a failing file operation becomes StoreRefused `store.disk_full` or `store.not_writable`."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise disk_full() from error
        raise not_writable() from error


def write_whole(path: Path, data: bytes) -> None:
    """Write, flush to the disk, rename: after any interruption the old content or the new one is there.

    Raises StoreRefused `store.disk_full` or `store.not_writable`, leaving what was there.
    """
    temporary = path.with_name(path.name + TEMPORARY)
    with in_words():
        try:
            with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.replace(temporary, path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        settle(path.parent)


def settle(folder: Path) -> None:
    """Make renames in a folder durable, where the system has that notion."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush(path: Path) -> None:
    """Make a file's content durable."""
    with open(path, "rb+") as file:
        os.fsync(file.fileno())


def sweep(folder: Path) -> None:
    """Remove files that never got their name."""
    for path in folder.glob("*" + TEMPORARY):
        path.unlink(missing_ok=True)
