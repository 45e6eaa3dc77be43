"""Run plans: execute their statements with the caller's parameters and render the rows."""

from collections.abc import Sequence
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from graphql import GraphQLError, get_argument_values
from sqlalchemy import ColumnElement, Select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.schema.reads import statements
from server.schema.reads.cursors import encode_cursor, read_value
from server.schema.reads.pages import Page, bad_input, page_of
from server.schema.reads.plan import AnyPlan, Attachments, BatchPlan, ConnectionPlan, GroupPlan, NestedPlan, RowPlan
from server.schema.reads.sealed import Witness
from server.schema.reads.shape import Key
from server.storage.snapshots import Snapshot, snapshot_of
from server.storage.texts import KeptStatement

Planned: TypeAlias = RowPlan | ConnectionPlan | BatchPlan | GroupPlan
"""A plan that keeps the texts of its statements."""
MOST_TEXTS = 50
"""Texts kept with one plan: their number depends on the filters, and so on values of variables."""


class Outdated(Exception):
    """Raised when a snapshot does not confirm what a read took for granted."""


class Proof(NamedTuple):
    """What a statement must confirm: in its snapshot `column` has the value `expected`. No rows confirm nothing."""

    column: ColumnElement[Any]
    values: dict[str, Any]
    expected: Any


class Reading(NamedTuple):
    """What a fetch needs: a borrowed connection, the caller, the caller's SQL parameters and the variables.

    With a `proof` every statement has to confirm it. A `witness` notes what is shown of comments.
    """

    connection: AsyncConnection | Snapshot
    actor: Actor
    now: Any
    parameters: dict[str, Any]
    variables: Any
    proof: Proof | None = None
    witness: Witness | None = None

    async def rows(self, plan: Planned, select: Select[Any], **values: Any) -> Sequence[Any]:
        """Return the rows of a statement of a plan.

        Raise a GraphQL error (LIMIT_EXCEEDED) for more than `LARGEST_ANSWER` of them, and Outdated if they do not
        confirm the proof.
        """
        connection = self.connection
        snapshot = await snapshot_of(connection) if isinstance(connection, AsyncConnection) else connection
        statement = _keep_statement(plan, select, self.proof)
        proven = self.proof.values if self.proof else {}
        rows = await snapshot.fetch(statement, {**self.parameters, **values, **proven})
        if self.proof and (not rows or rows[0][-1] != self.proof.expected):
            raise Outdated
        if self.witness is not None:
            self.witness.note(plan, values, gave_rows=bool(rows))
        if len(rows) > statements.LARGEST_ANSWER:
            message = f"A nested list holds more than {statements.LARGEST_ANSWER} items in all: ask for smaller pages."
            raise GraphQLError(message, extensions={"code": "LIMIT_EXCEEDED"})
        return rows


def _keep_statement(plan: Planned, select: Select[Any], proof: Proof | None) -> KeptStatement:
    """Return a statement of a plan with its text, which is written once and kept with the plan."""
    key = (select, proof is not None)
    statement: KeptStatement | None = plan.texts.get(key)
    if statement is None:
        if len(plan.texts) >= MOST_TEXTS:
            plan.texts.clear()
        proven = select.add_columns(proof.column.label("proof")) if proof else select
        judged = plan.shape.judged if isinstance(plan, RowPlan | ConnectionPlan) else frozenset()
        statement = plan.texts[key] = KeptStatement(proven, judged)
    return statement


class _PageRows(NamedTuple):
    """The rows of one page in the order of the list, whether more follow, and how many the list has in all."""

    rows: Sequence[Any]
    more: bool
    total: int


async def fetch_rows(reading: Reading, plan: RowPlan, ids: Sequence[str]) -> dict[str, Any]:
    """Return the rendered rows among `ids` that the caller sees, by id."""
    if not ids:
        return {}
    rows = await reading.rows(plan, statements.select_by_ids(plan), ids=list(ids))
    attached_values = await _fetch_attachments(reading, plan.attachments, rows)
    rendered = plan.render(rows, reading.actor, reading.now, attached_values)
    return {row[plan.id]: value for row, value in zip(rows, rendered, strict=True)}


async def fetch_page(reading: Reading, plan: ConnectionPlan, page: Page) -> dict[str, Any]:
    """Return one rendered page of the rows that the caller sees.

    Raise a GraphQL error (BAD_REQUEST) for a cursor that does not fit the order of the list.
    """
    statement = statements.select_pages(plan, page, nested=False)
    values = _bind_values(page, statement.keys)
    rows = await reading.rows(plan, statement.select, **values) if plan.wants_rows else ()
    total = 0
    if plan.wants_total:
        total = (await reading.rows(plan, statements.count_rows(plan, page, nested=False), **values))[0][0]
    page_rows = _cut_page(rows, total, page)
    attached_values = await _fetch_attachments(reading, plan.attachments, page_rows.rows)
    return _render_page(reading, plan, page, statement.keys, page_rows, attached_values)


