"""Files that go out and come in at a person's wish: written whole or not at all, read with a limit."""

import os
from contextlib import suppress
from pathlib import Path

from db.refused import BadValue, StoreRefused

MOST_BYTES = 50_000_000


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; raises `StoreRefused` `file.not_written`."""
    part = path.with_name(path.name + ".part")
    try:
        if path.is_dir():
            raise IsADirectoryError(path)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise StoreRefused(
            "file.not_written",
            "文件写不进去（位置不对、磁盘满了、被占用或没有权限）。",
            "资料没有受影响。",
            "请换一个位置再做一次。",
        ) from error


def read_file(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file; raises `BadValue` when it is none or too large."""
    try:
        if not path.is_file():
            raise BadValue(
                "file.missing",
                "没有找到这个文件，或者它是一个文件夹。",
                "没有改动任何内容。",
                "请核对路径。",
            )
        if path.stat().st_size > most:
            raise BadValue(
                "file.too_big",
                f"文件超过 {most // 1_000_000} MB。",
                "没有改动任何内容。",
                "请核对是不是拿错了文件。",
            )
        return path.read_bytes()
    except OSError as error:
        raise BadValue(
            "file.unreadable",
            "文件读不出来。",
            "没有改动任何内容。",
            "请核对路径和权限。",
        ) from error
