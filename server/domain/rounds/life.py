"""Reading the life of a round: its phase, the steps taken with it, late admissions, codes, and what is in its scope."""

from collections.abc import Callable, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, not_, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload

from server.domain.rounds.queries import OF_PARTY, is_accepting, is_closed, is_shown_by, visible_rounds
from server.domain.rounds.rules.facts import PhaseFacts
from server.kernel.actor import Actor
from server.kernel.predicates import Within, actor_party, is_secretariat, led_bodies, parents, sight, signed_in
from server.models.calling import LateAdmission
from server.models.delegations import NoComment
from server.models.rounds import Comment, CommentWork, Round, RoundExtension
from server.models.texts import ProvisionText
from server.storage.rows import WANTED, get_row
from server.vocabulary.rounds import COMMENT_LIFECYCLE, GONE, RUNNING, UNDISPOSED, RoundPhase, RoundStatus

NAMED_AT_MOST = 5
"""Objects that a refusal names; it says how many more there are."""

visible_steps = Within("round_id", Round, visible_rounds)
"""The condition that the caller sees a step that was taken with a round: everybody who sees the round does."""


def visible_admissions(admission: Any) -> ColumnElement[bool]:
    """Return the condition that the caller sees a request to comment after the close.

    Its own party sees it, those who lead the body of the round, and the Secretariat.
    """
    round_ = aliased(Round)
    leads = select(round_.id).where(round_.id == admission.round_id, round_.body_id.in_(led_bodies)).exists()
    return and_(
        signed_in,
        or_(
            sight("its own party", admission.party_id == actor_party),
            sight("the Secretariat", is_secretariat),
            sight("those who lead the body of its round", leads),
        ),
    )


def in_phase(column_at: Callable[[str], Any], matches: Callable[[Any], Any]) -> ColumnElement[bool]:
    """Return the filter for rounds in a phase that matches: `policy.phase_for` in SQL.

    A test holds the two together.
    """
    round_ = SimpleNamespace(**{name: column_at(name) for name in PhaseFacts._fields})
    answered = and_(round_.answers_began_at.is_not(None), or_(is_secretariat, is_shown_by(round_)))
    phase_now = case(
        (round_.status.not_in(RUNNING), cast(round_.status, String)),
        (and_(is_closed(round_.closes_at), answered), RoundPhase.IN_DISPOSITION.value),
        (is_closed(round_.closes_at), RoundPhase.CLOSED.value),
        (not_(is_accepting(round_.opens_at, round_.closes_at)), RoundPhase.PLANNED.value),
        (round_.status == RoundStatus.PAUSED, RoundPhase.PAUSED.value),
        else_=RoundPhase.OPEN.value,
    )
    return matches(type_coerce(phase_now, String()))  # type: ignore[no-any-return]


def extensions_per_round() -> Any:
    """Return the query for (round, number of its extensions) of the rounds in `parents`."""
    of_parents = RoundExtension.round_id.in_(parents)
    return select(RoundExtension.round_id, func.count()).where(of_parents).group_by(RoundExtension.round_id)


_ADMISSION = (
    select(LateAdmission)
    .where(LateAdmission.id == WANTED, visible_admissions(LateAdmission))
    .options(joinedload(LateAdmission.round), joinedload(LateAdmission.party))
    .with_for_update(of=LateAdmission)
)


async def get_admission(session: AsyncSession, actor: Actor, now: datetime, admission_id: str) -> LateAdmission:
    """Return the request to comment late with its round, locked for change, or refuse that there is none."""
    return await get_row(session, actor, now, _ADMISSION, admission_id, "request")


_OWN_ADMISSION = select(LateAdmission).where(LateAdmission.round_id == WANTED, LateAdmission.party_id == OF_PARTY)


async def find_admission(session: AsyncSession, round_id: str, party_id: str) -> LateAdmission | None:
    """Return the request of a party in a round, locked for change; None if it never asked."""
    return await session.scalar(_OWN_ADMISSION.with_for_update(), {"wanted": round_id, "of_party": party_id})


