"""What the county keeps beside its database: who it is, its keys and its epoch, in one file of the data folder."""

import base64
import os
import unicodedata
from pathlib import Path

import msgspec

from db.crypto.parties import CryptoFailure, PartyKeys
from db.crypto.sealer import Sealer
from db.refused import Refused

FILE = "county.json"


class County(msgspec.Struct, frozen=True):
    """The county of a data folder; key fields are base64 of raw private keys.

    `epoch` grows at every restore of the database (sync_design.md §5.12); it lives here so that no backup of the
    database brings an old one back.
    """

    code: str
    name: str
    training: bool
    epoch: int
    party: str
    recovery: str
    storage: str
    addresses: tuple[str, ...] = ()

    def keys(self) -> PartyKeys:
        """The county's own keys."""
        return PartyKeys(base64.b64decode(self.party))

    def recovery_keys(self) -> PartyKeys:
        """The county's recovery keys: they open what lost its recipient."""
        return PartyKeys(base64.b64decode(self.recovery))

    def storage_key(self) -> bytes:
        """The key that seals bodies in the database."""
        return base64.b64decode(self.storage)


def make(data: Path, code: str, name: str, training: bool) -> County:
    """A new county in an empty data folder; raises Refused `county.exists` or `county.bad_code`."""
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise Refused("county.bad_code", "县级代码应是 6 位数字。", "没有写入任何内容。", "请按行政区划代码重新填写。")
    if not name_holds(name):
        raise Refused("county.bad_name", "名称要写 1 至 40 字。", "没有写入任何内容。", "例如 某县民政局。")
    if _there(data):
        raise Refused("county.exists", "这个文件夹里已经有县级服务。", "原有内容没有改动。", "请换一个空文件夹。")
    county = County(
        code,
        name,
        training,
        1,
        _text(PartyKeys.generate().raw),
        _text(PartyKeys.generate().raw),
        _text(os.urandom(32)),
    )
    save(data, county)
    return county


def name_holds(name: str) -> bool:
    """Whether a county or township may be called so: 1 to 40 characters, none of them unseen."""
    return bool(name.strip()) and len(name) <= 40 and not any(unicodedata.category(char) == "Cc" for char in name)


def _there(data: Path) -> bool:
    try:
        return (data / FILE).exists()
    except OSError:
        raise _not_written() from None


def _not_written() -> Refused:
    return Refused(
        "county.not_written", "数据文件夹写不进去。", "没有改动任何内容。", "请检查 --data 的位置、权限和磁盘空间。"
    )


def load(data: Path) -> County:
    """The county of a data folder; raises Refused `county.missing`, also when its keys are none."""
    try:
        county = msgspec.json.decode((data / FILE).read_bytes(), type=County)
        county.keys(), county.recovery_keys(), Sealer(county.storage_key())
        return county
    except (OSError, ValueError, CryptoFailure):  # msgspec's errors are ValueErrors
        raise Refused(
            "county.missing",
            "这个文件夹里没有县级服务，或密钥文件已损坏。",
            "没有改动任何内容。",
            "请检查 --data，或先运行 init。",
        ) from None


def save(data: Path, county: County) -> None:
    """Write the file anew, readable by its owner alone; raises Refused `county.not_written`."""
    temporary = data / (FILE + ".tmp")
    try:
        data.mkdir(parents=True, exist_ok=True)
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(msgspec.json.encode(county))
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, data / FILE)
    except OSError:
        raise _not_written() from None


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
