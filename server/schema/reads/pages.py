"""Connections: their GraphQL types, their arguments, and the page that a client asks for."""

import hashlib
import inspect
import re
from collections.abc import Mapping
from enum import Enum
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import orjson
import strawberry
from graphql import GraphQLError

from server.schema.reads.cursors import UNSTORABLE, decode_cursor
from server.schema.reads.matching import Filter
from server.schema.reads.orders import Orders

T = TypeVar("T")
DEFAULT_PAGE = 50
MOST_ALTERNATIVES = 5
MOST_VALUES = 100
"""Values in one list of a filter."""
ORDERED = re.compile("([0-9a-f]{12})[.]([A-Z_]{1,80})")
"""The fingerprint of a list and its filter, with the name of an order."""
ALTERNATIVE = "_or_"
"""Stands between the number of an alternative and the name of a filter in it."""
LARGEST_PAGE = 100


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="Whether more items follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether items precede this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item; null for an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last item; null for an empty page.")


@strawberry.type(description="An item of a list with its cursor.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = strawberry.field(
        description="Opaque text for `after` and `before`, valid for the same list, order and filter: a cursor of "
        "another order is refused."
    )
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list, which holds only what the caller sees.")
class Connection(Generic[T]):
    """Relay's connection, with `nodes` besides `edges`, and with `totalCount`."""

    edges: list[Edge[T]] = strawberry.field(description="Items of the page, each with its cursor.")
    nodes: list[T] = strawberry.field(description="Items of the page.")
    page_info: PageInfo = strawberry.field(description="Where this page stands in the list.")
    total_count: int = strawberry.field(
        description="Number of items in the whole list that match the filter and that the caller sees; counted "
        "only when asked for."
    )


FIRST = Annotated[
    int | None,
    strawberry.argument(
        description=f"Number of items from the front, 1 to {LARGEST_PAGE}. The default counts only without `last` and "
        "`before`; another number is not taken together with them."
    ),
]
AFTER = Annotated[str | None, strawberry.argument(description="Only items after this cursor.")]
LAST = Annotated[
    int | None,
    strawberry.argument(
        description=f"Number of items from the end, 1 to {LARGEST_PAGE}; {DEFAULT_PAGE} with `before` alone. Not "
        "together with `first` or `after`."
    ),
]
BEFORE = Annotated[str | None, strawberry.argument(description="Only items before this cursor.")]
PAGE_ARGUMENTS: tuple[tuple[str, Any, Any], ...] = (
    ("first", FIRST, DEFAULT_PAGE),
    ("after", AFTER, strawberry.UNSET),
    ("last", LAST, strawberry.UNSET),
    ("before", BEFORE, strawberry.UNSET),
)
"""The arguments of every connection: name, type and default."""


def connection_field(
    description: str,
    metadata: Mapping[str, Any],
    *,
    filter_type: Any = None,
    orders: Orders | None = None,
    resolver: Any = None,
) -> Any:
    """Return a Strawberry field with the arguments of a connection.

    A field that is no declared read of a noun needs a `resolver(root, info)`.
    """

    async def resolve(root: strawberry.Parent[Any], info: strawberry.Info, **_: Any) -> Any:
        return await resolver(root, info)

    # Strawberry reads the arguments from the signature, and they differ from list to list.

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("root", keyword, annotation=strawberry.Parent[Any]),  # type: ignore[misc]
        inspect.Parameter("info", keyword, annotation=strawberry.Info),
        *(
            inspect.Parameter(name, keyword, default=default, annotation=annotation)
            for name, annotation, default in PAGE_ARGUMENTS
        ),
    ]
    for name, kind, words, default in (
        ("filter", filter_type, "Conditions that the items must meet.", strawberry.UNSET),
        ("order_by", orders and orders.type, "Order of the items.", orders and orders.default),
    ):
        if kind:
            annotation: Any = Annotated[kind | None, strawberry.argument(description=words)]
            parameters.append(inspect.Parameter(name, keyword, default=default, annotation=annotation))
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve, description=description, metadata=metadata)


class Page(NamedTuple):
    """The page that a client asks for.

    `cursor` holds the JSON values of the order keys after which the page begins, or with `backwards` before which it
    ends. Their types are checked when the order is known. `fingerprint` stands for the list and its filter and names
    its order: a cursor is valid for these only.
    """

    limit: int
    backwards: bool
    cursor: list[Any] | None
    filters: dict[str, Any]
    order_by: Any
    fingerprint: str


