"""The workspace: one writer in line, readers beside it, versions that travel with the view, traces in the audit."""

import threading

import pytest
from sqlalchemy import select

from db import audit, journal
from db.operation import decode, id_bytes
from db.refused import NotAllowed, Refused
from db.tables.journal import OperationRow
from desktop.casework import cases, households, ledgers, numbers, persons, settings
from desktop.casework.masks import mask_account, mask_id, mask_phone
from desktop.casework.planned import PlannedCase, PlannedHousehold, PlannedPerson
from desktop.workspace.jobs import Cancelled, Job
from tests.casework.conftest import ON


def acts(township):
    return [entry[2] for entry in township.look(lambda work: audit.acts(work.session))]


def test_jobs_run_in_order_in_one_thread_and_give_result_progress_and_refusal(township):
    seen, threads = [], set()

    def act(work):
        threads.add(threading.current_thread().name)
        work.step(1, 2, "写入")
        return work.on

    jobs = [township.submit(act, ON, lambda *step: seen.append(step)) for _ in range(3)]
    assert [job.wait(10) for job in jobs] == ["2026-11-05"] * 3
    assert seen == [(1, 2, "写入")] * 3 and threads == {"zoucun-worker"}
    refused = township.submit(lambda work: persons.show(work, "nobody"))
    with pytest.raises(Refused, match=r"person\.unknown"):
        refused.wait(10)


def test_a_cancelled_job_rolls_back(township):
    started = threading.Event()
    go = threading.Event()

    def act(work):
        households.add(work, {"members": [{"name": "测试甲"}]})
        started.set()
        go.wait(10)
        work.step(1, 2, "写入")

    job = township.submit(act)
    started.wait(10)
    job.cancel()
    go.set()
    with pytest.raises(Cancelled):
        job.wait(10)
    assert township.read.households() == []


