"""The sample ledgers with their keys: every sheet, row, class, code, value and file-level finding."""

import json
from datetime import date
from typing import Any

import pytest

from desktop.exchange import examine
from tests.exchange.rosters import SAMPLES

NAMES = sorted(path.name for path in SAMPLES.glob("*.xlsx"))


@pytest.fixture(params=NAMES)
def pair(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    path = SAMPLES / str(request.param)
    key = json.loads(path.with_suffix(".key.json").read_text(encoding="utf-8"))
    report = examine(path.read_bytes(), path.name, on=date.fromisoformat(key["reference_date"]))
    return json.loads(json.dumps(report.as_json())), key


def test_every_sheet_and_total_is_judged_as_the_key_says(pair):
    answer, key = pair
    for ours, theirs in zip(answer["sheets"], key["sheets"], strict=True):
        assert {name: ours[name] for name in theirs} == theirs
    bare = [[{k: v for k, v in found.items() if k != "detail"} for found in side["file_level"]] for side in pair]
    assert bare[0] == bare[1]
    assert answer["summary"]["classes"] == key["summary"]["classes"]
    assert answer["profile"] == key["profile"]


def test_every_row_has_the_class_codes_and_values_of_the_key(pair):
    answer, key = pair
    ours = {(row["sheet"], row["row"]): row for row in answer["rows"]}
    theirs = {(row["sheet"], row["row"]): row for row in key["rows"]}
    assert list(ours) == list(theirs)
    for place, expected in theirs.items():
        found = ours[place]
        assert (place, found["class"], found["codes"]) == (place, expected["class"], expected["codes"])
        assert found.get("own_class") == expected.get("own_class")
        if expected["class"] in ("clean", "warn") or "own_class" in expected:
            assert {name: found["values"][name] for name in expected["values"]} == expected["values"]
