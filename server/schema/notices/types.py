"""Notices: the inbox of a person, and what they watch and mute."""

from datetime import date, datetime

import strawberry

from server.domain.notices.queries import inbox
from server.domain.notices.queries.table import ROWS
from server.domain.notices.rules.facts import NoticeWords
from server.models import notices as tables
from server.schema.lists.notices import NOTICE_ORDERS, WATCHED_OBJECT_ORDERS, NoticeFilter, WatchedObjectFilter
from server.schema.parties.types import Party
from server.schema.reads.kinds import Node, column, computed, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import TimeZone
from server.schema.vocabulary import vocabulary
from server.vocabulary.notices import DueKind, WatchMode
from server.vocabulary.parties import Language

vocabulary(DueKind)
vocabulary(WatchMode)


def _say(facts: NoticeWords, language: Language) -> str:
    """Return the sentence of a notice; its title alone if this release does not know its row."""
    row = ROWS.get(facts.name)
    return facts.title if row is None else row.words.say(facts.title, language)


def _address(facts: NoticeWords) -> str:
    """Return the address of the page where something can be done about a notice."""
    row = ROWS.get(facts.name)
    return "/" if row is None else row.page.format(subject=facts.subject_id, object=facts.object_id)


@noun(tables.Notice, inbox.visible_notices)
class Notice(Node):
    """That something happened, or is about to, which concerns the caller, or which they watch.

    Only the person who was told sees it, and only while they see the object that it is about.
    """

    name: str = column("What happened, as a code, such as 'round.opened' or 'round.closing'.")
    english: str = computed(
        "What happened, in a sentence in English.", lambda _, facts, __: _say(facts, Language.ENGLISH), NoticeWords
    )
    french: str = computed(
        "What happened, in a sentence in French.", lambda _, facts, __: _say(facts, Language.FRENCH), NoticeWords
    )
    title: str = column("Title of the object when it happened.")
    page: str = computed(
        "Address, on this server, of the page where something can be done about it.",
        lambda _, facts, __: _address(facts),
        NoticeWords,
    )
    object: Node | None = to_any("The object that it belongs to, by which it is watched and muted.", "object_id")
    party: Party = to_one("The party as a delegate of which the person was told.", implied=True)
    due_kind: DueKind | None = column("What `dueAt` or `dueOn` is; null where there is neither.")
    due_at: datetime | None = column("Instant of the deadline when it happened; null if there is none.")
    due_on: date | None = column("Day of the deadline when it happened; null if it is an instant or there is none.")
    zone: TimeZone | None = column("Time zone in which the instant was announced; null without one.")
    is_pressing: bool = column("Whether it could not wait for the letter of the day.")
    happened_at: datetime = column("Instant at which it happened.")
    read_at: datetime | None = column("Instant at which the person read it; null until then.")


@noun(tables.Watch, inbox.visible_watches)
class WatchedObject(Node):
    """What the caller wants to hear of one object; only they see it."""

    object: Node | None = to_any("The object; null if the caller does not see it any more.", "object_id")
    mode: WatchMode = column("What they want to hear.")
    set_at: datetime = column("Instant at which they said so.")


@strawberry.type
class NoticeQueries:
    """Root fields about notices."""

    notice: Notice | None = one("A notice of the caller by its id; null if there is none for them.", "Notice")
    notices: Connection[Notice] = many(
        "Notices of the caller, the latest first.", order=NOTICE_ORDERS, filter_type=NoticeFilter
    )
    watched_objects: Connection[WatchedObject] = many(
        "What the caller said that they want to hear of objects, the latest choice first.",
        order=WATCHED_OBJECT_ORDERS,
        filter_type=WatchedObjectFilter,
    )
