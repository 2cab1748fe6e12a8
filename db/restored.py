"""The mark of a store that came back from a backup, until the first writer has drawn the consequences.

A restored store may have forgotten what it already sent or numbered: sync opens a new stream, document
numbers skip 200 (D13). The caller does both in one transaction and then clears the mark; twice is harmless.
"""

import hmac
from pathlib import Path

import msgspec

from db.crypto.kdf import derive
from db.files import in_words, write_whole

FILE = "restored.json"


class RestoredMark(msgspec.Struct, frozen=True):
    """Which backup came back and when (UTC instants, ISO)."""

    backup: str
    made_at: str
    restored_at: str
    mac: bytes = b""


def _mac(mark: RestoredMark, key: bytes) -> bytes:
    body = msgspec.json.encode([mark.backup, mark.made_at, mark.restored_at])
    return hmac.digest(derive(key, "restored mark"), body, "sha256")


def mark_restored(folder: Path, key: bytes, mark: RestoredMark) -> None:
    """Write the mark, authenticated by the data key."""
    signed = msgspec.structs.replace(mark, mac=_mac(mark, key))
    write_whole(folder / FILE, msgspec.json.encode(signed))


def restored_mark(folder: Path) -> RestoredMark | None:
    """The mark, None when the store was not restored or the consequences are drawn.

    A mark that cannot be read still counts: its consequences are harmless, overlooking it is not.
    """
    with in_words():
        if not (folder / FILE).exists():
            return None
        raw = (folder / FILE).read_bytes()
    try:
        return msgspec.json.decode(raw, type=RestoredMark)
    except msgspec.DecodeError:
        return RestoredMark("", "", "")


def clear_restored_mark(folder: Path) -> None:
    """The consequences are drawn and committed."""
    with in_words():
        (folder / FILE).unlink(missing_ok=True)


def findings(folder: Path, key: bytes) -> list[str]:
    """What is wrong with the mark, in words."""
    mark = restored_mark(folder)
    if mark is None or hmac.compare_digest(mark.mac, _mac(mark, key)):
        return []
    return [f"恢复标记（{FILE}）被改动过"]
