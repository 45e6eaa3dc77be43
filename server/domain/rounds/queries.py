"""Reading rounds, comments and dispositions, each under the visibility predicate of its noun."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, cast, false, func, not_, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import (
    Within,
    actor_capacity,
    actor_party,
    is_secretariat,
    led_bodies,
    parents,
    present,
    sight,
    signed_in,
)
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.parties import Party
from server.models.rounds import CarriedComment, Comment, CommentWork, Mark, Round
from server.models.texts import TextVersion
from server.storage.rows import WANTED, get_row, lock_row
from server.vocabulary.rounds import UNDISPOSED, DispositionStage, RoundPhase, RoundStatus, RoundVisibility

OF_PARTY = bindparam("of_party", type_=String)
"""The id of the party in whose name something was filed or marked."""


def _addresses_caller(round_: Any) -> ColumnElement[bool]:
    """Return the condition that a round asks parties of the caller's capacity for comments."""
    return case(
        (actor_capacity == Capacity.MEMBER, round_.open_to_members),
        (actor_capacity == Capacity.OBSERVER, round_.open_to_observers),
        (actor_capacity == Capacity.PRIVATE_SECTOR, round_.open_to_private_sector),
        else_=false(),
    )


def visible_rounds(round_: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a round.

    A round is seen by parties of the capacities that it addresses, by those who lead its body, by the Secretariat, and
    by a party that wrote in it, even if its capacity has changed since.
    """
    comment = aliased(Comment)
    wrote = select(comment.id).where(comment.round_id == round_.id, comment.party_id == actor_party).exists()
    return and_(
        signed_in,
        or_(
            sight("the Secretariat", is_secretariat),
            sight("those who lead its body", round_.body_id.in_(led_bodies)),
            sight("parties of a capacity that it addresses", _addresses_caller(round_)),
            sight("a party that wrote in it", wrote),
        ),
    )


visible_extensions = Within("round_id", Round, visible_rounds)
"""The condition that the caller sees an extension: everybody who sees the round does."""


def is_accepting(opens_at: Any, closes_at: Any) -> ColumnElement[bool]:
    """Return the condition that `present` lies in the window of a round: `rules.window.accepts_at` in SQL."""
    return and_(opens_at <= present, not_(is_closed(closes_at)))


def is_closed(closes_at: Any, now: Any = present) -> ColumnElement[bool]:
    """Return the condition that the closing instant of a round has come: `rules.window.has_closed` in SQL.

    A statement that is run without the parameters of an actor gives the instant as `now`.
    """
    return closes_at <= now  # type: ignore[no-any-return]


def is_sealed_since(round_: Any, instant: Any, now: Any = present) -> ColumnElement[bool]:
    """Return the condition that a round was open at an instant, and that its comments are hidden from others still."""
    hides = round_.visibility != RoundVisibility.IMMEDIATE
    return and_(hides, round_.opens_at <= instant, not_(is_closed(round_.closes_at, now)))


def in_phase(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for rounds in a phase that matches: `rules.window.phase_of` in SQL.

    A test holds the two together.
    """
    status, opens_at, closes_at = column_at("status"), column_at("opens_at"), column_at("closes_at")
    phase_now = case(
        (status != RoundStatus.CALLED, cast(status, String)),
        (is_accepting(opens_at, closes_at), RoundPhase.OPEN.value),
        (is_closed(closes_at), RoundPhase.CLOSED.value),
        else_=RoundPhase.PLANNED.value,
    )
    return matches(type_coerce(phase_now, String()))  # type: ignore[no-any-return]


def asks_for(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the filter for rounds that are open now and address the caller's own capacity."""
    open_now = is_accepting(column_at("opens_at"), column_at("closes_at"))
    audience = SimpleNamespace(
        **{name: column_at(name) for name in ("open_to_members", "open_to_observers", "open_to_private_sector")}
    )
    return and_(column_at("status") == RoundStatus.CALLED, open_now, _addresses_caller(audience))


def visible_comments(comment: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a comment.

    A draft is seen by its own party only. A submitted comment is seen at once by its party and the Secretariat. Those
    who lead the body and the parties that the round addresses see it as the round's visibility says. Before its closing
    instant, a sealed round gives them the same answers whether or not others filed anything.
    """
    others = _shows_others(comment.round_id)
    own = sight("its own party", comment.party_id == actor_party)
    submitted = comment.submitted_at.is_not(None)
    secretariat = sight("the Secretariat, once it is submitted", is_secretariat)
    return and_(signed_in, or_(own, and_(submitted, or_(secretariat, others))))


def _shows_others(round_id: Any) -> ColumnElement[bool]:
    """Return the condition that a round shows the caller, by its visibility, what other parties filed in it."""
    round_ = aliased(Round)
    # Cancelling a sealed round does not open it: what was filed in confidence stays so.
    closed = and_(is_closed(round_.closes_at), round_.status != RoundStatus.CANCELLED)
    leads = sight("those who lead the body of its round", round_.body_id.in_(led_bodies))
    addressed = sight("parties of a capacity that its round addresses", _addresses_caller(round_))
    by_visibility = or_(
        and_(round_.visibility == RoundVisibility.IMMEDIATE, or_(leads, addressed)),
        and_(round_.visibility == RoundVisibility.AFTER_CLOSE, closed, or_(leads, addressed)),
        and_(round_.visibility == RoundVisibility.SECRETARIAT_AND_COORDINATORS, leads),
    )
    return select(round_.id).where(round_.id == round_id, by_visibility).exists()


def visible_filings(pair: Any) -> ColumnElement[bool]:
    """Return the condition that the caller may know whether a party has filed in a round: they see its comments.

    So a sealed round tells a party of nobody but itself, neither who has filed nor who has not.
    """
    own = pair.party_id == actor_party
    return and_(signed_in, or_(own, is_secretariat, _shows_others(pair.round_id)))


visible_marks = Within("comment_id", Comment, visible_comments)
"""The condition that the caller sees a party's mark on a comment: everybody who sees the comment does."""
visible_outcomes = Within("text_version_id", TextVersion, visible_versions)
"""The condition that the caller sees what became of a comment that they see: they see the version that was made."""
visible_carried_comments = Within("comment_id", Comment, visible_comments)
"""The condition that the caller sees where a comment was carried to: everybody who sees the comment does."""


def _is_for_caller(disposition: Any) -> ColumnElement[bool]:
    """Return the condition that a disposition is for the caller, if they see the comment.

    A recorded one is for everybody. Until it is recorded, a proposed one is for those who lead the body and for the
    Secretariat.
    """
    comment, round_ = aliased(Comment), aliased(Round)
    leads = (
        select(comment.id)
        .join(round_, round_.id == comment.round_id)
        .where(comment.id == disposition.comment_id, round_.body_id.in_(led_bodies))
        .exists()
    )
    recorded = disposition.stage == DispositionStage.RECORDED
    return or_(
        sight("whoever sees the comment, now that it is recorded", recorded),
        sight("the Secretariat", is_secretariat),
        sight("those who lead the body", leads),
    )


visible_dispositions = Within("comment_id", Comment, visible_comments, _is_for_caller)
"""The condition that the caller sees a disposition: they see the comment, and the disposition is for them."""


_ROUND = select(Round).where(Round.id == WANTED, visible_rounds(Round))
_ROUND_SHARED = _ROUND.with_for_update(read=True)
_ROUND_LOCKED = _ROUND.with_for_update()


async def get_round(session: AsyncSession, actor: Actor, now: datetime, round_id: str, *, lock: bool = False) -> Round:
    """Return the round, or refuse that there is none for this actor.

    It is share-locked, so that nobody moves its closing instant between the check and the commit; `lock` takes it for
    change.
    """
    statement = _ROUND_LOCKED if lock else _ROUND_SHARED
    return await get_row(session, actor, now, statement, round_id, "round")


_ROUND_OF_COMMENT = select(Comment.round_id).where(Comment.id == WANTED, visible_comments(Comment))
_SHARE_ROUND = select(Round.id).where(Round.id == WANTED).with_for_update(read=True)
_LOCK_WORK = select(CommentWork.comment_id).where(CommentWork.comment_id == WANTED).with_for_update()
_WHOLE_COMMENT = (
    select(Comment)
    .where(Comment.id == WANTED)
    .options(
        joinedload(Comment.round),
        joinedload(Comment.party),
        joinedload(Comment.provision_text),
        joinedload(Comment.work)
        .joinedload(CommentWork.carried)
        .options(joinedload(CarriedComment.provision_text), joinedload(CarriedComment.text_version)),
    )
    .execution_options(populate_existing=True)
)


async def get_comment(session: AsyncSession, actor: Actor, now: datetime, comment_id: str) -> Comment:
    """Return the comment, or refuse that there is none for this actor.

    It comes with its round (share-locked), its work row (locked for change), its party, its provision, and its place in
    the version to which it was carried.
    """
    round_id = await get_row(session, actor, now, _ROUND_OF_COMMENT, comment_id, "comment")
    # The locks come first and the comment is read after them, so that an act committed meanwhile is seen.
    await lock_row(session, _SHARE_ROUND, round_id)
    await lock_row(session, _LOCK_WORK, comment_id)
    return (await session.scalars(_WHOLE_COMMENT, {"wanted": comment_id})).one()


# FOR NO KEY UPDATE: a second filing of the party waits, and rows that only refer to the party are still inserted.
_LOCK_PARTY = select(Party.id).where(Party.id == WANTED).with_for_update(key_share=True)
_HIGHEST_NUMBER = select(func.max(Comment.number)).where(Comment.round_id == WANTED, Comment.party_id == OF_PARTY)


async def next_number(session: AsyncSession, round_id: str, party_id: str) -> int:
    """Return the next number of a party's comments in a round.

    Withdrawn comments keep theirs. The party is locked, so that two comments filed at the same time get two numbers.
    """
    await lock_row(session, _LOCK_PARTY, party_id)
    return (await session.scalar(_HIGHEST_NUMBER, {"wanted": round_id, "of_party": party_id}) or 0) + 1


async def count_undisposed(session: AsyncSession, round_id: str) -> int:
    """Count the submitted comments of a round that have no recorded disposition and were not withdrawn."""
    statement = (
        select(func.count())
        .select_from(Comment)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(Comment.round_id == round_id, CommentWork.status.in_(UNDISPOSED))
    )
    return await session.scalar(statement) or 0


def marks_per_comment(kind: type[Mark]) -> Callable[[], Any]:
    """Return a function that returns the query for (comment, number of marks of this kind), for those in `parents`."""

    def query() -> Any:
        from_parents = kind.comment_id.in_(parents)
        counted = select(kind.comment_id, func.count()).where(from_parents, visible_marks(kind))
        return counted.group_by(kind.comment_id)

    return query


_MARKS = {
    kind: select(kind.comment_id).where(kind.comment_id == WANTED, kind.party_id == OF_PARTY).limit(1)
    for kind in Mark.__subclasses__()
}


async def ensure_unmarked(session: AsyncSession, comment_id: str, party_id: str) -> None:
    """Refuse a second mark of a party on a comment, of any kind. The comment is locked by `get_comment`."""
    for kind, marks in _MARKS.items():
        if await session.scalar(marks, {"wanted": comment_id, "of_party": party_id}):
            message = f"Your party {kind.says} this comment already; a mark is for good."
            raise Refusal(RefusalKind.NOT_NOW, RefusalCode.ALREADY_DONE, message)


def comments_per_round() -> Any:
    """Return the query for (round, number of comments that the caller sees) of the rounds in `parents`."""
    visible = (Comment.round_id.in_(parents), visible_comments(Comment), Comment.submitted_at.is_not(None))
    return select(Comment.round_id, func.count()).where(*visible).group_by(Comment.round_id)


def comments_per_provision() -> Any:
    """Return the query for (provision text, number of comments that the caller sees), by `parents`."""
    anchor = Comment.provision_text_id
    visible = (anchor.in_(parents), visible_comments(Comment), Comment.submitted_at.is_not(None))
    return select(anchor, func.count()).where(*visible).group_by(anchor)
