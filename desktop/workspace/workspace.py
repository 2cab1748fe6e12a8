"""The composition root: one unlocked store with the person who unlocked it, its writer, its readers and its county."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

from db import journal, keyring
from db.audit import Author
from db.crypto.parties import PartyKeys
from db.refused import BadValue
from db.restored import clear_restored_mark, restored_mark
from db.store import Store
from desktop.casework.views import StoreInfo, UserView
from desktop.casework.work import ROLES, Work, allow, writing_role
from desktop.workspace import checking, setup
from desktop.workspace.desk import Desk
from desktop.workspace.exchange import Exchange
from desktop.workspace.jobs import Job, Progress, Worker

T = TypeVar("T")
Act = Callable[[Work], T]

FIRST_ROLES = ("township_clerk", "sysadmin")
"""What the first user of a store holds (D16): a township of one person must be able to work."""


class Workspace:
    """One unlocked store. `read` is for the UI thread, `submit` and `run` write; `lock` forgets the key.

    `on` is the business date that acts take when none is given.
    """

    def __init__(self, store: Store, on: date | None = None) -> None:
        self.store, self.identity = store, store.identity
        self._sessions = sessionmaker(store.engine, expire_on_commit=False)
        journal.install(self._sessions)
        self.on = on or date.today()
        self._worker = Worker()
        self.read = Desk(self)
        self.exchange = Exchange(self)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        township: str,
        township_name: str,
        user: str,
        password: str,
        training: bool = False,
        on: date | None = None,
    ) -> "tuple[Workspace, str]":
        """A new store with its first user and the keys of the device; the recovery code is shown only here."""
        code, name = setup.township(township, township_name)
        store, recovery = Store.create(folder, user, password, code, name, training, roles=FIRST_ROLES)
        workspace = cls(store, on)
        try:
            workspace.run(lambda work: setup.first_steps(work, name, PartyKeys.generate().raw))
        except BaseException:
            workspace.lock()
            raise
        return workspace, recovery

    @classmethod
    def unlock(cls, folder: Path, user: str, password: str, on: date | None = None) -> "Workspace":
        """Open a store; raises `StoreRefused` (`store.wrong_password`, `store.missing`, …)."""
        workspace = cls(Store.open(folder, user, password), on)
        if restored_mark(folder) is not None:
            try:
                workspace.run(setup.after_restore)
                clear_restored_mark(folder)
            except BaseException:
                workspace.lock()
                raise
        return workspace

    @staticmethod
    def users_of(folder: Path) -> list[UserView]:
        """Who may open the store, without a password."""
        return [UserView(name=entry.name, roles=entry.roles) for entry in keyring.users(folder)]

    @staticmethod
    def recover(folder: Path, user: str, code: str, new_password: str) -> None:
        """Set a new password with the printed recovery code."""
        Store.recover(folder, code, user, new_password)

    @property
    def user(self) -> str:
        """Who works here."""
        return self.identity.user

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of that person."""
        return self.identity.roles

    @property
    def training(self) -> bool:
        """Whether this is a training store (D14)."""
        return self.identity.training

    def users(self) -> list[UserView]:
        """Who may open this store."""
        return [UserView(name=entry.name, roles=entry.roles) for entry in self.store.users()]

    def add_user(self, name: str, role: str, password: str) -> None:
        """One more person; raises `BadValue` for an unknown role and `NotAllowed` without `sysadmin`."""
        allow(self.roles, "users")
        if role not in ROLES:
            raise BadValue(
                "users.unknown_role",
                "没有这个角色。",
                "没有添加用户。",
                "角色有：" + "、".join(ROLES) + "。",
            )
        self.store.add_user(name, (role,), password)
        self.run(lambda work: work.record("users.add", "", {"user": name, "role": role}))

    def change_password(self, old: str, new: str) -> None:
        """A new password for the person who works here."""
        self.store.change_password(old, new)
        self.run(lambda work: work.record("users.password"))

    def submit(
        self,
        act: Act[T],
        on: date | None = None,
        on_progress: Progress | None = None,
        on_done: Callable[[Job], None] | None = None,
    ) -> Job:
        """Put an act in line for the one writer thread; its transaction is its own."""
        day = on or self.on
        return self._worker.submit(Job(lambda job: self._act(act, day, job.step), on_progress, on_done))

    def run(self, act: Act[T], on: date | None = None, on_progress: Progress | None = None) -> T:
        """Run an act here and now in one transaction: the command line and tests."""
        step = on_progress or _quiet
        return self._act(act, on or self.on, step)

    def look(self, act: Act[T], on: date | None = None) -> T:
        """Run an act that only reads, on the read-only connection."""
        with (
            self.store.read_connection() as connection,
            Session(connection, autoflush=False) as session,
        ):
            return act(self._work(session, on or self.on, _quiet))

    def info(self) -> StoreInfo:
        """The state of this store."""
        return self.look(lambda work: setup.info(work, self))

    def verify(self, tell: Progress | None = None) -> tuple[bool, list[str]]:
        """Check the whole store; the findings in words."""
        allow(self.roles, "verify")
        found = checking.whole(self)
        self.run(lambda work: work.record("verify", "", {"findings": len(found)}))
        return not found, found

    def backup(self, folder: Path, tell: Progress | None = None) -> dict[str, object]:
        """Write an encrypted backup into an empty folder and prove it by opening it."""
        from db import backup

        allow(self.roles, "backup")
        manifest = backup.write(self.store, folder, tell or _quiet)
        self.run(lambda work: work.record("backup", "", {"backup": manifest.backup}))
        return {
            "ok": True,
            "counts": manifest.counts,
            "path": str(folder),
            "made_at": manifest.made_at,
        }

    @staticmethod
    def restore(folder: Path, target: Path, user: str, password: str) -> dict[str, object]:
        """Bring a backup back into an empty folder; numbers skip and a new stream opens at the first unlock."""
        from db import backup

        manifest = backup.restore(folder, target, user, password)
        Workspace.unlock(target, user, password).lock()
        return {
            "ok": True,
            "counts": manifest.counts,
            "store": str(target),
            "made_at": manifest.made_at,
        }

    def lock(self) -> None:
        """End the worker, close the store and forget the key."""
        self._worker.close()
        self.read.close()
        self.store.close()

    def _act(self, act: Act[T], on: date, step: Progress) -> T:
        with self.writing() as session:
            return act(self._work(session, on, step))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction with the journal's hook, written as the person who works here."""
        with self._sessions() as session, session.begin():
            role = writing_role(self.roles)
            journal.write_as(session, Author(self.user, role, self.identity.township))
            yield session

    def _work(self, session: Session, on: date, step: Progress) -> Work:
        return Work(
            session,
            self.user,
            self.roles,
            self.identity.township,
            on,
            self.store.blobs,
            step,
            self.training,
        )


def _quiet(done: int, total: int, text: str) -> None:
    """Nobody watches."""
