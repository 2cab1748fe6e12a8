"""Papers read again without a library: the digest covers all that is printed, and no bytes make the reader fail."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents import read_paper
from tests.documents.family import AGREEMENT, CONSENT, FAMILY, FAMILY_COMPUTED, paper

WHOLE = paper("F-22C", CONSENT).data


@pytest.mark.parametrize(("code", "answers"), [("F-08", FAMILY), ("F-22B", AGREEMENT), ("F-22C", CONSENT)])
@pytest.mark.parametrize("options", [{}, {"draft": True}, {"training": True}, {"large": True}, {"blank": True}])
def test_a_paper_says_its_number_and_its_text_gives_the_digest(code: str, answers: Any, options: Any) -> None:
    made = paper(code, answers, FAMILY_COMPUTED if code == "F-08" else {}, **options)
    marks = read_paper(made.data)
    assert marks is not None and marks.text_agrees
    assert (marks.form_code, marks.number) == (code, "513224-102-SJ-2026-10001-F22B-1")
    assert marks.text_hash == made.text_hash
    assert marks.revision == ("D" if options.get("draft") else "1")


@pytest.mark.parametrize(
    "change",
    [{"number": "513224-102-SJ-2026-10001-F22B-2"}, {"draft": True}, {"training": True}],
)
def test_head_and_marks_are_part_of_the_digest(change: Any) -> None:
    assert paper("F-22C", CONSENT).text_hash != paper("F-22C", CONSENT, **change).text_hash


def test_one_character_more_is_another_digest() -> None:
    changed = FAMILY | {"place": FAMILY["place"] + "东"}
    assert paper("F-08", FAMILY).text_hash != paper("F-08", changed).text_hash


@given(st.binary(max_size=400))
def test_bytes_that_are_no_paper_read_as_nothing(data: bytes) -> None:
    assert read_paper(data) is None


@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_a_damaged_paper_never_makes_the_reader_fail(at: int, put: bytes) -> None:
    marks = read_paper(WHOLE[:at] + put + WHOLE[at + len(put) :])
    assert marks is None or marks.form_code
