"""Read the lines of a paper into drafts of units: headings, paragraphs, items, rows, footnotes, code.

Markdown as papers have it: lists also with numbers of laws (``(a)``, ``1.1``, ``§ 3``) and nested by them, quotations
as boxes, tables with pipes and in HTML. Indented code and reference definitions are not read, because scanned lines
begin with stray blanks. Each line is looked at a fixed number of times, so that reading takes linear time.
"""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from server.documents.grammar import words_of
from server.documents.labels import Label, Reading, bare, heading_level_of, is_expected, is_roman_heading, read_label
from server.documents.outline import MAX_DEPTH, Outline, Relation, Spot
from server.documents.ranking import UNRANKED
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
from server.documents.words import Words, join_words, settle
from server.vocabulary.texts import UnitKind

_MAX_UNIT = 50_000  # characters in one paragraph or table row
_MAX_PIECES = 50_000
_MAX_QUOTES = 20
_MOST_UNCLOSED = 20  # tables in HTML without an end, after which no more are looked for
_TAB = 4
_SHORT_LINE = 60  # characters
_SHORT_HEADING = 160

_QUOTE = re.compile(r"[ \t]{0,3}>[ \t]?")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_RULE = re.compile(r"([-*_])(?:[ \t]*\1){2,}[ \t]*$")
_UNDERLINE = re.compile(r"(?:={2,}|-{3,})[ \t]*$")
_FENCE = re.compile(r"[ \t]{0,12}(`{3,}|~{3,})[ \t]*([^`\n]*)$")
_NOTE = re.compile(r"\[\^([^\s\[\]]{1,20})\]:[ \t]*")
_BULLET = re.compile(r"([-*+])(?:[ \t]+|$)|([•◦▪●‣∙○■□➢✓\uf0b7\uf0a7])\s*|([\u2013\u2014·])(?:\s+|$)")
_FIRMLY = "-*+"  # bullets that begin an item wherever they begin a line
_ENDS = re.compile(
    r"(?:[.;:,!?。；：、\u2014\u2013\u2026][\"'\u201d\u2019\u00bb)*_]*|\b(?:and|or|et|ou|y|o|und|oder|и|или))$"
)
_SENTENCE_ENDS = re.compile(r"[.;:!?。；：][\"'\u201d\u2019\u00bb)*_]*$")
_REFERS = re.compile(
    r"\b(?:paragraphs?|articles?|sections?|items?|points?|rules?|no|nr|nos|of|in|the|to|by|from|under|than|on|at|until|before"
    r"|after|since|between|du|de|la|le|au|der|des|am|vom|bis|zum)$",
    re.IGNORECASE,
)
_ARABIC_START = re.compile(r"\s*\d{1,3}\.\s+[^\W\d_a-z]")
_HTML_BLOCK = re.compile(r"[ \t]*</?(?:ul|ol|li|h[1-6]|p|blockquote|dl|dt|dd)(?=[\s>/])", re.IGNORECASE)
_HTML_TAG = re.compile(r"<(/?)(ul|ol|li|h[1-6]|p|blockquote|dl|dt|dd)(?=[\s>/])[^<>]{0,500}>", re.IGNORECASE)
_CAPTION = re.compile(r"(?:Table|Tableau|Tabla|Tabelle|Tabela|Таблица|表)\s*\d{1,3}\b", re.IGNORECASE)
_STRONG = re.compile(r"\s*(?:\*\*|__|<b>|<strong>).*(?:\*\*|__|</b>|</strong>)\s*", re.DOTALL)


class Draft(NamedTuple):
    """A unit as its lines give it; the level of a heading such as ``Article 5`` is UNRANKED until all are read."""

    kind: UnitKind
    level: int
    number: str
    words: Words
    cells: tuple[str, ...] = ()
    after_rule: bool = False
    doubt: str = ""


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
        yield from reader.take()
    reader.flush()
    yield from reader.drafts


def _check_length(content: str) -> str:
    """Return the content. Raise ``UnreadableDocument`` if it is too long for one unit."""
    if len(content) > _MAX_UNIT:
        raise UnreadableDocument(f"A paragraph or table row has more than {_MAX_UNIT:,} characters.")
    return content


def _measure(line: str) -> tuple[int, str]:
    """Return the column at which the words of a line begin, and the line from there on."""
    text = line.lstrip(" \t")
    indent = line[: len(line) - len(text)]
    return len(indent.expandtabs(_TAB)), text.rstrip(" \t")


