"""SQLCipher under SQLAlchemy: raw key, transactions that are ours, database errors in words."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import QueuePool

from db.files import disk_full, not_writable
from db.refused import Refused, StoreRefused

WRITE, READ, MAKE = "rw", "ro", "rwc"
"""How a file is opened: an existing one to write, an existing one only to read, a new one."""

_LITTLE = 1024 * 1024
_PAGE = 4096
_BUSY_SECONDS = 5.0


def connect(path: Path, key: bytes, mode: str) -> Any:
    """A raw connection with the key set, in autocommit; nothing is read yet, so a wrong key shows later."""
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, check_same_thread=False, timeout=_BUSY_SECONDS
    )
    # Transactions are begun by SQLAlchemy's own event below: the driver's guesses break DDL and savepoints.
    connection.isolation_level = None
    try:
        for pragma in _pragmas(key, mode):
            connection.execute(f"PRAGMA {pragma}")
    except sqlcipher.Error:
        connection.close()
        raise
    return connection


def _pragmas(key: bytes, mode: str) -> list[str]:
    common = [
        "cipher_log_level = NONE",
        f"key = \"x'{key.hex()}'\"",
        "temp_store = MEMORY",
        "foreign_keys = ON",
        "cache_size = -32000",
    ]
    if mode == READ:
        return [*common, "query_only = ON"]
    return [*common, "journal_mode = WAL", "synchronous = FULL", "wal_autocheckpoint = 10000"]


def open_engine(path: Path, key: bytes, mode: str) -> Engine:
    """An engine over one encrypted file; errors about the disk or the file arrive as StoreRefused."""
    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, mode),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=8,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(engine, "handle_error", _say_it(path), retval=True)
    return engine


def _say_it(path: Path) -> Callable[[ExceptionContext], Refused | None]:
    return lambda context: refusal(context.original_exception, path)


def refusal(error: BaseException, path: Path) -> Refused | None:
    """What a database error means for a person; None when it is a programming error."""
    words = str(error)
    if not isinstance(error, sqlcipher.Error) or isinstance(error, sqlcipher.IntegrityError):
        return None
    if "is full" in words:
        return disk_full()
    if "disk I/O error" in words:
        little = shutil.disk_usage(path.parent).free < _LITTLE
        return disk_full() if little else _disk_trouble()
    if "not a database" in words or "malformed" in words or "unsupported file format" in words:
        return damaged()
    if "unable to open" in words or "readonly database" in words:
        return not_writable()
    return _busy() if "is locked" in words else None


def damaged() -> StoreRefused:
    """The refusal for a store file that is not as it was written."""
    return StoreRefused(
        "store.damaged",
        "资料库文件坏了（被截断或被改动过），没有打开。",
        "文件原样留着，没有再写入任何内容。",
        "请不要删除它；先从最近一次备份恢复，再把情况告诉县里的管理员。",
    )


def _disk_trouble() -> StoreRefused:
    return StoreRefused(
        "store.disk_trouble",
        "磁盘读写出错，这一步没有做成。",
        "之前存好的资料没有改动。",
        "请检查磁盘或 U 盘；再出现就先做一次备份，再换盘。",
    )


def _busy() -> StoreRefused:
    return StoreRefused(
        "store.busy",
        "资料库正忙，这一步没有做成。",
        "之前存好的资料没有改动。",
        "请等几秒再做一次。",
    )


def check_contact(path: Path, key: bytes, mode: str) -> None:
    """Prove that the file is there, whole in length and opens with this key; raises StoreRefused."""
    # SQLite would take a file shorter than a page for an empty database and write a new one over it.
    size = path.stat().st_size if path.is_file() else 0
    logged = path.with_name(path.name + "-wal").exists()
    if size < _PAGE or (size % _PAGE and not logged):
        raise damaged()
    try:
        connection = connect(path, key, mode)
        try:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlcipher.Error as error:
        raise refusal(error, path) or damaged() from error
    if tables == 0:
        raise damaged()


def checkpoint(path: Path, key: bytes) -> None:
    """Bring what is in the write-ahead log into the file, as far as readers allow; raises StoreRefused."""
    try:
        connection = connect(path, key, WRITE)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
    except sqlcipher.Error as error:
        raise refusal(error, path) or damaged() from error


def page_findings(path: Path, key: bytes) -> list[str]:
    """Read every page of the file from disk and check its seal, then the structure; findings in words."""
    try:
        connection = connect(path, key, READ)
        try:
            return _findings(connection)
        finally:
            connection.close()
    except sqlcipher.Error:
        return ["资料库文件读不下去：有的页被截断或改动过"]


def _findings(connection: Any) -> list[str]:
    found = [f"资料库文件：{row[0]}" for row in connection.execute("PRAGMA cipher_integrity_check")]
    if found:
        return found
    rows = [row[0] for row in connection.execute("PRAGMA quick_check")]
    found = [f"资料库结构：{row}" for row in rows if row != "ok"]
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return found + [f"资料库结构：{row[0]} 的一行指向不存在的 {row[2]}" for row in broken]


def copy_to(path: Path, key: bytes, target: Path) -> None:
    """A compact copy under the same key (VACUUM INTO); raises StoreRefused when there is no room for it."""
    try:
        connection = connect(path, key, READ)
        try:
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
    except sqlcipher.Error as error:
        raise refusal(error, target) or damaged() from error
