"""The county's packs, as window and command line install them: a signature is held to the certificate."""

from pathlib import Path

from sqlalchemy import select

from db.tables.exchange import Device
from desktop.casework import packs
from desktop.casework.case_views import PackView
from desktop.casework.files import read_file
from desktop.casework.work import Work
from desktop.workspace.open_store import OpenStore

MOST_BYTES = 20_000_000


def install(opened: OpenStore, path: Path) -> PackView:
    """Install the pack of a file; raises `PackRefused` when it is not the county's, not whole or not by the rules."""
    data = read_file(path, MOST_BYTES)
    return opened.run(lambda work: packs.install(work, data, seal_of(work)))


def seal_of(work: Work) -> packs.CountySeal | None:
    """The county of this laptop's certificate; None while it is not enrolled."""
    from db.crypto.parties import PublicKeys
    from sync.device.enrol import certificate_of

    row = work.session.execute(select(Device)).scalars().first()
    if row is None or row.certificate is None:
        return None
    certificate = certificate_of(row)
    keys = PublicKeys(certificate.county_keys)
    return packs.CountySeal(certificate.county, keys.verify)
