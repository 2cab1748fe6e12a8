"""The laptops that the county knows: enrolment from request to certificate, revocation, and who may send what."""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, func, insert, select, update

from db.crypto.parties import PublicKeys
from db.crypto.suites import LASTING_SUITE
from db.kinds import WRITERS
from db.refused import NotAllowed, PackageRefused, Refused
from sync import package
from sync.county import keys as county_keys
from sync.county.storage import Storage, add_township
from sync.county.tables import DEVICE
from sync.protocol import Certificate, CertificateBody, EnrolBody, EnrolRequest

DIGITS = range(1, 10)
"""First digits of a township's laptops; 0 is that of a store that is not enrolled (design.md D13)."""


def read_request(data: bytes, training: bool) -> EnrolRequest:
    """A laptop's request, signed by the keys it brings; raises PackageRefused."""
    opened = package.unseal_introduced(data, None, package.ENROL_REQUEST, training, _request_keys)
    return msgspec.msgpack.decode(opened.body, type=EnrolBody).request


def _request_keys(body: bytes) -> PublicKeys:
    return PublicKeys(msgspec.msgpack.decode(body, type=EnrolBody).request.keys)


def enrol(storage: Storage, request: EnrolRequest, township: str, name: str) -> bytes:
    """Take a laptop in and answer with its sealed certificate; doing it again gives the same digit.

    Raises NotAllowed `enrol.wrong_township`, `enrol.full`, `enrol.other_keys` and `enrol.revoked`.
    """
    if not (township.isascii() and township.isdigit() and len(township) == 9):
        raise Refused("enrol.bad_township", "乡镇代码应是 9 位数字。", "没有登记这台电脑。", "请按区划代码重新填写。")
    if not county_keys.name_holds(name):
        raise Refused("enrol.bad_township", "乡镇名称要写 1 至 40 字。", "没有登记这台电脑。", "例如 青云镇。")
    if township != request.township:
        raise NotAllowed(
            "enrol.wrong_township",
            "申请里的乡镇与要登记的乡镇不同。",
            "没有登记这台电脑。",
            "请核对申请文件来自哪个乡镇。",
        )
    keys = PublicKeys(request.keys)
    with storage.writing() as connection:
        add_township(connection, township, name)
        digit, serial = _seat(connection, storage, request, keys)
    certificate = Certificate(
        request.device,
        request.keys,
        township,
        name,
        (township,),
        tuple(sorted(WRITERS)),
        digit,
        storage.county.training,
        storage.county.epoch,
        serial,
        storage.county.code,
        storage.county.name,
        storage.keys.public.raw,
        storage.county.recovery_keys().public.raw,
        storage.county.addresses,
    )
    body = msgspec.msgpack.encode(CertificateBody(certificate))
    return package.seal(
        package.CERTIFICATE,
        package.new_package_id(),
        body,
        storage.keys,
        [keys],
        LASTING_SUITE,
        storage.county.training,
    )


def _seat(connection: Connection, storage: Storage, request: EnrolRequest, keys: PublicKeys) -> tuple[int, int]:
    known = connection.execute(select(DEVICE).where(DEVICE.c.id == request.device)).first()
    if known is not None:
        if known.revoked:
            raise NotAllowed("enrol.revoked", "这台电脑已被注销。", "没有发出证书。", "请在电脑上重新建库后再申请。")
        if known.key_id != keys.key_id or known.scope != request.township:
            raise NotAllowed(
                "enrol.other_keys", "这个电脑编号已用别的密钥登记过。", "原登记没有改动。", "请核对申请文件。"
            )
        return known.digit, known.serial
    taken = set(connection.execute(select(DEVICE.c.digit).where(DEVICE.c.scope == request.township)).scalars())
    free = [digit for digit in DIGITS if digit not in taken]
    if not free:
        raise NotAllowed("enrol.full", "这个乡镇的 9 个电脑编号已用完。", "没有登记这台电脑。", "请联系县级管理员。")
    serial = connection.execute(select(func.count()).select_from(DEVICE)).scalar_one() + 1
    connection.execute(
        insert(DEVICE).values(
            scope=request.township,
            id=request.device,
            key_id=keys.key_id,
            keys=keys.raw,
            digit=free[0],
            serial=serial,
            revoked=False,
            roles=",".join(sorted(WRITERS)),
            name=storage.box.shut(b"device" + request.device.encode(), request.name.encode()),
        )
    )
    return free[0], serial


def revoke(storage: Storage, device: str) -> str:
    """Stop trusting a laptop; its township. Raises Refused `device.unknown`."""
    with storage.writing() as connection:
        scope = connection.execute(select(DEVICE.c.scope).where(DEVICE.c.id == device)).scalar()
        if scope is None:
            raise unknown_device()
        connection.execute(update(DEVICE).where(DEVICE.c.id == device).values(revoked=True))
    return str(scope)


def unknown_device() -> Refused:
    """No laptop of that id is enrolled here."""
    return Refused("device.unknown", "没有登记过这台电脑。", "没有改动任何登记。", "请用 status 查看已登记的电脑。")


def by_key(connection: Connection, key_id: bytes) -> Any:
    """The device row of a key id, revoked ones too; raises PackageRefused `package.unknown_sender`."""
    row = connection.execute(select(DEVICE).where(DEVICE.c.key_id == key_id)).first()
    if row is None:
        raise package.foreign("package.unknown_sender", "数据包的发送方没有在本县登记。")
    return row


def check_sender(row: Any, device: str, scope: str) -> None:
    """The sealed manifest must name the device of the key and a township of its certificate."""
    if row.id != device:
        raise package.damaged()
    if row.scope != scope:
        raise PackageRefused(
            "package.wrong_township", "数据包里是别的乡镇的资料。", package.SAFE, "请核对这台电脑登记在哪个乡镇。"
        )


def certificate_file(data: bytes, out: Path) -> None:
    """Write a certificate where the officer wants it; raises Refused `enrol.not_written`."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(data)
    except OSError:
        raise Refused(
            "enrol.not_written", "证书文件没有写成。", "登记已保存，可以重新发证。", "请换一个位置再运行一次。"
        ) from None
