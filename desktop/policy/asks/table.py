"""Table of everything that may be asked of the rules."""

from desktop.policy.asks import assess, deadline, gate, identity, notice_period, texts
from desktop.policy.inquiry import Ask

ASKS: dict[str, Ask] = {
    ask.name: ask for ask in (assess.ASK, deadline.ASK, notice_period.ASK, gate.ASK, identity.ASK, *texts.ASKS)
}
