"""The county's tables: ids, scope, kind, sequence and sizes are columns; every body is sealed (design.md D4)."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

METADATA = MetaData()

META = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
TOWNSHIP = Table(
    "township",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("digests", LargeBinary, nullable=False),
)
DEVICE = Table(
    "device",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("key_id", LargeBinary, nullable=False, unique=True),
    Column("keys", LargeBinary, nullable=False),
    Column("digit", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("revoked", Boolean, nullable=False),
    Column("roles", Text, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("last_up", LargeBinary),
    Column("last_answer", LargeBinary),
)
RECORD = Table(
    "record",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("id", LargeBinary, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("foreign_seq", BigInteger, nullable=False),
    Column("stream", LargeBinary, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_record_seq", "scope", "seq"),
)
"""`stream` and `n`: who made the last changes without a break and up to which number, `foreign_seq`: the sequence of
the last change before that run. A laptop of that stream made those changes itself and need not be sent them."""
OP = Table(
    "op",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("op_id", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("stream", LargeBinary, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("result", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("package", LargeBinary, nullable=False),
    Column("position", Integer, nullable=False),
    Index("ix_op_place", "scope", "stream", "n"),
)
"""An operation's bytes are those at `position` of the sealed package it came in."""
REPEAT = Table(
    "repeat",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("stream", LargeBinary, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("op_id", LargeBinary, nullable=False),
)
STREAM = Table(
    "stream",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("stream", LargeBinary, primary_key=True),
    Column("ack", BigInteger, nullable=False),
    Column("durable", BigInteger, nullable=False),
)
RESULT = Table(
    "result",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("device", Text, primary_key=True),
    Column("rseq", BigInteger, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
ALIAS = Table(
    "alias",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("op_id", LargeBinary, primary_key=True),
    Column("root", LargeBinary, nullable=False),
)
WAITING = Table(
    "waiting",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("op_id", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("stream", LargeBinary, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("place", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
QUARANTINE = Table(
    "quarantine",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("id", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
BLOB = Table(
    "blob",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
)
PACKAGE = Table(
    "package_in",
    METADATA,
    Column("scope", Text, primary_key=True),
    Column("id", LargeBinary, primary_key=True),
    Column("device", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("receipt", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("replays", Integer, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
