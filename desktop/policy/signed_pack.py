"""A county pack as it arrives: signed by the county, readable, and by the rules; else it is refused whole (ZT-045)."""

from collections.abc import Callable

import msgspec

from db.refused import Refused
from desktop.policy.pack import CountyPack, PackUnreadable
from desktop.policy.pack_rules import faults_of

Verify = Callable[[bytes, bytes], bool]
"""Whether a signature is the county's over these bytes: (signature, content); the caller has the key."""

_SAFE = "原来的参数没有变，继续有效。"


class PackRefused(Refused):
    """A pack that is not the county's, cannot be read, or breaks a rule; nothing of it holds."""


def open_signed(content: bytes, signature: bytes, verify: Verify) -> CountyPack:
    """The pack in `content`; raises `PackRefused` (`policy.pack_signature`, `pack_unreadable`, `pack_rules`).

    The signature is looked at first: bytes from somebody else are not even parsed.
    """
    if not verify(signature, content):
        raise PackRefused(
            "policy.pack_signature", "这个参数包的签名不是县里的，没有采用。", _SAFE, "请向县民政局重新要一份。"
        )
    try:
        county = CountyPack.read(msgspec.json.decode(content))
    except PackUnreadable as unreadable:
        raise _unreadable(f"这个参数包读不出来：{unreadable}。") from unreadable
    except (msgspec.DecodeError, UnicodeError, RecursionError) as broken:
        raise _unreadable("这个参数包不是完整的文件。") from broken
    faults = faults_of(county.pack)
    if faults:
        rules = tuple(dict.fromkeys(fault.rule_id for fault in faults))
        keys = "、".join(dict.fromkeys(fault.key for fault in faults))
        raise PackRefused(
            "policy.pack_rules",
            f"参数包里有不合规定的数：{keys}（{'、'.join(rules)}）。",
            _SAFE,
            "请告诉县民政局改正后再发。",
            rules,
        )
    return county


def _unreadable(what: str) -> PackRefused:
    return PackRefused("policy.pack_unreadable", what, _SAFE, "请向县民政局重新要一份。")
