"""Fields that count the rows of a noun in groups."""

import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Annotated, Any

import strawberry
from graphql import get_argument_values

from server.schema.reads import statements
from server.schema.reads.executor import Rendered
from server.schema.reads.filters import filters_of
from server.schema.reads.kinds import READ, Groups
from server.schema.reads.matching import Filter
from server.schema.reads.pages import read_filters
from server.schema.reads.plan import GroupPlan
from server.schema.reads.roots import get_plan, open_reading

NO_FILTERS: Mapping[str, Filter] = MappingProxyType({})


@strawberry.type(description="Objects that have one value in common.")
class Group:
    """One group: its value, how many rows it has, and the sum over them."""

    value: str | None = strawberry.field(
        description="What they have in common; null where there is none or it is hidden."
    )
    count: int = strawberry.field(description="Number of them that match the filter and that the caller sees.")
    total: float | None = strawberry.field(description="Sum over them; null where nothing is summed.")


def groups(
    description: str,
    noun: str,
    *,
    by_type: Any,
    by: Mapping[Any, str | Callable[[Callable[[str], Any]], Any]],
    filter_type: Any,
    total: str | None = None,
    standing: Mapping[str, Filter] = NO_FILTERS,
) -> Any:
    """Return a root field that counts the rows of a noun that the caller sees, by one of the columns `by`.

    The columns, or expressions of them, hold text or a member of an enumeration; `total` is the path of a column of
    numbers. `standing` are filters of the list that hold here where a reader gives none.
    """
    read = Groups(noun, by, {**filters_of(filter_type), **standing}, total)

    async def resolve(info: strawberry.Info, **_: Any) -> Any:
        raw = info._raw_info
        object_type: Any = raw.schema.type_map[noun]

        def compile_with(compiler: Any) -> GroupPlan:
            return GroupPlan(read, object_type, compiler.compile_value(raw.return_type, raw.field_nodes))

        plan = get_plan(raw, f"{raw.parent_type.name}.{raw.field_name}", compile_with)
        definition = raw.parent_type.fields[raw.field_name]
        arguments = get_argument_values(definition, raw.field_nodes[0], raw.variable_values)
        values = read_filters(arguments.get("filter") or {}, read.filters)
        statement = statements.count_groups(plan, arguments["by"], values)
        async with open_reading(raw) as reading:
            rows = await reading.rows(plan, statement, **{f"f_{name}": value for name, value in values.items()})
        return Rendered(plan.render(sort_groups(rows)))

    resolve.__signature__ = _build_signature(by_type, filter_type)  # type: ignore[attr-defined]
    return strawberry.field(resolver=resolve, description=description, metadata={READ: read})


def _build_signature(by_type: Any, filter_type: Any) -> inspect.Signature:
    """Return the arguments of a field, which Strawberry reads from the signature of its resolver."""
    keyword = inspect.Parameter.KEYWORD_ONLY
    by: Any = Annotated[by_type, strawberry.argument(description="What the objects of a group have in common.")]
    filter_: Any = Annotated[
        filter_type | None, strawberry.argument(description="Conditions that the objects must meet.")
    ]
    parameters = [
        inspect.Parameter("info", keyword, annotation=strawberry.Info),
        inspect.Parameter("by", keyword, annotation=by),
        inspect.Parameter("filter", keyword, default=strawberry.UNSET, annotation=filter_),
    ]
    return inspect.Signature(parameters, return_annotation=list[Group])


def sort_groups(rows: Any) -> list[Group]:
    """Return groups from rows of (value, count, sum), in the order of their values, that of null at the front."""
    counted = [
        Group(value=value and str(value), count=count, total=None if total is None else float(total))
        for value, count, total in rows
    ]
    return sorted(counted, key=lambda group: (group.value is not None, group.value or ""))
