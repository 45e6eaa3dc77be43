"""Build the SQL of plans.

Each form of a statement is built once and kept with its plan; the values come at execution. What makes another form is
its key: the direction, whether there is a cursor, which filters are given and the order.
"""

from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, and_, bindparam, func, or_, select

from server.schema.reads.kinds import Filter, ToMany
from server.schema.reads.pages import Page
from server.schema.reads.plan import ConnectionPlan, RowPlan
from server.schema.reads.shape import Key, Shape

LIMIT = bindparam("page_limit", type_=Integer)
PARENTS: BindParameter[Any] = bindparam("parents", expanding=True)
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
LARGEST_ANSWER = 20_000
"""Rows that one statement may return: nested pages multiply, and drivers bind some 32,000 parameters."""


class PageStatement(NamedTuple):
    """A statement for pages, the keys of its order, and the number of the column with the parent's id."""

    select: Select[Any]
    keys: list[Key]
    parent: int


def select_by_ids(plan: RowPlan) -> Select[Any]:
    """Select the visible rows among the ids in the parameter `ids`."""
    if "ids" not in plan.statements:
        shape = plan.shape
        plan.statements["ids"] = _select_columns(shape).where(shape.visible(), shape.root.entity.id.in_(IDS))
    return plan.statements["ids"]  # type: ignore[no-any-return]


def select_pages(plan: ConnectionPlan, page: Page, *, nested: bool) -> PageStatement:
    """Select the rows of a page in its order, and one row more, which says whether another page follows.

    For `nested` pages these rows of every parent in the parameter `parents`.
    """
    form = (nested, page.backwards, page.cursor is not None, frozenset(page.filters), page.order_by)
    if form not in plan.statements:
        plan.statements[form] = _build_pages(plan, page, nested=nested)
    return plan.statements[form]  # type: ignore[no-any-return]


def count_rows(plan: ConnectionPlan, page: Page, *, nested: bool) -> Select[Any]:
    """Count the rows that match: one number, or if `nested` (parent, number) for each parent in `parents`."""
    form = ("total", nested, frozenset(page.filters))
    if form not in plan.statements:
        assert plan.shape.root.type is not None
        # A shape of its own: the joins of the selection have no part in the count.
        shape = Shape.of(plan.shape.root.type)
        conditions = _build_conditions(shape, plan.read, page)
        if nested:
            parent = _parent_column(shape, plan.read)
            counted = select(parent, func.count()).where(parent.in_(PARENTS)).group_by(parent)
        else:
            counted = select(func.count())
        plan.statements[form] = shape.add_joins(counted).where(*conditions)
    return plan.statements[form]  # type: ignore[no-any-return]


def _build_pages(plan: ConnectionPlan, page: Page, *, nested: bool) -> PageStatement:
    shape, read = plan.shape.copy(), plan.read
    keys = shape.keys(read.order if page.order_by is None else read.orders[page.order_by])
    conditions = _build_conditions(shape, read, page)
    if page.cursor is not None:
        conditions.append(_build_keyset(keys, page.backwards))
    ordering = [k.expression.desc() if k.descending != page.backwards else k.expression.asc() for k in keys]
    if nested:
        parent = _parent_column(shape, read)
        statement = _build_window(shape, parent, ordering, [*conditions, parent.in_(PARENTS)])
    else:
        statement = _select_columns(shape).where(*conditions).order_by(*ordering).limit(LIMIT)
    return PageStatement(statement, keys, len(shape.columns))


def _select_columns(shape: Shape) -> Select[Any]:
    return shape.add_joins(select(*(column.label(f"c{n}") for n, column in enumerate(shape.columns))))  # type: ignore[no-any-return]


def _build_window(shape: Shape, parent: Any, ordering: list[Any], conditions: list[Any]) -> Select[Any]:
    """Return a statement for the first rows of each parent, found by numbering its rows in their order.

    A window, because LIMIT counts all rows together; a lateral join would need PostgreSQL, and SQLite has none.
    """
    place = func.row_number().over(partition_by=parent, order_by=ordering).label("place")
    inner = _select_columns(shape).add_columns(parent.label("parent"), place).where(*conditions).subquery()
    page_rows = select(*list(inner.c)[:-1]).where(inner.c.place <= LIMIT)
    return page_rows.order_by(inner.c.parent, inner.c.place).limit(LARGEST_ANSWER + 1)


def _parent_column(shape: Shape, read: ToMany) -> Any:
    assert read.on is not None
    return shape.column_at(read.on)


def _build_conditions(shape: Shape, read: ToMany, page: Page) -> list[ColumnElement[bool]]:
    """Return the conditions of a list: its visibility predicate, its own condition and the filters of the page."""
    conditions = [shape.visible()]
    if read.where:
        conditions.append(read.where(shape.column_at))
    for name in sorted(page.filters):
        filter_: Filter = read.filters[name]
        parameter: BindParameter[Any] = bindparam(f"f_{name}", expanding=filter_.many)
        if filter_.condition:
            conditions.append(filter_.condition(shape.column_at, parameter))
        else:
            column = shape.column_at(filter_.path)
            conditions.append(column.in_(parameter) if filter_.many else column == parameter)
    return conditions


def _build_keyset(keys: list[Key], backwards: bool) -> ColumnElement[bool]:
    """Return the condition for rows beyond the cursor: later in the first key, or equal there and later in the next.

    Written out, because a comparison of rows, (a, b) > (x, y), cannot have some keys ascending and others descending.
    """
    alternatives = []
    for number, (expression, descending, _) in enumerate(keys):
        value = bindparam(f"k{number}", type_=expression.type)
        equal = [k.expression == bindparam(f"k{n}", type_=k.expression.type) for n, k in enumerate(keys[:number])]
        alternatives.append(and_(*equal, expression < value if descending != backwards else expression > value))
    return or_(*alternatives)
