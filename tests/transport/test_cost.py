"""The cost of an operation, as it is documented, and what it lets pass."""

import pytest
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, get_named_type, parse
from hypothesis import given
from hypothesis import strategies as st

from server.schema.root import schema
from server.transport.cost import LARGEST_PAGE, NESTED_ROWS, USUAL_PAGE, cost_of
from server.transport.documents import DocumentCache
from server.transport.limits import SATURATED, Limits, measure
from tests.factories.api import OPERATIONS
from tests.transport.hostile import aliases_of_comments

SCHEMA = schema._schema


def cost(source: str) -> int:
    return cost_of(SCHEMA, parse(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{ answeredAt }", 1),
        ("{ viewer { name } }", 1 + 1),
        ("{ comments(first: 10) { totalCount nodes { id number } } }", 1 + 10 * 2 + 10 * 2),
        ("{ comments(last: 10) { nodes { id } } }", 1 + 10 + 10),
        ("{ comments { nodes { id } } }", 1 + 2 * USUAL_PAGE),
        ("query ($n: Int) { comments(first: $n) { nodes { id } } }", 1 + 2 * LARGEST_PAGE),
        ("{ comments(first: 99999999999) { nodes { id } } }", 1 + 2 * LARGEST_PAGE),
        ("{ comments(first: 0) { nodes { id } } }", 1 + 2),
        ("{ comments(first: 10) { nodes { party { name } } } }", 1 + 10 * 3),
        ("{ workPlan(id: 1) { items(first: 10) { nodes { id } } } }", 1 + 1 + 10 * 2),
        (
            "{ workPlans(first: 5) { nodes { items(first: 100) { nodes { id } } } } }",
            1 + 5 * 2 + 5 * NESTED_ROWS * 2,
        ),
        ("{ workPlans(first: 5) { nodes { items(first: 1) { nodes { id } } } } }", 1 + 5 * 2 + 5 * 2),
        (
            "{ comments(first: 10) { ...F } } fragment F on CommentConnection { nodes { ... { id } ...G } } "
            "fragment G on Comment { number party { ... on Party { name } } }",
            1 + 10 * (1 + 1 + 1 + 1 + 1),
        ),
        ("{ answeredAt } query B { comments(first: 3) { totalCount } }", 1 + 3),
        ("{ unknown(first: 100) { a { b } } answeredAt }", 2),
        ("{ ...F } fragment F on Query { answeredAt ...F ...Nowhere }", 1),
        ("fragment F on Query { answeredAt }", 0),
        ("{ __schema { types { name fields { name } } } }", 1),
    ],
)
def test_cost_is_the_number_of_values_in_full_pages(source: str, expected: int) -> None:
    assert cost(source) == expected


def test_cost_of_exponential_fragments_saturates_in_linear_time() -> None:
    levels = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(300))

    assert cost("{ ...F0 } " + levels + "fragment F300 on Query { answeredAt }") == SATURATED


def written_out(source: str) -> int:
    """Compute the cost by writing every fragment out, which takes exponential time."""
    document = parse(source)
    fragments = {n.name.value: n for n in document.definitions if isinstance(n, FragmentDefinitionNode)}

    def walk(selection_set, of, rows, is_paged):
        total = 0
        for node in selection_set.selections:
            if isinstance(node, FragmentSpreadNode):
                total += walk(fragments[node.name.value].selection_set, of, rows, is_paged)
            elif isinstance(node, FieldNode):
                total += rows
                if node.selection_set:
                    field = of.fields[node.name.value]
                    size = int(node.arguments[0].value.value) if node.arguments else 1
                    factor = min(size, NESTED_ROWS) if is_paged else size
                    inside = is_paged or "first" in field.args
                    total += walk(node.selection_set, get_named_type(field.type), rows * factor, inside)
        return total

    (operation,) = (n for n in document.definitions if not isinstance(n, FragmentDefinitionNode))
    return walk(operation.selection_set, SCHEMA.query_type, 1, False)


@given(
    sizes=st.lists(st.integers(1, LARGEST_PAGE), min_size=3, max_size=3),
    spreads=st.lists(st.sampled_from(["id", "...A", "...B", "parentId"]), min_size=1, max_size=4),
)
def test_cost_agrees_with_writing_every_fragment_out(sizes: list[int], spreads: list[str]) -> None:
    first, second, third = sizes
    source = (
        f"{{ workPlans(first: {first}) {{ nodes {{ ...A items(first: {second}) {{ nodes {{ id }} }} }} }} "
        f"workPlan {{ ...A ...A }} }} fragment A on WorkPlan {{ id items(first: {third}) {{ totalCount }} "
        f"{' '.join(each for each in spreads if each != '...A')} }} fragment B on WorkPlan {{ id id }}"
    )

    assert cost(source) == written_out(source)


def test_every_published_operation_costs_at_most_half_of_what_is_allowed() -> None:
    costs = {operation.name: cost(operation.body) for operation in OPERATIONS}

    assert {name: each for name, each in costs.items() if each > Limits().cost / 2} == {}
    assert max(costs.values()) == 19_618, "say it in `Limits`"


def test_every_published_operation_keeps_the_limits_of_its_size() -> None:
    breaches = {
        operation.name: [Limits().breach(each) for each in measure(parse(operation.body))] for operation in OPERATIONS
    }

    assert {name: found for name, found in breaches.items() if any(found)} == {}


def test_document_of_many_large_lists_is_refused_with_its_cost_before_it_is_validated() -> None:
    prepared = DocumentCache(SCHEMA, Limits()).prepare(aliases_of_comments(1, first=100))

    (error,) = prepared.errors
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "cost": 126_030, "limit": Limits().cost}
    assert error["message"] == (
        f"The operation costs 126030; {Limits().cost} is allowed. Ask for smaller pages or for fewer fields."
    )
