"""Asking other parties to sign a comment, and what their focal points answer."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import checks, signing
from server.domain.rounds.rules.facts import CommentFacts, CoSignatureFacts
from server.journal.actions import record
from server.journal.digests import digest_of_words
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import (
    Refusal,
    RefusalCode,
    RefusalKind,
    ensure_current,
    ensure_well_formed,
    not_found,
)
from server.models.answering import is_asked
from server.models.base import table_of
from server.models.parties import Party
from server.models.rounds import Comment, Round
from server.models.threads import CoSignature
from server.storage.rows import WANTED, get_row
from server.vocabulary.threads import CoSignatureState

_COMMENT_OF = select(CoSignature.comment_id).where(CoSignature.id == WANTED, queries.visible_co_signatures(CoSignature))
_OF_COMMENT = (
    select(CoSignature)
    .where(CoSignature.comment_id == WANTED)
    .options(joinedload(CoSignature.party))
    .order_by(CoSignature.id)
    .execution_options(populate_existing=True)
)


async def confirm_co_signature(
    session: AsyncSession, actor: Actor, now: datetime, *, co_signature_id: str, expected_revision: int
) -> str:
    """Sign a draft of another party as the focal point of a party that was asked, and return the comment's id.

    The party signs the words of `expected_revision`. The revision does not move, so that several can sign at once.
    """
    comment, co_signature, facts = await _get(session, actor, now, co_signature_id)
    policy.confirm_co_signature.ensure(actor, facts, now)
    ensure_current("comment", comment.id, expected=expected_revision, current=comment.work.revision)
    co_signature.state, co_signature.reason = CoSignatureState.CONFIRMED, ""
    co_signature.answered_at, co_signature.answered_by_id = now, actor.delegate_id
    co_signature.words_digest = digest_of_words(comment)
    details = {"co_signature": co_signature.id, "version": expected_revision}
    await record(session, actor, policy.confirm_co_signature, comment.id, now, **details)
    return comment.id


async def decline_co_signature(
    session: AsyncSession, actor: Actor, now: datetime, *, co_signature_id: str, reason: str = ""
) -> str:
    """Decline to sign a draft of another party, also after having signed it, and return the co-signature's id.

    The party that wrote the draft sees who declined, and the reason if one is given.
    """
    comment, co_signature, facts = await _get(session, actor, now, co_signature_id)
    policy.decline_co_signature.ensure(actor, facts, now)
    too_long = [Issue("reason", IssueCode.TOO_LONG, limit=checks.TEXT_LIMIT)]
    ensure_well_formed(too_long if len(reason) > checks.TEXT_LIMIT else [])
    co_signature.state, co_signature.reason = CoSignatureState.DECLINED, reason.strip()
    co_signature.answered_at, co_signature.answered_by_id = now, actor.delegate_id
    co_signature.words_digest = digest_of_words(comment)
    details = {"co_signature": co_signature.id, "reason": co_signature.reason}
    await record(session, actor, policy.decline_co_signature, comment.id, now, **details)
    return co_signature.id


async def ask_co_signers(
    session: AsyncSession, now: datetime, round_: Round, comment: Comment, party_ids: Sequence[str] | None
) -> None:
    """Ask these parties to sign a draft, and nobody else; None stands for those that are asked already.

    Those that have signed the same words are not asked again, nor those that declined them; other words ask everybody.
    """
    by_party = {each.party_id: each for each in await session.scalars(_OF_COMMENT, {"wanted": comment.id})}
    if party_ids is None:
        party_ids = [*by_party]
    addressed = await _find_addressed(session, now, round_, party_ids)
    ensure_well_formed(signing.check_co_signers(party_ids, comment.party_id, addressed))
    words = digest_of_words(comment)
    for party_id, co_signature in by_party.items():
        if party_id not in party_ids:
            await session.execute(delete(CoSignature).where(CoSignature.id == co_signature.id))
            session.expunge(co_signature)
        elif co_signature.words_digest != words and co_signature.state != CoSignatureState.ASKED:
            co_signature.state, co_signature.asked_at = CoSignatureState.ASKED, now
            co_signature.answered_at = co_signature.answered_by_id = co_signature.words_digest = None
            co_signature.reason = ""
    for party_id in party_ids:
        if party_id not in by_party:
            session.add(
                CoSignature(comment_id=comment.id, party_id=party_id, asked_at=now, state=CoSignatureState.ASKED)
            )


async def settle_co_signers(
    session: AsyncSession, comment: Comment, *, can_leave_out: bool
) -> tuple[list[str], list[str]]:
    """Return (parties that signed a draft which is being filed, parties that are left out), in the order of their ids.

    Refuse, and name them, if parties have not signed its words and are not to be left out.
    """
    rows = [*await session.scalars(_OF_COMMENT, {"wanted": comment.id})]
    missing = signing.name_missing(
        [signing.AskedParty(each.party_id, each.party.short_name, each.state) for each in rows]
    )
    if missing and not can_leave_out:
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, missing, rule=signing.SIGNING_RULE)
    left_out = [each for each in rows if each.state != CoSignatureState.CONFIRMED]
    for each in left_out:
        if each.state == CoSignatureState.ASKED:
            each.state = CoSignatureState.LEFT_OUT
    signed = sorted(each.party_id for each in rows if each.state == CoSignatureState.CONFIRMED)
    return signed, sorted(each.party_id for each in left_out)


async def _find_addressed(
    session: AsyncSession, now: datetime, round_: Round, party_ids: Sequence[str]
) -> frozenset[str]:
    """Return those of the parties that the round asks for comments."""
    if not party_ids:
        return frozenset()
    asking, parties = table_of(Round), table_of(Party)
    pairs = asking.join(parties, parties.c.id.in_(party_ids[: signing.MOST_CO_SIGNERS]))
    chosen = select(parties.c.id).select_from(pairs).where(asking.c.id == round_.id, is_asked(asking, parties))
    return frozenset(await session.scalars(chosen, {"actor_today": now.date()}))


async def _get(
    session: AsyncSession, actor: Actor, now: datetime, co_signature_id: str
) -> tuple[Comment, CoSignature, CoSignatureFacts]:
    """Return the comment, locked for change, and the co-signature on it with its facts, or refuse that there is none.

    The facts of the comment are read before the co-signatures, which load parties anew without what belongs to them.
    """
    comment_id = await get_row(session, actor, now, _COMMENT_OF, co_signature_id, "co-signature")
    comment = await queries.get_comment(session, actor, now, comment_id)
    known = facts_of(CommentFacts, comment)
    rows = await session.scalars(_OF_COMMENT, {"wanted": comment.id})
    co_signature = next((each for each in rows if each.id == co_signature_id), None)
    if co_signature is None:
        raise not_found("co-signature")
    return comment, co_signature, _facts_of(known, co_signature)


def _facts_of(facts: CommentFacts, co_signature: CoSignature) -> CoSignatureFacts:
    return CoSignatureFacts(
        co_signature.state,
        co_signature.party_id,
        facts.status,
        facts.round_status,
        facts.opens_at,
        facts.closes_at,
        facts.visibility,
        facts.zone,
    )
