"""Keys from passwords (Argon2id, its cost beside the salt) and keys from keys (HKDF by purpose)."""

import time
import unicodedata

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SALT_SIZE = 16
LEAST_MEMORY_KIB = 64 * 1024
_LEAST_ITERATIONS, _MOST_ITERATIONS = 3, 24
_TARGET_SECONDS = 0.4


class KdfCost(msgspec.Struct, frozen=True):
    """What one guess of a password costs, as it stands beside the salt in the keyring."""

    iterations: int
    lanes: int
    memory_kib: int

    def sane(self) -> bool:
        """Whether this machine should try it at all (at most 1 GiB, 64 rounds, 16 lanes)."""
        return 1 <= self.iterations <= 64 and 1 <= self.lanes <= 16 and 8 * self.lanes <= self.memory_kib <= 1024 * 1024


CHEAP = KdfCost(1, 1, 64)
"""For tests only: no protection at all."""

DEFAULT: KdfCost | None = None
"""Cost of new slots where the caller names none; None measures this machine. Tests set it to `CHEAP`."""


def password_key(password: str, salt: bytes, cost: KdfCost) -> bytes:
    """256 bits from a password; full and half width count as the same, as input methods mix them (NFKC)."""
    normal = unicodedata.normalize("NFKC", password).encode()
    kdf = Argon2id(salt=salt, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib)
    return kdf.derive(normal)


def calibrate(target_seconds: float = _TARGET_SECONDS) -> KdfCost:
    """The rounds over 64 MiB that take about this long here, never fewer than three."""
    once = min(_one_round() for _ in range(2))  # the first also pays for touching the memory
    rounds = min(_MOST_ITERATIONS, max(_LEAST_ITERATIONS, round(target_seconds / once)))
    return KdfCost(rounds, 2, LEAST_MEMORY_KIB)


def _one_round() -> float:
    start = time.perf_counter()
    password_key("calibrate", b"\0" * SALT_SIZE, KdfCost(3, 2, LEAST_MEMORY_KIB))
    return max((time.perf_counter() - start) / 3, 0.001)


def cost_or_default(cost: KdfCost | None) -> KdfCost:
    """The cost named by the caller, else the module's default, else what this machine bears."""
    return cost or DEFAULT or calibrate()


def derive(key: bytes, purpose: str) -> bytes:
    """A 256-bit key of its own for one purpose; keys of different purposes tell nothing of each other."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"zoucun/" + purpose.encode()).derive(key)
