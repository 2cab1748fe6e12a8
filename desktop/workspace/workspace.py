"""The composition root: one unlocked store with its users, its reading desk, its county and its backups."""

import unicodedata
from datetime import date
from pathlib import Path

from db import keyring
from db.crypto.parties import PartyKeys
from db.refused import BadValue, StoreRefused
from db.restored import clear_restored_mark, restored_mark
from db.store import Store
from desktop.casework import approvals
from desktop.casework.approvals import Approval
from desktop.casework.views import StoreInfo, UserView
from desktop.casework.work import ROLES, allow
from desktop.workspace import checking, setup
from desktop.workspace.desk import Desk
from desktop.workspace.exchange import Exchange
from desktop.workspace.jobs import Progress
from desktop.workspace.open_store import OpenStore, quiet

FIRST_ROLES = ("township_clerk", "sysadmin")
"""What the first user of a store holds (D16): a township of one person must be able to work."""


class Workspace(OpenStore):
    """One unlocked store. `read` is for the UI thread, `submit` and `run` write; `lock` forgets the key."""

    def __init__(self, store: Store, on: date | None = None) -> None:
        super().__init__(store, on)
        self.exchange = Exchange(self)
        self.read = Desk(self, self.exchange)

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        township: str,
        township_name: str,
        user: str,
        password: str,
        training: bool = False,
        on: date | None = None,
    ) -> "tuple[Workspace, str]":
        """A new store with its first user and the keys of the device; the recovery code is shown only here."""
        code, name = setup.township(township, township_name)
        store, recovery = Store.create(folder, user, password, code, name, training, roles=FIRST_ROLES)
        workspace = cls(store, on)
        try:
            workspace.run(lambda work: setup.first_steps(work, name, PartyKeys.generate().raw))
        except BaseException:
            workspace.lock()
            raise
        return workspace, recovery

    @classmethod
    def unlock(cls, folder: Path, user: str, password: str, on: date | None = None) -> "Workspace":
        """Open a store; raises `StoreRefused` (`store.wrong_password`, `store.missing`, …)."""
        workspace = cls(Store.open(folder, user, password), on)
        if restored_mark(folder) is not None:
            try:
                workspace.run(setup.after_restore)
                clear_restored_mark(folder)
            except BaseException:
                workspace.lock()
                raise
        return workspace

    @staticmethod
    def users_of(folder: Path) -> list[UserView]:
        """Who may open the store, without a password."""
        return [UserView(name=entry.name, roles=entry.roles) for entry in keyring.users(folder)]

    @staticmethod
    def recover(folder: Path, user: str, code: str, new_password: str) -> None:
        """Set a new password with the printed recovery code."""
        Store.recover(folder, code, user, new_password)

    def users(self) -> list[UserView]:
        """Who may open this store."""
        return [UserView(name=entry.name, roles=entry.roles) for entry in self.store.users()]

    def add_user(self, name: str, role: str, password: str) -> None:
        """One more person; raises `BadValue` for an unknown role and `NotAllowed` without `sysadmin`."""
        allow(self.roles, "users")
        if role not in ROLES:
            raise BadValue(
                "users.unknown_role",
                "没有这个角色。",
                "没有添加用户。",
                "角色有：" + "、".join(ROLES) + "。",
            )
        self.store.add_user(name, (role,), password)
        self.run(lambda work: work.record("users.add", "", {"user": name, "role": role}))

    def may_approve(self, act: str = approvals.CHILDREN) -> tuple[str, ...]:
        """The other users of this store who may agree to an act, by name; reads the keyring only."""
        return approvals.may_approve(self.store.users(), self.user, act)

    def approve(self, name: str, password: str, act: str = approvals.CHILDREN) -> Approval:
        """A second person's yes, by their own password now: for a `Sealing` of an export.

        As slow as unlocking and a wrong password counts as a try, so never on the UI thread; no transaction is needed:

            def act(work):
                sealing = Sealing(workspace.approve(name, their_password), file_password)
                return export(work, "L8", reason, month, township, sealing)

        Raises `NotAllowed` or `BadValue` `approval.` nobody_else, missing, same_person, unknown_user, not_allowed,
        and `StoreRefused` `store.` wrong_password, locked_out.
        """
        approver = self.needs_second(name, act)
        try:
            return approvals.agreed(act, self.user, self.store.vouch(approver, password))
        except StoreRefused as refused:
            if refused.code != "store.wrong_password":
                raise
            what = f"{approver}的口令不对。"
            raise StoreRefused(refused.code, what, "没有生成文件，资料没有受影响。", refused.do) from None

    def needs_second(self, name: str, act: str = approvals.CHILDREN) -> str:
        """The named approver as the keyring writes them, or the refusal that needs no password (see `approve`)."""
        allow(self.roles, act)
        approver = unicodedata.normalize("NFC", name).strip()
        approvals.needs_second(self.store.users(), self.user, act, approver)
        return approver

    def change_password(self, old: str, new: str) -> None:
        """A new password for the person who works here."""
        self.store.change_password(old, new)
        self.run(lambda work: work.record("users.password"))

    def info(self) -> StoreInfo:
        """The state of this store."""
        return self.read.info()

    def verify(self, tell: Progress | None = None) -> tuple[bool, list[str]]:
        """Check the whole store; the findings in words."""
        allow(self.roles, "verify")
        found = checking.whole(self)
        self.run(lambda work: work.record("verify", "", {"findings": len(found)}))
        return not found, found

    def backup(self, folder: Path, tell: Progress | None = None) -> dict[str, object]:
        """Write an encrypted backup into an empty folder and prove it by opening it."""
        from db import backup

        allow(self.roles, "backup")
        manifest = backup.write(self.store, folder, tell or quiet)
        self.run(lambda work: work.record("backup", "", {"backup": manifest.backup}))
        return {
            "ok": True,
            "counts": manifest.counts,
            "path": str(folder),
            "made_at": manifest.made_at,
        }

    @staticmethod
    def restore(folder: Path, target: Path, user: str, password: str) -> dict[str, object]:
        """Bring a backup back into an empty folder; numbers skip and a new stream opens at the first unlock."""
        from db import backup

        manifest = backup.restore(folder, target, user, password)
        Workspace.unlock(target, user, password).lock()
        return {
            "ok": True,
            "counts": manifest.counts,
            "store": str(target),
            "made_at": manifest.made_at,
        }
