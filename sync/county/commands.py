"""The county's verbs: each takes its options and gives the JSON answer of contracts/cli.md §3."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.refused import BadValue, Refused
from sync.county import devices, keys
from sync.county.desk import desk_for
from sync.county.folder import export_packages, import_packages
from sync.county.server import serve
from sync.county.storage import Storage, check_address
from sync.county.tables import DEVICE, OP, QUARANTINE, RECORD, TOWNSHIP
from sync.state import state_hash

Answer = dict[str, Any]


def init(options: Namespace) -> Answer:
    """A new county: its keys in the data folder and an empty database."""
    check_address(options.db)
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
    request = devices.read_request(_read(_path(options.request)), storage.county.training)
    certificate = devices.enrol(storage, request, options.township, options.township_name)
    devices.certificate_file(certificate, _path(options.out))
    return {
        "device": request.device,
        "township": options.township,
        "certificate": str(options.out),
        "fingerprint": storage.keys.public.fingerprint,
    }


def _path(text: str) -> Path:
    """A path as typed; an empty one would be the folder in which the program happens to run."""
    if not text:
        raise BadValue("file.bad_path", "路径是空的。", "没有改动任何内容。", "请写上文件或文件夹。")
    return Path(text)


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
    port = _port(options.port)
    storage = Storage(Path(options.data), options.db)
    serve(desk_for(storage), options.host, port, None if options.port_file is None else _path(options.port_file))
    storage.close()
    return {"served": True}


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65535):
        raise BadValue("serve.bad_port", "--port 要写 0 到 65535 的整数。", "没有改动任何内容。", "例如 8443。")
    return int(text)


def take_folder(options: Namespace) -> Answer:
    """Take in what a folder holds for this county; what is not for it is listed with its code."""
    taken = import_packages(desk_for(Storage(Path(options.data), options.db)), _path(options.folder))
    return {"accepted": len(taken.files), "refused": taken.refused, "files": taken.files}


def give_folder(options: Namespace) -> Answer:
    """Write receipts and updates for one laptop or all of them into a folder."""
    desk = desk_for(Storage(Path(options.data), options.db))
    return {"files": export_packages(desk, _path(options.folder), options.device)}


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
