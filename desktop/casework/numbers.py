"""Numbers of cases and papers (D13): unique without the network, because the laptop's own digit stands in them."""

import re

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.refused import Refused
from db.tables.documents import Document, NumberSeries
from db.tables.exchange import Device, Setting
from desktop.casework.work import Work

SKIPPED_AFTER_RESTORE = 200
_FLOOR = "_number_floor"
_MOST = 9999


def case_number(work: Work, business: str, year: str) -> str:
    """The next file number, `513224-102-DB-2026-10142`: the first of the five digits is the laptop's."""
    head = f"{township(work.scope)}-{business}-{year}"
    return f"{head}-{_digits(work.session, head)}"


def document_number(work: Work, form_code: str, case_no: str | None) -> str:
    """The number of an official paper: case number + form + count, or a series of the township without a case.

    A laptop that did not open the case counts from its digit × 1000, so two laptops never print the same number.
    """
    form = form_code.replace("-", "")
    if case_no is None:
        head = f"{township(work.scope)}-{form}-{work.on[:4]}"
        return f"{head}-{_digits(work.session, head)}"
    head = f"{case_no}-{form}"
    digit = own_digit(work.session)
    start = 0 if case_no.rsplit("-", 1)[-1].startswith(str(digit)) else digit * 1000
    issued = work.session.execute(select(Document.doc_no).where(Document.doc_no.startswith(head + "-"))).scalars()
    counts = [int(number.rsplit("-", 1)[-1]) for number in issued if number and number.rsplit("-", 1)[-1].isdigit()]
    highest = max((count for count in counts if start <= count < start + 1000), default=start)
    return f"{head}-{_next(work.session, f'{head}#{digit}', highest)}"


def blank_number(work: Work) -> str:
    """The number of an empty sheet: `BLANK-` + digit and date of the batch + count (forms.md 0.2)."""
    batch = f"{own_digit(work.session)}{work.on.replace('-', '')}"
    return f"BLANK-{batch}-{_next(work.session, f'BLANK-{batch}', 0):03d}"


def own_digit(session: Session) -> int:
    """The laptop's digit from its certificate; 0 while it is not enrolled."""
    return session.execute(select(Device.digit)).scalar() or 0


def skip_after_restore(session: Session) -> None:
    """Leave out 200 numbers in every series, also in those begun after the backup was made (D13)."""
    session.execute(update(NumberSeries).values(last=NumberSeries.last + SKIPPED_AFTER_RESTORE))
    row = session.get(Setting, _FLOOR)
    floor = (int(row.value) if row else 0) + SKIPPED_AFTER_RESTORE
    session.merge(Setting(name=_FLOOR, value=str(floor)))


def township(scope: str) -> str:
    """`513224102` as it stands in numbers: `513224-102`."""
    return f"{scope[:6]}-{scope[6:9]}" if re.fullmatch(r"[0-9]{9}", scope) else scope


def short(case_no: str) -> str:
    """The short form for screens inside the township: `DB-2026-10142`."""
    return "-".join(case_no.split("-")[2:])


def _digits(session: Session, head: str) -> str:
    digit = own_digit(session)
    count = _next(session, f"{head}-{digit}", 0)
    if count > _MOST:
        raise Refused(
            "number.exhausted",
            f"{head} 今年的号码用完了（{_MOST} 个）。",
            "没有登记，也没有打印。",
            "请与县民政局联系，另给一台电脑的号段。",
        )
    return f"{digit}{count:04d}"


def _next(session: Session, series: str, at_least: int) -> int:
    row = session.get(NumberSeries, series)
    if row is None:
        floor = session.get(Setting, _FLOOR)
        row = NumberSeries(series=series, last=int(floor.value) if floor else 0)
        session.add(row)
    row.last = max(row.last, at_least) + 1
    session.flush()
    return row.last
