"""What an answer is: its values in Python's types, its workings, and both as the contract's JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import msgspec

from desktop.policy.money import writable, written
from desktop.policy.periods import Month
from desktop.policy.trace import Step


class Answer(msgspec.Struct, frozen=True):
    """An answer to one question: `values` by the contract's keys (Fractions are yuan), and how they were found."""

    values: Mapping[str, object]
    trace: tuple[Step, ...] = ()

    def writable(self) -> bool:
        """Whether every amount in it has a place in the contract's answer."""
        return all(writable(value) for value in self.values.values() if isinstance(value, Fraction))

    def as_json(self, question_id: str) -> dict[str, Any]:
        """The contract's answer; steps that decided nothing stay in the trace."""
        return {
            "id": question_id,
            **{key: _plain(value) for key, value in self.values.items()},
            "reasons": [step.as_reason() for step in self.trace if step.passed is not None],
        }


class Unanswerable(Exception):
    """A question that cannot be asked, with the contract's error code and words for people."""

    def __init__(self, code: str, message: str, question_id: str | None = None) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.question_id = question_id

    def as_json(self) -> dict[str, Any]:
        """The contract's error answer."""
        return {"id": self.question_id, "error": {"code": self.code, "message": self.message}}


def _plain(value: object) -> object:
    """A value as JSON has it."""
    match value:
        case None | str() | int():
            return value
        case Fraction():
            return written(value)
        case datetime():
            return value.isoformat(timespec="minutes")
        case date():
            return value.isoformat()
        case Month():
            return str(value)
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case tuple() | list():
            return [_plain(item) for item in value]
        case _:
            return value
