"""Define the pairs that edges of the API lead along, as views: computed at each reading, nothing is stored."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Mapped, foreign, relationship, remote

from server.models.answering import has_declared, has_filed, is_asked
from server.models.base import OPTIONAL, Base, table_of
from server.models.bodies import Body
from server.models.consolidation import ConflictSide, Consolidation
from server.models.parties import Party
from server.models.rounds import CarriedComment, Comment, CommentWork, Disposition, Round
from server.models.texts import ProvisionText, TextVersion
from server.models.triage import AnswerReaction, CommentTriage, DispositionOrigin
from server.models.workplan import WorkPlan
from server.vocabulary.texts import VersionStatus

_ROUND, _PARTY, _COMMENT = table_of(Round).alias("r"), table_of(Party).alias("p"), table_of(Comment).alias("c")


def _count_filed() -> Any:
    """Return the number of comments that a party has submitted, withdrawn ones included; a revised one counts once."""
    filed = (
        _COMMENT.c.round_id == _ROUND.c.id,
        _COMMENT.c.party_id == _PARTY.c.id,
        _COMMENT.c.submitted_at.is_not(None),
        _COMMENT.c.filing == 1,
    )
    return select(func.count()).select_from(_COMMENT).where(*filed).scalar_subquery().label("comment_count")


def _select_parties(*conditions: ColumnElement[bool]) -> Select[Any]:
    """Return the query for pairs of a round and a party that meet conditions."""
    pair = (_ROUND.c.id + _PARTY.c.id).label("id")
    columns = (pair, _ROUND.c.id.label("round_id"), _PARTY.c.id.label("party_id"))
    return select(*columns).select_from(_ROUND.join(_PARTY, _PARTY.c.id != "")).where(*conditions)


class AnsweredRound(Base):
    """A round and a party that has filed or signed a comment in it, with the number of its own.

    Withdrawn ones are included, and a revised one counts once.
    """

    __table__ = (
        _select_parties(has_filed(_ROUND.c.id, _PARTY.c.id)).add_columns(_count_filed()).subquery("answered_rounds")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    round_id: Mapped[str]
    party_id: Mapped[str]
    comment_count: Mapped[int]
    party: Mapped[Party] = relationship(
        primaryjoin=lambda: foreign(AnsweredRound.party_id) == remote(Party.id),
        lazy="raise",
        viewonly=True,
        uselist=False,
    )


class SilentRound(Base):
    """A round and a party that it asks, and that has neither filed or signed in it nor declared to have no comment."""

    __table__ = _select_parties(
        is_asked(_ROUND, _PARTY), ~has_filed(_ROUND.c.id, _PARTY.c.id), ~has_declared(_ROUND.c.id, _PARTY.c.id)
    ).subquery("silent_rounds")
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    round_id: Mapped[str]
    party_id: Mapped[str]


_ONE, _OTHER = table_of(ProvisionText).alias("one"), table_of(ProvisionText).alias("other")


class SameProvision(Base):
    """The words of a provision in one version, and in another or the same one: both have one permanent key."""

    __table__ = (
        select(
            (_ONE.c.id + _OTHER.c.id).label("id"),
            _ONE.c.id.label("one_id"),
            _OTHER.c.id.label("other_id"),
            _OTHER.c.text_version_id,
        )
        .join(_OTHER, _OTHER.c.provision_id == _ONE.c.provision_id)
        .subquery("same_provisions")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    one_id: Mapped[str]
    other_id: Mapped[str]
    text_version_id: Mapped[str]


_SIDE = table_of(ConflictSide).alias("s")


class ConflictSource(Base):
    """A conflict and a comment or amendment with a wording in it, however many sides it has there."""

    __table__ = (
        select(func.min(_SIDE.c.id).label("id"), _SIDE.c.conflict_id, _SIDE.c.source_id)
        .group_by(_SIDE.c.conflict_id, _SIDE.c.source_id)
        .subquery("conflict_sources")
    )
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    conflict_id: Mapped[str]
    source_id: Mapped[str]


_WORK, _CARRIED, _MAKING, _MADE = (
    table_of(CommentWork).alias("w"),
    table_of(CarriedComment).alias("k"),
    table_of(Consolidation).alias("m"),
    table_of(TextVersion).alias("v"),
)


def _base_of_comment() -> ColumnElement[str]:
    """Return the version that a comment is on: the one to which it was carried last, or that of its round."""
    carried = (
        select(_CARRIED.c.text_version_id)
        .join(_WORK, _WORK.c.carried_id == _CARRIED.c.id)
        .where(_WORK.c.comment_id == _COMMENT.c.id)
        .correlate(_COMMENT)
        .scalar_subquery()
    )
    filed_on = select(_ROUND.c.text_version_id).where(_ROUND.c.id == _COMMENT.c.round_id).correlate(_COMMENT)
    return func.coalesce(carried, filed_on.scalar_subquery())


def _version_made() -> ColumnElement[str]:
    """Return the version that was made from the one that a comment is on, given up ones left out; the newest."""
    versions = (
        select(_MADE.c.id)
        .join(_MAKING, _MAKING.c.target_id == _MADE.c.id)
        .where(_MAKING.c.base_id == _base_of_comment(), _MADE.c.status != VersionStatus.ABANDONED)
    )
    return versions.order_by(_MADE.c.number.desc()).limit(1).correlate(_COMMENT).scalar_subquery()


def _key_of_provision() -> ColumnElement[str]:
    """Return the permanent key of the provision that a comment is on."""
    words = table_of(ProvisionText).alias("t")
    return select(words.c.provision_id).where(words.c.id == _COMMENT.c.provision_text_id).scalar_subquery()


class CommentOutcome(Base):
    """What became of a comment: the version that was made from the one it is on, and its provision there."""

    __table__ = select(
        _COMMENT.c.id,
        _COMMENT.c.id.label("comment_id"),
        _version_made().label("text_version_id"),
        _key_of_provision().label("provision_id"),
    ).subquery("comment_outcomes")
    __mapper_args__ = {"primary_key": [__table__.c.id]}  # noqa: RUF012
    id: Mapped[str]
    comment_id: Mapped[str]
    text_version_id: Mapped[str | None]
    provision_id: Mapped[str | None]
    comment: Mapped[Comment] = relationship(
        primaryjoin=lambda: foreign(CommentOutcome.comment_id) == remote(Comment.id),
        lazy="raise",
        viewonly=True,
        uselist=False,
    )
    text_version: Mapped[TextVersion | None] = relationship(
        primaryjoin=lambda: foreign(CommentOutcome.text_version_id) == remote(TextVersion.id),
        lazy="raise",
        viewonly=True,
        uselist=False,
        info={OPTIONAL: True},
    )
    provision_text: Mapped[ProvisionText | None] = relationship(
        primaryjoin=lambda: (
            (foreign(CommentOutcome.provision_id) == remote(ProvisionText.provision_id))
            & (CommentOutcome.text_version_id == remote(ProvisionText.text_version_id))
        ),
        lazy="raise",
        viewonly=True,
        uselist=False,
        info={OPTIONAL: True},
    )


def _back(of: Any, where: Any) -> Any:
    """Return the relation to the row of another table that refers to this one, of which there is one at most."""
    return relationship(of, primaryjoin=where, lazy="raise", viewonly=True, uselist=False, info={OPTIONAL: True})


Body.work_plan = _back(
    WorkPlan, lambda: and_(remote(foreign(WorkPlan.body_id)) == Body.id, remote(WorkPlan.closed_at).is_(None))
)
TextVersion.consolidation = _back(Consolidation, lambda: remote(foreign(Consolidation.target_id)) == TextVersion.id)
Comment.outcome = _back(CommentOutcome, lambda: remote(foreign(CommentOutcome.comment_id)) == Comment.id)
Comment.triage = _back(CommentTriage, lambda: remote(foreign(CommentTriage.comment_id)) == Comment.id)
Disposition.origin = _back(
    DispositionOrigin, lambda: remote(foreign(DispositionOrigin.disposition_id)) == Disposition.id
)
Disposition.reaction = _back(AnswerReaction, lambda: remote(foreign(AnswerReaction.disposition_id)) == Disposition.id)
Disposition.comment = relationship(
    Comment, primaryjoin=lambda: foreign(Disposition.comment_id) == remote(Comment.id), lazy="raise", viewonly=True
)
Comment.replacement = _back(
    Comment,
    lambda: (remote(foreign(Comment.replaces_id)) == Comment.id) & remote(Comment.submitted_at).is_not(None),
)
