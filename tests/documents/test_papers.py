"""Papers as a reader, a scanner and an office see them."""

import io
import itertools
import shutil
import subprocess
from datetime import date
from typing import Any

import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.units import mm

from db.refused import Refused
from desktop.documents import Made, preflight, render_form
from desktop.documents.text import CLOSING, OPENING, break_lines, cells, width
from desktop.forms import load_form


def paper(code: str, answers: dict[str, Any] | None = None, **options: Any) -> Made:
    """A paper of a form with fixed surroundings."""
    return render_form(
        load_form(code),
        answers or {},
        {},
        number="513224-102-SJ-2026-10001-F22B-1",
        revision=1,
        unit="某乡人民政府",
        printed_by="甲",
        printed_on=date(2026, 11, 5),
        **options,
    )


def text_of(made: Made) -> str:
    """What a reader copies out of the paper."""
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made.data)).pages)


def test_names_beyond_the_basic_plane_come_back_as_text() -> None:
    said = "".join(text_of(paper("F-22B", {"guardian": "𠮷麦"})).split())
    assert "𠮷麦" in said


def test_tibetan_is_shaped_and_carries_its_source() -> None:
    name = "བཀྲ་ཤིས"
    page = pypdf.PdfReader(io.BytesIO(paper("F-22B", {"guardian": name}).data)).pages[0]
    contents = page.get_contents()
    assert contents is not None
    assert (b"\xfe\xff" + name.encode("utf-16-be")).hex().upper().encode() in contents.get_data()


def test_a_character_without_a_glyph_stops_the_print() -> None:
    assert preflight(["好\U0003134a"]) == ["\U0003134a"]
    with pytest.raises(Refused) as refusal:
        paper("F-22B", {"guardian": "\U0003134a"})
    assert refusal.value.code == "paper.glyph_missing"


@pytest.mark.parametrize("code", ["F-08", "F-22B", "F-22C"])
def test_every_font_is_embedded(code: str) -> None:
    for page in pypdf.PdfReader(io.BytesIO(paper(code).data)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]


def test_a_draft_says_so_on_every_page() -> None:
    made = paper("F-22C", {"child": "扎西"}, draft=True)
    assert text_of(made).count("草稿—不作办理依据") == made.pages


def test_a_blank_sheet_holds_no_answer() -> None:
    assert "扎西" not in text_of(paper("F-22C", {"child": "扎西"}, blank=True))


def test_statements_stay_unticked_until_answered() -> None:
    assert "☑" not in text_of(paper("F-22C", {"child": "扎西"}))


def test_locked_clauses_are_printed() -> None:
    said = text_of(paper("F-22B")).replace("\n", "")
    assert "本协议任何条款都不免除任何一方" in said
    assert "另行单独书面同意" in said


def test_the_same_input_gives_the_same_bytes() -> None:
    assert paper("F-08").data == paper("F-08").data


def test_a_text_longer_than_a_page_is_continued() -> None:
    said = text_of(paper("F-08", {"problems": "户主患病。" * 800 + "完"})).replace("\n", "")
    assert said.count("户主患病。") >= 780
    assert "完" in said


@given(st.text(alphabet="松潘县，。、（）《》“”12AB ", max_size=120), st.integers(8, 60))
@settings(max_examples=60, deadline=None)
def test_lines_fit_and_begin_and_end_where_they_may(text: str, room_mm: int) -> None:
    row, room = cells(text), room_mm * mm * 3
    lines = break_lines(row, room, 12)
    assert list(itertools.chain.from_iterable(lines)) == row
    for line in lines:
        assert sum(width(cell, 12) for cell in line) <= room or not line
    for line in lines[1:]:
        assert not line or line[0].char not in CLOSING or _all_marks(text)
    for line in lines[:-1]:
        assert not line or line[-1].char not in OPENING or _all_marks(text)


def _all_marks(text: str) -> bool:
    """Runs of marks longer than a line may break anywhere."""
    return max((sum(1 for _ in run) for marks, run in itertools.groupby(text, _is_mark) if marks), default=0) > 3


def _is_mark(char: str) -> bool:
    return char in CLOSING or char in OPENING


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils renders the page")
def test_a_scanner_reads_the_number_and_no_person_from_the_code() -> None:
    made = paper("F-22C", {"child": "扎西"})
    drawn = subprocess.run(
        ["pdftoppm", "-r", "150", "-png", "-f", "1", "-l", "1", "-"], input=made.data, capture_output=True, check=True
    ).stdout
    read = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)))
    assert read[0].text.startswith("SP1|F-22C|513224-102-SJ-2026-10001-F22B-1|1|1/2|")
    assert "扎西" not in read[0].text
