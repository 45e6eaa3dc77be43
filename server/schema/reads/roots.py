"""Fields at which declared reads begin: one row by id, a page, the fact of a mutation, a plain value."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any, TypeAlias

import strawberry
from graphql import GraphQLObjectType, GraphQLResolveInfo, GraphQLSchema, get_argument_values, get_named_type

from server.kernel.ids import prefix_of
from server.schema.reads.executor import Rendered
from server.schema.reads.fetch import Reading, fetch_page, fetch_rows
from server.schema.reads.kinds import DEFINITION, NOUN, READ, Filter, ToMany, noun_of
from server.schema.reads.pages import connection_field, page_of
from server.schema.reads.plan import Compiler, RowPlan
from server.schema.reads.selection import Selection

Raw: TypeAlias = GraphQLResolveInfo[Any]
LARGEST_PLANS = 200
"""Plans kept for one document at most: many values of @skip and @include must not fill the memory."""
PREFIXES = "prefixes"
"""The key under which a schema holds the names of its nouns by the prefix of their ids."""
IDENTIFIER = Annotated[strawberry.ID, strawberry.argument(description="The `id` of the object.")]


def one(description: str, noun: str) -> Any:
    """Return a root field `name(id:)`: the object, or null if it does not exist or the caller does not see it."""

    async def resolve(info: strawberry.Info, id: IDENTIFIER) -> Any:
        return Rendered((await rows_of(info, noun, [id])).get(id))

    return strawberry.field(resolver=resolve, description=description)


def fact(description: str, noun: str) -> Any:
    """Return a field of a mutation's result: the object with the id `subject_id`, as it stands after the act."""

    async def resolve(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:
        return Rendered((await rows_of(info, noun, [root.subject_id])).get(root.subject_id))

    return strawberry.field(resolver=resolve, description=description)


def many(
    description: str,
    *,
    order: tuple[str, ...],
    filter_type: type | None = None,
    filters: Mapping[str, Filter] | None = None,
    order_type: type | None = None,
    orders: Mapping[Any, tuple[str, ...]] | None = None,
    where: Callable[[Callable[[str], Any]], Any] | None = None,
) -> Any:
    """Return a root field that is a page of the rows of a noun that the caller sees, restricted by `where`."""
    read = ToMany(None, order, filters or {}, orders or {}, where)

    async def resolve(info: strawberry.Info) -> Any:
        raw = info._raw_info
        page_type: Any = get_named_type(raw.return_type)
        name = f"{raw.parent_type.name}.{raw.field_name}"
        plan = _get_plan(raw, name, lambda compiler: compiler.compile_page(name, read, page_type, raw.field_nodes))
        definition = raw.parent_type.fields[raw.field_name]
        page = page_of(get_argument_values(definition, raw.field_nodes[0], raw.variable_values), name)
        async with _open_reading(raw) as reading:
            return Rendered(await fetch_page(reading, plan, page))

    return connection_field(description, {READ: read}, filter_type=filter_type, order_type=order_type, resolver=resolve)


async def rows_of(info: strawberry.Info, noun: str, identifiers: Sequence[str]) -> dict[str, Any]:
    """Return the rendered rows of one noun by id: those that exist and that the caller sees."""
    object_type = info._raw_info.schema.type_map[noun]
    assert isinstance(object_type, GraphQLObjectType)
    prefix = noun_of(object_type).prefix
    return await _fetch_by_noun(info._raw_info, {noun: [id_ for id_ in identifiers if prefix_of(id_) == prefix]})


async def node_of(info: strawberry.Info, identifier: str) -> Any:
    """Return any object by its id, rendered; null if it does not exist or the caller does not see it."""
    return Rendered((await _fetch_nodes(info._raw_info, [identifier])).get(identifier))


async def nodes_of(info: strawberry.Info, identifiers: Sequence[str]) -> Any:
    """Return objects in the order of their ids, rendered; null for each that does not exist or that is hidden."""
    nodes = await _fetch_nodes(info._raw_info, identifiers)
    return Rendered([nodes.get(identifier) for identifier in identifiers])


def render_value(info: strawberry.Info, value: Any) -> Any:
    """Render a plain value (attributes, and lists of them) with the field's selection, without a call per field."""
    raw = info._raw_info
    name = f"{raw.parent_type.name}.{raw.field_name}"
    render = _get_plan(raw, name, lambda compiler: compiler.compile_value(raw.return_type, raw.field_nodes))
    return Rendered(render(value))


async def _fetch_nodes(raw: Raw, identifiers: Sequence[str]) -> dict[str, Any]:
    """Return the rendered objects by id, whatever their nouns: the prefix of an id names the noun."""
    prefixes = _map_prefixes(raw.schema)
    by_noun: dict[str, list[str]] = {}
    for identifier in dict.fromkeys(identifiers):
        if name := prefixes.get(prefix_of(identifier) or ""):
            by_noun.setdefault(name, []).append(identifier)
    return await _fetch_by_noun(raw, by_noun)


async def _fetch_by_noun(raw: Raw, ids: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return the rendered rows of several nouns by id, each with the part of the selection for its noun."""
    rendered_rows: dict[str, Any] = {}
    if not any(ids.values()):
        return rendered_rows  # without a connection to the database
    async with _open_reading(raw) as reading:
        for name, ids_of_noun in ids.items():
            object_type: Any = raw.schema.type_map[name]
            plan = _get_plan(raw, name, lambda compiler, of=object_type: compiler.compile_rows(of, raw.field_nodes))  # type: ignore[misc]
            rendered_rows |= await fetch_rows(reading, plan, ids_of_noun)
    return rendered_rows


def plan_rows(raw: Raw, noun: str) -> RowPlan:
    """Return the plan for rows of one noun with the selection of a field."""
    object_type: Any = raw.schema.type_map[noun]
    plan: RowPlan = _get_plan(raw, noun, lambda compiler: compiler.compile_rows(object_type, raw.field_nodes))
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
async def _open_reading(raw: Raw) -> Any:
    """Borrow a connection for the reads of one field."""
    context = raw.context
    async with context.database.reading() as connection:
        parameters = context.actor.parameters(context.now)
        yield Reading(connection, context.actor, context.now, parameters, raw.variable_values)


def _get_plan(raw: Raw, name: str, compile_with: Callable[[Compiler], Any]) -> Any:
    """Return the plan of this field of this document, compiled at its first use.

    Plans are kept with the parsed document and dropped with it, so nobody has to invalidate them. One key is the place
    of the field: it holds the names of the variables in @skip and @include. The other is the place with the values of
    these variables: it holds the plan, because another value selects other fields.
    """
    # The nodes are the document's own and live as long as it does, so that their `id()` names them.
    plans = raw.context.prepared.plans
    place = (name, *(id(node) for node in raw.field_nodes))
    conditions = plans.get(place)
    if conditions is not None:
        plan = plans.get((place, *map(raw.variable_values.coerced.get, conditions)))
        if plan is not None:
            return plan
    if len(plans) > LARGEST_PLANS:
        plans.clear()
        conditions = None
    # A fragment that one plan leaves out can hold further variables, so that the names found so far are kept.
    selection = Selection(raw.schema, raw.fragments, raw.variable_values)
    plan = compile_with(Compiler(selection))
    plans[place] = conditions = tuple(sorted(selection.conditions | set(conditions or ())))
    plans[place, *map(raw.variable_values.coerced.get, conditions)] = plan
    return plan