async def find_running(session: AsyncSession, round_id: str, now: datetime) -> list[tuple[str, datetime]]:
    """Return the parties that may still file late in a round and have not answered, with the instant until which.

    A party that has filed since it was admitted, or has declared since that it has no comment, is not waited for.
    """
    of_round = (LateAdmission.round_id == round_id, LateAdmission.admitted_until > now)
    filed = select(Comment.id).where(
        Comment.round_id == LateAdmission.round_id,
        Comment.party_id == LateAdmission.party_id,
        Comment.submitted_at >= LateAdmission.decided_at,
    )
    declared = select(NoComment.id).where(
        NoComment.round_id == LateAdmission.round_id,
        NoComment.party_id == LateAdmission.party_id,
        NoComment.declared_at >= LateAdmission.decided_at,
        NoComment.taken_back_at.is_(None),
    )
    waited_for = (~filed.exists(), ~declared.exists())
    statement = select(LateAdmission).where(*of_round, *waited_for).options(joinedload(LateAdmission.party))
    rows = (await session.scalars(statement.order_by(LateAdmission.admitted_until))).all()
    return [(row.party.short_name, row.admitted_until) for row in rows if row.admitted_until]


async def find_waiting(session: AsyncSession, round_id: str) -> list[Comment]:
    """Return the comments of a round that wait for their recorded disposition, in the order of the text."""
    statement = (
        select(Comment)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(Comment.round_id == round_id, CommentWork.status.in_(UNDISPOSED))
        .options(joinedload(Comment.party))
        .order_by(Comment.position, Comment.submitted_at, Comment.id)
    )
    return list((await session.scalars(statement)).all())


async def find_unanswered(session: AsyncSession, round_id: str) -> list[CommentWork]:
    """Return the handling of every comment of a round that is closed with it, drafts included, locked for change."""
    open_ = CommentWork.status.in_(sorted(COMMENT_LIFECYCLE.sources_of("cancel_round")))
    statement = (
        select(CommentWork)
        .join(Comment, Comment.id == CommentWork.comment_id)
        .where(Comment.round_id == round_id, open_)
        .order_by(CommentWork.comment_id)
        .with_for_update(of=CommentWork)
    )
    return list((await session.scalars(statement)).all())


async def count_filed(session: AsyncSession, round_id: str, party_id: str) -> int:
    """Count the comments that a party has filed in a round, without those that it took back or revised."""
    statement = (
        select(func.count())
        .select_from(Comment)
        .join(CommentWork, CommentWork.comment_id == Comment.id)
        .where(
            Comment.round_id == round_id,
            Comment.party_id == party_id,
            Comment.submitted_at.is_not(None),
            CommentWork.status.not_in(GONE),
        )
    )
    return await session.scalar(statement) or 0


async def is_code_taken(session: AsyncSession, code: str) -> bool:
    """Return whether a round has this code, whatever became of it."""
    return await session.scalar(select(Round.id).where(Round.code == code)) is not None


async def make_code(session: AsyncSession) -> str:
    """Return the next code that no round has: R and a number, which counts all rounds from 1."""
    number = (await session.scalar(select(func.count()).select_from(Round)) or 0) + 1
    while await is_code_taken(session, f"R{number}"):
        number += 1
    return f"R{number}"


async def find_titles(session: AsyncSession, version_id: str, but: str = "") -> Sequence[Round]:
    """Return the rounds on a version that were not called off, without the one with the id `but`."""
    statement = select(Round).where(Round.text_version_id == version_id, Round.id != but)
    return (await session.scalars(statement.where(Round.status != RoundStatus.CANCELLED))).all()


async def texts_by_key(session: AsyncSession, version_id: str) -> dict[str, tuple[str, str | None]]:
    """Return the words of each provision of a version, and the key of the one that it stands in, by permanent key."""
    columns = (ProvisionText.provision_id, ProvisionText.text, ProvisionText.parent_id)
    statement = select(*columns).where(ProvisionText.text_version_id == version_id).order_by(ProvisionText.position)
    return {key: (text, parent) for key, text, parent in (await session.execute(statement)).all()}
