"""The laptop's dealings with the county, as window and command line ask for them: enrolment, exchange, differences."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import audit, journal, streams
from db.refused import BadValue, Refused
from db.tables.exchange import Device, PackageOut
from db.tables.journal import Conflict
from desktop.casework.files import read_file, write_file
from desktop.casework.views import ConflictView, SyncState
from desktop.casework.work import Work, allow
from desktop.workspace.jobs import Progress
from desktop.workspace.open_store import OpenStore


class Exchange:
    """Every act takes its own transactions through `sync.device`; roles are checked here."""

    def __init__(self, opened: OpenStore) -> None:
        self._opened = opened

    def state(self) -> SyncState:
        """Enrolment, unsent count and age, last receipt, open differences."""
        return self._opened.look(lambda work: state_of(work.session))

    def state_hash(self) -> str:
        """The digest over the county-confirmed content of this township (sync_design.md §5.12)."""
        from sync import device

        return self._opened.look(lambda work: device.state_hash(work.session, work.scope))

    def request(self, path: Path) -> dict[str, Any]:
        """Write the enrolment request: the laptop's public keys, no person in it."""
        from sync import device

        self._allow("enrol")
        with self._opened.writing() as session:
            data = device.request(session, self._opened.store)
            audit.record(session, "device.request")
        write_file(path, data)
        return self._told()

    def accept(self, path: Path, trust: str | None, ask: Callable[[str], bool]) -> dict[str, Any]:
        """Take in the county's certificate once its fingerprint is trusted: given, or confirmed by a person."""
        from sync import device

        self._allow("enrol")
        data = read_file(path)
        with self._opened.writing() as session:
            device.accept(session, self._opened.store, data, trust, ask)
            audit.record(session, "device.accept")
        return self._told()

    def sync(self, url: str, tell: Progress) -> dict[str, Any]:
        """One whole exchange over HTTP(S)."""
        from sync import device

        self._allow("sync")
        return device.exchange(self._opened.store, self._opened.writing, url, tell)

    def write_stick(self, folder: Path, tell: Progress) -> dict[str, Any]:
        """Put what is unsent into a folder, one file per package."""
        from sync import device

        self._allow("sync")
        return device.write_stick(self._opened.store, self._opened.writing, folder, tell)

    def read_stick(self, folder: Path, tell: Progress) -> dict[str, Any]:
        """Take in what the county put there for this laptop and leave the rest."""
        from sync import device

        self._allow("sync")
        return device.read_stick(self._opened.store, self._opened.writing, folder, tell)

    def conflicts(self) -> list[ConflictView]:
        """Differences for a person to decide, one entry a differing field."""
        from sync import device

        return [
            ConflictView(**msgspec.structs.asdict(item))
            for item in self._opened.look(lambda work: device.conflicts(work.session))
        ]

    def resolve(self, conflict: str, keep: str | None, value: Any = None) -> None:
        """Settle one difference: keep mine, keep the county's, or write a third value."""
        from sync import device

        self._allow("resolve")
        if keep is not None and keep not in ("mine", "county"):
            raise BadValue(
                "conflict.bad_keep",
                "--keep 只能写 mine 或 county。",
                "分歧还在，没有改动。",
                "请改正再做一次。",
            )
        with self._opened.writing() as session:
            device.resolve(session, conflict, keep, value)
            audit.record(session, "conflict.resolve", "", {"keep": keep or "value"})

    def verify_packages(self, folder: Path) -> tuple[bool, list[str]]:
        """Is every package in a folder whole and of our county; the findings name files, never contents."""
        from sync import device

        self._allow("verify")
        found: list[str] = []
        for path in sorted(folder.iterdir()):
            if path.is_file():
                try:
                    data = read_file(path)
                    self._opened.look(partial(_inspected, device.inspect, data))
                except Refused as refusal:
                    found.append(f"{path.name}：{refusal.what}")
        return not found, found

    def _told(self) -> dict[str, Any]:
        def act(work: Work) -> dict[str, Any]:
            row = work.session.execute(select(Device.id, Device.fingerprint)).first()
            return {
                "device": row.id if row else "",
                "township": work.scope,
                "fingerprint": row.fingerprint if row else None,
            }

        return self._opened.look(act)

    def _allow(self, act: str) -> None:
        allow(self._opened.roles, act)


def _inspected(inspect: Callable[[Session, bytes], None], data: bytes, work: Work) -> None:
    inspect(work.session, data)


def state_of(session: Session) -> SyncState:
    """The same within a session."""
    device = session.execute(select(Device.county, Device.certificate)).first()
    oldest = streams.oldest_unsent(session)
    conflicts = session.execute(
        select(func.count(func.distinct(Conflict.op_id))).where(Conflict.open.is_(True))
    ).scalar_one()
    receipt = session.execute(
        select(PackageOut.receipt).where(PackageOut.receipt != "").order_by(PackageOut.made_at.desc()).limit(1)
    ).scalar()
    return SyncState(
        enrolled=device is not None and device.certificate is not None,
        unsent=journal.pending_count(session),
        oldest_unsent=instant(oldest),
        last_receipt=receipt,
        conflicts=conflicts,
        county=device.county if device is not None else None,
    )


def instant(wall_ms: int | None) -> str | None:
    """Milliseconds as UTC ISO text."""
    return None if wall_ms is None else datetime.fromtimestamp(wall_ms / 1000, UTC).isoformat(timespec="seconds")
