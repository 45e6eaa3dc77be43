"""The receipt of a filing: what was filed, signed by the server, and the proof that its entry is in the journal."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from sqlalchemy.orm import selectinload

from server.domain.calls import policy as calls
from server.domain.calls.queries import visible_sheets
from server.domain.evidence.queries.heads import ProvingHead, find_first_over, find_head
from server.domain.proposals import policy as proposals
from server.domain.proposals.queries import visible_proposals
from server.domain.rounds import policy as rounds
from server.domain.rounds.queries import visible_comments
from server.journal.chain import Record, instant_of, text_of
from server.journal.digests import content_of_answers, content_of_comment, content_of_proposal
from server.journal.heads import load_tree
from server.journal.keys import RECEIPT, RECIPE, find_signer, public_keys
from server.journal.queries import visible_journal_entries
from server.kernel.actor import Actor
from server.kernel.ids import prefix_of
from server.models.calls import AnswerSheet
from server.models.journal import JournalEntry
from server.models.proposals import AmendmentProposal
from server.models.rounds import Comment
from server.models.seals import FilingCommitment

FILING = (
    rounds.submit_comment.tag,
    rounds.clear_comment.tag,
    rounds.replace_comment.tag,
    calls.file_answers.tag,
    proposals.submit_proposal.tag,
)
"""Acts by which something is filed, by their tag in the journal."""
RECORD = tuple(getattr(JournalEntry, name) for name in Record._fields)


class Proof(NamedTuple):
    """The entry of a filing as canonical JSON, and its audit path to the root that `head` signs, in hexadecimal."""

    entry: str
    sequence: int
    digest: str
    path: list[str]
    head: ProvingHead


class Commitment(NamedTuple):
    """What binds the server to a filing in a sealed round or call: the digest, and the salt that opens it."""

    digest: str
    salt: str


class FilingReceipt(NamedTuple):
    """What was filed, and the proof of it.

    `signature` is the server's own signed statement on the filing, as a compact JWS. `content` is the canonical JSON of
    which `content_digest` is taken. `proof` is None until a head over the entry is out. `commitment` is None unless it
    was filed in a sealed round or call.
    """

    subject_id: str
    party_id: str
    filed_at: datetime
    content_digest: str
    content: str
    recipe: int
    signature: str
    proof: Proof | None
    commitment: Commitment | None


async def find_receipt(
    session: AsyncSession, actor: Actor, now: datetime, subject_id: str, *, issuer: str, head_id: str | None = None
) -> FilingReceipt | None:
    """Return the receipt of what was filed, for its own party and the Secretariat; None for others.

    It is proven against the first head over it, or against `head_id`, if the caller sees that head and it is over it.
    """
    if prefix_of(subject_id) is None:
        return None
    parameters = actor.parameters(now)
    connection = await session.connection()
    filing = await _find_filing(session, parameters, subject_id)
    seen = (JournalEntry.subject_id == subject_id, JournalEntry.act.in_(FILING), visible_journal_entries(JournalEntry))
    # the last: what was returned and filed again is certified as it was filed then
    entries = select(*RECORD, JournalEntry.digest).where(*seen).order_by(JournalEntry.sequence.desc())
    row = (await connection.execute(entries, parameters)).first()
    signer = await find_signer(connection) if filing and row else None
    if filing is None or row is None or signer is None:
        return None
    entry, digest = Record(*row[:-1]), str(row[-1])
    head = await (
        find_head(connection, parameters, head_id) if head_id else find_first_over(connection, now, entry.sequence)
    )
    subject = {"subject": subject_id, "party": filing.party_id, "filed_at": instant_of(filed_at_of(filing))}
    statement = {"issuer": issuer, **subject, "content_digest": filing.content_digest}
    commitment = await _find_commitment(connection, subject_id)
    if commitment is not None:
        statement["commitment"] = commitment.digest
    return FilingReceipt(
        subject_id,
        filing.party_id,
        filed_at_of(filing),
        filing.content_digest,
        content_of(filing),
        RECIPE,
        signer.sign(RECEIPT, statement),
        await _prove(connection, entry, digest, head) if head and head.size >= entry.sequence else None,
        commitment,
    )


async def _find_commitment(connection: AsyncConnection, filing_id: str) -> Commitment | None:
    columns = select(FilingCommitment.digest, FilingCommitment.salt)
    row = (await connection.execute(columns.where(FilingCommitment.filing_id == filing_id))).first()
    return None if row is None else Commitment(*row)


async def _find_filing(session: AsyncSession, parameters: dict[str, Any], subject_id: str) -> Any:
    """Return the row of a comment, answers or a proposal that was filed and that the caller sees."""
    if subject_id.startswith(AnswerSheet.prefix):
        sheets = select(AnswerSheet).where(AnswerSheet.id == subject_id, visible_sheets(AnswerSheet))
        return await session.scalar(sheets, parameters)
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
        **({"salt": receipt.commitment.salt} if receipt.commitment else {}),
        "entry": proof and proof.entry,
        "path": proof and proof.path,
        "head": proof and proof.head.signature,
        "keys": [key.as_data() for key in await public_keys(connection)],
    }


def content_of(filing: Any) -> str:
    """Return the canonical JSON of what a comment, answers or a proposal say, of which the digest is taken."""
    if isinstance(filing, Comment):
        return content_of_comment(filing)
    if isinstance(filing, AnswerSheet):
        return content_of_answers(filing)
    return content_of_proposal(filing, filing.amendments, [each.party_id for each in filing.co_sponsors])


def filed_at_of(filing: Any) -> datetime:
    """Return the instant at which a comment, answers or a proposal was filed."""
    instant: datetime = filing.filed_at if isinstance(filing, AnswerSheet) else filing.submitted_at
    return instant
