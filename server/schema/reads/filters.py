"""Filters of lists: input types whose fields say what they compare, in the same forms for every noun.

- a list of values, of which one is equal: `status: [CommentStatus!]`. One value alone may be written without brackets;
  an empty list matches nothing.
- `...From` with `...Before` for instants, and `...From` with `...Until` for days and places: the first is included, the
  instant at the end is not, and the last day or place is.
- `text` and the like: the words stand in it, in capital or small letters.
- `has...`: with true only those that have it, with false only those that have not.
- `or`: one of up to five alternatives holds, besides the other conditions.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any, TypeVar

import strawberry
from strawberry.utils.str_converters import to_camel_case

from server.schema.reads.matching import Condition, Filter, Match
from server.schema.reads.pages import MOST_ALTERNATIVES

T = TypeVar("T")
FILTER = "filter"
"""The key under which the metadata of a Strawberry field hold its `Filter`."""


def one_of(description: str, path: str = "", *, condition: Condition | None = None) -> Any:
    """Declare a condition that the column at a dotted path is one of a list of values.

    `condition(column_at, matches)`, if given, takes the place of the comparison.
    """
    return _declare(description, Filter(path, Match.ONE_OF, condition))


def since(description: str, path: str) -> Any:
    """Declare a condition that an instant, a day or a place is this one or a later one."""
    return _declare(description, Filter(path, Match.FROM))


def before(description: str, path: str) -> Any:
    """Declare a condition that an instant is an earlier one."""
    return _declare(description, Filter(path, Match.BEFORE))


def until(description: str, path: str) -> Any:
    """Declare a condition that a day or a place is this one or an earlier one."""
    return _declare(description, Filter(path, Match.UNTIL))


def holds(description: str, path: str = "", *, condition: Condition | None = None) -> Any:
    """Declare a condition that a text holds words, in capital or small letters.

    `condition(column_at, matches)`, if given, takes the place of the comparison.
    """
    return _declare(description, Filter(path, Match.CONTAINS, condition))


def has(description: str, path: str) -> Any:
    """Declare a condition that there is a value at a dotted path that the caller sees, or that there is none."""
    return _declare(description, Filter(path, Match.PRESENT))


def equal(
    description: str,
    path: str = "",
    *,
    condition: Condition | None = None,
    standing: Any = None,
    unless: Collection[str] = (),
) -> Any:
    """Declare a condition that the column at a dotted path is this one value, such as true.

    `standing` is the value where a reader gives none, unless they give one of the filters named in `unless`.
    """
    return _declare(description, Filter(path, Match.EQUAL, condition, standing, frozenset(unless)))


def _declare(description: str, filter_: Filter) -> Any:
    return strawberry.field(default=strawberry.UNSET, description=description, metadata={FILTER: filter_})


def conditions(of: str) -> Callable[[type[T]], type[T]]:
    """Return a decorator that makes a class the filter of lists of a noun, `of` in the plural; it adds `or`."""

    def declare(cls: type[T]) -> type[T]:
        cls.__annotations__["or_"] = list[cls.__name__] | None  # type: ignore[name-defined]
        alternatives = f"Only {of} that meet one of these 1 to {MOST_ALTERNATIVES} alternatives, besides the rest."
        cls.or_ = strawberry.field(name="or", default=strawberry.UNSET, description=alternatives)  # type: ignore[attr-defined]
        return strawberry.input(
            cls,
            description=f"Conditions on the {of} to list. All that are given must hold; of a list of values one must "
            "be equal, and an empty list matches nothing.",
        )

    return declare


@cache
def filters_of(filter_type: type | None) -> Mapping[str, Filter]:
    """Return the filters that an input type declares, by their names in GraphQL."""
    fields = filter_type.__strawberry_definition__.fields if filter_type else ()  # type: ignore[attr-defined]
    return {
        field.graphql_name or to_camel_case(field.python_name): field.metadata[FILTER]
        for field in fields
        if FILTER in field.metadata
    }
