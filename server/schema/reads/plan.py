"""Compile a selection: the shape of one statement, and a generated function that renders its rows.

Compiling is for speed. Measured on one machine, a list of 50 comments with author, party, provision and disposition
gave 44 requests per second with a resolver per row, 600 compiled and 900 written out by hand
(`server/decisions/0007-declared-reads.md`).

Connections and batches cannot be joined without multiplying rows: they are attachments, each fetched for all at once.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
)
from sqlalchemy import JSON

from server.kernel.facts import paths_of
from server.schema.reads.kinds import (
    DEFINITION,
    SUBJECT,
    Batch,
    Column,
    Computed,
    Groups,
    ToAny,
    ToMany,
    ToOne,
    noun_of,
    read_of,
)
from server.schema.reads.selection import Selection
from server.schema.reads.shape import Place, Shape
from server.schema.reads.source import Source, ValuePlan


@dataclass(eq=False)
class BatchPlan:
    """One query for all rows of a shape; `parent` is the number of the column with the parent's id."""

    parent: int
    statement: Any
    render: Callable[[Any], Any]
    texts: dict[Any, Any] = field(default_factory=dict)


@dataclass(eq=False)
class AnyPlan:
    """A plan for the rows of each noun, by the prefix of its ids; `parent` numbers the column with the id or ids."""

    parent: int
    rows: "dict[str, RowPlan]"
    is_list: bool = False


@dataclass(eq=False)
class NestedPlan:
    """A page for every row of a shape; the arguments are read from `field` and `node` once there are variables."""

    parent: int
    pages: "ConnectionPlan"
    field: GraphQLField
    node: FieldNode


Attachments = list[BatchPlan | AnyPlan | NestedPlan]


@dataclass(eq=False)
class RowPlan:
    """How to fetch and render rows of one noun; `render(rows, actor, now, attached_values)` returns a value per row."""

    shape: Shape
    attachments: Attachments
    id: int
    """The number of the column with the row's id."""
    render: Callable[..., list[Any]]
    statements: dict[Any, Any] = field(default_factory=dict)
    texts: dict[Any, Any] = field(default_factory=dict)


@dataclass(eq=False)
class ConnectionPlan:
    """How to fetch and render pages.

    `parts` are triples of a response key, a field of the connection and how it is rendered: a function for `nodes` and
    `edges`, the selected fields for `pageInfo`, a constant for `__typename`.
    """

    name: str
    """The name of the list, as in "Query.comments"."""
    read: ToMany
    shape: Shape
    attachments: Attachments
    parts: list[tuple[str, str, Any]]
    wants_rows: bool  # anything but their number
    wants_total: bool
    statements: dict[Any, Any] = field(default_factory=dict)
    texts: dict[Any, Any] = field(default_factory=dict)


@dataclass(eq=False)
class GroupPlan:
    """How to count rows of a noun in groups; `render(groups)` returns their values."""

    read: Groups
    type: GraphQLObjectType
    render: Callable[[Any], Any]
    statements: dict[Any, Any] = field(default_factory=dict)
    texts: dict[Any, Any] = field(default_factory=dict)


@cache
def build_statement(query: Callable[[], Any]) -> Any:
    """Build the statement of a batch. It is the same for every caller, so it is built once."""
    return query()


