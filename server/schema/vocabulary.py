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
    """Register an enumeration as a GraphQL enum. Its docstring and the docstring under each member are the
    descriptions; a member without one is an error at start."""
    described = docstrings_of(enumeration)
    made = enumeration if "__strawberry_definition__" in vars(enumeration) else strawberry.enum(enumeration)
    definition = made.__strawberry_definition__  # type: ignore[attr-defined]  # a field that names it may come first
    definition.description = inspect.cleandoc(enumeration.__doc__ or "")
    for value in definition.values:
        value.description = described[value.name]
    return made


def docstrings_of(enumeration: type[StrEnum]) -> dict[str, str]:
    """The docstring written under each member, by member name."""
    source = textwrap.dedent(inspect.getsource(enumeration))
    statements = ast.parse(source).body[0].body  # type: ignore[attr-defined]
    found = {}
    for statement, after in pairwise(statements):
        if isinstance(statement, ast.Assign) and isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            found[statement.targets[0].id] = inspect.cleandoc(str(after.value.value))  # type: ignore[attr-defined]
    return found
