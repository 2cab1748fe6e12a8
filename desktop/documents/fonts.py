"""The typefaces: the office's own where it has them, the bundled ones else, chosen character by character."""

import io
import os
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import zstandard
from reportlab.pdfbase import pdfmetrics, ttfonts

from db.refused import Refused
from resources import read_bytes

SERIF = "NotoSerifSC-Regular"
BOLD = "NotoSerifSC-Bold"
TIBETAN = "NotoSerifTibetan-Regular"
TICKED = "☑"
CHAIN = (SERIF, "LXGWWenKai-Regular", "HanaMinB")
"""Where a character is looked for, in this order (stack.md, Fonts), after the office's own typeface."""

SYSTEM = {
    "FangSong": ("simfang.ttf", "FZFSK.TTF", "fzfs.ttf"),
    "HeiTi": ("simhei.ttf", "FZHTK.TTF", "fzht.ttf"),
}
"""The office typefaces by their usual file names: 仿宋 for the text, 黑体 for what stands out (D6)."""
FOLDERS = (
    Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)
"""Where Windows, 统信UOS and 麒麟 keep fonts."""
_MOST_FILES = 4000


def _to_unicode(fontname: str, subset: list[int]) -> str:
    """A ToUnicode map that is right beyond U+FFFF (ReportLab writes five hex digits there)."""
    pairs = "\n".join(f"<{at:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for at, code in enumerate(subset))
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n"
        f"<< /Registry ({fontname})\n/Ordering ({fontname})\n/Supplement 0\n>> def\n"
        f"/CMapName /{fontname} def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<00> <{len(subset) - 1:02X}>\nendcodespacerange\n{len(subset)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )


ttfonts.makeToUnicodeCMap = _to_unicode


def font_bytes(name: str) -> bytes:
    """A bundled TrueType font, e.g. `NotoSansSC-Regular`; raises `FileNotFoundError` for one there is not."""
    return zstandard.ZstdDecompressor().decompress(read_bytes("fonts", f"{name}.ttf.zst"))


@lru_cache(maxsize=8)
def _face(name: str) -> ttfonts.TTFontFace:
    font = ttfonts.TTFont(name, io.BytesIO(font_bytes(name)), shapable=name == TIBETAN)
    pdfmetrics.registerFont(font)
    return font.face


@lru_cache(maxsize=1)
def _font_files() -> dict[str, Path]:
    """Font files of this machine by their name in small letters; the first found counts."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for at, path in enumerate(folder.rglob("*.[tT][tT][fF]") if folder.is_dir() else ()):
            if at >= _MOST_FILES:
                break
            found.setdefault(path.name.lower(), path)
    return found


@lru_cache(maxsize=4)
def office_font(name: str) -> str:
    """A typeface of `SYSTEM` registered from this machine; empty when there is none that can be embedded."""
    for file in SYSTEM[name]:
        path = _font_files().get(file.lower())
        if path is None:
            continue
        try:
            font = ttfonts.TTFont(name, str(path))
        except (ttfonts.TTFError, OSError):
            continue  # CFF outlines or a damaged file: the bundled typeface serves
        pdfmetrics.registerFont(font)
        return name
    return ""


def is_tibetan(char: str) -> bool:
    """Whether a character belongs to the Tibetan block."""
    return "\u0f00" <= char <= "\u0fff"


def _has(name: str, char: str) -> bool:
    face = pdfmetrics.getFont(name).face if name in SYSTEM else _face(name)
    return ord(char) in face.charToGlyph


@lru_cache(maxsize=20000)
def font_for(char: str, bold: bool = False) -> str:
    """The registered font that has the character; empty when none has it. A ticked box is drawn on □."""
    char = "□" if char == TICKED else char
    if is_tibetan(char):
        return TIBETAN if _has(TIBETAN, char) else ""
    own = office_font("HeiTi" if bold else "FangSong")
    chain = (own, *((BOLD,) if bold else ()), *CHAIN)
    return next((name for name in chain if name and _has(name, char)), "")


def preflight(texts: Iterable[str]) -> list[str]:
    """The characters that no font has, each once; what is invisible by nature needs none."""
    seen = dict.fromkeys(char for text in texts for char in text)
    return [char for char in seen if unicodedata.category(char) not in _INVISIBLE and not font_for(char)]


_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


def refuse_missing(texts: Iterable[str]) -> None:
    """Raises `Refused("paper.glyph_missing")` when a character would print as nothing."""
    missing = preflight(texts)
    if missing:
        raise Refused(
            "paper.glyph_missing",
            f"字体里没有“{'、'.join(missing)}”这个字，先不打印，免得印成空白。",
            "录入的内容都已保存。",
            "可换字体，或手写补上。",
        )
