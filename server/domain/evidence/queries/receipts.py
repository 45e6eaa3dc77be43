"""The receipt of a filing: what was filed, signed by the server, and the proof that its entry is in the journal."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import selectinload

from server.domain.evidence.queries.heads import ProvingHead, find_first_over, find_head
from server.domain.proposals import policy as proposals
from server.domain.proposals.queries import visible_proposals
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import visible_comments
from server.journal.chain import Record, instant_of, text_of
from server.journal.digests import content_of_comment, content_of_proposal
from server.journal.heads import load_tree
from server.journal.keys import RECEIPT, RECIPE, find_signer, public_keys
from server.journal.queries import visible_journal_entries
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment

FILING = (rounds.submit_comment.tag, rounds.clear_comment.tag, proposals.submit_proposal.tag)
"""Acts by which something is filed, by their tag in the journal."""
RECORD = tuple(getattr(JournalEntry, name) for name in Record._fields)


class Proof(NamedTuple):
    """The entry of a filing as canonical JSON, and its audit path to the root that `head` signs, in hexadecimal."""

    entry: str
    sequence: int
    digest: str
    path: list[str]
    head: ProvingHead


class FilingReceipt(NamedTuple):
    """What was filed, and the proof of it.

    `signature` is the server's own signed statement on the filing, as a compact JWS. `content` is the canonical JSON of
    which `content_digest` is taken. `proof` is None until a head over the entry is out.
    """

    subject_id: str
    party_id: str
    filed_at: datetime
    content_digest: str
    content: str
    recipe: int
    signature: str
    proof: Proof | None


async def find_receipt(
    session: AsyncSession, actor: Actor, now: datetime, subject_id: str, *, issuer: str, head_id: str | None = None
) -> FilingReceipt | None:
    """Return the receipt of a filed comment or proposal, for its own party and the Secretariat; None for others.

    It is proven against the first head over it, or against `head_id`, if the caller sees that head and it is over it.
    """
    if prefix_of(subject_id) is None:
        return None
    parameters = actor.parameters(now)
    connection = await session.connection()
    filing = await _find_filing(session, parameters, subject_id)
    seen = (JournalEntry.subject_id == subject_id, JournalEntry.act.in_(FILING), visible_journal_entries(JournalEntry))
    row = (await connection.execute(select(*RECORD, JournalEntry.digest).where(*seen), parameters)).first()
    signer = await find_signer(connection) if filing and row else None
    if filing is None or row is None or signer is None:
        return None
    entry, digest = Record(*row[:-1]), str(row[-1])
    head = await (
        find_head(connection, parameters, head_id) if head_id else find_first_over(connection, now, entry.sequence)
    )
    subject = {"subject": subject_id, "party": filing.party_id, "filed_at": instant_of(filing.submitted_at)}
    statement = {"issuer": issuer, **subject, "content_digest": filing.content_digest}
    return FilingReceipt(
        subject_id,
        filing.party_id,
        filing.submitted_at,
        filing.content_digest,
        content_of(filing),
        RECIPE,
        signer.sign(RECEIPT, statement),
        await _prove(connection, entry, digest, head) if head and head.size >= entry.sequence else None,
    )


async def _find_filing(session: AsyncSession, parameters: dict[str, Any], subject_id: str) -> Any:
    """Return the row of a comment or proposal that was filed and that the caller sees."""
    if subject_id.startswith(Comment.prefix):
        comments = select(Comment).where(Comment.id == subject_id, visible_comments(Comment))
        return await session.scalar(comments.where(Comment.submitted_at.is_not(None)), parameters)
    statement = (
        select(AmendmentProposal)
        .where(AmendmentProposal.id == subject_id, visible_proposals(AmendmentProposal))
        .where(AmendmentProposal.submitted_at.is_not(None))
        .options(selectinload(AmendmentProposal.amendments), selectinload(AmendmentProposal.co_sponsors))
    )
    return await session.scalar(statement, parameters)


async def _prove(connection: AsyncConnection, entry: Record, digest: str, head: ProvingHead) -> Proof:
    tree = await load_tree(connection, head.size, [entry.sequence - 1])
    path = [each.hex() for each in tree.prove_inclusion(entry.sequence - 1)]
    return Proof(text_of(entry), entry.sequence, digest, path, head)


async def receipt_document(connection: AsyncConnection, receipt: FilingReceipt) -> dict[str, Any]:
    """Return a receipt as the file that is handed out, with the keys that it is verified by."""
    proof = receipt.proof
    return {
        "kind": "receipt",
        "recipe": receipt.recipe,
        "receipt": receipt.signature,
        "content": receipt.content,
        "entry": proof and proof.entry,
        "path": proof and proof.path,
        "head": proof and proof.head.signature,
        "keys": [key.as_data() for key in await public_keys(connection)],
    }


def content_of(filing: Any) -> str:
    """Return the canonical JSON of what a comment or a proposal says, of which its digest is taken."""
    if isinstance(filing, Comment):
        return content_of_comment(filing)
    return content_of_proposal(filing, filing.amendments, [each.party_id for each in filing.co_sponsors])
