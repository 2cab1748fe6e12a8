"""Ask `archive_check`: what each file must hold and must not (12 §1)."""

import pytest

from desktop.policy.asks.archive_check import LISTS
from desktop.policy.engine import answer_question


def ask(county, programme, items, **question):
    return answer_question(
        county, {"id": "q", "ask": "archive_check", "programme_code": programme, "items": items, **question}
    )


@pytest.mark.parametrize("programme", LISTS)
def test_a_file_is_complete_with_its_required_papers_and_names_each_that_lacks_DA_008(county, programme):
    required = sorted(LISTS[programme].required)
    assert ask(county, programme, required)["complete"] is True, "DA-008"
    assert ask(county, programme, [])["missing_items"] == required, "12.1"


def test_the_countys_visit_is_required_only_under_a_circumstance(county):
    required = sorted(LISTS["dibao"].required)
    assert ask(county, "dibao_single", required, circumstances=["near_relative_filed"])["missing_items"] == [15]
    assert ask(county, "tekun", sorted(LISTS["tekun"].required), circumstances=["complaint"])["complete"] is True


@pytest.mark.parametrize("programme", ["orphan", "de_facto_orphan"])
def test_a_childs_file_holds_no_review_notice_or_list_D_17(county, programme):
    answer = ask(county, programme, list(range(19)))
    assert (answer["complete"], answer["forbidden_items"]) == (False, [12, 13, 16]), "D-17"


@pytest.mark.parametrize(("programme", "items"), [("funeral_relief", []), ("dibao", [19]), ("dibao", [-1])])
def test_no_list_or_no_such_number_is_a_bad_value(county, programme, items):
    assert ask(county, programme, items)["error"]["code"] == "bad_value"
