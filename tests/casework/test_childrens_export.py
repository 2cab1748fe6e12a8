"""The children's ledger leaves the store only when two people agree, and only under an opening password (L8)."""

from io import BytesIO

import msgspec
import openpyxl
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile
from sqlalchemy import select

from db.refused import Refused
from db.tables.journal import AuditEntry
from desktop.casework import cases, households
from desktop.casework.approvals import Approval
from desktop.exchange import compare, examine, take_over
from desktop.exchange.files.compound import Compound
from desktop.exchange.outgoing.exporting import export, needs_sealing
from desktop.exchange.outgoing.pages import layouts
from desktop.exchange.outgoing.sealing import Sealing, sealed
from desktop.exchange.outgoing.writing import Page, Put, write_xlsx
from tests.casework.conftest import ON, PASSWORD, identity_number
from tests.casework.test_ledgers_editions import content
from tests.exchange.kinds import CHILD, ledger
from tests.exchange.rosters import account

SECOND, OPENS = "李梅的口令一二三四五", "表格的打开密码一二三"


@pytest.fixture
def two(township):
    """A store of two people with one child in it."""
    township.add_user("李梅", "township_reviewer", SECOND)
    report = examine(ledger("L8"), "表.xlsx", profile="L8", on=ON)
    township.run(lambda work: take_over(work, report, "L8"))
    return township


def out(workspace, approver="李梅", password=SECOND, opens=OPENS, reason="上报县民政局"):
    approval = workspace.approve(approver, password)
    return workspace.run(lambda work: export(work, "L8", reason, sealing=Sealing(approval, opens)))


def opened(data, password=OPENS):
    file, plain = OOXMLFile(BytesIO(data)), BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def exports(workspace):
    rows = workspace.look(lambda work: list(work.session.execute(select(AuditEntry)).scalars()))
    return [(row.actor, msgspec.msgpack.decode(row.detail)) for row in rows if row.act == "export.ledger"]


def test_it_has_the_exact_columns_and_the_right_row(two):
    made = out(two)
    sheet = openpyxl.load_workbook(BytesIO(opened(made.data))).worksheets[0]
    heads = [str(cell.value) for cell in sheet[3]]
    assert "｜".join(heads[:9]) == "姓名｜性别｜身份证号｜类别｜学校年级｜父母情形｜监护人｜关系｜电话"
    assert "｜".join(heads[9:]) == "标准｜补差｜月额｜账号｜走访频次｜末次走访｜备注"
    row = dict(zip(heads, (cell.value for cell in sheet[4]), strict=True))
    assert (row["姓名"], row["身份证号"], row["类别"]) == ("测试童", CHILD, "事实无人抚养儿童")
    assert (row["监护人"], row["关系"], row["学校年级"]) == ("拟监护", "祖母", "样例小学五年级")
    assert (row["标准"], row["补差"], row["月额"]) == (1200, 300, 300) and row["账号"] == account(4)
    assert (row["走访频次"], row["末次走访"]) == ("每月", "2026-10-01")
    assert made.rows == made.benefits == 1 and made.suggested_name == "L8_儿童台账_513299102_202611.xlsx"


def test_it_comes_back_without_a_change_once_the_password_is_taken_away(two):
    before = content(two)
    report = examine(opened(out(two).data), "表.xlsx", on=ON)
    assert report.ledgers[0].profile.code == "L8" and report.file_level == [] and report.classes["report"] == 0
    assert two.look(lambda work: compare(work, report)).nothing
    assert two.run(lambda work: take_over(work, report, "again")).unchanged
    assert content(two) == before


def test_a_child_that_no_ledger_brought_in_stands_in_it_with_a_category_that_is_understood(two):
    child = {"name": "测试儿", "id_number": identity_number("20160501"), "relation": "20"}
    head = {"name": "测试母", "id_number": identity_number("19850501"), "relation": "01"}
    given = {"village": "上磨村", "group": "2", "address": "上磨村2组5号", "members": [head, child]}
    made = two.run(lambda work: households.add(work, given))
    person = made.members[1]["person_id"]
    case = two.run(lambda work: cases.add(work, made.household_id, "orphan", "2026-10-01", person))

    def pay(work):
        row = cases.find(work.session, case.case_id)
        row.status, row.month_amount_fen = "paying", 120000

    two.run(pay)
    plain = opened(out(two).data)
    sheet = openpyxl.load_workbook(BytesIO(plain)).worksheets[0]
    rows = {row[0].value: (row[3].value, row[11].value) for row in sheet.iter_rows(min_row=4)}
    assert rows["测试儿"] == ("孤儿", 1200) and set(rows) == {"测试童", "测试儿", "合计"}
    report = examine(plain, "表.xlsx", on=ON)
    assert report.classes["report"] == 0 and two.look(lambda work: compare(work, report)).nothing


def test_the_file_opens_with_its_password_and_with_no_other(two):
    data = out(two).data
    assert not data.startswith(b"PK") and opened(data).startswith(b"PK")
    with pytest.raises(InvalidKeyError):
        opened(data, OPENS + "四")


def test_our_own_reader_says_how_to_get_at_an_encrypted_file(two):
    with pytest.raises(Refused) as found:
        examine(out(two).data, "L8.xlsx", on=ON)
    assert found.value.code == "LEDGER_ENCRYPTED" and "去掉密码" in found.value.do


