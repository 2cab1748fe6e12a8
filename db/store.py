"""The encrypted store of one township on one laptop: a folder with `store.db`, `keyring.json` and `blobs/`.

    Store.create(folder, user, password, township, township_name, training=False) -> (Store, recovery_code)
    Store.open(folder, user, password, read_only=False) -> Store
    Store.recover(folder, code, user, new_password)

A store is open as a whole or not at all: whatever fails on the way closes everything again.
"""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from db import engine as cipher
from db import keyring, restored
from db.attempts import FILE as ATTEMPTS
from db.attempts import Clock, machine_clock
from db.blobs import FOLDER as BLOBS
from db.blobs import Blobs
from db.crypto.kdf import KdfCost, derive
from db.crypto.parties import PublicKeys
from db.files import in_words, settle, sweep
from db.keyring import Identity, Unlocked, UserEntry
from db.locking import FILE as LOCK
from db.locking import FolderLock
from db.refused import Refused, StoreRefused

FILE = keyring.STORE_FILE
MAKING = "store.making"
"""Marks a folder whose store is being made; what stands beside it was never handed to anybody."""
FIRST_ROLES = ("township_clerk", "sysadmin")
"""Roles of the first user (D16)."""

Prepare = Callable[[Engine], None]


def _migrate(engine: Engine) -> None:
    """Bring the schema up to date; imported here because alembic is slow to load and not needed to refuse."""
    from db import migrations

    migrations.upgrade(engine)


class Store:
    """One open store. `engine` and `session()` write; `read_connection()` reads beside them."""

    def __init__(self, folder: Path, unlocked: Unlocked, read_only: bool, lock: FolderLock | None) -> None:
        """Use `create` or `open`."""
        self.folder = folder
        self.identity: Identity = unlocked.identity
        self.read_only = read_only
        self._key = unlocked.key
        self._lock = lock
        self._path = folder / FILE
        file_key = derive(self._key, "store")
        self._reader = cipher.open_engine(self._path, file_key, cipher.READ)
        self.engine = self._reader if read_only else cipher.open_engine(self._path, file_key, cipher.WRITE)
        self.blobs = Blobs(folder / BLOBS, self._key, read_only)

    @classmethod
    def create(
        cls,
        folder: Path,
        user: str,
        password: str,
        township: str,
        township_name: str,
        training: bool = False,
        *,
        roles: Sequence[str] = FIRST_ROLES,
        cost: KdfCost | None = None,
        prepare: Prepare = _migrate,
    ) -> tuple["Store", str]:
        """Make a store with its first user; the open store and the recovery code, which is shown only now.

        `cost` None takes `kdf.DEFAULT`. Raises StoreRefused `store.` exists, in_use, disk_full,
        BadValue `store.short_password`, `store.bad_user`; then the folder holds no store.
        """
        keyring.check_password(password)
        header = keyring.new_header(township, township_name, training)
        with making(folder) as lock:
            unlocked, code = keyring.create(folder, header, user, roles, password, cost)
            _make_file(folder / FILE, derive(unlocked.key, "store"), prepare)
            return cls(folder, unlocked, False, lock), code

    @classmethod
    def open(
        cls,
        folder: Path,
        user: str,
        password: str,
        *,
        read_only: bool = False,
        clock: Clock = machine_clock,
        prepare: Prepare = _migrate,
    ) -> "Store":
        """Open a store as its writer, or `read_only` beside another program that has it open.

        Raises StoreRefused `store.` missing, unfinished, in_use, damaged, newer, disk_full, not_writable,
        other_version (read only) and what `keyring.unlock` raises.
        """
        _look(folder)
        with contextlib.ExitStack() as undo:
            lock = None
            if not read_only:
                lock = FolderLock(folder)
                undo.callback(lock.release)
                with in_words():
                    sweep(folder)
            unlocked = keyring.unlock(folder, user, password, clock)
            file_key = derive(unlocked.key, "store")
            cipher.check_contact(folder / FILE, file_key, cipher.READ if read_only else cipher.WRITE)
            store = cls(folder, unlocked, read_only, lock)
            undo.callback(store.close)
            if read_only:
                _check_version(store.engine)
            else:
                prepare(store.engine)
            undo.pop_all()
            return store

    @staticmethod
    def recover(folder: Path, code: str, user: str, new_password: str, cost: KdfCost | None = None) -> None:
        """A new password by the printed recovery code; nothing else of the store is touched.

        Raises StoreRefused `store.in_use` and what `keyring.recover` raises.
        """
        _look(folder)
        lock = FolderLock(folder)
        try:
            keyring.recover(folder, code, user, new_password, cost)
        finally:
            lock.release()

    def close(self) -> None:
        """Close every connection, forget the key, let others in; a second call does nothing."""
        self._reader.dispose()
        self.engine.dispose()
        self._key = b""
        if self._lock is not None:
            self._lock.release()

    lock = close

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _open_key(self) -> bytes:
        if not self._key:
            raise StoreRefused("store.closed", "资料库已经锁上。", "资料没有受影响。", "请先解锁再做。")
        return self._key

    def session(self) -> Session:
        """A session of the single writer; the caller commits. Disk trouble arrives as StoreRefused."""
        assert self._open_key
        return Session(self.engine)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction: committed at the end, rolled back and closed on any error.

        A full disk is StoreRefused `store.disk_full`, here as in every session of this store.
        """
        with self.session() as session, session.begin():
            yield session

    def read_connection(self) -> Connection:
        """A read-only connection of its own, for the window's thread; the caller closes it."""
        assert self._open_key
        return self._reader.connect()

    def key_for(self, purpose: str) -> bytes:
        """A 256-bit key of this store for one purpose; the same in every session and in its backups."""
        return derive(self._open_key, "purpose " + purpose)

    def data_key(self) -> bytes:
        """The data key itself, for the backup; never leaves `db`."""
        return self._open_key

    def users(self) -> list[UserEntry]:
        """Who may open the store."""
        return keyring.users(self.folder)

    def add_user(self, name: str, roles: Sequence[str], password: str, cost: KdfCost | None = None) -> None:
        """A further user; raises BadValue `store.user_exists`, `store.short_password`, `store.bad_user`."""
        keyring.add_user(self.folder, self._open_key, name, roles, password, cost)

    def change_password(self, old: str, new: str, cost: KdfCost | None = None, clock: Clock = machine_clock) -> None:
        """The own password anew; raises as `keyring.change_password`."""
        keyring.change_password(self.folder, self.identity.user, old, new, cost, clock)

    def vouch(self, user: str, password: str, clock: Clock = machine_clock) -> UserEntry:
        """Prove that somebody else of this store is here, by their own password; nothing is opened for them.

        As slow as `open`, and a wrong password counts as a try. Raises as `keyring.unlock`.
        """
        return keyring.vouch(self.folder, self._open_key, user, password, clock)

    def set_county_slot(self, county: PublicKeys) -> None:
        """Let the county's recovery key open this store too, when its certificate is accepted (§5.9)."""
        keyring.set_county_slot(self.folder, self._open_key, county)

    def integrity(self, expected_blobs: Iterable[str] = ()) -> list[str]:
        """Check every file of the folder against the data key; findings in words, none when all is whole.

        `expected_blobs`: hashes (hex) of the attachments that should be here.
        """
        key = self._open_key
        file_key = derive(key, "store")
        if not self.read_only:  # a checkpoint that a kill cut off may have left holes in the file
            with contextlib.suppress(StoreRefused):  # what stands in its way is found below
                cipher.checkpoint(self._path, file_key)
        found = cipher.page_findings(self._path, file_key)
        try:
            keyring.authenticate(self.folder, key)
        except Refused as refused:
            found.append(refused.what)
        if not self.read_only and (self.folder / LOCK).stat().st_size:
            found.append(f"锁文件（{LOCK}）里不该有内容")
        return found + restored.findings(self.folder, key) + self.blobs.verify(expected_blobs)


