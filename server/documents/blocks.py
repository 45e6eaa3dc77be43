"""From markdown to blocks: units that still know their cells, and what stood before them on the page."""

from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.token import Token

from server.documents.grammar import blocks_of, joined_lines, words_of
from server.documents.labels import heading_level_of, label_of, pieces_of
from server.documents.tags import cut_at_tables, read_html_table, tag_free
from server.documents.units import UnreadableDocument
from server.vocabulary.texts import UnitKind

MAX_SIZE = 2_000_000
"""Bytes of UTF-8 in a paper."""

MAX_UNITS = 10_000
_MAX_UNIT = 50_000
_MAX_LINES = 100_000
_MAX_MARKS = 200_000
_MARKS = "*_[]<&\\`!"


class Block(NamedTuple):
    """A unit before it is published: kind, level, number and text as in ``Unit``.

    ``cells`` holds the plain text of each cell of a table row, and nothing for other kinds. ``after_rule`` is true for
    the first block after a ruled line, which is where a page ends in a converted paper.
    """

    kind: UnitKind
    level: int
    number: str
    text: str
    cells: tuple[str, ...] = ()
    after_rule: bool = False


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a paper in order; raises ``UnreadableDocument`` for input that is not a paper."""
    _ensure_readable(markdown)
    blocks: list[Block] = []
    for is_table, piece in cut_at_tables(markdown.replace("\r\n", "\n").replace("\r", "\n")):
        for block in _html_rows(piece) if is_table else _Walk().blocks(blocks_of(piece)):
            blocks.append(block)
            if len(blocks) > MAX_UNITS:
                raise UnreadableDocument(f"The document has more than {MAX_UNITS:,} paragraphs, items and rows.")
    if not blocks:
        raise UnreadableDocument("The document is empty.")
    return tuple(blocks)


def _ensure_readable(markdown: str) -> None:
    if "\0" in markdown:
        raise UnreadableDocument("The document contains a NUL character; it is not a text file.")
    try:
        size = len(markdown.encode())
    except UnicodeEncodeError:
        raise UnreadableDocument("The document contains half characters; it is not text.") from None
    if size > MAX_SIZE:
        raise UnreadableDocument(f"The document has {size:,} bytes; at most {MAX_SIZE:,} are read.")
    if max(markdown.count("\n"), markdown.count("\r")) > _MAX_LINES:
        raise UnreadableDocument(f"The document has more than {_MAX_LINES:,} lines.")
    if sum(map(markdown.count, _MARKS)) > _MAX_MARKS:
        raise UnreadableDocument(f"The document has more than {_MAX_MARKS:,} marks of markdown or HTML.")


def _html_rows(source: str) -> Iterator[Block]:
    for index, row in enumerate(read_html_table(source)):
        _checked(" | ".join(row))
        yield _row([joined_lines(tag_free(cell)) for cell in row], first=index == 0)


def _row(cells: list[str], *, first: bool) -> Block:
    return Block(UnitKind.TABLE_ROW, 1 if first else 2, "", " | ".join(cells), tuple(cells))


def _checked(content: str) -> str:
    if len(content) > _MAX_UNIT:
        raise UnreadableDocument(f"A paragraph or table row has more than {_MAX_UNIT:,} characters.")
    return content


class _Walk:
    """One walk over block tokens: keeps the depth of lists and the item whose first words are still to come."""

    def __init__(self) -> None:
        self.depth = 0
        self.waiting: str | None = None
        self.heading = 0
        self.after_rule = False
        self.first_row = False

    def blocks(self, tokens: list[Token]) -> Iterator[Block]:
        for token in tokens:
            for block in self._read(token):
                yield block._replace(after_rule=self.after_rule)
                self.after_rule = False

    def _read(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                yield from self._numbered_only()
                self.depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
            case "list_item_open":
                self.waiting = token.info + token.markup if token.info else ""
            case "list_item_close":
                yield from self._numbered_only()
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0
            case "hr":
                self.after_rule = True
            case "table_open":
                self.first_row = True
            case "table_row":
                yield from self._numbered_only()
                _checked(" | ".join(token.meta["cells"]))
                yield _row([words_of(cell) for cell in token.meta["cells"]], first=self.first_row)
                self.first_row = False
            case "inline":
                yield from self._words(token.content)

    def _numbered_only(self) -> Iterator[Block]:
        """An item that prints a number and no words of its own, such as a page number that looks like a list."""
        if self.waiting:
            yield Block(UnitKind.LIST_ITEM, self.depth, self.waiting, "")
        self.waiting = None

    def _words(self, content: str) -> Iterator[Block]:
        if self.heading:
            yield from self._numbered_only()
            number, text = label_of(words_of(_checked(content)))
            if number or text:
                yield Block(UnitKind.HEADING, self.heading, number, text)
            return
        for piece in pieces_of(_checked(content)):
            words = words_of(piece)
            if self.waiting is not None:
                number, text = (self.waiting, words) if self.waiting else label_of(words)
                self.waiting = None
                if number or text:
                    yield Block(UnitKind.LIST_ITEM, self.depth, number, text)
            elif words:
                yield _paragraph(words)


def _paragraph(words: str) -> Block:
    number, text = label_of(words)
    level = heading_level_of(number, text)
    return Block(UnitKind.HEADING if level else UnitKind.PARAGRAPH, level, number, text)
