"""Build the SQL of plans.

Each form of a statement is built once and kept with its plan; the values come at execution. What makes another form is
its key: the direction, whether there is a cursor, which filters are given and the order.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    null,
    or_,
    select,
)

from server.schema.reads.kinds import ToMany
from server.schema.reads.matching import Filter, compare_with
from server.schema.reads.pages import ALTERNATIVE, LARGEST_PAGE, Page
from server.schema.reads.plan import ConnectionPlan, GroupPlan, RowPlan
from server.schema.reads.shape import Key, Shape

LIMIT = bindparam("page_limit", type_=Integer)
PARENTS: BindParameter[Any] = bindparam("parents", expanding=True)
IDS: BindParameter[Any] = bindparam("ids", expanding=True)
MOST_ROWS: ColumnElement[int] = literal_column(str(LARGEST_PAGE + 1), Integer)
"""Rows of the largest page, with the one that says whether another follows."""
MOST_FORMS = 50
LARGEST_ANSWER = 20_000
"""Rows that one statement may return: nested pages multiply, and drivers bind some 32,000 parameters."""
MOST_NESTED: ColumnElement[int] = literal_column(str(LARGEST_ANSWER + 1), Integer)


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
    form = (nested, page.backwards, page.cursor is not None, _form_of(page.filters), page.order_by)
    if form not in plan.statements:
        _keep(plan, form, _build_nested(plan, page) if nested else _build_list(plan, page))
    return plan.statements[form]  # type: ignore[no-any-return]


def count_rows(plan: ConnectionPlan, page: Page, *, nested: bool) -> Select[Any]:
    """Count the rows that match: one number, or if `nested` (parent, number) for each parent in `parents`."""
    form = ("total", nested, _form_of(page.filters))
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
        _keep(plan, form, shape.add_joins(counted.select_from(shape.root.entity)).where(*conditions))
    return plan.statements[form]  # type: ignore[no-any-return]


def count_groups(plan: GroupPlan, by: Any, filters: Mapping[str, Any]) -> Select[Any]:
    """Select (value, number of rows, sum) of each group of the rows that match the filters."""
    form = (by, _form_of(filters))
    if form not in plan.statements:
        shape, read = Shape.of(plan.type), plan.read
        path = read.by[by]
        value = shape.column_at(path) if isinstance(path, str) else path(shape.column_at)
        total = func.sum(shape.column_at(read.total)) if read.total else null()
        conditions = [shape.visible(), *_build_filters(shape, read.filters, filters)]
        counted = select(value, func.count(), total).select_from(shape.root.entity)
        _keep(plan, form, shape.add_joins(counted).where(*conditions).group_by(value))
    return plan.statements[form]  # type: ignore[no-any-return]


def _keep(plan: ConnectionPlan | GroupPlan, form: Any, statement: Any) -> None:
    """Keep a statement with its plan. Forms depend on the filters, and so on values of variables: not all are kept."""
    if len(plan.statements) >= MOST_FORMS:
        plan.statements.clear()
    plan.statements[form] = statement


def _build_list(plan: ConnectionPlan, page: Page) -> PageStatement:
    """Build the statement for a page of a whole list: the keys of its rows first, then these rows with all joins.

    So the order and the filters are looked through without what is only shown.
    """
    assert plan.shape.root.type is not None
    listed = Shape.of(plan.shape.root.type)
    id_ = listed.number("id")
    keys, conditions = _build_keys(listed, plan.read, page)
    # The constant is for the planner of PostgreSQL: it takes a limit that it does not know for a tenth of the list.
    # An index of the root gives the order only if the statement begins there.
    begins_at_root = "." not in plan.read.paths(page.order_by)[0]
    candidates = listed.add_joins(_name_columns(listed).select_from(listed.root.entity), outer=begins_at_root)
    candidates = candidates.where(*conditions).order_by(*_build_order(keys, page)).limit(MOST_ROWS)
    rows = select(candidates.subquery("candidates")).limit(LIMIT).subquery("page_keys")
    shape = plan.shape.copy()
    page_keys = [key._replace(expression=rows.c[key.number], number=shape.add(rows.c[key.number])) for key in keys]
    root = shape.root.entity
    statement = shape.add_joins(_name_columns(shape).select_from(rows).join(root, root.id == rows.c[id_]))
    return PageStatement(statement.order_by(*_build_order(page_keys, page)), page_keys, len(shape.columns))


def _build_nested(plan: ConnectionPlan, page: Page) -> PageStatement:
    """Build the statement for the first rows of each parent, found by numbering its rows in their order.

    A window, because LIMIT counts all rows together; a lateral join would need PostgreSQL, and SQLite has none.
    """
    shape = plan.shape.copy()
    keys, conditions = _build_keys(shape, plan.read, page)
    parent = _parent_column(shape, plan.read)
    place = func.row_number().over(partition_by=parent, order_by=_build_order(keys, page)).label("place")
    numbered = _select_columns(shape).add_columns(parent.label("parent"), place)
    inner = numbered.where(*conditions, parent.in_(PARENTS)).subquery()
    rows = select(*list(inner.c)[:-1]).where(inner.c.place <= LIMIT)
    statement = rows.order_by(inner.c.parent, inner.c.place).limit(MOST_NESTED)
    return PageStatement(statement, keys, len(shape.columns))


def _build_keys(shape: Shape, read: ToMany, page: Page) -> tuple[list[Key], list[ColumnElement[bool]]]:
    """Return the keys of the order of a page, and the conditions for its rows: those of the list, and the cursor's."""
    keys = shape.keys(read.paths(page.order_by))
    conditions = _build_conditions(shape, read, page)
    if page.cursor is not None:
        conditions.append(_build_keyset(keys, page.backwards))
    return keys, conditions


