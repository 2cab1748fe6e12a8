"""Papers as a reader, a scanner and an office see them."""

import io
import itertools
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.units import mm

from db.refused import Refused
from desktop.documents import Signed, fonts, forms, preflight, read_paper
from desktop.documents.drawing import Box, Line
from desktop.documents.layouts import by_rule, layout
from desktop.documents.sheet import Finished, Sheet
from desktop.documents.surround import BOTTOM, LEFT, Imprint
from desktop.documents.text import CLOSING, OPENING, blank_ems, break_lines, cells, wide, width
from desktop.forms import load_form
from resources import read_toml
from tests.documents.family import AGREEMENT, AGREEMENT_COMPUTED, CONSENT, FAMILY, FAMILY_COMPUTED, paper, text_of

FORMS = ["F-08", "F-22B", "F-22C"]
needs_poppler = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils renders the page")


def seen(made: Any, page: int = 1, dpi: int = 150) -> Image.Image:
    """A page as a printer shows it."""
    argv = ["pdftoppm", "-r", str(dpi), "-png", "-f", str(page), "-l", str(page), "-"]
    drawn = subprocess.run(argv, input=made.data, capture_output=True, check=True).stdout
    return Image.open(io.BytesIO(drawn))


def copied(made: Any) -> str:
    """What a reader copies out of the paper, ticks included, without white space."""
    said = subprocess.run(["pdftotext", "-raw", "-", "-"], input=made.data, capture_output=True, check=True).stdout
    return "".join(said.decode().split())


