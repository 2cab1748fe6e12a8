"""Puts the county together: its storage and the form specifications by which it checks what arrives."""

from desktop.forms import same
from sync.county.exchange import Desk
from sync.county.storage import Storage
from sync.county.values import FormValues, install_from


def desk_for(storage: Storage) -> Desk:
    """The desk of a county; forms beyond the program's own lie in `forms/` of its data folder."""
    install_from(storage.data / "forms")
    return Desk(storage, FormValues(), same)
