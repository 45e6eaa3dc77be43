"""Read the facts that a rule or a policy looks at, from a row or from SQL.

A facts type is a `NamedTuple`. Each field is read from the attribute path of the same name, or from the path in its
annotation: `closes_at: Annotated[datetime, "round.closes_at"]`. An action builds facts from a loaded row with
`facts_of`; the declared reads select the same paths as columns. Both therefore judge by the same facts.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeVar, get_type_hints

T = TypeVar("T", bound=NamedTuple)


@cache
def paths_of(facts: type[NamedTuple]) -> tuple[str, ...]:
    """Return the dotted attribute path of each field, in the order of the fields."""
    hints = get_type_hints(facts, include_extras=True)
    return tuple(getattr(hints[name], "__metadata__", (name,))[0] for name in facts._fields)


@cache
def _build_getters(facts: type[NamedTuple]) -> tuple[Callable[[Any], Any], ...]:
    return tuple(map(_build_getter, paths_of(facts)))


def _build_getter(path: str) -> Callable[[Any], Any]:
    names = path.split(".")

    def get(row: Any) -> Any:
        for name in names:
            if row is None:  # a relation that leads nowhere, as in SQL
                return None
            row = getattr(row, name)
        return row

    return get


def facts_of(facts: type[T], row: object) -> T:
    """Return the facts of one loaded row; None beyond a relation that leads nowhere.

    SQLAlchemy raises if a relation on a path was not loaded with the row.
    """
    return facts._make(get(row) for get in _build_getters(facts))
