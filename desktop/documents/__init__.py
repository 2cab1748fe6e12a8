"""Papers: forms and letters typeset as PDF from a specification, answers and a clock that is handed in."""

from desktop.documents.fonts import font_bytes, preflight
from desktop.documents.forms import Made, render_form
from desktop.documents.grid import Signed
from desktop.documents.reading import PaperMarks, read_paper
from desktop.documents.recovery import Kept, recovery_paper

__all__ = [
    "Kept",
    "Made",
    "PaperMarks",
    "Signed",
    "font_bytes",
    "preflight",
    "read_paper",
    "recovery_paper",
    "render_form",
]
