"""Where a computed answer comes from, in words, and the page and field where what is lacking can be mended."""

import re
from typing import NamedTuple

from desktop.casework.views import Missing, VisitView
from desktop.forms import FieldSpec, FormSpec, form_codes, load_form
from ui.page import Host

_WORDS = {
    "settings": "在设置里填",
    "person": "在人员资料里填",
    "certificate": "在人员资料里填",
    "household": "在家庭资料里填",
    "case": "立案后自动带出",
    "document": "打印时自动编号",
    "policy": "按县标准自动算",
}
_NAME = re.compile(r"\b(?:settings|person|certificate|household|case|document|policy)\.\w+")
_PARTS = {"region": "village", "certificate_kind": "certificate.kind", "certificate_grade": "certificate.grade"}


class Origin(NamedTuple):
    """A source: `kind` is settings, person, household, a form's code or another word; `field` of that place."""

    kind: str
    field: str
    words: str


def origin(spec: FieldSpec) -> Origin | None:
    """The first source of a computed field; None for one that is worked out from the answers beside it."""
    if spec.calc is None:
        return None
    names = spec.calc.sources or _NAME.findall(spec.calc.formula)
    if not names:
        return None
    head, _, field = names[0].partition(".")
    if head in form_codes():
        return Origin(head, field, f"在《{load_form(head).name}》里填")
    if head not in _WORDS:
        return None
    if head == "certificate":
        return Origin("person", f"certificate.{field}", _WORDS[head])
    return Origin(head, _PARTS.get(field, field), _WORDS[head])


def spec_of(form: FormSpec, key: str) -> FieldSpec | None:
    """The question or column behind the key of something missing (`TABLE.ROW.key` in a table)."""
    head, _, rest = key.partition(".")
    for table in form.tables:
        if table.id == head:
            return table.by_key.get(rest.partition(".")[2])
    return next((one for one in form.fields if one.key == head), None)


def lead(host: Host, view: VisitView, form: FormSpec, one: Missing) -> bool:
    """Go to where a computed answer that lacks can be mended; False where the questionnaire itself is the place."""
    spec = spec_of(form, one.key)
    found = origin(spec) if spec is not None else None
    if found is None or not view.household_id:
        return False
    if found.kind == "settings":
        host.go("settings", found.field)
    elif found.kind == "household":
        host.go("household", f"{view.household_id} {found.field}")
    elif found.kind == "person":
        row = one.key.split(".")[1] if "." in one.key else view.person_id
        host.go("household", f"{view.household_id} {found.field} {row or ''}")
    elif earlier := _earlier(host, view, found.kind):
        host.go("visit", f"{earlier} {found.field}")
    else:
        return False
    return True


def _earlier(host: Host, view: VisitView, form: str) -> str:
    sheets = host.workspace.read.visits(person_id=view.person_id) if view.person_id else []
    return next((one.visit_id for one in sheets if one.form_code == form), "")
