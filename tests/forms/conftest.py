"""The finished forms and row numbers that count up."""

from collections.abc import Callable

import pytest

from desktop import forms
from desktop.forms.spec import FormSpec
from tests.forms.builders import row_ids


@pytest.fixture
def visit() -> FormSpec:
    """F-08."""
    return forms.load_form("F-08")


@pytest.fixture
def agreement() -> FormSpec:
    """F-22B."""
    return forms.load_form("F-22B")


@pytest.fixture
def consent() -> FormSpec:
    """F-22C."""
    return forms.load_form("F-22C")


@pytest.fixture
def new_row() -> Callable[[], str]:
    """Row numbers that count up, anew in every test."""
    return row_ids()