class _Reader:
    """A walk over the lines, with the paragraph that is open and the lists around it."""

    def __init__(self, notes: Collection[str], on_lines: Collection[str]) -> None:
        self.notes = notes
        self.on_lines = on_lines
        self.outline = Outline()
        self.drafts: list[Draft] = []
        self.lines: list[str] = []
        """The lines of the open paragraph or item."""
        self.column = 0
        self.label: Label | None = None
        """The label of the open item; None for a paragraph, and for a bullet until a number follows it."""
        self.spot: Spot | None = None
        """Where the open item stands; None for a paragraph."""
        self.bullet = ""
        self.note = ""
        """The label of the footnote that is open, "" for none."""
        self.is_note_begun = False
        self.after_rule = False
        self.quotes = 0
        self.doubt = ""
        self.pieces = 0
        self.unclosed = 0
        self.unclosed_fences: dict[str, int] = {}
        self.html: list[str] = []
        """The lists in HTML that are open."""
        self.html_quotes = 0

    def take(self) -> list[Draft]:
        """Return the drafts that are ready, and forget them. What may caption a table waits for the next line."""
        last = self.drafts[-1] if self.drafts else None
        keep = 1 if last and last.kind is UnitKind.PARAGRAPH and _CAPTION.match(last.words.text) else 0
        drafts = self.drafts[: len(self.drafts) - keep]
        self.drafts = self.drafts[len(drafts) :]
        return drafts

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
        if "<" in line and (self.html or self.html_quotes or _HTML_BLOCK.match(line)):
            for part in self._expand_html(line):
                self._read_line(part, following)
        else:
            self._read_line(line if not self.html_quotes else f"> {line}", following)
        return at + 1

    def flush(self) -> None:
        """End the open paragraph, item or footnote, and make its draft."""
        if self.spot is None and not self.lines:
            return
        content = _check_length("\n".join(self.lines))
        self._count()
        if self.note:
            self._flush_note(content)
        elif self.spot is not None:
            self._flush_item(content, self.spot)
        elif (words := words_of(content, self.notes)).text:
            self._flush_paragraph(content, words)
        self.lines, self.label, self.spot, self.bullet, self.doubt = [], None, None, "", ""

    def _flush_note(self, content: str) -> None:
        words = words_of(content, self.notes)
        if words.text or not self.is_note_begun:
            is_first = not self.is_note_begun
            self._add(UnitKind.FOOTNOTE, 1 if is_first else 2, f"[{self.note}]" if is_first else "", words)
        self.is_note_begun = True

    def _flush_item(self, content: str, spot: Spot) -> None:
        number, words = "", words_of(content, self.notes)
        if self.label is not None:
            number, words = self._split_label(words)
        if not number and not words.text:
            return
        level = heading_level_of(number, words.text, counts_arabic=bool(_STRONG.fullmatch(content))) if number else 0
        if level and not self.bullet and not self.quotes:
            self._add(UnitKind.HEADING, level, number, words)
            self.outline.reset()
        else:
            self._add(UnitKind.LIST_ITEM if spot.level == 1 else UnitKind.SUB_ITEM, spot.level, number, words)

    def _split_label(self, words: Words) -> tuple[str, Words]:
        """Return the number at the beginning of the words, and the rest of them."""
        again = read_label(words.text)
        if again is None:
            return "", words
        return again.printed, words.rest_from(len(words.text) - len(again.text))

    def _flush_paragraph(self, content: str, words: Words) -> None:
        label = self.label
        if label is not None:
            number, rest = self._split_label(words)
            if label.kind is not None:
                self._add(label.kind, UNRANKED, number, rest)
                self.outline.reset()
            else:
                is_note = number[1:-1] in self.notes
                kind = UnitKind.FOOTNOTE if is_note else UnitKind.PARAGRAPH
                self._add(kind, 1 if is_note else 0, number, rest)
            return
        level = self.outline.level_at(self.column)
        if self.quotes:
            self._add(UnitKind.BOX, level, "", words)
        elif not level and heading_level_of("", words.text):
            self._add(UnitKind.HEADING, 1, "", words)
            self.outline.reset()
        else:
            self._add(UnitKind.PARAGRAPH, level, "", words)

    def _add(
        self, kind: UnitKind, level: int, number: str, words: Words, cells: tuple[str, ...] = (), doubt: str = ""
    ) -> None:
        self.drafts.append(Draft(kind, level, number, words, cells, self.after_rule, doubt or self.doubt))
        self.after_rule = False

    def _count(self) -> None:
        self.pieces += 1
        if self.pieces > _MAX_PIECES:
            raise UnreadableDocument("The document has too many paragraphs, list items and table rows.")

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
        if quotes != self.quotes:
            self.flush()
            self.quotes = quotes
        column, text = _measure(line)
        if not text.strip():
            self.flush()
            return
        if self._ends_as_underlined(text):
            return
        if _RULE.match(text):
            self.flush()
            self.after_rule = True
        elif (heading := _HEADING.match(line)) and column <= 3:
            self.flush()
            self._add_heading(len(heading[1]), _cut_closing(line[heading.end() :]))
        elif note := _NOTE.match(text):
            self.flush()
            self.note, self.is_note_begun = note[1], False
            self.lines, self.column = [text[note.end() :]], column
        else:
            self._read_text(column, text, following)

    def _ends_as_underlined(self, text: str) -> bool:
        """Make the open paragraph a heading if this line underlines it."""
        if not self.lines or self.spot is not None or self.note or not _UNDERLINE.match(text):
            return False
        content = "\n".join(self.lines)
        is_double = text.startswith("=")
        if len(content) > _SHORT_HEADING or (not is_double and (len(self.lines) > 1 or _ENDS.search(content))):
            return False
        self.lines, self.label = [], None
        self._add_heading(1 if is_double else 2, content)
        return True

    def _add_heading(self, level: int, content: str) -> None:
        words = words_of(_check_length(content), self.notes)
        label = read_label(words.text, in_heading=True)
        self.note = ""
        kind, number = UnitKind.HEADING, ""
        if label and (label.is_sure or is_expected(label, self.on_lines)):
            kind, number = label.kind or UnitKind.HEADING, label.printed
            words = words.rest_from(len(words.text) - len(label.text))
        if number or words.text:
            self._count()
            self._add(kind, level, number, words)
            self.outline.reset()

    def _read_text(self, column: int, text: str, following: str) -> None:
        """Read a line of words: it begins something, or goes on with what is open."""
        is_open = bool(self.lines) or self.spot is not None
        if self.note and (is_open or column >= 2):
            if not is_open:
                self.column = column
            self.lines.append(text)
            return
        self.note = ""
        if self.spot is not None and not self.lines and self.label is None and column <= self.column:
            self.spot, self.bullet = None, ""  # a dash alone on its line is an ornament
            self.outline.suspend()
        while True:
            if (bullet := _BULLET.match(text)) and self._begins_bullet(bullet, column, text):
                self._open_bullet(bullet, column)
                column += len(bullet[0].expandtabs(_TAB))
                text = text[bullet.end() :]
                if heading := _HEADING.match(text):
                    self.spot = None
                    self._add_heading(len(heading[1]), _cut_closing(text[heading.end() :]))
                    return
                continue
            label = read_label(bare(text))
            if label is None or not self._begins_item(label, column, text, following):
                break
            if not self._open_label(label, column, text):
                return
            rest = label.text
            column += len(text) - len(rest)
            inner = _BULLET.match(rest)
            another = read_label(rest)
            if not inner and not (another and another.is_sure and _is_inner(label, another)):
                return
            text = rest
            self.lines = [label.printed]
        if not self.lines and self.spot is None:
            self._open_paragraph(column)
        self.lines.append(text)
        self.outline.note(text)

    def _open_paragraph(self, column: int) -> None:
        self.column = column
        if not self.outline.level_at(column):
            self.outline.suspend()

    def _begins_bullet(self, bullet: re.Match[str], column: int, text: str) -> bool:
        sign = bullet[1] or bullet[2] or bullet[3]
        if self.spot is not None and not self.lines:
            return True  # a bullet right after a bullet
        if not self.lines:
            return True
        if sign in _FIRMLY:
            return bullet.end() < len(text) or bool(self.bullet)
        if bullet[2]:
            return True
        return self.bullet == sign or bool(_ENDS.search(self.lines[-1].rstrip()))

    def _open_bullet(self, bullet: re.Match[str], column: int) -> None:
        sign = bullet[1] or bullet[2] or bullet[3]
        if self.lines:
            self.flush()
        self._count()
        label = Label("", (Reading(sign, ()),), "")
        self.spot = self.outline.find(label, column)
        self.outline.open(self.spot, label, column)
        self.label, self.bullet, self.column = None, sign, column

    def _begins_item(self, label: Label, column: int, text: str, following: str) -> bool:
        """Return whether a label at the beginning of a line begins an item, and does not only look like one."""
        if self.spot is not None and self.label is None and not self.lines:
            return label.is_sure or is_expected(label, self.on_lines) or _is_start(label)  # the number of a bullet
        if label.readings[0].style == "[1]":
            return not self.lines or (self.label is not None and self.label.readings[0].style == "[1]")
        if label.kind is not None:
            return not self.lines or bool(_SENTENCE_ENDS.search(self.lines[-1].rstrip()))
        spot = self.outline.find(label, column)
        is_known = label.is_sure or spot.relation in (Relation.NEXT, Relation.INSIDE)
        if not is_known and not is_expected(label, self.on_lines) and not (_is_start(label) and text[1:2] != "."):
            return False
        if not self.lines:
            return True
        return self._cuts(label, spot, column, text, following)

    def _cuts(self, label: Label, spot: Spot, column: int, text: str, following: str) -> bool:
        """Return whether a label begins an item inside what looked like one paragraph."""
        before = self.lines[-1].rstrip()
        ends = bool(_ENDS.search(before))
        is_lower = label.text[:1].islower()
        style = label.readings[0].style
        is_plain = style in ("1.", "1.1")
        if spot.relation is Relation.NEXT:
            return ends or not (is_plain and is_lower and _REFERS.search(before))
        if spot.relation is Relation.INSIDE:
            return ends or not is_lower
        if label.printed.endswith(","):
            return False
        if is_roman_heading(bare(text)):
            return ends and (not following.strip() or bool(_ARABIC_START.match(following)))
        if spot.relation is Relation.FIRST:
            is_listed = ends or column >= self.column + 2 or (style == "1." and not is_lower)
            return is_listed or _goes_on_in(label, following)
        is_title = len(self.lines) == 1 and (self.spot is None or is_roman_heading(bare(before)))
        if style == "1." and is_title and len(before) <= _SHORT_LINE and not ends:
            return not is_lower and not _REFERS.search(before)
        sentence_ends = bool(_SENTENCE_ENDS.search(before))
        if is_plain:
            return sentence_ends and not is_lower
        return sentence_ends

    def _open_label(self, label: Label, column: int, text: str) -> bool:
        """Open the item or heading line that a label begins; return whether another label may follow it."""
        if self.spot is not None and self.label is None and not self.lines:
            self.label, self.lines = label, [text]  # the number of a bullet
            self.outline.note(text)
            return False
        self.flush()
        if label.kind is not None or label.readings[0].style == "[1]":
            self.label, self.lines, self.column = label, [text], column
            if label.kind is not None:
                self.outline.suspend()
            return False
        spot = self.outline.find(label, column)
        if spot.relation is Relation.OTHER and len(spot.reading.path) == 1 and self.outline.is_after(spot):
            self.doubt = (
                "Keep it as a number of the paper; if these are words of a sentence, join it to the unit before."
            )
        self.outline.open(spot, label, column)
        self.label, self.spot, self.column, self.lines = label, spot, column, [text]
        self.outline.note(text)
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
        self.flush()
        indent = len(lines[at]) - len(lines[at].lstrip())
        code = "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines[at + 1 : end])
        info = opening[2].strip()
        if code.strip() or info:
            self._count()
            level = self.outline.level_at(_measure(lines[at])[0])
            if not level:
                self.outline.suspend()
            self._add(UnitKind.CODE, level, info, Words(_check_length(code.rstrip())))
        return end + 1

    def _read_pipe_table(self, lines: list[str], at: int) -> int:
        header = self._unquote(lines[at])[1].strip()
        caption = self._take_caption()
        self._open_table(caption, _measure(lines[at])[0])
        self._add_row(self._read_cells(header), first=True)
        is_ruled_off = header.startswith("|") and header != "|"
        line = at + 2
        while line < len(lines):
            row = self._unquote(lines[line])[1].strip()
            if "|" not in row or (is_ruled_off and not row.startswith("|")):
                break
            if "---" not in row or not is_rule(row):
                self._add_row(self._read_cells(row), first=False)
            line += 1
        return line

    def _read_cells(self, row: str) -> list[Words]:
        return [words_of(cell, self.notes) for cell in split_cells(_check_length(row))]

    def _read_html_table(self, source: str) -> None:
        table = read_html_table(source)
        caption = self._take_caption()
        words = settle(strip_tags(table.caption), self.notes)
        if caption and words.text:
            self._add(UnitKind.PARAGRAPH, 0, "", caption)
            caption = None
        self._open_table(caption or (words if words.text else None), 0)
        for index, row in enumerate(table.rows):
            _check_length("".join(row))
            self._add_row([settle(strip_tags(cell), self.notes) for cell in row], first=index == 0)

    def _take_caption(self) -> Words | None:
        """Return the words of the open paragraph if they caption a table; end the paragraph if they do not."""
        content = "\n".join(self.lines)
        if self.spot is None and not self.note and self.label is None and _CAPTION.match(bare(content)):
            self.lines = []
            return words_of(_check_length(content), self.notes)
        self.flush()
        last = self.drafts[-1] if self.drafts else None
        if last and last.kind is UnitKind.PARAGRAPH and not last.number and _CAPTION.match(last.words.text):
            return self.drafts.pop().words
        return None

    def _open_table(self, caption: Words | None, column: int) -> None:
        level = self.outline.level_at(column)
        if not level:
            self.outline.suspend()
        rule, self.after_rule = self.after_rule, False
        self._add(UnitKind.TABLE, level, "", caption or Words(""))
        self.after_rule = rule

    def _add_row(self, cells: list[Words], *, first: bool) -> None:
        self._count()
        texts = [cell.text for cell in cells]
        marked = join_words([_escape(cell) for cell in cells], " | ")
        assert marked.text == join_cells(texts)
        self._add(UnitKind.TABLE_ROW, 1 if first else 2, "", marked, tuple(texts))

    def _expand_html(self, line: str) -> list[str]:
        """Return the lines of markdown that the lists, headings, paragraphs and quotations of a line in HTML are."""
        pieces: list[str] = []
        position = 0
        for tag in _HTML_TAG.finditer(line):
            pieces.append(line[position : tag.start()])
            position = tag.end()
            pieces.append(self._expand_tag(tag[2].lower(), closes=bool(tag[1])))
        pieces.append(line[position:])
        quote = "> " * min(self.html_quotes, 1)
        return [quote + part for part in "".join(pieces).split("\n")]

    def _expand_tag(self, name: str, *, closes: bool) -> str:
        if name in ("ul", "ol", "dl"):
            if closes and self.html:
                self.html.pop()
            elif not closes and len(self.html) <= MAX_DEPTH:
                self.html.append(name)
            return "\n"
        if name in ("li", "dt", "dd"):
            return "\n" if closes else f"\n{'  ' * (len(self.html) - 1)}- "
        if name == "blockquote":
            self.html_quotes = max(self.html_quotes + (-1 if closes else 1), 0)
            return "\n\n"
        if name == "p":
            return "" if self.html else "\n\n"
        return "\n\n" if closes else f"\n\n{'#' * int(name[1])} "


