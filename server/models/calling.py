"""Define the tables of the steps that people take with a round, and of requests to comment after the close."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint, and_
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from server.kernel.ids import LENGTH
from server.kernel.predicates import actor_party
from server.models.base import OPTIONAL, Base, Identified, choice, lock, reference, to
from server.models.parties import Delegate, Party
from server.models.rounds import Round
from server.vocabulary.calling import LateStatus, RoundStepKind


class RoundStep(Identified, Base):
    """One step that people took with a round, and why. Never changed; extensions have a table of their own.

    `round_revision` is the revision of the round after it. `closes_before` and `closes_after` are set where the closing
    instant moved, `changed` names the terms that were corrected.
    """

    __tablename__ = "round_steps"
    prefix = "RST"
    round_id: Mapped[str] = reference("rounds")
    kind: Mapped[RoundStepKind] = choice(RoundStepKind)
    reason: Mapped[str] = mapped_column(default="")
    taken_by_id: Mapped[str] = reference("delegates")
    taken_at: Mapped[datetime]
    round_revision: Mapped[int]
    closes_before: Mapped[datetime | None]
    closes_after: Mapped[datetime | None]
    changed: Mapped[list[str]] = mapped_column(
        JSON().with_variant(JSONB(), "postgresql"), default=list, server_default="[]"
    )
    round: Mapped[Round] = to("RoundStep.round_id")
    taken_by: Mapped[Delegate] = to("RoundStep.taken_by_id")


class LateAdmission(Identified, Base):
    """A party's request to comment after the close of a round, and the answer: one for each party in a round.

    Asked again, the row begins anew and the journal keeps what was. `admitted_until` is null until it is admitted; the
    party files until, and not including, that instant.
    """

    __tablename__ = "late_admissions"
    __table_args__ = (UniqueConstraint("round_id", "party_id"),)
    prefix = "LAT"
    round_id: Mapped[str] = mapped_column(String(LENGTH), ForeignKey("rounds.id"))
    party_id: Mapped[str] = reference("parties")
    status: Mapped[LateStatus] = choice(LateStatus)
    reason: Mapped[str]
    asked_by_id: Mapped[str] = reference("delegates")
    asked_at: Mapped[datetime] = mapped_column(index=True)
    admitted_until: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")
    decided_by_id: Mapped[str | None] = reference("delegates")
    decided_at: Mapped[datetime | None]
    revision: Mapped[int] = lock()
    round: Mapped[Round] = to("LateAdmission.round_id")
    party: Mapped[Party] = to("LateAdmission.party_id")
    asked_by: Mapped[Delegate] = to("LateAdmission.asked_by_id")
    decided_by: Mapped[Delegate | None] = to("LateAdmission.decided_by_id")


Round.own_admission = relationship(
    LateAdmission,
    # That of the caller's party, of which there is one at most: every rule about the window of a round needs it.
    primaryjoin=lambda: and_(
        remote(foreign(LateAdmission.round_id)) == Round.id, remote(LateAdmission.party_id) == actor_party
    ),
    lazy="raise",
    viewonly=True,
    uselist=False,
    info={OPTIONAL: True},
)
