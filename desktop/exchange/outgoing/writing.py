"""A workbook of our own as the bytes of an .xlsx: cells, widths, merges, print set-up; never a formula."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import msgspec

from desktop.exchange.files.cells import column_letter
from desktop.exchange.placing import guarded

PLAIN, TITLE, LINE, HEAD, BODY, AMOUNT, COUNT, REASON = range(8)
"""Styles of cells, in the order of the style sheet; all but amounts and counts have the number format of text."""

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PAPERS = {"A3": 8, "A4": 9}
_MADE = (2000, 1, 1, 0, 0, 0)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Put(msgspec.Struct, frozen=True):
    """One cell: words (also numbers of people) or a number, and its style."""

    value: str | int | Decimal
    style: int = BODY


class Page(msgspec.Struct):
    """One sheet: rows of cells from row 1, None where there is none.

    `heads` are the last rows of title and header: they stay in sight and are repeated on every printed page;
    `frozen` columns stay in sight too. `merges` are areas such as `A1:F1`; `footer` stands on every printed page.
    """

    name: str
    rows: list[list[Put | None]] = []
    widths: list[float] = []
    merges: list[str] = []
    heads: tuple[int, int] = (1, 1)
    frozen: int = 0
    paper: str = "A4"
    footer: str = ""


def write_xlsx(pages: list[Page]) -> bytes:
    """The bytes of a workbook; the same pages give the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(pages).items():
            package.writestr(_entry(name), _HEADER + text)
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _parts(pages: list[Page]) -> dict[str, str]:
    numbers = range(1, len(pages) + 1)
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_OFFICE}.worksheet+xml"/>' for n in numbers
    )
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers
    )
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_OFFICE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_OFFICE}.styles+xml"/>{sheets}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _workbook(pages),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{links}'
        f'<Relationship Id="s1" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(page) for n, page in zip(numbers, pages, strict=True)},
    }


def _workbook(pages: list[Page]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(_clean(page.name))} sheetId="{n}" r:id="r{n}"/>' for n, page in enumerate(pages, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{n}">{escape(_quoted(page.name))}'
        f"!${page.heads[0]}:${page.heads[1]}</definedName>"
        for n, page in enumerate(pages)
    )
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{sheets}</sheets>'
        f"<definedNames>{titles}</definedNames></workbook>"
    )


def _quoted(name: str) -> str:
    return "'" + _clean(name).replace("'", "''") + "'"


def _sheet(page: Page) -> str:
    rows = "".join(_row(number, row) for number, row in enumerate(page.rows, 1))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(page.widths, 1)
    )
    merges = "".join(f'<mergeCell ref="{area}"/>' for area in page.merges)
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{_pane(page)}</sheetView></sheetViews>'
        + (f"<cols>{columns}</cols>" if columns else "")
        + f"<sheetData>{rows}</sheetData>"
        + (f'<mergeCells count="{len(page.merges)}">{merges}</mergeCells>' if merges else "")
        + '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{_PAPERS[page.paper]}" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(_footer(page.footer))}</oddFooter></headerFooter></worksheet>"
    )


def _footer(words: str) -> str:
    return f"&L{_clean(words).replace('&', '&&')}&R第 &P 页，共 &N 页"


def _pane(page: Page) -> str:
    corner = f"{column_letter(page.frozen + 1)}{page.heads[1] + 1}"
    across = f'xSplit="{page.frozen}" ' if page.frozen else ""
    pane = "bottomRight" if page.frozen else "bottomLeft"
    return f'<pane {across}ySplit="{page.heads[1]}" topLeftCell="{corner}" activePane="{pane}" state="frozen"/>'


def _row(number: int, row: list[Put | None]) -> str:
    cells = "".join(
        _cell(f"{column_letter(column)}{number}", put) for column, put in enumerate(row, 1) if put is not None
    )
    return f'<row r="{number}">{cells}</row>' if cells else ""


def _cell(place: str, put: Put) -> str:
    if not isinstance(put.value, str):
        return f'<c r="{place}" s="{put.style}"><v>{put.value}</v></c>'
    if not put.value:
        return f'<c r="{place}" s="{put.style}"/>'
    words = escape(_clean(guarded(put.value)))
    return f'<c r="{place}" s="{put.style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'


def _clean(words: str) -> str:
    """Without characters that XML cannot hold."""
    return _NO_XML.sub("", words)


def _style(number: int, font: int, border: int, align: str) -> str:
    return (
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyNumberFormat="1" '
        f'applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" {align}/></xf>'
    )


_THIN = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
_TEXT, _TWO_DECIMALS, _WHOLE = 49, 4, 1
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="4">'
    '<font><sz val="10"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font>'
    '<font><b/><sz val="10"/><name val="宋体"/></font>'
    '<font><sz val="10"/><color rgb="FFC00000"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{_THIN}<diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="8">'
    + _style(_TEXT, 0, 0, 'wrapText="1"')
    + _style(_TEXT, 1, 0, 'horizontal="center"')
    + _style(_TEXT, 0, 0, "")
    + _style(_TEXT, 2, 1, 'horizontal="center" wrapText="1"')
    + _style(_TEXT, 0, 1, 'wrapText="1"')
    + _style(_TWO_DECIMALS, 0, 1, 'horizontal="right"')
    + _style(_WHOLE, 0, 1, 'horizontal="right"')
    + _style(_TEXT, 3, 1, 'wrapText="1"')
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
