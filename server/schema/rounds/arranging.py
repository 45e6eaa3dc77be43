"""What rounds show of their terms and steps, and of what delegations do in them."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.rounds import life
from server.schema.bodies.types import WorkingBody
from server.schema.lists.delegations import (
    DRAFT_ORDERS,
    TURNOUT_ORDERS,
    DraftFilter,
    InternalNoteFilter,
    TurnoutEntryFilter,
)
from server.schema.reads.kinds import batch, column, computed, connection, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds import terms
from server.schema.rounds.life import LateAdmission, RoundExtension, RoundStep
from server.schema.rounds.terms import ScopeFacts
from server.schema.texts.types import TextVersion
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import CommentType

if TYPE_CHECKING:
    from server.schema.delegations.types import Draft, InternalNote, Participation, Reminder, TurnoutEntry


@strawberry.type
class ArrangedRound:
    """The part of a round that says what it asks, and what people did with it since."""

    code: str | None = column("Code by which papers cite the round for ever; null in a round from before codes.")
    group: WorkingBody | None = to_one(
        "The body of which a party has to be a member to be asked; null for every party of the audience.", implied=True
    )
    round_scope: RoundScope = computed("The part of the text on which comments are taken.", terms.scope_of, ScopeFacts)
    since_version: TextVersion | None = to_one(
        "For the scope CHANGED, the earlier version to compare with; null otherwise, or if the caller does not see it."
    )
    provision_keys: list[strawberry.ID] = computed(
        "Permanent keys of the provisions in the scope, in the order of the text; empty for the whole text.",
        terms.keys_of,
        ScopeFacts,
    )
    is_general_taken: bool = computed(
        "Whether comments on the whole text are taken.", terms.is_general_taken, ScopeFacts
    )
    types: list[CommentType] = computed("Types of comments that are taken.", terms.types_of, ScopeFacts)
    most_comments: int | None = column("How many comments a party may file; null without a limit.")
    most_characters: int | None = column("How long text and reason of a comment may be together; null without a limit.")
    reminders_at: list[datetime] = computed(
        "Instants at which the silent are to be reminded, the earliest first.", terms.reminders_at, ScopeFacts
    )
    announced_closes_at: datetime | None = column(
        "Closing instant that was announced before the round was closed early; null if it was not."
    )
    reported_version: TextVersion | None = to_one(
        "The version with which the report is out; null until then, or if the caller does not see it."
    )
    extension_count: int = batch(
        "Number of extensions; a round with one was extended, whatever its phase.", life.extensions_per_round, 0
    )
    steps: Connection[RoundStep] = connection(
        "Steps that people took with the round, the earliest first.", on="round_id", order=("taken_at", "id")
    )
    late_admissions: Connection[LateAdmission] = connection(
        "Requests to comment after the close that the caller sees, the earliest first.",
        on="round_id",
        order=("asked_at", "id"),
    )
    own_late_admission: LateAdmission | None = to_one(
        "The own party's request to comment after the close; null if it never asked.", "own_admission"
    )
    extensions: Connection[RoundExtension] = connection(
        "Extensions of the round, the earliest first.", on="round_id", order=("extended_at", "id")
    )


@strawberry.type
class DelegatedRound:
    """The part of a round that says what delegations do in it, and who has answered."""

    turnout: Connection[Annotated["TurnoutEntry", strawberry.lazy("server.schema.delegations.types")]] = connection(
        "Parties that the round asks, or that have answered it all the same, and whether they have answered, as far as "
        "the caller may know: while the round does not show the comments of others, only the own party.",
        on="round_id",
        order=TURNOUT_ORDERS,
        filter_type=TurnoutEntryFilter,
    )
    drafts: Connection[Annotated["Draft", strawberry.lazy("server.schema.delegations.types")]] = connection(
        "Drafts of the own party in the round, filed ones included; nobody else sees them.",
        on="comment.round_id",
        order=DRAFT_ORDERS,
        filter_type=DraftFilter,
    )
    notes: Connection[Annotated["InternalNote", strawberry.lazy("server.schema.delegations.types")]] = connection(
        "Internal notes of the own party in the round, the earliest first; nobody else sees them.",
        on="round_id",
        order=("noted_at", "id"),
        filter_type=InternalNoteFilter,
    )
    reminders: Connection[Annotated["Reminder", strawberry.lazy("server.schema.delegations.types")]] = connection(
        "Reminders to the silent, sent and planned, the earliest first. Those see them who lead the body of the round, "
        "and the Secretariat.",
        on="round_id",
        order=("due_at", "id"),
    )
    participation: Annotated["Participation", strawberry.lazy("server.schema.delegations.types")] | None = to_one(
        "What the own party does in the round; null for a caller who speaks for none."
    )
