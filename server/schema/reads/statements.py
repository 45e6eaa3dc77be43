"""The SQL of plans. Each form of a statement is built once and kept with its plan; the values come at execution."""

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
"""Rows that one statement may give: nested pages multiply, and drivers bind some 32 000 parameters."""


class PageStatement(NamedTuple):
    """A statement for pages, the keys of its order, and the number of the column with the parent's id."""

    select: Select[Any]
    keys: list[Key]
    parent: int


def by_ids(plan: RowPlan) -> Select[Any]:
    """The visible rows among the ids in the parameter `ids`."""
    if "ids" not in plan.statements:
        shape = plan.shape
        plan.statements["ids"] = _selecting(shape).where(shape.visible(), shape.root.entity.id.in_(IDS))
    return plan.statements["ids"]  # type: ignore[no-any-return]


def pages(plan: ConnectionPlan, page: Page, *, nested: bool) -> PageStatement:
    """One row more than the page holds, in its order; for nested pages, of every parent in the parameter `parents`."""
    form = (nested, page.backwards, page.cursor is not None, frozenset(page.filters), page.order_by)
    if form not in plan.statements:
        plan.statements[form] = _pages(plan, page, nested=nested)
    return plan.statements[form]  # type: ignore[no-any-return]


def totals(plan: ConnectionPlan, page: Page, *, nested: bool) -> Select[Any]:
    """How many rows match: one number, or (parent, number) for every parent in the parameter `parents`."""
    form = ("total", nested, frozenset(page.filters))
    if form not in plan.statements:
        assert plan.shape.root.type is not None
        shape = Shape.of(plan.shape.root.type)
        conditions = _conditions(shape, plan.read, page)
        if nested:
            parent = _parent(shape, plan.read)
            counted = select(parent, func.count()).where(parent.in_(PARENTS)).group_by(parent)
        else:
            counted = select(func.count())
        plan.statements[form] = shape.joined(counted).where(*conditions)
    return plan.statements[form]  # type: ignore[no-any-return]


def _pages(plan: ConnectionPlan, page: Page, *, nested: bool) -> PageStatement:
    shape, read = plan.shape.extended(), plan.read
    keys = shape.keys(read.order if page.order_by is None else read.orders[page.order_by])
    conditions = _conditions(shape, read, page)
    if page.cursor is not None:
        conditions.append(_beyond(keys, page.backwards))
    ordering = [k.expression.desc() if k.descending != page.backwards else k.expression.asc() for k in keys]
    if nested:
        parent = _parent(shape, read)
        statement = _windowed(shape, parent, ordering, [*conditions, parent.in_(PARENTS)])
    else:
        statement = _selecting(shape).where(*conditions).order_by(*ordering).limit(LIMIT)
    return PageStatement(statement, keys, len(shape.columns))


def _selecting(shape: Shape) -> Select[Any]:
    return shape.joined(select(*(column.label(f"c{n}") for n, column in enumerate(shape.columns))))  # type: ignore[no-any-return]


def _windowed(shape: Shape, parent: Any, ordering: list[Any], conditions: list[Any]) -> Select[Any]:
    place = func.row_number().over(partition_by=parent, order_by=ordering).label("place")
    inner = _selecting(shape).add_columns(parent.label("parent"), place).where(*conditions).subquery()
    kept = select(*list(inner.c)[:-1]).where(inner.c.place <= LIMIT)
    return kept.order_by(inner.c.parent, inner.c.place).limit(LARGEST_ANSWER + 1)


def _parent(shape: Shape, read: ToMany) -> Any:
    assert read.on is not None
    return getattr(shape.root.entity, read.on)


def _conditions(shape: Shape, read: ToMany, page: Page) -> list[ColumnElement[bool]]:
    conditions = [shape.visible()]
    if read.where:
        conditions.append(read.where(shape.column_at))
    for name in sorted(page.filters):
        wanted: Filter = read.filters[name]
        parameter: BindParameter[Any] = bindparam(f"f_{name}", expanding=wanted.many)
        if wanted.condition:
            conditions.append(wanted.condition(shape.column_at, parameter))
        else:
            column = shape.column_at(wanted.path)
            conditions.append(column.in_(parameter) if wanted.many else column == parameter)
    return conditions


def _beyond(keys: list[Key], backwards: bool) -> ColumnElement[bool]:
    """Rows beyond the cursor: later in the first key, or equal there and later in the next, and so on."""
    alternatives = []
    for number, (expression, descending, _) in enumerate(keys):
        value = bindparam(f"k{number}", type_=expression.type)
        equal = [k.expression == bindparam(f"k{n}", type_=k.expression.type) for n, k in enumerate(keys[:number])]
        alternatives.append(and_(*equal, expression < value if descending != backwards else expression > value))
    return or_(*alternatives)
