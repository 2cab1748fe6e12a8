"""Symmetric sealing of items small and large with one key: AES-256-GCM, random nonce, associated data."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from db.crypto.suites import not_opened

KEY_SIZE, NONCE_SIZE, TAG_SIZE = 32, 12, 16
OVERHEAD = NONCE_SIZE + TAG_SIZE
"""Bytes that a sealed item is longer than the clear one."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_SIZE)


class Sealer:
    """Seals and opens with one key; random nonces are safe up to 2³² items a key, far beyond a township."""

    def __init__(self, key: bytes) -> None:
        """Takes 32 bytes; raises ValueError otherwise."""
        if len(key) != KEY_SIZE:
            raise ValueError("a sealing key has 32 bytes")
        self._cipher = AESGCM(key)

    def seal(self, plain: bytes, aad: bytes = b"") -> bytes:
        """Nonce and ciphertext; `aad` is bound to it and must be given again to open."""
        nonce = os.urandom(NONCE_SIZE)
        return nonce + self._cipher.encrypt(nonce, plain, aad)

    def open(self, data: bytes, aad: bytes = b"") -> bytes:
        """What `seal` sealed; raises CryptoFailure `crypto.not_opened` when key, aad or a byte is another."""
        if len(data) < OVERHEAD:
            raise not_opened()
        try:
            return self._cipher.decrypt(data[:NONCE_SIZE], data[NONCE_SIZE:], aad)
        except InvalidTag:
            raise not_opened() from None
