"""Read the facts that a rule or a policy looks at, from a row or from SQL.

A facts type is a `NamedTuple`. Each field is read from the attribute path of the same name, or from the path in its
annotation: `closes_at: Annotated[datetime, "round.closes_at"]`. An action builds facts from a loaded row with
`facts_of`; the declared reads select the same paths as columns. Both therefore judge by the same facts.
"""

from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, get_type_hints

T = TypeVar("T", bound=NamedTuple)


@cache
def paths_of(facts: type[NamedTuple]) -> tuple[str, ...]:
    """Return the dotted attribute path of each field, in the order of the fields."""
    hints = get_type_hints(facts, include_extras=True)
    return tuple(getattr(hints[name], "__metadata__", (name,))[0] for name in facts._fields)


@cache
def _build_getter(facts: type[NamedTuple]) -> Any:
    return attrgetter(*paths_of(facts))


def facts_of(facts: type[T], row: object) -> T:
    """Return the facts of one loaded row. SQLAlchemy raises if a relation on a path was not loaded with the row."""
    values = _build_getter(facts)(row)
    # attrgetter returns a bare value for one path and a tuple for several
    return facts._make(values if len(facts._fields) > 1 else (values,))
