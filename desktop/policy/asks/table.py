"""Table of everything that may be asked of the rules."""

from desktop.policy.asks import (
    adjust,
    archive_check,
    assess,
    deadline,
    gate,
    identity,
    labour,
    notice_period,
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
        archive_check.ASK,
        refer.ASK,
        *labour.ASKS,
    )
}
