"""Names of exported papers: form code with number or kind of sheet; never a person's name, never twice the same."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.casework.views import Paper


def documents_folder() -> Path:
    """Where people look for their documents."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found) if found and Path(found).is_dir() else Path.home()


def stem(form_code: str, number: str, kind: str) -> str:
    """`F-22C 513299-102-F22C-2026-00001`; what has no number is told by its kind: `F-22C 草稿`."""
    return f"{form_code} {number or kind}"


def free(folder: Path, name: str) -> Path:
    """`name`.pdf in a folder, with a running digit where that exists."""
    path, more = folder / f"{name}.pdf", 1
    while path.exists():
        more += 1
        path = folder / f"{name} {more}.pdf"
    return path


def written(target: Path, proposed: Path | None, papers: list[Paper]) -> list[Path]:
    """Write every paper: into a folder under its own name, one to the file that was named; raises `OSError`.

    A name that was `proposed` before the number was known, and kept, gives way to the number.
    """
    found = []
    for paper in papers:
        own = stem(paper.form_code, paper.document_no, "草稿")
        if target.is_dir():
            path = free(target, own)
        elif target == proposed and paper.document_no and own not in target.name:
            path = free(target.parent, own)
        else:
            path = target
        path.write_bytes(paper.data)
        found.append(path)
    return found