def page_of(arguments: Mapping[str, Any], of: str, declared: Mapping[str, Filter]) -> Page:
    """Return the page that the arguments of a connection ask for; `of` names the list, as in "Query.comments".

    Raise a GraphQL error (BAD_REQUEST) that says what is wrong with the arguments.
    """
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if first == DEFAULT_PAGE and (last is not None or before is not None):
        first = None  # it is there by default
    if (first is not None or after is not None) and (last is not None or before is not None):
        raise bad_input("Ask for first/after or for last/before, not for both.")
    backwards = last is not None or before is not None
    limit = last if backwards else first
    limit = DEFAULT_PAGE if limit is None else limit
    if not 1 <= limit <= LARGEST_PAGE:
        raise bad_input(f"A page holds 1 to {LARGEST_PAGE} items; {limit} {'was' if limit == 1 else 'were'} asked for.")
    filters = read_filters(arguments.get("filter") or {}, declared)
    order_by = arguments.get("orderBy")
    fingerprint = f"{_compute_fingerprint(of, filters)}.{order_by or ''}"
    cursor = before if backwards else after
    values = None if cursor is None else _read_cursor(cursor, fingerprint)
    return Page(limit, backwards, values, filters, order_by, fingerprint)


def bad_input(message: str) -> GraphQLError:
    """Return the error for an argument that makes no sense. Its message is shown to the client."""
    return GraphQLError(message, extensions={"code": "BAD_REQUEST"})


def read_filters(filter_: Mapping[str, Any], declared: Mapping[str, Filter]) -> dict[str, Any]:
    """Return the values of a filter by name, with those that stand where a reader gives none.

    Those of the alternatives in `or` are under "0_or_" with the name. Raise a GraphQL error (BAD_REQUEST) for
    alternatives that make no sense.
    """
    filters = _read_given(filter_)
    names = {name.rpartition(ALTERNATIVE)[2] for name in filters}
    for name, each in declared.items():
        if each.standing is not None and names.isdisjoint({name, *each.unless}):
            filters[name] = each.standing
    return filters


def _read_given(filter_: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a reader gave."""
    filters = {name: _read_value(name, value) for name, value in filter_.items() if value is not None}
    alternatives = filters.pop("or", None)
    if alternatives is None:
        return filters
    if not 1 <= len(alternatives) <= MOST_ALTERNATIVES or any("or" in each for each in alternatives):
        raise bad_input(f"`or` takes 1 to {MOST_ALTERNATIVES} alternatives, which have none of their own.")
    read_alternatives = [_read_given(each) for each in alternatives]
    if all(read_alternatives):  # else one of them has no condition, and everything matches it
        for number, alternative in enumerate(read_alternatives):
            filters |= {f"{number}{ALTERNATIVE}{name}": value for name, value in alternative.items()}
    return filters


def _read_value(name: str, value: Any) -> Any:
    """Return the value of a filter, a value that is alone in a list without it.

    Raise a GraphQL error (BAD_REQUEST) for too many values, and for text that no database keeps, on which drivers fail.
    """
    if isinstance(value, list) and name != "or":
        if len(value) > MOST_VALUES:
            raise bad_input(f"The filter {name} takes {MOST_VALUES} values at most.")
        values = [_read_value(name, each) for each in value]
        return values[0] if len(values) == 1 else values
    if isinstance(value, str) and not isinstance(value, Enum) and UNSTORABLE.search(value):
        raise bad_input(f"The filter {name} holds a character that cannot be stored.")
    return value


def _compute_fingerprint(of: str, filters: Mapping[str, Any]) -> str:
    """Return twelve hexadecimal digits that differ between lists and filters."""
    question = orjson.dumps([of, sorted(filters.items())], default=str)
    return hashlib.sha256(question).hexdigest()[:12]


def _read_cursor(cursor: str, fingerprint: str) -> list[Any]:
    """Return the values in a cursor. Raise a GraphQL error for one of another list, order or filter."""
    try:
        made_for, values = decode_cursor(cursor)
    except ValueError as error:
        raise bad_input("This cursor cannot be read.") from error
    if made_for == fingerprint:
        return values
    made_in = ORDERED.fullmatch(str(made_for))
    question, _, order = fingerprint.partition(".")
    if made_in and made_in[1] == question:
        words = f"This cursor was made in the order {made_in[2]}, not in {order or 'the default one'}"
        raise bad_input(f"{words}: begin with the first page.")
    raise bad_input("This cursor was made for another list or filter.")