def watched(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that are finished from now on, with what stands on their pages."""
    sheets: list[Sheet] = []
    finish = Sheet.finish

    def kept(sheet: Sheet, imprint: Imprint) -> Finished:
        sheets.append(sheet)
        return finish(sheet, imprint)

    monkeypatch.setattr(Sheet, "finish", kept)
    return sheets


def drawing(color: str = "blue") -> bytes:
    """A picture of a signature in one colour."""
    out = io.BytesIO()
    Image.new("RGB", (300, 100), color).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("code", "answers", "computed", "pages"),
    [
        ("F-08", FAMILY, FAMILY_COMPUTED, 4),
        ("F-22B", AGREEMENT, AGREEMENT_COMPUTED, 2),
        ("F-22C", CONSENT, {}, 2),
    ],
)
def test_a_paper_keeps_to_its_pages_filled_and_blank(code: str, answers: Any, computed: Any, pages: int) -> None:
    assert paper(code, answers, computed).pages == pages
    assert paper(code, blank=True, number="BLANK-020261105-001").pages == pages


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_drawn_beyond_its_page_and_no_text_over_a_rule(
    code: str, large: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {"F-08": FAMILY, "F-22B": AGREEMENT, "F-22C": CONSENT}[code]
    sheets = watched(monkeypatch)
    paper(code, answers, large=large)
    paper(code, blank=True, large=large)
    for sheet in sheets:
        for page in sheet.pages:
            boxes = [item for item in page if isinstance(item, Box) and item.high]
            for item in page:
                if isinstance(item, Box):
                    assert item.x >= 25 * mm - 0.1 and item.x + item.wide <= sheet.wide - 18 * mm + 0.1
                    assert item.y >= 18 * mm - 0.1
                elif isinstance(item, Line):
                    _inside(item, boxes, sheet)


def _inside(line: Line, boxes: list[Box], sheet: Sheet) -> None:
    row = list(line.row)
    while row and row[-1].char in " \u3000":
        row.pop()
    long = wide(row, line.size) + line.extra * len(row)
    assert line.x >= 25 * mm - 0.1 and line.x + long <= sheet.wide - 18 * mm + 0.3, "".join(c.char for c in row)
    assert line.y >= 18 * mm - 0.1
    around = [box for box in boxes if box.x <= line.x < box.x + box.wide and box.y <= line.y < box.y + box.high]
    for box in around:
        assert line.x + long <= box.x + box.wide + 0.3, "".join(c.char for c in row)
        assert line.y + line.size * 0.88 <= box.y + box.high + 0.5 and line.y - line.size * 0.2 >= box.y - 0.5


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("more", [0, 150, 300, 450, 600, 750])
def test_nobody_signs_a_page_without_text(code: str, more: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = watched(monkeypatch)
    key = {"F-08": "problems", "F-22B": "place", "F-22C": "carer"}[code]
    paper(code, {key: "长" * more})
    last = [item for item in sheets[0].pages[-1] if isinstance(item, Line)]
    said = "".join(cell.char for cell in last[0].row)
    assert "签名" not in said and "（章）" not in said


def test_a_form_that_nobody_laid_out_is_printed_whole_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "layout", by_rule)
    said = "".join(text_of(paper("F-08", FAMILY, FAMILY_COMPUTED)).split())
    for field in load_form("F-08").every_field():
        assert field.label[:2] in said, field.label
    assert all(name in said for name in ("泽仁卓玛", "川U12345", "10,200.00"))


@pytest.mark.parametrize("code", FORMS)
def test_cells_are_never_smaller_than_nine_points(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = watched(monkeypatch)
    paper(code, blank=True)
    assert min(item.size for sheet in sheets for page in sheet.pages for item in page if isinstance(item, Line)) >= 9


@pytest.mark.parametrize("code", FORMS)
def test_every_question_stands_on_the_paper_once(code: str) -> None:
    spec = load_form(code)
    if code == "F-08":
        placed = [cell.key for block in layout(spec) for line in block.lines for cell in line if cell.key]
        said = [text for block in layout(spec) for line in block.lines for cell in line if (text := cell.text)]
        placed += [key for text in said for key in re.findall(r"\{(\w+)", text)]
        placed += [place.key for block in layout(spec) for place in block.boxes]
        columns = [f"{b.table}.{key}" for b in layout(spec) for column in b.columns for key in column.keys]
        assert sorted(columns) == sorted(f"{t.id}.{c.key}" for t in spec.tables for c in t.columns)
        wanted = [field.key for field in spec.fields if field.type != "IMG"] + ["@photos"]
    else:
        letter = read_toml("clauses", f"{code}.toml")
        placed = list(dict.fromkeys(re.findall(r"\{(\w+)", letter["text"])))
        said = [key for box in letter["boxes"] for key in (box.split()[0], *re.findall(r"\{(\w+)", box))]
        placed += [key for key in said if key not in placed]
        ticked = r"told|age|k\d|c\d|c\d_note"  # boxes that the text itself prints, and what only the screen asks
        wanted = [field.key for field in spec.fields if not re.fullmatch(ticked, field.key)]
    assert sorted(placed) == sorted(wanted)


@pytest.mark.parametrize("code", FORMS)
def test_boxes_are_large_enough_to_sign_press_and_seal(code: str) -> None:
    spec = load_form(code)
    blocks = layout(spec) if code == "F-08" else ()
    boxes = [place for block in blocks for place in block.boxes]
    texts = [] if blocks else read_toml("clauses", f"{code}.toml")["boxes"]
    sizes = [(p.key, p.wide, p.high) for p in boxes] + [(t.split()[0], *map(float, t.split()[3:5])) for t in texts]
    least = {"SG": (40, 12), "FP": (25, 25), "SL": (45, 45)}
    for key, across, high in sizes:
        kind = spec.by_key[str(key)].type
        assert kind not in least or (across >= least[kind][0] and high >= least[kind][1]), key


@needs_poppler
def test_what_was_answered_comes_back_as_text() -> None:
    said = copied(paper("F-08", FAMILY, FAMILY_COMPUTED))
    for text in ("泽仁卓玛", "⑪转移", "成都市", "川U12345", "牦牛12头", "56,000.00", "☑建议不纳入", "更正为拉毛"):
        assert text in said, text


def test_worked_out_columns_join_the_rows_they_belong_to() -> None:
    said = "".join(text_of(paper("F-08", FAMILY, FAMILY_COMPUTED)).split())
    assert "泽仁卓玛" in said and "46" in said and "9,900.00" in said


def test_who_is_given_by_the_row_of_a_member_is_printed_by_name() -> None:
    income = [
        {"row": "i", "kind": "01", "gross": "1.00", "who": "row-of-b"},
        {"row": "j", "kind": "02", "gross": "1.00", "who": "测试丙"},
    ]
    members = [{"row": "row-of-a", "name": "测试甲"}, {"row": "row-of-b", "name": "测试乙"}]
    said = text_of(paper("F-08", {"income": income, "members": members}))
    assert said.count("测试乙") == 2 and said.count("测试丙") == 1 and "row-of-b" not in said


def test_more_rows_than_the_paper_has_are_continued() -> None:
    rows = [{"row": str(at), "item": f"第{at}项", "note": "说明" * 40} for at in range(60)]
    said = text_of(paper("F-08", {"differences": rows}))
    assert all(f"第{at}项" in said for at in range(60))
    assert "（续表）" in said


def test_two_incomes_of_one_kind_both_stand_under_its_name() -> None:
    rows = [{"row": str(at), "kind": "11", "gross": f"{at}11.00"} for at in (1, 2)]
    said = "".join(text_of(paper("F-08", {"income": rows})).split())
    assert said.count("⑪转移") == 2 and "111.00" in said and "211.00" in said and "⑫其他" in said


def test_names_beyond_the_basic_plane_come_back_as_text() -> None:
    said = "".join(text_of(paper("F-22B", {"guardian": "𠮷麦"})).split())
    assert "𠮷麦" in said


def test_tibetan_is_shaped_and_carries_its_source() -> None:
    name = "བཀྲ་ཤིས"
    made = paper("F-22B", {"guardian": name})
    contents = pypdf.PdfReader(io.BytesIO(made.data)).pages[0].get_contents()
    assert contents is not None
    assert (b"\xfe\xff" + name.encode("utf-16-be")).hex().upper().encode() in contents.get_data()
    marks = read_paper(made.data)
    assert marks is not None and marks.text_agrees


@pytest.mark.parametrize("char", ["\U0003134a", "\U0010f003", "\ue123"])
def test_a_character_without_a_glyph_stops_the_print(char: str) -> None:
    assert preflight(["好" + char]) == [char]
    with pytest.raises(Refused) as refusal:
        paper("F-22B", {"guardian": char})
    assert refusal.value.code == "paper.glyph_missing"


@pytest.mark.parametrize("code", FORMS)
def test_every_font_is_embedded(code: str) -> None:
    for page in pypdf.PdfReader(io.BytesIO(paper(code).data)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]


def test_the_offices_own_typeface_is_taken_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "SimFang.ttf").write_bytes(fonts.font_bytes("NotoSansSC-Regular"))
    (tmp_path / "simhei.ttf").write_bytes(b"OTTO damaged")
    monkeypatch.setattr(fonts, "FOLDERS", (tmp_path,))
    caches = (fonts._font_files, fonts.office_font, fonts.font_for)
    for cache in caches:
        cache.cache_clear()
    try:
        assert fonts.font_for("村") == "FangSong"
        assert fonts.font_for("村", bold=True) == "NotoSerifSC-Bold"
        made = paper("F-22C", {"child": "𠮷"})
        assert b"/FontName /AAAAAA+NotoSansSC" in made.data and "𠮷" in text_of(made)
    finally:
        monkeypatch.undo()
        for cache in caches:
            cache.cache_clear()


def test_a_draft_says_so_on_every_page() -> None:
    made = paper("F-22C", {"child": "扎西"}, draft=True)
    assert text_of(made).count("草稿—不作办理依据") == made.pages


def test_a_training_paper_says_so_on_every_page_twice() -> None:
    made = paper("F-22C", {"child": "扎西"}, training=True)
    assert text_of(made).count("演练") == 2 * made.pages


@needs_poppler
@pytest.mark.parametrize("code", FORMS)
def test_a_training_paper_has_a_frame_ten_millimetres_from_every_edge_that_a_real_one_has_not(code: str) -> None:
    for on in (True, False):
        page = seen(paper(code, training=on), dpi=254).convert("L")  # ten dots a millimetre
        wide, high = page.size
        sides = [
            (90, 880, 115, 890), (wide - 115, 880, wide - 90, 890),
            (500, 90, 510, 115), (500, high - 115, 510, high - 90),
        ]  # fmt: skip
        assert [min(page.crop(side).tobytes()) < 120 for side in sides] == [on] * 4
        outside = [(0, 0, 97, high), (wide - 97, 0, wide, high), (0, high - 97, wide, high)]
        assert all(min(page.crop(side).tobytes()) == 255 for side in outside)


@needs_poppler
@pytest.mark.parametrize(
    ("code", "answers", "computed", "names"),
    [
        ("F-08", FAMILY, FAMILY_COMPUTED, ("户主：泽仁卓玛", "村组：青云镇上磨村2组")),
        ("F-22B", AGREEMENT, AGREEMENT_COMPUTED, ("学生：仁青措", "监护人：泽仁卓玛")),
        ("F-22C", CONSENT, {}, ("学生：仁青措", "监护人：泽仁卓玛")),
    ],
)
@pytest.mark.parametrize("large", [False, True])
def test_every_page_after_the_first_names_its_people_and_no_number_of_theirs(
    code: str, answers: Any, computed: Any, names: tuple[str, str], large: bool
) -> None:
    for page in pypdf.PdfReader(io.BytesIO(paper(code, answers, computed, large=large).data)).pages[1:]:
        head = "".join(page.extract_text().split())[:160]
        assert all(name in head for name in names)
        assert not re.search(r"\d{17}[0-9X]", head)


def test_a_page_after_the_first_of_an_empty_sheet_leaves_lines_for_the_names() -> None:
    page = pypdf.PdfReader(io.BytesIO(paper("F-22C", blank=True).data)).pages[1]
    assert "学生：监护人：" in "".join(page.extract_text().split())


@pytest.mark.parametrize("code", FORMS)
def test_the_number_stands_once_on_the_first_page_and_the_code_says_what_it_is(code: str) -> None:
    number = "513299-102-SJ-2026-10001-F22B-1"
    computed = {"F-08": {}, "F-22B": {"agree_no": number}, "F-22C": {"consent_no": number}}[code]
    for page in pypdf.PdfReader(io.BytesIO(paper(code, {}, computed, number=number).data)).pages:
        said = "".join(page.extract_text().split())
        assert said.count(number) == 1 and said.count("核验码") == 1


@pytest.mark.parametrize(("code", "answers"), [("F-08", FAMILY), ("F-22C", CONSENT)])
def test_cells_to_sign_in_grow_where_the_page_has_room(
    code: str, answers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = watched(monkeypatch)
    assert paper(code, answers, FAMILY_COMPUTED if code == "F-08" else {}).pages == load_form(code).pages
    signing = [b for b in sheets[0].pages[-1] if isinstance(b, Box) and abs(b.wide - 47 * mm) < 0.1]
    assert signing and min(box.high for box in signing) >= 17.99 * mm


@pytest.mark.parametrize("high", range(1, 60, 3))
def test_no_page_is_begun_only_to_say_that_nothing_follows(high: int) -> None:
    sheet = Sheet("A4P", "题", 1.25)
    sheet.y = BOTTOM + high
    sheet.put(Box(LEFT, sheet.y, 10, 10))
    sheet.finish(Imprint("F-08", "题", "", "草稿", "D", "1", "某乡", ""))
    assert len(sheet.pages) == 1


def test_a_remark_has_a_line_over_the_rest_of_its_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = watched(monkeypatch)
    paper("F-22C", blank=True)
    cell = next(b for b in sheets[0].pages[0] if isinstance(b, Box) and abs(b.wide - 0.34 * sheets[0].room) < 0.1)
    ends = [
        line.x + wide(list(line.row), line.size)
        for line in sheets[0].pages[0]
        if isinstance(line, Line) and line.x > cell.x and line.row and blank_ems(line.row[-1].char)
    ]
    assert len(ends) == 9 and all(cell.x + cell.wide - 5 < end <= cell.x + cell.wide for end in ends)


def test_a_preview_shows_the_number_in_its_place_and_says_draft_to_a_scanner_and_a_reader_of_files() -> None:
    made = paper("F-22C", CONSENT, {"consent_no": "打印时编号"}, number="打印时编号", preview=True)
    said, marks = text_of(made), read_paper(made.data)
    assert "打印时编号" in said and "草稿" not in said
    assert marks is not None and (marks.number, marks.revision, marks.text_agrees) == ("DRAFT", "D", True)


def test_a_blank_sheet_shows_what_is_known_and_no_sum() -> None:
    computed = {"inc_total": "0.00", "region": "青云镇上磨村2组"}
    said = text_of(paper("F-08", {"place": "山脚"}, computed, blank=True))
    assert "山脚" in said and "上磨村2组" in said
    assert "0.00" not in said and "打印：" not in said


@needs_poppler
def test_statements_stay_unticked_until_answered_and_choices_are_ringed() -> None:
    assert "☑" not in copied(paper("F-22C", {"child": "扎西"}))
    made = paper("F-22C", CONSENT)
    assert copied(made).count("☑") == 7
    plain = paper("F-22C", {**CONSENT, "c1_mode": []})
    assert made.text_hash == plain.text_hash and made.data != plain.data


def test_locked_clauses_are_printed() -> None:
    said = text_of(paper("F-22B")).replace("\n", "")
    assert "本协议任何条款都不免除任何一方" in said
    assert "另行单独书面同意" in said


def test_a_village_is_not_called_village_twice() -> None:
    assert "上磨村（居）民委员会" in "".join(text_of(paper("F-22B", {}, AGREEMENT_COMPUTED)).split())


def test_the_same_input_gives_the_same_bytes() -> None:
    signed = {"sg1": Signed(drawing(), "2026-11-05")}
    assert paper("F-08", FAMILY, signatures=signed).data == paper("F-08", FAMILY, signatures=signed).data


@needs_poppler
def test_signatures_are_drawn_into_their_box_and_photos_are_only_ticked() -> None:
    signed = {"sg1": Signed(drawing("blue"), "2026-11-06"), "fp": Signed(drawing("red"))}
    made = paper("F-08", signatures=signed, photos=["door"])
    last = seen(made, made.pages).convert("RGB")
    colours = {color for _, color in last.getcolors(1 << 24) or ()}
    assert (0, 0, 255) in colours and (255, 0, 0) in colours
    assert "2026-11-06" in copied(made) and "☑门牌" in copied(made)
    assert b"/Subtype /Image" not in paper("F-08", photos=["door"]).data


def test_a_blank_sheet_takes_no_signature() -> None:
    assert b"/Subtype /Image" not in paper("F-08", blank=True, signatures={"sg1": Signed(drawing())}).data


def test_a_text_longer_than_a_page_is_continued_and_loses_nothing() -> None:
    made = paper("F-08", {"problems": "".join(f"第{at}句患病。" for at in range(700))})
    said = "".join(text_of(made).split())
    cut = [at for at in range(700) if f"第{at}句患病。" not in said]
    assert len(cut) < made.pages  # a sentence over the turn of a page has its foot between
    assert said.count("患病") >= 700 - len(cut)


def test_long_facts_are_continued_and_lose_nothing() -> None:
    name = "".join(chr(0x4E00 + at) for at in range(300))
    assert name[:290] in "".join(text_of(paper("F-22B", {"school": name, "addr": name})).split())


@pytest.mark.parametrize("code", FORMS)
def test_large_print_is_a_quarter_larger_and_takes_more_pages(code: str) -> None:
    normal, large = paper(code, blank=True), paper(code, blank=True, large=True)
    assert large.pages == {"F-08": 6, "F-22B": 4, "F-22C": 2}[code] >= normal.pages
    assert read_paper(large.data) is not None


@given(st.text(alphabet="松潘县，。、（）《》“”12AB ", max_size=120), st.integers(8, 60))
@settings(max_examples=60, deadline=None)
def test_lines_fit_and_begin_and_end_where_they_may(text: str, room_mm: int) -> None:
    row, room = cells(text), room_mm * mm * 3
    lines = break_lines(row, room, 12)
    assert list(itertools.chain.from_iterable(lines)) == row
    for line in lines:
        hanging = "".join(cell.char for cell in line).rstrip(" ")
        assert sum(width(cell, 12) for cell in line[: len(hanging)]) <= room or not line
    for line in lines[1:]:
        assert not line or line[0].char not in CLOSING or _all_marks(text)
    for line in lines[:-1]:
        assert not line or line[-1].char not in OPENING or _all_marks(text)


def _all_marks(text: str) -> bool:
    """Runs of marks longer than a line may break anywhere."""
    return max((sum(1 for _ in run) for marks, run in itertools.groupby(text, _is_mark) if marks), default=0) > 3


def _is_mark(char: str) -> bool:
    return char in CLOSING or char in OPENING


@needs_poppler
@pytest.mark.parametrize("code", FORMS)
def test_a_scanner_reads_the_number_and_no_person_from_the_code_of_every_page(code: str) -> None:
    made = paper(code, {"child": "扎西"} if code != "F-08" else FAMILY)
    marks = read_paper(made.data)
    assert marks is not None
    for page in range(1, made.pages + 1):
        read = zxingcpp.read_barcodes(seen(made, page))
        assert read[0].text == f"SP1|{code}|513224-102-SJ-2026-10001-F22B-1|1|{page}/{made.pages}|{marks.h10}"
