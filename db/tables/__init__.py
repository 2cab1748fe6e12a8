"""The tables of one laptop's store by topic; importing this room registers all of them."""

from db.tables import cases, documents, exchange, journal, money, people, visits
from db.tables.base import Base, Synced, table

__all__ = ["Base", "Synced", "cases", "documents", "exchange", "journal", "money", "people", "table", "visits"]
