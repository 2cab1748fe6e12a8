"""Forms as data: load a specification, keep and check answers, work out computed fields, say what is missing."""

from desktop.forms.answers import Answers, assign, merge_file, rows_of, to_file
from desktop.forms.arriving import check_arriving, checkers
from desktop.forms.codes import code_of, code_table, code_tables, label_of
from desktop.forms.income import IncomeSummary, income_summary
from desktop.forms.library import form_codes, install, load_form
from desktop.forms.loading import Misshapen, build
from desktop.forms.review import BY_HAND, Missing, Progress, Review, Warned, check, where_to_supply
from desktop.forms.same import same
from desktop.forms.spec import (
    HAND_TYPES,
    Calc,
    Check,
    Condition,
    Every,
    FieldSpec,
    FormSpec,
    Section,
    Some,
    TableSpec,
    Test,
    answer_name,
)
from desktop.forms.values import options_of, parse

__all__ = [
    "BY_HAND",
    "HAND_TYPES",
    "Answers",
    "Calc",
    "Check",
    "Condition",
    "Every",
    "FieldSpec",
    "FormSpec",
    "IncomeSummary",
    "Misshapen",
    "Missing",
    "Progress",
    "Review",
    "Section",
    "Some",
    "TableSpec",
    "Test",
    "Warned",
    "answer_name",
    "assign",
    "build",
    "check",
    "check_arriving",
    "checkers",
    "code_of",
    "code_table",
    "code_tables",
    "form_codes",
    "income_summary",
    "install",
    "label_of",
    "load_form",
    "merge_file",
    "options_of",
    "parse",
    "rows_of",
    "same",
    "to_file",
    "where_to_supply",
]
