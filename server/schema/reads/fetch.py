"""Runs plans: builds each statement once, executes it with the caller's parameters, renders the rows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from graphql import get_argument_values
from sqlalchemy import ColumnElement, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from server.access.actor import Actor
from server.schema.reads.kinds import Batch, Filter
from server.schema.reads.pages import Page, encoded, page_of
from server.schema.reads.plan import Attachment, ConnectionPlan, RowPlan, Shape

LIMIT = bindparam("page_limit", type_=Integer)


class Reading(NamedTuple):
    """What a fetch needs: the borrowed connection, who asks, the SQL parameters of that, and the variables."""

    connection: AsyncConnection
    actor: Actor
    now: Any
    parameters: dict[str, Any]
    variables: Any


async def fetch_rows(reading: Reading, plan: RowPlan, ids: Sequence[str]) -> dict[str, Any]:
    """The rendered rows among `ids` that the caller may see, by id."""
    shape = plan.shape
    if "ids" not in shape.statements:
        number = shape.number(shape.entity.id)
        wanted = shape.entity.id.in_(bindparam("ids", expanding=True))
        shape.statements["ids"] = number, _select(shape).where(shape.noun.visible(shape.entity), wanted)
    number, statement = shape.statements["ids"]
    rows = (await reading.connection.execute(statement, {**reading.parameters, "ids": list(ids)})).all()
    attached = await _attached(reading, shape, rows)
    rendered = plan.render(rows, reading.actor, reading.now, attached)
    return {row[number]: value for row, value in zip(rows, rendered, strict=True)}


async def fetch_page(reading: Reading, plan: ConnectionPlan, page: Page) -> dict[str, Any]:
    """One rendered page of everything that the caller may see."""
    pages = await _pages(reading, plan, page, parents=None)
    return pages[None]


async def _attached(reading: Reading, shape: Shape, rows: Sequence[Any]) -> list[dict[Any, Any]]:
    return [await _attach(reading, attachment, rows) for attachment in shape.attachments]


async def _attach(reading: Reading, attachment: Attachment, rows: Sequence[Any]) -> dict[Any, Any]:
    parents = list({row[attachment.parent]: None for row in rows if row[attachment.parent] is not None})
    if isinstance(attachment.read, Batch):
        statement = attachment.read.query()
        found = await reading.connection.execute(statement, {**reading.parameters, "parents": parents})
        return {parent: attachment.render(value) for parent, value in found}  # type: ignore[misc]
    arguments = get_argument_values(attachment.field_definition, attachment.node, reading.variables)  # type: ignore[arg-type]
    return await _pages(reading, attachment.plan, page_of(arguments), parents=parents)  # type: ignore[arg-type, return-value]


async def _pages(
    reading: Reading, plan: ConnectionPlan, page: Page, *, parents: list[str] | None
) -> dict[str | None, dict[str, Any]]:
    shape = plan.shape
    cursor_columns, width, statement = _page_statement(plan, page, nested=parents is not None)
    values = {f"f_{name}": value for name, value in page.filters.items()}
    values |= {f"k{number}": value for number, value in enumerate(page.cursor or ())}
    values |= {"page_limit": page.limit + 1, "parents": parents or []}
    parameters = {**reading.parameters, **values}
    found = (await reading.connection.execute(statement, parameters)).all()
    grouped: dict[str | None, list[Any]] = {None: []} if parents is None else {}
    for row in found:
        grouped.setdefault(None if parents is None else row[width], []).append(row)
    totals = await _totals(reading, plan, page, parameters, nested=parents is not None) if plan.wants_total else {}
    kept = {parent: rows[: page.limit][:: -1 if page.backwards else 1] for parent, rows in grouped.items()}
    attached = await _attached(reading, shape, [row for rows in kept.values() for row in rows])

    def rendered(parent: str | None) -> dict[str, Any]:
        more = len(grouped.get(parent, ())) > page.limit
        total = totals.get(parent, 0)
        return _render_page(reading, plan, page, kept.get(parent, []), more, total, attached, cursor_columns)

    return {parent: rendered(parent) for parent in {None, *grouped}}


def _render_page(
    reading: Reading,
    plan: ConnectionPlan,
    page: Page,
    rows: list[Any],
    more: bool,
    total: int,
    attached: Any,
    cursor_columns: list[int],
) -> dict[str, Any]:
    def cursor(row: Any) -> str:
        return encoded(page.fingerprint, [row[number] for number in cursor_columns])

    began = page.cursor is not None
    result: dict[str, Any] = {}
    for key, name, part in plan.parts:
        if name in ("nodes", "edges"):
            result[key] = part(rows, reading.actor, reading.now, attached, cursor)
        elif name == "pageInfo":
            facts = {
                "__typename": "PageInfo",
                "hasNextPage": began if page.backwards else more,
                "hasPreviousPage": more if page.backwards else began,
                "startCursor": cursor(rows[0]) if rows else None,
                "endCursor": cursor(rows[-1]) if rows else None,
            }
            result[key] = {inner: facts[field] for inner, field in part}
        else:
            result[key] = total if name == "totalCount" else part
    return result


def _page_statement(plan: ConnectionPlan, page: Page, *, nested: bool) -> tuple[list[int], int, Select[Any]]:
    """(numbers of the columns a cursor is made of, number of the parent's column, statement), built once per form."""
    shape, read = plan.shape, plan.read
    form = ("page", nested, page.backwards, page.cursor is not None, frozenset(page.filters), page.order_by)
    if form not in shape.statements:
        order = shape.order_of(read.orders[page.order_by] if page.order_by else read.order)
        cursor_columns = [shape.number(expression) for expression, _ in order]
        conditions = _conditions(plan, page)
        if page.cursor is not None:
            if len(page.cursor) != len(order):
                raise ValueError("a cursor of another order")
            conditions.append(_beyond(order, page.backwards))
        ordering = [e.desc() if descending != page.backwards else e.asc() for e, descending in order]
        if nested:
            parent = getattr(shape.entity, read.on or "")
            conditions.append(parent.in_(bindparam("parents", expanding=True)))
            statement = _windowed(shape, parent, ordering, conditions)
        else:
            statement = _select(shape).where(*conditions).order_by(*ordering).limit(LIMIT)
        shape.statements[form] = cursor_columns, len(shape.columns), statement
    return shape.statements[form]  # type: ignore[no-any-return]


def _select(shape: Shape) -> Select[Any]:
    return shape.joined(select(*(column.label(f"c{n}") for n, column in enumerate(shape.columns))))  # type: ignore[no-any-return]


def _windowed(shape: Shape, parent: Any, ordering: list[Any], conditions: list[Any]) -> Select[Any]:
    place = func.row_number().over(partition_by=parent, order_by=ordering).label("place")
    inner = _select(shape).add_columns(parent.label("parent"), place).where(*conditions).subquery()
    kept = list(inner.c)[:-1]
    return select(*kept).where(inner.c.place <= LIMIT).order_by(inner.c.parent, inner.c.place)


def _conditions(plan: ConnectionPlan, page: Page) -> list[ColumnElement[bool]]:
    shape = plan.shape
    conditions = [shape.noun.visible(shape.entity)]
    if plan.read.where:
        conditions.append(plan.read.where(shape.column_at))
    for name in page.filters:
        wanted: Filter = plan.read.filters[name]
        parameter = bindparam(f"f_{name}", expanding=wanted.many)
        if wanted.condition:
            conditions.append(wanted.condition(shape.column_at, parameter))
        else:
            column = shape.column_at(wanted.path)
            conditions.append(column.in_(parameter) if wanted.many else column == parameter)
    return conditions


def _beyond(order: list[tuple[ColumnElement[Any], bool]], backwards: bool) -> ColumnElement[bool]:
    """Rows beyond the cursor: later in the first key, or equal there and later in the next, and so on."""
    alternatives = []
    for number, (expression, descending) in enumerate(order):
        equal = [e == bindparam(f"k{n}", type_=e.type) for n, (e, _) in enumerate(order[:number])]
        value = bindparam(f"k{number}", type_=expression.type)
        alternatives.append(and_(*equal, expression < value if descending != backwards else expression > value))
    return or_(*alternatives)


async def _totals(
    reading: Reading, plan: ConnectionPlan, page: Page, parameters: dict[str, Any], *, nested: bool
) -> dict[str | None, int]:
    shape = plan.shape
    form = ("total", nested, frozenset(page.filters))
    if form not in shape.statements:
        conditions = _conditions(plan, page)
        if nested:
            parent = getattr(shape.entity, plan.read.on or "")
            counted = select(parent, func.count()).group_by(parent)
            statement = shape.joined(counted).where(parent.in_(bindparam("parents", expanding=True)), *conditions)
        else:
            statement = shape.joined(select(func.count())).where(*conditions)
        shape.statements[form] = statement
    found = await reading.connection.execute(shape.statements[form], parameters)
    return {parent: count for parent, count in found} if nested else {None: found.scalar_one()}
