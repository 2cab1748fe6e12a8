"""A roster from Excel through the command line: looked at without a store, taken over, repeated, undone."""

import shutil
from pathlib import Path

import pytest

from tests.exchange.rosters import account, number

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


def test_what_a_file_would_change_is_compared_without_writing(desk):
    before = counts(desk)
    answer = desk.do("import-ledger", SAMPLE, "--compare", "--on", "2026-09-30")
    assert len(answer["edition"]["added"]) == 188 and answer["batch_id"] is None
    assert counts(desk) == before
    desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    again = desk.do("import-ledger", SAMPLE, "--compare", "--on", "2026-09-30")["edition"]
    assert again["added"] == again["cases"] == again["changed"] == again["gone"] == []


def test_refused_rows_come_back_in_the_file_s_own_layout_with_their_reasons(bare):
    out = bare.folder / "没导入的.xlsx"
    answer = bare.do("import-ledger", SAMPLE, "--dry-run", "--on", "2026-09-30", "--refused-out", out)
    assert answer["refused_rows"] == 96
    again = bare.do("import-ledger", out, "--dry-run", "--on", "2026-09-30")
    reported = [row for row in answer["rows"] if row["class"] == "report"]
    back = [row for row in again["rows"] if row["class"] == "report"]
    assert [row["values"].get("name") for row in back] == [row["values"].get("name") for row in reported]
    assert again["sheets"][0]["columns"] == answer["sheets"][0]["columns"]
    same = [row["codes"] == old["codes"] for row, old in zip(back, reported, strict=True)]
    assert same.count(False) == 2, "a formula without value and an error come back as what they show"


def test_a_ledger_is_exported_with_a_reason_and_comes_back_without_a_change(desk):
    desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    out = desk.folder / "L1_低保花名册.xlsx"
    made = desk.do("export-ledger", "L1", "--out", out, "--reason", "上报", "--on", "2026-09-30")
    assert made["rows"] == 188 and made["path"] == str(out)
    answer = desk.do("import-ledger", out, "--on", "2026-09-30")
    assert answer["unchanged"] and answer["held"] == 0
    assert answer["edition"]["changed"] == answer["edition"]["gone"] == []


def test_a_csv_of_a_ledger_opens_in_spreadsheets_and_comes_back_without_a_change(desk):
    desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    out = desk.folder / "L1_低保花名册.csv"
    made = desk.do("export-ledger", "L1", "--out", out, "--reason", "上报", "--on", "2026-09-30")
    assert made["suggested_name"].endswith(".csv") and out.read_bytes().startswith(b"\xef\xbb\xbf")
    answer = desk.do("import-ledger", out, "--profile", "L1", "--on", "2026-09-30")
    assert answer["unchanged"] and answer["edition"]["changed"] == answer["edition"]["gone"] == []


def test_a_csv_holds_one_sheet_and_is_never_encrypted(desk):
    relief = desk.folder / "一卡通发放清单.csv"
    heads = "项目,姓名,身份证号,社保卡账号,金额,所属月\r\n"
    line = "农村低保,测试甲,{0},{1},100,{2}\r\n"
    months = ("202608", "202609")
    rows = "".join(line.format(number(place), account(place), month) for place, month in enumerate(months, 1))
    relief.write_bytes((heads + rows).encode("utf-8-sig"))
    desk.do("import-ledger", relief, "--on", "2026-09-30")
    out = desk.folder / "L7.csv"
    assert desk.refuse("export-ledger", "L7", "--out", out, "--reason", "核对")["code"] == "ledger.csv_one_sheet"
    assert not out.exists()
    assert desk.do("export-ledger", "L7", "--out", out, "--reason", "核对", "--month", "2026-09")["rows"] == 1


def test_an_export_names_nobody_and_needs_a_place_that_is_there(desk):
    answer = desk.do("import-ledger", SAMPLE, "--on", "2026-09-30")
    name = next(row["values"]["name"] for row in answer["rows"] if row["class"] == "clean")
    named = desk.refuse("export-ledger", "L1", "--out", desk.folder / f"{name}.xlsx", "--reason", "上报")
    assert named["code"] == "ledger.name_in_file_name" and not (desk.folder / f"{name}.xlsx").exists()
    lost = desk.refuse("export-ledger", "L1", "--out", desk.folder / "没有" / "a.xlsx", "--reason", "上报")
    assert lost["code"] == "file.not_written"


def test_a_reserve_fund_book_is_compared_taken_over_exported_and_undone(desk):
    path = desk.folder / "备用金流水2026年.csv"
    lines = "日期,摘要,姓名,收入,支出,余额\n2026-09-01,县级拨入,,1000,,1000\n2026-09-03,急难救助,测试甲,,300.5,699.5\n"
    path.write_text(lines, "utf-8")
    before = counts(desk)
    shown = desk.do("import-ledger", path, "--compare", "--on", "2026-09-30")["edition"]["fund"]
    assert [one["expense"] for one in shown["added"]] == ["", "300.50"] and counts(desk) == before
    answer = desk.do("import-ledger", path, "--on", "2026-09-30")
    assert (answer["entries"], answer["known_entries"]) == (2, 0)
    out = desk.folder / "L5_备用金流水.xlsx"
    assert desk.do("export-ledger", "L5", "--out", out, "--reason", "上报", "--on", "2026-09-30")["rows"] == 2
    again = desk.do("import-ledger", out, "--on", "2026-09-30")
    assert again["unchanged"] and again["known_entries"] == 2
    desk.do("import-ledger", "--undo", answer["batch_id"])
    assert counts(desk) == before
    assert desk.refuse("export-ledger", "L5", "--out", out, "--reason", "上报")["code"] == "ledger.empty"
