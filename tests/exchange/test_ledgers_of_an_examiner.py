"""Ledgers that an examiner made from the rules' text before reading any code, with keys row by row."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange import examine
from tests.exchange.rosters import SAMPLES

KEYS = sorted((SAMPLES / "examined").glob("*.key.json"))
ANY_SHEET = "*"
"""The sheet of a .csv, whose name the text leaves open."""


@pytest.fixture(params=KEYS, ids=lambda path: path.name.partition(".")[0])
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    path: Path = request.param
    key = json.loads(path.read_text(encoding="utf-8"))
    report = examine((path.parent / key["file"]).read_bytes(), key["file"], on=date(2026, 9, 30))
    answer = json.loads(json.dumps(report.as_json()))
    if key["sheets"][0]["sheet"] == ANY_SHEET:
        for told in (*answer["sheets"], *answer["rows"], *answer["file_level"]):
            told["sheet"] = ANY_SHEET
    return answer, key


def test_sheets_and_findings_are_as_the_examiner_says(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    answer, key = pair
    assert answer["profile"] == key["profile"]
    for ours, theirs in zip(answer["sheets"], key["sheets"], strict=True):
        compared = [name for name in theirs if theirs["action"] == "import" or name not in ("profile", "period_end")]
        assert {name: ours[name] for name in compared} == {name: theirs[name] for name in compared}
    told, meant = (sorted(map(_bare, side["file_level"])) for side in pair)
    assert told == meant


def test_every_row_is_as_the_examiner_says(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    answer, key = pair
    ours = {(row["sheet"], row["row"]): row for row in answer["rows"]}
    theirs = {(row["sheet"], row["row"]): row for row in key["rows"]}
    assert set(ours) == set(theirs)
    for place, meant in theirs.items():
        found = ours[place]
        assert (place, found["class"], found["codes"]) == (place, meant["class"], meant["codes"])
        if meant["class"] in ("clean", "warn"):
            values = {name: found["values"].get(name) for name in meant["values"]}
            assert (place, values) == (place, meant["values"])


def _bare(finding: dict[str, Any]) -> str:
    kept = ("code", "sheet", "declared", "computed", "declared_fen", "computed_fen")
    return json.dumps({name: finding[name] for name in kept if name in finding}, sort_keys=True)


MORE: dict[str, list[dict[str, Any]]] = json.loads((SAMPLES / "examined" / "more.json").read_text(encoding="utf-8"))
"""A second examiner's rows by file, each of one sheet that is read; a row without a key is not asked for."""


@pytest.mark.parametrize("name", MORE)
def test_every_row_is_as_the_second_examiner_says(name: str) -> None:
    report = examine((SAMPLES / "examined" / name).read_bytes(), name, on=date(2026, 9, 30))
    found = {row["row"]: row for row in json.loads(json.dumps(report.as_json()))["rows"]}
    for meant in MORE[name]:
        row = found[meant["row"]]
        assert (meant["row"], row["class"], row["codes"]) == (meant["row"], meant["class"], meant["codes"])
        values = {key: row["values"].get(key) for key in meant.get("values", {})}
        assert values == meant.get("values", {})
