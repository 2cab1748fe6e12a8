"""The stick's way at the county: packages taken in from a folder, receipts, updates and attachments put into it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select

from db.crypto.suites import LASTING_SUITE
from db.kinds import KINDS
from db.operation import plain
from db.refused import PackageRefused, Refused
from sync import package
from sync.county import blobs, devices
from sync.county.answer import page
from sync.county.exchange import Desk
from sync.county.tables import DEVICE
from sync.protocol import UpManifest
from sync.state import RecordState, decode_state

_ATTACHMENTS_A_PACKAGE = 24


class TakenFolder(msgspec.Struct, frozen=True):
    """The names of the files taken in, and those refused with their codes."""

    files: list[str]
    refused: list[dict[str, str]]


def import_packages(desk: Desk, folder: Path) -> TakenFolder:
    """Take in what a folder holds for this county, operations before attachments; raises `package.no_folder`."""
    package.files_in(folder)
    waiting: list[tuple[int, Path, bytes]] = []
    files: list[str] = []
    refused: list[dict[str, str]] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            data = _read(path)
            header = package.peek(data)
        except Refused as refusal:
            refused.append({"file": path.name, "code": refusal.code})
            continue
        if header.sender != desk.storage.keys.public.key_id:  # the county's own packages are passed over
            waiting.append((header.type, path, data))
    for type_, path, data in sorted(waiting, key=lambda one: one[0]):
        try:
            _take(desk, type_, data)
            files.append(path.name)
        except Refused as refusal:
            refused.append({"file": path.name, "code": refusal.code})
    return TakenFolder(sorted(files), refused)


def _take(desk: Desk, type_: int, data: bytes) -> None:
    if type_ == package.BLOBS_UP:
        row, opened = desk.open(data, package.BLOBS_UP)
        blobs.take(desk.storage, row, opened)
    else:
        desk.take(data)


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as source:
            return source.read(package.MAX_PACKAGE + 1)
    except OSError:
        raise PackageRefused(
            "package.unreadable", "这个文件读不出来。", package.SAFE, "请换一个 U 盘再写一次。"
        ) from None


def export_packages(desk: Desk, folder: Path, device: str | None = None) -> list[str]:
    """Write what laptops lack into a folder, for one of them or for all; the names of the files."""
    with desk.storage.reading() as connection:
        rows = connection.execute(select(DEVICE).where(DEVICE.c.revoked.is_(False))).all()
    if device is not None:
        rows = [row for row in rows if row.id == device]
        if not rows:
            raise devices.unknown_device()
    files = []
    for row in rows:
        for data in [desk.down_for(row), *_attachments(desk, row)]:
            files.append(package.write_file(folder, package.peek(data).package, data).name)
    return files


def _attachments(desk: Desk, row: Any) -> list[bytes]:
    """What the laptop said it lacks, and what the records on its way name: it need not ask by a second stick."""
    up = msgspec.msgpack.decode(row.last_up, type=UpManifest) if row.last_up else None
    with desk.storage.reading() as connection:
        records = page(desk.storage, connection, up or desk.silent(row))
    own = {blob.sha256 for blob in up.blobs} if up else set()
    names = [name for name in (up.missing if up else ()) if name not in own]
    names += [name for record in records for name in _named(decode_state(record)) if name not in own]
    wanted = list(dict.fromkeys(names))
    found = []
    for start in range(0, len(wanted), _ATTACHMENTS_A_PACKAGE):
        some = wanted[start : start + _ATTACHMENTS_A_PACKAGE]
        found.append(blobs.answer(desk.storage, row, row.scope, some, (), LASTING_SUITE))
    return found


def _named(state: RecordState) -> Sequence[str]:
    found = []
    for path in KINDS[state.kind].blob_fields:
        group, field = path.split(".")
        value = plain(state.groups[group]) if group in state.groups else None
        if isinstance(value, dict) and isinstance(value.get(field), str):
            found.append(value[field])
    return found
