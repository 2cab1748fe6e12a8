"""Papers printed and verified on the command line: blank, draft, official, signed, for practice."""

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

REASON = ("--reason", "交家长签字")


def text_of(path: Path) -> str:
    """What a reader copies out of a PDF, without white space."""
    return "".join("".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())


def picture(path: Path) -> Path:
    """A drawn signature."""
    out = io.BytesIO()
    Image.new("RGB", (300, 100), "blue").save(out, "PNG")
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def agreement(desk: Any) -> str:
    """A visit for a child's agreement with all that is not written by hand."""
    child = desk.household()["members"][1]["person_id"]
    certificate = {"kind": "7", "grade": "1", "number": "51329920150101001971", "valid_until": "2030-01-01"}
    desk.do("person", "set", child, *(f"certificate.{key}={value}" for key, value in certificate.items()))
    desk.do("person", "set", child, "sex=1", "birth_date=2015-01-01")
    begun = desk.do("visit", "add", "--person", child, "--form", "F-22B", "--visited-on", "2026-11-05")
    answers = {
        "school": "中心小学",
        "principal": "泽让",
        "school_tel": "0837-7230000",
        "guardian": "测试甲",
        "guardian_id": "513299198003050014",
        "grel": "51",
        "guardian_tel": "13800001234",
        "child": "测试乙",
        "student_no": "G513299201501010019",
        "addr": "上磨村2组5号",
        "from": "2026-11-09",
        "to": "2027-01-15",
        "mode": "上门",
        "place": "学生家中",
        "cycle": "每周",
        "times": "1",
        "periods": "2",
        "first": "2026-11-10",
        "t1": "李芳",
        "t2": "王秀兰",
        "makeup": "15",
        "lang": "四川话",
        "told": "true",
    }
    desk.do("visit", "answer", begun["visit_id"], desk.file(answers))
    return str(begun["visit_id"])


@pytest.mark.parametrize(("form", "pages"), [("F-08", 4), ("F-22B", 2), ("F-22C", 2)])
def test_empty_sheets_of_a_fresh_store_carry_numbers_of_their_own(desk, tmp_path, form, pages):
    made = [
        desk.do("print", form, "--blank", "--out", tmp_path / f"{at}.pdf", "--reason", "入户备用") for at in (1, 2)
    ]
    assert [answer["document_no"] for answer in made] == ["BLANK-020261105-001", "BLANK-020261105-002"]
    assert made[0]["pages"] == pages
    assert "BLANK-020261105-002" in text_of(tmp_path / "2.pdf")


def test_every_page_from_a_store_for_practice_says_so_and_none_from_a_real_one(desk, bare, tmp_path):
    practice, real = tmp_path / "practice.pdf", tmp_path / "real.pdf"
    pages = desk.do("print", "F-22C", "--blank", "--out", practice, *REASON)["pages"]
    assert text_of(practice).count("演练") == 2 * pages
    bare.store = tmp_path / "real"
    bare.do("init", "--township", "513299102", "--township-name", "青云镇")
    bare.do("print", "F-22C", "--blank", "--out", real, *REASON)
    assert "演练" not in text_of(real)


def test_a_signature_that_was_given_is_drawn_and_a_photo_is_only_ticked(desk, tmp_path):
    home = desk.household()["household_id"]
    team = ("--investigator", "王强", "--investigator", "李芳")
    visit = desk.do("visit", "add", "--household", home, "--form", "F-08", "--visited-on", "2026-11-05", *team)
    out = tmp_path / "visit.pdf"
    argv = ("print", "F-08", "--visit", visit["visit_id"], "--draft", "--out", out, *REASON)
    desk.do("visit", "photo", visit["visit_id"], picture(tmp_path / "door.png"), "--slot", "door")
    desk.do(*argv)
    assert b"/Subtype /Image" not in out.read_bytes()
    name = ("--role", "sg1", "--name", "王强")
    desk.do("visit", "sign", visit["visit_id"], *name, picture(tmp_path / "name.png"))
    desk.do(*argv)
    assert out.read_bytes().count(b"/Subtype /Image") == 1


def test_an_official_paper_verifies_and_what_was_done_to_it_is_told(desk, agreement, tmp_path):
    out = tmp_path / "agreement.pdf"
    made = desk.do("print", "F-22B", "--visit", agreement, "--out", out, *REASON)
    assert made["pages"] == 2 and made["document_no"] in text_of(out)
    assert desk.do("verify", out)["ok"] is True
    data = out.read_bytes()

    def told(changed: bytes) -> str:
        out.write_bytes(changed)
        answer = desk.do("verify", out)
        assert answer["ok"] is False
        return str(answer["findings"][0])

    assert "字节有改动" in told(data.replace(b"/Trapped /False", b"/Trapped /True "))
    marks = re.search(rb"SP1\|[^)]*\|([A-Z2-7]{10})\)", data)
    assert marks is not None
    assert "与校验码对不上" in told(data.replace(marks.group(1), b"AAAAAAAAAA"))
    number = str(made["document_no"]).encode() + b"|"
    assert "没有登记过这个编号" in told(data.replace(number, b"513299-102-F22B-2026-09999|"))
    assert "读不出编号" in told(data[: len(data) // 2])


def test_drafts_and_empty_sheets_are_named_as_what_they_are(desk, agreement, tmp_path):
    draft, empty = tmp_path / "draft.pdf", tmp_path / "empty.pdf"
    desk.do("print", "F-22B", "--visit", agreement, "--draft", "--out", draft, *REASON)
    desk.do("print", "F-22B", "--blank", "--out", empty, *REASON)
    assert "草稿" in desk.do("verify", draft)["findings"][0]
    assert "空白表" in desk.do("verify", empty)["findings"][0]


def test_a_blank_sheet_for_a_household_shows_its_people(desk, tmp_path):
    home = desk.household()["household_id"]
    out = tmp_path / "known.pdf"
    desk.do("print", "F-08", "--household", home, "--blank", "--out", out, *REASON)
    assert "测试甲" in text_of(out) and "测试乙" in text_of(out)


def test_a_printed_paper_is_listed_and_spoiled_and_a_visit_taken_back(desk, agreement, tmp_path):
    argv = ("print", "F-22B", "--visit", agreement, "--out", tmp_path / "a.pdf", *REASON)
    first = desk.do(*argv)
    (row,) = desk.do("document", "list", "--visit", agreement)["documents"]
    assert row["document_no"] == first["document_no"]
    assert desk.do("document", "list", "--same-numbers")["documents"] == []
    assert desk.do("document", "spoil", row["document_id"], "--reason", "打歪了")["state"] == "spoiled"
    assert desk.do(*argv)["document_no"] != first["document_no"]
    assert desk.do("visit", "void", agreement, "--reason", "选错了人")["spoiled_papers"] == 1
    assert desk.refuse("visit", "show", agreement)["code"] == "visit.unknown"
