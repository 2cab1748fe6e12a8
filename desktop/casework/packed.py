"""JSON kept in a field of a record as compressed bytes: what a gate was shown, what an answer rests on."""

import zlib
from typing import Any

import msgspec

from db.kinds import MOST_DATA
from db.refused import BadValue, Refused

_MOST_CLEAR = 16 * MOST_DATA


def packed(value: object) -> bytes:
    """The bytes of a value; raises `BadValue` for more than a record can carry."""
    data = zlib.compress(msgspec.json.encode(value), 9)
    if len(data) > MOST_DATA:
        raise BadValue(
            "record.too_large", "内容太多，一条记录装不下。", "没有改动任何内容。", "请减少随附的内容再做一次。"
        )
    return data


def unpacked(data: bytes | None) -> Any:
    """The value behind the bytes, None for none; raises `Refused` `record.damaged` for bytes that are no such thing."""
    if data is None:
        return None
    try:
        engine = zlib.decompressobj()
        clear = engine.decompress(data, _MOST_CLEAR)
        if engine.eof:
            return msgspec.json.decode(clear)
    except (zlib.error, msgspec.DecodeError, UnicodeError, RecursionError):
        pass
    raise Refused(
        "record.damaged",
        "这条记录随附的内容读不出来。",
        "其他资料没有受影响。",
        "请再测算一次，或与县里核对这条记录。",
    )
