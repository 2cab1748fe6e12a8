"""The contract "door" of import-linter: what a room may import, as a white list."""

import sys
from collections.abc import Iterable
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

EVERYWHERE = "db.refused"
"""The one module that every room may import (design.md §2)."""

TOP = frozenset({"ui", "desktop", "resources", "sync", "db"})
STANDARD = frozenset(sys.stdlib_module_names)


def within(module: str, rooms: Iterable[str]) -> bool:
    """Whether a module is one of the rooms or lies inside one."""
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def named(option: object) -> list[str]:
    """An option of a contract as what it is once import-linter has read it."""
    return list(cast("Iterable[str]", option))


class Door(Contract):
    """`rooms` import themselves, `may_import`, `db.refused`, the standard library and the packages `outside`.

    `never` is what they must not import although it lies within; inside `rooms` it has a door of its own.
    A room that is not there yet passes.
    """

    type_name = "door"

    rooms = fields.ListField(subfield=fields.StringField())
    may_import = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    outside = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    never = fields.ListField(subfield=fields.StringField(), required=False, default=[])

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Every direct import of the rooms that is on no list."""
        rooms, never = named(self.rooms), named(self.never)
        inside = [module for module in graph.modules if within(module, rooms) and not within(module, never)]
        strays = sorted(
            f"{module} -> {imported}"
            for module in inside
            for imported in graph.find_modules_directly_imported_by(module)
            if not self._allowed(imported)
        )
        return ContractCheck(kept=not strays, metadata={"strays": strays})

    def _allowed(self, imported: str) -> bool:
        top = imported.partition(".")[0]
        if top not in TOP:
            return top in STANDARD or top in named(self.outside)
        if within(imported, named(self.never)):
            return False
        return imported == EVERYWHERE or within(imported, named(self.rooms) + named(self.may_import))

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for stray in check.metadata["strays"]:
            output.print_error(stray, bold=False)
