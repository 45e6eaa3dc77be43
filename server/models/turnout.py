"""Define who has answered a round, and what the caller's own party does in it, as views: nothing is stored."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, String, and_, case, func, or_, select, true, type_coerce
from sqlalchemy.orm import Mapped, foreign, relationship, remote

from server.kernel.predicates import actor_party, today
from server.models.answering import has_declared, has_filed, is_asked, stands_filed
from server.models.base import OPTIONAL, Base, table_of
from server.models.calling import LateAdmission
from server.models.delegations import ClearancePractice, InternalDeadline, NoComment
from server.models.parties import Delegate, Party, Person
from server.models.rounds import Comment, CommentWork, Round
from server.vocabulary.delegations import ClearanceLevels, TurnoutState
from server.vocabulary.rounds import CommentStatus, RoundStatus, RoundVisibility

_ROUND, _PARTY = table_of(Round).alias("tr"), table_of(Party).alias("tp")
_COMMENT, _WORK, _NONE = (
    table_of(Comment).alias("tc"),
    table_of(CommentWork).alias("tw"),
    table_of(NoComment).alias("tn"),
)


def _is_drafting() -> ColumnElement[bool]:
    """Return the condition that the party is the caller's own and has a draft in the round."""
    drafts = (
        select(_COMMENT.c.id)
        .join(_WORK, _WORK.c.comment_id == _COMMENT.c.id)
        .where(
            _COMMENT.c.round_id == _ROUND.c.id,
            _COMMENT.c.party_id == _PARTY.c.id,
            _WORK.c.status == CommentStatus.DRAFT,
        )
    )
    return and_(_PARTY.c.id == actor_party, drafts.exists())


_DECLARED = has_declared(_ROUND.c.id, _PARTY.c.id)
_FILED = has_filed(_ROUND.c.id, _PARTY.c.id)


