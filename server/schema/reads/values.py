"""Show plain values: with edges to rows of nouns, and in pages.

A plain value holds the id of a row; the field that shows the row is declared by `edge`. The value is rendered with a
`Reference` in the place of each row. Then the rows are fetched, one statement for each edge and noun, under the
predicate of their noun, and take the place of the references.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import strawberry
from graphql import get_argument_values

from server.kernel.ids import prefix_of
from server.schema.reads.cursors import encode_cursor
from server.schema.reads.executor import Rendered
from server.schema.reads.fetch import Reading, fetch_rows
from server.schema.reads.pages import Connection, Edge, Page, PageInfo, bad_input, page_of
from server.schema.reads.roots import get_plan, open_reading
from server.schema.reads.source import Reference, ValuePlan

T = TypeVar("T")


async def render_value(info: strawberry.Info, value: Any) -> Any:
    """Render a plain value (attributes, and lists of them) with the field's selection, without a call per field.

    A row that the caller does not see is null, and is left out of a list.
    """
    raw = info._raw_info
    name = f"{raw.parent_type.name}.{raw.field_name}"
    plan: ValuePlan = get_plan(raw, name, lambda compiler: compiler.compile_shown(raw.return_type, raw.field_nodes))
    shape = plan.render(value)
    if not plan.edges:
        return Rendered(shape)
    async with open_reading(raw) as reading:
        return Rendered(_fill(shape, await _fetch_edges(reading, plan, shape)))


async def _fetch_edges(reading: Reading, plan: ValuePlan, shape: Any) -> dict[Reference, Any]:
    """Return the rendered rows that the references in a shape name, of those that the caller sees."""
    ids: dict[int, dict[str, None]] = defaultdict(dict)
    for edge, identifier in _find_references(shape):
        if identifier:
            ids[edge][identifier] = None
    rows: dict[Reference, Any] = {}
    for edge, identifiers in ids.items():
        for prefix, row_plan in plan.edges[edge].items():
            of_noun = [identifier for identifier in identifiers if prefix_of(identifier) == prefix]
            for identifier, row in (await fetch_rows(reading, row_plan, of_noun)).items():
                rows[Reference(edge, identifier)] = row
    return rows


def _find_references(shape: Any) -> Iterator[Reference]:
    """Yield the references in a shape."""
    if type(shape) is Reference:
        yield shape
    elif type(shape) is dict:
        for part in shape.values():
            yield from _find_references(part)
    elif type(shape) is list:
        for part in shape:
            yield from _find_references(part)


def _fill(shape: Any, rows: dict[Reference, Any]) -> Any:
    """Return the shape with rows in the place of references; a hidden row is null, and left out of a list."""
    if type(shape) is Reference:
        return rows.get(shape)
    if type(shape) is dict:
        return {key: _fill(part, rows) for key, part in shape.items()}
    if type(shape) is list:
        return [_fill(part, rows) for part in shape if type(part) is not Reference or part in rows]
    return shape


class ValuePage(NamedTuple):
    """The part of a list of plain values that a client asks for, and what is needed to write its cursors."""

    page: Page
    start: int
    stop: int
    keys: Sequence[str]

    def connect(self, values: Sequence[Any]) -> Connection[Any]:
        """Return the connection of the values of this page, which are those from `start` to `stop`."""
        keys = self.keys[self.start : self.stop]
        edges: list[Edge[Any]] = [
            Edge(cursor=encode_cursor(self.page.fingerprint, [key]), node=value)
            for key, value in zip(keys, values, strict=True)
        ]
        info = PageInfo(
            has_next_page=self.stop < len(self.keys),
            has_previous_page=self.start > 0,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        )
        return Connection(edges=edges, nodes=list(values), page_info=info, total_count=len(self.keys))


def page_values(info: strawberry.Info, keys: Sequence[str], of: str) -> ValuePage:
    """Return the page that the arguments of a field ask for of a list of plain values, by their keys.

    A key names a value in its list. `of` names the list with everything it depends on. Raise a GraphQL error
    (BAD_REQUEST) for arguments that make no sense, and for a cursor whose value is no longer in the list.
    """
    raw = info._raw_info
    definition = raw.parent_type.fields[raw.field_name]
    page = page_of(get_argument_values(definition, raw.field_nodes[0], raw.variable_values), of, {})
    start, stop = 0, len(keys)
    if page.cursor is not None:
        if len(page.cursor) != 1 or page.cursor[0] not in keys:
            raise bad_input("The item of this cursor is no longer in the list: begin again without a cursor.")
        place = keys.index(page.cursor[0])
        start, stop = (0, place) if page.backwards else (place + 1, len(keys))
    if page.backwards:
        start = max(start, stop - page.limit)
    else:
        stop = min(stop, start + page.limit)
    return ValuePage(page, start, stop, keys)


async def show_page(info: strawberry.Info, values: Sequence[T], key_of: Callable[[T], str], of: str) -> Any:
    """Return the page of plain values that the arguments of a field ask for, rendered."""
    page = page_values(info, [key_of(value) for value in values], of)
    return await render_value(info, page.connect(values[page.start : page.stop]))
