"""Say what a row of the table of notices is made of: a kind of object, an act or a moment, whom it concerns, words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import ColumnElement, String, bindparam, or_, select
from sqlalchemy.orm import aliased

from server.domain.notices.rules.words import Sentence
from server.kernel.instants import Instant
from server.kernel.predicates import Predicate, actor_person, joined_bodies, led_bodies
from server.models.parties import Delegate
from server.vocabulary.notices import DueKind

ENTRY_SUBJECT = bindparam("entry_subject", type_=String)
"""The subject of the entry that is told; "" where the clock is the cause."""
ENTRY_AT = bindparam("entry_at", type_=Instant)
"""The instant of the entry that is told."""
ENTRY_PARTY = bindparam("entry_party", type_=String)
"""The party that the details of the entry name; "" for none."""

Of: TypeAlias = Callable[[Any, Any], Any]
"""Builds an expression from the subject of a notice and the row that it belongs to (None where there is none)."""


class ObjectKind(NamedTuple):
    """A kind of object that notices are about: its table and who sees it, and what is shown of it.

    `objects` are the ids that it is watched and muted by, the nearest first: notices are grouped by that one. With
    `parent` the subject is joined to a row of that table by the condition `join`.
    """

    model: Any
    visible: Predicate
    title: Of
    objects: Callable[[Any, Any], tuple[Any, ...]]
    parent: Any = None
    join: Of | None = None
    due_kind: DueKind | None = None
    due_at: Of | None = None
    due_on: Of | None = None
    zone: Of | None = None


class Telling(NamedTuple):
    """One row of the table: after which act who is told what, and where it leads.

    `act` is the tag of the journal. `whom` is a condition in SQL on the caller, with the parameters of visibility
    predicates; it holds both when the notice is made and when its letter goes out, so that nobody is told of what is
    done already. `subject` names the detail of the entry that holds the id of the subject, "" for the subject of the
    entry. `page` is the address, with `{object}` and `{subject}`. A pressing notice does not wait for the letter of the
    day. Those who watch the object are told as well, unless `is_personal`.
    """

    name: str
    act: str
    kind: ObjectKind
    whom: Of
    words: Sentence
    page: str
    subject: str = ""
    is_pressing: bool = False
    is_personal: bool = False
    shows_due: bool = True
    certified_by: "Announcement | None" = None
    """The row whose people get a letter of the same thing that certifies it: then no other letter tells them."""
    same_as: tuple[str, ...] = ()
    """Rows of the table that may have told somebody the same before: then it is not told again."""
    holds: Of | None = None
    """A condition on the object without which nobody is told, not even those who watch it."""


class Announcement(NamedTuple):
    """One row of the table of what another part of the server tells when it does something that is no act.

    With `has_own_letter` that part writes its letters itself, and the notice only stands in the inbox. What a row of
    the names `same_as` told somebody shortly before is not told again.
    """

    name: str
    kind: ObjectKind
    whom: Of
    words: Sentence
    page: str
    is_pressing: bool = False
    is_personal: bool = True
    shows_due: bool = True
    has_own_letter: bool = False
    same_as: tuple[str, ...] = ()


class Moment(NamedTuple):
    """One row of the table of what the clock brings: how long before which instant or day of an object who is told.

    `when` is the condition on the object, besides that the instant or day of its kind is at most `lead` away. `days`
    is a column of the object that lists how many days before it is told, each time anew, and `begins` the instant from
    which on; `usual_days` are meant where it lists none. The last day is pressing. `same_as` is as in `Announcement`.
    With a negative `lead` it is told after the instant, and until `reach` after it.
    """

    name: str
    kind: ObjectKind
    lead: timedelta
    when: Callable[[Any, Any], ColumnElement[bool]]
    whom: Of
    words: Sentence
    page: str
    is_pressing: bool = False
    is_personal: bool = True
    shows_due: bool = True
    days: Of | None = None
    begins: Of | None = None
    usual_days: tuple[int, ...] = ()
    same_as: tuple[str, ...] = ()
    reach: timedelta = timedelta(0)


Row: TypeAlias = Telling | Moment | Announcement


def tell(act: str, kind: ObjectKind, whom: Of, words: Sentence, page: str, **more: Any) -> Telling:
    """Return the row of an act that is told under its own name."""
    return Telling(act, act, kind, whom, words, page, **more)


def in_body(body_id: Any) -> ColumnElement[bool]:
    """Return the condition that the caller's party is a member of a body, or that the caller leads it."""
    return or_(body_id.in_(joined_bodies), body_id.in_(led_bodies))


def is_by_caller(delegate_id: Any) -> ColumnElement[bool]:
    """Return the condition that the delegate with an id is the caller in person."""
    delegate = aliased(Delegate)
    own = select(delegate.id).where(delegate.id == delegate_id, delegate.person_id == actor_person)
    return own.exists()
