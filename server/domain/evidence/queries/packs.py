"""An evidence pack: one round or proposal with everything that proves it, to be verified without this server."""

import asyncio
import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.evidence.queries import filings
from server.domain.evidence.queries.heads import PROVING, ProvingHead, find_newest_out, is_out, prove_consistency
from server.domain.evidence.queries.receipts import RECORD
from server.domain.evidence.queries.seals import opened_seals
from server.journal.chain import Record, canonical, sha256_of, text_of
from server.journal.heads import load_tree
from server.journal.keys import MANIFEST, find_signer, public_keys
from server.journal.queries import ON_DRAFTS
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import JournalEntry, SignedHead

WITHHELD = (
    *(*ON_DRAFTS, "disposition.proposed", "answers.proposed"),
    *("comment.split", "comment.tagged", "comment.placed", "comments.grouped"),
)
"""Tags of the acts that a pack leaves out: what only the party saw, or only those who lead the body."""
SETTLED = "answer.settled"
"""The tag of an act that is left out unless it was that of the second side, which records the answer."""
AT_ONCE = 400
"""Subjects that are looked up at a time."""
RULE = "A pack proves what a signed head covers, and a head is handed out when it tells nothing of a sealed round."


async def build_pack(
    session: AsyncSession, now: datetime, subject_id: str, *, issuer: str, verifier: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the files of the evidence pack of a round or proposal by name, as at the newest head that is out.

    It holds the filings if they may be shown by now, and for the operator to hand on: nobody's rights are asked.
    `verifier` are the files to be put beside. Refuse what does not exist, and what no head covers yet.
    """
    connection = await session.connection()
    subject = await filings.find_subject(session, now, subject_id)
    head, signer = await find_newest_out(connection, now), await find_signer(connection)
    records = await _records_of(connection, subject.covers, head.size if head else 0)
    if head is None or signer is None or not records:
        message = "No signed head that is handed out covers this yet. Sign one by `intersession heads sign`."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=RULE)
    tree = await load_tree(connection, head.size, [record.sequence - 1 for record in records])
    cover = [each.hex() for each in tree.prove_together([record.sequence - 1 for record in records])]
    tables = await filings.rows_of(session, subject, records)
    seals = await opened_seals(session, subject_id) if tables["filings.jsonl"] else []
    documents = {
        "subject.json": subject.description,
        "heads.json": await _heads_of(connection, now, subject_id, head),
        "proof.json": cover,
        "seals.json": seals,
        "keys.json": [key.as_data() for key in await public_keys(connection)],
    }
    files, digests = await asyncio.to_thread(_write_files, documents, records, tables, verifier)
    manifest = {"issuer": issuer, "subject": subject_id, "head": sha256_of(head.signature), "files": digests}
    return {"manifest.jws": signer.sign(MANIFEST, manifest).encode(), **files}


def _write_files(
    documents: Mapping[str, Any],
    records: Iterable[Record],
    tables: Mapping[str, Iterable[Any]],
    verifier: Mapping[str, bytes],
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the files of a pack without its manifest, and their digests, by name: long work that needs no database."""
    lines = {"entries.jsonl": map(text_of, records), **{name: map(canonical, rows) for name, rows in tables.items()}}
    files = {name: canonical(document).encode() for name, document in documents.items()}
    # One file after the other, so that no more than one is there as text and as bytes at once.
    files |= {name: b"".join(f"{text}\n".encode() for text in lines[name]) for name in lines}
    files |= verifier
    return files, {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


async def _records_of(connection: AsyncConnection, subjects: Collection[str], size: int) -> list[Record]:
    """Return the entries about some subjects in the first `size` of the journal, in order."""
    records: list[Record] = []
    ids = sorted(subjects)
    for start in range(0, len(ids), AT_ONCE):
        about = (JournalEntry.subject_id.in_(ids[start : start + AT_ONCE]), JournalEntry.act.not_in(WITHHELD))
        statement = select(*RECORD).where(*about, JournalEntry.sequence <= size)
        records += [Record(*row) for row in await connection.execute(statement)]
    return sorted(each for each in records if each.act != SETTLED or each.details.get("answers"))


async def _heads_of(connection: AsyncConnection, now: datetime, subject_id: str, head: ProvingHead) -> dict[str, Any]:
    """Return the head, and those signed for the subject itself with the proof that the head continues them."""
    own = (SignedHead.subject_id == subject_id, SignedHead.number < head.number, is_out(SignedHead, now))
    rows = (await connection.execute(select(*PROVING).where(*own).order_by(SignedHead.number))).all()
    earlier = [
        {"head": each.signature, "path": await prove_consistency(connection, each, head)}
        for each in map(ProvingHead._make, rows)
    ]
    return {"head": head.signature, "earlier": earlier}
