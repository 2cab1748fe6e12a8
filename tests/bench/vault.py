"""Unlocking a store, saving an answer durably and opening a questionnaire, as the window does them."""

from itertools import cycle
from pathlib import Path

from desktop.casework import households, visits
from desktop.policy.identity import check_digit
from desktop.workspace import Workspace
from tests.bench.figures import Figure, Figures, median_ms

USER, PASSWORD = "王强", "走村串户一二三四五六七"


def made(folder: Path) -> Workspace:
    """A new training store of 青云镇."""
    workspace, _ = Workspace.create(
        folder, township="513299102", township_name="青云镇", user=USER, password=PASSWORD, training=True
    )
    return workspace


def household(workspace: Workspace) -> str:
    """A household of one person, who can be nobody (county code 513299)."""
    number = "51329919800305001"
    member = {"name": "测试甲", "id_number": number + check_digit(number), "relation": "02"}
    given = {"village": "上磨村", "group": "2", "address": "上磨村2组5号", "members": [member]}
    return workspace.run(lambda work: households.add(work, given)).household_id


def measure(folder: Path) -> Figures:
    """`unlock`, `save` (one answer, journal and audit included) and `open_questionnaire`."""
    store = folder / "vault"
    workspace = made(store)
    home = household(workspace)
    day = workspace.on.isoformat()
    visit = workspace.run(
        lambda work: visits.add(work, "F-08", day, household_id=home, investigators=("王强", "李敏"))
    )
    values = cycle(("1", "2"))

    def save() -> object:
        answer = {"minutes": next(values)}
        return workspace.run(lambda work: visits.record_answers(work, visit.visit_id, answer))

    found = {
        "save": Figure(median_ms(save, 50), "ms"),
        "open_questionnaire": Figure(median_ms(lambda: workspace.read.visit(visit.visit_id), 30), "ms"),
    }
    workspace.lock()
    unlock = median_ms(lambda: Workspace.unlock(store, USER, PASSWORD).lock(), 5)
    return {"unlock": Figure(unlock, "ms"), **found}
