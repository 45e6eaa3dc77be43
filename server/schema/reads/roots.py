"""Fields at which a declared read begins: one row by id, a page, the fact of a mutation, a plain value."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any

import strawberry
from graphql import GraphQLResolveInfo, get_argument_values, get_named_type

from server.ids import prefix_of
from server.schema.reads.executor import Rendered
from server.schema.reads.fetch import Reading, fetch_page, fetch_rows
from server.schema.reads.kinds import NOUNS, READ, Filter, ToMany
from server.schema.reads.pages import connection_field, page_of
from server.schema.reads.plan import Compiler
from server.schema.reads.selection import Selection

LARGEST_PLANS = 200
"""Plans kept for one document; many values of @skip and @include must not fill the memory."""
IDENTIFIER = Annotated[strawberry.ID, strawberry.argument(description="The object's identifier.")]


def one(description: str, noun: str) -> Any:
    """A root field `name(id:)`: the object, or null when it does not exist or is hidden."""

    async def resolve(info: strawberry.Info, id: IDENTIFIER) -> Any:
        return Rendered((await _rows(info._raw_info, noun, [id])).get(id))

    return strawberry.field(resolver=resolve, description=description)


def fact(description: str, noun: str) -> Any:
    """A field of a mutation's result: the object whose id is `subject_id`, as it stands after the act."""

    async def resolve(root: strawberry.Parent[Any], info: strawberry.Info) -> Any:
        return Rendered((await _rows(info._raw_info, noun, [root.subject_id])).get(root.subject_id))

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
        page_type = get_named_type(raw.return_type)
        noun = NOUNS[get_named_type(page_type.fields["nodes"].type).name]
        plan = _planned(raw, page_type.name, lambda compiler: compiler.page(read, noun, page_type, raw.field_nodes))
        arguments = get_argument_values(raw.parent_type.fields[raw.field_name], raw.field_nodes[0], raw.variable_values)
        page = page_of(arguments)
        async with raw.context.database.reading() as connection:
            return Rendered(await fetch_page(_reading(raw, connection), plan, page))

    return connection_field(description, {READ: read}, filter_type=filter_type, order_type=order_type, resolver=resolve)


async def rows_of(info: strawberry.Info, noun: str, identifiers: Sequence[str]) -> dict[str, Any]:
    """Rendered rows of one noun by id, those that the caller may see."""
    return await _rows(info._raw_info, noun, identifiers)


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
    plan = _planned(raw, "", lambda compiler: compiler.value(raw.return_type, raw.field_nodes))
    return Rendered(plan(value))


async def _nodes(raw: GraphQLResolveInfo, identifiers: Sequence[str]) -> dict[str, Any]:
    by_noun: dict[str, list[str]] = {}
    prefixes = {noun.model.prefix: name for name, noun in NOUNS.items() if hasattr(noun.model, "prefix")}
    for identifier in identifiers:
        if name := prefixes.get(prefix_of(identifier) or ""):
            by_noun.setdefault(name, []).append(identifier)
    found: dict[str, Any] = {}
    for name, ids in by_noun.items():
        found |= await _rows(raw, name, ids)
    return found


async def _rows(raw: GraphQLResolveInfo, name: str, ids: Sequence[str]) -> dict[str, Any]:
    plan = _planned(raw, name, lambda compiler: compiler.rows(NOUNS[name], raw.field_nodes))
    async with raw.context.database.reading() as connection:
        return await fetch_rows(_reading(raw, connection), plan, ids)


def _reading(raw: GraphQLResolveInfo, connection: Any) -> Reading:
    context = raw.context
    parameters = context.actor.parameters(context.now)
    return Reading(connection, context.actor, context.now, parameters, raw.variable_values)


def _planned(raw: GraphQLResolveInfo, name: str, compile_with: Callable[[Compiler], Any]) -> Any:
    """The plan of this field of this document, compiled once. It is kept with the document and dropped with it; the
    values of the variables in @skip and @include are part of its key."""
    plans = raw.context.prepared.plans
    place = (name, *(id(node) for node in raw.field_nodes))
    conditions = plans.get(place)
    if conditions is not None:
        key = (place, *(raw.variable_values.coerced.get(variable) for variable in conditions))
        if key in plans:
            return plans[key]
    if len(plans) > LARGEST_PLANS:
        plans.clear()
        conditions = None
    selection = Selection(raw.schema, raw.fragments, raw.variable_values)
    plan = compile_with(Compiler(selection))
    conditions = tuple(sorted(selection.conditions | set(conditions or ())))
    plans[place] = conditions
    plans[place, *(raw.variable_values.coerced.get(variable) for variable in conditions)] = plan
    return plan
