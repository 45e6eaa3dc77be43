"""Read tables: lines with pipes, and tables in HTML with cells that span columns and rows."""

import re
from typing import NamedTuple

from server.documents.units import UnreadableDocument

MAX_COLUMNS = 1_000
"""Columns that one cell may span; a longer span is cut."""

_MAX_BLANKS = 200_000

CELL_SEPARATOR = " | "
"""Stands between the cells of a row. A pipe inside a cell is written ``\\|``, so that it makes no new cell."""

_UNESCAPED_PIPE = re.compile(r"(?<!\\)\|")
_PART = re.compile(r"<(/?)(table|caption|tr|td|th|thead|tbody|tfoot)(?=[\s/>])([^<>]{0,2000})>", re.IGNORECASE)
_SPAN = re.compile(r"""\b(row|col)span\s*=\s*["']?\s*([0-9]{1,4})""", re.IGNORECASE)
_OPENING = re.compile(r"[ \t]*<table(?=[\s>])", re.IGNORECASE)
_BORDER = re.compile(r"<(/?)table(?=[\s>])[^<>]{0,2000}>", re.IGNORECASE)


class HtmlTable(NamedTuple):
    """A table in HTML: its caption, "" if none, and its rows, a fragment of HTML for each cell."""

    caption: str
    rows: list[list[str]]


def split_cells(line: str) -> list[str]:
    """Return the cells of a line with pipes."""
    line = line.strip()
    cells = [cell.strip().replace("\\|", "|") for cell in _UNESCAPED_PIPE.split(line)]
    if line == "|":
        return ["", ""]
    return cells[1 if line.startswith("|") else 0 : -1 if len(cells) > 1 and not cells[-1] else None] or [""]


def is_rule(line: str) -> bool:
    """Return whether a line is made of dashes, pipes and colons, as below the header of a table."""
    return "-" in line and not set(line) - set("|-: \t")


def join_cells(cells: list[str]) -> str:
    """Return the text of a row: its cells joined by ' | ', a pipe inside a cell written with a backslash."""
    return CELL_SEPARATOR.join(cell.replace("|", "\\|") for cell in cells)


class Cell(NamedTuple):
    """A cell of a row: its number from 1, its words, and where it stands in the text of the row, in code points.

    A pipe in its words is written ``\\|`` in the text of the row, so that `end - start` can be more than their length.
    """

    number: int
    text: str
    start: int
    end: int


def cells_of(row: str) -> list[Cell]:
    """Return the cells of a row from its text."""
    cells = []
    start = 0
    for number, text in enumerate(row.split(CELL_SEPARATOR), start=1):
        cells.append(Cell(number, text.replace("\\|", "|"), start, start + len(text)))
        start += len(text) + len(CELL_SEPARATOR)
    return cells


def count_breaks(words: str) -> int:
    """Return how many breaks between cells stand in words of a row, one less than its cells."""
    return len(_UNESCAPED_PIPE.findall(words))


def opens_html_table(source: str, position: int) -> bool:
    """Return whether the line that begins at ``position`` opens a table in HTML."""
    return _OPENING.match(source, position) is not None


def end_of_html_table(source: str, position: int) -> int | None:
    """Return the position after the table that opens at ``position``; None if it is never closed.

    Tables inside it are part of it.
    """
    depth = 0
    for border in _BORDER.finditer(source, position):
        depth += -1 if border[1] else 1
        if depth <= 0:
            return border.end()
    return None


class _Cell(NamedTuple):
    fragment: str
    columns: int = 1
    rows: int = 1


def read_html_table(source: str) -> HtmlTable:
    """Return the rows of a table in HTML. Words outside any cell get a cell of their own.

    A cell over several columns or rows stands in the first of them and leaves the others blank, so that every column
    keeps its place. A table inside a cell is part of the words of the cell.
    """
    reading = _Table()
    position = 0
    for part in _PART.finditer(source):
        reading.add(source[position : part.start()])
        position = part.end()
        reading.read(part[2].lower(), closes=bool(part[1]), attributes=part[3])
    reading.add(source[position:])
    return HtmlTable(" ".join(reading.caption), _spread([row for row in reading.rows if row]))


class _Table:
    """A table as far as it is read: rows of cells, before they are spread over the columns."""

    def __init__(self) -> None:
        self.rows: list[list[_Cell]] = [[]]
        self.caption: list[str] = []
        self.place = ""
        """What the words belong to: "cell", "caption", or "" outside both."""
        self.depth = 0

    def read(self, name: str, *, closes: bool, attributes: str) -> None:
        """Read one tag of the table."""
        if name == "table":
            self.depth += -1 if closes else 1
        if self.depth > 1 or (name == "table" and self.depth == 1 and closes):
            self.add(" ")  # the tags of a table inside a cell only part its words
        elif name in ("td", "th") and not closes:
            wide = {match[1].lower(): max(int(match[2]), 1) for match in _SPAN.finditer(attributes)}
            self.rows[-1].append(_Cell("", wide.get("col", 1), wide.get("row", 1)))
            self.place = "cell"
        else:
            self.place = "caption" if name == "caption" and not closes else ""
            if name not in ("td", "th", "caption") and self.rows[-1]:
                self.rows.append([])

    def add(self, fragment: str) -> None:
        """Add a fragment to what is open, or as a cell of its own if it has words and nothing is open."""
        row = self.rows[-1]
        if self.place == "cell":
            row[-1] = row[-1]._replace(fragment=row[-1].fragment + fragment)
        elif self.place == "caption":
            self.caption.append(fragment)
        elif fragment.strip():
            row.append(_Cell(fragment))


def _spread(rows: list[list[_Cell]]) -> list[list[str]]:
    """Return the rows with a blank cell wherever a cell of the same or an earlier row reaches."""
    covered: dict[int, int] = {}  # rows that a cell above still covers, by column
    spread: list[list[str]] = []
    blanks = 0
    for row in rows:
        cells: list[str] = []
        covers = {column: left for column, left in covered.items() if left}
        covered = {column: left - 1 for column, left in covers.items()}
        for cell in row:
            while len(cells) in covers:
                cells.append("")
            columns = min(cell.columns, MAX_COLUMNS)
            if cell.rows > 1:
                covered |= dict.fromkeys(range(len(cells), len(cells) + columns), cell.rows - 1)
            cells += [cell.fragment, *[""] * (columns - 1)]
        while len(cells) in covers:
            cells.append("")
        blanks += len(cells) - len(row)
        if blanks > _MAX_BLANKS:
            raise UnreadableDocument("The cells of a table span too many columns and rows.")
        spread.append(cells)
    return spread
