"""The suites by their ids in every header, and sealing to a public key by HPKE (RFC 9180)."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from db.refused import Refused

SMALL_SUITE, SM_SUITE, LASTING_SUITE = 1, 2, 3
"""1: X25519, HKDF-SHA256, AES-256-GCM. 2: SM2/SM3/SM4, not here yet. 3: as 1 with ML-KEM-768 (D1)."""

SealingKey = X25519PublicKey | MLKEM768X25519PublicKey
OpeningKey = X25519PrivateKey | MLKEM768X25519PrivateKey

_HPKE = {
    SMALL_SUITE: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    LASTING_SUITE: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}


class CryptoFailure(Refused):
    """Something does not open with this key, is not a key, or names a suite that is not here."""


def not_opened() -> CryptoFailure:
    """The refusal for sealed bytes that this key does not open, whether foreign or altered."""
    return CryptoFailure(
        "crypto.not_opened",
        "这份密文打不开：不是给这把钥匙的，或者被改动过。",
        "没有采用其中任何内容。",
        "请核对来源后重新取一份。",
    )


def not_keys() -> CryptoFailure:
    """The refusal for bytes that should be a party's keys and are none."""
    return CryptoFailure(
        "crypto.not_keys", "这不是一套完整的密钥。", "没有采用其中任何内容。", "请核对来源后重新取一份。"
    )


def hpke(suite: int) -> Suite:
    """The HPKE suite of an id; raises CryptoFailure `crypto.suite_reserved` (2) or `crypto.suite_unknown`."""
    if suite in _HPKE:
        return _HPKE[suite]
    if suite == SM_SUITE:
        raise CryptoFailure(
            "crypto.suite_reserved",
            "这里用的是国密算法组（SM2/SM3/SM4），本程序还没有装上国密模块。",
            "没有采用其中任何内容。",
            "请让对方改用 1 号或 3 号算法组。",
        )
    raise CryptoFailure(
        "crypto.suite_unknown",
        f"本程序不认识 {suite} 号算法组。",
        "没有采用其中任何内容。",
        "请先把本机的走村升级到最新版本。",
    )


def seal(suite: int, public: SealingKey, plain: bytes, info: bytes) -> bytes:
    """`plain` sealed to a public key of that suite; `info` is bound to it and must be given again to open."""
    return hpke(suite).encrypt(plain, public, info=info)


def open_sealed(suite: int, private: OpeningKey, sealed: bytes, info: bytes) -> bytes:
    """What `seal` sealed; raises CryptoFailure when key, info or a single byte is another."""
    chosen = hpke(suite)
    try:
        return chosen.decrypt(sealed, private, info=info)
    except (InvalidTag, ValueError):
        raise not_opened() from None
