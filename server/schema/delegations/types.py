"""The work inside a delegation, who has answered a round, and reminders: what they look like."""

from datetime import datetime
from typing import Any

import strawberry

from server.domain.delegations import policy, queries
from server.domain.delegations.rules.facts import (
    ClearanceFacts,
    ClearersFacts,
    DraftFacts,
    NoteFacts,
    ParticipationFacts,
    ReminderFacts,
    StepFacts,
)
from server.domain.delegations.rules.inside import can_be_given
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import visible_filings
from server.kernel.actor import Actor
from server.models import delegations as tables
from server.models import turnout as views
from server.schema.acts import AvailableAct, acts_on
from server.schema.lists.delegations import TURNOUT_PATHS, TurnoutEntryFilter, TurnoutKey
from server.schema.parties.types import Delegate, Party
from server.schema.reads.groups import Group, groups
from server.schema.reads.kinds import Node, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds.types import Comment, Round
from server.schema.texts.types import Provision
from server.schema.vocabulary import vocabulary
from server.vocabulary.delegations import ClearanceLevels, DraftStage, DraftStepKind, TurnoutState

for vocabulary_of_delegations in (ClearanceLevels, DraftStage, DraftStepKind, TurnoutState, TurnoutKey):
    vocabulary(vocabulary_of_delegations)

INSIDE = "Only the own party sees it."


@strawberry.type(description="What a draft said before it was changed.")
class DraftWords:
    """The GraphQL form of the words that a step keeps."""

    type: str = strawberry.field(description="What it was about: a value of `CommentType`.")
    text: str = strawberry.field(description="What it said.")
    reason: str | None = strawberry.field(description="Why the wording was proposed; null if no reason was given.")
    quotation: str | None = strawberry.field(description="The words that it quoted; null if it quoted none.")
    proposed_wording: str | None = strawberry.field(description="Words that it proposed; null if it proposed none.")


def words_of(_: Actor, facts: Any, __: datetime) -> DraftWords | None:
    """Return the words that a step keeps, None for a step that changed none."""
    if (words := facts.words) is None:
        return None
    return DraftWords(
        type=words["type"],
        text=words["text"],
        reason=words.get("reason") or None,
        quotation=words.get("quote_exact"),
        proposed_wording=words.get("proposed_wording"),
    )


@noun(tables.DraftStep, queries.visible_drafts)
class DraftStep(Node):
    """One step of a draft inside its delegation; only the own party sees it."""

    kind: DraftStepKind = column("What was done.")
    taken_by: Delegate = to_one("The delegate who did it.", implied=True)
    taken_at: datetime = column("Instant of the step.")
    reason: str | None = column("Why it was returned; null for other steps.", or_null=True)
    words: DraftWords | None = computed(
        "What the draft said before the step; null if the step changed no words.", words_of, StepFacts
    )
    other: Comment | None = to_one("The other draft, where two became one; null for other steps.")


@noun(tables.DraftWork, queries.visible_drafts)
class Draft:
    """How far a draft has come inside its delegation, before it is filed and afterwards. Only the own party sees it."""

    comment: Comment = to_one("The comment.", implied=True)
    stage: DraftStage = column("How far it has come.")
    cleared_by: Delegate | None = to_one(
        "The delegate who gave the first of two clearances; null unless it waits for the second or has both.",
        implied=True,
    )
    merged_into: Comment | None = to_one("The draft that goes on in its place; null unless it was merged.")
    steps: Connection[DraftStep] = connection(
        "What was done with it, the earliest first.", on="comment_id", order=("taken_at", "id")
    )
    available_acts: list[AvailableAct] = acts_on("draft", policy.ON_DRAFT, DraftFacts)


@noun(tables.InternalNote, queries.visible_notes)
class InternalNote(Node):
    """What a delegation notes for itself on a comment or on a provision of a round; nobody else sees it.

    Somebody who speaks on behalf of the party does not see it either.
    """

    round: Round | None = to_one("The round; null if the caller does not see it any more.")
    comment: Comment | None = to_one("The comment that it is on; null if it is on a provision, or no longer seen.")
    provision: Provision | None = to_one(
        "The provision that it is on; null if it is on a comment.", "provision_text", implied=True
    )
    author: Delegate = to_one("The delegate who wrote it.", implied=True)
    text: str = column("What it says.")
    noted_at: datetime = column("Instant of writing.")
    available_acts: list[AvailableAct] = acts_on("note", policy.ON_NOTE, NoteFacts)


