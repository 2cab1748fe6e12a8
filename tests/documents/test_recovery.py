"""The printed recovery code as somebody reads it from a cabinet years later."""

import io
import re
import shutil
import subprocess

import pypdf
import pytest

from db.recovery import new_code
from db.refused import Refused
from desktop.documents import Kept, recovery_paper

CODE = "WWWWW-MMMMM-01234-56789-ABCDE-FGHJK-NPQRS-TVWXY"
KEPT = Kept("青云镇", "测试甲", "2026-11-05", "民政-电脑1", "走村")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils measures the words")
@pytest.mark.parametrize("code", [CODE, ""], ids=["the widest letters", "a fresh one"])
def test_every_group_of_the_code_stands_whole_and_at_least_24_points_high(code: str) -> None:
    code = code or new_code()
    argv = ["pdftotext", "-bbox", "-", "-"]
    said = subprocess.run(argv, input=recovery_paper(code, KEPT), capture_output=True, check=True).stdout.decode()
    words = {
        word: float(bottom) - float(top)
        for top, bottom, word in re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]*)<', said)
    }
    assert all(words[group] >= 24 for group in code.split("-"))


def test_it_says_what_it_is_where_it_belongs_and_which_store_it_opens() -> None:
    reader = pypdf.PdfReader(io.BytesIO(recovery_paper(CODE, KEPT)))
    said = "".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for text in ("恢复码", "青云镇", "测试甲", "2026-11-05", "民政-电脑1", "走村", "这是什么", "锁进柜子", "忘记口令"):
        assert text in said, text


def test_the_code_is_nowhere_but_on_the_page() -> None:
    reader = pypdf.PdfReader(io.BytesIO(recovery_paper(CODE, KEPT)))
    assert not any(group in str(reader.metadata) for group in CODE.split("-"))


def test_long_names_keep_it_to_one_page() -> None:
    kept = Kept("某" * 50, "甲" * 50, "2026-11-05", "p" * 60, "走" * 80)
    assert len(pypdf.PdfReader(io.BytesIO(recovery_paper(CODE, kept))).pages) == 1


def test_a_name_without_a_glyph_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        recovery_paper(CODE, Kept("青云镇", "\ue123", "2026-11-05", "pc", "走村"))
    assert refusal.value.code == "paper.glyph_missing"
