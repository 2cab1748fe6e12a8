"""One unlocked store: where session, worker, reading desk, settings and lock come together for window and commands.

Workspace.create(folder, township=…, township_name=…, user=…, password=…, training=False) -> (Workspace, code)
Workspace.unlock(folder, user, password) -> Workspace
Workspace.users_of(folder) -> list[UserView]          # who may open it, without a password
workspace.read -> Desk                                # read-only, for the UI thread
workspace.submit(act, on=date, on_progress=None) -> Job   # act(work: Work) -> result, in the one writer thread
workspace.run(act, on=date) -> result                 # the same inline, for the command line and tests
workspace.lock()
"""

from desktop.workspace.desk import Desk
from desktop.workspace.jobs import Job
from desktop.workspace.workspace import Workspace

__all__ = ["Desk", "Job", "Workspace"]
