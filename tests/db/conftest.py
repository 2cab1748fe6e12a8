"""A store with synthetic people in it, made with a cheap password hash."""

from pathlib import Path

import pytest

from db.crypto import kdf
from tests.db.vault_builder import Made


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess costs nothing here."""
    monkeypatch.setattr(kdf, "DEFAULT", kdf.CHEAP)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A closed store, in a folder whose name needs quoting."""
    return Made(tmp_path / "资料 1%#?")
