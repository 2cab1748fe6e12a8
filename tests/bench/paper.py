"""One form as a paper, once the fonts are there: a filled visit and a letter."""

from pathlib import Path

from desktop.casework import papers
from desktop.casework.work import Work
from tests.bench.figures import Figure, Figures, median_ms
from tests.bench.vault import household, made


def measure(folder: Path) -> Figures:
    """`pdf_form` (F-08) and `pdf_letter` (F-22C), blank sheets with everything that is printed on them."""
    workspace = made(folder / "paper")
    household(workspace)

    def blank(code: str) -> float:
        def act(work: Work) -> object:
            return papers.issue(work, code, None, "测量", blank=True)

        return median_ms(lambda: workspace.run(act), 5)

    found = {"pdf_form": Figure(blank("F-08"), "ms"), "pdf_letter": Figure(blank("F-22C"), "ms")}
    workspace.lock()
    return found