async def fetch_nested(reading: Reading, nested: NestedPlan, parents: list[str]) -> dict[str | None, dict[str, Any]]:
    """Return the rendered page of every parent by its id; under None the page of a parent that has no rows."""
    plan = nested.pages
    page = page_of(get_argument_values(nested.field, nested.node, reading.variables), plan.name, plan.read.filters)
    statement = statements.select_pages(plan, page, nested=True)
    values = _bind_values(page, statement.keys) | {"parents": parents}
    rows_by_parent: dict[str | None, list[Any]] = {}
    totals: dict[str | None, int] = {}
    if parents:
        for row in await reading.rows(plan, statement.select, **values) if plan.wants_rows else ():
            rows_by_parent.setdefault(row[statement.parent], []).append(row)
        if plan.wants_total:
            totals = dict(await reading.rows(plan, statements.count_rows(plan, page, nested=True), **values))
    # A parent can have a total and no rows: the cursor lies behind its last item then.
    pages = {
        parent: _cut_page(rows_by_parent.get(parent, ()), totals.get(parent, 0), page)
        for parent in (None, *rows_by_parent, *totals)
    }
    rows = [*chain.from_iterable(each.rows for each in pages.values())]
    attached_values = await _fetch_attachments(reading, plan.attachments, rows)
    return {
        parent: _render_page(reading, plan, page, statement.keys, each, attached_values)
        for parent, each in pages.items()
    }


async def _fetch_attachments(reading: Reading, attachments: Attachments, rows: Sequence[Any]) -> list[dict[Any, Any]]:
    """Return for each attachment its values by the parent's id, one fetch for the parents of all `rows`."""
    attached_values: list[dict[Any, Any]] = []
    for each in attachments:
        ids = (row[each.parent] for row in rows if row[each.parent] is not None)
        is_list = isinstance(each, AnyPlan) and each.is_list
        parents = list(dict.fromkeys(chain.from_iterable(ids) if is_list else ids))
        if isinstance(each, BatchPlan):
            values = await reading.rows(each, each.statement, parents=parents) if parents else ()
            attached_values.append({parent: each.render(value) for parent, value in values})
        elif isinstance(each, AnyPlan):
            rows_by_id: dict[Any, Any] = {}
            for prefix, plan in each.rows.items():
                rows_by_id |= await fetch_rows(reading, plan, [id_ for id_ in parents if prefix_of(id_) == prefix])
            attached_values.append(rows_by_id)
        else:
            attached_values.append(await fetch_nested(reading, each, parents))
    return attached_values


def _bind_values(page: Page, keys: list[Key]) -> dict[str, Any]:
    """Return the SQL parameters of a page: its filters, its limit and its cursor.

    Raise a GraphQL error (BAD_REQUEST) for a cursor that does not fit the keys.
    """
    values = {f"f_{name}": value for name, value in page.filters.items()}
    values["page_limit"] = page.limit + 1  # one more than is shown says whether another page follows
    if page.cursor is not None:
        try:
            for number, (key, value) in enumerate(zip(keys, page.cursor, strict=True)):
                values[f"k{number}"] = read_value(value, key.expression.type)
        except ValueError as error:
            raise bad_input("This cursor cannot be read.") from error
    return values


def _cut_page(rows: Sequence[Any], total: int, page: Page) -> _PageRows:
    """Leave out the row beyond the page, and put the rows of a page that was read backwards in order."""
    page_rows = rows[: page.limit]
    return _PageRows(page_rows[::-1] if page.backwards else page_rows, len(rows) > page.limit, total)


def _render_page(
    reading: Reading,
    plan: ConnectionPlan,
    page: Page,
    keys: list[Key],
    page_rows: _PageRows,
    attached_values: list[dict[Any, Any]],
) -> dict[str, Any]:
    """Return the selected parts of one page by response key."""

    def cursor(row: Any) -> str:
        return encode_cursor(page.fingerprint, [row[key.number] for key in keys])

    response: dict[str, Any] = {}
    for key, name, part in plan.parts:
        if name in ("nodes", "edges"):
            response[key] = part(page_rows.rows, reading.actor, reading.now, attached_values, cursor)
        elif name == "pageInfo":
            response[key] = {inner: _compute_page_info(field, page, page_rows, cursor) for inner, field in part}
        else:
            response[key] = page_rows.total if name == "totalCount" else part
    return response


def _compute_page_info(name: str, page: Page, page_rows: _PageRows, cursor: Any) -> Any:
    """Return the value of one field of `PageInfo`."""
    if name in ("startCursor", "endCursor"):
        return cursor(page_rows.rows[0 if name == "startCursor" else -1]) if page_rows.rows else None
    if name == "__typename":
        return "PageInfo"
    # In the direction of reading the extra row says whether more follow. In the other direction there is an item
    # exactly if a cursor was given, namely the cursor's own, unless that item has gone since.
    onwards = (name == "hasNextPage") != page.backwards
    return page_rows.more if onwards else page.cursor is not None
