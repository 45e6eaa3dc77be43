"""Acts on sittings, their agendas and reports, and reservations to decisions."""

from typing import Any

import strawberry

from server.domain.planning.actions.following import with_milestones
from server.domain.sittings import policy
from server.domain.sittings.actions import agendas, convening, reporting
from server.schema.bodies.acts import BODY_ID, WHY, BodyFact, SittingFact
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.sittings.types import AgendaItem, LaidPaper, ReportParagraph, Reservation

SITTING_ID = "Id of the sitting."
ITEM_ID = "Id of the item of an agenda."
TEXT = "In words, at most 20,000 characters."
ITEM: dict[str, Any] = {
    "number": "Number as printed, such as 'X.a'; it says the place on the agenda.",
    "title": "Title, at most 300 characters.",
    "purposes": "What the body is asked to do; several are combined, none is possible.",
    "item_class": "Class; without it, none.",
    "closes_at": "Instant until which the item takes comments; without it, none.",
    "remark": "What hangs on the item without a paper, such as an oral report.",
}


@strawberry.type
class ItemFact:
    """What every fact about an item of an agenda shows."""

    subject_id: strawberry.Private[str]
    item: AgendaItem = fact("The item as it stands now.")


@strawberry.type
class LaidPaperFact:
    """What every fact about a paper under an item shows."""

    subject_id: strawberry.Private[str]
    laid_paper: LaidPaper = fact("The paper under the item.")


@strawberry.type
class ParagraphFact:
    """What a fact about a paragraph of a report shows."""

    subject_id: strawberry.Private[str]
    paragraph: ReportParagraph = fact("The paragraph.")


@strawberry.type
class ReservationFact:
    """What every fact about a reservation shows."""

    subject_id: strawberry.Private[str]
    reservation: Reservation = fact("The reservation as it stands now.")


@strawberry.type
class SittingMutations:
    """Acts on sittings, their agendas and reports, and reservations to decisions."""

    call_sitting = act_field(
        policy.call_sitting,
        convening.call_sitting,
        "Call a sitting of a body that is to come.",
        about="A sitting to call.",
        body_id="Id of the body that meets.",
        first_number="Session number, or the first of a pair.",
        second_number="Second session number of a pair, the one after the first, such as 236 after 235.",
        starts_on="First day of the sitting, today or later.",
        ends_on="Last day of the sitting.",
        place="City or building of the sitting.",
        sitting_format="How the body meets.",
        zone="Time zone in which the days are days.",
        outcome="A sitting was called.",
        answer=SittingFact,
    )
    move_sitting = act_field(
        policy.move_sitting,
        with_milestones(convening.move_sitting),
        "Move a sitting to other days, another place or another format, with a reason. What is left out stays.",
        about="Other days, another place or another format of a sitting.",
        sitting_id=SITTING_ID,
        starts_on="New first day, today or later.",
        ends_on="New last day.",
        place="New city or building.",
        sitting_format="How the body meets now.",
        reason="Why it is moved; every delegate sees it.",
        outcome="A sitting was moved.",
        answer=SittingFact,
    )
    cancel_sitting = act_field(
        policy.cancel_sitting,
        with_milestones(convening.cancel_sitting),
        "Call a sitting off. It stays on record with its agenda.",
        about="A sitting to call off.",
        sitting_id=SITTING_ID,
        reason="Why it is called off; every delegate sees it.",
        outcome="A sitting was called off.",
        answer=SittingFact,
    )
    arrange_documents = act_field(
        policy.arrange_documents,
        convening.arrange_documents,
        "Set how many days before a sitting of a body its papers are issued.",
        about="The days before a sitting of a body by which its papers are issued.",
        body_id=BODY_ID,
        document_days="Days before the first day of a sitting, 0 to 365; without them no such day is set.",
        reason=WHY,
        outcome="The days before a sitting by which papers are issued were set.",
        answer=BodyFact,
    )
    place_item = act_field(
        policy.place_item,
        agendas.place_item,
        "Place an item on the agenda of a sitting.",
        about="An item for the agenda of a sitting.",
        sitting_id=SITTING_ID,
        **ITEM,
        outcome="An item was placed on an agenda.",
        answer=ItemFact,
    )
    revise_item = act_field(
        policy.revise_item,
        agendas.revise_item,
        "Revise an item of an agenda, with a reason. What is sent takes the place of all that it said.",
        about="What an item of an agenda says from now on.",
        item_id=ITEM_ID,
        **ITEM,
        reason=WHY,
        outcome="An item of an agenda was revised.",
        answer=ItemFact,
    )
    withdraw_item = act_field(
        policy.withdraw_item,
        agendas.withdraw_item,
        "Withdraw an item from an agenda, with a reason. It stays on record, and its number is free again.",
        about="An item to withdraw.",
        item_id=ITEM_ID,
        reason=WHY,
        outcome="An item was withdrawn from an agenda.",
        answer=ItemFact,
    )
    lay_paper = act_field(
        policy.lay_paper,
        agendas.lay_paper,
        "Lay a paper under an item of an agenda.",
        about="A paper for an item of an agenda.",
        item_id=ITEM_ID,
        paper_id="Id of a lettered version of a paper.",
        outcome="A paper was laid under an item.",
        answer=LaidPaperFact,
    )
    withdraw_paper = act_field(
        policy.withdraw_paper,
        agendas.withdraw_paper,
        "Take a paper away from under an item, with a reason. It can be laid again.",
        about="A paper to take away.",
        laid_paper_id="Id of the paper under the item.",
        reason=WHY,
        outcome="A paper was taken away from under an item.",
        answer=LaidPaperFact,
        unlocked="a paper is taken away once",
    )
    write_paragraph = act_field(
        policy.write_paragraph,
        reporting.write_paragraph,
        "Write a numbered paragraph of the report of a sitting. It never changes.",
        about="A paragraph of a report.",
        sitting_id=SITTING_ID,
        number="Number of the paragraph, 1 to 9,999.",
        text=TEXT,
        item_id="Id of the item that it is about; may be left out.",
        decision_id="Id of the decision that it reports; may be left out.",
        paper_id="Id of the paper in which the report is issued; may be left out.",
        outcome="A paragraph of a report was written; it never changes.",
        answer=ParagraphFact,
    )
    make_reservation = act_field(
        policy.make_reservation,
        reporting.make_reservation,
        "Reserve the position of the own party to a decision, which stands all the same.",
        about="A reservation to a decision.",
        decision_id="Id of the decision.",
        text=TEXT,
        outcome="A Member reserved its position.",
        answer=ReservationFact,
    )
    withdraw_reservation = act_field(
        policy.withdraw_reservation,
        reporting.withdraw_reservation,
        "Withdraw the reservation of the own party, with a reason. It stays on record.",
        about="A reservation to withdraw.",
        reservation_id="Id of the reservation.",
        reason=WHY,
        outcome="A reservation was withdrawn.",
        answer=ReservationFact,
        unlocked="a reservation is withdrawn once",
    )
