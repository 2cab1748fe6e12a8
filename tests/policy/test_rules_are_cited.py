"""Every rule of the rule book is cited by code and by a test, or `not_enforced.toml` says why it is not."""

import re
import tomllib
from pathlib import Path

from desktop.policy.rulebook import RULES

ROOT = Path(__file__).parents[2]
CODE = ROOT / "desktop" / "policy"
TESTS = Path(__file__).parent
LISTS = tomllib.loads((TESTS / "not_enforced.toml").read_text(encoding="utf-8"))
NOT_ENFORCED: dict[str, str] = LISTS["not_enforced"]
NOT_BUILT_YET: list[str] = LISTS["not_built_yet"]["rules"]

_ID = re.compile(r"(?<![A-Za-z0-9.-])(?:[A-Z]{1,3}[-_](?:R[1-5]|[0-9]{2,3}[a-f]?)|[0-9]{2}[._][0-9])(?![0-9A-Za-z])")


def cited(folder: Path, *without: str) -> set[str]:
    """Rule ids that the texts of a folder name; names of tests write them with underscores."""
    texts = (path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name not in without)
    spaced = (re.sub(r"\bdef test_(\w+)", lambda name: _spaced(name[1]), text) for text in texts)
    return {match.replace("_", "-") if match[0].isalpha() else match for text in spaced for match in _ID.findall(text)}


def _spaced(name: str) -> str:
    """DB_096 inside a test's name, set apart; 09_3 likewise."""
    name = re.sub(r"_([A-Z]{1,3})_(R[1-5]|[0-9]{2,3}[a-f]?)(?=_|$)", r" \1-\2", name)
    return re.sub(r"_([0-9]{2})_([0-9])(?=_|$)", r" \1.\2", name)


IN_CODE = cited(CODE, "rulebook.py", "sources.py")
IN_TESTS = cited(TESTS, Path(__file__).name)
OPEN = set(RULES) - (IN_CODE & IN_TESTS)


def test_every_rule_is_cited_by_code_and_test_or_listed_with_its_reason():
    assert sorted(OPEN - set(NOT_ENFORCED) - set(NOT_BUILT_YET)) == []


def test_the_lists_name_only_rules_of_the_book_and_each_once():
    assert set(NOT_ENFORCED) | set(NOT_BUILT_YET) <= set(RULES)
    assert not set(NOT_ENFORCED) & set(NOT_BUILT_YET) and len(set(NOT_BUILT_YET)) == len(NOT_BUILT_YET)


def test_every_rule_that_is_not_enforced_has_a_reason_in_words():
    assert all(len(reason) >= 8 for reason in NOT_ENFORCED.values())


def test_once_everything_is_built_no_rule_is_listed_that_is_enforced():
    assert NOT_BUILT_YET or sorted(set(NOT_ENFORCED) - OPEN) == []


def test_an_id_is_found_in_words_and_in_the_name_of_a_test():
    assert {"DB-096", "09.3", "EV-R1", "D-02"} <= IN_TESTS
