"""Set the limits of a request, and measure how large a document is.

A document is measured once, after parsing and before validation, in time linear in its length: each definition is
walked once, and the size of a fragment is looked up and added, never expanded. A document of exponential fragments is
therefore counted by arithmetic. (The limiters of common GraphQL libraries expand fragments; 700 bytes of them are
enough to stop such a server.)
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
)

SATURATED = 1_000_000_000
"""The highest count, so that nested fragments cannot make numbers of a thousand digits."""

_INTROSPECTION = frozenset({"__schema", "__type"})


class Measure(NamedTuple):
    """The size of one operation, counted as if every fragment were written out in its place."""

    operation: str | None
    """Its name; None for an anonymous operation."""
    depth: int
    """Longest chain of nested fields outside introspection; `{ a }` has depth 1."""
    introspection_depth: int
    """Longest chain of nested fields that passes through `__schema` or `__type`, counted from the root."""
    aliases: int
    """Fields with an alias; at most SATURATED."""
    fields: int
    """Selected fields without plain `__typename`; at most SATURATED."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The most that one request may ask for. Beyond it the answer is an error with the code LIMIT_EXCEEDED."""

    body_bytes: int = 100_000
    """Size of a request body or of a query string, in bytes."""
    variables_bytes: int = 100_000
    """Size of the variables as compact JSON, in bytes."""
    paper_bytes: int = 0
    """Size of a request body whose root fields all take papers, in bytes; no more than others where it is smaller."""
    paper_fields: frozenset[str] = frozenset()
    """The root fields that take papers."""
    json_depth: int = 64
    """Nesting of objects and lists in the body."""
    tokens: int = 2_000
    """Lexical tokens of a document; comments are counted apart, with the same limit."""
    depth: int = 15
    introspection_depth: int = 25
    """A limit of its own, because the usual introspection query is already 15 deep."""
    aliases: int = 30
    fields: int = 300
    """Compiling a field takes about a millisecond, once for each document. The longest published operation has 125."""
    copies: int = 30
    """Copies of one field in one place. Validation compares them pairwise: 500 copies of `a { b }` take a second."""
    cost: int = 40_000
    """Cost of an operation as `server.transport.cost` computes it. The dearest published operation costs 19,618."""
    errors: int = 20
    """Validation or coercion errors reported for one request."""
    seconds: float = 30.0
    """Time for reading the request, building the context and executing."""

    def for_papers(self) -> "Limits":
        """Return these limits with the larger size of a body that brings a paper."""
        size = max(self.body_bytes, self.paper_bytes)
        return replace(self, body_bytes=size, variables_bytes=max(self.variables_bytes, size))

    def breach(self, measure: Measure) -> str | None:
        """Return a sentence about the limit that the operation exceeds; None if it exceeds none."""
        for noun, count, allowed in (
            ("levels of fields", measure.depth, self.depth),
            ("levels of introspection", measure.introspection_depth, self.introspection_depth),
            ("aliases", measure.aliases, self.aliases),
            ("selected fields", measure.fields, self.fields),
        ):
            if count > allowed:
                number = f"{SATURATED} or more" if count == SATURATED else str(count)
                return f"The operation has {number} {noun}; {allowed} are allowed."
        return None


class _Spread(NamedTuple):
    """One spread: the name of the fragment, how deep it stands, and whether inside `__schema` or `__type`."""

    fragment: str
    depth: int
    introspecting: bool


class _Outline(NamedTuple):
    """The size of a definition without its fragments, and the places where it spreads them."""

    size: Measure
    spreads: list[_Spread]


def measure(document: DocumentNode) -> tuple[Measure, ...]:
    """Measure every operation of a document, in the order of the text.

    A spread of an unknown fragment, or one that closes a cycle, counts nothing: validation refuses such a document
    afterwards.
    """
    fragments: dict[str, _Outline] = {}
    operations: list[_Outline] = []
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            fragments[definition.name.value] = _outline_definition(None, definition.selection_set)
        elif isinstance(definition, OperationDefinitionNode):
            name = definition.name.value if definition.name else None
            operations.append(_outline_definition(name, definition.selection_set))
    totals = _measure_fragments(fragments)
    return tuple(_add_fragments(outline, totals) for outline in operations)


def is_plain_typename(node: FieldNode) -> bool:
    """Return whether a field is `__typename` without an alias: a constant that clients with a cache add everywhere."""
    return node.alias is None and node.name.value == "__typename"


