"""What holds for every test: no display is needed, and nothing is read from the person's own environment."""

import os
from collections.abc import Iterator

import pytest

from db.crypto import kdf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

OURS = (
    "ZOUCUN_STORE",
    "ZOUCUN_USER",
    "ZOUCUN_PASSWORD",
    "ZOUCUN_PASSWORD_FILE",
    "ZOUCUN_NEW_PASSWORD",
    "ZOUCUN_APPROVER_PASSWORD",
    "ZOUCUN_APPROVER_PASSWORD_FILE",
    "ZOUCUN_OPEN_PASSWORD",
    "ZOUCUN_OPEN_PASSWORD_FILE",
    "ZOUCUN_DATA",
    "ZOUCUN_DB",
)


@pytest.fixture(autouse=True)
def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store or password that the person works with never reaches a test."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Passwords cost nothing in tests."""
    before, kdf.DEFAULT = kdf.DEFAULT, kdf.CHEAP
    yield
    kdf.DEFAULT = before
