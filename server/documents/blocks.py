"""Read a paper into blocks: units that still know their cells, and whether a ruled line stood before them."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from server.documents.drafts import Draft
from server.documents.labels import line_labels
from server.documents.lines import read_drafts
from server.documents.ranking import rank_headings
from server.documents.units import ReadingWarning, UnreadableDocument, WarningKind
from server.documents.words import NONCHARACTERS, TextMark
from server.vocabulary.texts import UnitKind

MAX_SIZE = 2_000_000
"""Bytes of UTF-8 in a paper."""

MAX_UNITS = 10_000
_MAX_LINES = 100_000
_MAX_MARKS = 200_000
_MARKS = "*_[]<&\\`!"  # the characters that begin markup, and so cost the parser time
_MAX_FRONT = 100  # lines
_FRONT_LINE = re.compile(r"[A-Za-z_][\w .-]{0,60}:(?:\s|$)|\s*-\s|\s+\S|#|\s*$")
_NOTE_DEFINITION = re.compile(
    r"^[ \t>]*(?:\[\^([^\s\[\]]{1,20})\]:|<sup>\s*([0-9]{1,3})\s*</sup>|\[([0-9]{1,3})\]\s)", re.MULTILINE
)
_FORMATS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("PK\x03\x04", "PK\x05\x06"), "a ZIP file, such as a document of Word (.docx) or LibreOffice (.odt)"),
    # as it is where each byte became a character, and where bytes that are no UTF-8 were replaced
    (("\u00d0\u00cf\u0011\u00e0", "\ufffd\ufffd\u0011\u0871", "\ufffd\ufffd\u0011\ufffd"), "an old Word file (.doc)"),
    (("%PDF-",), "a PDF file"),
    (("{\\rtf",), "a file in Rich Text Format"),
    (("\u0089PNG", "\ufffdPNG", "\u00ff\u00d8\u00ff", "\ufffd\ufffd\ufffd", "GIF8"), "a picture"),
    (("\x1f\u008b", "\x1f\ufffd", "7z\u00bc\u00af", "Rar!\x1a"), "a compressed file"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


class Block(NamedTuple):
    """A unit as it is read: kind, level, number, text and marks as in ``Unit``.

    ``cells`` holds the plain text of each cell of a table row, and nothing for other kinds. ``after_rule`` is true for
    the first block after a ruled line, because a page of a converted paper ends there. ``doubt`` is what the reader
    would do about a number that it is not sure of, "" if it is sure. ``like_numbers`` holds the lines that begin like a
    number and were read as words of the unit before them.
    """

    kind: UnitKind
    level: int
    number: str
    text: str
    cells: tuple[str, ...] = ()
    after_rule: bool = False
    marks: tuple[TextMark, ...] = ()
    doubt: str = ""
    like_numbers: tuple[str, ...] = ()


class PaperBlocks(NamedTuple):
    """The blocks of a paper in order, and the words about the paper that were set aside before them."""

    blocks: tuple[Block, ...]
    front_matter: str


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a paper in order. Raise ``UnreadableDocument`` for input that is not a paper."""
    return read_paper(markdown).blocks


def read_paper(markdown: str) -> PaperBlocks:
    """Return the blocks of a paper and its front matter. Raise ``UnreadableDocument`` for what is not a paper."""
    ensure_readable(markdown)
    source = markdown.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = NONCHARACTERS.sub("\ufffd", source)
    front_matter, source = _cut_front_matter(source)
    notes = frozenset(label for match in _NOTE_DEFINITION.finditer(source) for label in match.groups() if label)
    blocks: list[Block] = []
    count = 0
    for draft in read_drafts(source, notes, line_labels(source)):
        blocks.append(_build_block(draft))
        count += draft.kind is not UnitKind.TABLE
        if count > MAX_UNITS:
            raise UnreadableDocument(f"The document has more than {MAX_UNITS:,} paragraphs, items and rows.")
    if not count:
        raise UnreadableDocument("The document is empty.")
    return PaperBlocks(tuple(_rank(blocks)), front_matter)


def _build_block(draft: Draft) -> Block:
    text, marks = draft.words
    return Block(
        draft.kind,
        draft.level,
        draft.number,
        text,
        draft.cells,
        draft.after_rule,
        marks,
        draft.doubt,
        draft.like_numbers,
    )


def _rank(blocks: Sequence[Block]) -> Iterator[Block]:
    ranks = rank_headings([(block.kind, block.level, block.number, block.text) for block in blocks])
    for block, (kind, level) in zip(blocks, ranks, strict=True):
        yield block._replace(kind=kind, level=level)


def name_format(content: str) -> str:
    """Return a sentence that says what a file is and what is wanted, if it begins like no text; "" for text."""
    start = content[:16].lstrip("\ufeff")
    for headers, name in _FORMATS:
        if start.startswith(headers):
            return f"This is {name}, not text. Convert it to Markdown in UTF-8 and send that."
    return ""


def ensure_readable(markdown: str) -> None:
    """Raise ``UnreadableDocument`` with the reason if this is no text, or too much of it."""
    if fault := name_format(markdown):
        raise UnreadableDocument(fault)
    if "\0" in markdown:
        raise UnreadableDocument("The document contains a NUL character; it is not a text file.")
    try:
        size = len(markdown.encode())
    except UnicodeEncodeError:
        raise UnreadableDocument("The document contains half characters; it is not text.") from None
    if size > MAX_SIZE:
        raise UnreadableDocument(f"The document has {size:,} bytes; at most {MAX_SIZE:,} are read.")
    controls = len(_CONTROL.findall(markdown)) + markdown.count("\ufffd")
    if controls > 8 and controls * 20 > len(markdown):
        raise UnreadableDocument("The document is full of control characters: a binary file. Send Markdown in UTF-8.")
    if max(markdown.count("\n"), markdown.count("\r")) > _MAX_LINES:
        raise UnreadableDocument(f"The document has more than {_MAX_LINES:,} lines.")
    if sum(map(markdown.count, _MARKS)) > _MAX_MARKS:
        raise UnreadableDocument(f"The document has more than {_MAX_MARKS:,} marks of markdown or HTML.")


def _cut_front_matter(source: str) -> tuple[str, str]:
    """Return the lines between ``---`` at the very beginning that name the paper's properties, and the rest."""
    if not source.startswith("---"):
        return "", source
    lines = source.split("\n", _MAX_FRONT + 2)
    if lines[0].rstrip() != "---":
        return "", source
    for at, line in enumerate(lines[1 : _MAX_FRONT + 1], start=1):
        if line.rstrip() in ("---", "..."):
            inside = lines[1:at]
            if not any(re.match(r"[A-Za-z_][\w .-]{0,60}:(?:\s|$)", each) for each in inside):
                return "", source
            return " ".join(" ".join(inside).split()), "\n".join(lines[at + 1 :])
        if not _FRONT_LINE.match(line):
            return "", source
    return "", source


def front_matter_warning(front_matter: str) -> list[ReadingWarning]:
    """Return the doubt about front matter; none if there is none."""
    if not front_matter:
        return []
    suggestion = "Leave these lines out of the text; give title and label with the import."
    return [ReadingWarning(WarningKind.FRONT_MATTER, 0, front_matter, suggestion)]
