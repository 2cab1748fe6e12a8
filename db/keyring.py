"""Who may open a store: `keyring.json` with one slot a user, one for the printed code, one for the county.

Every slot holds the same 256-bit data key, wrapped by something else; changing a password rewrites a slot,
never the store. A checksum finds accidents; a MAC under the data key finds whoever touched township, training
mark, names or roles without a password. The file tells names and roles of staff, nothing else (D1).
"""

import hashlib
import hmac
import os
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import msgspec

from db.attempts import Attempts, Clock, machine_clock
from db.crypto.kdf import SALT_SIZE, KdfCost, cost_or_default, derive, password_key
from db.crypto.parties import PartyKeys, PublicKeys
from db.crypto.sealer import Sealer, new_key
from db.crypto.suites import LASTING_SUITE, SMALL_SUITE, CryptoFailure
from db.files import in_words, write_whole
from db.operation import new_id
from db.recovery import code_key, new_code, read_code
from db.refused import BadValue, StoreRefused

FILE, STORE_FILE = "keyring.json", "store.db"
FORMAT = 1
LEAST_PASSWORD = 10
"""Characters of a password at least (rule book 13 §2.1)."""
_SLOT, _RECOVERY, _COUNTY = b"zoucun slot 1", b"zoucun recovery 1", b"zoucun county slot 1"
_CHECK = re.compile(rb'"check":"([0-9a-f]{64})"')


class Header(msgspec.Struct, frozen=True):
    """What the store is: authenticated by the data key, shown before anyone unlocks."""

    store_id: str
    township: str
    township_name: str
    training: bool


class UserEntry(msgspec.Struct, frozen=True):
    """Somebody who may open the store."""

    name: str
    roles: tuple[str, ...]


class Identity(msgspec.Struct, frozen=True):
    """Who unlocked which store."""

    user: str
    roles: tuple[str, ...]
    township: str
    township_name: str
    training: bool
    store_id: str


class Unlocked(msgspec.Struct, frozen=True):
    """What a right password gives: the data key and who it is."""

    key: bytes
    identity: Identity


class _UserSlot(msgspec.Struct, frozen=True):
    name: str
    roles: tuple[str, ...]
    cost: KdfCost
    salt: bytes
    sealed: bytes


class _RecoverySlot(msgspec.Struct, frozen=True):
    salt: bytes
    sealed: bytes


class _CountySlot(msgspec.Struct, frozen=True):
    suite: int
    key_id: bytes
    sealed: bytes


