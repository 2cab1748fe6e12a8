"""Ledgers of our own making, small enough to see at once."""

from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from desktop.exchange import Report, examine
from desktop.policy.identity import check_digit

SAMPLES = Path(__file__).parent.parent / "data" / "ledgers"
ON = date(2026, 9, 30)
HEADS = ["序号", "户编号", "村", "户主姓名", "姓名", "与户主关系", "身份证号", "保障人口", "档次", "月保障金额", "备注"]


def number(place: int, birth: str = "19700315") -> str:
    """A valid identity number of the county code that nobody has."""
    first = f"513299{birth}{place:03d}"
    return first + check_digit(first)


def account(place: int) -> str:
    """A 19-digit account whose check digit holds."""
    first = f"990513299{place:09d}"
    total = sum(
        sum(divmod(int(char) * 2, 10)) if spot % 2 == 0 else int(char) for spot, char in enumerate(reversed(first))
    )
    return first + str(-total % 10)


def workbook(
    rows: Sequence[Sequence[Any]], sheet: str = "低保2026年9月", then: Callable[[Worksheet], None] | None = None
) -> bytes:
    """The bytes of an .xlsx with one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = sheet
    for row in rows:
        page.append(list(row))
    if then is not None:
        then(page)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def home(place: int, *people: tuple[str, str], remark: str = "", amount: Any = 400) -> list[list[Any]]:
    """The rows of a household of a small dibao roster: (name, relation) each."""
    return [
        [
            place if spot == 0 else None,
            f"H{place}" if spot == 0 else None,
            "样例沟村" if spot == 0 else None,
            people[0][0] if spot == 0 else None,
            name,
            relation,
            number(place * 10 + spot),
            len(people) if spot == 0 else None,
            "二档" if spot == 0 else None,
            amount if spot == 0 else None,
            remark if spot == 0 else None,
        ]
        for spot, (name, relation) in enumerate(people)
    ]


def judge(
    rows: Sequence[Sequence[Any]],
    sheet: str = "低保2026年9月",
    file: str = "表.xlsx",
    then: Callable[[Worksheet], None] | None = None,
    **options: Any,
) -> dict[str, Any]:
    """Examine rows as one sheet and give the answer as the command line does."""
    return report(workbook(rows, sheet, then), file, **options).as_json()


def report(data: bytes, file: str = "表.xlsx", **options: Any) -> Report:
    """What the program says of a file."""
    return examine(data, file, **({"on": ON} | options))


def codes(answer: dict[str, Any]) -> dict[int, list[str]]:
    """Codes by row number, clean rows left out."""
    return {row["row"]: row["codes"] for row in answer["rows"] if row["codes"]}
