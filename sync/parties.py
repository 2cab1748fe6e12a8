"""The keys of a party (laptop or county): signing, and sealing in both suites; stands in until `db/crypto` has them."""

import hashlib
from functools import cached_property

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import (
    X25519PrivateKey,
    X25519PublicKey,
)
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

_SMALL = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_LASTING = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class CryptoFailure(Exception):
    """Something does not open with these keys."""


class PublicKeys:
    """What others may know of a party: `raw` holds its signing key and its X25519 and ML-KEM-768 keys."""

    def __init__(self, raw: bytes) -> None:
        """Raises ValueError when `raw` is no set of public keys."""
        if len(raw) != 32 + 32 + 1184:
            raise ValueError("public keys")
        self.raw = raw
        self.key_id = hashlib.sha256(raw).digest()[:16]

    @property
    def fingerprint(self) -> str:
        """Six groups of four hex digits that two people compare by phone."""
        digits = hashlib.sha256(b"fingerprint" + self.raw).hexdigest()[:24]
        return "-".join(digits[i : i + 4] for i in range(0, 24, 4))

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether this party signed these bytes."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw[:32]).verify(signature, data)
        except InvalidSignature:
            return False
        return True

    def wrap(self, suite: int, key: bytes, info: bytes) -> bytes:
        """A content key sealed to this party by HPKE (suite 1: X25519, 3: ML-KEM-768 with X25519)."""
        exchange = X25519PublicKey.from_public_bytes(self.raw[32:64])
        if suite == 1:
            return _SMALL.encrypt(key, exchange, info=info)
        lasting = MLKEM768PublicKey.from_public_bytes(self.raw[64:])
        return _LASTING.encrypt(key, MLKEM768X25519PublicKey(lasting, exchange), info=info)


class PartyKeys:
    """A party's private keys, from 128 bytes of `raw` seeds."""

    def __init__(self, raw: bytes) -> None:
        """Raises ValueError when `raw` is no set of private keys."""
        if len(raw) != 32 + 32 + 64:
            raise ValueError("party keys")
        self.raw = raw
        self._sign = Ed25519PrivateKey.from_private_bytes(raw[:32])
        self._exchange = X25519PrivateKey.from_private_bytes(raw[32:64])

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
        return MLKEM768PrivateKey.from_seed_bytes(self.raw[64:])

    @cached_property
    def public(self) -> PublicKeys:
        """The public half."""
        return PublicKeys(
            self._sign.public_key().public_bytes_raw()
            + self._exchange.public_key().public_bytes_raw()
            + self._lasting.public_key().public_bytes_raw()
        )

    def sign(self, data: bytes) -> bytes:
        """An Ed25519 signature."""
        return self._sign.sign(data)

    def unwrap(self, suite: int, sealed: bytes, info: bytes) -> bytes:
        """The content key that was sealed to this party; raises CryptoFailure."""
        try:
            if suite == 1:
                return _SMALL.decrypt(sealed, self._exchange, info=info)
            return _LASTING.decrypt(sealed, MLKEM768X25519PrivateKey(self._lasting, self._exchange), info=info)
        except (InvalidTag, ValueError) as error:
            raise CryptoFailure("unwrap") from error


