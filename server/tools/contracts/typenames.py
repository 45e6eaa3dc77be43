"""Add `__typename` to documents, because caches that normalise keep nothing of an object without its type."""

from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    SelectionSetNode,
    Visitor,
    parse,
    visit,
)

TYPENAME = "__typename"


def add_typenames(document: str) -> str:
    """Return the document with `__typename` first in every selection of a field and of a fragment that lacks it.

    The root of an operation needs none, and an inline fragment stands in a selection that has it. The rest of the text
    stays as it is, so that it reads as it was written.
    """
    places: list[int] = []

    class Selections(Visitor):
        def enter_field(self, node: FieldNode, *_: Any) -> None:
            if node.selection_set:
                note(node.selection_set)

        def enter_fragment_definition(self, node: FragmentDefinitionNode, *_: Any) -> None:
            note(node.selection_set)

    def note(selections: SelectionSetNode) -> None:
        assert selections.loc is not None
        if not any(isinstance(node, FieldNode) and _is_typename(node) for node in selections.selections):
            places.append(selections.loc.start + 1)

    visit(parse(document), Selections())
    for place in sorted(places, reverse=True):
        rest = document[place:]
        space = rest[: len(rest) - len(rest.lstrip())] or " "
        document = f"{document[:place]}{space}{TYPENAME}{rest}"
    return document


def _is_typename(node: FieldNode) -> bool:
    return node.name.value == TYPENAME and node.alias is None
