"""The journal: every act, verifiable."""

from datetime import datetime
from typing import NamedTuple

import strawberry

from server.journal import queries
from server.kernel.actor import Capacity
from server.models import journal as tables
from server.schema.act_names import TAGS, ActName
from server.schema.lists.journal import JOURNAL_ENTRY_ORDERS, JournalEntryFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.cursors import encode_cursor
from server.schema.reads.kinds import Node, column, computed, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import Digest


class ChainFacts(NamedTuple):
    """The facts about the place of an entry in the chain of digests."""

    sequence: int
    previous_digest: str
    digest: str


class TagFacts(NamedTuple):
    """The fact that names the act of an entry."""

    act: str


class CursorFacts(NamedTuple):
    """What the cursor of an entry is made of."""

    id: str


@noun(tables.JournalEntry, queries.visible_journal_entries)
class JournalEntry(Node):
    """One act: who did what, for which party, when and under which rule.

    Each entry holds the digest of the entry before, so that they form a chain. The Secretariat sees all entries except
    acts on drafts, a party those of its own acts.
    """

    sequence: int | None = computed(
        "Place in the chain, from 1. Null unless the caller is of the Secretariat: it would tell a party how "
        "much the others did.",
        lambda actor, facts, _: facts.sequence if actor.is_secretariat else None,
        ChainFacts,
    )
    cursor: str = computed(
        "Cursor of the entry, after which `journalEntryAdded` goes on.",
        lambda _, facts, __: encode_cursor("journal", [facts.id]),
        CursorFacts,
    )
    acted_at: datetime = column("Instant of the act.", "at")
    act: ActName | None = computed(
        "The act; null if this release does not know it any more.",
        lambda _, facts, __: facts.act if facts.act in TAGS else None,
        TagFacts,
    )
    tag: str = column(
        "Name of the act in the chain, in the past tense, such as 'comment.submitted'; the digest is over it.", "act"
    )
    delegate: Delegate = to_one("The delegate who acted.", implied=True)
    party: Party = to_one("The party that the act was done for.", implied=True)
    capacity: Capacity = column("Capacity of that party at the time.")
    subject: Node | None = to_any(
        "The object that the act was done to; null if the caller does not see it.", "subject_id"
    )
    subject_id: strawberry.ID = column(
        "Id of that object as the chain keeps it; the digest is over it. It is there whether or not the caller sees "
        "the object."
    )
    rule: str = column("Rule or paper that the act rests on, in words.")
    details: strawberry.scalars.JSON = column(
        "Further facts of the act, as a JSON object. Its form depends on the act: see `journal-details.schema.json`."
    )
    previous_digest: Digest | None = computed(
        "Digest of the entry before; 64 zeros for the first entry. Null unless the caller is of the Secretariat.",
        lambda actor, facts, _: facts.previous_digest if actor.is_secretariat else None,
        ChainFacts,
    )
    digest: Digest | None = computed(
        "SHA-256 of the canonical JSON of this entry. Null unless the caller is of the Secretariat.",
        lambda actor, facts, _: facts.digest if actor.is_secretariat else None,
        ChainFacts,
    )


@strawberry.type
class JournalQueries:
    """Root fields about the journal."""

    journal_entry: JournalEntry | None = one(
        "A journal entry by its id; null if it does not exist or the caller does not see it.", "JournalEntry"
    )
    journal_entries: Connection[JournalEntry] = many(
        "Acts, the earliest first: all except acts on drafts for the Secretariat, those of the own party for others.",
        order=JOURNAL_ENTRY_ORDERS,
        filter_type=JournalEntryFilter,
    )
