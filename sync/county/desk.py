"""Puts the county together: its storage and the form specifications by which it checks what arrives."""

from sync.county.exchange import Desk
from sync.county.storage import Storage


def desk_for(storage: Storage) -> Desk:
    """The desk of a county; forms beyond the program's own lie in `forms/` of its data folder."""
    return Desk(storage)
