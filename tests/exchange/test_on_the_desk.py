"""A ledger on the desk: cells corrected one by one or all of one kind, columns named by hand, the file untouched."""

from typing import Any

from desktop.exchange.desk import Desk, lay, needed_labels, reading_of
from desktop.exchange.guidance import Mend, Reading
from tests.exchange.rosters import HEADS, ON, home, number, workbook

SHEET = "低保2026年9月"


def desk(rows: list[list[Any]], heads: list[str] | None = None, title: str = "低保对象花名册", **said: Any) -> Desk:
    return lay(workbook([[title], heads or HEADS, *rows]), "表.xlsx", ON, **said)


def kinds(found: Desk) -> dict[int, str]:
    return {entry["row"]: entry["class"] for entry in found.report.as_json()["rows"] if "values" in entry}


def wrong_number() -> list[list[Any]]:
    rows = home(1, ("虚一", "户主"), ("虚二", "妻"))
    rows[1][6] = rows[1][6][:17] + ("0" if rows[1][6][17] != "0" else "1")
    return rows


def test_a_row_stands_beside_its_result_with_the_code_at_its_cell():
    found = desk(wrong_number()).beside(SHEET, 4)
    assert found is not None
    cell = next(one for one in found.cells if one.key == "id")
    assert cell.codes == ("E_ID_CHECKSUM",) and cell.wrong and cell.value == "" and len(cell.original) == 18
    assert [one.key for one in found.cells if one.wrong] == ["id"]
    assert desk(wrong_number()).beside(SHEET, 1) is None


def test_a_corrected_cell_lets_the_whole_household_in_and_keeps_what_the_file_said():
    before = desk(wrong_number())
    assert set(kinds(before).values()) == {"report"}
    cell = before.faults("E_ID_CHECKSUM")[0].cell
    after = before.mend([Mend(cell.sheet, cell.row, cell.column, number(2), cell.original)])
    assert set(kinds(after).values()) == {"clean"}
    again = after.beside(SHEET, 4)
    assert again is not None
    shown = next(one for one in again.cells if one.key == "id")
    assert shown.mended and shown.original == cell.original and shown.value == number(2)
    assert before.sha256 != after.sha256
    back = after.mend([Mend(cell.sheet, cell.row, cell.column, cell.original, "")])
    assert back.mends == () and back.sha256 == before.sha256 and kinds(back) == kinds(before)


def test_all_of_one_kind_are_told_with_whom_they_concern():
    rows = [row for place in (1, 2, 3) for row in home(place, (f"虚{place}", "户主"))]
    for row in rows:
        row[6] = int(row[6][:15] + "000")
    before = desk(rows)
    found = before.faults("E_ID_PRECISION")
    assert [one.name for one in found] == ["虚1", "虚2", "虚3"]
    assert before.correctable() == {"E_ID_PRECISION": 3}
    after = before.mend(
        Mend(one.cell.sheet, one.cell.row, one.cell.column, number(place), one.cell.original)
        for place, one in enumerate(found, 1)
    )
    assert set(kinds(after).values()) == {"clean"} and after.correctable() == {}


def test_a_value_of_the_household_is_corrected_where_it_stands():
    rows = home(1, ("虚一", "户主"), ("虚二", "妻"))
    rows[0][9] = "约四百"
    before = desk(rows)
    second = before.beside(SHEET, 4)
    assert second is not None
    cell = next(one for one in second.cells if one.key == "month_amount_fen")
    assert cell.row == 3
    after = before.mend([Mend(cell.sheet, cell.row, cell.column, "400", cell.original)])
    assert kinds(after) == {3: "clean", 4: "clean"}
    assert after.report.plan.households[0].cases[0].values["month_amount_fen"] == 40_000


def test_columns_named_by_hand_are_read_and_known_again_by_their_heads():
    strange = ["序号", "户编号", "村", "当家的", "叫什么", "什么人", "证号码", "几口人", "档次", "给多少", "备注"]
    before = desk(home(1, ("虚一", "户主")), strange)
    assert not before.report.ledgers and before.report.sheets[0].reason
    columns = {"household_no": 2, "village": 3, "name": 5, "relation": 6, "id": 7, "covered_persons": 8, "band": 9}
    assert needed_labels("L1", columns) == ["月保障金额"]
    whole = Reading("L1", (2,), columns | {"month_amount_fen": 10})
    after = before.read_as(SHEET, whole)
    assert kinds(after) == {3: "clean"} and after.report.profile == "dibao_roster"
    assert reading_of(after, SHEET) == whole and after.sha256 != before.sha256
    later = desk(home(7, ("虚七", "户主")), strange, remembered=after.to_remember())
    assert kinds(later) == {3: "clean"}
    found = later.read_as(SHEET, None)
    assert not found.report.ledgers and later.remembered_as(SHEET) and not found.remembered_as(SHEET)
    other = desk(home(7, ("虚七", "户主")), [*strange[:-1], "附注"], remembered=after.to_remember())
    assert not other.report.ledgers


def test_a_kind_said_by_hand_finds_its_own_columns():
    found = desk(home(1, ("虚一", "户主")), title="低保对象花名册").read_as(SHEET, Reading("L7"))
    assert found.report.sheets[0].reason == "I_SHEET_COLUMN_MISSING"
    assert reading_of(found, SHEET) is not None
