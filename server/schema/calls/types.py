"""Calls for inputs, their questions, and the answers of parties: what they look like."""

from datetime import datetime
from typing import Annotated

import strawberry

from server.domain.calls import policy, queries
from server.domain.calls.rules import window
from server.domain.calls.rules.facts import CallFacts, CallReminderFacts
from server.domain.rounds.rules.facts import audience_of
from server.kernel.actor import Actor, Capacity
from server.kernel.ids import prefix_of
from server.models import calls as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import WorkingBody
from server.schema.calls.values import AnswersFacts, CallAnswer, Summary, answers_of
from server.schema.context import Context
from server.schema.lists.calls import ANSWER_SHEET_ORDERS, CALL_ORDERS, AnswerSheetFilter, CallFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, computed, connection, edge, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.reads.values import render_value
from server.schema.scalars import Digest, TimeZone
from server.schema.vocabulary import vocabulary
from server.vocabulary.calls import CallPhase, CallStatus, QuestionKind
from server.vocabulary.rounds import RoundVisibility

for vocabulary_of_calls in (CallStatus, CallPhase, QuestionKind):
    vocabulary(vocabulary_of_calls)


@noun(tables.Call, queries.visible_calls)
class Call(Node):
    """A call for inputs: questions to parties, open from one instant to another by the server's clock.

    Parties of a capacity that it addresses see it, parties that answered it, those who lead its body and the
    Secretariat.
    """

    title: str = column("Title of the call.")
    introduction: str | None = column("What it is about; null if nothing was said.", or_null=True)
    body: WorkingBody = to_one("The body that asks.", implied=True)
    opens_at: datetime = column("Opening instant; answers at this instant are in time.")
    closes_at: datetime = column("Closing instant; answers at this instant are too late.")
    zone: TimeZone = column("Time zone in which the deadline was announced, as an IANA name such as 'Europe/Brussels'.")
    visibility: RoundVisibility = column("When a party sees the answers of the others.")
    audience: list[Capacity] = computed(
        "Capacities of the parties that are asked.", lambda _, facts, now: audience_of(facts), CallFacts
    )
    status: CallStatus = column("What people decided about the call; `phase` says where it stands now.")
    phase: CallPhase = computed(
        "Where the call stands now, by its status and the server's clock.",
        lambda _, facts, now: window.phase_of(facts, now),
        CallFacts,
    )
    called_by: Delegate = to_one("The delegate who opened the call.", implied=True)
    called_at: datetime = column("Instant at which it was opened.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    can_see_others: bool = computed(
        "Whether the caller sees now what other parties answered; if not, lists and counts hold the own party only.",
        policy.shows_others,
        CallFacts,
    )
    party_count: int = batch("Number of parties whose filed answers the caller sees.", queries.sheets_per_call, 0)
    questions: Connection["CallQuestion"] = connection(
        "Questions in their order.", on="call_id", order=("position", "id")
    )
    drafts: Connection["AnswerDraft"] = connection(
        "The draft of the caller's own party: one at most.", on="call_id", order=("id",)
    )
    sheets: Connection["AnswerSheet"] = connection(
        "Filed answers that the caller sees, the earliest first.",
        on="call_id",
        order=ANSWER_SHEET_ORDERS,
        filter_type=AnswerSheetFilter,
    )
    redatings: Connection["CallRedating"] = connection(
        "Changes of the closing instant, the earliest first.", on="call_id", order=("redated_at", "id")
    )
    reminders: Connection["CallReminder"] = connection(
        "Reminders to the parties that have not answered, for those who can ask for them; the earliest first.",
        on="call_id",
        order=("due_at", "id"),
    )
    published_at: datetime | None = column("Instant at which its results were published; null until then.")
    available_acts: list[AvailableAct] = acts_on("call", policy.ON_CALL, CallFacts)


@noun(tables.CallQuestion, queries.visible_questions)
class CallQuestion(Node):
    """One question of a call. Everybody who sees the call sees it."""

    call: Call = to_one("The call.", implied=True)
    position: int = column("Place among the questions, from 1.")
    kind: QuestionKind = column("How it is answered.")
    text: str = column("The question.")
    hint: str | None = column("How it is meant; null if nothing was said.", or_null=True)
    is_required: bool = column("Whether it must be answered.")
    choices: list[str] = column("Possible answers in their order; empty where nothing is chosen.")
    unit: str | None = column("Unit of the number; null if there is none.", or_null=True)
    least: float | None = column("Least number that is taken; null without a bound.")
    most: float | None = column("Greatest number that is taken; null without a bound.")


@noun(tables.AnswerDraft, queries.visible_drafts)
class AnswerDraft(Node):
    """The answers that the delegates of a party prepare together. Only the party sees them."""

    call: Call = to_one("The call that it answers.")
    party: Party = to_one("The party that answers.", implied=True)
    answers: list[CallAnswer] = computed(
        "What it says so far, in the order of the questions.", answers_of, AnswersFacts
    )
    revised_by: Delegate = to_one("The delegate who wrote it last.", implied=True)
    revised_at: datetime = column("Instant at which it was written last.")
    revision: int = column(
        "Counts changes from 1; send it back as `expectedRevision` with an act, 0 while there is no draft."
    )


