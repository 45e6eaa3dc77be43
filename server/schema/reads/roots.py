"""Fields at which a declared read begins: one row by id, a page, the fact of a mutation, a plain value."""

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
from server.schema.reads.plan import Compiler
from server.schema.reads.selection import Selection

Raw: TypeAlias = GraphQLResolveInfo[Any]
LARGEST_PLANS = 200
"""Plans kept for one document; many values of @skip and @include must not fill the memory."""
PREFIXES = "prefixes"
"""Under this key a schema holds its nouns by the prefix of their ids."""
IDENTIFIER = Annotated[strawberry.ID, strawberry.argument(description="The object's identifier.")]


def one(description: str, noun: str) -> Any:
    """A root field `name(id:)`: the object, or null when it does not exist or is hidden."""

    async def resolve(info: strawberry.Info, id: IDENTIFIER) -> Any:
        return Rendered((await rows_of(info, noun, [id])).get(id))

    return strawberry.field(resolver=resolve, description=description)


def fact(description: str, noun: str) -> Any:
    """A field of a mutation's result: the object whose id is `subject_id`, as it stands after the act."""

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
    """A root field that is a page of everything of a noun that the caller may see, or of what `where` picks of it."""
    read = ToMany(None, order, filters or {}, orders or {}, where)

    async def resolve(info: strawberry.Info) -> Any:
        raw = info._raw_info
        page_type: Any = get_named_type(raw.return_type)
        name = f"{raw.parent_type.name}.{raw.field_name}"
        plan = _planned(raw, name, lambda compiler: compiler.page(name, read, page_type, raw.field_nodes))
        definition = raw.parent_type.fields[raw.field_name]
        page = page_of(get_argument_values(definition, raw.field_nodes[0], raw.variable_values), name)
        async with _reading(raw) as reading:
            return Rendered(await fetch_page(reading, plan, page))

    return connection_field(description, {READ: read}, filter_type=filter_type, order_type=order_type, resolver=resolve)


async def rows_of(info: strawberry.Info, noun: str, identifiers: Sequence[str]) -> dict[str, Any]:
    """Rendered rows of one noun by id, those that exist and that the caller may see."""
    object_type = info._raw_info.schema.type_map[noun]
    assert isinstance(object_type, GraphQLObjectType)
    prefix = noun_of(object_type).prefix
    return await _rows(info._raw_info, {noun: [id_ for id_ in identifiers if prefix_of(id_) == prefix]})


async def node_of(info: strawberry.Info, identifier: str) -> Any:
    """Any object by its id, rendered; null when it does not exist or is hidden."""
    return Rendered((await _nodes(info._raw_info, [identifier])).get(identifier))


async def nodes_of(info: strawberry.Info, identifiers: Sequence[str]) -> Any:
    """Many objects by id, in the order asked; null in the place of each that does not exist or is hidden."""
    found = await _nodes(info._raw_info, identifiers)
    return Rendered([found.get(identifier) for identifier in identifiers])


def render_value(info: strawberry.Info, value: Any) -> Any:
    """A plain value (attributes and lists of them) rendered with the field's selection, without a call per field."""
    raw = info._raw_info
    name = f"{raw.parent_type.name}.{raw.field_name}"
    render = _planned(raw, name, lambda compiler: compiler.value(raw.return_type, raw.field_nodes))
    return Rendered(render(value))


async def _nodes(raw: Raw, identifiers: Sequence[str]) -> dict[str, Any]:
    prefixes = _prefixes(raw.schema)
    by_noun: dict[str, list[str]] = {}
    for identifier in dict.fromkeys(identifiers):
        if name := prefixes.get(prefix_of(identifier) or ""):
            by_noun.setdefault(name, []).append(identifier)
    return await _rows(raw, by_noun)


async def _rows(raw: Raw, ids: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The rows of several nouns, each with the part of the selection that is for it. Nothing is asked for nothing."""
    found: dict[str, Any] = {}
    if not any(ids.values()):
        return found
    async with _reading(raw) as reading:
        for name, wanted in ids.items():
            object_type: Any = raw.schema.type_map[name]
            plan = _planned(raw, name, lambda compiler, of=object_type: compiler.rows(of, raw.field_nodes))  # type: ignore[misc]
            found |= await fetch_rows(reading, plan, wanted)
    return found


def _prefixes(schema: GraphQLSchema) -> dict[str, str]:
    found: dict[str, str] | None = schema.extensions.get(PREFIXES)
    if found is None:
        found = {}
        for name, object_type in schema.type_map.items():
            definition = object_type.extensions.get(DEFINITION)
            if isinstance(object_type, GraphQLObjectType) and definition and NOUN in vars(definition.origin):
                found[noun_of(object_type).prefix] = name
        found.pop("", None)
        schema.extensions[PREFIXES] = found
    return found


@asynccontextmanager
async def _reading(raw: Raw) -> Any:
    context = raw.context
    async with context.database.reading() as connection:
        parameters = context.actor.parameters(context.now)
        yield Reading(connection, context.actor, context.now, parameters, raw.variable_values)


def _planned(raw: Raw, name: str, compile_with: Callable[[Compiler], Any]) -> Any:
    """The plan of this field of this document, compiled once. It is kept with the document and dropped with it; the
    values of the variables in @skip and @include are part of its key."""
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
    selection = Selection(raw.schema, raw.fragments, raw.variable_values)
    plan = compile_with(Compiler(selection))
    plans[place] = conditions = tuple(sorted(selection.conditions | set(conditions or ())))
    plans[place, *map(raw.variable_values.coerced.get, conditions)] = plan
    return plan
