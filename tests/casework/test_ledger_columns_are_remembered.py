"""Columns that were named once are known again in this store, the oldest forgotten first."""

from desktop.casework import ledger_columns


def remember(township, found):
    township.run(lambda work: ledger_columns.remember(work, found))


def test_what_was_named_is_known_again_and_the_newest_word_counts(township):
    assert township.look(ledger_columns.remembered) == {}
    remember(township, {"aa": {"profile": "L1", "rows": 1, "columns": {"name": 2}}})
    remember(township, {"aa": {"profile": "L1", "rows": 1, "columns": {"name": 3}}})
    assert township.look(ledger_columns.remembered)["aa"]["columns"] == {"name": 3}


def test_heads_that_the_program_shall_find_by_itself_are_forgotten(township):
    remember(township, {"aa": {"profile": "L1", "rows": 1, "columns": {"name": 2}}})
    township.run(lambda work: ledger_columns.remember(work, {}, "aa"))
    assert township.look(ledger_columns.remembered) == {}


def test_the_oldest_are_forgotten_first(township):
    remember(township, {f"{place:03}": {"profile": "L7", "rows": 1, "columns": {}} for place in range(205)})
    kept = township.look(ledger_columns.remembered)
    assert len(kept) == 200 and "000" not in kept and "204" in kept
