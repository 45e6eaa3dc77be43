"""Enumerations of the domain as GraphQL enums, described by their docstrings."""

import ast
import inspect
import textwrap
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar

import strawberry

E = TypeVar("E", bound=type[StrEnum])


def vocabulary(enumeration: E) -> E:
    """Register an enumeration as a GraphQL enum, and return it.

    Its docstring and the docstring under each member become descriptions. Raise KeyError for a member without one.
    """
    descriptions = docstrings_of(enumeration)
    # A field that names the enumeration may have come first, and has registered it without descriptions then.
    registered = enumeration if "__strawberry_definition__" in vars(enumeration) else strawberry.enum(enumeration)
    definition = registered.__strawberry_definition__  # type: ignore[attr-defined]
    definition.description = " ".join((enumeration.__doc__ or "").split())
    for value in definition.values:
        value.description = descriptions[value.name]
    return registered


def docstrings_of(enumeration: type[StrEnum]) -> dict[str, str]:
    """Return the docstring under each member by the member's name.

    It is read from the source, because Python keeps no docstring of a member. Line ends become spaces.
    """
    source = textwrap.dedent(inspect.getsource(enumeration))
    statements = ast.parse(source).body[0].body  # type: ignore[attr-defined]
    docstrings = {}
    for statement, after in pairwise(statements):
        if isinstance(statement, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            docstrings[statement.targets[0].id] = " ".join(str(after.value.value).split())  # type: ignore[attr-defined]
    return docstrings
