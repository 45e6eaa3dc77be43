"""Say to whom an evidence pack is handed: it holds everything about its subject, so only to those who see all of it."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, false, func, not_, select
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.calls import policy as calls
from server.domain.calls.queries import visible_calls
from server.domain.calls.rules.facts import CallFacts
from server.domain.evidence.queries.heads import find_newest_out
from server.domain.evidence.queries.packed import is_packed
from server.domain.evidence.rules import may_show_filings
from server.domain.proposals.queries import visible_proposals
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import visible_rounds
from server.domain.rounds.rules.facts import PhaseFacts
from server.journal.queries import visible_journal_entries
from server.kernel.actor import Actor
from server.kernel.facts import facts_of
from server.kernel.ids import prefix_of
from server.kernel.refusals import RefusalCode
from server.models.calls import Call
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal
from server.models.rounds import Round
from server.storage.rows import WANTED, find_row
from server.vocabulary.rounds import RoundStatus


class PackOffer(NamedTuple):
    """Whether somebody may take the evidence pack of a round, a call or a proposal now.

    `code` and `reason` are None if they may. `unlocks_at` is None if no calendar decides it.
    """

    subject_id: str
    code: RefusalCode | None = None
    reason: str | None = None
    unlocks_at: datetime | None = None

    @property
    def is_available(self) -> bool:
        """Whether they may take it."""
        return self.code is None

    @property
    def address(self) -> str:
        """The address of the file on this server."""
        return f"/files/packs/{self.subject_id}.zip"


SEALED = "What was filed in confidence is packed once the round or call has closed, and never if it was called off."
PARTIAL = "A pack holds every entry of the journal about its subject, and you do not see all of them."
UNCOVERED = "No signed head that is handed out covers this yet."

_SUBJECTS: dict[str, Select[Any]] = {
    Round.prefix: select(Round).where(Round.id == WANTED, visible_rounds(Round)),
    Call.prefix: select(Call).where(Call.id == WANTED, visible_calls(Call)),
    AmendmentProposal.prefix: select(AmendmentProposal).where(
        AmendmentProposal.id == WANTED,
        visible_proposals(AmendmentProposal),
        AmendmentProposal.submitted_at.is_not(None),
    ),
}


def _is_hidden() -> ColumnElement[bool]:
    # An entry without a party makes the predicate null, and "not null" would pass for seen.
    return not_(func.coalesce(visible_journal_entries(JournalEntry), false()))


_HIDDEN: dict[str, Any] = {
    prefix: select(JournalEntry.sequence).where(is_packed(prefix), _is_hidden()).limit(1) for prefix in _SUBJECTS
}
_FIRST: dict[str, Any] = {
    prefix: select(func.min(JournalEntry.sequence)).where(is_packed(prefix)) for prefix in _SUBJECTS
}


async def offer_pack(session: AsyncSession, actor: Actor, now: datetime, subject_id: str) -> PackOffer | None:
    """Return whether the actor may take a pack, None if they do not see its subject or there is none.

    While a round is sealed everybody gets the same answer, whatever was filed.
    """
    prefix = prefix_of(subject_id) or ""
    if prefix not in _SUBJECTS:
        return None
    subject = await find_row(session, actor, now, _SUBJECTS[prefix], subject_id)
    if subject is None:
        return None
    if not isinstance(subject, AmendmentProposal):
        if not may_show_filings(subject.visibility, subject.status, subject.closes_at, now):
            is_over = str(subject.status) == RoundStatus.CANCELLED
            return PackOffer(subject_id, RefusalCode.ROUND_NOT_OPEN, SEALED, None if is_over else subject.closes_at)
        if not _shows_others(subject, actor, now):
            return PackOffer(subject_id, RefusalCode.FORBIDDEN, PARTIAL)
    if await find_row(session, actor, now, _HIDDEN[prefix], subject_id) is not None:
        return PackOffer(subject_id, RefusalCode.FORBIDDEN, PARTIAL)
    head = await find_newest_out(await session.connection(), now)
    first = await session.scalar(_FIRST[prefix], {"wanted": subject_id})
    if head is None or first is None or head.size < first:
        return PackOffer(subject_id, RefusalCode.WRONG_STATE, UNCOVERED)
    return PackOffer(subject_id)


def _shows_others(subject: Round | Call, actor: Actor, now: datetime) -> bool:
    """Return whether a round or call shows the actor what others filed in it."""
    if isinstance(subject, Round):
        return rounds.shows_others(actor, facts_of(PhaseFacts, subject), now)
    return calls.shows_others(actor, facts_of(CallFacts, subject), now)
