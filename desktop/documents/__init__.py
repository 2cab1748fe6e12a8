"""Papers: forms and letters typeset as PDF from a specification, answers and a clock that is handed in."""

from desktop.documents.fonts import font_bytes, preflight
from desktop.documents.forms import Made, render_form

__all__ = ["Made", "font_bytes", "preflight", "render_form"]
