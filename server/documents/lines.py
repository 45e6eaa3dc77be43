"""Read the lines of a paper into drafts of units: headings, paragraphs, items, rows, footnotes, code.

Markdown as papers have it: lists also with numbers of laws (``(a)``, ``1.1``, ``§ 3``) and nested by them, quotations
as boxes, tables with pipes and in HTML. Indented code and reference definitions are not read, because scanned lines
begin with stray blanks. Each line is looked at a fixed number of times, so that reading takes linear time.
"""

import re
from collections.abc import Collection, Iterator

from server.documents.cutting import ends_clause
from server.documents.drafts import Draft, check_length
from server.documents.grammar import words_of
from server.documents.html_blocks import HtmlBlocks
from server.documents.labels import bare
from server.documents.paragraphs import CAPTION, HEADING, TAB, Paragraphs, cut_closing
from server.documents.tables import (
    end_of_html_table,
    is_rule,
    join_cells,
    opens_html_table,
    read_html_table,
    split_cells,
)
from server.documents.tags import strip_tags
from server.documents.units import UnreadableDocument
from server.documents.words import MarkedText, join_words, settle
from server.vocabulary.texts import UnitKind

_MAX_QUOTES = 20
_MOST_UNCLOSED = 20  # tables in HTML without an end, after which no more are looked for
_SHORT_HEADING = 160
_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r"(?:={2,}|-{3,})[ \t]*$")
_FENCE = re.compile(r"[ \t]{0,12}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,20})\]:[ \t]*")


def read_drafts(source: str, notes: Collection[str], on_lines: Collection[str]) -> Iterator[Draft]:
    """Yield the drafts of the units of a paper, in order.

    `notes` are the labels of its footnotes, `on_lines` the letters with a full stop that begin its lines. Raise
    ``UnreadableDocument`` if lists nest too deep, or if something is too long or too much.
    """
    reader = _Reader(notes, on_lines)
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    at = 0
    while at < len(lines):
        at = reader.read(source, lines, starts, at)
        yield from reader.open.take()
    reader.open.flush()
    yield from reader.open.drafts


def _measure(line: str) -> tuple[int, str]:
    """Return the column at which the words of a line begin, and the line from there on."""
    text = line.lstrip(" \t")
    indent = line[: len(line) - len(text)]
    return len(indent.expandtabs(TAB)), text.rstrip(" \t")