@noun(views.PartyClearance, queries.visible_clearances)
class Clearance:
    """How a party clears what is filed in its name, as its focal point arranged it; only the own party sees it."""

    levels: ClearanceLevels = column("How many clearances the party asks for.")
    can_file_at_once: bool = column(
        "Whether the focal point may file in one step (`submitComment`) what nobody else has seen."
    )
    revision: int = column("Counts changes, 0 until the party has said anything; send it as `expectedRevision`.")
    arranged_at: datetime | None = column("Instant at which it was arranged; null until then.")
    can_be_given: bool = computed(
        "Whether the delegation has the people to give so many clearances today, whoever writes a draft. Where it is "
        "false drafts stay unfiled until a focal point is appointed, or `arrangeClearance` asks for fewer.",
        lambda _, facts, __: can_be_given(*facts),
        ClearersFacts,
    )
    available_acts: list[AvailableAct] = acts_on("practice", policy.ON_CLEARANCE, ClearanceFacts)


@noun(views.Participation, queries.visible_participations)
class Participation:
    """What the own party of the caller does in a round. Nobody else sees it."""

    due_at: datetime | None = column("Instant until which the party wants its own drafts; null if it said none.")
    deadline_revision: int | None = column(
        "Counts changes of `dueAt`; send it as `expectedRevision` with `arrangeDeadline`, 0 if it is null."
    )
    declared_at: datetime | None = column(
        "Instant at which the party declared that it has no comment; null unless the declaration stands."
    )
    has_filed: bool = column("Whether a comment of the party stands filed, and was not withdrawn.")
    available_acts: list[AvailableAct] = acts_on("participation", policy.ON_PARTICIPATION, ParticipationFacts)


@noun(views.RoundTurnout, visible_filings)
class TurnoutEntry:
    """A party that a round asks, or that has answered it all the same, and whether it has answered.

    Those see it who see what the party files: while a round does not show that of others, the own party only.
    """

    party: Party = to_one("The party.", implied=True)
    state: TurnoutState = column("Whether it has answered.")


@noun(tables.NoComment, visible_filings)
class NoComment(Node):
    """A declaration of a party that it has no comment in a round. Those see it who see what the party files."""

    round: Round | None = to_one("The round; null if the caller does not see it any more.")
    party: Party = to_one("The party.", implied=True)
    declared_by: Delegate = to_one("The delegate who declared it.", implied=True)
    declared_at: datetime = column("Instant of the declaration.")
    taken_back_at: datetime | None = column(
        "Instant at which it was taken back by an act; null if it was not. A comment that is filed takes it back too."
    )


def count_of(actor: Actor, facts: ReminderFacts, now: datetime) -> int | None:
    """Return how many people a reminder told; None where the actor may not know how many parties are silent."""
    return facts.letter_count if rounds.shows_others(actor, facts, now) else None  # type: ignore[arg-type]


@noun(tables.Reminder, queries.visible_reminders)
class Reminder(Node):
    """A reminder to the parties that are silent in a round. Those see it who lead the body, and the Secretariat."""

    round: Round = to_one("The round.", implied=True)
    due_at: datetime = column("Instant at which the silent are reminded.")
    asked_by: Delegate = to_one("The delegate who asked for it.", implied=True)
    asked_at: datetime = column("Instant at which it was asked for.")
    sent_at: datetime | None = column("Instant at which the silent were told; null until then.")
    told_count: int | None = computed(
        "Number of people who were told; null until then, if the round was not open any more, and while the caller may "
        "not know how many parties are silent.",
        count_of,
        ReminderFacts,
    )


@strawberry.type
class DelegationQueries:
    """Root fields about who has answered rounds."""

    turnout_groups: list[Group] = groups(
        "Parties that rounds ask, counted by whether they have answered, or by capacity, region or language; only "
        "those of which the caller may know it.",
        "TurnoutEntry",
        by_type=TurnoutKey,
        by=TURNOUT_PATHS,
        filter_type=TurnoutEntryFilter,
    )
