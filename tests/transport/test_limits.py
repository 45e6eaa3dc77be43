"""Measuring documents: right against a naive expansion, and linear where that expansion is exponential."""

import sys
from functools import cache

import pytest
from graphql import FieldNode, FragmentDefinitionNode, FragmentSpreadNode, get_introspection_query, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from server.transport.limits import SATURATED, Limits, Measure, measure, most_copies

NAMES = ("a", "b", "__schema", "__type", "__typename")
FRAGMENTS = ("F0", "F1", "F2", "F3")


def exponential(levels: int) -> str:
    """Write a document in which each fragment spreads the next one twice."""
    chain = "".join(f"fragment F{n} on Q {{ ...F{n + 1} ...F{n + 1} }} " for n in range(levels))
    return f"{{ ...F0 }} {chain} fragment F{levels} on Q {{ x: a }}"


def naive(source: str) -> tuple[int, int, int, int]:
    """Expand every fragment in place and count: depth, introspection depth, aliases, fields."""
    document = parse(source)
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    found: list[tuple[int, bool, bool]] = []

    def walk(selection_set, depth, introspecting):
        for node in selection_set.selections:
            if isinstance(node, FieldNode):
                is_constant = node.name.value == "__typename" and node.alias is None
                found.append((depth + 1, introspecting, node.alias is not None, is_constant))
                if node.selection_set:
                    walk(node.selection_set, depth + 1, introspecting or node.name.value in {"__schema", "__type"})
            elif isinstance(node, FragmentSpreadNode):
                walk(fragments[node.name.value].selection_set, depth, introspecting)
            else:
                walk(node.selection_set, depth, introspecting)

    walk(document.definitions[0].selection_set, 0, False)
    return (
        max((depth for depth, introspecting, _, _ in found if not introspecting), default=0),
        max((depth for depth, introspecting, _, _ in found if introspecting), default=0),
        sum(aliased for _, _, aliased, _ in found),
        sum(not is_constant for *_, is_constant in found),
    )


