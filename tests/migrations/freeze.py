"""`python -m tests.migrations.freeze VERSION`: a store of today's program, kept for the tests of later migrations.

Run once for each version that leaves the house; writes tests/data/stores/VERSION. Everybody in it is invented.
"""

import io
import json
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image

from db.crypto import kdf
from desktop.casework import (
    assessing,
    attachments,
    cases,
    dossiers,
    gates,
    households,
    ledgers,
    papers,
    persons,
    settings,
    visits,
)
from desktop.casework.planned import PlannedEntry
from desktop.workspace import Workspace
from sync.county import keys
from sync.county.exchange import Desk
from sync.county.storage import Storage
from tests.migrations.facts import facts
from tests.sync.office import PASSWORD, Laptop

STORES = Path(__file__).parents[1] / "data" / "stores"
USER, FACTS = "王强", "facts.json"
BOOK = (
    PlannedEntry(
        {"entered_on": "2026-09-01", "summary": "县级拨入", "income_fen": 1000000, "balance_fen": 1000000}, "2026-11"
    ),
    PlannedEntry(
        {"entered_on": "2026-11-03", "summary": "急难救助", "payee": "测试甲", "village": "上磨村", "cause": "突发疾病",
         "expense_fen": 50000, "balance_fen": 950000, "voucher_no": "0001", "handler": "王强", "remark": "现金"},
        "2026-11",
    ),
)  # fmt: skip


def picture() -> bytes:
    """A small photo."""
    held = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(held, "JPEG")
    return held.getvalue()


def work_of_a_week(first: Laptop, second: Laptop) -> None:
    """Households, a visit with its papers, a book; exchanged, then a difference and something unsent."""
    run = first.workspace.run
    home = first.household("测试甲", phone="13800000001")
    first.household("测试乙", village="下磨村")
    run(lambda work: settings.change(work, {"township_phone": "0837-0001111"}))
    visit = run(lambda work: visits.add(
        work, form_code="F-08", visited_on="2026-11-05", household_id=home, investigators=("王强", "李敏")
    )).visit_id  # fmt: skip
    income = [{"kind": "03", "gross": "11200", "cost": "1800", "who": "邻居", "proof": "问到"}]
    run(lambda work: visits.merge_answers(work, visit, {"place": "上坝", "km": "12.5", "income": income}))
    run(lambda work: attachments.add_photo(work, visit, "door", picture()))
    run(lambda work: attachments.sign(work, visit, "sg1", "王强", picture()))
    run(lambda work: papers.issue(work, "F-08", papers.Subject(visit_id=visit), "存档", blank=True))
    head = run(lambda work: dossiers.show(work, home)).members[0].person_id
    run(lambda work: persons.change(work, head, {"birth_date": "1960-01-01"}))
    run(lambda work: households.change(work, home, {"hukou": "rural"}))
    case = run(lambda work: cases.add(work, home, "dibao", "2026-11-04")).case_id
    run(lambda work: assessing.assess_case(work, case))
    given = {"near_relative_filed": "true", "note": "约好周三入户"}
    run(lambda work: gates.move(work, case, "investigating", given))
    run(lambda work: ledgers.take_over(work, "petty_fund_ledger", "0" * 64, (), booked=BOOK))
    for laptop in (first, second):
        laptop.sync()
    member = run(lambda work: dossiers.show(work, home)).members[0].person_id
    second.workspace.run(lambda work: persons.change(work, member, {"phone": "13900000002"}))
    second.sync()
    run(lambda work: persons.change(work, member, {"phone": "13700000003"}))
    first.sync()
    first.change(home, address="上磨村2组6号")


def main() -> int:
    """Make, freeze, prove that it opens."""
    target = STORES / sys.argv[1]
    kdf.DEFAULT = kdf.CHEAP
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys.make(folder / "county", "513299", "测试县", False)
        desk = Desk(Storage(folder / "county", None))
        first, second = Laptop(folder / "one", desk), Laptop(folder / "two", desk, "李敏")
        work_of_a_week(first, second)
        for laptop in (first, second):
            laptop.workspace.lock()
        desk.storage.close()
        shutil.copytree(folder / "one", target, ignore=shutil.ignore_patterns("*.lock"))
    workspace = Workspace.unlock(target, USER, PASSWORD)
    told = facts(workspace)
    workspace.lock()
    (target / "store.lock").unlink(missing_ok=True)
    (target / FACTS).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
