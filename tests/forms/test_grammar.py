"""Every form of the grammar loads, and what is not of the grammar is refused at once."""

import pytest

from db.refused import BadValue
from desktop import forms
from desktop.forms import library
from desktop.forms.codes import table
from desktop.forms.loading import Misshapen
from desktop.forms.spec import HAND_TYPES, Some, TableSpec, Test
from resources import names
from tests.forms.builders import ON, grammar, small_form

FINISHED = ("F-08", "F-22B", "F-22C")
BLOCKS = {code: raw for code, raw in grammar().items() if code.startswith("B-")}
OTHERS = sorted(code for code in grammar() if code.startswith("F-"))


def test_there_are_seventy_nine_forms():
    assert len(OTHERS) + len(FINISHED) == 79


@pytest.mark.parametrize("code", OTHERS)
def test_every_form_of_the_grammar_loads(code):
    spec = forms.build(grammar()[code], BLOCKS)
    assert spec.code == code and spec.items
    assert all(field.by_hand for field in spec.every_field() if field.type in HAND_TYPES)


@pytest.mark.parametrize("code", OTHERS)
def test_every_form_of_the_grammar_can_be_reviewed_empty(code):
    found = forms.check(forms.build(grammar()[code], BLOCKS), {}, {}, ON)
    assert not found.blocking
    assert all(one.label for one in found.missing)


@pytest.mark.parametrize("code", FINISHED)
def test_the_finished_forms_carry_help_and_no_block(code):
    spec = forms.load_form(code)
    assert spec.edition and spec.pages
    assert sum(bool(field.help) for field in spec.fields) > 15
    assert not any(field.prefix for field in spec.every_field())


def test_the_visit_has_its_sections_tables_and_team(visit):
    assert [section.id for section in visit.sections] == list("ABCDEFGHIJKLMN")
    assert visit.investigators == 2
    assert {table.id: (table.whole, table.rows) for table in visit.tables} == {
        "members": (False, 7),
        "member_changes": (False, 2),
        "obligors": (False, 4),
        "income": (True, 12),
        "assets": (True, 10),
        "expenses": (True, 6),
        "differences": (False, 4),
    }
    assert [column.key for column in visit.table_by_id["members"].columns][-2:] == ["same", "correction"]
    assert visit.table_by_id["obligors"].columns[-1].key == "support_real"


def test_a_kept_name_is_section_and_key(visit, agreement):
    assert visit.group_of("date") == "answers.A.date"
    assert visit.group_of("income") == "answers.income"
    assert visit.group_of("members", "0190-x") == "answers.members.0190-x"
    assert agreement.group_of("school") == "answers.main.school"


def test_a_field_that_the_visit_keeps_itself_says_so(visit):
    bound = {field.key: field.bind for field in visit.fields if field.bind}
    assert bound == {
        "date": "visit.visited_on",
        "i1": "visit.investigator_a",
        "i2": "visit.investigator_b",
    }


def test_a_block_with_a_prefix_keeps_its_keys_apart():
    spec = forms.build(grammar()["F-15C"], BLOCKS)
    assert {"township.opinion", "county.opinion"} <= set(spec.by_key)
    assert spec.group_of("township.opinion") == "answers.opinions.township.opinion"


def test_a_form_may_ask_more_of_a_block():
    spec = forms.build(grammar()["F-20A"], BLOCKS)
    assert spec.by_key["dis_cert"].required is True


def test_paper_order_follows_the_data(visit):
    keys = [item.id if isinstance(item, TableSpec) else item.key for item in visit.items]
    assert keys.index("members") < keys.index("split_note") < keys.index("obligors") < keys.index("income")


def test_a_form_that_is_not_here_is_refused_in_words():
    with pytest.raises(BadValue) as caught:
        forms.load_form("F-99")
    assert caught.value.code == "form.unknown" and "F-08" in caught.value.do
    with pytest.raises(BadValue):
        forms.load_form("F-08", "1999.1")
    assert forms.load_form("F-08", "2026.1") is forms.load_form("F-08")


@pytest.mark.parametrize(
    "item",
    [
        {"key": "a", "type": "X"},
        {"key": "a", "type": "C", "code_table": "K99"},
        {"key": "a", "type": "T", "required": "conditional", "when": {"field": "b", "op": "eq", "value": 1}},
        {
            "key": "a",
            "type": "T",
            "required": "conditional",
            "when": {"field": "a", "op": "like", "value": 1},
        },
        {"key": "a", "type": "T", "section": "nowhere"},
    ],
)
def test_data_that_is_not_of_the_grammar_does_not_load(item):
    with pytest.raises(Misshapen):
        small_form([item])


def test_a_key_twice_does_not_load():
    with pytest.raises(Misshapen):
        small_form([{"key": "a", "type": "T"}, {"key": "a", "type": "N"}])


def test_every_code_table_that_a_form_names_is_there():
    assert {"K01", "K03", "K10", "K35", "K36", "GB2261.1", "SJ", "TK010"} <= set(forms.code_tables())
    assert forms.code_table("K35")["07"] == "外出务工"
    assert len(forms.code_table("K10")) == 58
    assert len(forms.code_table("K03")) == 84


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        ("K03", "户主", "02"),
        ("K03", "10", "10"),
        ("K10", "藏", "04"),
        ("K10", "藏族", "04"),
        ("SJ", "身份证", "resident_id"),
    ],
)
def test_a_code_is_found_by_itself_or_by_the_words_people_use(table, text, code):
    assert forms.code_of(table, text) == code


def test_words_that_no_option_has_give_no_code():
    assert forms.code_of("K10", "火星族") is None
    assert forms.label_of("K35", "99") == "99"


def test_every_form_shipped_is_named_by_its_code_and_its_checks_speak():
    files = names("forms", suffix=".toml")
    assert {name.removesuffix(".toml") for name in files} == set(FINISHED)
    for code in FINISHED:
        spec = forms.load_form(code)
        assert spec.code == code
        assert all(check.text.endswith("。") and check.code.startswith("form.") for check in spec.checks)


def test_short_forms_of_words_lead_to_codes_that_there_are():
    for name in forms.code_tables():
        found = table(name)
        assert set(found.aliases.values()) | set(found.groups) | set(found.first) <= set(found.labels)


def test_a_form_may_be_installed_for_a_process(monkeypatch):
    monkeypatch.setattr(library, "_installed", {})
    spec = forms.install(small_form([{"key": "a", "type": "T"}], code="BENCH", version="7"))
    assert forms.load_form("BENCH", "7") is spec and "BENCH" in forms.form_codes()


def test_every_condition_that_was_written_down_is_kept():
    spec = forms.load_form("F-08")
    assert sum(field.when is not None for field in spec.every_field()) == 54
    assert spec.by_key["remote_reason"].when == Some(
        (Test("method", "ne", "1"), Test("method", "eq", "5")),
    )
