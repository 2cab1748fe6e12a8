"""The store's schema by version: alembic migrations run from the program itself, never by hand."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from db.refused import StoreRefused


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def newest() -> str:
    """The schema version that this program writes."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def version(engine: Engine) -> str | None:
    """The schema version of an open store; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine) -> None:
    """Bring a store to the newest schema in one transaction.

    Raises StoreRefused `store.newer` when the store was written by a newer program; it is left as it is.
    """
    found = version(engine)
    if found == newest():
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise StoreRefused(
            "store.newer",
            "这个资料库是用更新版本的走村写的，本机的程序太旧，读不了。",
            "资料没有受影响，也没有改动。",
            "请先把本机的走村升级到最新版本，再打开。",
        )
    config = _config()
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
