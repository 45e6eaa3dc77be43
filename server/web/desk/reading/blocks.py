"""The provisions of a part as blocks for the page: headings, paragraphs and tables, each with its notes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.web.desk.reading.notes import MarginNote, in_order
from server.web.desk.reading.pieces import TextPiece, cut, letter_of

HEADINGS = frozenset({"TITLE", "PRINCIPLE", "STANDARD", "SECTION", "ARTICLE", "ANNEX", "HEADING"})
"""The kinds of provisions that are headings if they have a level."""
DEEPEST = 4
"""The lowest heading of a page: `h4`."""
Provision = Mapping[str, Any]


@dataclass
class BlockRow:
    """A row of a table: its provision, and its cells in pieces."""

    provision: Provision
    cells: Sequence[Sequence[TextPiece]]


@dataclass
class TextBlock:
    """What stands on its own in a text.

    `heading` is the number of its element, 0 if it is none. `is_inside` says that it stands in a paragraph or an item.
    """

    provision: Provision
    notes: Sequence[MarginNote] = ()
    pieces: Sequence[TextPiece] = ()
    heading: int = 0
    is_inside: bool = False
    total: int = 0
    """Number of comments on it, with those that are not shown."""
    rows: list[BlockRow] = field(default_factory=list)

    @property
    def is_table(self) -> bool:
        """Whether it is a table."""
        return self.provision["kind"] in {"TABLE", "TABLE_ROW"}

    @property
    def keys(self) -> list[str]:
        """The permanent keys of the provisions in it."""
        return list(dict.fromkeys([self.provision["key"], *(row.provision["key"] for row in self.rows)]))

    @property
    def more(self) -> int:
        """Number of comments on it that are not shown."""
        return max(0, self.total - sum(not note.state for note in self.notes))


def blocks_of(
    provisions: Iterable[Provision], notes_by_key: Mapping[str, Sequence[MarginNote]], headings: frozenset[str]
) -> list[TextBlock]:
    """Return provisions in blocks. `headings` are the keys of all headings of the text."""
    blocks: list[TextBlock] = []
    rank = 1
    for group in _group(provisions):
        first = group[0]
        notes = _letter(note for each in group for note in notes_by_key.get(each["key"], ()))
        block = TextBlock(first, notes, total=sum(each["comments"]["totalCount"] for each in group))
        block.is_inside = first["parent"] is not None and first["parent"]["key"] not in headings
        if block.is_table:
            block.rows = [_row_of(each, notes) for each in group if each["kind"] == "TABLE_ROW"]
        else:
            block.pieces = cut(first["text"], notes, first["marks"])
        if first["kind"] in HEADINGS and first["level"]:
            rank = block.heading = min(first["level"] + 1, rank + 1, DEEPEST)
        blocks.append(block)
    return blocks


def _group(provisions: Iterable[Provision]) -> list[list[Provision]]:
    """Return provisions one by one, but a table with its rows."""
    groups: list[list[Provision]] = []
    for each in provisions:
        if each["kind"] == "TABLE_ROW" and groups and groups[-1][0]["kind"] in {"TABLE", "TABLE_ROW"}:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _letter(notes: Iterable[MarginNote]) -> list[MarginNote]:
    """Return the notes of one block in order, each with its letter."""
    return [note._replace(letter=letter_of(number)) for number, note in enumerate(in_order(notes))]


def _row_of(provision: Provision, notes: Sequence[MarginNote]) -> BlockRow:
    own = [note for note in notes if note.key == provision["key"]]
    cells = [
        [piece._replace(words=piece.words.replace("\\|", "|")) for piece in _cells_pieces(provision, cell, own)]
        for cell in provision["cells"]
    ]
    return BlockRow(provision, cells)


def _cells_pieces(provision: Provision, cell: Mapping[str, Any], notes: Sequence[MarginNote]) -> list[TextPiece]:
    return cut(provision["text"], notes, provision["marks"], cell["start"], cell["end"])
