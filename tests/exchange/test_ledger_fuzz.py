"""Damaged and strange files: whatever comes, the answer is a report or a refusal in words."""

import csv
import random
import re
import zipfile
from datetime import date
from io import BytesIO, StringIO

import msgspec
import pytest

from db.refused import Refused
from desktop.exchange import columns, examine
from desktop.exchange.desk import lay
from desktop.exchange.files.xlsx import read_xlsx
from desktop.exchange.guidance import Mend, Reading
from desktop.exchange.outgoing.refused_rows import refused_rows
from tests.exchange.kinds import GIVEN, ledger
from tests.exchange.rosters import SAMPLES

OLD = next(SAMPLES.glob("*.xls"))
FILES = [(path.name, path.read_bytes()) for path in sorted(SAMPLES.glob("*.xlsx"))]
KINDS = [(f"{code}_2026年10月.xlsx", ledger(code)) for code in GIVEN]
CODES = {"LEDGER_FORMAT", "LEDGER_BROKEN", "LEDGER_ENCRYPTED", "LEDGER_TOO_LARGE", "LEDGER_NO_SHEET"}
STRANGE = [
    *("1E+400", "-1E-99999999", "NaN", "5.13224E+17", "45000.5", "-7", "0x1F", "9" * 400, "20230230"),
    *("２０２６．９．３", "9月31日", "0.1万元", "99999999999999999999万元", "壹" * 60, "万" * 40),
    *("#REF!", "=cmd' /C calc'!A0", "\u200b", "（", "(((((", "[", "\\", "", "&#13;", "&lt;", "A1:XFD1048576"),
    *("张三（户主）（已故）", "其父已故", "合计", "小计：", "二级肢体", "_xD800_"),
]
ATTRIBUTES = [
    *('r="A0"', 'r="XFD9999999"', 'r="-1"', 's="-3"', 's="9999"', 'hidden="1"'),
    *('t="s"', 't="d"', 't="e"', 't="b"', 't="str"'),
]
BREAKING = ["<f", "<v", "<c", "<row", "<si", "<x"]