def _build_order(keys: list[Key], page: Page) -> list[ColumnElement[Any]]:
    return [k.expression.desc() if k.descending != page.backwards else k.expression.asc() for k in keys]


def _select_columns(shape: Shape) -> Select[Any]:
    return shape.add_joins(_name_columns(shape).select_from(shape.root.entity))  # type: ignore[no-any-return]


def _name_columns(shape: Shape) -> Select[Any]:
    """Select the columns of a shape under the names c0, c1 and so on, from nowhere yet."""
    return select(*(column.label(f"c{number}") for number, column in enumerate(shape.columns)))


def _parent_column(shape: Shape, read: ToMany) -> Any:
    if read.through:
        return shape.link(read.through)
    assert read.on is not None
    return shape.column_at(read.on)


def _build_conditions(shape: Shape, read: ToMany, page: Page) -> list[ColumnElement[bool]]:
    """Return the conditions of a list: its visibility predicate, its own condition and the filters of the page."""
    conditions = [shape.visible()]
    if read.where:
        conditions.append(read.where(shape.column_at))
    return [*conditions, *_build_filters(shape, read.filters, page.filters)]


def _build_filters(
    shape: Shape, declared: Mapping[str, Filter], filters: Mapping[str, Any]
) -> list[ColumnElement[bool]]:
    """Return the conditions of filters: each of those outside of `or`, and one alternative in it."""
    alternatives: dict[str, list[ColumnElement[bool]]] = {"": []}
    for name in sorted(filters):
        alternative, _, own_name = name.rpartition(ALTERNATIVE)
        alternatives.setdefault(alternative, []).append(_build_filter(shape, declared[own_name], name, filters[name]))
    conditions = alternatives.pop("")
    return [*conditions, or_(*(and_(*each) for each in alternatives.values()))] if alternatives else conditions


def _build_filter(shape: Shape, filter_: Filter, name: str, value: Any) -> ColumnElement[bool]:
    """Return the condition of one filter, with its value in the parameter `f_` and its name."""
    matches = compare_with(filter_.match, f"f_{name}", value)
    if filter_.condition:
        return filter_.condition(shape.column_at, matches)
    return matches(shape.column_at(filter_.path))


def _form_of(filters: Mapping[str, Any]) -> frozenset[tuple[str, bool]]:
    """Return what the SQL of filters depends on: their names, and whether the value is a list."""
    return frozenset((name, isinstance(value, list)) for name, value in filters.items())


def _build_keyset(keys: list[Key], backwards: bool) -> ColumnElement[bool]:
    """Return the condition for rows beyond the cursor: later in the first key, or equal there and later in the next.

    Written out, because a comparison of rows, (a, b) > (x, y), cannot have some keys ascending and others descending.
    """
    alternatives = []
    for number, (expression, descending, _) in enumerate(keys):
        value = bindparam(f"k{number}", type_=expression.type)
        equal = [k.expression == bindparam(f"k{n}", type_=k.expression.type) for n, k in enumerate(keys[:number])]
        alternatives.append(and_(*equal, expression < value if descending != backwards else expression > value))
    # Implied by the alternatives, and the only part that bounds the range of an index.
    first, descending, _ = keys[0]
    value = bindparam("k0", type_=first.type)
    return and_(first <= value if descending != backwards else first >= value, or_(*alternatives))
