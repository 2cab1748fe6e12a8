"""Suites, party keys, sealing, derivation and the printed code."""

import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import recovery
from db.crypto import kdf
from db.crypto.parties import PartyKeys, PublicKeys
from db.crypto.sealer import Sealer, new_key
from db.crypto.suites import LASTING_SUITE, SM_SUITE, SMALL_SUITE, CryptoFailure
from db.refused import BadValue, Refused

KEYS, OTHER = PartyKeys.generate(), PartyKeys.generate()


@pytest.mark.parametrize("suite", [SMALL_SUITE, LASTING_SUITE])
def test_a_sealed_secret_opens_only_with_its_key_its_info_and_every_byte(suite: int) -> None:
    secret = new_key()
    sealed = KEYS.public.wrap(suite, secret, b"header")
    assert KEYS.unwrap(suite, sealed, b"header") == secret
    changed = bytearray(sealed)
    changed[len(sealed) // 2] ^= 1
    for keys, data, info in (
        (OTHER, sealed, b"header"),
        (KEYS, sealed, b"another"),
        (KEYS, bytes(changed), b"header"),
        (KEYS, sealed[:-1], b"header"),
        (KEYS, b"", b"header"),
    ):
        with pytest.raises(CryptoFailure):
            keys.unwrap(suite, data, info)


def test_the_national_suite_is_refused_by_its_name() -> None:
    with pytest.raises(Refused) as caught:
        KEYS.public.wrap(SM_SUITE, new_key(), b"")
    assert caught.value.code == "crypto.suite_reserved" and "SM2" in caught.value.what
    with pytest.raises(Refused) as caught:
        KEYS.unwrap(9, b"", b"")
    assert caught.value.code == "crypto.suite_unknown"


def test_keys_travel_as_bytes_and_come_back_as_the_same_party() -> None:
    class Letter(msgspec.Struct):
        keys: bytes

    sent = msgspec.msgpack.encode(Letter(KEYS.public.raw))
    arrived = PublicKeys(msgspec.msgpack.decode(sent, type=Letter).keys)
    assert arrived == KEYS.public and arrived.key_id == KEYS.public.key_id
    assert PartyKeys(KEYS.raw).public == KEYS.public
    assert arrived.verify(KEYS.sign(b"text"), b"text")
    assert not arrived.verify(OTHER.sign(b"text"), b"text")
    assert not arrived.verify(b"", b"text")


def test_a_fingerprint_is_eight_groups_that_can_be_read_out() -> None:
    groups = KEYS.public.fingerprint.split("-")
    assert [len(group) for group in groups] == [4] * 8
    assert KEYS.public.fingerprint != OTHER.public.fingerprint


@pytest.mark.parametrize("raw", [b"", b"\0" * 1247, b"\xff" * 1248])
def test_bytes_that_are_no_keys_are_refused(raw: bytes) -> None:
    with pytest.raises(CryptoFailure):
        PublicKeys(raw)
    with pytest.raises(CryptoFailure):
        PartyKeys(raw)


@given(st.binary(max_size=300), st.binary(max_size=30), st.data())
def test_a_sealed_item_opens_again_and_no_changed_bit_passes(plain: bytes, aad: bytes, data: st.DataObject) -> None:
    sealer = Sealer(b"k" * 32)
    sealed = sealer.seal(plain, aad)
    assert sealer.open(sealed, aad) == plain
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    changed = bytearray(sealed)
    changed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CryptoFailure):
        sealer.open(bytes(changed), aad)
    with pytest.raises(CryptoFailure):
        sealer.open(sealed, aad + b"x")


def test_ten_thousand_small_items_are_sealed_in_no_time() -> None:
    sealer, item = Sealer(new_key()), b"x" * 600
    best = min(_seconds(sealer, item) for _ in range(3))
    assert best < 0.06


def _seconds(sealer: Sealer, item: bytes) -> float:
    start = time.perf_counter()
    for _ in range(10_000):
        sealer.seal(item, b"a" * 16)
    return time.perf_counter() - start


def test_full_and_half_width_digits_are_the_same_password() -> None:
    salt = b"s" * 16
    assert kdf.password_key("口令１２３", salt, kdf.CHEAP) == kdf.password_key("口令123", salt, kdf.CHEAP)


def test_the_measured_cost_is_never_below_the_least() -> None:
    cost = kdf.calibrate(target_seconds=0.0)
    assert cost.memory_kib >= 64 * 1024 and cost.iterations >= 3 and cost.sane()


def test_keys_for_different_purposes_differ() -> None:
    key = new_key()
    assert len({kdf.derive(key, "blobs"), kdf.derive(key, "store"), key}) == 3


@given(st.integers(0, 39), st.integers(1, 31))
def test_one_wrong_character_of_the_printed_code_is_always_noticed(at: int, by: int) -> None:
    code = recovery.new_code()
    letters = list(code.replace("-", ""))
    letters[at] = recovery.ALPHABET[(recovery.ALPHABET.index(letters[at]) + by) % 32]
    with pytest.raises(BadValue):
        recovery.read_code("".join(letters))


@given(st.integers(0, 38))
def test_two_neighbours_swapped_in_the_printed_code_are_always_noticed(at: int) -> None:
    letters = list(recovery.new_code().replace("-", ""))
    if letters[at] != letters[at + 1]:
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
        with pytest.raises(BadValue):
            recovery.read_code("".join(letters))


def test_the_printed_code_is_read_however_it_was_typed() -> None:
    code = recovery.new_code()
    assert len(code) == 47 and code.count("-") == 7
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert recovery.read_code(typed) == recovery.read_code(code) == code