@noun(tables.AnswerSheet, queries.visible_sheets)
class AnswerSheet(Node):
    """The answers that a party filed. They never change; of several sheets of a party the last counts."""

    call: Call = to_one("The call that it answers.", implied=True)
    party: Party = to_one("The party that answered.", implied=True)
    number: int = column("Counts what the party filed for this call, from 1.")
    answers: list[CallAnswer] = computed("What it says, in the order of the questions.", answers_of, AnswersFacts)
    filed_by: Delegate = to_one("The delegate who filed it.", implied=True)
    filed_at: datetime = column("Instant of filing by the server's clock.")
    content_digest: Digest = column("SHA-256 of what was filed.")


@noun(tables.CallRedating, queries.visible_redatings)
class CallRedating(Node):
    """One change of the closing instant of a call. Everybody who sees the call sees it."""

    old_closes_at: datetime = column("Closing instant before.", "closed_at_before")
    new_closes_at: datetime = column("Closing instant after; an early close is earlier.", "closes_at_after")
    reason: str = column("Why it was moved.")
    redated_by: Delegate = to_one("The delegate who moved it.", implied=True)
    redated_at: datetime = column("Instant of the change.")


def count_told(actor: Actor, facts: CallReminderFacts, now: datetime) -> int | None:
    """Return how many people a reminder told; None where the actor may not know how many have not answered."""
    return facts.letter_count if policy.shows_others(actor, facts, now) else None


@noun(tables.CallReminder, queries.visible_reminders)
class CallReminder(Node):
    """A reminder to the parties that a call asks and that have not answered.

    Those see it who lead the body, and the Secretariat.
    """

    call: Call = to_one("The call.", implied=True)
    due_at: datetime = column("Instant at which they are reminded.")
    asked_by: Delegate = to_one("The delegate who asked for it.", implied=True)
    asked_at: datetime = column("Instant at which it was asked for.")
    sent_at: datetime | None = column("Instant at which they were told; null until then.")
    told_count: int | None = computed(
        "Number of people who were told; null until then, if the call was not open any more, and while the caller may "
        "not know how many parties have not answered.",
        count_told,
        CallReminderFacts,
    )


@strawberry.type(description="What the parties of one capacity answered to one question.")
class CapacitySummary:
    """The GraphQL form of `server.domain.calls.rules.statistics.CapacitySummary`."""

    capacity: Capacity = strawberry.field(description="Capacity in which the parties filed.")
    summary: Summary = strawberry.field(description="What they answered.")


@strawberry.type(description="What parties answered to one question: all together, and by capacity.")
class QuestionResult:
    """The GraphQL form of `server.domain.calls.rules.statistics.QuestionResult`."""

    question: CallQuestion | None = edge("The question.", "question_id")
    summary: Summary = strawberry.field(description="What all of them answered.")
    by_capacity: list[CapacitySummary] = strawberry.field(
        description="What those of each capacity answered; a capacity of which nobody answered is left out. Empty in "
        "published results for who does not see the answers, if one or two parties of a capacity answered the question."
    )


@strawberry.type(description="Statistics of the answers to a call, over the last answers of each party.")
class CallResults:
    """The GraphQL form of `server.domain.calls.queries.CallResults`."""

    call: Call | None = edge("The call.", "call_id")
    party_count: int = strawberry.field(description="Number of parties whose answers are counted.")
    can_see_others: bool = strawberry.field(
        description="Whether answers of other parties are counted, as they are for everybody once the results are "
        "published; if not, only those of the own party are."
    )
    questions: list[QuestionResult] = strawberry.field(description="Results in the order of the questions.")


CALL = Annotated[strawberry.ID, strawberry.argument(description="Id of the call.")]


@strawberry.type
class CallQueries:
    """Root fields about calls for inputs."""

    call: Call | None = one("A call by its id; null if it does not exist or the caller does not see it.", "Call")
    calls: Connection[Call] = many(
        "Calls for inputs; by default the one that closes first at the front.",
        order=CALL_ORDERS,
        filter_type=CallFilter,
    )
    answer_sheet: AnswerSheet | None = one(
        "Filed answers by their id; null if they do not exist or the caller does not see them.", "AnswerSheet"
    )
    answer_sheets: Connection[AnswerSheet] = many(
        "Filed answers to all calls; by default the earliest first.",
        order=ANSWER_SHEET_ORDERS,
        filter_type=AnswerSheetFilter,
    )

    @strawberry.field(
        description="Statistics of a call over the answers that the caller sees, and over all of them once they are "
        "published: counts by choice, number of parties, least, median and most. Null if the call does not exist or "
        "the caller does not see it."
    )
    async def call_results(self, info: strawberry.Info, call_id: CALL) -> CallResults | None:
        """Return the statistics of a call."""
        if prefix_of(call_id) is None:
            return None
        context: Context = info.context
        async with context.database.studying() as session:
            results = await queries.find_results(session, context.actor, context.now, call_id)
        return await render_value(info, results)  # type: ignore[no-any-return]
