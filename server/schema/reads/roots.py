"""Fields at which declared reads begin: one row by id, a page, the fact of a mutation, a plain value."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, NamedTuple, Protocol, TypeAlias

import strawberry
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    get_argument_values,
    get_named_type,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.schema.reads.executor import Rendered
from server.schema.reads.fetch import Reading, fetch_page, fetch_rows
from server.schema.reads.kept import keep_plan
from server.schema.reads.kinds import DEFINITION, NOUN, READ, SUBJECT, ToMany, noun_of, to_many
from server.schema.reads.orders import Orders
from server.schema.reads.pages import Page, connection_field, page_of
from server.schema.reads.plan import Compiler, ConnectionPlan, RowPlan
from server.schema.reads.sealed import record_sealed, witness_of
from server.schema.reads.selection import Selection

ROOT = "root"
"""The key under which the metadata of a Strawberry field hold its `Root`, if it can be read without an executor."""
Raw: TypeAlias = GraphQLResolveInfo[Any]
Answers: TypeAlias = dict[str, Rendered | GraphQLError]
"""What a fact shows, by response key: the rendered subject of the act, or the error with which reading it failed."""
PREFIXES = "prefixes"
"""The key under which a schema holds the names of its nouns by the prefix of their ids."""
IDENTIFIER = Annotated[strawberry.ID, strawberry.argument(description="The `id` of the object.")]


class Root(Protocol):
    """A field at which a declared read begins: how it is compiled, what its arguments ask for, and how that is read."""

    def compile(self, compiler: Compiler, name: str, definition: GraphQLField, nodes: list[FieldNode]) -> Any:
        """Compile the plan of the selection of `nodes`; `name` names the field, as in "Query.comments"."""
        ...

    def ask(self, plan: Any, arguments: Mapping[str, Any]) -> Any:
        """Return what the arguments ask for. Raise a GraphQL error for what makes no sense."""
        ...

    async def fetch(self, reading: Reading, plan: Any, asked: Any) -> Any:
        """Return the rendered value of the field."""
        ...


class ListRoot(NamedTuple):
    """A page of a list."""

    read: ToMany

    def compile(
        self, compiler: Compiler, name: str, definition: GraphQLField, nodes: list[FieldNode]
    ) -> ConnectionPlan:
        """Compile the plan of a page."""
        page_type: Any = get_named_type(definition.type)
        return compiler.compile_page(name, self.read, page_type, nodes)

    def ask(self, plan: ConnectionPlan, arguments: Mapping[str, Any]) -> Page:
        """Return the page that is asked for. Raise a GraphQL error (BAD_REQUEST) for one that cannot be."""
        return page_of(arguments, plan.name, plan.read.filters)

    async def fetch(self, reading: Reading, plan: ConnectionPlan, asked: Page) -> Any:
        """Return the rendered page."""
        return await fetch_page(reading, plan, asked)


class RowRoot(NamedTuple):
    """One object by its id."""

    def compile(self, compiler: Compiler, name: str, definition: GraphQLField, nodes: list[FieldNode]) -> RowPlan:
        """Compile the plan of a row."""
        object_type: Any = get_named_type(definition.type)
        return compiler.compile_rows(object_type, nodes)

    def ask(self, plan: RowPlan, arguments: Mapping[str, Any]) -> str:
        """Return the id that is asked for."""
        return str(arguments["id"])

    async def fetch(self, reading: Reading, plan: RowPlan, asked: str) -> Any:
        """Return the rendered object; None if it does not exist or the caller does not see it."""
        ids = [asked] if is_id_of(plan.shape.root.type, asked) else []
        return (await fetch_rows(reading, plan, ids)).get(asked)


def is_id_of(object_type: Any, identifier: str) -> bool:
    """Return whether an id has the prefix of a noun."""
    return prefix_of(identifier) == noun_of(object_type).prefix


def one(description: str, noun: str) -> Any:
    """Return a root field `name(id:)`: the object, or null if it does not exist or the caller does not see it."""

    async def resolve(info: strawberry.Info, id: IDENTIFIER) -> Any:
        return await row_of(info, noun, id)

    return strawberry.field(resolver=resolve, description=description, metadata={ROOT: RowRoot()})


def fact(description: str, *, leads_to: Callable[[str], Any] | None = None) -> Any:
    """Return a field of a mutation's result: the subject of the act as it stands after it, which `read_fact` reads.

    With `leads_to` it is another row: that function takes the id of the subject and returns the query for its id.
    """

    def resolve(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:
        answer = root.answers[info.path.key]
        if isinstance(answer, GraphQLError):
            raise answer
        return answer

    return strawberry.field(resolver=resolve, description=description, metadata={SUBJECT: leads_to})


async def read_fact(raw: Raw, reading: Reading, fact_type: type, subject_id: str) -> Answers:
    """Return what the fact of an act shows of its subject, by response key, as the selection in `raw` asks for it.

    The act is not undone for an error of its answer: it is kept, and raised where the answer is given.
    """
    name = fact_type.__strawberry_definition__.name  # type: ignore[attr-defined]
    object_type: Any = raw.schema.type_map[name]
    plans = get_plan(raw, name, lambda compiler: compiler.compile_fact(object_type, raw.field_nodes))
    answers: Answers = {}
    for key, (plan, leads_to) in plans.items():
        shown_id = await _follow(reading, leads_to, subject_id) if leads_to else subject_id
        is_noun = prefix_of(shown_id) == noun_of(plan.shape.root.type).prefix
        try:
            rows = await fetch_rows(reading, plan, [shown_id] if is_noun else [])
        except GraphQLError as error:
            answers[key] = error
        else:
            answers[key] = Rendered(rows.get(shown_id))
    return answers


async def _follow(reading: Reading, leads_to: Callable[[str], Any], subject_id: str) -> str:
    """Return the id of the row to which a subject leads, "" if there is none."""
    assert isinstance(reading.connection, AsyncConnection)  # that of the act
    return await reading.connection.scalar(leads_to(subject_id)) or ""


def many(
    description: str,
    *,
    order: tuple[str, ...] | Orders,
    filter_type: type | None = None,
    where: Callable[[Callable[[str], Any]], Any] | None = None,
) -> Any:
    """Return a root field that is a page of the rows of a noun that the caller sees, restricted by `where`."""
    read = to_many(None, order, filter_type, where=where)
    root = ListRoot(read)

    async def resolve(_: Any, info: strawberry.Info) -> Any:
        raw = info._raw_info
        definition = raw.parent_type.fields[raw.field_name]
        name = f"{raw.parent_type.name}.{raw.field_name}"
        plan = get_plan(raw, name, lambda compiler: root.compile(compiler, name, definition, raw.field_nodes))
        page = root.ask(plan, get_argument_values(definition, raw.field_nodes[0], raw.variable_values))
        async with open_reading(raw) as reading:
            return Rendered(await root.fetch(reading, plan, page))

    metadata = {READ: read, ROOT: root}
    return connection_field(description, metadata, filter_type=filter_type, orders=read.orders, resolver=resolve)


async def rows_of(
    info: strawberry.Info, noun: str, identifiers: Sequence[str], speaker: Actor | None = None
) -> dict[str, Any]:
    """Return the rendered rows of one noun by id: those that exist and that the caller sees.

    With a `speaker` those that the speaker sees. What may be done with them is judged as the caller all the same.
    """
    object_type = info._raw_info.schema.type_map[noun]
    assert isinstance(object_type, GraphQLObjectType)
    wanted = [identifier for identifier in identifiers if is_id_of(object_type, identifier)]
    return await _fetch_by_noun(info._raw_info, {noun: wanted}, speaker)


async def row_of(info: strawberry.Info, noun: str, identifier: str) -> Any:
    """Return one row of a noun, rendered; null if it does not exist or the caller does not see it."""
    return Rendered((await rows_of(info, noun, [identifier])).get(identifier))


async def list_of(info: strawberry.Info, noun: str, identifiers: Sequence[str]) -> Any:
    """Return the rows of one noun in the order of their ids, rendered, without those that the caller does not see."""
    rows = await rows_of(info, noun, identifiers)
    return Rendered([rows[identifier] for identifier in identifiers if identifier in rows])


async def node_of(info: strawberry.Info, identifier: str) -> Any:
    """Return any object by its id, rendered; null if it does not exist or the caller does not see it."""
    return Rendered((await _fetch_nodes(info._raw_info, [identifier])).get(identifier))


async def nodes_of(info: strawberry.Info, identifiers: Sequence[str]) -> Any:
    """Return objects in the order of their ids, rendered; null for each that does not exist or that is hidden."""
    nodes = await _fetch_nodes(info._raw_info, identifiers)
    return Rendered([nodes.get(identifier) for identifier in identifiers])


async def _fetch_nodes(raw: Raw, identifiers: Sequence[str]) -> dict[str, Any]:
    """Return the rendered objects by id, whatever their nouns: the prefix of an id names the noun."""
    prefixes = _map_prefixes(raw.schema)
    by_noun: dict[str, list[str]] = {}
    for identifier in dict.fromkeys(identifiers):
        if name := prefixes.get(prefix_of(identifier) or ""):
            by_noun.setdefault(name, []).append(identifier)
    return await _fetch_by_noun(raw, by_noun)


async def _fetch_by_noun(raw: Raw, ids: Mapping[str, Sequence[str]], speaker: Actor | None = None) -> dict[str, Any]:
    """Return the rendered rows of several nouns by id, each with the part of the selection for its noun."""
    rendered_rows: dict[str, Any] = {}
    if not any(ids.values()):
        return rendered_rows  # without a connection to the database
    async with open_reading(raw, speaker) as reading:
        for name, ids_of_noun in ids.items():
            object_type: Any = raw.schema.type_map[name]
            plan = get_plan(raw, name, lambda compiler, of=object_type: compiler.compile_rows(of, raw.field_nodes))  # type: ignore[misc]
            rendered_rows |= await fetch_rows(reading, plan, ids_of_noun)
    return rendered_rows


def plan_rows(raw: Raw, noun: str) -> RowPlan:
    """Return the plan for rows of one noun with the selection of a field."""
    object_type: Any = raw.schema.type_map[noun]
    plan: RowPlan = get_plan(raw, noun, lambda compiler: compiler.compile_rows(object_type, raw.field_nodes))
    return plan


def _map_prefixes(schema: GraphQLSchema) -> dict[str, str]:
    """Return the name of every noun of a schema by the prefix of its ids, found once and kept with the schema."""
    prefixes: dict[str, str] | None = schema.extensions.get(PREFIXES)
    if prefixes is None:
        prefixes = {}
        for name, object_type in schema.type_map.items():
            definition = object_type.extensions.get(DEFINITION)
            if isinstance(object_type, GraphQLObjectType) and definition and NOUN in vars(definition.origin):
                prefixes[noun_of(object_type).prefix] = name
        prefixes.pop("", None)
        schema.extensions[PREFIXES] = prefixes
    return prefixes


@asynccontextmanager
async def open_reading(raw: Raw, speaker: Actor | None = None) -> Any:
    """Borrow a connection for the reads of one field, which show what the caller sees, or `speaker`."""
    context = raw.context
    async with context.database.reading() as connection:
        actor = speaker or context.actor
        parameters = actor.parameters(context.now)
        witness = witness_of(actor)
        yield Reading(connection, context.actor, context.now, parameters, raw.variable_values, witness=witness)
    await record_sealed(context.database, witness, context.now)


def get_plan(raw: Raw, name: str, compile_with: Callable[[Compiler], Any]) -> Any:
    """Return the plan of this field of this document, compiled at its first use."""
    # The nodes are the document's own and live as long as it does, so that their `id()` names them.
    place = (name, *(id(node) for node in raw.field_nodes))
    selection = Selection(raw.schema, raw.fragments, raw.variable_values)
    return keep_plan(raw.context.prepared.plans, place, selection, lambda: compile_with(Compiler(selection)))
