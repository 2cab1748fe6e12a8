"""Words for what is said of a ledger's rows."""

from collections.abc import Iterable
from functools import cache

from resources import read_toml

CLASSES = {"report": "要改", "warn": "提示", "clean": "干净", "ignore": "跳过"}
TONES = {"report": "red", "warn": "amber", "clean": "green", "ignore": "muted"}
SIGNS = {"report": "✕", "warn": "!", "clean": "✓", "ignore": "·"}


@cache
def _words() -> dict[str, str]:
    return dict(read_toml("words", "ledger.toml"))


def in_words(code: str) -> str:
    """What a code means."""
    return _words().get(code, code)


def all_in_words(codes: Iterable[str]) -> str:
    """What several codes mean, in one line."""
    return "；".join(in_words(code) for code in codes)
