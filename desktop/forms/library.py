"""The forms that this program carries, each read once; older editions stay readable under their version."""

from functools import lru_cache

from db.refused import BadValue
from desktop.forms.loading import build
from desktop.forms.spec import FormSpec
from resources import names, read_toml

_installed: dict[str, FormSpec] = {}


def form_codes() -> tuple[str, ...]:
    """Codes of all forms at hand, sorted."""
    shipped = {name.removesuffix(".toml").partition("@")[0] for name in _files()}
    return tuple(sorted(shipped | set(_installed)))


def install(spec: FormSpec) -> FormSpec:
    """Add a form for this process (a county pack's, or that of a benchmark); it hides a shipped one of its code."""
    _installed[spec.code] = spec
    return spec


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    return frozenset(names("forms", suffix=".toml"))


@lru_cache(maxsize=64)
def _shipped(file: str) -> FormSpec:
    return build(read_toml("forms", file))


def load_form(code: str, version: str | None = None) -> FormSpec:
    """The form of a code in its current edition, or in the one a visit was answered with.

    Raises `BadValue` `form.unknown` for a code or version that is not here.
    """
    found = _installed.get(code)
    files = _files()
    if found is None and f"{code}.toml" in files:
        found = _shipped(f"{code}.toml")
    if found is not None and version in (None, "", found.version):
        return found
    if version and f"{code}@{version}.toml" in files:
        return _shipped(f"{code}@{version}.toml")
    which = f"{code} 的 {version} 版" if found is not None else f"“{code[:20]}”这张表"
    raise BadValue(
        "form.unknown",
        f"没有{which}。",
        "没有改动任何内容。",
        f"现在有：{'、'.join(form_codes())}。",
    )
