"""The declarative base of the laptop's tables and the names its constraints get."""

from typing import cast

from sqlalchemy import MetaData, Table
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """Every table of the store; the migrations compare against this metadata."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Synced:
    """Mark of a table whose rows are records: the journal writes an operation for every change.

    `kind` names the record kind in `db.kinds`; the columns that hold its fields are declared there.
    """

    kind: str


def table(mapped: type[Base]) -> Table:
    """The table behind a mapped class, for writing in bulk without objects."""
    return cast(Table, mapped.__table__)
