"""Builder of a small closed store with a synthetic person and a photo in it."""

from pathlib import Path

from sqlalchemy import text

from db.store import Store

USER, PASSWORD = "王晓梅", "松潘县的第一个口令-2026"
NAME, NUMBER = "罗让卓玛", "513299195203070025"
PHOTO = b"\xff\xd8" + NAME.encode() * 500


class Made:
    """A store folder with one setting that names a person, and one photo."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        store, self.code = Store.create(folder, USER, PASSWORD, "513299102", "示例镇", training=True)
        with store:
            with store.writing() as session:
                session.execute(text("insert into setting values ('note', :value)"), {"value": f'"{NAME} {NUMBER}"'})
            self.sha256 = store.blobs.put(PHOTO)

    def open(self, password: str = PASSWORD, user: str = USER) -> Store:
        """Unlock it."""
        return Store.open(self.folder, user, password)

    def note(self, password: str = PASSWORD, user: str = USER) -> str:
        """What the store remembers, after unlocking it."""
        with self.open(password, user) as store, store.read_connection() as connection:
            return str(connection.execute(text("select value from setting where name = 'note'")).scalar_one())
