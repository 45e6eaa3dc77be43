"""Who is asking and when, as SQL parameters.

A visibility predicate is written once with these and is the same expression for every caller, so that statements are
compiled once. `Actor.parameters(now)` gives their values at execution. Where a predicate has alternatives, each is a
`sight`: the same SQL with the words that say who has it, so that "who sees this, and why?" is answered by the predicate
itself.
"""

from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, String, bindparam
from sqlalchemy.sql.elements import BooleanClauseList
from sqlalchemy.sql.operators import or_ as either
from sqlalchemy.sql.visitors import replacement_traverse

from server.kernel.instants import Instant

actor_person = bindparam("actor_person", type_=String)
actor_party = bindparam("actor_party", type_=String)
actor_capacity = bindparam("actor_capacity", type_=String)
signed_in = bindparam("actor_signed_in", type_=Boolean)
is_secretariat = bindparam("actor_secretariat", type_=Boolean)
is_own_focal_point = bindparam("actor_focal_point", type_=Boolean)
"""Whether the caller is a focal point of `actor_party` itself, not of a party that represents it."""
is_administrator = bindparam("actor_administrator", type_=Boolean)
"""Whether the caller is a technical administrator, who sees no content."""
led_bodies = bindparam("actor_leads", type_=String, expanding=True)
"""Ids of the bodies that the caller leads; use it as `column.in_(led_bodies)`."""
is_leading = bindparam("actor_leading", type_=Boolean)
"""Whether the caller leads any body."""
present = bindparam("actor_now", type_=Instant)
"""The instant at which the question is asked."""
parents = bindparam("parents", type_=String, expanding=True)
"""Ids of the parents that a batch is asked for."""

WORDS = "sight"
"""Under this key the annotations of an expression hold the words of a sight."""


class Sight(NamedTuple):
    """One way to see an object: for whom, in words, and the whole predicate as if there were no other way."""

    words: str
    holds: ColumnElement[bool]


def sight(words: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition, as an alternative of a predicate that has a name: who sees something by it, in words."""
    return condition._annotate({WORDS: words})


def sights_of(predicate: Any) -> list[Sight]:
    """The alternatives that a predicate names, in its order; of a conjunction those that its first part with any names,
    of a predicate over another object those of that object's predicate."""
    words = predicate._annotations.get(WORDS)
    if words:
        return [Sight(words, predicate)]
    if isinstance(predicate, BooleanClauseList) and predicate.operator is either:
        return [found for clause in predicate.clauses for found in sights_of(clause)]
    for part in predicate.get_children():
        if found := sights_of(part):
            return [Sight(words, _with(predicate, part, holds)) for words, holds in found]
    return []


def _with(whole: Any, part: Any, other: Any) -> Any:
    """The expression with another part in the place of one of its parts."""

    def replaced(element: Any, **_: Any) -> Any:
        return other if element is part else None

    return whole if part is other else replacement_traverse(whole, {}, replaced)
