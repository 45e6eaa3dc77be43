"""Agendas and reports of sittings, and reservations to decisions: what they look like."""

from datetime import date, datetime

import strawberry

from server.domain.sittings import policy, queries
from server.domain.sittings.rules.agenda import AgendaItemFacts, LyingFacts, ReservationFacts
from server.domain.sittings.rules.meeting import LaidFacts, days_late
from server.models import sittings as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.meetings import Decision, Sitting
from server.schema.lists.sittings import LaidPaperFilter
from server.schema.papers.types import Paper
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import one
from server.schema.vocabulary import vocabulary
from server.vocabulary.sittings import ItemClass, ItemPurpose, SittingFormat, SittingStepKind

for vocabulary_of_sittings in (SittingFormat, SittingStepKind, ItemClass, ItemPurpose):
    vocabulary(vocabulary_of_sittings)


@noun(tables.SittingStep, queries.visible_steps)
class SittingStep(Node):
    """One thing that was done to an announced sitting, and why. Every delegate sees it."""

    sitting: Sitting = to_one("The sitting.", implied=True)
    kind: SittingStepKind = column("What was done.")
    reason: str = column("Why, in words.")
    old_starts_on: date | None = column("First day before it; null where the sitting was called off.", "starts_before")
    old_ends_on: date | None = column("Last day before it; null where the sitting was called off.", "ends_before")
    new_starts_on: date | None = column("First day after it; null where the sitting was called off.", "starts_after")
    new_ends_on: date | None = column("Last day after it; null where the sitting was called off.", "ends_after")
    old_place: str | None = column("Place before it; null where the sitting was called off.", "place_before")
    new_place: str | None = column("Place after it; null where the sitting was called off.", "place_after")
    new_format: SittingFormat | None = column("Format after it; null where none is known.", "format_after")
    taken_by: Delegate = to_one("The delegate of the Secretariat who did it.", implied=True)
    taken_at: datetime = column("Instant at which it was done.")


@noun(tables.AgendaItem, queries.visible_items)
class AgendaItem(Node):
    """One item of the agenda of a sitting. Every delegate sees it."""

    sitting: Sitting = to_one("The sitting.", implied=True)
    number: str = column("Number as printed, such as 'X.a'.")
    title: str = column("Title, at most 300 characters.")
    purposes: list[ItemPurpose] = column("What the body is asked to do; several are combined, none is possible.")
    item_class: ItemClass | None = column("Class; null where the body makes none.")
    closes_at: datetime | None = column(
        "Instant until which the item takes comments, which itself is too late; null without one."
    )
    remark: str | None = column("What hangs on the item without a paper; null if nothing does.", or_null=True)
    placed_by: Delegate = to_one("The delegate who placed it.", implied=True)
    placed_at: datetime = column("Instant at which it was placed.")
    withdrawn_at: datetime | None = column("Instant at which it was withdrawn; null while it stands.")
    withdrawal: str | None = column("Why it was withdrawn; null while it stands.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    laid_papers: Connection["LaidPaper"] = connection(
        "Papers under the item, in the order in which they were laid.",
        on="item_id",
        order=("laid_at", "id"),
        filter_type=LaidPaperFilter,
    )
    available_acts: list[AvailableAct] = acts_on("item", policy.ON_ITEM, AgendaItemFacts)


@noun(tables.LaidPaper, queries.visible_laid_papers)
class LaidPaper(Node):
    """A paper under an item of an agenda. Every delegate sees it."""

    item: AgendaItem = to_one("The item.", implied=True)
    paper: Paper = to_one("The lettered version of the paper.", implied=True)
    laid_by: Delegate = to_one("The delegate who laid it.", implied=True)
    laid_at: datetime = column("Instant at which it was laid.")
    removed_at: datetime | None = column("Instant at which it was taken away; null while it lies there.")
    days_late: int = computed(
        "How many days after the last day for papers of the sitting it was issued, in the zone of the sitting; 0 if it "
        "was in time, or if the body has set no such day.",
        lambda _, facts, __: days_late(facts),
        LaidFacts,
    )
    available_acts: list[AvailableAct] = acts_on("paper", policy.ON_LAID_PAPER, LyingFacts)


@noun(tables.ReportParagraph, queries.visible_paragraphs)
class ReportParagraph(Node):
    """One numbered paragraph of the report of a sitting. It never changes, and every delegate sees it."""

    sitting: Sitting = to_one("The sitting.", implied=True)
    number: int = column("Number of the paragraph; with the paper it is the reference by which later texts cite it.")
    text: str = column("The paragraph.")
    item: AgendaItem | None = to_one("The item that it is about; null if none is named.", implied=True)
    decision: Decision | None = to_one("The decision that it reports; null if none is named.", implied=True)
    paper: Paper | None = to_one("The paper in which the report is issued; null if none is named.", implied=True)
    written_by: Delegate = to_one("The delegate of the Secretariat who wrote it.", implied=True)
    written_at: datetime = column("Instant at which it was written.")


@noun(tables.Reservation, queries.visible_reservations)
class Reservation(Node):
    """What a Member reserves to a decision, which stands all the same. Every delegate sees it."""

    decision: Decision = to_one("The decision.", implied=True)
    party: Party = to_one("The Member.", implied=True)
    text: str = column("The reservation in words.")
    made_by: Delegate = to_one("The delegate who made it for the party.", implied=True)
    made_at: datetime = column("Instant at which it was made.")
    withdrawn_at: datetime | None = column("Instant at which it was withdrawn; null while it stands.")
    available_acts: list[AvailableAct] = acts_on("reservation", policy.ON_RESERVATION, ReservationFacts)


@strawberry.type
class SittingQueries:
    """Root fields about agendas and reservations."""

    agenda_item: AgendaItem | None = one(
        "An item of an agenda by its id; null if it does not exist or the caller does not see it.", "AgendaItem"
    )
    report_paragraph: ReportParagraph | None = one(
        "A paragraph of a report by its id; null if it does not exist or the caller does not see it.",
        "ReportParagraph",
    )
    reservation: Reservation | None = one(
        "A reservation by its id; null if it does not exist or the caller does not see it.", "Reservation"
    )