class _Keyring(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    suite: int
    """Suite whose symmetric half wraps the users' and the recovery slot."""
    header: Header
    users: tuple[_UserSlot, ...]
    recovery: _RecoverySlot
    county: _CountySlot | None
    mac: bytes = b""
    check: str = ""

    def body(self) -> bytes:
        """What the MAC covers: everything but MAC and checksum."""
        return msgspec.json.encode(msgspec.structs.replace(self, mac=b"", check=""), order="deterministic")

    def slot(self, user: str) -> _UserSlot:
        """The user's slot; raises StoreRefused `store.unknown_user`."""
        for slot in self.users:
            if slot.name == user:
                return slot
        names = "、".join(slot.name for slot in self.users)
        raise StoreRefused(
            "store.unknown_user",
            "这个资料库里没有这个用户。",
            "资料没有受影响。",
            f"能打开它的用户：{names}。请选其中一个。",
        )

    def with_slot(self, slot: _UserSlot) -> "_Keyring":
        """The same keyring with this user's slot put in or replaced."""
        if all(held.name != slot.name for held in self.users):
            return msgspec.structs.replace(self, users=(*self.users, slot))
        users = tuple(slot if held.name == slot.name else held for held in self.users)
        return msgspec.structs.replace(self, users=users)


def _damaged() -> StoreRefused:
    return StoreRefused(
        "store.keyring_damaged",
        "钥匙文件（keyring.json）坏了，打不开资料库。",
        "资料库本身没有改动，仍是加密的。",
        "请从最近一次备份恢复，或请县里用恢复钥匙帮忙。",
    )


def _altered() -> StoreRefused:
    return StoreRefused(
        "store.keyring_altered",
        "钥匙文件（keyring.json）被人改动过：乡镇、演练标记、用户或角色与当初写下的不一致。",
        "资料库没有打开，也没有改动。",
        "请从最近一次备份恢复，并告诉县里的管理员。",
    )


def _read(folder: Path) -> _Keyring:
    path = folder / FILE
    with in_words():
        if not path.is_file():
            raise _missing(folder)
        raw = path.read_bytes()
    return _parse(raw)


def _missing(folder: Path) -> StoreRefused:
    if (folder / STORE_FILE).exists():
        return StoreRefused(
            "store.keyring_missing",
            "资料库还在，但钥匙文件（keyring.json）不见了，打不开。",
            "资料库本身没有改动，仍是加密的。",
            "请把钥匙文件放回原处，或从最近一次备份恢复。",
        )
    return StoreRefused(
        "store.missing",
        "这个文件夹里没有走村的资料库。",
        "没有改动任何内容。",
        "请检查文件夹是否选对；第一次使用请先新建资料库。",
    )


def _parse(raw: bytes) -> _Keyring:
    checks = _CHECK.findall(raw)
    plain = _CHECK.sub(b'"check":""', raw)
    if len(checks) != 1 or hashlib.sha256(plain).hexdigest().encode() != checks[0]:
        raise _damaged()
    try:
        found = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
        version = msgspec.json.decode(found.get("format", b"0"), type=int)
        if version > FORMAT:
            raise StoreRefused(
                "store.newer",
                "这个资料库是用更新版本的走村写的，本机的程序太旧，读不了。",
                "资料没有受影响，也没有改动。",
                "请先把本机的走村升级到最新版本，再打开。",
            )
        return msgspec.json.decode(raw, type=_Keyring)
    except msgspec.DecodeError:
        raise _damaged() from None


def _write(folder: Path, keyring: _Keyring, key: bytes) -> None:
    mac = hmac.digest(derive(key, "keyring"), keyring.body(), "sha256")
    raw = msgspec.json.encode(msgspec.structs.replace(keyring, mac=mac, check=""), order="deterministic")
    check = hashlib.sha256(raw).hexdigest().encode()
    write_whole(folder / FILE, raw.replace(b'"check":""', b'"check":"' + check + b'"', 1))


def _authentic(keyring: _Keyring, key: bytes) -> _Keyring:
    if not hmac.compare_digest(hmac.digest(derive(key, "keyring"), keyring.body(), "sha256"), keyring.mac):
        raise _altered()
    return keyring


def check_password(password: str) -> None:
    """Raises BadValue `store.short_password` below ten characters."""
    length = len(unicodedata.normalize("NFKC", password))
    if length < LEAST_PASSWORD:
        raise BadValue(
            "store.short_password",
            f"口令至少要 {LEAST_PASSWORD} 个字符，现在是 {length} 个。",
            "没有改动任何内容。",
            "请换一个长一点、自己记得住的口令，例如一句话。",
        )


def _user_slot(key: bytes, name: str, roles: Sequence[str], password: str, cost: KdfCost | None) -> _UserSlot:
    check_password(password)
    name = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(name) <= 40 or not name.isprintable() or not roles:
        raise BadValue(
            "store.bad_user",
            "用户要有姓名（1 到 40 个字）和至少一个角色。",
            "没有改动任何内容。",
            "请写上经办人的真实姓名，并选角色。",
        )
    chosen, salt = cost_or_default(cost), os.urandom(SALT_SIZE)
    sealed = Sealer(password_key(password, salt, chosen)).seal(key, _SLOT)
    return _UserSlot(name, tuple(roles), chosen, salt, sealed)


def create(
    folder: Path, header: Header, user: str, roles: Sequence[str], password: str, cost: KdfCost | None = None
) -> tuple[Unlocked, str]:
    """Write a new keyring with its first user; the data key and the recovery code, which is shown only here.

    The folder exists and holds no keyring (`db.store` sees to it). Raises BadValue `store.short_password` or
    `store.bad_user`.
    """
    key, code, salt = new_key(), new_code(), os.urandom(SALT_SIZE)
    slot = _user_slot(key, user, roles, password, cost)
    recovery = _RecoverySlot(salt, Sealer(code_key(code, salt)).seal(key, _RECOVERY))
    _write(folder, _Keyring(FORMAT, SMALL_SUITE, header, (slot,), recovery, None), key)
    return Unlocked(key, _identity(header, slot)), code


def new_header(township: str, township_name: str, training: bool) -> Header:
    """The header of a new store with an id of its own."""
    return Header(new_id(), township, township_name, training)


def _identity(header: Header, slot: _UserSlot) -> Identity:
    return Identity(slot.name, slot.roles, header.township, header.township_name, header.training, header.store_id)


def header_of(folder: Path) -> Header:
    """What the store says it is, before anyone unlocks it and thus not yet authenticated."""
    return _read(folder).header


def users(folder: Path) -> list[UserEntry]:
    """Who may open the store, in the order they were added; raises StoreRefused when there is no keyring."""
    return [UserEntry(slot.name, slot.roles) for slot in _read(folder).users]


def unlock(folder: Path, user: str, password: str, clock: Clock = machine_clock) -> Unlocked:
    """The data key and who it is.

    Raises StoreRefused `store.` missing, newer, keyring_damaged, keyring_altered, unknown_user,
    wrong_password (with the tries left) or locked_out (rule book 13 §2.2).
    """
    keyring = _read(folder)
    slot = keyring.slot(unicodedata.normalize("NFC", user).strip())
    attempts = Attempts(folder, clock)
    attempts.admit(slot.name)
    if not slot.cost.sane() or len(slot.salt) < 8:
        raise _altered()
    try:
        key = Sealer(password_key(password, slot.salt, slot.cost)).open(slot.sealed, _SLOT)
    except CryptoFailure:
        raise attempts.wrong(slot.name) from None
    _authentic(keyring, key)
    attempts.right(slot.name)
    return Unlocked(key, _identity(keyring.header, slot))


def vouch(folder: Path, key: bytes, user: str, password: str, clock: Clock = machine_clock) -> UserEntry:
    """Who this is by their own password, in a keyring that holds this data key; raises as `unlock`."""
    unlocked = unlock(folder, user, password, clock)
    if not hmac.compare_digest(unlocked.key, key):
        raise _altered()
    return UserEntry(unlocked.identity.user, unlocked.identity.roles)


def authenticate(folder: Path, key: bytes) -> Header:
    """The header of a keyring that is as holders of the data key wrote it; raises StoreRefused."""
    return _authentic(_read(folder), key).header


def add_user(
    folder: Path, key: bytes, name: str, roles: Sequence[str], password: str, cost: KdfCost | None = None
) -> None:
    """A further slot for the data key; raises BadValue `store.user_exists`, `short_password`, `bad_user`."""
    keyring = _authentic(_read(folder), key)
    slot = _user_slot(key, name, roles, password, cost)
    if any(held.name == slot.name for held in keyring.users):
        raise BadValue(
            "store.user_exists",
            "这个资料库里已经有这个姓名的用户。",
            "没有改动任何内容。",
            "同名的人请在姓名后加上区别，例如“（二）”。",
        )
    _write(folder, keyring.with_slot(slot), key)


def change_password(
    folder: Path, user: str, old: str, new: str, cost: KdfCost | None = None, clock: Clock = machine_clock
) -> None:
    """Rewrite one slot; the old password counts as a try. Raises as `unlock`, and `short_password`."""
    check_password(new)
    unlocked = unlock(folder, user, old, clock)
    _set_password(folder, unlocked.key, unlocked.identity.user, new, cost)


def _set_password(folder: Path, key: bytes, user: str, new: str, cost: KdfCost | None) -> None:
    keyring = _authentic(_read(folder), key)
    held = keyring.slot(user)
    _write(folder, keyring.with_slot(_user_slot(key, held.name, held.roles, new, cost)), key)


def recover(folder: Path, code: str, user: str, new_password: str, cost: KdfCost | None = None) -> None:
    """A new password by the printed code; the code stays valid.

    Raises BadValue `store.recovery_mistyped` or `short_password`, StoreRefused `store.wrong_recovery_code`.
    """
    check_password(new_password)
    keyring = _read(folder)
    name = keyring.slot(unicodedata.normalize("NFC", user).strip()).name
    printed = read_code(code)
    try:
        key = Sealer(code_key(printed, keyring.recovery.salt)).open(keyring.recovery.sealed, _RECOVERY)
    except CryptoFailure:
        raise StoreRefused(
            "store.wrong_recovery_code",
            "这个恢复码不是这个资料库的。",
            "资料没有受影响，口令没有改动。",
            "请核对恢复码是哪台电脑打印的。",
        ) from None
    _set_password(folder, key, name, new_password, cost)
    Attempts(folder).right(name)


def set_county_slot(folder: Path, key: bytes, county: PublicKeys) -> None:
    """Seal the data key to the county's recovery key when its certificate is accepted (§5.9); suite 3."""
    keyring = _authentic(_read(folder), key)
    sealed = county.wrap(LASTING_SUITE, key, _COUNTY + keyring.header.store_id.encode())
    slot = _CountySlot(LASTING_SUITE, county.key_id, sealed)
    _write(folder, msgspec.structs.replace(keyring, county=slot), key)


def open_county_slot(folder: Path, county: PartyKeys) -> bytes:
    """The data key by the county's recovery key; raises StoreRefused or CryptoFailure."""
    keyring = _read(folder)
    if keyring.county is None:
        raise StoreRefused(
            "store.no_county_slot",
            "这个资料库还没有留下县里的恢复钥匙。",
            "资料没有受影响。",
            "请用打印的恢复码。",
        )
    info = _COUNTY + keyring.header.store_id.encode()
    key = county.unwrap(keyring.county.suite, keyring.county.sealed, info)
    _authentic(keyring, key)
    return key
