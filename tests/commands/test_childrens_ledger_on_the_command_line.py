"""`export-ledger L8`: a second person agrees with their own password, and the file opens only with a password."""

from io import BytesIO

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.exchange.kinds import ledger

SECOND, OPENS = "李梅的口令一二三四五", "表格的打开密码一二三"


@pytest.fixture
def children(desk, env):
    """A store with one child and a second user."""
    path = desk.folder / "儿童台账.xlsx"
    path.write_bytes(ledger("L8"))
    desk.do("import-ledger", path, "--profile", "L8")
    env("ZOUCUN_NEW_PASSWORD", SECOND)
    desk.do("users", "add", "李梅", "--role", "township_reviewer")
    return desk


def asked(desk, *more):
    return ("export-ledger", "L8", "--out", desk.folder / "L8.xlsx", "--reason", "上报", "--approver", "李梅", *more)


def opened(path, password):
    file, plain = OOXMLFile(BytesIO(path.read_bytes())), BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(plain, verify_integrity=True)
    return plain.getvalue()


def test_it_is_written_encrypted_and_comes_back_once_opened(children, env):
    env("ZOUCUN_APPROVER_PASSWORD", SECOND)
    env("ZOUCUN_OPEN_PASSWORD", OPENS)
    made = children.do(*asked(children))
    out = children.folder / "L8.xlsx"
    assert made["rows"] == 1 and made["path"] == str(out)
    assert SECOND not in str(made) + children.err and OPENS not in str(made) + children.err
    refused = children.refuse("import-ledger", out)
    assert refused["code"] == "LEDGER_ENCRYPTED" and "去掉密码" in refused["do"]
    out.write_bytes(opened(out, OPENS))
    assert children.do("import-ledger", out)["unchanged"]


def test_both_passwords_are_also_taken_from_files(children):
    second, opens = children.folder / "second.txt", children.folder / "opens.txt"
    second.write_text(SECOND + "\n", encoding="utf-8")
    opens.write_text(OPENS + "\r\n", encoding="utf-8")
    children.do(*asked(children, "--approver-password-file", second, "--open-password-file", opens))
    assert opened(children.folder / "L8.xlsx", OPENS).startswith(b"PK")


@pytest.mark.parametrize(
    ("second", "opens", "more", "code"),
    [
        ("不是李梅的口令一二三", OPENS, [], "store.wrong_password"),
        (SECOND, "短", [], "ledger.file_password"),
        (SECOND, OPENS, ["--approver", "王强"], "approval.same_person"),
        (SECOND, OPENS, ["--approver", ""], "approval.missing"),
    ],
)
def test_what_is_not_right_is_refused_and_no_file_is_left(children, env, second, opens, more, code):
    env("ZOUCUN_APPROVER_PASSWORD", second)
    env("ZOUCUN_OPEN_PASSWORD", opens)
    assert children.refuse(*asked(children, *more))["code"] == code
    assert not (children.folder / "L8.xlsx").exists()


def test_without_an_approver_the_way_is_told(children):
    refused = children.refuse("export-ledger", "L8", "--out", children.folder / "L8.xlsx", "--reason", "上报")
    assert refused["code"] == "approval.missing" and "李梅" in refused["do"]


def test_a_store_of_one_person_says_how_to_add_another(desk):
    refused = desk.refuse("export-ledger", "L8", "--out", desk.folder / "L8.xlsx", "--reason", "上报")
    assert refused["code"] == "approval.nobody_else" and "users add" in refused["do"]


def test_a_missing_password_is_wrong_use_that_names_the_ways(children, env):
    status, answer = children.ask(*asked(children), stdin="")
    assert status == 2 and "ZOUCUN_APPROVER_PASSWORD" in str(answer) + children.err
    env("ZOUCUN_APPROVER_PASSWORD", SECOND)
    status, answer = children.ask(*asked(children), stdin="")
    assert status == 2 and "--open-password-file" in str(answer) + children.err


def test_any_other_ledger_is_encrypted_too_when_somebody_approves_it(children, env):
    env("ZOUCUN_APPROVER_PASSWORD", SECOND)
    env("ZOUCUN_OPEN_PASSWORD", OPENS)
    path = children.folder / "高龄.xlsx"
    path.write_bytes(ledger("L6"))
    children.do("import-ledger", path, "--profile", "L6")
    out = children.folder / "L6.xlsx"
    children.do("export-ledger", "L6", "--out", out, "--reason", "上报", "--approver", "李梅")
    assert opened(out, OPENS).startswith(b"PK")
