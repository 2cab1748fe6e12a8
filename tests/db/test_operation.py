"""Ids of records and rows."""

from uuid import UUID

from db.operation import new_id


def test_ids_of_one_program_sort_as_they_were_made() -> None:
    made = [new_id() for _ in range(5000)]
    assert made == sorted(made) and len(set(made)) == len(made)


def test_ids_are_uuids_of_version_7() -> None:
    one = UUID(new_id())
    assert one.version == 7 and str(one) == str(UUID(str(one)))
