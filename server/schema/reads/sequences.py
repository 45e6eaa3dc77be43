"""Connections over what is computed and held in memory: the same arguments, limits and cursors as every list."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import get_argument_values

from server.schema.reads.cursors import encode_cursor
from server.schema.reads.pages import Connection, Edge, Page, PageInfo, bad_input, page_of
from server.schema.reads.roots import Raw


class Cut(NamedTuple):
    """The page of a sequence that is asked for: its first place and the one behind its last."""

    page: Page
    begin: int
    end: int


def cut_page(raw: Raw, of: str, keys: Sequence[str]) -> Cut:
    """Return the page that the arguments of a field ask for, of items with these keys, each of which is there once.

    `of` names the sequence: a cursor is valid for this one only. Raise a GraphQL error (BAD_REQUEST) for arguments that
    make no sense, and for the cursor of an item that is not there any more.
    """
    definition = raw.parent_type.fields[raw.field_name]
    page = page_of(get_argument_values(definition, raw.field_nodes[0], raw.variable_values), of)
    begin, end = 0, len(keys)
    if page.cursor is not None:
        if len(page.cursor) != 1 or page.cursor[0] not in keys:
            raise bad_input("This cursor stands at nothing that is there now: begin with the first page.")
        place = keys.index(page.cursor[0])
        begin, end = (begin, place) if page.backwards else (place + 1, end)
    if page.backwards:
        return Cut(page, max(begin, end - page.limit), end)
    return Cut(page, begin, min(end, begin + page.limit))


def connect(cut: Cut, keys: Sequence[str], items: Sequence[Any]) -> Any:
    """Return the connection with the items of a page, as a plain value for `render_value`."""
    cursors = [encode_cursor(cut.page.fingerprint, [key]) for key in keys[cut.begin : cut.end]]
    info = PageInfo(
        has_next_page=cut.end < len(keys),
        has_previous_page=cut.begin > 0,
        start_cursor=cursors[0] if cursors else None,
        end_cursor=cursors[-1] if cursors else None,
    )
    edges = [Edge(cursor=cursor, node=item) for cursor, item in zip(cursors, items, strict=True)]
    return Connection(edges=edges, nodes=[*items], page_info=info, total_count=len(keys))
