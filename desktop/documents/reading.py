"""A paper of ours read again: its marks, and whether the text on its pages still gives the digest in them.

Only what `desktop.documents` writes is understood (a classic cross-reference table, Flate streams, one-byte subset
fonts with a ToUnicode map); anything else, also a paper that another program saved anew, reads as nothing.
"""

import base64
import binascii
import re
import zlib

import msgspec

from desktop.documents.sheet import short_digest, text_digest

_MOST = 16 << 20
_OBJECT = re.compile(rb"(\d+) 0 obj\r?\n")
_STREAM = re.compile(rb"/Length (\d+).*?>>\r?\nstream\r?\n", re.S)
_INFO = re.compile(rb"/Keywords \(((?:[^()\\]|\\.)*)\)", re.S)
_MARKS = re.compile(
    r"SP1\|([A-Z0-9-]{2,12})\|([A-Z0-9-]{4,60}|DRAFT)\|([0-9D]{1,4})\|([0-9A-Za-z.-]{1,20})\|([A-Z2-7]{10})"
)
_FONT = re.compile(rb"/(F\d+\+\d+) (\d+) 0 R")
_PAIR = re.compile(rb"<([0-9A-F]{2})> <([0-9A-F]{4,8})>")
_TEXT = re.compile(
    rb"/Span <</ActualText <(?P<actual>[0-9A-F]*)>>> BDC"
    rb"|(?P<end>\bEMC\b)"
    rb"|/(?P<font>F\d+\+\d+) [\d.]+ Tf"
    rb"|\((?P<shown>(?:[^()\\]|\\.)*)\) Tj",
    re.S,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.S)


class PaperMarks(msgspec.Struct, frozen=True):
    """What a paper says of itself; `text_hash` is what its pages come to now, hex SHA-256."""

    form_code: str
    number: str
    revision: str
    edition: str
    h10: str
    text_hash: str

    @property
    def text_agrees(self) -> bool:
        """Whether the text on the pages still gives the digest that was printed."""
        return short_digest(self.text_hash) == self.h10


def read_paper(data: bytes) -> PaperMarks | None:
    """The marks of a paper of ours; None for what is no such paper. Never raises on any bytes."""
    try:
        return _read(data)
    except (ValueError, KeyError, IndexError, UnicodeDecodeError, zlib.error, binascii.Error):
        return None


def _read(data: bytes) -> PaperMarks | None:
    objects = _objects(data)
    info = next((found for body in objects.values() if (found := _INFO.search(body[:4000]))), None)
    marks = _MARKS.fullmatch(_literal(info.group(1)).decode("latin-1")) if info else None
    if marks is None:
        return None
    fonts: dict[str, dict[int, str]] = {}
    for body in objects.values():
        for name, number in _FONT.findall(body[:20000]):
            if name.decode() not in fonts:
                fonts[name.decode()] = _letters(objects, objects[int(number)])
    said: list[str] = []
    for body in objects.values():
        if re.search(rb"/Type /Page\b", body[:20000]):
            contents = re.search(rb"/Contents (\d+) 0 R", body)
            said.append(_said(_stream(objects[int(contents.group(1))]), fonts) if contents else "")
    form, number_, revision, edition, h10 = marks.groups()
    return PaperMarks(form, number_, revision, edition, h10, text_digest("".join(said)))


def _objects(data: bytes) -> dict[int, bytes]:
    """The objects by number, in the order of the file."""
    start = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    lines = data[start:].split(b"\n")
    if lines[0].strip() != b"xref":
        raise ValueError("no cross-reference table")
    offsets = sorted(int(line[:10]) for line in lines[3 : 2 + int(lines[1].split()[1])])
    found: dict[int, bytes] = {}
    for at, end in zip(offsets, [*offsets[1:], start], strict=True):
        head = _OBJECT.match(data, at)
        if head is None:
            raise ValueError("an object is not where it should be")
        found[int(head.group(1))] = data[head.end() : end]
    return found


def _stream(body: bytes) -> bytes:
    head = _STREAM.search(body, 0, 2000)
    if head is None:
        raise ValueError("no stream")
    raw = body[head.end() : head.end() + int(head.group(1))]
    if b"/ASCII85Decode" in body[: head.end()]:
        raw = base64.a85decode(raw.strip().removesuffix(b"~>"))
    unpack = zlib.decompressobj()
    clear = unpack.decompress(raw, _MOST)
    if unpack.unconsumed_tail:
        raise ValueError("too large")
    return clear


def _letters(objects: dict[int, bytes], font: bytes) -> dict[int, str]:
    to_unicode = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if to_unicode is None:
        return {}
    pairs = _PAIR.findall(_stream(objects[int(to_unicode.group(1))]))
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _said(content: bytes, fonts: dict[str, dict[int, str]]) -> str:
    """What a page says in the order it is drawn; a span with its source given counts as that."""
    said: list[str] = []
    font: dict[int, str] = {}
    inside = False
    for token in _TEXT.finditer(content):
        if token["actual"] is not None:
            inside = True
            said.append(bytes.fromhex(token["actual"].decode()).decode("utf-16"))
        elif token["end"]:
            inside = False
        elif token["font"]:
            font = fonts[token["font"].decode()]
        elif not inside:
            said.append("".join(font[code] for code in _literal(token["shown"])))
    return "".join(said)


def _literal(text: bytes) -> bytes:
    def plain(match: re.Match[bytes]) -> bytes:
        given = match.group(1)
        if given[:1].isdigit():
            return bytes([int(given, 8) & 0xFF])
        return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}.get(given, given)

    return _ESCAPE.sub(plain, text)
