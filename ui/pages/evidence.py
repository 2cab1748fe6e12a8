"""Photo slots and signature fields of a visit."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QWidget

from desktop.casework.views import PhotoView, SignatureView
from desktop.forms import FieldSpec
from ui.parts.basics import FlowLayout, button, clear, column, label, row, tag
from ui.parts.inputs import text_field
from ui.parts.pad import Pad
from ui.theme import px

Blob = Callable[[str], bytes]


class PhotoSlot(QWidget):
    """The photos of one slot, the way to add one and to take a wrong one out."""

    def __init__(
        self, spec: FieldSpec, blob: Blob, add: Callable[[str, Path], None], remove: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.spec, self._blob, self._add, self._remove = spec, blob, add, remove
        lines = column(self, gap=4)
        self._state = QHBoxLayout()
        lines.addLayout(self._state)
        self._line = FlowLayout()
        lines.addLayout(self._line)
        self.add = button("加照片…", self.choose)
        self.add.setAccessibleName(f"加照片：{spec.label}")
        lines.addLayout(row(self.add, None))

    def choose(self) -> None:
        """Ask for a file."""
        path, _ = QFileDialog.getOpenFileName(
            self, f"照片：{self.spec.label}", "", "照片 (*.jpg *.jpeg *.png *.heic *.webp *.bmp *.tif *.tiff)"
        )
        if path:
            self._add(self.spec.key, Path(path))

    def show_photos(self, photos: Sequence[PhotoView], missing: bool) -> None:
        """Thumbnails, and a word when one is missing."""
        clear(self._state)
        state = (
            tag(f"{len(photos)} 张", "green")
            if photos
            else tag("还缺" if missing else "没有", "amber" if missing else "plain")
        )
        self._state.addWidget(label(self.spec.label, "small"))
        self._state.addWidget(state)
        self._state.addStretch(1)
        clear(self._line)
        for photo in photos:
            self._line.addWidget(self._thumbnail(photo))

    def _thumbnail(self, photo: PhotoView) -> QWidget:
        picture = QPixmap()
        picture.loadFromData(self._blob(photo.blob))
        shown = QLabel()
        shown.setAccessibleName(f"{self.spec.label} 照片")
        shown.setPixmap(
            picture.scaled(
                px(96), px(72), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        )
        out = button("移去", partial(self._remove, photo.photo_id))
        out.setAccessibleName(f"移去这张照片：{self.spec.label}")
        both = QWidget()
        lines = column(both, gap=2)
        lines.addWidget(shown)
        lines.addWidget(out)
        return both


class SignatureField(QWidget):
    """A name, a pad, and a button that keeps what was drawn."""

    def __init__(self, spec: FieldSpec, blob: Blob, sign: Callable[[str, str, bytes | Path], None]) -> None:
        super().__init__()
        self.spec, self._blob, self._sign = spec, blob, sign
        lines = column(self, gap=4)
        self._state = QHBoxLayout()
        lines.addLayout(self._state)
        self.name = text_field("姓名")
        self.pad = Pad(spec.label)
        lines.addWidget(self.name)
        lines.addWidget(self.pad)
        self.keep = button("留下签名", self.take)
        self.keep.setAccessibleName(f"留下签名：{spec.label}")
        lines.addLayout(row(button("重写", self.pad.clear), button("从图片…", self._from_file), self.keep, None))
        self.setFixedWidth(px(290))

    def take(self) -> None:
        """Keep the drawn signature."""
        if self.pad.empty:
            self.name.set_error("签名格还空着。用鼠标或笔写上，或从图片取。")
        elif not self.name.value():
            self.name.set_error("先写上是谁签的。")
        else:
            self.name.set_error("")
            self._sign(self.spec.key, str(self.name.value()), self.pad.png())

    def _from_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, f"签名图片：{self.spec.label}", "", "图片 (*.png *.jpg *.jpeg)")
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Keep the signature that a file shows."""
        if self.name.value():
            self._sign(self.spec.key, str(self.name.value()), path)
        else:
            self.name.set_error("先写上是谁签的。")

    def show_signature(self, found: SignatureView | None, missing: bool) -> None:
        """What is kept, and whether the answers changed since."""
        clear(self._state)
        words, tone = ("未签", "red") if missing else ("没有", "plain")
        if found is not None:
            words, tone = ("已签", "green") if found.current else ("签后内容有改动，请重签", "amber")
        self._state.addWidget(label(self.spec.label, "small"))
        self._state.addWidget(tag(words, tone))
        self._state.addStretch(1)
        if found is not None and self.pad.empty:
            self.name.set_value(found.name)
            if found.blob:
                self.pad.show_kept(self._blob(found.blob))
