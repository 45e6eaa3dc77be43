"""Define the SQL parameters that say who is asking and when, and the named alternatives of visibility predicates.

A visibility predicate is written once with these parameters and is the same expression for every caller, so that
statements are compiled once. `Actor.parameters(now)` gives the values at execution. Where a predicate has alternatives,
each is a `sight`: the same SQL together with words that say who sees the object by it. So the predicate itself answers
"who sees this, and why?".
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Boolean, ColumnElement, Date, String, and_, bindparam, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import BooleanClauseList
from sqlalchemy.sql.operators import or_ as either
from sqlalchemy.sql.visitors import replacement_traverse

from server.kernel.instants import Instant

actor_person = bindparam("actor_person", type_=String)
actor_party = bindparam("actor_party", type_=String)
own_party = bindparam("actor_own_party", type_=String)
"""The id of the party that the caller is accredited for; "" while they speak on behalf of another."""
actor_capacity = bindparam("actor_capacity", type_=String)
signed_in = bindparam("actor_signed_in", type_=Boolean)
is_secretariat = bindparam("actor_secretariat", type_=Boolean)
is_own_focal_point = bindparam("actor_focal_point", type_=Boolean)
"""Whether the caller is a focal point of `actor_party` itself, not of a party that represents it."""
is_administrator = bindparam("actor_administrator", type_=Boolean)
"""Whether the caller is a technical administrator, who sees no content."""
led_bodies = bindparam("actor_leads", type_=String, expanding=True)
"""Ids of the bodies that the caller leads; use it as `column.in_(led_bodies)`."""
joined_bodies = bindparam("actor_bodies", type_=String, expanding=True)
"""Ids of the bodies of which the caller's party is a member; use it as `column.in_(joined_bodies)`."""
is_leading = bindparam("actor_leading", type_=Boolean)
"""Whether the caller leads any body."""
is_public = bindparam("actor_public", type_=Boolean)
"""Whether the server opens its editions to everybody; then those see them who are not signed in."""
present = bindparam("actor_now", type_=Instant)
"""The instant of the request."""
today = bindparam("actor_today", type_=Date)
"""The day of the request, in UTC."""
parents = bindparam("parents", type_=String, expanding=True)
"""Ids of the parents for which a batch is read."""

Predicate: TypeAlias = Callable[[Any], ColumnElement[bool]]
"""A visibility predicate: from a table, or an alias of it, to the condition that the caller sees a row."""
WORDS = "sight"
"""The key of the annotation that holds the words of a sight."""
EVERY_DELEGATE = "every delegate"
EVERYBODY = "everybody, if the server opens its editions"
"""For whom an alternative is, in words that several predicates share."""


class Sight(NamedTuple):
    """One way to see an object: for whom, in words, and the whole predicate reduced to this one alternative."""

    words: str
    holds: ColumnElement[bool]


def sight(words: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition as a named alternative of a predicate; `words` say who sees the object by it."""
    # _annotate is private in SQLAlchemy 2.1. It copies the expression, adds the words and leaves the SQL as it is.
    return condition._annotate({WORDS: words})


def open_to_everybody(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the alternative of a predicate by which everybody sees an object, where the server opens its editions."""
    return sight(EVERYBODY, and_(is_public, condition))


def is_for_delegates(_row: Any) -> ColumnElement[bool]:
    """Return the own condition of what is not open with its parent: the caller is a delegate."""
    return signed_in


@dataclass(frozen=True)
class Within:
    """A visibility predicate for rows that belong to a row of another noun, their parent.

    The caller sees a row if they see its parent, whose id is in the column `key`, and if the row's `own` condition
    holds, where it has one. The two parts are kept apart, so that a statement that has asked the parent's predicate
    already asks the own condition only.
    """

    key: str
    parent: Any
    visible: Predicate
    """The predicate of the parent."""
    own: Predicate | None = None

    def __call__(self, row: Any) -> ColumnElement[bool]:
        """Return the condition that the caller sees a row: the own condition, and that they see the parent."""
        parent = aliased(self.parent)
        # EXISTS, because SQLite would evaluate `key IN (SELECT ...)` for all rows of the parent's table.
        seen = select(parent.id).where(parent.id == getattr(row, self.key), self.visible(parent)).exists()
        return seen if self.own is None else and_(self.own(row), seen)

    def beside(self, row: Any, parent: Any) -> ColumnElement[bool]:
        """Return the condition that the caller sees a row of `parent`, in a statement that asks the parent's predicate.

        It also says that the row belongs to this parent, and so does not rely on how the two were joined.
        """
        belongs: ColumnElement[bool] = getattr(row, self.key) == parent.id
        return belongs if self.own is None else and_(belongs, self.own(row))


def sights_of(predicate: Any) -> list[Sight]:
    """Return the named alternatives of a predicate, in its order.

    In a conjunction they are taken from the first part that has any. In a predicate over another object they are those
    of the other object's predicate.
    """
    words = predicate._annotations.get(WORDS)
    if words:
        return [Sight(words, predicate)]
    if isinstance(predicate, BooleanClauseList) and predicate.operator is either:
        return [alternative for clause in predicate.clauses for alternative in sights_of(clause)]
    for part in predicate.get_children():
        if alternatives := sights_of(part):
            return [Sight(words, _replace_part(predicate, part, holds)) for words, holds in alternatives]
    return []


def _replace_part(whole: Any, part: Any, other: Any) -> Any:
    """Return the expression `whole` with `other` in the place of `part`."""

    def replace(element: Any, **_: Any) -> Any:
        return other if element is part else None

    return whole if part is other else replacement_traverse(whole, {}, replace)