@cache
def selections(spreadable: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw a selection set that spreads only the given fragments."""
    field = st.builds(lambda alias, name: alias + name, st.sampled_from(("", "x: ")), st.sampled_from(NAMES))
    spread = st.sampled_from(spreadable).map("...{}".format) if spreadable else st.nothing()

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        block = st.lists(inner, min_size=1, max_size=3).map(lambda parts: "{ " + " ".join(parts) + " }")
        return st.one_of(st.builds(lambda head, rest: f"{head} {rest}", field, block), block.map("... on T {}".format))

    leaf = st.one_of(field, spread)
    return st.lists(st.recursive(leaf, nested, max_leaves=6), min_size=1, max_size=4).map(
        lambda parts: "{ " + " ".join(parts) + " }"
    )


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Draw an operation and fragments that spread only later ones, printed in any order."""
    fragments = [f"fragment {name} on T {draw(selections(FRAGMENTS[n + 1 :]))}" for n, name in enumerate(FRAGMENTS)]
    return " ".join([draw(selections(FRAGMENTS)), *draw(st.permutations(fragments))])


@settings(max_examples=60, deadline=None)
@given(documents())
def test_measure_agrees_with_writing_every_fragment_out(source):
    (measured,) = measure(parse(source))

    assert measured[1:] == naive(source)


@settings(max_examples=60, deadline=None)
@given(st.lists(selections(FRAGMENTS), min_size=4, max_size=4))
def test_measure_of_any_fragments_cyclic_or_not_comes_to_an_end(bodies):
    fragments = (f"fragment {name} on T {body}" for name, body in zip(FRAGMENTS, bodies, strict=True))

    (measured,) = measure(parse("{ ...F0 ...F1 ...F2 ...F3 } " + " ".join(fragments)))

    assert all(0 <= count <= SATURATED for count in measured[1:])


def test_measure_of_fragments_that_spread_themselves_counts_each_body():
    document = parse("{ a ...F } fragment F on Q { b { ...G } } fragment G on Q { c ...F ...Unknown }")

    assert measure(document) == (Measure(None, depth=2, introspection_depth=0, aliases=0, fields=3),)


def test_measure_of_several_operations_is_one_each_by_name():
    document = parse("query One { a } mutation Two { x: a { b } } subscription { c }")

    assert measure(document) == (
        Measure("One", 1, 0, 0, 1),
        Measure("Two", 2, 0, 1, 2),
        Measure(None, 1, 0, 0, 1),
    )


def test_measure_of_exponential_fragments_saturates():
    assert measure(parse(exponential(20)))[0] == Measure(None, 1, 0, 2**20, 2**20)
    assert measure(parse(exponential(60)))[0] == Measure(None, 1, 0, SATURATED, SATURATED)


def calls_to_measure(source: str) -> int:
    """Count the calls of functions that measuring a document takes: work that is the same on every machine."""
    document = parse(source)
    events: list[str] = []
    before = sys.getprofile()
    sys.setprofile(lambda _, event, __: events.append(event))
    try:
        measure(document)
    finally:
        sys.setprofile(before)
    return sum(event.endswith("call") for event in events)


def test_measure_of_three_times_the_exponential_fragments_takes_about_three_times_the_calls():
    twenty, sixty = calls_to_measure(exponential(20)), calls_to_measure(exponential(60))

    assert 0 < twenty < sixty < 4 * twenty


def test_measure_follows_a_chain_of_fragments_longer_than_the_stack():
    chain = "".join(f"fragment F{n} on Q {{ a {{ ...F{n + 1} }} }} " for n in range(3_000))

    (measured,) = measure(parse(f"{{ ...F0 }} {chain} fragment F3000 on Q {{ a }}"))

    assert measured == Measure(None, 3_001, 0, 0, 3_001)


@pytest.mark.parametrize(
    ("source", "copies"),
    [
        ("{ a b c }", 1),
        ("{ a a b }", 2),
        ("{ a x: a }", 1),
        ("{ x: a x: b }", 2),
        ("{ a { b } c { b } }", 1),
        ("{ a { b b } a { b } }", 3),
        ("{ a ... on Q { a ... { a } } }", 3),
        ("{ a ...F ...F } fragment F on Q { a ...G } fragment G on Q { a }", 3),
        ("{ a { ...F } c { ...F } } fragment F on Q { b b }", 2),
        ("query A { a } query B { a }", 1),
        ("{ ...F } fragment F on Q { a ...F ...Unknown }", 1),
    ],
)
def test_most_copies_counts_the_fields_that_meet_in_one_place(source, copies):
    assert most_copies(parse(source)) == copies


def test_limits_let_the_standard_introspection_query_pass():
    (measured,) = measure(parse(get_introspection_query(one_of=True, specified_by_url=True)))

    assert (measured.depth, measured.introspection_depth, measured.fields) == (1, 15, 222)
    assert Limits(depth=5).breach(measured) is None


@pytest.mark.parametrize(
    ("measured", "sentence"),
    [
        (Measure(None, 15, 25, 30, 300), None),
        (Measure(None, 16, 0, 0, 16), "The operation has 16 levels of fields; 15 are allowed."),
        (Measure(None, 1, 26, 0, 26), "The operation has 26 levels of introspection; 25 are allowed."),
        (Measure(None, 1, 0, 31, 31), "The operation has 31 aliases; 30 are allowed."),
        (Measure(None, 1, 0, 0, 301), "The operation has 301 selected fields; 300 are allowed."),
        (Measure(None, 1, 0, 0, SATURATED), "The operation has 1000000000 or more selected fields; 300 are allowed."),
    ],
)
def test_breach_names_the_limit_and_both_numbers(measured, sentence):
    assert Limits().breach(measured) == sentence
