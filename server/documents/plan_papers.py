"""Print a work plan in the layout of the paper: tables of topics and activities, of milestones and of groups.

What is printed is read back by ``server.documents.work_plan`` as it was.
"""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PLAN_HEADER = ("No.", "Topic", "Activity", "Responsible", "Timeline", "Remarks")
CHART_HEADER = ("No.", "Item of Work", "Volunteers")
MILESTONE_HEADER = ("No.", "Milestone", "Timeline", "Approved by")
_MARKUP = re.compile(r"([\\|*_`<>\[\]~&#!])")
_BAD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The instant of every part of a sheet, so that one plan gives one file."""


class PlanTables(NamedTuple):
    """The rows of a plan, of its chart of groups and of its milestones, as printed, without their headings."""

    title: str
    plan: tuple[tuple[str, ...], ...]
    chart: tuple[tuple[str, ...], ...]
    milestones: tuple[tuple[str, ...], ...] = ()

    @property
    def below(self) -> tuple[tuple[tuple[str, ...], tuple[tuple[str, ...], ...]], ...]:
        """The headings and rows of the tables below the plan that have any rows."""
        tables = ((MILESTONE_HEADER, self.milestones), (CHART_HEADER, self.chart))
        return tuple((header, rows) for header, rows in tables if rows)


def print_markdown(tables: PlanTables) -> str:
    """Print a plan as Markdown."""
    parts = [f"# {_escape(tables.title)}", _print_table(PLAN_HEADER, tables.plan)]
    parts += [_print_table(header, rows) for header, rows in tables.below]
    return "\n\n".join(parts) + "\n"


def _print_table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *(tuple(map(_escape, row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _escape(words: str) -> str:
    """Return words in one line, with what Markdown would take as markup escaped."""
    return _MARKUP.sub(r"\\\1", " ".join(words.split()))


def print_sheet(tables: PlanTables) -> bytes:
    """Print a plan as an XLSX file: one sheet, the other tables below the plan. Every cell is text, none a formula."""
    rows = [PLAN_HEADER, *tables.plan]
    for header, below in tables.below:
        rows += [(), header, *below]
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as parts:
        for name, part in (*_PARTS, ("xl/worksheets/sheet1.xml", _print_rows(rows))):
            parts.writestr(ZipInfo(name, _EPOCH), f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{part}')
    return content.getvalue()


def _print_rows(rows: Iterable[tuple[str, ...]]) -> str:
    lines = []
    for number, cells in enumerate(rows, start=1):
        printed = "".join(_print_cell(f"{letter}{number}", cell) for letter, cell in zip("ABCDEF", cells, strict=False))
        lines.append(f'<row r="{number}">{printed}</row>')
    widths = "".join(
        f'<col min="{column}" max="{column}" width="{width}" customWidth="1"/>'
        for column, width in enumerate((6, 32, 52, 32, 22, 32), start=1)
    )
    return f'<worksheet xmlns="{_MAIN}"><cols>{widths}</cols><sheetData>{"".join(lines)}</sheetData></worksheet>'


def _print_cell(place: str, words: str) -> str:
    text = escape(_BAD.sub("", words))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>' if text else ""


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARTS = (
    (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>',
    ),
    (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
    ),
    (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Work plan" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
    ),
)
