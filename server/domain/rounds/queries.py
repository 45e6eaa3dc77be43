"""Reading rounds, comments and dispositions, each under the visibility predicate of its noun."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, bindparam, case, false, func, not_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.rounds.rules.facts import PhaseFacts
from server.domain.texts.queries.reading import visible_versions
from server.kernel.actor import Actor, Capacity
from server.kernel.predicates import (
    Within,
    actor_capacity,
    actor_party,
    is_for_delegates,
    is_secretariat,
    joined_bodies,
    led_bodies,
    parents,
    present,
    sight,
    signed_in,
)
from server.models.parties import Party
from server.models.rounds import CarriedComment, Comment, CommentWork, Round
from server.models.texts import TextVersion
from server.models.threads import CoSignature
from server.storage.rows import WANTED, get_row, lock_row
from server.vocabulary.rounds import CommentStatus, DispositionStage, RoundStatus, RoundVisibility
from server.vocabulary.threads import JOINING, CoSignatureState

OF_PARTY = bindparam("of_party", type_=String)
"""The id of the party in whose name something was filed or marked."""


def addresses_caller(round_: Any) -> ColumnElement[bool]:
    """Return the condition that a round asks the caller's party for comments: the same as `RoundFacts.asks` in SQL.

    The party is of a capacity that the round addresses, and a member of its group if it names one.
    """
    capacity = case(
        (actor_capacity == Capacity.MEMBER, round_.open_to_members),
        (actor_capacity == Capacity.OBSERVER, round_.open_to_observers),
        (actor_capacity == Capacity.PRIVATE_SECTOR, round_.open_to_private_sector),
        else_=false(),
    )
    return and_(capacity, or_(round_.group_id.is_(None), round_.group_id.in_(joined_bodies)))


def visible_rounds(round_: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a round.

    A round is seen by the parties that it addresses by capacity and group, by those who lead its body, by the
    Secretariat, and by a party that wrote in it, even if its capacity has changed since.
    """
    comment = aliased(Comment)
    wrote = select(comment.id).where(comment.round_id == round_.id, comment.party_id == actor_party).exists()
    return and_(
        signed_in,
        or_(
            sight("the Secretariat", is_secretariat),
            sight("those who lead its body", round_.body_id.in_(led_bodies)),
            sight("parties of a capacity that it addresses", addresses_caller(round_)),
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


def asks_for(column_at: Callable[[str], Any]) -> ColumnElement[bool]:
    """Return the filter for rounds that are open now and ask the caller's party."""
    open_now = is_accepting(column_at("opens_at"), column_at("closes_at"))
    round_ = SimpleNamespace(**{name: column_at(name) for name in PhaseFacts._fields})
    return and_(round_.status == RoundStatus.CALLED, open_now, addresses_caller(round_))


def visible_comments(comment: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a comment.

    A draft is seen by its own party, and by those that it asks to sign it and that have not declined. A submitted
    comment is seen at once by these parties and the Secretariat. Those who lead the body and the parties that the round
    addresses see it as the round's visibility says. Before its closing instant, a sealed round gives them the same
    answers whether or not others filed anything.
    """
    others = _shows_others(comment.round_id)
    own = sight("its own party", comment.party_id == actor_party)
    signature = aliased(CoSignature)
    of_caller = (signature.party_id == actor_party, signature.state.in_(JOINING))
    signed = select(signature.id).where(signature.comment_id == comment.id, *of_caller).exists()
    joining = sight("a party that signed it, too, or is asked to", signed)
    submitted = comment.submitted_at.is_not(None)
    secretariat = sight("the Secretariat, once it is submitted", is_secretariat)
    return and_(signed_in, or_(own, joining, and_(submitted, or_(secretariat, others))))


def _shows_others(round_id: Any) -> ColumnElement[bool]:
    """Return the condition that a round shows the caller, by its visibility, what other parties filed in it."""
    round_ = aliased(Round)
    return select(round_.id).where(round_.id == round_id, is_shown_by(round_)).exists()


def is_shown_by(round_: Any) -> ColumnElement[bool]:
    """Return the condition that a round shows the caller what others filed: those who lead the body, or all asked."""
    # Cancelling a sealed round does not open it: what was filed in confidence stays so.
    closed = and_(is_closed(round_.closes_at), round_.status != RoundStatus.CANCELLED)
    leads = sight("those who lead the body of its round", round_.body_id.in_(led_bodies))
    addressed = sight("parties of a capacity that its round addresses", addresses_caller(round_))
    return or_(
        and_(round_.visibility == RoundVisibility.IMMEDIATE, or_(leads, addressed)),
        and_(round_.visibility == RoundVisibility.AFTER_CLOSE, closed, or_(leads, addressed)),
        and_(round_.visibility == RoundVisibility.SECRETARIAT_AND_COORDINATORS, leads),
    )


def visible_filings(pair: Any) -> ColumnElement[bool]:
    """Return the condition that the caller may know whether a party has filed in a round: they see its comments.

    So a sealed round tells a party of nobody but itself, neither who has filed nor who has not.
    """
    own = pair.party_id == actor_party
    return and_(signed_in, or_(own, is_secretariat, _shows_others(pair.round_id)))


def _stands(mark: Any) -> ColumnElement[bool]:
    """Return the condition that a mark was not taken back."""
    return mark.taken_back_at.is_(None)  # type: ignore[no-any-return]


def visible_co_signatures(co_signature: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees the co-signature of a party: it is theirs, or they see the comment.

    Who signed is for everybody. Who was asked and did not is for the party that asked and for those that see the draft.
    """
    comment = aliased(Comment)
    confirmed = co_signature.state == CoSignatureState.CONFIRMED
    knows = or_(confirmed, comment.party_id == actor_party, comment.submitted_at.is_(None))
    seen = select(comment.id).where(comment.id == co_signature.comment_id, knows, visible_comments(comment)).exists()
    return and_(signed_in, or_(sight("the party that is asked", co_signature.party_id == actor_party), seen))


visible_marks = Within("comment_id", Comment, visible_comments, _stands)
"""The condition that the caller sees a party's mark on a comment: it stands, and they see the comment."""
visible_outcomes = Within("text_version_id", TextVersion, visible_versions, is_for_delegates)
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

_ROUND = (
    select(Round)
    .where(Round.id == WANTED, visible_rounds(Round))
    .options(joinedload(Round.own_admission))  # type: ignore[attr-defined]
    .execution_options(populate_existing=True)
)
_ROUND_SHARED = _ROUND.with_for_update(read=True, of=Round)
_ROUND_LOCKED = _ROUND.with_for_update(of=Round)


async def get_round(session: AsyncSession, actor: Actor, now: datetime, round_id: str, *, lock: bool = False) -> Round:
    """Return the round, or refuse that there is none for this actor.

    It is share-locked, so that nobody moves its closing instant between the check and the commit; `lock` takes it for
    change.
    """
    statement = _ROUND_LOCKED if lock else _ROUND_SHARED
    return await get_row(session, actor, now, statement, round_id, "round")


async def has_answers(session: AsyncSession, round_id: str) -> bool:
    """Return whether a comment of a round was ever answered; the first answer changes the round, which it locks."""
    return await session.scalar(select(Round.answers_began_at).where(Round.id == round_id)) is not None


_ROUND_OF_COMMENT = select(Comment.round_id).where(Comment.id == WANTED, visible_comments(Comment))
_SHARE_ROUND = select(Round.id).where(Round.id == WANTED).with_for_update(read=True)
# FOR NO KEY UPDATE: two first answers that shared a lock would both wait to change the round.
_LOCK_ROUND = select(Round.id).where(Round.id == WANTED).with_for_update(key_share=True)
_LOCK_WORK = select(CommentWork.comment_id).where(CommentWork.comment_id == WANTED).with_for_update()
WITH_FACTS = (
    joinedload(Comment.round).joinedload(Round.own_admission),  # type: ignore[attr-defined]
    joinedload(Comment.party).joinedload(Party.practice),
    joinedload(Comment.draft),
    joinedload(Comment.provision_text),
    joinedload(Comment.work)
    .joinedload(CommentWork.carried)
    .options(joinedload(CarriedComment.provision_text), joinedload(CarriedComment.text_version)),
)
"""The options that load with comments what `CommentFacts` look at; the statement takes the parameters of an actor."""
_WHOLE_COMMENT = (
    select(Comment).where(Comment.id == WANTED).options(*WITH_FACTS).execution_options(populate_existing=True)
)


async def get_comment(
    session: AsyncSession, actor: Actor, now: datetime, comment_id: str, *, to_answer: bool = False
) -> Comment:
    """Return the comment, or refuse that there is none for this actor.

    It comes with its round (share-locked; for change if it is `to_answer` as the first), its work row (locked for
    change), its party, its provision, and its place in the version to which it was carried.
    """
    round_id = await get_row(session, actor, now, _ROUND_OF_COMMENT, comment_id, "comment")
    is_first = to_answer and not await has_answers(session, round_id)
    # The locks come first and the comment is read after them, so that an act committed meanwhile is seen.
    await lock_row(session, _LOCK_ROUND if is_first else _SHARE_ROUND, round_id)
    await lock_row(session, _LOCK_WORK, comment_id)
    return (await session.scalars(_WHOLE_COMMENT, {**actor.parameters(now), "wanted": comment_id})).one()


# FOR NO KEY UPDATE: a second filing of the party waits, and rows that only refer to the party are still inserted.
_LOCK_PARTY = select(Party.id).where(Party.id == WANTED).with_for_update(key_share=True)
_HIGHEST_NUMBER = (
    select(func.max(Comment.number))
    .where(Comment.round_id == WANTED, Comment.party_id == OF_PARTY)
    .correlate(Party)
    .scalar_subquery()
)
_NEXT_NUMBER = select(_HIGHEST_NUMBER, Party.name, Party.short_name).where(Party.id == OF_PARTY)


async def lock_party(session: AsyncSession, party_id: str) -> None:
    """Lock a party until the commit, so that it files and declares one thing after the other."""
    await lock_row(session, _LOCK_PARTY, party_id)


async def next_number(session: AsyncSession, round_id: str, party_id: str) -> tuple[int, str, str]:
    """Return the next number of a party's comments in a round, and the name and the short name that it has now.

    Withdrawn comments keep theirs. The party is locked, so that two comments filed at the same time get two numbers.
    """
    await lock_party(session, party_id)
    row = (await session.execute(_NEXT_NUMBER, {"wanted": round_id, "of_party": party_id})).one()
    return (row[0] or 0) + 1, row.name, row.short_name


def _count_filed(key: Any) -> Any:
    """Return the query for (key, number of comments that the caller sees), by `parents`; a revised one counts once."""
    filed = (Comment.submitted_at.is_not(None), CommentWork.status != CommentStatus.REPLACED)
    counted = select(key, func.count()).select_from(Comment).join(CommentWork, CommentWork.comment_id == Comment.id)
    return counted.where(key.in_(parents), visible_comments(Comment), *filed).group_by(key)


def comments_per_round() -> Any:
    """Return the query for (round, number of comments that the caller sees) of the rounds in `parents`."""
    return _count_filed(Comment.round_id)


def comments_per_provision() -> Any:
    """Return the query for (provision text, number of comments that the caller sees), by `parents`."""
    return _count_filed(Comment.provision_text_id)
