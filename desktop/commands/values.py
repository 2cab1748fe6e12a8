"""What people write on the command line: `FIELD=VALUE`, `@file`, `-`, files of JSON; bad values are refusals."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from db.refused import BadValue
from desktop.casework.files import read_file

MOST_JSON = 20_000_000
_SAFE = "没有改动任何内容。"


def pairs(given: Sequence[str]) -> dict[str, Any]:
    """`F=V` texts as a map; `F=@file.json` and `F=-` read JSON; the same field twice is refused."""
    found: dict[str, Any] = {}
    for part in given:
        name, sign, value = part.partition("=")
        if not sign or not name.strip():
            raise BadValue(
                "value.not_a_pair",
                "每一项要写成 字段=值。",
                _SAFE,
                "例如 phone=13800001234；要清空就写 phone=。",
            )
        name = name.strip()
        if name in found:
            raise BadValue("value.twice", f"“{name[:40]}”写了两次。", _SAFE, "同一项只写一次。")
        found[name] = _value(value)
    return found


def _value(text: str) -> Any:
    if text == "-":
        return json_from("-")
    if text.startswith("@"):
        return json_from(text[1:])
    return text


def json_from(name: str) -> Any:
    """JSON of a file, or of standard input for `-`; raises `BadValue` for anything else."""
    data = sys.stdin.buffer.read(MOST_JSON + 1) if name == "-" else bytes_from(name, MOST_JSON)
    if len(data) > MOST_JSON:
        raise BadValue("file.too_big", "内容超过 20 MB。", _SAFE, "请核对是不是拿错了文件。")
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadValue(
            "file.not_json",
            "文件内容不是 JSON（要 UTF-8 编码）。",
            _SAFE,
            "请核对文件，常见是少了引号、逗号或括号。",
        ) from error


def bytes_from(name: str, most: int) -> bytes:
    """The bytes of a file up to a size; raises `BadValue` when it is not a readable file or larger."""
    return read_file(path_of(name), most)


def path_of(name: str) -> Path:
    """A path as typed; raises `BadValue` for one that no system could have."""
    try:
        if not name or "\0" in name:
            raise ValueError(name)
        path = Path(name).expanduser()
        path.exists()  # the system itself says what is too long for it
    except (ValueError, OSError, RuntimeError) as error:  # RuntimeError: `~somebody` who is not there
        raise BadValue("file.bad_path", "路径写得不对，或没有权限看它。", _SAFE, "请核对路径。") from error
    return path


def number(text: str | None, label: str, default: int) -> int:
    """A whole number above zero."""
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < 1:
        raise BadValue("value.bad_number", f"{label} 要写大于 0 的整数。", _SAFE, "例如 20。")
    return int(text)
