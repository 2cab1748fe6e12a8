"""A roster from Excel through the command line: looked at without a store, taken over, repeated, undone."""

import shutil
from pathlib import Path

import pytest

SAMPLE = next((Path(__file__).parent.parent / "data" / "ledgers").glob("01_*.xlsx"))


def counts(desk):
    return desk.do("info")["counts"]


def test_a_roster_is_looked_at_without_a_store_or_a_password(bare, monkeypatch):
    monkeypatch.delenv("ZOUCUN_PASSWORD")
    answer = bare.do("import-ledger", SAMPLE, "--dry-run", "--on", "2026-09-30")
    assert answer["summary"]["classes"] == {"clean": 168, "warn": 20, "report": 96, "ignore": 20}
    assert answer["batch_id"] is None and not bare.store.exists()


def test_only_rows_without_errors_reach_the_store_and_the_batch_can_be_undone(desk):
    before = counts(desk)
    answer = desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    taken = [row for row in answer["rows"] if row["class"] in ("clean", "warn")]
    assert answer["persons"] == len(taken) == 188
    assert answer["cases"] == answer["households"] == len({row["values"]["household_no"] for row in taken})
    reported = [row["values"] for row in answer["rows"] if row["class"] == "report"]
    there = desk.do("household", "list", "--limit", "1000")["households"]
    assert len(there) == answer["households"]
    kept = {row["values"]["id"] for row in taken}
    assert not {values["id"] for values in reported if values.get("id")} & kept
    assert {row["head"] for row in there} <= {row["values"]["name"] for row in taken}
    desk.do("import-ledger", "--undo", answer["batch_id"])
    assert desk.do("household", "list")["households"] == []
    assert counts(desk) == before


def test_the_same_file_twice_changes_nothing(desk):
    first = desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    hashed = desk.do("info")["state_hash"], counts(desk)
    second = desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    assert second["repeated"] and second["batch_id"] == first["batch_id"]
    assert (desk.do("info")["state_hash"], counts(desk)) == hashed


def test_a_household_arrives_with_its_people_and_its_benefit(desk):
    answer = desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    values = next(row["values"] for row in answer["rows"] if row["class"] == "clean")
    found = desk.do("household", "list", "--find", f"{values['name']} {values['id'][-4:]}")["households"]
    shown = desk.do("household", "show", found[0]["household_id"])
    assert (shown["village"], shown["group"]) == (values["village"], str(values["group"]))
    assert shown["members"][0]["name"] == values["head_name"] and shown["members"][0]["relation"] == "02"
    case = desk.do("case", "show", shown["cases"][0]["case_id"])
    assert case["programme_code"] == "dibao" and case["status"] == "paying"


@pytest.mark.parametrize(
    ("name", "content", "options", "code"),
    [
        ("没有.xlsx", None, [], "LEDGER_MISSING"),
        ("表.et", b"anything", [], "LEDGER_FORMAT"),
        ("表.xlsx", b"<html>", [], "LEDGER_FORMAT"),
        ("表.xlsx", b"PK\x03\x04 cut off", [], "LEDGER_BROKEN"),
        ("表.csv", "甲,乙\n1,2\n".encode(), [], "LEDGER_NO_SHEET"),
        ("表.xlsx", "sample", ["--profile", "L99"], "LEDGER_PROFILE"),
        ("03.xlsx", "relief", ["--profile", "L5"], "LEDGER_NO_SHEET"),
    ],
)
def test_a_file_that_cannot_be_taken_over_is_refused_in_words(desk, name, content, options, code):
    path = desk.folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif content is not None:
        shutil.copy(SAMPLE if content == "sample" else next(SAMPLE.parent.glob("03_*.xlsx")), path)
    assert desk.refuse("import-ledger", path, *options)["code"] == code