@pytest.mark.parametrize("rows", [0, 1, 40, 400])
def test_a_workbook_of_any_size_is_sealed_whole(rows):
    plain = write_xlsx([Page(name="表", rows=[[Put(f"测试{row * 7919}"), Put(str(row**5))] for row in range(rows)])])
    data = sealed(plain, OPENS)
    stream = Compound(data).stream("EncryptedPackage")[1]
    assert len(stream) > 4096 and len(stream) % 16 == 8
    given, back = openpyxl.load_workbook(BytesIO(plain)), openpyxl.load_workbook(BytesIO(opened(data)))
    assert [list(sheet.values) for sheet in back] == [list(sheet.values) for sheet in given]


def test_the_audit_names_both_and_no_password(two):
    out(two)
    actor, told = exports(two)[-1]
    assert (actor, told["approver"], told["encrypted"]) == ("王强", "李梅", True)
    assert told["reason"] == "上报县民政局" and told["rows"] == 1
    assert not {SECOND, OPENS} & set(map(str, told.values()))


def test_nothing_of_it_is_written_to_disk_by_an_export(two, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    monkeypatch.setattr("tempfile.TemporaryFile", None)
    monkeypatch.setattr("tempfile.mkstemp", None)
    out(two)
    assert not list(folder.iterdir())
    secrets = ["测试童", CHILD, SECOND, OPENS]
    words = [word.encode(how) for word in secrets for how in ("utf-8", "utf-16-le")] + [b"PK\x03\x04"]
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert not any(word in path.read_bytes() for word in words), path.name


@pytest.mark.parametrize(
    ("approver", "password", "code"),
    [
        ("李梅", "不是李梅的口令一二三", "store.wrong_password"),
        ("李梅", PASSWORD, "store.wrong_password"),
        ("王强", PASSWORD, "approval.same_person"),
        (" 王强 ", PASSWORD, "approval.same_person"),
        ("", "", "approval.missing"),
        ("没有的人", SECOND, "approval.unknown_user"),
        ("协理员", SECOND, "approval.not_allowed"),
    ],
)
def test_only_a_second_person_with_their_own_password_and_role_can_agree(two, approver, password, code):
    two.add_user("协理员", "village_assistant", SECOND)
    before = exports(two)
    with pytest.raises(Refused) as found:
        out(two, approver, password)
    assert found.value.code == code and "李梅" in found.value.what + found.value.do
    assert exports(two) == before


def test_the_approver_is_locked_out_after_five_wrong_passwords(two):
    for _ in range(5):
        with pytest.raises(Refused):
            two.approve("李梅", "不是李梅的口令一二三")
    with pytest.raises(Refused, match=r"store\.locked_out"):
        two.approve("李梅", SECOND)


def test_who_is_alone_is_told_how_to_add_a_second_person(township):
    with pytest.raises(Refused) as found:
        township.approve("李梅", SECOND)
    assert found.value.code == "approval.nobody_else" and "只有您一个用户" in found.value.what
    assert "users add" in found.value.do and township.may_approve() == ()


def test_a_second_person_whose_role_does_not_fit_is_not_enough(township):
    township.add_user("协理员", "village_assistant", SECOND)
    with pytest.raises(Refused) as found:
        township.approve("协理员", SECOND)
    assert found.value.code == "approval.nobody_else" and "township_reviewer" in found.value.do


def test_who_may_not_export_children_s_data_cannot_ask_either(two):
    two.add_user("协理员", "village_assistant", SECOND)
    folder = two.store.folder
    two.lock()
    assistant = type(two).unlock(folder, "协理员", SECOND, ON)
    try:
        with pytest.raises(Refused, match=r"role\.not_allowed"):
            assistant.approve("李梅", SECOND)
        with pytest.raises(Refused, match=r"role\.not_allowed"):
            assistant.run(lambda work: export(work, "L8", "上报"))
        assert assistant.may_approve() == ("王强", "李梅")
    finally:
        assistant.lock()


def test_without_an_approval_it_stays_in_the_store(two):
    assert needs_sealing("L8") and needs_sealing("child_roster") and not needs_sealing("L1")
    with pytest.raises(Refused, match=r"ledger\.needs_two"):
        two.run(lambda work: export(work, "L8", "上报"))


def test_an_approval_is_for_one_person_s_act_only(two):
    wrong = [("children", "王强", "王强"), ("children", "别人", "李梅"), ("decide", "王强", "李梅")]
    for approval in (Approval(*parts) for parts in wrong):
        with pytest.raises(Refused, match=r"approval\.not_for_this"):
            two.run(lambda work, given=approval: export(work, "L8", "上报", sealing=Sealing(given, OPENS)))


@pytest.mark.parametrize("opens", ["", "一二三四五六七八九", "一二三四五六七八九\n", "密" * 256])
def test_an_opening_password_is_long_enough_and_can_be_typed(two, opens):
    with pytest.raises(Refused, match=r"ledger\.file_password"):
        out(two, opens=opens)


def test_a_sealing_never_shows_its_password():
    assert OPENS not in repr(Sealing(Approval("children", "王强", "李梅"), OPENS))
    assert layouts()["L8"].sealed
