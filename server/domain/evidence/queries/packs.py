"""An evidence pack: one round or proposal with everything that proves it, to be verified without this server."""

from array import array
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from typing import IO, Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from server.domain.evidence.queries.answers import describe_answer, read_answers
from server.domain.evidence.queries.archives import PackWriter, lines_of, list_of
from server.domain.evidence.queries.filings import (
    describe_decision,
    describe_filing,
    describe_provision,
    read_decisions,
    read_filings,
    read_provisions,
)
from server.domain.evidence.queries.heads import PROVING, ProvingHead, find_newest_out, is_out, prove_consistency
from server.domain.evidence.queries.packed import find_numbers, read_records
from server.domain.evidence.queries.seals import opened_seals
from server.domain.evidence.queries.subjects import Subject, find_subject
from server.journal.chain import canonical, sha256_of, text_of
from server.journal.heads import prove_together
from server.journal.keys import MANIFEST, find_signer, public_keys
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind
from server.models.journal import SignedHead

RULE = "A pack proves what a signed head covers, and a head is handed out when it tells nothing of a sealed round."


class Source(NamedTuple):
    """What a pack is read from: its subject, the numbers of its entries, and the head that covers them."""

    subject_id: str
    subject: Subject
    numbers: Sequence[int]
    head: ProvingHead


async def write_pack(
    session: AsyncSession, now: datetime, subject_id: str, stream: IO[bytes], *, issuer: str, files: Mapping[str, bytes]
) -> int:
    """Write the evidence pack of a round, call or proposal, as at the newest head that is out, as a zip file.

    It holds the filings if they may be shown by now, and for the operator to hand on: nobody's rights are asked.
    `files` are put beside: the verifiers. What is written was read some rows at a time, so that a large round takes no
    more memory than a small one. Return the number of files. Refuse what does not exist, and what no head covers yet,
    before anything is written.
    """
    connection = await session.connection()
    subject = await find_subject(session, now, subject_id)
    head, signer = await find_newest_out(connection, now), await find_signer(connection)
    shows_filings, size = subject.shows_filings, head.size if head else 0
    numbers = await find_numbers(connection, subject_id, size, shows_filings=shows_filings)
    if head is None or signer is None or not numbers:
        message = "No signed head that is handed out covers this yet. Sign one by `intersession heads sign`."
        raise Refusal(RefusalKind.NOT_NOW, RefusalCode.WRONG_STATE, message, rule=RULE)
    source = Source(subject_id, subject, numbers, head)
    with PackWriter(stream) as pack:
        await _write_evidence(session, now, pack, source)
        for name, content in files.items():
            pack.write(name, content)
        manifest = {"issuer": issuer, "subject": subject_id, "head": sha256_of(head.signature), "files": pack.digests}
        pack.write("manifest.jws", signer.sign(MANIFEST, manifest).encode())
        return len(pack.digests)


async def _write_evidence(session: AsyncSession, now: datetime, pack: PackWriter, source: Source) -> None:
    """Write every file of a pack but the verifiers and the manifest."""
    connection = await session.connection()
    subject_id, subject, numbers, head = source
    pack.write("subject.json", canonical(subject.description).encode())
    pack.write("heads.json", canonical(await _heads_of(connection, now, subject_id, head)).encode())
    pack.write("keys.json", canonical([key.as_data() for key in await public_keys(connection)]).encode())
    entries = lines_of(read_records(connection, numbers), text_of)
    await pack.write_pieces("entries.jsonl", entries)
    await pack.write_pieces("proof.json", list_of(_cover_of(connection, head.size, numbers)))
    filed = lines_of(read_filings(session, numbers, head.size), lambda filing: canonical(describe_filing(filing)))
    has_filings = await pack.write_pieces("filings.jsonl", filed) > 0
    seals = await opened_seals(session, subject_id) if has_filings else []
    pack.write("seals.json", canonical(seals).encode())
    answers = lines_of(read_answers(session, numbers), lambda answer: canonical(describe_answer(answer)))
    await pack.write_pieces("answers.jsonl", answers)
    decisions = lines_of(read_decisions(session, numbers), lambda decision: canonical(describe_decision(decision)))
    await pack.write_pieces("decisions.jsonl", decisions)
    cited = read_provisions(session, subject_id, head.size if has_filings else 0)
    await pack.write_pieces("provisions.jsonl", lines_of(cited, lambda each: canonical(describe_provision(each))))


async def _cover_of(connection: AsyncConnection, size: int, numbers: Sequence[int]) -> AsyncIterator[str]:
    """Yield the hashes of the cover of some entries as JSON."""
    indexes = array("Q", (number - 1 for number in numbers))
    async for each in prove_together(connection, size, indexes):
        yield f'"{each.hex()}"'


async def _heads_of(connection: AsyncConnection, now: datetime, subject_id: str, head: ProvingHead) -> dict[str, Any]:
    """Return the head, and those signed for the subject itself with the proof that the head continues them."""
    own = (SignedHead.subject_id == subject_id, SignedHead.number < head.number, is_out(SignedHead, now))
    rows = (await connection.execute(select(*PROVING).where(*own).order_by(SignedHead.number))).all()
    earlier = [
        {"head": each.signature, "path": await prove_consistency(connection, each, head)}
        for each in map(ProvingHead._make, rows)
    ]
    return {"head": head.signature, "earlier": earlier}
