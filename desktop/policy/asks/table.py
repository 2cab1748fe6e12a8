"""Table of everything that may be asked of the rules."""

from desktop.policy.asks import (
    adjust,
    archive_check,
    assess,
    deadline,
    duplicate_check,
    gate,
    identity,
    labour,
    ledger_check,
    notice_check,
    notice_period,
    pack_check,
    refer,
    texts,
)
from desktop.policy.inquiry import Ask

ASKS: dict[str, Ask] = {
    ask.name: ask
    for ask in (
        assess.ASK,
        deadline.ASK,
        notice_period.ASK,
        gate.ASK,
        adjust.ASK,
        identity.ASK,
        *texts.ASKS,
        notice_check.ASK,
        pack_check.ASK,
        duplicate_check.ASK,
        ledger_check.ASK,
        archive_check.ASK,
        refer.ASK,
        *labour.ASKS,
    )
}