class Compiler:
    """Compiles the selection of one field of one operation into one statement; attachments have their own."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._source = Source(selection)
        self._attachments: Attachments = []

    def compile_value(self, value_type: Any, nodes: list[FieldNode]) -> Callable[[Any], Any]:
        """Compile a function that renders a plain value with the selection of `nodes`."""
        return self._source.compile_function("v", self._source.write_value("v", value_type, nodes))

    def compile_shown(self, value_type: Any, nodes: list[FieldNode]) -> ValuePlan:
        """Compile a plan for a plain value that may have edges, with the selection of `nodes`."""
        self._source.edges = []
        render = self.compile_value(value_type, nodes)
        return ValuePlan(render, [self._plan_possible(*edge) for edge in self._source.edges])

    def _plan_possible(self, edge_type: Any, nodes: list[FieldNode]) -> dict[str, RowPlan]:
        """Return a plan for the rows of each noun that an edge of this type can end at, by the prefix of its ids."""
        target: Any = get_named_type(edge_type)
        possible = (
            [target] if isinstance(target, GraphQLObjectType) else self._selection.schema.get_possible_types(target)
        )
        return {noun_of(each).prefix: Compiler(self._selection).compile_rows(each, nodes) for each in possible}

    def compile_rows(self, object_type: GraphQLObjectType, nodes: list[FieldNode]) -> RowPlan:
        """Compile a plan for rows of a noun with the selection of `nodes`."""
        shape = Shape.of(object_type)
        render = self._compile_rendering(self._write_row(shape, shape.root, nodes))
        return RowPlan(shape, self._attachments, shape.number("id"), render)

    def compile_fact(self, fact_type: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, tuple[RowPlan, Any]]:
        """Compile, by response key, a plan for each field of a fact, and what leads from the subject to its row."""
        plans = {}
        for key, fields in self._selection.select(fact_type, nodes).items():
            definition = fact_type.fields.get(fields[0].name.value)
            if definition is not None and SUBJECT in (metadata := definition.extensions[DEFINITION].metadata):
                noun: Any = get_named_type(definition.type)
                plans[key] = (Compiler(self._selection).compile_rows(noun, fields), metadata[SUBJECT])
        return plans

    def compile_page(
        self, name: str, read: ToMany, page_type: GraphQLObjectType, nodes: list[FieldNode]
    ) -> ConnectionPlan:
        """Compile a plan for a page of the list `name` with the selection of `nodes` on its connection type."""
        target = get_named_type(page_type.fields["nodes"].type)
        assert isinstance(target, GraphQLObjectType)
        shape = Shape.of(target)
        parts: list[tuple[str, str, Any]] = []
        for key, fields in self._selection.select(page_type, nodes).items():
            part = fields[0].name.value
            rendered: Any = page_type.name
            if part == "nodes":
                rendered = self._compile_rendering(self._write_row(shape, shape.root, fields))
            elif part == "edges":
                rendered = self._compile_rendering(self._write_edge(shape, page_type, fields))
            elif part == "pageInfo":
                info_type: Any = get_named_type(page_type.fields[part].type)
                selected = self._selection.select(info_type, fields)
                rendered = [(inner, f[0].name.value) for inner, f in selected.items()]
            parts.append((key, part, rendered))
        wants_total = any(part == "totalCount" for _, part, _ in parts)
        wants_rows = any(part in ("nodes", "edges", "pageInfo") for _, part, _ in parts)
        return ConnectionPlan(name, read, shape, self._attachments, parts, wants_rows, wants_total)

    def _compile_rendering(self, row: str) -> Callable[..., list[Any]]:
        """Compile a function that renders rows by the source `row`.

        In that source `r` is a row, `a` the actor, `n` now, `b` the attached values and `c(r)` the cursor of a row.
        """
        return self._source.compile_function("rows, a, n, b, c=None", f"[{row} for r in rows]")

    def _write_edge(self, shape: Shape, page_type: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        """Return source that renders a row as an edge."""
        edge_type = get_named_type(page_type.fields["edges"].type)
        assert isinstance(edge_type, GraphQLObjectType)

        def member(name: str, _: GraphQLField, fields: list[FieldNode]) -> str:
            return "c(r)" if name == "cursor" else self._write_row(shape, shape.root, fields)

        return self._source.write_members(edge_type, nodes, member)

    def _write_row(self, shape: Shape, place: Place, nodes: list[FieldNode]) -> str:
        """Return source that renders the row at a place of the shape."""
        assert place.type is not None
        of = place.type

        def member(name: str, definition: GraphQLField, fields: list[FieldNode]) -> str:
            read = read_of(definition)
            if isinstance(read, Column):
                return self._write_column(shape, place, read, definition, fields)
            if isinstance(read, Computed):
                return self._write_computed(shape, place, read, definition, fields)
            if isinstance(read, ToOne):
                return self._write_to_one(shape, place, read, definition, fields)
            if isinstance(read, ToAny):
                return self._write_any(shape.number(read.path, place), definition, fields)
            parent = f"r[{shape.number('id', place)}]"
            if isinstance(read, Batch):
                return self._write_batch(parent, shape.number("id", place), read, definition, fields)
            return self._write_nested(parent, shape.number("id", place), f"{of.name}.{name}", read, definition, fields)

        return self._source.write_members(of, nodes, member)

    def _write_column(
        self, shape: Shape, place: Place, read: Column, definition: GraphQLField, nodes: list[FieldNode]
    ) -> str:
        """Return source that renders a column."""
        number = shape.number(read.path, place)
        value = f"(r[{number}] or None)" if read.or_null else f"r[{number}]"
        return self._source.write_value(value, definition.type, nodes)

    def _write_computed(
        self, shape: Shape, place: Place, read: Computed, definition: GraphQLField, nodes: list[FieldNode]
    ) -> str:
        """Return source that calls the function of a computed field with its facts."""
        numbers = [shape.number(path, place, asking=read.asks) for path in paths_of(cast(Any, read.facts))]
        shape.judged.update(numbers)
        lists = {n for n in numbers if read.repeats and isinstance(shape.columns[n].type, JSON)}  # a key is a tuple
        columns = ", ".join(f"tuple(r[{n}] or ())" if n in lists else f"r[{n}]" for n in numbers)
        of, known = self._source.name_value(read.of), f"{self._source.name_value(read.facts)}({columns})"
        if read.repeats:
            value = self._source.write_value(f"{of}(a, f, n)", definition.type, nodes)
            return self._source.write_once(value, known)
        return self._source.write_value(f"{of}(a, {known}, n)", definition.type, nodes)

    def _write_to_one(
        self, shape: Shape, place: Place, read: ToOne, definition: GraphQLField, nodes: list[FieldNode]
    ) -> str:
        """Return source that renders a joined row, or None where there is none or it is hidden.

        Raise TypeError for a field that is not nullable although its row may be hidden.
        """
        target = shape.reach(read.path, place, asking=not read.implied)
        of: Any = get_named_type(definition.type)
        source = self._write_row(shape, target._replace(type=of), nodes)
        if not isinstance(definition.type, GraphQLNonNull):
            return f"(None if r[{shape.number('id', target)}] is None else {source})"
        if not read.implied:
            raise TypeError(f"{place.type}.{read.path} may be hidden: make it nullable, or declare it implied")
        return source

    def _write_any(self, number: int, definition: GraphQLField, nodes: list[FieldNode]) -> str:
        """Attach plans for the rows of each possible noun, and return source that takes the one with the id.

        Raise TypeError for a field that is not nullable although its row may be hidden.
        """
        is_list = isinstance(get_nullable_type(definition.type), GraphQLList)
        if isinstance(definition.type, GraphQLNonNull) and not is_list:
            raise TypeError(f"a {definition.type} may be hidden: make it nullable")
        self._attachments.append(AnyPlan(number, self._plan_possible(definition.type, nodes), is_list))
        rows = f"b[{len(self._attachments) - 1}]"
        return f"[{rows}[v] for v in r[{number}] if v in {rows}]" if is_list else f"{rows}.get(r[{number}])"

    def _write_batch(
        self, parent: str, number: int, read: Batch, definition: GraphQLField, nodes: list[FieldNode]
    ) -> str:
        """Attach the query of a batch, and return source that takes the parent's value from its result."""
        render = Compiler(self._selection).compile_value(definition.type, nodes)
        self._attachments.append(BatchPlan(number, build_statement(read.query), render))
        return f"b[{len(self._attachments) - 1}].get({parent}, {self._source.name_value(render(read.default))})"

    def _write_nested(
        self, parent: str, number: int, name: str, read: ToMany, definition: GraphQLField, nodes: list[FieldNode]
    ) -> str:
        """Attach a plan for the pages of all rows, and return source that takes the parent's page from its result."""
        page_type = get_named_type(definition.type)
        assert isinstance(page_type, GraphQLObjectType)
        plan = Compiler(self._selection).compile_page(name, read, page_type, nodes)
        self._attachments.append(NestedPlan(number, plan, definition, nodes[0]))
        pages = f"b[{len(self._attachments) - 1}]"
        # A parent without rows has the page of None: it is empty, and the same for all of them.
        return f"({pages}.get({parent}) or {pages}[None])"
