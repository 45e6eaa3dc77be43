"""The journal: every act, verifiable."""

from datetime import datetime
from typing import NamedTuple

import strawberry

from server.journal import queries
from server.kernel.actor import Capacity
from server.models import journal as tables
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, column, computed, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one


class ChainFacts(NamedTuple):
    """The facts about the place of an entry in the chain of digests."""

    sequence: int
    previous_digest: str
    digest: str


@noun(tables.JournalEntry, queries.visible_journal_entries)
class JournalEntry(Node):
    """One act: who, for whom, in what capacity, what, when and under which rule. The digests form a chain."""

    sequence: int | None = computed(
        "Place in the chain, from 1. For the Secretariat only: it would tell a party how much the others did.",
        lambda actor, facts, _: facts.sequence if actor.is_secretariat else None,
        ChainFacts,
    )
    at: datetime = column("When.")
    act: str = column("What, such as 'comment.submitted'.")
    delegate: Delegate = to_one("Who.", implied=True)
    party: Party = to_one("For whom.", implied=True)
    capacity: Capacity = column("In what capacity.")
    subject_id: strawberry.ID = column("Id of what it was done to; ask `node(id:)` for it.")
    rule: str = column("The rule or paper it rests on.")
    details: strawberry.scalars.JSON = column("What else the act says, by name; part of what is hashed.")
    previous_digest: str | None = computed(
        "Digest of the entry before it; 64 zeros for the first. For the Secretariat only.",
        lambda actor, facts, _: facts.previous_digest if actor.is_secretariat else None,
        ChainFacts,
    )
    digest: str | None = computed(
        "SHA-256 of the canonical JSON of this entry. For the Secretariat only.",
        lambda actor, facts, _: facts.digest if actor.is_secretariat else None,
        ChainFacts,
    )


@strawberry.input(description="Which journal entries to list.")
class JournalFilter:
    """Filter of `journal`."""

    subject_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only about this object.")
    act: str | None = strawberry.field(default=strawberry.UNSET, description="Only this act.")


@strawberry.type
class JournalQueries:
    """Root fields about the journal."""

    journal_entry: JournalEntry | None = one("A journal entry by its id.", "JournalEntry")
    journal: Connection[JournalEntry] = many(
        "Acts, oldest first: all of them for the Secretariat, those of the own party for others.",
        order=("at", "id"),
        filter_type=JournalFilter,
        filters={"subjectId": Filter("subject_id"), "act": Filter("act")},
    )
