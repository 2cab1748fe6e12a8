"""The table of rules and what they stand on."""

from datetime import date

from desktop.policy.rulebook import RULES
from desktop.policy.sources import cite


def test_every_citation_of_the_table_can_be_put_in_words():
    assert all(cite(rule, None).text for rule in RULES)


def test_a_law_is_cited_only_from_the_day_it_began():
    assert "《社会救助法》" not in cite("DB-079", date(2026, 6, 30)).text
    assert "《社会救助法》" in cite("DB-079", date(2026, 7, 1)).text


def test_a_citation_names_articles_and_says_since_when():
    citation = cite("DB-007", date(2026, 5, 11))
    assert citation.text.endswith("第9条、第29条") and citation.effective_from == date(2021, 7, 1)
