"""Which column was what in ledgers of known heads: remembered on this laptop, by a print of the heads."""

import json
from collections.abc import Mapping
from typing import Any

from db.tables.exchange import Setting
from desktop.casework.work import Work

_NAME = "ledger_columns"
_MOST = 200
"""Older ones are forgotten first."""


def remembered(work: Work) -> dict[str, dict[str, Any]]:
    """`{print: {"profile", "rows", "columns"}}`."""
    row = work.session.get(Setting, _NAME)
    return dict(json.loads(row.value)) if row is not None else {}


def remember(work: Work, found: Mapping[str, Mapping[str, Any]], forget: str = "") -> None:
    """Keep readings for the next file with the same heads; `forget` is the print of heads that are read anew."""
    work.allow("import")
    if not found and not forget:
        return
    kept = {key: value for key, value in remembered(work).items() if key not in found and key != forget}
    kept |= {key: dict(value) for key, value in found.items()}
    last = dict(list(kept.items())[-_MOST:])
    work.session.merge(Setting(name=_NAME, value=json.dumps(last, ensure_ascii=False)))
    work.record("ledger.columns", "", {"heads": len(found)})
