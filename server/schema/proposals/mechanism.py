"""What a version of the mechanism looks like."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.proposals import queries
from server.models import proposals as tables
from server.schema.reads.kinds import Node, column, connection, noun, to_any
from server.schema.reads.pages import Connection
from server.schema.texts.types import Instrument
from server.schema.vocabulary import vocabulary
from server.vocabulary.bodies import BodyKind
from server.vocabulary.proposals import CycleKind

if TYPE_CHECKING:
    from server.schema.proposals.types import ReviewCycle

vocabulary(CycleKind)


@noun(tables.Mechanism, queries.visible_mechanisms)
class Mechanism(Node):
    """A version of the update and maintenance mechanism: the rules of review, in force from a date.

    Every delegate sees it.
    """

    title: str = column("Title of this version.")
    starts_on: date = column("First day on which it is in force.", "valid_from")
    ends_on: date | None = column("Last day on which it is in force; null if no end is set.", "valid_until")
    approval_path: list[BodyKind] = column(
        "Kinds of bodies that decide on a proposal, in the order in which they decide."
    )
    cycle_kinds: list[CycleKind] = column("Kinds of reviews that can be opened under it.")
    instruments: list[Instrument] = to_any("Texts that it covers; none if it covers all of them.", "instrument_ids")
    window_days: int | None = column("For how many days a review takes proposals at most; null if none is set.")
    submission_days: int | None = column(
        "How many days before the next sitting of the first body a proposal comes; null if none is set. Informs: "
        "`previewMechanism` tells what came later, and nothing is refused."
    )
    consideration_days: int | None = column(
        "For how many days a group considers a proposal; null if none is set. Informs, as `submissionDays`."
    )
    decision_days: int | None = column(
        "For how many days a body has a proposal before it; null if none is set. Informs, as `submissionDays`."
    )
    take_over_days: int | None = column(
        "For how many days after its withdrawal a co-sponsor can take a proposal over; null if none is set: 14."
    )
    evidence: str | None = column(
        "Paper or decision that it comes from; null for one that was there before it had to be named."
    )
    recorded_at: datetime | None = column("Instant of recording; null for one that came with the database.")
    cycles: Connection[Annotated["ReviewCycle", strawberry.lazy("server.schema.proposals.types")]] = connection(
        "Review cycles under it, the one that opens first at the front.", on="mechanism_id", order=("opens_on", "id")
    )
