"""What the window remembers between starts outside the store: last store folder, theme and scale; nobody's data."""

import json
from pathlib import Path
from typing import Any

import platformdirs


def path() -> Path:
    """Where it lies."""
    return Path(platformdirs.user_config_dir("zoucun", appauthor=False)) / "window.json"


def load() -> dict[str, Any]:
    """What was remembered; empty when there is nothing that can be read."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(**values: Any) -> None:
    """Keep some values; a folder that cannot be written is no reason to stop."""
    text = json.dumps(load() | values, ensure_ascii=False)
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        path().write_text(text, encoding="utf-8")
    except OSError:
        return