def test_a_defect_in_a_job_is_raised_where_somebody_waits_and_the_worker_goes_on(
    township,
):
    with pytest.raises(ZeroDivisionError):
        township.submit(lambda work: 1 // 0).wait(10)
    assert township.submit(lambda work: 7).wait(10) == 7


def test_a_job_runs_inline(township):
    def act(running):
        running.step(1, 1, "好")
        return 5

    job = Job(act)
    job.run()
    assert job.wait() == 5 and job.progress == (1, 1, "好")


def test_the_base_of_an_operation_is_what_the_person_was_looking_at(township):
    person = township.household().members[0]["person_id"]
    seen = township.read.person(person).versions
    township.run(lambda work: persons.change(work, person, {"phone": "13800001234"}))
    township.run(lambda work: persons.change(work, person, {"phone": "13800005678", "sex": "2"}, seen))

    def bases(work):
        rows = work.session.execute(
            select(OperationRow.body).where(OperationRow.record == person).order_by(OperationRow.seq)
        ).scalars()
        return {op.group: op.base for op in map(decode, rows)}

    found = township.look(bases)
    # "phone" was seen empty: the county will call this a conflict, not an overwrite
    assert found["phone"] == b"" and found["sex"] == id_bytes(seen["sex"])


def test_reading_writes_nothing_and_revealing_leaves_a_trace(township):
    person = township.household().members[0]["person_id"]
    before = acts(township)
    township.read.person(person)
    township.read.households("测试")
    assert acts(township) == before
    assert township.run(lambda work: persons.reveal(work, person, "核对证件")).id_number.startswith("513299")
    assert acts(township)[0] == "reveal"


def test_every_change_stands_in_an_unbroken_audit_chain(township):
    household = township.household().household_id
    township.run(lambda work: households.change(work, household, {"village": "下磨村"}))
    township.run(lambda work: cases.add(work, household, "dibao", "2026-11-05"))
    assert township.look(lambda work: audit.verify(work.session)) == []
    assert {"household.add", "household.change", "case.add", "write"} <= set(acts(township))
    assert township.verify()[0]


def test_people_are_found_again_after_the_village_changed(township):
    household = township.household("测试丙").household_id
    township.run(lambda work: households.change(work, household, {"village": "镇江村"}))
    assert [row.household_id for row in township.read.households("镇江 丙")] == [household]
    assert township.read.households("上磨村") == []


def test_pages_of_households_follow_each_other_without_gap_or_repeat(township):
    made = [township.household(f"测试{name}").household_id for name in "甲乙丙丁戊己庚"]
    for find in ("", "测试"):
        pages = [township.read.households(find, limit=3, offset=offset) for offset in (0, 3, 6)]
        assert sorted(row.household_id for page in pages for row in page) == sorted(made)


def test_an_auditor_looks_and_changes_nothing(township):
    household = township.household().household_id
    township.identity = type(township.identity)("审计员", ("auditor",), "513299102", "青云镇", True, "x")
    township.read.household(household)
    with pytest.raises(NotAllowed):
        township.run(lambda work: households.change(work, household, {"phone": "1"}))
    with pytest.raises(NotAllowed):
        township.run(lambda work: settings.change(work, {"edu_tel": "12345"}))


def roster():
    return [
        PlannedHousehold(
            {"village": "上磨村"},
            (PlannedPerson({"name": f"测试{name}", "id_number": f"51329919800305{place:04d}"}),),
            (
                PlannedCase(
                    "dibao",
                    "paying",
                    {"month_amount_fen": 32000, "start_month": "2026-01"},
                ),
            ),
        )
        for place, name in enumerate("甲乙丙")
    ]


def take(township, planned, sha="aa"):
    return township.run(lambda work: ledgers.take_over(work, "L1", sha, planned))


def test_a_ledger_is_taken_over_once_and_the_same_file_again_changes_nothing(township):
    first = take(township, roster())
    unsent = township.read.sync_state().unsent
    again = take(township, roster())
    assert (first.households, first.persons, first.cases) == (3, 3, 3)
    assert again.repeated and again.batch_id == first.batch_id
    assert township.read.sync_state().unsent == unsent
    assert [row.status for row in township.read.cases()] == ["paying"] * 3


def test_a_later_ledger_adds_only_the_people_who_are_not_there_yet(township):
    take(township, roster()[:2])
    second = take(township, roster(), "bb")
    assert (second.known, second.households) == (2, 1)


def test_an_untouched_batch_is_undone_whole_and_a_touched_one_is_refused(township):
    batch = take(township, roster()).batch_id
    township.run(lambda work: ledgers.undo(work, batch))
    assert township.read.households() == [] and township.read.cases() == []
    batch = take(township, roster(), "cc").batch_id
    household = township.read.households()[0].household_id
    township.run(lambda work: households.change(work, household, {"phone": "13800001234"}))
    with pytest.raises(Refused, match=r"import\.changed_since"):
        township.run(lambda work: ledgers.undo(work, batch))
    assert len(township.read.households()) == 3


def test_numbers_of_a_restored_store_skip_200_in_every_series(township):
    household = township.household().household_id
    township.run(lambda work: cases.add(work, household, "dibao", "2026-11-05"))
    township.run(lambda work: numbers.skip_after_restore(work.session))
    found = [
        township.run(lambda work, code=code: cases.add(work, household, code, "2026-11-05")).case_no
        for code in ("dibao", "tekun")
    ]
    assert found == ["513299-102-DB-2026-00202", "513299-102-TK-2026-00201"]


@pytest.mark.parametrize(
    "mask,number,shown",
    [
        (mask_id, "513224198003050011", "5132**********0011"),
        (mask_phone, "13812341234", "138****1234"),
        (mask_account, "6228480000000001234", "***************1234"),
        (mask_id, None, None),
        (mask_id, "12345", "***45"),
        (mask_phone, "120", "*20"),
        (mask_account, "1", "1"),
    ],
)
def test_numbers_are_masked_as_the_rule_book_says(mask, number, shown):
    assert mask(number) == shown


def test_the_unsent_count_is_what_the_journal_says(township):
    township.household()
    assert township.read.sync_state().unsent == township.look(lambda work: journal.pending_count(work.session)) == 3
