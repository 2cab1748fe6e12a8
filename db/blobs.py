"""Attachments of one store as encrypted files under keyed names, so that a name tells nothing.

File: magic `ZCB`, version 1, suite id, nonce, AES-256-GCM ciphertext; header and file name are bound in.
"""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

from db.crypto.kdf import derive
from db.crypto.sealer import Sealer
from db.crypto.suites import SMALL_SUITE, CryptoFailure
from db.files import in_words, sweep, write_whole
from db.refused import StoreRefused

FOLDER = "blobs"
_HEADER = b"ZCB\x01" + bytes([SMALL_SUITE])
_SUFFIX = ".zcb"


class Blobs:
    """The attachments of a store folder, by the SHA-256 (hex) of their clear bytes."""

    def __init__(self, folder: Path, key: bytes, read_only: bool = False) -> None:
        """`folder` is `blobs/`, `key` the data key; a writer makes the folder and sweeps leftovers."""
        self._folder = folder
        self._sealer = Sealer(derive(key, "blobs"))
        self._naming = derive(key, "blob names")
        if not read_only:
            with in_words():
                folder.mkdir(exist_ok=True)
                sweep(folder)

    def _path(self, sha256: str) -> Path:
        return self._folder / (self._name(sha256) + _SUFFIX)

    def _name(self, sha256: str) -> str:
        return hmac.digest(self._naming, bytes.fromhex(sha256), "sha256").hex()

    def put(self, data: bytes) -> str:
        """Keep bytes durably and give their hash; the same bytes twice are one file, a damaged one is mended.

        Raises StoreRefused `store.disk_full` or `store.not_writable`; then nothing is left behind.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if path.exists() and self._opened(path) == data:
            return sha256
        write_whole(path, _HEADER + self._sealer.seal(data, _HEADER + path.stem.encode()))
        return sha256

    def get(self, sha256: str) -> bytes:
        """The clear bytes; raises StoreRefused `blob.missing` or `blob.damaged`."""
        path = self._path(sha256)
        if not path.exists():
            raise _missing()
        data = self._opened(path)
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            raise _damaged()
        return data

    def has(self, sha256: str) -> bool:
        """Whether a file is there (not whether it is whole)."""
        return self._path(sha256).exists()

    def remove(self, sha256: str) -> None:
        """Take a file away; nothing happens when there is none."""
        with in_words():
            self._path(sha256).unlink(missing_ok=True)

    def files(self) -> list[Path]:
        """Every file, by name."""
        with in_words():
            return sorted(self._folder.iterdir()) if self._folder.is_dir() else []

    def verify(self, expected: Iterable[str] = ()) -> list[str]:
        """Open every file, and look for those that records name (`expected`: hashes); findings in words."""
        found = []
        for path in self.files():
            data = self._opened(path)
            if data is None:
                found.append(f"附件文件 {path.name} 坏了或被改动过")
            elif path.name != self._name(hashlib.sha256(data).hexdigest()) + _SUFFIX:
                found.append(f"附件文件 {path.name} 的名字和内容对不上")
        return found + [f"附件 {sha256[:12]} 不见了" for sha256 in expected if not self.has(sha256)]

    def _opened(self, path: Path) -> bytes | None:
        with in_words():
            raw = path.read_bytes() if path.is_file() else b""
        if raw[: len(_HEADER)] != _HEADER:
            return None
        try:
            return self._sealer.open(raw[len(_HEADER) :], _HEADER + path.stem.encode())
        except CryptoFailure:
            return None


def _missing() -> StoreRefused:
    return StoreRefused(
        "blob.missing",
        "这张照片或附件不在本机。",
        "文字资料没有受影响。",
        "请重拍一张，或等下次与县里交换时补回。",
    )


def _damaged() -> StoreRefused:
    return StoreRefused(
        "blob.damaged",
        "这张照片或附件的文件坏了，打不开。",
        "文字资料没有受影响。",
        "请重拍一张，或从备份恢复。",
    )
