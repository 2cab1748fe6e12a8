"""The fixture pack (test values only), read once."""

from pathlib import Path

import msgspec
import pytest

from desktop.policy.pack import CountyPack

DATA = Path(__file__).parents[1] / "data" / "policy"


@pytest.fixture(scope="session")
def county() -> CountyPack:
    return CountyPack.read(msgspec.json.decode((DATA / "fixture_pack.json").read_bytes()))
