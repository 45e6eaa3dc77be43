"""Define the tables of bodies, their mandates, memberships and functions, and of sittings and their decisions."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import Boolean, CheckConstraint, String, UniqueConstraint, case, func, inspect, select
from sqlalchemy.orm import Mapped, column_property, mapped_column

from server.models.base import Base, Identified, Named, choice, lock, order_key, reference, to, unique_while_open
from server.models.parties import Delegate, Party
from server.vocabulary.bodies import BodyKind, FunctionKind, Outcome
from server.vocabulary.sittings import SittingFormat


class Body(Named, Identified, Base):
    """The Council, a commission, a committee, a working group or an intersessional group.

    `concluded_on` is the last day of a group that has done its work, `conclusion` says why it ended. `document_days`
    are the days before a sitting by which its papers are issued, null where nobody has set them. `mandated_until` is
    the last day of its last mandate, null where that has no end and for a body without one; a query loads it by
    `undefer`.
    """

    __tablename__ = "bodies"
    __table_args__ = (UniqueConstraint("parent_id", "number"),)
    prefix = "BOD"
    kind: Mapped[BodyKind] = choice(BodyKind)
    name: Mapped[str] = mapped_column(index=True)
    name_key: Mapped[str] = order_key("name")
    short_name: Mapped[str] = mapped_column(String(40), unique=True)
    short_name_key: Mapped[str] = order_key("short_name")
    number: Mapped[int | None]
    parent_id: Mapped[str | None] = reference("bodies")
    successor_id: Mapped[str | None] = reference("bodies")
    concluded_on: Mapped[date | None]
    conclusion: Mapped[str | None]
    document_days: Mapped[int | None]
    revision: Mapped[int] = lock()
    parent: Mapped["Body | None"] = to("Body.parent_id", remote="Body.id")
    successor: Mapped["Body | None"] = to("Body.successor_id", remote="Body.id")
    if TYPE_CHECKING:  # added below, because it is read from the table of mandates
        mandated_until: Mapped[date | None]


class Mandate(Identified, Base):
    """The task of a body, in words and with dates. An extension is a further mandate of the body, with a reason."""

    __tablename__ = "mandates"
    prefix = "MAN"
    body_id: Mapped[str] = reference("bodies")
    terms: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    reason: Mapped[str | None]
    recorded_at: Mapped[datetime | None]


_HAVE_ENDS = func.count(Mandate.id) == func.count(Mandate.ends_on)
_UNTIL = select(case((_HAVE_ENDS, func.max(Mandate.ends_on)))).where(Mandate.body_id == Body.id)
inspect(Body).add_property(
    "mandated_until", column_property(_UNTIL.correlate_except(Mandate).scalar_subquery(), deferred=True, raiseload=True)
)


class Membership(Identified, Base):
    """A party that takes part in a body. Groups are open to join at any time."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("body_id", "party_id", "joined_on"),)
    prefix = "MEM"
    body_id: Mapped[str] = reference("bodies")
    party_id: Mapped[str] = reference("parties")
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    party: Mapped[Party] = to("Membership.party_id")
    body: Mapped[Body] = to("Membership.body_id")


class Function(Identified, Base):
    """A dated function of a party in a body.

    `delegate` is the person in the seat, who may change. `ended_at` is set if it was ended before its last day.
    """

    __tablename__ = "functions"
    __table_args__ = (unique_while_open("uq_open_functions", "body_id", "party_id", "kind", "starts_on"),)
    prefix = "FUN"
    body_id: Mapped[str] = reference("bodies")
    party_id: Mapped[str] = reference("parties")
    kind: Mapped[FunctionKind] = choice(FunctionKind)
    delegate_id: Mapped[str | None] = reference("delegates")
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    party: Mapped[Party] = to("Function.party_id")
    body: Mapped[Body] = to("Function.body_id")
    delegate: Mapped[Delegate | None] = to("Function.delegate_id")


class Sitting(Identified, Base):
    """One meeting of a body, under one session number or two ("235th/236th").

    `format` and `zone` are null where nobody said them; days are days in the zone. `cancelled_at` is set once it is
    called off, `cancellation` says why.
    """

    __tablename__ = "sittings"
    __table_args__ = (
        UniqueConstraint("body_id", "first_number"),
        CheckConstraint("starts_on <= ends_on", name="dates_in_order"),
    )
    prefix = "SIT"
    body_id: Mapped[str] = reference("bodies")
    first_number: Mapped[int]
    second_number: Mapped[int | None]
    starts_on: Mapped[date] = mapped_column(index=True)
    ends_on: Mapped[date]
    place: Mapped[str] = mapped_column(default="Brussels")
    format: Mapped[SittingFormat | None] = choice(SittingFormat, nullable=True)
    zone: Mapped[str | None] = mapped_column(String(64))
    cancelled_at: Mapped[datetime | None]
    cancellation: Mapped[str | None]
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("Sitting.body_id")


class Decision(Identified, Base):
    """The decision of a body on one subject at a sitting. Recorded once, never changed.

    `verb` is the verb as printed in the report, `outcome` its meaning. `subject_id` is the id of any noun. `paragraph`
    is the reference by which later texts cite the decision, such as "PC0618b, para 12". `agenda_key` follows from
    `agenda_item` and puts the decisions of a sitting in the order of its agenda.
    """

    __tablename__ = "decisions"
    prefix = "DEC"
    sitting_id: Mapped[str] = reference("sittings")
    subject_id: Mapped[str] = mapped_column(String(30), index=True)
    agenda_item: Mapped[str] = mapped_column(String(20), default="")
    agenda_key: Mapped[str] = mapped_column(String(80), default="~", server_default="~")
    verb: Mapped[str] = mapped_column(String(60))
    is_as_appropriate: Mapped[bool] = mapped_column("as_appropriate", Boolean, key="is_as_appropriate", default=False)
    outcome: Mapped[Outcome] = choice(Outcome)
    text: Mapped[str]
    paragraph: Mapped[str] = mapped_column(String(80), default="")
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    recorded_by_id: Mapped[str] = reference("delegates")
    sitting: Mapped[Sitting] = to("Decision.sitting_id")
    recorded_by: Mapped[Delegate] = to("Decision.recorded_by_id")
