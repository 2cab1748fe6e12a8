"""Attachments: whole or refused, without a readable name, and a full disk leaves no halves."""

import errno
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.blobs import Blobs
from db.crypto.sealer import new_key
from db.files import write_whole
from db.refused import StoreRefused
from tests.db.test_keyring import code_of

KEY = new_key()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """An empty folder of attachments."""
    return Blobs(tmp_path / "blobs", KEY)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.binary(max_size=2000))
def test_bytes_come_back_and_the_same_bytes_are_kept_once(blobs: Blobs, data: bytes) -> None:
    sha256 = blobs.put(data)
    files = len(blobs.files())
    assert blobs.put(data) == sha256 and len(blobs.files()) == files
    assert blobs.get(sha256) == data and blobs.has(sha256)
    assert all(sha256 not in path.name for path in blobs.files())


def test_every_changed_byte_and_every_swap_is_found(blobs: Blobs) -> None:
    first, second = blobs.put(b"first" * 20), blobs.put(b"second" * 20)
    one, two = blobs.files()
    whole, other = one.read_bytes(), two.read_bytes()
    for at in range(len(whole)):
        one.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
        assert len(blobs.verify()) == 1
    one.write_bytes(other)
    assert len(blobs.verify()) == 1
    damaged = first if blobs._path(first) == one else second
    assert code_of(lambda: blobs.get(damaged)) == "blob.damaged"
    blobs.put(b"first" * 20)
    blobs.put(b"second" * 20)
    assert blobs.verify([first, second]) == []


def test_what_is_not_there_is_refused_and_found(blobs: Blobs) -> None:
    gone = blobs.put(b"gone")
    blobs.remove(gone)
    assert not blobs.has(gone)
    assert code_of(lambda: blobs.get(gone)) == "blob.missing"
    assert blobs.verify() == [] and len(blobs.verify([gone])) == 1


def test_another_store_opens_none_of_them(blobs: Blobs, tmp_path: Path) -> None:
    sha256 = blobs.put(b"ours")
    stranger = Blobs(tmp_path / "blobs", new_key())
    assert not stranger.has(sha256) and len(stranger.verify()) == 1


def test_a_full_disk_leaves_nothing_half_written(blobs: Blobs, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = blobs.put(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreRefused) as caught:
        blobs.put(b"too much")
    assert caught.value.code == "store.disk_full"
    assert len(blobs.files()) == 1 and blobs.get(before) == b"before"


def test_a_write_cut_off_keeps_the_old_content_and_its_leftover_is_swept(tmp_path: Path) -> None:
    write_whole(tmp_path / "file", b"old")
    (tmp_path / "file.tmp").write_bytes(b"ne")
    assert (tmp_path / "file").read_bytes() == b"old"
    Blobs(tmp_path, KEY)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
