"""Read markdown into blocks: units that still know their cells, and whether a ruled line stood before them."""

from collections.abc import Iterator
from typing import NamedTuple

from markdown_it.token import Token

from server.documents.grammar import blocks_of, join_lines, words_of
from server.documents.labels import heading_level_of, label_of, pieces_of
from server.documents.tags import cut_at_tables, read_html_table, strip_tags
from server.documents.units import UnreadableDocument
from server.vocabulary.texts import UnitKind

MAX_SIZE = 2_000_000
"""Bytes of UTF-8 in a paper."""

MAX_UNITS = 10_000
_MAX_UNIT = 50_000  # characters in one paragraph or table row
_MAX_LINES = 100_000
_MAX_MARKS = 200_000
_MARKS = "*_[]<&\\`!"  # the characters that begin markup, and so cost the parser time


class Block(NamedTuple):
    """A unit as it is read: kind, level, number and text as in ``Unit``.

    ``cells`` holds the plain text of each cell of a table row, and nothing for other kinds. ``after_rule`` is true for
    the first block after a ruled line, because a page of a converted paper ends there.
    """

    kind: UnitKind
    level: int
    number: str
    text: str
    cells: tuple[str, ...] = ()
    after_rule: bool = False


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a paper in order. Raise ``UnreadableDocument`` for input that is not a paper."""
    _ensure_readable(markdown)
    blocks: list[Block] = []
    for is_table, piece in cut_at_tables(markdown.replace("\r\n", "\n").replace("\r", "\n")):
        for block in _read_html_rows(piece) if is_table else _Walk().read_blocks(blocks_of(piece)):
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


def _read_html_rows(source: str) -> Iterator[Block]:
    for index, row in enumerate(read_html_table(source)):
        _check_length(" | ".join(row))
        yield _build_row([join_lines(strip_tags(cell)) for cell in row], first=index == 0)


def _build_row(cells: list[str], *, first: bool) -> Block:
    return Block(UnitKind.TABLE_ROW, 1 if first else 2, "", " | ".join(cells), tuple(cells))


def _check_length(content: str) -> str:
    """Return the content. Raise ``UnreadableDocument`` if it is too long for one unit."""
    if len(content) > _MAX_UNIT:
        raise UnreadableDocument(f"A paragraph or table row has more than {_MAX_UNIT:,} characters.")
    return content


class _Walk:
    """One walk over block tokens, with the place in the document where it is."""

    def __init__(self) -> None:
        self.depth = 0
        """The depth of lists, 1 for the outermost."""
        self.item_number: str | None = None
        """The number of a list item, "" for a bullet, until its first words are read; None outside such an item."""
        self.heading = 0
        """The level of the open heading, 0 if there is none."""
        self.after_rule = False
        self.first_row = False

    def read_blocks(self, tokens: list[Token]) -> Iterator[Block]:
        """Yield the blocks of the tokens."""
        for token in tokens:
            for block in self._read(token):
                yield block._replace(after_rule=self.after_rule)
                self.after_rule = False

    def _read(self, token: Token) -> Iterator[Block]:
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                yield from self._end_item()
                self.depth += 1
            case "bullet_list_close" | "ordered_list_close":
                self.depth -= 1
            case "list_item_open":
                self.item_number = token.info + token.markup if token.info else ""
            case "list_item_close":
                yield from self._end_item()
            case "heading_open":
                self.heading = int(token.tag[1:])
            case "heading_close":
                self.heading = 0
            case "hr":
                self.after_rule = True
            case "table_open":
                self.first_row = True
            case "table_row":
                yield from self._end_item()
                _check_length(" | ".join(token.meta["cells"]))
                yield _build_row([words_of(cell) for cell in token.meta["cells"]], first=self.first_row)
                self.first_row = False
            case "inline":
                yield from self._read_words(token.content)

    def _end_item(self) -> Iterator[Block]:
        """End the first words of a list item; yield it if it printed a number and no words.

        A page number can look like such an item.
        """
        if self.item_number:
            yield Block(UnitKind.LIST_ITEM, self.depth, self.item_number, "")
        self.item_number = None

    def _read_words(self, content: str) -> Iterator[Block]:
        if self.heading:
            yield from self._end_item()
            number, text = label_of(words_of(_check_length(content)))
            if number or text:
                yield Block(UnitKind.HEADING, self.heading, number, text)
            return
        for piece in pieces_of(_check_length(content)):
            words = words_of(piece)
            if self.item_number is not None:
                number, text = (self.item_number, words) if self.item_number else label_of(words)
                self.item_number = None
                if number or text:
                    yield Block(UnitKind.LIST_ITEM, self.depth, number, text)
            elif words:
                yield _build_paragraph(words)


def _build_paragraph(words: str) -> Block:
    """Return a paragraph, or a heading if the words are obviously one."""
    number, text = label_of(words)
    level = heading_level_of(number, text)
    return Block(UnitKind.HEADING if level else UnitKind.PARAGRAPH, level, number, text)
