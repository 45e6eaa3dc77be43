"""The words of an edition as blocks for the page: headings, paragraphs and tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from server.web.desk.reading.blocks import DEEPEST, HEADINGS

Provision = Mapping[str, Any]


@dataclass
class ReadBlock:
    """What stands on its own in a text: `heading` is the number of its element, 0 if it is none."""

    provision: Provision
    heading: int = 0
    rows: list[Provision] = field(default_factory=list)
    """The rows of a table; empty if it is none."""


def read_blocks(provisions: Iterable[Provision]) -> list[ReadBlock]:
    """Return provisions in blocks, the rows of a table together. A heading is at most one below the heading before."""
    blocks: list[ReadBlock] = []
    rank = 1
    for provision in provisions:
        kind = provision["kind"]
        if kind == "TABLE":
            continue  # its words are in its rows
        if kind == "TABLE_ROW":
            if not blocks or not blocks[-1].rows or _table_of(blocks[-1].provision) != _table_of(provision):
                blocks.append(ReadBlock(provision))
            blocks[-1].rows.append(provision)
            continue
        block = ReadBlock(provision)
        if kind in HEADINGS and provision["level"]:
            rank = block.heading = min(provision["level"] + 1, rank + 1, DEEPEST)
        blocks.append(block)
    return blocks


def _table_of(row: Provision) -> str:
    return str(row["parent"]["key"]) if row["parent"] else ""
