"""This laptop's own keys, its request to the county and the certificate that answers it."""

from collections.abc import Callable
from datetime import UTC, datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.crypto.parties import PartyKeys, PublicKeys
from db.operation import new_id
from db.refused import NotAllowed, PackageRefused, Refused
from db.store import Store
from db.tables.exchange import Device
from db.tables.journal import Cursor
from sync import package
from sync.protocol import Certificate, CertificateBody, EnrolBody, EnrolRequest


def own(session: Session) -> Device:
    """The device row; keys are made the first time they are asked for."""
    found = session.execute(select(Device)).scalars().first()
    if found is None:
        found = Device(id=new_id(), private_keys=PartyKeys.generate().raw, digit=0)
        session.add(found)
        session.flush()
    return found


def certificate_of(device: Device) -> Certificate:
    """The county's certificate; raises Refused `device.not_enrolled`."""
    if device.certificate is None:
        raise Refused(
            "device.not_enrolled",
            "这台电脑还没有在县里登记。",
            "资料都在本机，没有受影响。",
            "先写出登记申请交给县里，拿到证书后再交换。",
        )
    return msgspec.msgpack.decode(device.certificate, type=Certificate)


def request(session: Session, store: Store) -> bytes:
    """The enrolment request: public keys, township and display name; no person in it."""
    device = own(session)
    keys = PartyKeys(device.private_keys)
    who = store.identity
    asked = EnrolRequest(device.id, keys.public.raw, who.township, who.township_name, (1, 3), who.training)
    body = msgspec.msgpack.encode(EnrolBody(asked))
    return package.seal(
        package.ENROL_REQUEST, package.new_package_id(), body, keys, [], package.CLEAR_SUITE, who.training
    )


def accept(session: Session, store: Store, data: bytes, trust: str | None, ask: Callable[[str], bool]) -> None:
    """Take in the certificate once the county's fingerprint is trusted; raises Refused, nothing changed then."""
    device = own(session)
    opened = package.unseal_introduced(
        data, PartyKeys(device.private_keys), package.CERTIFICATE, store.identity.training, _county_keys
    )
    found = package.decode_body(opened.body, CertificateBody).certificate
    if found.device != device.id or found.township != store.identity.township:
        raise PackageRefused(
            "device.not_ours", "这份证书不是发给这台电脑的。", "没有装入任何内容。", "请核对是不是拿错了文件。"
        )
    county = PublicKeys(found.county_keys)
    if not (_plain(trust) == _plain(county.fingerprint) if trust is not None else ask(county.fingerprint)):
        raise NotAllowed(
            "device.untrusted",
            "县里的指纹对不上，或没有确认。",
            "证书没有装入，资料没有受影响。",
            "请打电话与县里逐组核对指纹，再装一次。",
        )
    device.certificate = msgspec.msgpack.encode(found)
    device.digit, device.county = found.digit, found.county_name
    device.fingerprint = county.fingerprint
    device.enrolled_at = datetime.now(UTC).isoformat(timespec="seconds")
    for scope in found.scopes:
        if session.get(Cursor, scope) is None:
            session.add(Cursor(scope=scope, epoch=found.epoch, seq=0, results=0))
    store.set_county_slot(PublicKeys(found.recovery_keys))


def _county_keys(body: bytes) -> PublicKeys:
    return PublicKeys(msgspec.msgpack.decode(body, type=CertificateBody).certificate.county_keys)


def _plain(fingerprint: str) -> str:
    return "".join(char for char in fingerprint.lower() if char.isalnum())