def _look(folder: Path) -> None:
    """Refuse a folder without a store, or with one that was never finished, before anything is touched."""
    with in_words():
        if (folder / MAKING).exists():
            raise StoreRefused(
                "store.unfinished",
                "上次新建或恢复资料库没有做完。",
                "没有改动任何内容。",
                "请再做一次新建或恢复，没做完的部分会先清掉。",
            )
    keyring.header_of(folder)


def _make_file(path: Path, key: bytes, prepare: Prepare) -> None:
    engine = cipher.open_engine(path, key, cipher.MAKE)
    try:
        prepare(engine)
    finally:
        engine.dispose()


def _check_version(engine: Engine) -> None:
    from db import migrations

    if migrations.version(engine) != migrations.newest():
        raise StoreRefused(
            "store.other_version",
            "这个资料库的版本和本机的走村不一样，不能只读打开。",
            "资料没有受影响，也没有改动。",
            "请把走村升级到最新版本，正常打开一次。",
        )


@contextlib.contextmanager
def making(folder: Path) -> Iterator[FolderLock]:
    """The frame in which a store comes into being: under the marker, so that it is whole or not there.

    The lock stays held when the block ends well, and belongs to what was made. Raises `store.exists`.
    """
    with in_words():
        folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    try:
        if (folder / MAKING).exists():
            _wipe_unfinished(folder)
        if (folder / FILE).exists() or (folder / keyring.FILE).exists():
            raise StoreRefused(
                "store.exists",
                "这个文件夹里已经有资料库。",
                "原有的资料没有改动。",
                "请换一个空文件夹，或直接打开它。",
            )
        with in_words():
            (folder / MAKING).touch()
            settle(folder)
        try:
            yield lock
        except BaseException:
            _wipe_unfinished(folder)
            raise
        with in_words():
            settle(folder)
            (folder / MAKING).unlink()
            settle(folder)
    except BaseException:
        lock.release()
        raise


def _wipe_unfinished(folder: Path) -> None:
    """Only under the marker: nobody was ever given a password or code for what is removed here."""
    names = [FILE, FILE + "-wal", FILE + "-shm", FILE + "-journal", keyring.FILE, restored.FILE, ATTEMPTS]
    with in_words():
        for path in [folder / name for name in names] + list((folder / BLOBS).glob("*")):
            path.unlink(missing_ok=True)
        sweep(folder)
        if (folder / BLOBS).is_dir():
            (folder / BLOBS).rmdir()
        (folder / MAKING).unlink(missing_ok=True)
