"""The county's pack of parameters on its way to the townships: held to the rules, then signed as a whole (ZT-045)."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from db.refused import BadValue, Refused
from desktop.policy.pack_file import to_sign, wrapped
from desktop.policy.pack_rules import oddities_of, unset_keys
from desktop.policy.signed_pack import open_signed
from sync.county import keys

_SAFE = "没有写出任何文件。"
MOST_BYTES = 20_000_000


def sign(options: Namespace) -> dict[str, Any]:
    """Sign a pack for this county's laptops; raises `PackRefused` for one that no laptop would take."""
    county = keys.load(Path(options.data))
    content = _read(options.pack)
    pack = open_signed(content, b"", lambda signature, data: True).pack
    if pack.county_code not in (None, county.code):
        raise BadValue("pack.other_county", "参数包里写的是别的县。", _SAFE, "请核对 county_code。")
    signature = county.keys().sign(to_sign(content, county.training))
    _write(options.out, wrapped(content, signature))
    return {
        "pack_version": pack.pack_version,
        "path": options.out,
        "warnings": list(oddities_of(pack)),
        "missing": list(unset_keys(pack)),
    }


def _read(name: str) -> bytes:
    try:
        path = Path(name)
        if name and path.stat().st_size <= MOST_BYTES:
            return path.read_bytes()
    except (OSError, ValueError):
        pass
    raise BadValue("county.no_file", "读不到这个文件，或者太大。", _SAFE, "请检查路径。")


def _write(name: str, data: bytes) -> None:
    try:
        if name:
            Path(name).write_bytes(data)
            return
    except (OSError, ValueError):
        pass
    raise Refused("pack.not_written", "签名的参数包没有写成。", _SAFE, "请换一个位置再运行一次。")
