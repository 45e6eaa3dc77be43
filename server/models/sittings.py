"""Define the tables around a sitting: what happened to it, its agenda, its report, and reservations to decisions."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, lock, reference, to, unique_while
from server.models.bodies import Body, Decision, Sitting
from server.models.papers import Paper
from server.models.parties import Delegate, Party
from server.vocabulary.sittings import ItemClass, SittingFormat, SittingStepKind


class SittingStep(Identified, Base):
    """One thing that was done to an announced sitting, and why. Never changed. Null where nothing moved."""

    __tablename__ = "sitting_steps"
    prefix = "SST"
    sitting_id: Mapped[str] = reference("sittings")
    kind: Mapped[SittingStepKind] = choice(SittingStepKind)
    reason: Mapped[str]
    starts_before: Mapped[date | None]
    ends_before: Mapped[date | None]
    starts_after: Mapped[date | None]
    ends_after: Mapped[date | None]
    place_before: Mapped[str | None]
    place_after: Mapped[str | None]
    format_after: Mapped[SittingFormat | None] = choice(SittingFormat, nullable=True)
    taken_by_id: Mapped[str] = reference("delegates")
    taken_at: Mapped[datetime]
    sitting: Mapped[Sitting] = to("SittingStep.sitting_id")
    taken_by: Mapped[Delegate] = to("SittingStep.taken_by_id")


class AgendaItem(Identified, Base):
    """One item of the agenda of a sitting, such as "X.a". `sort_key` puts the items in their natural order.

    `closes_at` is the instant until which the item takes comments where the sitting meets in writing. `remark` says
    what hangs on the item without a paper, such as an oral report.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (unique_while("uq_agenda_items_standing", "withdrawn_at IS NULL", "sitting_id", "number"),)
    prefix = "AGI"
    sitting_id: Mapped[str] = reference("sittings")
    number: Mapped[str] = mapped_column(String(20))
    sort_key: Mapped[str] = mapped_column(String(80))
    title: Mapped[str]
    purposes: Mapped[list[str]]
    item_class: Mapped[ItemClass | None] = choice(ItemClass, nullable=True)
    closes_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(default="")
    placed_by_id: Mapped[str] = reference("delegates")
    placed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawal: Mapped[str | None]
    revision: Mapped[int] = lock()
    sitting: Mapped[Sitting] = to("AgendaItem.sitting_id")
    placed_by: Mapped[Delegate] = to("AgendaItem.placed_by_id")


class LaidPaper(Identified, Base):
    """A paper under an item of an agenda. Taken away, it stays on record."""

    __tablename__ = "laid_papers"
    __table_args__ = (unique_while("uq_laid_papers_lying", "removed_at IS NULL", "item_id", "paper_id"),)
    prefix = "LPA"
    item_id: Mapped[str] = reference("agenda_items")
    paper_id: Mapped[str] = reference("papers")
    laid_by_id: Mapped[str] = reference("delegates")
    laid_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    item: Mapped[AgendaItem] = to("LaidPaper.item_id")
    paper: Mapped[Paper] = to("LaidPaper.paper_id")
    laid_by: Mapped[Delegate] = to("LaidPaper.laid_by_id")


class ReportParagraph(Identified, Base):
    """One numbered paragraph of the summary report of a sitting. Never changed.

    `paper_id` is the paper in which the report was issued: with the number it is the reference of later texts.
    """

    __tablename__ = "report_paragraphs"
    __table_args__ = (UniqueConstraint("sitting_id", "number"),)
    prefix = "RPA"
    sitting_id: Mapped[str] = reference("sittings", index=False)
    number: Mapped[int]
    text: Mapped[str]
    item_id: Mapped[str | None] = reference("agenda_items")
    decision_id: Mapped[str | None] = reference("decisions")
    paper_id: Mapped[str | None] = reference("papers")
    written_by_id: Mapped[str] = reference("delegates")
    written_at: Mapped[datetime]
    sitting: Mapped[Sitting] = to("ReportParagraph.sitting_id")
    item: Mapped[AgendaItem | None] = to("ReportParagraph.item_id")
    decision: Mapped[Decision | None] = to("ReportParagraph.decision_id")
    paper: Mapped[Paper | None] = to("ReportParagraph.paper_id")
    written_by: Mapped[Delegate] = to("ReportParagraph.written_by_id")


class Reservation(Identified, Base):
    """What a Member reserves to a decision of a body. The decision stands; the reservation is read beside it."""

    __tablename__ = "reservations"
    __table_args__ = (unique_while("uq_reservations_standing", "withdrawn_at IS NULL", "decision_id", "party_id"),)
    prefix = "RSV"
    decision_id: Mapped[str] = reference("decisions")
    party_id: Mapped[str] = reference("parties")
    text: Mapped[str]
    made_by_id: Mapped[str] = reference("delegates")
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    decision: Mapped[Decision] = to("Reservation.decision_id")
    party: Mapped[Party] = to("Reservation.party_id")
    made_by: Mapped[Delegate] = to("Reservation.made_by_id")


class ReportingLine(Identified, Base):
    """A further body that a body reports to, and on what: the policy of the WGEC to the PC, its technique to the EC.

    The body that gave it its mandate is `bodies.parent_id`. `ended_on` is the last day.
    """

    __tablename__ = "reporting_lines"
    __table_args__ = (unique_while("uq_reporting_lines_open", "ended_on IS NULL", "body_id", "superior_id"),)
    prefix = "REL"
    body_id: Mapped[str] = reference("bodies")
    superior_id: Mapped[str] = reference("bodies")
    topic: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ended_on: Mapped[date | None]
    body: Mapped[Body] = to("ReportingLine.body_id")
    superior: Mapped[Body] = to("ReportingLine.superior_id")


class Transfer(Identified, Base):
    """One open item that went from a body that ended to its successor, by which act. Never changed.

    `item_id` is the id of a round, a call for inputs, a silence procedure, a topic of a work plan, an activity, a
    milestone, a proposal or a promise.
    """

    __tablename__ = "transfers"
    prefix = "TRF"
    body_id: Mapped[str] = reference("bodies")
    successor_id: Mapped[str] = reference("bodies")
    item_id: Mapped[str] = mapped_column(String(30), index=True)
    reason: Mapped[str]
    transferred_by_id: Mapped[str] = reference("delegates")
    transferred_at: Mapped[datetime]
    body: Mapped[Body] = to("Transfer.body_id")
    successor: Mapped[Body] = to("Transfer.successor_id")
    transferred_by: Mapped[Delegate] = to("Transfer.transferred_by_id")
