"""The county's database: SQLite in the data folder or PostgreSQL by URL, sealed bodies, bulk reading and writing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError

from db.crypto.sealer import Sealer
from db.crypto.suites import CryptoFailure
from db.refused import Refused
from sync.county import keys
from sync.county.tables import METADATA, TOWNSHIP
from sync.state import EMPTY_DIGESTS

SQLITE = "county.sqlite"
_CHUNK = 500
_RANGE_FROM = 100


class Box:
    """Seals bodies with the county's storage key; `place` binds a body to the row that holds it."""

    def __init__(self, key: bytes) -> None:
        self._sealer = Sealer(key)

    def shut(self, place: bytes, data: bytes) -> bytes:
        """The sealed form of a body."""
        return self._sealer.seal(data, place)

    def open(self, place: bytes, sealed: bytes) -> bytes:
        """The body; raises Refused `county.damaged` when it is not what was written there."""
        try:
            return self._sealer.open(sealed, place)
        except CryptoFailure:
            raise Refused(
                "county.damaged", "县库中有一条内容已损坏。", "其余内容没有改动。", "请从备份恢复县库。"
            ) from None


class Storage:
    """One county: its keys (`county`), its database (`engine`) and the box that seals bodies."""

    def __init__(self, data: Path, url: str | None = None) -> None:
        """Raises Refused `county.missing` or `county.no_database`."""
        self.data = data
        self.county = keys.load(data)
        self.keys = self.county.keys()
        self.box = Box(self.county.storage_key())
        self.engine = _engine(data, url)
        with _database():
            METADATA.create_all(self.engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that writes; on SQLite it holds the write lock from its start."""
        with _database(), self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                try:
                    yield connection
                except BaseException:
                    connection.exec_driver_sql("ROLLBACK")
                    raise
                connection.exec_driver_sql("COMMIT")
            else:
                with connection.begin():
                    yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at the database."""
        with _database(), self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN")
                try:
                    yield connection
                finally:
                    connection.exec_driver_sql("ROLLBACK")
            else:
                with connection.execution_options(isolation_level="REPEATABLE READ").begin():
                    yield connection

    def blob_path(self, scope: str, sha256: str) -> Path:
        """Where the sealed bytes of an attachment lie."""
        return self.data / "blobs" / scope / sha256[:2] / sha256


@contextmanager
def _database() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise Refused(
            "county.no_database",
            f"县库读写失败（{type(error).__name__}）。",
            "这一次没有写入任何内容。",
            "请检查磁盘空间和数据库地址后重试。",
        ) from error


def check_address(url: str | None) -> None:
    """Refuse a database that does not answer, before anything is written; raises as `Storage` does."""
    if url:
        engine = _engine(Path(), url)
        with _database(), engine.connect():
            pass
        engine.dispose()


def _engine(data: Path, url: str | None) -> Engine:
    if url:
        try:
            if not url.startswith("postgresql://"):
                raise ValueError(url)
            return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1))
        except (SQLAlchemyError, ValueError):
            raise Refused(
                "county.bad_url", "数据库地址不对。", "没有改动任何内容。", "请写成 postgresql://用户@主机/库名。"
            ) from None
    engine = create_engine(f"sqlite+pysqlite:///{data / SQLITE}", connect_args={"timeout": 30, "isolation_level": None})
    event.listen(engine, "connect", _sqlite_settings)
    return engine


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=30000",
    "cache_size=-65536",
    "wal_autocheckpoint=10000",  # 40 MB: a large package is written once while its laptop waits, not twice
)


def _sqlite_settings(connection: Any, _record: object) -> None:
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def bulk(connection: Connection, table: Table, rows: Sequence[tuple[Any, ...]], replace: bool = False) -> None:
    """Insert rows, values in the order of the table's columns; `replace` overwrites rows of the same key."""
    if not rows:
        return
    mark = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = [column.name for column in table.columns]
    sql = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(mark for _ in names)})"
    if replace:
        key = [column.name for column in table.primary_key]
        rest = [name for name in names if name not in key]
        changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
        sql += f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}"
    connection.exec_driver_sql(sql, list(rows))


def find(
    connection: Connection,
    table: Table,
    key: Column[Any],
    wanted: Iterable[Any],
    columns: Sequence[Column[Any]],
    scope: str,
) -> list[Any]:
    """Rows of a township whose `key` is wanted; many fresh ids are found by one look at their range."""
    ids = set(wanted)
    if not ids:
        return []
    base = select(*columns).where(table.c.scope == scope)
    if len(ids) > _RANGE_FROM:
        span = (table.c.scope == scope) & key.between(min(ids), max(ids))
        count = connection.execute(select(func.count()).select_from(table).where(span)).scalar_one()
        if count <= 4 * len(ids):
            place = [column.name for column in columns].index(key.name)
            rows = connection.execute(select(*columns).where(span)).all()
            return [row for row in rows if row[place] in ids]
    found: list[Any] = []
    todo = list(ids)
    for start in range(0, len(todo), _CHUNK):
        found += connection.execute(base.where(key.in_(todo[start : start + _CHUNK]))).all()
    return found


def lock_township(connection: Connection, scope: str) -> tuple[int, bytes]:
    """Sequence and digests of a township, held against other writers until the transaction ends."""
    query = select(TOWNSHIP.c.seq, TOWNSHIP.c.digests).where(TOWNSHIP.c.scope == scope).with_for_update()
    row = connection.execute(query).one()
    return row.seq, row.digests


def add_township(connection: Connection, scope: str, name: str) -> None:
    """Make sure that a township stands in the county's list."""
    if connection.execute(select(TOWNSHIP.c.scope).where(TOWNSHIP.c.scope == scope)).first() is None:
        connection.execute(insert(TOWNSHIP).values(scope=scope, name=name, seq=0, digests=EMPTY_DIGESTS))
    else:
        connection.execute(update(TOWNSHIP).where(TOWNSHIP.c.scope == scope).values(name=name))