def mutated(seed: int) -> tuple[bytes, str]:
    """A file that differs from a sample in bytes, in XML or in kind, and its name."""
    chance = random.Random(seed)
    way = seed % 6
    name, whole = (OLD.name, OLD.read_bytes()) if way == 5 else chance.choice(chance.choice([FILES, KINDS]))
    data = bytearray(whole)
    if way in (0, 5):
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif way == 1:
        start = chance.randrange(len(data))
        del data[start : start + chance.randint(1, len(data) // 2)]
    elif way in (2, 3):
        return _other_xml(bytes(data), chance), name
    else:
        text = _as_text(bytes(data), chance)
        coding = chance.choice(["utf-8", "utf-8-sig", "gb18030", "utf-16"])
        return text.encode(coding, "replace"), name.removesuffix(".xlsx") + ".csv"
    return bytes(data), name


def _other_xml(data: bytes, chance: random.Random) -> bytes:
    """The same package with some parts changed in their text, seldom one left out or made ill-formed."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if chance.random() < 0.01:
                continue
            if "sheet1" in name or "shared" in name or chance.random() < 0.15:
                for _ in range(chance.randint(1, 12)):
                    text = _changed(text, chance)
            if "sheet1" in name and chance.random() < 0.3:
                text = text.replace("</sheetData>", f"</sheetData>{_merges(chance)}")
            new.writestr(name, text)
    return out.getvalue()


def _merges(chance: random.Random) -> str:
    """Merged areas over heads, rows and columns that nobody meant to merge."""
    areas = []
    for _ in range(chance.randint(1, 5)):
        top, left = chance.randint(1, 12), chance.randint(0, 20)
        bottom, right = top + chance.randint(0, 6), min(left + chance.randint(0, 4), 25)
        areas.append(f'<mergeCell ref="{chr(65 + left)}{top}:{chr(65 + right)}{bottom}"/>')
    return f"<mergeCells>{''.join(areas)}</mergeCells>"


def _changed(text: str, chance: random.Random) -> str:
    kinds = [r">[^<]+<", r">[^<]+<", r'[rts]="[^"]*"', r'ref="[^"]*"']
    spots = list(re.finditer(r"<[a-z]+" if chance.random() < 0.003 else chance.choice(kinds), text))
    if not spots:
        return text
    spot = chance.choice(spots)
    if spot[0].startswith(">"):
        put = f">{chance.choice(STRANGE)}<"
    elif spot[0].startswith("ref"):
        put = f'ref="{chance.choice(["A1:XFD1048576", "Z9:A1", "A5:A60", "??"])}"'
    else:
        put = chance.choice(BREAKING) if spot[0].startswith("<") else spot[0][0] + chance.choice(ATTRIBUTES)[1:]
    return text[: spot.start()] + put + text[spot.end() :]


def _as_text(data: bytes, chance: random.Random) -> str:
    """The sample's texts in rows, as a .csv that somebody saved, with strange cells."""
    sheet = read_xlsx(data).sheets[0]
    out = StringIO()
    lines = csv.writer(out)
    for row in range(1, sheet.last_row + 1):
        parts = [sheet.cell(row, column).shown for column in range(1, 26)]
        if chance.random() < 0.3:
            parts[chance.randrange(25)] = chance.choice(STRANGE)
        lines.writerow(parts)
    return out.getvalue()


def survives(seed: int) -> str:
    """`report`, or the code of the refusal; anything else is a defect."""
    data, name = mutated(seed)
    try:
        report = examine(data, name, on=date(2026, 9, 30))
    except Refused as refusal:
        assert refusal.code in CODES, (seed, refusal.code)
        return refusal.code
    answer = report.as_json()
    msgspec.json.encode(answer)
    reported = {(row["sheet"], row["row"]) for row in answer["rows"] if row["class"] == "report"}
    planned = {person.place for home in report.plan.households for person in home.people}
    assert not planned & reported, seed
    made = refused_rows(report)
    assert made is None or read_xlsx(made[0]).sheets, seed
    for row in answer["rows"]:
        assert (row["class"] == "report") == any(code.startswith("E_") for code in row["codes"]), seed
    on_the_desk(data, name, random.Random(seed))
    return "report"


def on_the_desk(data: bytes, name: str, chance: random.Random) -> None:
    """Any cell typed over with anything, and a sheet read in any way, still give a report; the way back is whole."""
    first = lay(data, name, date(2026, 9, 30))
    rows = [row for row in first.report.as_json()["rows"] if row["class"] != "ignore"]
    if rows:
        row = chance.choice(rows)
        shown = first.beside(row["sheet"], row["row"])
        assert shown is not None
        cell = chance.choice(shown.cells)
        after = first.mend([Mend(cell.sheet, cell.row, cell.column, chance.choice(STRANGE), cell.original)])
        assert all(after.faults(code) for code in after.correctable())
        back = after.mend([Mend(cell.sheet, cell.row, cell.column, cell.original, cell.original)])
        assert back.mends == () and back.sha256 == first.sha256
    for sheet in columns.sheets(first):
        kind = chance.choice([*columns.kinds()])
        heads = (chance.randint(1, 20),)
        found = columns.columns_of(first, sheet, kind, heads)
        keys = list(columns.fields(kind))
        named = {key: one.column for one, key in zip(found, chance.sample(keys, len(keys)), strict=False)}
        msgspec.json.encode(first.read_as(sheet, Reading(kind, heads, named)).report.as_json())


def test_strange_files_are_reported_or_refused_and_nothing_worse():
    seen = {survives(seed) for seed in range(150)}
    assert {"report", "LEDGER_BROKEN"} <= seen


@pytest.mark.soak
@pytest.mark.timeout(1200)
def test_two_thousand_strange_files():
    assert {survives(seed) for seed in range(150, 2150)} <= CODES | {"report"}
