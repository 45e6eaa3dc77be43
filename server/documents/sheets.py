"""Read sheets: CSV, and the first sheet of an XLSX file, as rows of words. Nothing in a sheet is computed or followed.

A file from outside is read within limits: what it holds unpacked is counted as it is unpacked, whatever it says.
"""

import base64
import binascii
import csv
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree import ElementTree

MOST_ROWS = 2_000
"""Rows of a sheet with words in them; a list of participants has some hundreds."""
MOST_COLUMNS = 50
MOST_UNPACKED = 20_000_000
"""Bytes of the parts of an XLSX file that are read, unpacked."""
MOST_PARTS = 500
_ZIP = "UEsDB"
"""How the Base64 of a ZIP file begins, and so that of an XLSX file."""
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_SEPARATORS = (",", ";", "\t")


class UnreadableSheet(Exception):
    """Raised for a file that is no sheet, or one beyond the limits. `row` counts from 1, 0 for the sheet as a whole."""

    def __init__(self, message: str, row: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.row = row


class SheetRow(NamedTuple):
    """A row of a sheet with its number in the sheet, from 1, and its cells as words, without white space around."""

    number: int
    cells: tuple[str, ...]


def read_sheet(sheet: str) -> list[SheetRow]:
    """Return the rows that hold words, from CSV as it is or an XLSX file in Base64. Raise UnreadableSheet."""
    rows = _read_xlsx(_decode(sheet)) if sheet.lstrip().startswith(_ZIP) else _read_csv(sheet)
    filled: list[SheetRow] = []
    for row in rows:
        if not any(row.cells):
            continue
        if len(filled) == MOST_ROWS:
            raise UnreadableSheet(f"The sheet has more than {MOST_ROWS} rows: divide it.", row.number)
        if len(row.cells) > MOST_COLUMNS:
            raise UnreadableSheet(f"The row has more than {MOST_COLUMNS} columns.", row.number)
        filled.append(row)
    return filled


def _decode(sheet: str) -> bytes:
    try:
        return base64.b64decode(sheet.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnreadableSheet("This is no XLSX file in Base64.") from error


def _read_csv(sheet: str) -> Iterator[SheetRow]:
    text = sheet.removeprefix("\ufeff")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 1
    try:
        for cells in reader:
            yield SheetRow(number, tuple(cell.strip() for cell in cells))
            number = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableSheet(
            "A cell is opened by a quotation mark and never closed, or is too long.", number
        ) from error


def _read_xlsx(content: bytes) -> Iterator[SheetRow]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            package = _Package(parts)
            words = package.shared_words()
            yield from package.rows(words)
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnreadableSheet("This file is no XLSX sheet, or it is damaged.") from error
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise UnreadableSheet("This file is no XLSX sheet, or it is damaged.") from error


class _Package:
    """The parts of an XLSX file, unpacked one by one within MOST_UNPACKED."""

    def __init__(self, parts: zipfile.ZipFile) -> None:
        if len(parts.infolist()) > MOST_PARTS:
            raise UnreadableSheet("This file has too many parts for a sheet.")
        self._parts = parts
        self._left = MOST_UNPACKED

    def shared_words(self) -> list[str]:
        """Return the words that cells refer to by number."""
        if "xl/sharedStrings.xml" not in self._parts.namelist():
            return []
        return [_words_in(item) for item in self._read("xl/sharedStrings.xml").iter(f"{_MAIN}si")]

    def rows(self, words: list[str]) -> Iterator[SheetRow]:
        """Yield the rows of the first sheet. Raise UnreadableSheet for a formula: its value may be old or forged."""
        previous = 0
        for row in self._read(self._first_sheet()).iter(f"{_MAIN}row"):
            number = _number_of(row.get("r"), previous + 1)
            previous = number
            cells: dict[int, str] = {}
            for cell in row.iter(f"{_MAIN}c"):
                column = _column_of(cell.get("r"), len(cells))
                if column >= MOST_COLUMNS:
                    raise UnreadableSheet(f"The row has more than {MOST_COLUMNS} columns.", number)
                if cell.find(f"{_MAIN}f") is not None:
                    message = f"Cell {cell.get('r') or column + 1} is a formula. Paste values into the sheet."
                    raise UnreadableSheet(message, number)
                cells[column] = _value_of(cell, words).strip()
            yield SheetRow(number, tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1)))

    def _first_sheet(self) -> str:
        """Return the name of the part with the first sheet of the workbook."""
        sheet = self._read("xl/workbook.xml").find(f"{_MAIN}sheets/{_MAIN}sheet")
        if sheet is None:
            raise UnreadableSheet("This workbook has no sheet.")
        relations = self._read("xl/_rels/workbook.xml.rels")
        targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
        target = targets[sheet.get(_RELATION)]
        return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")

    def _read(self, name: str) -> ElementTree.Element:
        """Return a part as XML. It may neither be larger than what is left of the limit nor declare a type."""
        with self._parts.open(name) as part:
            content = part.read(self._left + 1)
        if len(content) > self._left:
            raise UnreadableSheet(f"Unpacked, the sheet is larger than {MOST_UNPACKED} bytes.")
        self._left -= len(content)
        # a document type could declare entities that grow; a sheet has none, and is in UTF-8
        if b"<!" in content.replace(b"<!--", b"").replace(b"<![CDATA[", b"") or b"\0" in content[:200]:
            raise UnreadableSheet("This file declares what no sheet declares.")
        return ElementTree.fromstring(content)


def _words_in(item: ElementTree.Element) -> str:
    """Return the words of an item, the runs of rich text joined, without the reading aids of Japanese."""
    aids = {id(text) for aid in item.iter(f"{_MAIN}rPh") for text in aid.iter(f"{_MAIN}t")}
    return "".join(text.text or "" for text in item.iter(f"{_MAIN}t") if id(text) not in aids)


def _value_of(cell: ElementTree.Element, words: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words_in(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") != "s":
        return value
    return words[int(value)] if value.isdecimal() and int(value) < len(words) else ""


def _number_of(printed: str | None, otherwise: int) -> int:
    return int(printed) if printed and printed.isdecimal() and len(printed) < 8 else otherwise


def _column_of(reference: str | None, otherwise: int) -> int:
    """Return the column of a reference such as "C7", from 0; `otherwise` without one."""
    match = _COLUMN.fullmatch(reference or "")
    if match is None:
        return otherwise
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1
