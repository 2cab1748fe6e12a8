"""County packs in the store: taken in by the rules, the one in force on a day, and the one of an old answer."""

import hashlib
from collections.abc import Callable
from functools import lru_cache

import msgspec
from sqlalchemy import Integer, literal_column, select

from db.refused import BadValue, Refused
from db.tables.exchange import PackReceived
from desktop.casework.case_views import PackView
from desktop.casework.work import Work
from desktop.policy.pack import CountyPack, PackUnreadable
from desktop.policy.pack_file import to_sign, unwrapped
from desktop.policy.pack_rules import oddities_of, unset_keys
from desktop.policy.signed_pack import PackRefused, open_signed

POLICY, SHIPPED = "policy", "policy_shipped"
"""Kinds of packs: installed from the county, and the program's own one as far as an answer rests on it."""

_SAFE = "原来的参数没有变，继续有效。"


class HeldPack(msgspec.Struct, frozen=True):
    """A pack to ask by: `pack_id` is the SHA-256 of its bytes, `shipped` says that it came with the program."""

    pack_id: str
    content: bytes
    county: CountyPack
    shipped: bool = False

    @property
    def version(self) -> str:
        """The version that the pack gives itself."""
        return self.county.pack.pack_version


class CountySeal(msgspec.Struct, frozen=True):
    """The county of this laptop's certificate: its code, and whether a signature over some bytes is its own."""

    code: str
    verify: Callable[[bytes, bytes], bool]


def in_force(work: Work, day: str | None = None) -> HeldPack:
    """The pack that holds on a day (default: the business date): of those in effect the one installed last.

    Without one it is the program's own: for training one with invented amounts, else one without any (D5).
    """
    query = (
        select(PackReceived)
        .where(PackReceived.kind == POLICY, PackReceived.effective_from <= (day or work.on))
        .order_by(PackReceived.effective_from.desc(), literal_column("pack_received.rowid", Integer).desc())
    )
    row = work.session.execute(query.limit(1)).scalar()
    if row is not None:
        return HeldPack(row.id, row.body, _read(row.body))
    return HeldPack(_id(work.shipped_pack), work.shipped_pack, _read(work.shipped_pack), shipped=True)


def by_id(work: Work, pack_id: str) -> HeldPack:
    """The pack that an old answer was given by; raises `Refused` when this laptop does not have it."""
    row = work.session.get(PackReceived, pack_id)
    if row is not None:
        return HeldPack(row.id, row.body, _read(row.body), row.kind == SHIPPED)
    if pack_id == _id(work.shipped_pack):
        return HeldPack(pack_id, work.shipped_pack, _read(work.shipped_pack), shipped=True)
    raise Refused(
        "pack.not_here",
        "当时用的县参数包不在这台电脑上，不能重算。",
        "当时的结论和依据都留着，可以照看。",
        "需要重算的，请装入当时的参数包。",
    )


def keep(work: Work, held: HeldPack) -> None:
    """Keep the program's own pack once an answer rests on it: the next program may bring another."""
    if held.shipped and work.session.get(PackReceived, held.pack_id) is None:
        work.session.add(_row(held, SHIPPED))
        work.session.flush()


def install(work: Work, data: bytes, seal: CountySeal | None) -> PackView:
    """Take in a county pack: signed by the county of the certificate, readable, by the rules; else refused whole.

    A training store takes an unsigned pack as training. Raises `PackRefused`, and `Refused` `device.not_enrolled`
    for a signed pack on a laptop that knows no county yet.
    """
    work.allow("pack")
    content, signature = unwrapped(data)
    if signature is None and work.training:
        county = open_signed(content, b"", lambda signature, content: True)
    else:
        county = open_signed(content, signature or b"", _checker(work, signature, seal))
        if seal is not None and county.pack.county_code not in (None, seal.code):
            raise PackRefused("pack.other_county", "这是别的县的参数包，没有采用。", _SAFE, "请核对是不是拿错了文件。")
    held = HeldPack(_id(content), content, county)
    _only_one_of_a_version(work, held)
    row = work.session.get(PackReceived, held.pack_id)
    if row is None:
        work.session.add(_row(held, POLICY))
    else:
        row.kind = POLICY
    work.session.flush()
    work.record("pack.install", "", {"version": held.version, "sha256": held.pack_id, "signed": signature is not None})
    return view(work, held)


def show(work: Work) -> PackView:
    """The pack in force on the business date, with what is not set in it."""
    work.allow("look")
    return view(work, in_force(work))


def view(work: Work, held: HeldPack) -> PackView:
    """A pack for showing."""
    pack = held.county.pack
    return PackView(
        pack_id=held.pack_id,
        pack_version=held.version,
        county_code=pack.county_code,
        doc_no=pack.doc_no,
        approved_by=pack.approved_by,
        effective_from=pack.effective_from.isoformat() if pack.effective_from else None,
        shipped=held.shipped,
        in_force=held.pack_id == in_force(work).pack_id,
        warnings=oddities_of(pack),
        missing=unset_keys(pack),
    )


def _checker(work: Work, signature: bytes | None, seal: CountySeal | None) -> Callable[[bytes, bytes], bool]:
    if signature is None:
        return lambda signature, content: False
    if seal is None:
        raise Refused(
            "device.not_enrolled",
            "这台电脑还没有在县里登记，核对不了参数包的签名。",
            _SAFE,
            "先写出登记申请交给县里，装入证书后再装参数包。",
        )
    return lambda signature, content: seal.verify(signature, to_sign(content, work.training))


def _only_one_of_a_version(work: Work, held: HeldPack) -> None:
    query = select(PackReceived.id).where(PackReceived.kind == POLICY, PackReceived.edition == held.version)
    other = work.session.execute(query.where(PackReceived.id != held.pack_id)).scalar()
    if other is not None:
        raise BadValue(
            "pack.same_version",
            f"已经装过版本 {held.version[:40]} 的参数包，内容和这一份不同。",
            _SAFE,
            "请向县民政局问清哪一份有效；改过的参数包要换版本号。",
        )


def _row(held: HeldPack, kind: str) -> PackReceived:
    since = held.county.pack.effective_from
    return PackReceived(
        id=held.pack_id,
        kind=kind,
        edition=held.version,
        effective_from=since.isoformat() if since else "",
        body=held.content,
    )


def _id(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=8)
def _read(content: bytes) -> CountyPack:
    try:
        return CountyPack.read(msgspec.json.decode(content))
    except (PackUnreadable, msgspec.DecodeError) as unreadable:
        raise Refused(
            "pack.unreadable",
            "本机保存的县参数包读不出来。",
            "案件和人员资料没有受影响。",
            "请重新装入县里的参数包；还不行请从备份恢复。",
        ) from unreadable
