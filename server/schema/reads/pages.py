"""Connections: their GraphQL types, their arguments, and keyset cursors bound to order and filter."""

import base64
import hashlib
import inspect
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, NamedTuple, TypeVar

import orjson
import strawberry
from graphql import GraphQLError

T = TypeVar("T")
DEFAULT_PAGE = 50
LARGEST_PAGE = 100


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = strawberry.field(description="Whether more items follow this page.")
    has_previous_page: bool = strawberry.field(description="Whether items precede this page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item, null on an empty page.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last item, null on an empty page.")


@strawberry.type(description="An item of a list with its cursor.")
class Edge(Generic[T]):
    """Relay's edge."""

    cursor: str = strawberry.field(description="Opaque; valid for the same order and filter.")
    node: T = strawberry.field(description="The item.")


@strawberry.type(description="A page of a list. It holds only what the caller may see.")
class Connection(Generic[T]):
    """Relay's connection, with `nodes` as the short way and `totalCount` on request."""

    edges: list[Edge[T]] = strawberry.field(description="The items with their cursors.")
    nodes: list[T] = strawberry.field(description="The items.")
    page_info: PageInfo = strawberry.field(description="Where this page stands in the list.")
    total_count: int = strawberry.field(description="How many items match; counted only when asked for.")


FIRST = Annotated[int | None, strawberry.argument(description=f"Items from the front, 1 to {LARGEST_PAGE}.")]
AFTER = Annotated[str | None, strawberry.argument(description="Only items after this cursor.")]
LAST = Annotated[int | None, strawberry.argument(description=f"Items from the end, 1 to {LARGEST_PAGE}.")]
BEFORE = Annotated[str | None, strawberry.argument(description="Only items before this cursor.")]


def connection_field(
    description: str,
    metadata: Mapping[str, Any],
    *,
    filter_type: type | None = None,
    order_type: type | None = None,
    resolver: Any = None,
) -> Any:
    """A Strawberry field with the arguments of a connection. Only a root needs the resolver."""

    async def resolve(info: strawberry.Info, **_: Any) -> Any:
        return await resolver(info)

    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("info", keyword, annotation=strawberry.Info),
        *(
            inspect.Parameter(name, keyword, default=strawberry.UNSET, annotation=annotation)
            for name, annotation in (("first", FIRST), ("after", AFTER), ("last", LAST), ("before", BEFORE))
        ),
    ]
    if filter_type:
        wanted = Annotated[filter_type | None, strawberry.argument(description="Only items that match.")]  # type: ignore[valid-type, operator]
        parameters.append(inspect.Parameter("filter", keyword, default=strawberry.UNSET, annotation=wanted))
    if order_type:
        wanted = Annotated[order_type | None, strawberry.argument(description="Order of the items.")]  # type: ignore[valid-type, operator]
        parameters.append(inspect.Parameter("order_by", keyword, default=strawberry.UNSET, annotation=wanted))
    resolve.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve, description=description, metadata=metadata)


class Page(NamedTuple):
    """What one page was asked for. `cursor` holds the order values after which (or, `backwards`, before which) it
    begins."""

    limit: int
    backwards: bool
    cursor: tuple[Any, ...] | None
    filters: dict[str, Any]
    order_by: Any
    fingerprint: str


def page_of(arguments: Mapping[str, Any]) -> Page:
    """The page that the arguments of a connection ask for. Raises a GraphQL error that says what is wrong."""
    first, last = arguments.get("first"), arguments.get("last")
    after, before = arguments.get("after"), arguments.get("before")
    if (first is not None or after is not None) and (last is not None or before is not None):
        raise bad_input("Ask for first/after or for last/before, not for both.")
    backwards = last is not None or before is not None
    limit = last if backwards else first
    limit = DEFAULT_PAGE if limit is None else limit
    if not 1 <= limit <= LARGEST_PAGE:
        raise bad_input(f"A page holds 1 to {LARGEST_PAGE} items; {limit} were asked for.")
    filters = {name: value for name, value in (arguments.get("filter") or {}).items() if value is not None}
    order_by = arguments.get("orderBy") or arguments.get("order_by")
    fingerprint = _fingerprint(filters, order_by)
    cursor = before if backwards else after
    values = None if cursor is None else _decoded(cursor, fingerprint)
    return Page(limit, backwards, values, filters, order_by, fingerprint)


def bad_input(message: str) -> GraphQLError:
    """The error for an argument that makes no sense; its message is shown."""
    return GraphQLError(message, extensions={"code": "BAD_REQUEST"})


def _fingerprint(filters: Mapping[str, Any], order_by: Any) -> str:
    asked = orjson.dumps([sorted(filters.items()), order_by], default=str)
    return hashlib.sha256(asked).hexdigest()[:8]


def encoded(fingerprint: str, values: Sequence[Any]) -> str:
    """The cursor of an item, from the values by which the list is ordered."""
    tagged = [
        {"t": v.isoformat()} if isinstance(v, datetime) else {"d": v.isoformat()} if isinstance(v, date) else v
        for v in values
    ]
    return base64.urlsafe_b64encode(orjson.dumps([fingerprint, *tagged])).decode().rstrip("=")


def _decoded(cursor: str, fingerprint: str) -> tuple[Any, ...]:
    try:
        made_for, *values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        untagged = tuple(_untagged(value) for value in values)
    except (ValueError, TypeError, KeyError) as error:
        raise bad_input("This cursor cannot be read.") from error
    if made_for != fingerprint:
        raise bad_input("This cursor was made for another order or filter.")
    return untagged


def _untagged(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["t"]) if "t" in value else date.fromisoformat(value["d"])
    return value
