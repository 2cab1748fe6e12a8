"""One unlocked store in which acts are run: its sessions, its one writer thread, and who works here on which day."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

from db import journal
from db.audit import Author
from db.store import Store
from desktop.casework.work import Work, writing_role
from desktop.workspace.jobs import Job, Progress, Worker
from resources import read_bytes

T = TypeVar("T")
Act = Callable[[Work], T]


class OpenStore:
    """`look` reads, `submit` and `run` write, each act in a transaction of its own; `lock` forgets the key.

    `on` is the business date that acts take when none is given.
    """

    def __init__(self, store: Store, on: date | None = None) -> None:
        self.store, self.identity = store, store.identity
        self._sessions = sessionmaker(store.engine, expire_on_commit=False)
        journal.install(self._sessions)
        self.on = on or date.today()
        self._worker = Worker()

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
        step = on_progress or quiet
        return self._act(act, on or self.on, step)

    def look(self, act: Act[T], on: date | None = None) -> T:
        """Run an act that only reads, on the read-only connection."""
        with (
            self.store.read_connection() as connection,
            Session(connection, autoflush=False) as session,
        ):
            return act(self._work(session, on or self.on, quiet))

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One transaction with the journal's hook, written as the person who works here."""
        with self._sessions() as session, session.begin():
            role = writing_role(self.roles)
            journal.write_as(session, Author(self.user, role, self.identity.township))
            yield session

    def lock(self) -> None:
        """End the worker, close the store and forget the key."""
        self._worker.close()
        self.store.close()

    def _act(self, act: Act[T], on: date, step: Progress) -> T:
        with self.writing() as session:
            return act(self._work(session, on, step))

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
            self._shipped_pack,
            self._staff,
        )

    @cached_property
    def _shipped_pack(self) -> bytes:
        """The program's own county pack: invented amounts for training, none at all for real work (D5)."""
        return read_bytes("policy", "training_pack.json" if self.training else "empty_pack.json")

    def _staff(self) -> frozenset[str]:
        return frozenset(role for entry in self.store.users() for role in entry.roles)


def quiet(done: int, total: int, text: str) -> None:
    """Nobody watches."""
