"""Compute what an operation costs, from its text alone: before it is compiled and before anything is read.

The cost is about the number of values that the answer holds:

- every selected field costs 1 for each row in which it stands; the root is one row;
- `__typename` costs nothing unless it has an alias: clients with a cache add it everywhere, and it is a constant;
- a field that is a page (it has the argument `first`) multiplies the rows below it by its `first` or `last`: by the
  number written in the document, by LARGEST_PAGE if a variable says it, by USUAL_PAGE if neither is there;
- a page within a page multiplies them by NESTED_ROWS at most, because most of such pages are far from full;
- any other list counts as one row, and what stands inside `__schema` or `__type` as nothing: it has limits of its own;
- a fragment costs in each place where it is spread.

Each fragment is priced once, so the time is linear in the length of the document.
"""

from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)

from server.transport.limits import SATURATED, in_order, is_plain_typename

LARGEST_PAGE = 100
USUAL_PAGE = 50
NESTED_ROWS = 3


class Price(NamedTuple):
    """What a selection costs for one row: outside of every page, and within a page."""

    outside: int
    within: int


def cost_of(schema: GraphQLSchema, document: DocumentNode) -> int:
    """Return the cost of the dearest operation of a document, at most SATURATED.

    The document need not be valid: what the schema does not know costs 1, and below it nothing is counted.
    """
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    prices: dict[str, Price] = {}
    for name in in_order({name: _spreads_in(node.selection_set) for name, node in fragments.items()}):
        condition = schema.type_map.get(fragments[name].type_condition.name.value)
        prices[name] = _price(schema, fragments[name].selection_set, condition, prices)
    operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
    return max(
        (
            _price(schema, each.selection_set, schema.get_root_type(each.operation), prices).outside
            for each in operations
        ),
        default=0,
    )


def _price(
    schema: GraphQLSchema, selections: SelectionSetNode, parent: GraphQLNamedType | None, prices: dict[str, Price]
) -> Price:
    """Return the price of a selection on the type `parent`; `prices` has those of the fragments."""
    outside = within = 0
    # each place with the rows in which it stands, outside and within a page
    waiting = [(selections, parent, 1, 1, False)]
    while waiting:
        place, of, rows, nested_rows, is_paged = waiting.pop()
        for node in place.selections:
            if isinstance(node, FieldNode):
                if is_plain_typename(node):
                    continue
                outside += rows
                within += nested_rows
                field = getattr(of, "fields", {}).get(node.name.value)
                if field is not None and node.selection_set:
                    size = _size_of_page(field, node)
                    nested = min(size, NESTED_ROWS)
                    below = get_named_type(field.type)
                    factor = nested if is_paged else size
                    is_page = is_paged or "first" in field.args
                    waiting.append((node.selection_set, below, rows * factor, nested_rows * nested, is_page))
            elif isinstance(node, FragmentSpreadNode):
                price = prices.get(node.name.value, Price(0, 0))
                outside += rows * (price.within if is_paged else price.outside)
                within += nested_rows * price.within
            elif isinstance(node, InlineFragmentNode):
                condition = node.type_condition
                inner = schema.type_map.get(condition.name.value) if condition else of
                waiting.append((node.selection_set, inner, rows, nested_rows, is_paged))
    return Price(min(SATURATED, outside), min(SATURATED, within))


def _size_of_page(field: GraphQLField, node: FieldNode) -> int:
    """Return the rows of a field: those of its page, 1 if it is no page."""
    if "first" not in field.args:
        return 1
    for argument in node.arguments or ():
        if argument.name.value in ("first", "last"):
            value = argument.value
            is_number = isinstance(value, IntValueNode) and len(value.value) <= len(str(LARGEST_PAGE))
            return min(LARGEST_PAGE, max(1, int(value.value))) if is_number else LARGEST_PAGE  # type: ignore[attr-defined]
    return USUAL_PAGE


def _spreads_in(selections: SelectionSetNode) -> set[str]:
    """Return the names of the fragments that a selection spreads, at any depth."""
    names = set()
    waiting = [selections]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                names.add(node.name.value)
            elif isinstance(node, FieldNode | InlineFragmentNode) and node.selection_set:
                waiting.append(node.selection_set)
    return names