def _outline_definition(name: str | None, selection_set: SelectionSetNode) -> _Outline:
    """Measure a definition without the fragments that it spreads, and note where it spreads them."""
    deepest = {False: 0, True: 0}  # outside and inside introspection
    aliases = fields = 0
    spreads: list[_Spread] = []
    waiting = [(selection_set, 0, False)]
    while waiting:
        selections, depth, introspecting = waiting.pop()
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                fields += not is_plain_typename(selection)
                aliases += selection.alias is not None
                deepest[introspecting] = max(deepest[introspecting], depth + 1)
                if selection.selection_set:
                    inside = introspecting or selection.name.value in _INTROSPECTION
                    waiting.append((selection.selection_set, depth + 1, inside))
            elif isinstance(selection, FragmentSpreadNode):
                spreads.append(_Spread(selection.name.value, depth, introspecting))
            elif isinstance(selection, InlineFragmentNode):
                waiting.append((selection.selection_set, depth, introspecting))
    return _Outline(Measure(name, deepest[False], deepest[True], aliases, fields), spreads)


def _measure_fragments(fragments: dict[str, _Outline]) -> dict[str, Measure]:
    """Measure all fragments, each after the fragments that it spreads."""
    totals: dict[str, Measure] = {}
    for name in in_order({name: {each.fragment for each in outline.spreads} for name, outline in fragments.items()}):
        totals[name] = _add_fragments(fragments[name], totals)
    return totals


def in_order(spreads: Mapping[str, AbstractSet[str]]) -> Iterator[str]:
    """Yield the name of every fragment, each after those that it spreads; `spreads` has their names.

    No recursion: chains may be hundreds of fragments long. A fragment on the path already is not entered again, so a
    cycle ends.
    """
    done: set[str] = set()
    entered: set[str] = set()
    for root in spreads:
        path = [root]
        while path:
            name = path[-1]
            if name in done:
                path.pop()
                continue
            entered.add(name)
            waiting = [other for other in spreads[name] if other in spreads and other not in entered]
            if waiting:
                path.extend(waiting)
            else:
                done.add(name)
                yield name


def _add_fragments(outline: _Outline, totals: dict[str, Measure]) -> Measure:
    """Return the size of a definition together with the fragments that it spreads."""
    name, depth, introspection_depth, aliases, fields = outline.size
    for spread in outline.spreads:
        total = totals.get(spread.fragment)
        if total is None:
            continue
        if spread.introspecting:
            introspection_depth = max(introspection_depth, spread.depth + max(total.depth, total.introspection_depth))
        else:
            depth = max(depth, spread.depth + total.depth if total.depth else 0)
            if total.introspection_depth:
                introspection_depth = max(introspection_depth, spread.depth + total.introspection_depth)
        aliases = min(SATURATED, aliases + total.aliases)
        fields = min(SATURATED, fields + total.fields)
    return Measure(name, depth, introspection_depth, aliases, fields)


class _Place:
    """A place in a response: how many fields select it, the places below it, and the fragments spread in it."""

    __slots__ = ("below", "copies", "spread")

    def __init__(self) -> None:
        self.copies = 0
        self.below: defaultdict[str, _Place] = defaultdict(_Place)
        self.spread: set[str] = set()


def most_copies(document: DocumentNode) -> int:
    """Return how many fields select the same place of a response, at the place with the most: 2 in `{ a a b }`.

    The time is linear in the selected fields of a measured document without unused fragments: measure and validate it
    before.
    """
    fragments = {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
    most = 0
    waiting = [
        (node.selection_set, _Place()) for node in document.definitions if isinstance(node, OperationDefinitionNode)
    ]
    while waiting:
        selections, place = waiting.pop()
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                below = place.below[(selection.alias or selection.name).value]
                below.copies += 1
                most = max(most, below.copies)
                if selection.selection_set:
                    waiting.append((selection.selection_set, below))
            elif isinstance(selection, InlineFragmentNode):
                waiting.append((selection.selection_set, place))
            elif isinstance(selection, FragmentSpreadNode):
                fragment = fragments.get(selection.name.value)
                if fragment is not None and selection.name.value not in place.spread:
                    place.spread.add(selection.name.value)
                    waiting.append((fragment.selection_set, place))
    return most
