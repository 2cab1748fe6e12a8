"""One folder that holds a whole store, encrypted and proven by opening it, and the way back.

    write(store, folder) -> Manifest
    restore(folder, target, user, password) -> Manifest      # then Store.open(target, …), see db/restored.py

The folder: `store.db` (compact, same key), `keyring.json`, `blobs/`, and last of all `backup.json`, the
manifest with counts and hashes under a MAC. Without the manifest it is no backup.
"""

import hashlib
import hmac
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from db import engine as cipher
from db import keyring
from db.blobs import FOLDER as BLOBS
from db.blobs import Blobs
from db.crypto.kdf import derive
from db.files import disk_full, flush, in_words, settle, sweep, write_whole
from db.operation import new_id
from db.refused import StoreRefused
from db.restored import RestoredMark, mark_restored
from db.store import FILE as STORE
from db.store import Store, making
from db.tables.journal import RecordRow

FILE, WRITING = "backup.json", "backup.making"
FORMAT = 1

Step = Callable[[int, int, str], None]


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds: records by kind, every file with size and SHA-256; nothing about people."""

    format: int
    backup: str
    store_id: str
    made_at: str
    """UTC instant, ISO."""
    counts: dict[str, int]
    files: dict[str, tuple[int, str]]
    mac: bytes = b""

    def body(self) -> bytes:
        """What the MAC covers."""
        return msgspec.json.encode(msgspec.structs.replace(self, mac=b""), order="deterministic")


def _quiet(done: int, total: int, text: str) -> None:
    """Nobody watches."""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _mac(manifest: Manifest, key: bytes) -> bytes:
    return hmac.digest(derive(key, "backup manifest"), manifest.body(), "sha256")


def write(store: Store, folder: Path, step: Step = _quiet) -> Manifest:
    """Write a backup into a new or empty folder and prove it by opening it.

    Raises StoreRefused `backup.not_empty`, `backup.inside_store`, `backup.damaged` (the medium gave back
    something else), `store.disk_full`, `store.not_writable`; then the folder is empty, the store untouched.
    """
    _claim(store, folder)
    try:
        key = store.data_key()
        step(0, 0, "正在复制资料库")
        cipher.copy_to(store.folder / STORE, derive(key, "store"), folder / STORE)
        with in_words():
            flush(folder / STORE)
            shutil.copyfile(store.folder / keyring.FILE, folder / keyring.FILE)
            flush(folder / keyring.FILE)
        _copy_blobs(store.folder / BLOBS, folder / BLOBS, step)
        manifest = _describe(folder, key, store.identity.store_id)
        write_whole(folder / FILE, msgspec.json.encode(manifest))
        step(0, 0, "正在打开核对")
        check(folder, key)
        with in_words():
            (folder / WRITING).unlink()
            settle(folder)
    except BaseException:
        _wipe(folder)
        raise
    return manifest


def _claim(store: Store, folder: Path) -> None:
    if folder.resolve().is_relative_to(store.folder.resolve()):
        raise StoreRefused(
            "backup.inside_store",
            "备份不能放在资料库自己的文件夹里。",
            "没有写入任何内容。",
            "请另选一个文件夹，最好在 U 盘或另一块磁盘上。",
        )
    with in_words():
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / WRITING).exists():
            _wipe(folder)
        if any(folder.iterdir()):
            raise StoreRefused(
                "backup.not_empty",
                "这个文件夹不是空的，备份没有写入。",
                "里面原有的内容没有改动。",
                "请另选一个空文件夹，例如以今天的日期取名。",
            )
        needed = sum(path.stat().st_size for path in _parts(store.folder))
        if shutil.disk_usage(folder).free < needed:
            raise disk_full()
        (folder / WRITING).touch()


def _parts(folder: Path) -> Iterator[Path]:
    """The files of a store or backup that a manifest lists."""
    yield folder / STORE
    yield folder / keyring.FILE
    if (folder / BLOBS).is_dir():
        yield from sorted((folder / BLOBS).iterdir())


def _copy_blobs(source: Path, target: Path, step: Step) -> None:
    with in_words():
        target.mkdir(exist_ok=True)
        files = sorted(path for path in source.iterdir() if path.suffix == ".zcb") if source.is_dir() else []
        for done, path in enumerate(files, 1):
            shutil.copyfile(path, target / path.name)
            flush(target / path.name)
            step(done, len(files), "正在复制附件")
        settle(target)


def _describe(folder: Path, key: bytes, store_id: str) -> Manifest:
    with in_words():
        files = {_name(folder, path): (path.stat().st_size, _sha256(path)) for path in _parts(folder)}
    plain = Manifest(FORMAT, new_id(), store_id, _now(), _counts(folder, key), files)
    return msgspec.structs.replace(plain, mac=_mac(plain, key))


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _sha256(path: Path) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _counts(folder: Path, key: bytes) -> dict[str, int]:
    engine = cipher.open_engine(folder / STORE, derive(key, "store"), cipher.READ)
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(RecordRow.kind, func.count()).group_by(RecordRow.kind))
            return dict(sorted((kind, count) for kind, count in rows))
    finally:
        engine.dispose()


def read_manifest(folder: Path) -> Manifest:
    """What the backup says of itself, unauthenticated; raises StoreRefused `backup.missing`, `damaged`."""
    with in_words():
        if not (folder / FILE).is_file():
            raise StoreRefused(
                "backup.missing",
                "这个文件夹里没有写完的备份。",
                "没有改动任何内容。",
                "请检查文件夹是否选对，或换一份备份。",
            )
        raw = (folder / FILE).read_bytes()
    try:
        return msgspec.json.decode(raw, type=Manifest)
    except msgspec.DecodeError:
        raise _damaged(f"清单（{FILE}）读不出来") from None


def check(folder: Path, key: bytes) -> Manifest:
    """Prove a backup with the data key: manifest, every file's hash, every page, keyring, blobs, counts.

    Raises StoreRefused `backup.missing` or `backup.damaged`, which says what is wrong.
    """
    manifest = read_manifest(folder)
    if not hmac.compare_digest(manifest.mac, _mac(manifest, key)):
        raise _damaged(f"清单（{FILE}）被改动过")
    with in_words():
        there = {_name(folder, path): path for path in _parts(folder) if path.exists()}
        for name, (size, sha256) in manifest.files.items():
            path = there.get(name)
            if path is None or path.stat().st_size != size or _sha256(path) != sha256:
                raise _damaged(f"{name} 缺了或和写入时不一样")
    if extra := there.keys() - manifest.files.keys():
        raise _damaged(f"多出了 {min(extra)}")
    keyring.authenticate(folder, key)
    found = cipher.page_findings(folder / STORE, derive(key, "store"))
    found += Blobs(folder / BLOBS, key, read_only=True).verify()
    if found or _counts(folder, key) != manifest.counts:
        raise _damaged(found[0] if found else "记录数和清单对不上")
    return manifest


def restore(folder: Path, target: Path, user: str, password: str, step: Step = _quiet) -> Manifest:
    """Bring a backup into a folder without a store, checked before and after; the backup itself is only read.

    The new store carries the mark of `db.restored`. Raises StoreRefused `backup.missing`, `backup.damaged`,
    `store.exists`, `store.wrong_password` and others of `keyring.unlock`; then the target holds no store.
    """
    read_manifest(folder)
    with making(target) as lock:
        with in_words():
            shutil.copyfile(folder / keyring.FILE, target / keyring.FILE)
        key = keyring.unlock(target, user, password).key
        manifest = check(folder, key)
        step(0, 0, "正在复制资料库")
        with in_words():
            shutil.copyfile(folder / STORE, target / STORE)
            flush(target / STORE)
            flush(target / keyring.FILE)
        _copy_blobs(folder / BLOBS, target / BLOBS, step)
        for name, (_, sha256) in manifest.files.items():
            with in_words():
                same = _sha256(target / name) == sha256
            if not same:
                raise _damaged(f"{name} 复制后不一样")
        mark_restored(target, key, RestoredMark(manifest.backup, manifest.made_at, _now()))
    lock.release()
    return manifest


def _damaged(what: str) -> StoreRefused:
    return StoreRefused(
        "backup.damaged",
        f"这份备份不完整或被改动过：{what}。",
        "没有恢复任何内容，正在用的资料库没有改动。",
        "请换一份备份，或换一个 U 盘重新备份。",
    )


def _wipe(folder: Path) -> None:
    """Take away what was written under the marker, so that a half backup is never taken for a whole one."""
    with in_words():
        for name in (FILE, STORE, STORE + "-wal", STORE + "-shm", STORE + "-journal", keyring.FILE):
            (folder / name).unlink(missing_ok=True)
        shutil.rmtree(folder / BLOBS, ignore_errors=True)
        sweep(folder)
        (folder / WRITING).unlink(missing_ok=True)
