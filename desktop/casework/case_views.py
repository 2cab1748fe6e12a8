"""What the use cases about gates, assessments and county packs hand back: plain frozen structs."""

from desktop.casework.views import View


class PackView(View, frozen=True, kw_only=True):
    """A county pack: whose it is, since when it holds, what is odd about it (`warnings`) and not set (`missing`).

    `shipped` is the program's own pack, which holds while the county's was not installed.
    """

    pack_id: str
    pack_version: str
    county_code: str | None = None
    doc_no: str | None = None
    approved_by: str | None = None
    effective_from: str | None = None
    shipped: bool = False
    in_force: bool = True
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
