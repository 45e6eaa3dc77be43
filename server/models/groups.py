"""Define the tables of work in groups: nominations, promises, contributions and reports."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.models.base import Base, Identified, choice, lock, reference, to, unique_while
from server.models.bodies import Body, Function, Sitting
from server.models.parties import Delegate, Party
from server.models.texts import TextVersion
from server.vocabulary.bodies import FunctionKind
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus


class Nomination(Identified, Base):
    """A party named for a function in a group: the party answers, then the body above agrees.

    `delegate_id` is the person whom it would send, None for any of its delegates.
    """

    __tablename__ = "nominations"
    __table_args__ = (
        unique_while("uq_nominations_open", "status IN ('NOMINATED', 'ACCEPTED')", "body_id", "party_id", "kind"),
    )
    prefix = "NOM"
    body_id: Mapped[str] = reference("bodies")
    party_id: Mapped[str] = reference("parties")
    kind: Mapped[FunctionKind] = choice(FunctionKind)
    delegate_id: Mapped[str | None] = reference("delegates")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    status: Mapped[NominationStatus] = choice(NominationStatus, default=NominationStatus.NOMINATED)
    nominated_by_id: Mapped[str] = reference("delegates")
    nominated_at: Mapped[datetime] = mapped_column(index=True)
    answer: Mapped[str] = mapped_column(default="")
    answered_by_id: Mapped[str | None] = reference("delegates")
    answered_at: Mapped[datetime | None]
    function_id: Mapped[str | None] = reference("functions")
    settled_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("Nomination.body_id")
    party: Mapped[Party] = to("Nomination.party_id")
    delegate: Mapped[Delegate | None] = to("Nomination.delegate_id")
    nominated_by: Mapped[Delegate] = to("Nomination.nominated_by_id")
    answered_by: Mapped[Delegate | None] = to("Nomination.answered_by_id")
    function: Mapped[Function | None] = to("Nomination.function_id")


class Promise(Identified, Base):
    """What a party promised to a group, or is asked for: "comments on section 4 by 10 May".

    It is due before `due_at`; `zone` is the zone in which that was said. `subject_id` names the object it is about,
    `evidence_id` the object by which it was kept. It is nudged once.
    """

    __tablename__ = "promises"
    prefix = "PRO"
    body_id: Mapped[str] = reference("bodies")
    party_id: Mapped[str] = reference("parties")
    text: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str] = mapped_column(String(64))
    subject_id: Mapped[str | None] = mapped_column(String(30))
    status: Mapped[PromiseStatus] = choice(PromiseStatus, default=PromiseStatus.ASKED)
    entered_by_id: Mapped[str] = reference("delegates")
    entered_at: Mapped[datetime]
    answered_by_id: Mapped[str | None] = reference("delegates")
    answered_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(default="")
    evidence_id: Mapped[str | None] = mapped_column(String(30))
    nudged_at: Mapped[datetime | None]
    nudged_by_id: Mapped[str | None] = reference("delegates")
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("Promise.body_id")
    party: Mapped[Party] = to("Promise.party_id")
    entered_by: Mapped[Delegate] = to("Promise.entered_by_id")
    answered_by: Mapped[Delegate | None] = to("Promise.answered_by_id")
    nudged_by: Mapped[Delegate | None] = to("Promise.nudged_by_id")


class Contribution(Identified, Base):
    """What a party gave to the work of a group, in words and with the text it is about. Never changed."""

    __tablename__ = "contributions"
    prefix = "CTB"
    body_id: Mapped[str] = reference("bodies")
    party_id: Mapped[str] = reference("parties")
    title: Mapped[str]
    text: Mapped[str]
    text_version_id: Mapped[str | None] = reference("text_versions")
    contributed_by_id: Mapped[str] = reference("delegates")
    contributed_at: Mapped[datetime] = mapped_column(index=True)
    body: Mapped[Body] = to("Contribution.body_id")
    party: Mapped[Party] = to("Contribution.party_id")
    text_version: Mapped[TextVersion | None] = to("Contribution.text_version_id")
    contributed_by: Mapped[Delegate] = to("Contribution.contributed_by_id")


class GroupReport(Identified, Base):
    """The report of a group. Its words are fixed once it is circulated; `sitting_id` is where it was adopted."""

    __tablename__ = "group_reports"
    prefix = "GRR"
    body_id: Mapped[str] = reference("bodies")
    title: Mapped[str]
    text: Mapped[str]
    status: Mapped[GroupReportStatus] = choice(GroupReportStatus, default=GroupReportStatus.DRAFT)
    drafted_by_id: Mapped[str] = reference("delegates")
    drafted_at: Mapped[datetime] = mapped_column(index=True)
    circulated_at: Mapped[datetime | None]
    adopted_at: Mapped[datetime | None]
    sitting_id: Mapped[str | None] = reference("sittings")
    revision: Mapped[int] = lock()
    body: Mapped[Body] = to("GroupReport.body_id")
    drafted_by: Mapped[Delegate] = to("GroupReport.drafted_by_id")
    sitting: Mapped[Sitting | None] = to("GroupReport.sitting_id")
