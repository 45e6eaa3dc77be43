"""Runs plans: executes their statements with the caller's parameters and renders the rows."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple

from graphql import GraphQLError, get_argument_values
from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.kernel.actor import Actor
from server.schema.reads import statements
from server.schema.reads.cursors import encoded, typed
from server.schema.reads.pages import Page, bad_input, page_of
from server.schema.reads.plan import Attachments, BatchPlan, ConnectionPlan, NestedPlan, RowPlan
from server.schema.reads.shape import Key


class Reading(NamedTuple):
    """What a fetch needs: the borrowed connection, who asks, the SQL parameters of that, and the variables."""

    connection: AsyncConnection
    actor: Actor
    now: Any
    parameters: dict[str, Any]
    variables: Any

    async def rows(self, statement: Select[Any], **values: Any) -> Sequence[Any]:
        """The rows of a statement. Raises a GraphQL error (LIMIT_EXCEEDED) for far too many."""
        found: Sequence[Any] = (await self.connection.execute(statement, {**self.parameters, **values})).all()
        if len(found) > statements.LARGEST_ANSWER:
            message = f"A nested list holds more than {statements.LARGEST_ANSWER} items in all: ask for smaller pages."
            raise GraphQLError(message, extensions={"code": "LIMIT_EXCEEDED"})
        return found


class _Found(NamedTuple):
    """The rows of one page in the order of the list, whether more lie beyond, and how many there are in all."""

    rows: Sequence[Any]
    more: bool
    total: int


async def fetch_rows(reading: Reading, plan: RowPlan, ids: Sequence[str]) -> dict[str, Any]:
    """The rendered rows among `ids` that the caller may see, by id."""
    if not ids:
        return {}
    rows = await reading.rows(statements.by_ids(plan), ids=list(ids))
    attached = await _attached(reading, plan.attachments, rows)
    rendered = plan.render(rows, reading.actor, reading.now, attached)
    return {row[plan.id]: value for row, value in zip(rows, rendered, strict=True)}


async def fetch_page(reading: Reading, plan: ConnectionPlan, page: Page) -> dict[str, Any]:
    """One rendered page of everything that the caller may see. Raises a GraphQL error for a cursor that is not of
    this list."""
    statement = statements.pages(plan, page, nested=False)
    values = _values(page, statement.keys)
    rows = await reading.rows(statement.select, **values)
    total = 0
    if plan.wants_total:
        total = (await reading.rows(statements.totals(plan, page, nested=False), **values))[0][0]
    found = _found(rows, total, page)
    attached = await _attached(reading, plan.attachments, found.rows)
    return _rendered(reading, plan, page, statement.keys, found, attached)


async def fetch_nested(reading: Reading, nested: NestedPlan, parents: list[str]) -> dict[str | None, dict[str, Any]]:
    """The rendered page of every parent by its id; under None the page of a parent that has no rows."""
    plan = nested.pages
    page = page_of(get_argument_values(nested.field, nested.node, reading.variables), plan.name)
    statement = statements.pages(plan, page, nested=True)
    values = _values(page, statement.keys) | {"parents": parents}
    grouped: dict[str | None, list[Any]] = {}
    totals: dict[str | None, int] = {}
    if parents:
        for row in await reading.rows(statement.select, **values):
            grouped.setdefault(row[statement.parent], []).append(row)
        if plan.wants_total:
            totals = dict(await reading.rows(statements.totals(plan, page, nested=True), **values))
    found = {
        parent: _found(grouped.get(parent, ()), totals.get(parent, 0), page) for parent in (None, *grouped, *totals)
    }
    attached = await _attached(reading, plan.attachments, [*chain.from_iterable(each.rows for each in found.values())])
    return {parent: _rendered(reading, plan, page, statement.keys, each, attached) for parent, each in found.items()}


async def _attached(reading: Reading, attachments: Attachments, rows: Sequence[Any]) -> list[dict[Any, Any]]:
    """What is attached to the rows: for each attachment its values by the parent's id."""
    attached: list[dict[Any, Any]] = []
    for each in attachments:
        parents = list(dict.fromkeys(row[each.parent] for row in rows if row[each.parent] is not None))
        if isinstance(each, BatchPlan):
            found = await reading.rows(each.statement, parents=parents) if parents else ()
            attached.append({parent: each.render(value) for parent, value in found})
        else:
            attached.append(await fetch_nested(reading, each, parents))
    return attached


def _values(page: Page, keys: list[Key]) -> dict[str, Any]:
    values = {f"f_{name}": value for name, value in page.filters.items()}
    values["page_limit"] = page.limit + 1
    if page.cursor is not None:
        try:
            for number, (key, value) in enumerate(zip(keys, page.cursor, strict=True)):
                values[f"k{number}"] = typed(value, key.expression.type)
        except ValueError as error:
            raise bad_input("This cursor cannot be read.") from error
    return values


def _found(rows: Sequence[Any], total: int, page: Page) -> _Found:
    kept = rows[: page.limit]
    return _Found(kept[::-1] if page.backwards else kept, len(rows) > page.limit, total)


def _rendered(
    reading: Reading, plan: ConnectionPlan, page: Page, keys: list[Key], found: _Found, attached: list[dict[Any, Any]]
) -> dict[str, Any]:
    def cursor(row: Any) -> str:
        return encoded(page.fingerprint, [row[key.number] for key in keys])

    rendered: dict[str, Any] = {}
    for key, name, part in plan.parts:
        if name in ("nodes", "edges"):
            rendered[key] = part(found.rows, reading.actor, reading.now, attached, cursor)
        elif name == "pageInfo":
            rendered[key] = {inner: _page_fact(field, page, found, cursor) for inner, field in part}
        else:
            rendered[key] = found.total if name == "totalCount" else part
    return rendered


def _page_fact(name: str, page: Page, found: _Found, cursor: Any) -> Any:
    if name in ("startCursor", "endCursor"):
        return cursor(found.rows[0 if name == "startCursor" else -1]) if found.rows else None
    if name == "__typename":
        return "PageInfo"
    onwards = (name == "hasNextPage") != page.backwards
    return found.more if onwards else page.cursor is not None
