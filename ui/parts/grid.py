"""Parts in as many columns as there is room for; those that are hidden leave no hole."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.theme import px


class Grid(QWidget):
    """`least` is the width of a column in the design, `most` how many there are at most; order is reading order."""

    def __init__(self, parts: Sequence[QWidget] = (), least: float = 210, most: int = 3, gap: float = 10) -> None:
        super().__init__()
        self._least, self._most, self._gap = least, most, gap
        self.parts: list[QWidget] = []
        self._laid: tuple[int, list[QWidget]] = (0, [])
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(gap))
        self._grid.setVerticalSpacing(px(2))
        for part in parts:
            self.add(part)
        self.lay()

    def add(self, part: QWidget) -> None:
        """One more at the end; `lay` brings it into place."""
        part.setParent(self)
        self.parts.append(part)

    def show_only(self, wanted: Sequence[QWidget]) -> None:
        """Show these of the parts and hide the others."""
        for part in self.parts:
            part.setVisible(part in wanted)
        self.lay()

    def lay(self) -> None:
        """Put what is to be seen in place."""
        gap = px(self._gap)
        across = max(1, min(self._most, (self.width() + gap) // (px(self._least) + gap)))
        asked = [part for part in self.parts if not part.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
                 or not part.isHidden()]  # fmt: skip
        if (across, asked) == self._laid:
            return
        self._laid = (across, asked)
        for part in self.parts:
            self._grid.removeWidget(part)
        for at, part in enumerate(asked):
            side = Qt.AlignmentFlag.AlignTop
            if part.minimumWidth() == part.maximumWidth():
                side |= Qt.AlignmentFlag.AlignLeft
            self._grid.addWidget(part, at // across, at % across, side)
        for at in range(self._most):
            self._grid.setColumnStretch(at, 1 if at < across else 0)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """One column is enough."""
        return QSize(px(min(self._least, 120)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, another number of columns."""
        super().resizeEvent(event)
        self.lay()
