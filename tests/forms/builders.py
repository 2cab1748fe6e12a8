"""Builders for forms: small forms, the grammar's data, people who can be nobody."""

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from desktop import forms
from desktop.forms.spec import FormSpec
from desktop.policy.identity import check_digit

ON = date(2026, 11, 5)
GRAMMAR = Path(__file__).parent.parent / "data" / "forms" / "grammar.json"


def identity_number(birth: str = "19800305", order: int = 1) -> str:
    """A number of the unassigned county code with its check digit."""
    first = f"513299{birth}{order:03d}"
    return first + check_digit(first)


def row_ids() -> Callable[[], str]:
    """Row numbers that count up."""
    numbers = count(1)
    return lambda: f"01900000-0000-7000-8000-{next(numbers):012d}"


def grammar() -> dict[str, dict[str, Any]]:
    """The data of every form that is not finished yet, and of the common blocks, by code."""
    return {form["code"]: form for form in json.loads(GRAMMAR.read_text(encoding="utf-8"))["forms"]}


def small_form(items: list[dict[str, Any]], **more: Any) -> FormSpec:
    """A form of one section."""
    named = [{"section": "main", "label": item.get("key", item.get("table")), **item} for item in items]
    sections = [{"id": "main", "label": ""}]
    return forms.build({"code": "T", "name": "试", "paper": "A4P 1", "sections": sections, "items": named} | more)