class _Reader:
    """A walk over the lines, with the paragraph that is open."""

    def __init__(self, notes: Collection[str], on_lines: Collection[str]) -> None:
        self.open = Paragraphs(notes, on_lines)
        self.width = 0
        """The columns of the table before; 0 before the first table."""
        self.html = HtmlBlocks()
        self.unclosed = 0
        self.unclosed_fences: dict[str, int] = {}

    def read(self, source: str, lines: list[str], starts: list[int], at: int) -> int:
        """Read from a line on, and return the number of the next line to read."""
        line = lines[at]
        if (end := self._find_fence_end(lines, at)) is not None:
            return end
        if self.unclosed < _MOST_UNCLOSED and opens_html_table(source, starts[at]):
            after = end_of_html_table(source, starts[at])
            if after is not None:
                self._read_html_table(source[starts[at] : after])
                while starts[at + 1] <= after:
                    at += 1
                lines[at] = source[max(after, starts[at]) : starts[at] + len(lines[at])] if at < len(lines) else ""
                starts[at] = max(after, starts[at])
                return at
            self.unclosed += 1
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if "|" in line and "|" in following and is_rule(self._unquote(following)[1].strip()):
            return self._read_pipe_table(lines, at)
        if self.html.holds(line):
            for part in self.html.expand(line):
                self._read_line(part, following)
        else:
            self._read_line(line if not self.html.quotes else f"> {line}", following)
        return at + 1

    def _unquote(self, line: str) -> tuple[int, str]:
        """Return how many quotations a line stands in, and the line without their marks."""
        quotes = position = 0
        while mark := _QUOTE.match(line, position):
            quotes += 1
            position = mark.end()
            if quotes > _MAX_QUOTES:
                raise UnreadableDocument("Lists and quotations are nested too deep to be a paper.")
        return quotes, line[position:]

    def _read_line(self, line: str, following: str) -> None:
        quotes, line = self._unquote(line)
        if quotes != self.open.quotes:
            self.open.flush()
            self.open.quotes = quotes
        column, text = _measure(line)
        if not text.strip():
            self.open.flush()
            return
        if self._ends_as_underlined(text):
            return
        if _RULE.match(text):
            self.open.flush()
            self.open.after_rule = True
        elif (heading := HEADING.match(line)) and column <= 3:
            self.open.flush()
            self.open.add_heading(len(heading[1]), cut_closing(line[heading.end() :]))
        elif note := _NOTE.match(text):
            self.open.flush()
            self.open.note, self.open.is_note_begun = note[1], False
            self.open.lines, self.open.column = [text[note.end() :]], column
        else:
            self.open.read_text(column, text, following)

    def _ends_as_underlined(self, text: str) -> bool:
        """Make the open paragraph a heading if this line underlines it."""
        if not self.open.lines or self.open.spot is not None or self.open.note or not _UNDERLINE.match(text):
            return False
        content = "\n".join(self.open.lines)
        is_double = text.startswith("=")
        if len(content) > _SHORT_HEADING or (not is_double and (len(self.open.lines) > 1 or ends_clause(content))):
            return False
        self.open.lines, self.open.label = [], None
        self.open.add_heading(1 if is_double else 2, content)
        return True

    def _find_fence_end(self, lines: list[str], at: int) -> int | None:
        """Read the code that a fence opens at a line, and return the number of the line after it; None for no code."""
        opening = _FENCE.match(lines[at])
        if opening is None:
            return None
        sign, length = opening[1][0], len(opening[1])
        if length >= self.unclosed_fences.get(sign, length + 1):
            return None
        for end in range(at + 1, len(lines)):
            closing = _FENCE.match(lines[end])
            if closing and not closing[2] and closing[1][0] == sign and len(closing[1]) >= length:
                break
        else:
            self.unclosed_fences[sign] = length
            return None
        self.open.flush()
        indent = len(lines[at]) - len(lines[at].lstrip())
        code = "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines[at + 1 : end])
        info = opening[2].strip()
        if code.strip() or info:
            self.open.count()
            level = self.open.outline.level_at(_measure(lines[at])[0])
            if not level:
                self.open.outline.suspend()
            self.open.add(UnitKind.CODE, level, info, MarkedText(check_length(code.rstrip())))
        return end + 1

    def _read_pipe_table(self, lines: list[str], at: int) -> int:
        header = self._unquote(lines[at])[1].strip()
        caption = self._take_caption()
        rows = [self._read_cells(header)]
        is_ruled_off = header.startswith("|") and header != "|"
        line = at + 2
        while line < len(lines):
            row = self._unquote(lines[line])[1].strip()
            if "|" not in row or (is_ruled_off and not row.startswith("|")):
                break
            if "---" not in row or not is_rule(row):
                rows.append(self._read_cells(row))
            line += 1
        self._add_table(caption, _measure(lines[at])[0], rows)
        return line

    def _read_cells(self, row: str) -> list[MarkedText]:
        return [words_of(cell, self.open.notes) for cell in split_cells(check_length(row))]

    def _read_html_table(self, source: str) -> None:
        table = read_html_table(source)
        caption = self._take_caption()
        words = settle(strip_tags(table.caption), self.open.notes)
        if caption and words.text:
            self.open.add(UnitKind.PARAGRAPH, 0, "", caption)
            caption = None
        rows = []
        for row in table.rows:
            check_length("".join(row))
            rows.append([settle(strip_tags(cell), self.open.notes) for cell in row])
        self._add_table(caption or (words if words.text else None), 0, rows)

    def _take_caption(self) -> MarkedText | None:
        """Return the words of the open paragraph if they caption a table; end the paragraph if they do not."""
        content = "\n".join(self.open.lines)
        if self.open.spot is None and not self.open.note and self.open.label is None and CAPTION.match(bare(content)):
            self.open.lines = []
            return words_of(check_length(content), self.open.notes)
        self.open.flush()
        last = self.open.drafts[-1] if self.open.drafts else None
        if last and last.kind is UnitKind.PARAGRAPH and not last.number and CAPTION.match(last.words.text):
            return self.open.drafts.pop().words
        return None

    def _add_table(self, caption: MarkedText | None, column: int, rows: list[list[MarkedText]]) -> None:
        """Add a table. A blank header is no row, unless it marks the rest of a table before that is as wide."""
        width = len(rows[0]) if rows else 0
        if rows and width != self.width and not any(cell.text for cell in rows[0]):
            del rows[0]
            if not rows and caption is None:
                return
        self.width = width
        self._open_table(caption, column)
        for index, row in enumerate(rows):
            self._add_row(row, first=index == 0)

    def _open_table(self, caption: MarkedText | None, column: int) -> None:
        level = self.open.outline.level_at(column)
        if not level:
            self.open.outline.suspend()
        rule, self.open.after_rule = self.open.after_rule, False
        self.open.add(UnitKind.TABLE, level, "", caption or MarkedText(""))
        self.open.after_rule = rule

    def _add_row(self, cells: list[MarkedText], *, first: bool) -> None:
        self.open.count()
        texts = [cell.text for cell in cells]
        marked = join_words([_escape(cell) for cell in cells], " | ")
        assert marked.text == join_cells(texts)
        self.open.add(UnitKind.TABLE_ROW, 1 if first else 2, "", marked, tuple(texts))


def _escape(cell: MarkedText) -> MarkedText:
    """Return a cell with a backslash before each pipe, its marks moved accordingly."""
    if "|" not in cell.text:
        return cell
    moved = [0]
    for sign in cell.text:
        moved.append(moved[-1] + (2 if sign == "|" else 1))
    marks = tuple(mark._replace(start=moved[mark.start], end=moved[mark.end]) for mark in cell.marks)
    return MarkedText(cell.text.replace("|", "\\|"), marks)
