"""The county's verbs: each takes its options and gives the JSON answer of contracts/cli.md §3."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.crypto.suites import LASTING_SUITE
from db.refused import Refused
from sync import package
from sync.county import blobs, devices, keys
from sync.county.desk import desk_for
from sync.county.exchange import Desk
from sync.county.server import serve
from sync.county.storage import Storage
from sync.county.tables import DEVICE, OP, QUARANTINE, RECORD, TOWNSHIP
from sync.protocol import UpManifest
from sync.state import state_hash

Answer = dict[str, Any]


def init(options: Namespace) -> Answer:
    """A new county: its keys in the data folder and an empty database."""
    county = keys.make(Path(options.data), options.county, options.name, options.training)
    Storage(Path(options.data), options.db).close()
    return {
        "county": county.code,
        "name": county.name,
        "training": county.training,
        "fingerprint": county.keys().public.fingerprint,
    }


def enrol(options: Namespace) -> Answer:
    """A laptop's request becomes a certificate file."""
    storage = Storage(Path(options.data), options.db)
    request = devices.read_request(_read(Path(options.request)), storage.county.training)
    certificate = devices.enrol(storage, request, options.township, options.township_name)
    devices.certificate_file(certificate, Path(options.out))
    return {
        "device": request.device,
        "township": options.township,
        "certificate": str(options.out),
        "fingerprint": storage.keys.public.fingerprint,
    }


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise Refused("county.no_file", "读不到这个文件。", "没有改动任何内容。", "请检查路径。") from None


def revoke(options: Namespace) -> Answer:
    """A laptop is no longer trusted."""
    storage = Storage(Path(options.data), options.db)
    return {"device": options.device, "township": devices.revoke(storage, options.device)}


def run(options: Namespace) -> Answer:
    """Serve until SIGTERM."""
    storage = Storage(Path(options.data), options.db)
    serve(desk_for(storage), options.host, options.port, Path(options.port_file) if options.port_file else None)
    storage.close()
    return {"served": True}


def take_folder(options: Namespace) -> Answer:
    """Take in what a folder holds for this county; what is not for it is listed with its code."""
    storage = Storage(Path(options.data), options.db)
    desk, folder = desk_for(storage), Path(options.folder)
    package.files_in(folder)
    accepted: list[str] = []
    refused: list[dict[str, str]] = []
    for path in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        try:
            if _take_file(desk, _read(path)):
                accepted.append(path.name)
        except Refused as refusal:
            refused.append({"file": path.name, "code": refusal.code})
    return {"accepted": len(accepted), "refused": refused, "files": accepted}


def _take_file(desk: Desk, data: bytes) -> bool:
    """Whether the file was taken in; the county's own packages are passed over."""
    header = package.peek(data)
    if header.sender == desk.storage.keys.public.key_id:
        return False
    if header.type == package.BLOBS_UP:
        row, opened = desk.open(data, package.BLOBS_UP)
        blobs.take(desk.storage, row, opened)
    else:
        desk.take(data)
    return True


def give_folder(options: Namespace) -> Answer:
    """Write receipts and updates for one laptop or all of them into a folder."""
    storage = Storage(Path(options.data), options.db)
    desk, folder = desk_for(storage), Path(options.folder)
    with storage.reading() as connection:
        rows = connection.execute(select(DEVICE).where(DEVICE.c.revoked.is_(False))).all()
    if options.device:
        rows = [row for row in rows if row.id == options.device]
        if not rows:
            raise devices.unknown_device()
    files = []
    for row in rows:
        files += [_put(folder, data) for data in _for_device(desk, row)]
    return {"files": files}


def _for_device(desk: Desk, row: Any) -> list[bytes]:
    found = [desk.down_for(row)]
    up = package.decode_body(row.last_up, UpManifest) if row.last_up else None
    if up is not None and up.missing:
        found.append(blobs.answer(desk.storage, row, row.scope, up.missing, (), LASTING_SUITE))
    return found


def _put(folder: Path, data: bytes) -> str:
    return package.write_file(folder, package.peek(data).package, data).name


def status(options: Namespace) -> Answer:
    """Counts and digests, no personal data."""
    storage = Storage(Path(options.data), options.db)
    with storage.reading() as connection:
        rows = connection.execute(select(DEVICE).order_by(DEVICE.c.serial)).all()
        towns = connection.execute(select(TOWNSHIP).order_by(TOWNSHIP.c.scope)).all()
        count = {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in (("operations", OP), ("quarantine", QUARANTINE), ("records", RECORD))
        }
        conflicts = connection.execute(select(func.coalesce(func.sum(RECORD.c.conflicts), 0))).scalar_one()
    return {
        "county": storage.county.code,
        "training": storage.county.training,
        "epoch": storage.county.epoch,
        "devices": [
            {"device": row.id, "township": row.scope, "digit": row.digit, "revoked": bool(row.revoked)} for row in rows
        ],
        **count,
        "conflicts": int(conflicts),
        "state_hash": {town.scope: state_hash(town.scope, town.digests) for town in towns},
    }
