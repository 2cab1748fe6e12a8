"""What a new store begins with, and what it says of itself."""

import re

from sqlalchemy import func, select

from db import migrations, streams
from db.keyring import Identity
from db.mapping import CLASSES
from db.operation import new_id
from db.refused import BadValue
from db.tables.base import table
from db.tables.exchange import Device, Setting
from desktop.casework import numbers
from desktop.casework.sources import TOWNSHIP_NAME
from desktop.casework.views import StoreInfo
from desktop.casework.work import Work
from desktop.workspace.exchange import state_of


def township(code: str, name: str) -> tuple[str, str]:
    """Code of nine digits and name of a township; raises `BadValue`."""
    if not re.fullmatch(r"[0-9]{9}", code):
        raise BadValue(
            "store.bad_township",
            "乡镇代码要写 9 位数字。",
            "没有新建资料库。",
            "例如 513224102（青云镇）。",
        )
    words = " ".join(name.split())
    if not 1 <= len(words) <= 40:
        raise BadValue(
            "store.bad_township",
            "乡镇名称要写 1 至 40 字。",
            "没有新建资料库。",
            "例如 青云镇。",
        )
    return code, words


def first_steps(work: Work, township_name: str, private_keys: bytes) -> None:
    """The device row and the township's name, in the store's first transaction."""
    work.session.add(Device(id=new_id(), private_keys=private_keys, digit=0))
    work.session.add(Setting(name=TOWNSHIP_NAME, value=township_name))
    work.session.flush()
    work.record("init", "", {"township": work.scope})


def after_restore(work: Work) -> None:
    """A restored store may have forgotten what it sent and numbered: a new stream, 200 numbers left out (D13)."""
    numbers.skip_after_restore(work.session)
    streams.open_new(work.session, "restored", streams.current(work.session).epoch)
    work.record("restored")


def device_id(work: Work) -> str:
    """The id of this laptop."""
    return work.session.execute(select(Device.id)).scalar_one()


def counts(work: Work) -> dict[str, int]:
    """How many records of each kind are in the view."""
    found = {}
    for kind, mapped in CLASSES.items():
        rows = table(mapped)  # type: ignore[arg-type]  # every mapped record class is a Base
        found[kind] = work.session.execute(
            select(func.count()).select_from(rows).where(rows.c.void.is_(False))
        ).scalar_one()
    return found


def info(work: Work, identity: Identity) -> StoreInfo:
    """`info` for command line and status line."""
    from sync import device

    state = state_of(work.session)
    return StoreInfo(
        store_version=migrations.newest(),
        township=identity.township,
        township_name=identity.township_name,
        training=identity.training,
        device=device_id(work),
        user=identity.user,
        roles=identity.roles,
        counts=counts(work),
        unsent=state.unsent,
        oldest_unsent=state.oldest_unsent,
        last_receipt=state.last_receipt,
        state_hash=device.state_hash(work.session, work.scope),
        enrolled=state.enrolled,
        conflicts=state.conflicts,
    )
