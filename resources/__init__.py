"""Data files of the program, read from source and from a bundle alike; nothing of ours is imported here."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def resource(*path: str) -> Traversable:
    """A file or folder below `resources/`, e.g. `resource("forms", "F-08.toml")`; it need not exist."""
    return files(__name__).joinpath(*path)


def read_bytes(*path: str) -> bytes:
    """The bytes of a data file; raises `FileNotFoundError` when there is none."""
    return resource(*path).read_bytes()


def read_text(*path: str) -> str:
    """The UTF-8 text of a data file; raises `FileNotFoundError` when there is none."""
    return resource(*path).read_text(encoding="utf-8")


def read_toml(*path: str) -> dict[str, Any]:
    """A TOML data file; raises `FileNotFoundError`, and `tomllib.TOMLDecodeError` for a broken one."""
    return tomllib.loads(read_text(*path))


def names(*folder: str, suffix: str = "") -> tuple[str, ...]:
    """File names in a folder that end in `suffix`, sorted; empty when there is no such folder."""
    place = resource(*folder)
    if not place.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in place.iterdir() if entry.name.endswith(suffix)))