def _cut_closing(heading: str) -> str:
    """Return the words of a heading line without the ``#`` that may close it."""
    words = heading.strip()
    before = words.rstrip("#")
    return before.rstrip() if not before or before[-1] in " \t" else words


def _escape(cell: Words) -> Words:
    """Return a cell with a backslash before each pipe, its marks moved accordingly."""
    if "|" not in cell.text:
        return cell
    moved = [0]
    for sign in cell.text:
        moved.append(moved[-1] + (2 if sign == "|" else 1))
    marks = tuple(mark._replace(start=moved[mark.start], end=moved[mark.end]) for mark in cell.marks)
    return Words(cell.text.replace("|", "\\|"), marks)


def _goes_on_in(label: Label, following: str) -> bool:
    """Return whether the next line has the next number of a list, or begins a list inside its item."""
    another = read_label(bare(following))
    if another is None or not another.is_sure:
        return False
    steps = {Reading(style, (*path[:-1], path[-1] + 1)) for style, path in label.readings if path}
    return not steps.isdisjoint(another.readings) or (label.text.endswith(":") and _is_start(another))


def _is_start(label: Label) -> bool:
    return any(reading.path == (1,) for reading in label.readings)


def _is_inner(label: Label, another: Label) -> bool:
    """Return whether a second label on a line begins an item inside the first: ``5. (a) Members``."""
    return (
        another.printed.endswith(")")
        and _is_start(another)
        and another.readings[0].style != label.readings[0].style
        and another.kind is None
    )
