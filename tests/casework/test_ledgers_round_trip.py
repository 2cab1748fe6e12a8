"""Ledgers of every kind that is written: taken over, exported, and taken over again without any change."""

import zipfile
from datetime import date
from io import BytesIO

import msgspec
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from sqlalchemy import select

from db.refused import Refused
from db.tables.journal import AuditEntry
from desktop.casework import cases, ledgers, persons
from desktop.exchange import compare, examine, take_over
from desktop.exchange.outgoing.exporting import export, needs_nameless, needs_sealing
from desktop.exchange.outgoing.pages import layouts
from desktop.exchange.outgoing.sealing import Sealing
from desktop.exchange.profiles import profile
from tests.casework.conftest import PASSWORD
from tests.casework.test_ledgers_editions import content
from tests.exchange.kinds import GIVEN, ledger
from tests.exchange.rosters import account

ON = date(2026, 11, 5)
def look(data, code):
    return examine(data, "表.xlsx", profile=code, on=ON)


def taken(township, code):
    report = look(ledger(code), code)
    assert report.classes["report"] == 0, [row["codes"] for row in report.as_json()["rows"]]
    return township.run(lambda work: take_over(work, report, code))


def out(township, code, **options):
    if needs_sealing(code):
        return unsealed(township, code)
    return township.run(lambda work: export(work, code, "上报县民政局", **options))


def unsealed(township, code):
    """An export that needs two people and a password, with the password taken away again as the reader would."""
    if not township.may_approve():
        township.add_user("李梅", "township_reviewer", PASSWORD)
    sealing = Sealing(township.approve("李梅", PASSWORD), "打开密码一二三四五六")
    made = township.run(lambda work: export(work, code, "上报县民政局", sealing=sealing))
    file, plain = OOXMLFile(BytesIO(made.data)), BytesIO()
    file.load_key(password=sealing.password)
    file.decrypt(plain)
    return msgspec.structs.replace(made, data=plain.getvalue())


@pytest.mark.parametrize("code", list(GIVEN))
def test_what_was_taken_over_comes_out_and_goes_in_again_without_a_change(township, code):
    taken(township, code)
    before = content(township)
    data = out(township, code).data
    report = examine(data, "表.xlsx", on=ON)
    assert report.ledgers[0].profile.code == code and report.file_level == []
    assert report.classes["report"] == 0, [row["codes"] for row in report.as_json()["rows"]]
    edition = township.look(lambda work: compare(work, report))
    assert edition.nothing, edition
    assert not edition.gone and not edition.changed, edition.changed
    assert township.run(lambda work: take_over(work, report, "again")).unchanged
    assert content(township) == before


@pytest.mark.parametrize("code", list(GIVEN))
def test_every_kind_is_undone_without_a_trace(township, code):
    before = content(township)
    batch = taken(township, code)
    assert batch.cases + batch.entries and content(township) != before
    township.run(lambda work: ledgers.undo(work, batch.batch_id))
    assert content(township) == before


@pytest.mark.parametrize("code", list(GIVEN))
def test_a_written_ledger_has_its_exact_heads_and_print_set_up(township, code):
    taken(township, code)
    made = out(township, code)
    layout = layouts()[code]
    for sheet in openpyxl.load_workbook(BytesIO(made.data)):
        assert [one.value for one in sheet[3]] == [head for head, _ in layout.columns]
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToWidth == 1
        assert sheet.page_setup.paperSize == (8 if layout.paper == "A3" else 9)
        assert sheet.print_title_rows == "$1:$3" and sheet.freeze_panes
        assert any(str(row[0].value).startswith("合计") for row in sheet.iter_rows(min_row=4))


@pytest.mark.parametrize("code", list(GIVEN))
def test_no_cell_is_a_formula_and_numbers_of_people_are_text(township, code):
    taken(township, code)
    keys = [key for _, key in layouts()[code].columns]
    for sheet in openpyxl.load_workbook(BytesIO(out(township, code).data)):
        for row in sheet.iter_rows(min_row=4):
            for key, cell in zip(keys, row, strict=True):
                assert cell.data_type != "f" and not str(cell.value or "").startswith(("=", "+", "@", "-", "\t"))
                field = profile(code).by_key.get(key)
                if field is not None and field.kind in ("id", "account", "cert") and cell.value is not None:
                    assert cell.data_type == "s" and cell.number_format == "@"


def test_what_was_changed_by_hand_is_what_comes_out(township):
    taken(township, "L6")
    home = township.read.households()[0].household_id
    person = township.read.household(home).members[0].person_id
    township.run(lambda work: persons.change(work, person, {"account.number": account(9), "phone": "13800001234"}))
    sheet = openpyxl.load_workbook(BytesIO(out(township, "L6").data)).worksheets[0]
    values = [cell.value for cell in sheet[4]]
    assert account(9) in values and "13800001234" in values
    report = examine(out(township, "L6").data, "表.xlsx", on=ON)
    assert township.look(lambda work: compare(work, report)).nothing


def test_people_who_came_by_hand_stand_in_the_roster_and_change_nothing_when_it_comes_back(township):
    made = township.household("测试甲", "测试乙")
    person = made.members[0]["person_id"]
    township.run(lambda work: persons.change(work, person, {"phone": "13800001234"}))
    case = township.run(lambda work: cases.add(work, made.household_id, "dibao", "2026-10-01"))

    def pay(work):
        row = cases.find(work.session, case.case_id)
        row.status, row.month_amount_fen, row.covered_persons, row.band = "paying", 40000, 2, "2"

    township.run(pay)
    report = examine(out(township, "L1").data, "表.xlsx", on=ON)
    edition = township.look(lambda work: compare(work, report))
    assert report.classes["report"] == 0 and edition.nothing, edition


def test_an_export_is_audited_with_its_reason_and_needs_one(township):
    taken(township, "L2")
    out(township, "L2")
    acts = township.look(lambda work: list(work.session.execute(select(AuditEntry.act)).scalars()))
    assert "export.ledger" in acts
    with pytest.raises(Refused, match=r"reason\.missing"):
        township.run(lambda work: export(work, "L2", " "))


@pytest.mark.parametrize(
    ("code", "month", "refused"),
    [
        ("L8", None, "ledger.empty"),
        ("X1", None, "ledger.not_exported"),
        ("L99", None, "LEDGER_PROFILE"),
        ("L1", None, "ledger.empty"),
        ("L1", "2026-13", "ledger.bad_month"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_words(township, code, month, refused):
    with pytest.raises(Refused) as found:
        out(township, code, month=month)
    assert found.value.code == refused


def test_names_of_people_never_stand_in_a_file_name(township):
    taken(township, "L1")
    made = out(township, "L1")
    assert made.suggested_name == "L1_低保花名册_513299102_202611.xlsx"
    needs_nameless(made.suggested_name, made.names)
    with pytest.raises(Refused, match=r"ledger\.name_in_file_name"):
        needs_nameless("低保_测试甲", made.names)


def test_a_month_asks_for_the_payments_of_that_month(township):
    taken(township, "L7")
    assert out(township, "L7").rows == 2
    assert out(township, "L7", month="2026-09").rows == 1


def test_the_same_content_is_the_same_file(township):
    taken(township, "L4")
    first, second = out(township, "L4").data, out(township, "L4").data
    assert first == second and zipfile.is_zipfile(BytesIO(first))
