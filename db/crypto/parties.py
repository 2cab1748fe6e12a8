"""The keys of a party (laptop, county, recovery): signing and sealing, private and public half."""

import hashlib
from functools import cached_property

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey

from db.crypto.suites import (
    SMALL_SUITE,
    CryptoFailure,
    OpeningKey,
    SealingKey,
    hpke,
    not_keys,
    open_sealed,
    seal,
)

__all__ = ["CryptoFailure", "PartyKeys", "PublicKeys"]

_SIGN, _EXCHANGE, _LASTING_PUBLIC, _LASTING_SEED = 32, 32, 1184, 64


class PublicKeys:
    """What others may know of a party: Ed25519, X25519 and ML-KEM-768 public keys, together `raw`.

    `raw` (1,248 bytes) is the serialised form: a `bytes` field of any msgspec struct, and the way back.
    """

    def __init__(self, raw: bytes) -> None:
        """Raises CryptoFailure `crypto.not_keys` when `raw` is no set of public keys."""
        if len(raw) != _SIGN + _EXCHANGE + _LASTING_PUBLIC:
            raise not_keys()
        self.raw = bytes(raw)
        self.key_id = hashlib.sha256(raw).digest()[:16]
        try:
            self._verify = Ed25519PublicKey.from_public_bytes(raw[:_SIGN])
            self._exchange = X25519PublicKey.from_public_bytes(raw[_SIGN : _SIGN + _EXCHANGE])
            self._lasting = MLKEM768PublicKey.from_public_bytes(raw[_SIGN + _EXCHANGE :])
        except ValueError:
            raise not_keys() from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicKeys) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)

    @property
    def fingerprint(self) -> str:
        """Eight groups of four hex digits that two people compare by phone (no other party has them)."""
        digits = hashlib.sha256(b"zoucun fingerprint" + self.raw).hexdigest()[:32]
        return "-".join(digits[at : at + 4] for at in range(0, 32, 4))

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether this party signed these bytes."""
        try:
            self._verify.verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def sealing_key(self, suite: int) -> SealingKey:
        """The key that `suites.seal` takes; raises CryptoFailure for a suite that is not here."""
        hpke(suite)
        if suite == SMALL_SUITE:
            return self._exchange
        return MLKEM768X25519PublicKey(self._lasting, self._exchange)

    def wrap(self, suite: int, key: bytes, info: bytes) -> bytes:
        """A secret sealed to this party (suite 1: 48 bytes more, suite 3: 1,136), bound to `info`."""
        return seal(suite, self.sealing_key(suite), key, info)


class PartyKeys:
    """A party's private keys: Ed25519, X25519 and ML-KEM-768 seeds: `raw`, 128 bytes, kept sealed."""

    def __init__(self, raw: bytes) -> None:
        """Raises CryptoFailure `crypto.not_keys` when `raw` is no set of private keys."""
        if len(raw) != _SIGN + _EXCHANGE + _LASTING_SEED:
            raise not_keys()
        self.raw = bytes(raw)
        self._sign = Ed25519PrivateKey.from_private_bytes(raw[:_SIGN])
        self._exchange = X25519PrivateKey.from_private_bytes(raw[_SIGN : _SIGN + _EXCHANGE])

    @classmethod
    def generate(cls) -> "PartyKeys":
        """Fresh keys."""
        return cls(
            Ed25519PrivateKey.generate().private_bytes_raw()
            + X25519PrivateKey.generate().private_bytes_raw()
            + MLKEM768PrivateKey.generate().private_bytes_raw()
        )

    @cached_property
    def _lasting(self) -> MLKEM768PrivateKey:
        return MLKEM768PrivateKey.from_seed_bytes(self.raw[_SIGN + _EXCHANGE :])

    @cached_property
    def public(self) -> PublicKeys:
        """The public half."""
        return PublicKeys(
            self._sign.public_key().public_bytes_raw()
            + self._exchange.public_key().public_bytes_raw()
            + self._lasting.public_key().public_bytes_raw()
        )

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature (64 bytes)."""
        return self._sign.sign(data)

    def opening_key(self, suite: int) -> OpeningKey:
        """The key that `suites.open_sealed` takes; raises CryptoFailure for a suite that is not here."""
        hpke(suite)
        if suite == SMALL_SUITE:
            return self._exchange
        return MLKEM768X25519PrivateKey(self._lasting, self._exchange)

    def unwrap(self, suite: int, sealed: bytes, info: bytes) -> bytes:
        """The secret that was sealed to this party; raises CryptoFailure."""
        return open_sealed(suite, self.opening_key(suite), sealed, info)
