"""Sittings of bodies and their decisions: what they look like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import strawberry

from server.domain.bodies import policy, queries
from server.domain.bodies.rules import RecordingFacts, days_late
from server.domain.sittings import policy as convening
from server.domain.sittings.rules.meeting import ZONE, DocumentFacts, MeetingFacts, documents_due_on
from server.models import bodies as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import WorkingBody
from server.schema.lists.bodies import DECISION_ORDERS, SITTING_ORDERS, DecisionFilter, SittingFilter
from server.schema.lists.papers import PAPER_ORDERS, PaperFilter
from server.schema.lists.sittings import AGENDA_ITEM_ORDERS, RESERVATION_ORDERS, AgendaItemFilter, ReservationFilter
from server.schema.parties.types import Delegate
from server.schema.reads.kinds import Node, batch, column, computed, connection, for_delegates, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.scalars import TimeZone
from server.vocabulary.bodies import Outcome
from server.vocabulary.sittings import SittingFormat

if TYPE_CHECKING:
    from server.schema.papers.types import Paper
    from server.schema.sittings.types import AgendaItem, ReportParagraph, Reservation, SittingStep


class ConveningFacts(NamedTuple):
    """The facts of a sitting that are told to delegates only: how it meets, and that it was called off."""

    format: SittingFormat | None
    cancelled_at: datetime | None
    cancellation: str | None


@noun(tables.Sitting, queries.visible_sittings)
class Sitting(Node):
    """One meeting of a body, under one session number or a pair of them.

    Every delegate sees it, and everybody if it adopted an edition and the server opens its editions.
    """

    body: WorkingBody = to_one("The body that meets.", implied=True)
    first_number: int = column("Session number, or the first of a pair.")
    second_number: int | None = column(
        "Second session number of a pair, such as 236 after 235; null if there is only one."
    )
    starts_on: date = column("First day of the sitting.")
    ends_on: date = column("Last day of the sitting.")
    place: str = column("City or building of the sitting, such as 'Brussels'.")
    format: SittingFormat | None = for_delegates(
        "How the body meets; null where nobody said it, and for callers who speak for no party.",
        "format",
        ConveningFacts,
    )
    zone: TimeZone = computed(
        "Time zone in which the days are days; that of Brussels where nobody said another.",
        lambda _, facts, __: facts.zone or ZONE,
        MeetingFacts,
    )
    cancelled_at: datetime | None = for_delegates(
        "Instant at which it was called off; null if it was not, and for callers who speak for no party.",
        "cancelled_at",
        ConveningFacts,
    )
    cancellation: str | None = for_delegates(
        "Why it was called off; null if it was not, and for callers who speak for no party.",
        "cancellation",
        ConveningFacts,
    )
    documents_due_on: date | None = computed(
        "Last day on which papers for it are in time; null where the body has set none, and for callers who speak for "
        "no party.",
        lambda actor, facts, _: documents_due_on(facts) if actor.reads else None,
        DocumentFacts,
    )
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    steps: Connection[Annotated["SittingStep", strawberry.lazy("server.schema.sittings.types")]] = connection(
        "What was done to it since it was announced, the earliest first.", on="sitting_id", order=("taken_at", "id")
    )
    agenda: Connection[Annotated["AgendaItem", strawberry.lazy("server.schema.sittings.types")]] = connection(
        "Items of its agenda, in their natural order.",
        on="sitting_id",
        order=AGENDA_ITEM_ORDERS,
        filter_type=AgendaItemFilter,
    )
    paragraphs: Connection[Annotated["ReportParagraph", strawberry.lazy("server.schema.sittings.types")]] = connection(
        "Paragraphs of its report, by number.", on="sitting_id", order=("number", "id")
    )
    decision_count: int = batch("Number of decisions recorded.", queries.decisions_per_sitting, 0)
    decisions: Connection["Decision"] = connection(
        "Decisions of the sitting, in the order of its agenda; those without an item stand last.",
        on="sitting_id",
        order=("agenda_key", "recorded_at", "id"),
    )
    papers: Connection[Annotated["Paper", strawberry.lazy("server.schema.papers.types")]] = connection(
        "Papers issued for the sitting.", on="sitting_id", order=PAPER_ORDERS, filter_type=PaperFilter
    )
    available_acts: list[AvailableAct] = acts_on("sitting", (*policy.ON_SITTING, *convening.ON_SITTING), MeetingFacts)


@noun(tables.Decision, queries.visible_decisions)
class Decision(Node):
    """What a body decided on one subject at a sitting. The Secretariat records it and it never changes.

    Every delegate sees it, and everybody if it adopted an edition and the server opens its editions.
    """

    sitting: Sitting = to_one("The sitting at which it was decided.", implied=True)
    subject: Node | None = to_any("The object that was decided on; null if the caller does not see it.", "subject_id")
    agenda_item: str | None = column("Agenda item as printed; null if none is given.", or_null=True)
    verb: str = column("Verb as printed in the report, such as 'endorsed'.")
    is_as_appropriate: bool = column("Whether the report adds 'as appropriate' to the verb, which weakens it.")
    outcome: Outcome = column("What the decision means. NOTED is never an approval.")
    text: str = column("The decision in words, at most 20,000 characters.")
    paragraph: str | None = column(
        "Reference by which later texts cite it, such as 'PC0618b, para 12'; null if none is given.", or_null=True
    )
    recorded_at: datetime = column("Instant of recording.")
    late_days: int = computed(
        "How many days after the last day of the sitting it was recorded; 0 if it was during the sitting.",
        lambda _, facts, __: days_late(facts),
        RecordingFacts,
    )
    recorded_by: Delegate | None = to_one(
        "The delegate of the Secretariat who recorded it; null if the caller does not see delegates."
    )
    reservations: Connection[Annotated["Reservation", strawberry.lazy("server.schema.sittings.types")]] = connection(
        "Reservations of Members to it.",
        on="decision_id",
        order=RESERVATION_ORDERS,
        filter_type=ReservationFilter,
    )
    available_acts: list[AvailableAct] = acts_on("decision", convening.ON_DECISION, RecordingFacts)


@strawberry.type
class MeetingQueries:
    """Root fields about sittings and decisions."""

    sitting: Sitting | None = one(
        "A sitting by its id; null if it does not exist or the caller does not see it.", "Sitting"
    )
    sittings: Connection[Sitting] = many(
        "Sittings of all bodies, the earliest first.",
        order=SITTING_ORDERS,
        filter_type=SittingFilter,
    )
    decisions: Connection[Decision] = many(
        "Decisions of all bodies.", order=DECISION_ORDERS, filter_type=DecisionFilter
    )
    decision: Decision | None = one(
        "A decision by its id; null if it does not exist or the caller does not see it.", "Decision"
    )