class RoundTurnout(Base):
    """A round and a party that it asks or that has answered it all the same, and whether it has answered.

    The state DRAFTING is that of the caller's own party only.
    """

    __table__ = (
        select(
            (_ROUND.c.id + _PARTY.c.id).label("id"),
            _ROUND.c.id.label("round_id"),
            _PARTY.c.id.label("party_id"),
            _PARTY.c.region,
            _PARTY.c.language,
            type_coerce(
                case(
                    (_DECLARED, TurnoutState.DECLARED_NONE.value),
                    (_FILED, TurnoutState.ANSWERED.value),
                    (_is_drafting(), TurnoutState.DRAFTING.value),
                    else_=TurnoutState.SILENT.value,
                ),
                String,
            ).label("state"),
        )
        .select_from(_ROUND.join(_PARTY, _PARTY.c.id != ""))
        .where(or_(is_asked(_ROUND, _PARTY), _FILED, _DECLARED))
        .subquery("round_turnout")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    round_id: Mapped[str]
    party_id: Mapped[str]
    state: Mapped[str]
    party: Mapped[Party] = relationship(
        primaryjoin=lambda: foreign(RoundTurnout.party_id) == remote(Party.id),
        lazy="raise",
        viewonly=True,
        uselist=False,
    )


_DELEGATE, _PERSON = table_of(Delegate).alias("tg"), table_of(Person).alias("ts")
_LATE = table_of(LateAdmission).alias("tl")
_PRACTICE, _DEADLINE = table_of(ClearancePractice).alias("tk"), table_of(InternalDeadline).alias("td")


class Participation(Base):
    """What the caller's own party does in a round: how it clears, until when it drafts, whether it has answered."""

    __table__ = (
        select(
            _ROUND.c.id,
            type_coerce(actor_party, String).label("party_id"),
            _ROUND.c.status,
            _ROUND.c.body_id,
            _ROUND.c.opens_at,
            _ROUND.c.closes_at,
            _ROUND.c.visibility,
            _ROUND.c.open_to_members,
            _ROUND.c.open_to_observers,
            _ROUND.c.open_to_private_sector,
            _ROUND.c.group_id,
            _ROUND.c.zone,
            _LATE.c.admitted_until,
            _PRACTICE.c.levels,
            _PRACTICE.c.can_file_at_once,
            _DEADLINE.c.due_at,
            _DEADLINE.c.revision.label("deadline_revision"),
            type_coerce(stands_filed(_ROUND.c.id, actor_party), Boolean).label("has_filed"),
            case((has_declared(_ROUND.c.id, actor_party), _NONE.c.declared_at), else_=None).label("declared_at"),
        )
        .select_from(
            _ROUND.outerjoin(_PRACTICE, _PRACTICE.c.party_id == actor_party)
            .outerjoin(_DEADLINE, and_(_DEADLINE.c.round_id == _ROUND.c.id, _DEADLINE.c.party_id == actor_party))
            .outerjoin(_NONE, and_(_NONE.c.round_id == _ROUND.c.id, _NONE.c.party_id == actor_party))
            .outerjoin(_LATE, and_(_LATE.c.round_id == _ROUND.c.id, _LATE.c.party_id == actor_party))
        )
        .subquery("participations")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    party_id: Mapped[str]
    status: Mapped[RoundStatus]
    body_id: Mapped[str]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    visibility: Mapped[RoundVisibility]
    open_to_members: Mapped[bool]
    open_to_observers: Mapped[bool]
    open_to_private_sector: Mapped[bool]
    group_id: Mapped[str | None]
    zone: Mapped[str]
    admitted_until: Mapped[datetime | None]
    levels: Mapped[ClearanceLevels | None]
    can_file_at_once: Mapped[bool | None]
    due_at: Mapped[datetime | None]
    deadline_revision: Mapped[int | None]
    has_filed: Mapped[bool]
    declared_at: Mapped[datetime | None]


def _count_people(*conditions: ColumnElement[bool]) -> Any:
    """Return the number of people who are accredited for the party today, programs and administrators left out."""
    return (
        select(func.count(_DELEGATE.c.id))
        .join(_PERSON, and_(_PERSON.c.id == _DELEGATE.c.person_id, _PERSON.c.suspended_at.is_(None)))
        .where(
            _DELEGATE.c.party_id == _PARTY.c.id,
            _DELEGATE.c.starts_on <= today,
            or_(_DELEGATE.c.ends_on.is_(None), _DELEGATE.c.ends_on >= today),
            _DELEGATE.c.ended_at.is_(None),
            ~_DELEGATE.c.is_service,
            ~_DELEGATE.c.is_administrator,
            *conditions,
        )
        .scalar_subquery()
    )


_IS_FOCAL_POINT = and_(
    _DELEGATE.c.focal_point_from <= today,
    or_(_DELEGATE.c.focal_point_until.is_(None), _DELEGATE.c.focal_point_until >= today),
)


class PartyClearance(Base):
    """How a party clears; one that has said nothing asks for no clearance and files in one step."""

    __table__ = (
        select(
            _PARTY.c.id,
            func.coalesce(_PRACTICE.c.levels, ClearanceLevels.NONE.value).label("levels"),
            func.coalesce(_PRACTICE.c.can_file_at_once, true()).label("can_file_at_once"),
            func.coalesce(_PRACTICE.c.revision, 0).label("revision"),
            _PRACTICE.c.arranged_at,
            _count_people(_IS_FOCAL_POINT).label("focal_point_count"),
            _count_people().label("delegate_count"),
        )
        .select_from(_PARTY.outerjoin(_PRACTICE, _PRACTICE.c.party_id == _PARTY.c.id))
        .subquery("party_clearances")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    levels: Mapped[ClearanceLevels]
    can_file_at_once: Mapped[bool]
    revision: Mapped[int]
    arranged_at: Mapped[datetime | None]
    focal_point_count: Mapped[int]
    delegate_count: Mapped[int]


def _back(of: Any, where: Any) -> Any:
    """Return the relation to the one row of a view that belongs to a row."""
    return relationship(of, primaryjoin=where, lazy="raise", viewonly=True, uselist=False, info={OPTIONAL: True})


Round.participation = _back(Participation, lambda: remote(foreign(Participation.id)) == Round.id)
Party.clearance = _back(PartyClearance, lambda: remote(foreign(PartyClearance.id)) == Party.id)
