"""Signed heads of the journal, receipts of filings, and the proof that one head continues another."""

from datetime import datetime
from typing import Annotated

import strawberry

from server.domain.evidence.queries import heads, seals
from server.domain.evidence.queries.handing import offer_pack
from server.domain.evidence.queries.receipts import find_receipt
from server.kernel.refusals import RefusalCode
from server.models import journal as tables
from server.models import seals as seal_tables
from server.schema.context import Context
from server.schema.lists.journal import JOURNAL_HEAD_ORDERS, SEAL_ORDERS, JournalHeadFilter, SealFilter
from server.schema.parties.types import Party
from server.schema.reads.kinds import Node, column, edge, noun, to_any
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.reads.sealed import record_reading
from server.schema.reads.values import render_value
from server.schema.scalars import Digest
from server.schema.vocabulary import vocabulary
from server.vocabulary.journal import HeadOccasion

vocabulary(HeadOccasion)
SUBJECT = Annotated[
    strawberry.ID, strawberry.argument(description="Id of the comment, answers or proposal that was filed.")
]
AGAINST = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Id of the head to prove it against; by default the first one over it that is out."
    ),
]
PACKED = Annotated[strawberry.ID, strawberry.argument(description="Id of the round, call or proposal.")]
FIRST = Annotated[strawberry.ID, strawberry.argument(description="Id of the head that was signed earlier.")]
SECOND = Annotated[strawberry.ID, strawberry.argument(description="Id of the head that was signed later.")]


@noun(tables.SignedHead, heads.visible_heads)
class JournalHead(Node):
    """A signed statement of how long the journal was and what it held at an instant.

    It is signed at the close and completion of each round, at each issue and each edition. Everybody sees it, once no
    round is sealed that was open when it was signed; the Secretariat sees it at once.
    """

    number: int = column("Number of the head, from 1.")
    occasion: HeadOccasion = column("Why it was signed.")
    occurred_at: datetime = column("Instant of the occasion.")
    signed_at: datetime = column("Instant of the signature.")
    size: int = column("Number of entries of the journal.")
    root: str = column("Root of the Merkle tree over the digests of these entries (RFC 9162), in hexadecimal.")
    chain_digest: Digest = column("Digest of the last of these entries; 64 zeros if there are none.")
    kid: str = column("Fingerprint of the key that signed it (RFC 7638); `/journal/keys` lists all keys.")
    signature: str = column("The signed statement as a compact JWS (Ed25519), to be verified as the recipe says.")
    digest: Digest = column("SHA-256 of `signature`, in hexadecimal: what letters and public lists show.")


@noun(seal_tables.Seal, seals.visible_seals)
class Seal(Node):
    """A signed commitment to everything that was filed in a sealed round or call before an instant.

    It is made every hour and at the close, whatever was filed, so that it tells nothing. From the close on
    `/files/seals/ID.json` opens it. Everybody who sees the round or the call sees it.
    """

    sealed_in: Node | None = to_any("The round or the call.", "sealed_in")
    number: int = column("Counts the seals of the round or call, from 1.")
    sealed_at: datetime = column("Instant of the calendar before which it holds everything that was filed.", "until")
    digest: Digest = column("SHA-256 over its salt and the digests of all commitments, however many.")
    signature: str = column("The signed statement as a compact JWS (Ed25519), to be verified as the recipe says.")


@strawberry.type(description="What binds the server to a filing in a sealed round or call.")
class Commitment:
    """The GraphQL form of `server.domain.evidence.queries.receipts.Commitment`."""

    digest: Digest = strawberry.field(description="SHA-256 over the salt, the filing, its instant and its content.")
    salt: str = strawberry.field(description="The salt: 256 random bits in hexadecimal.")


@strawberry.type(description="The head that something is proven against.")
class ProvingHead:
    """The GraphQL form of `server.domain.evidence.queries.heads.ProvingHead`."""

    id: strawberry.ID = strawberry.field(description="Id of the head; read it with `journalHead`.")
    number: int = strawberry.field(description="Number of the head.")
    size: int = strawberry.field(description="Number of entries of the journal that it signs.")
    signature: str = strawberry.field(description="The signed statement as a compact JWS (Ed25519).")
    kid: str = strawberry.field(description="Fingerprint of the key that signed it (RFC 7638).")


@strawberry.type(description="The proof that the entry of a filing is in the journal that a head signs.")
class InclusionProof:
    """The GraphQL form of `server.domain.evidence.queries.receipts.Proof`."""

    entry: str = strawberry.field(description="The journal entry as canonical JSON, of which its digest is taken.")
    sequence: int = strawberry.field(description="Place of the entry in the journal, from 1.")
    digest: Digest = strawberry.field(description="SHA-256 of `entry`, in hexadecimal.")
    path: list[str] = strawberry.field(
        description="Audit path from the entry to the root (RFC 9162, section 2.1.3), in hexadecimal."
    )
    head: ProvingHead = strawberry.field(description="The head with this root.")


@strawberry.type(
    description="What a party filed, and the proof of it, which is verified without this server. The same for ever."
)
class FilingReceipt:
    """The GraphQL form of `server.domain.evidence.queries.receipts.FilingReceipt`."""

    subject: Node | None = edge("The comment, answers or proposal.", "subject_id")
    party: Party | None = edge("The party in the name of which it was filed.", "party_id")
    filed_at: datetime = strawberry.field(description="Instant of filing by the server's clock.")
    content_digest: Digest = strawberry.field(description="SHA-256 of `content`, in hexadecimal.")
    content: str = strawberry.field(description="What was filed, as canonical JSON.")
    recipe: int = strawberry.field(description="Version of the recipe by which all this is computed.")
    signature: str = strawberry.field(
        description="The server's statement on the filing as a compact JWS (Ed25519): it binds the server at once."
    )
    proof: InclusionProof | None = strawberry.field(
        description="The proof against a signed head. Null until a head over it is out: where a round is sealed, not "
        "before it closes. Null as well if the head that was named does not go so far or is not seen."
    )
    commitment: Commitment | None = strawberry.field(
        description="What binds the server at once, with the salt, which others get at the close. Null unless it was "
        "filed in a sealed round or call."
    )


@strawberry.type(
    description="Whether the caller may take the evidence pack of a round, a call or a proposal: a zip file with "
    "everything that proves it, which is verified without this server."
)
class EvidencePack:
    """The GraphQL form of `server.domain.evidence.queries.handing.PackOffer`."""

    subject: Node | None = edge("The round, call or proposal.", "subject_id")
    address: str = strawberry.field(description="Address of the file on this server; it asks the same rights again.")
    is_available: bool = strawberry.field(description="Whether the caller may take it now.")
    code: RefusalCode | None = strawberry.field(description="Reason why not, for the program; null if they may.")
    reason: str | None = strawberry.field(description="Reason why not, for the person; null if they may.")
    unlocks_at: datetime | None = strawberry.field(
        description="Instant from which there is one; null if they may, or if no calendar decides it."
    )


@strawberry.type(description="The proof that the journal of one head is the beginning of that of another.")
class ConsistencyProof:
    """Two heads and the path between them."""

    first: ProvingHead = strawberry.field(description="The earlier head.")
    second: ProvingHead = strawberry.field(description="The later head.")
    path: list[str] = strawberry.field(description="The proof (RFC 9162, section 2.1.4), in hexadecimal.")


async def show_receipt(info: strawberry.Info, subject_id: SUBJECT, head_id: AGAINST = None) -> FilingReceipt | None:
    """Return the receipt of a filing; None unless it is of the caller's party, or the caller is of the Secretariat."""
    context: Context = info.context
    async with context.database.studying() as session:
        receipt = await find_receipt(
            session, context.actor, context.now, subject_id, issuer=context.terms.issuer, head_id=head_id
        )
    if receipt is not None:
        await record_reading(context.database, context.actor, context.now, [subject_id])
    return receipt and await render_value(info, receipt)


async def show_pack(info: strawberry.Info, subject_id: PACKED) -> EvidencePack | None:
    """Return whether the caller may take an evidence pack; None if they do not see the round, call or proposal."""
    context: Context = info.context
    async with context.database.studying() as session:
        offer = await offer_pack(session, context.actor, context.now, subject_id)
    if offer is None:
        return None
    return await render_value(info, offer)  # type: ignore[no-any-return]


async def show_consistency(info: strawberry.Info, first_id: FIRST, second_id: SECOND) -> ConsistencyProof | None:
    """Return the proof between two heads; None unless the caller sees both and the first is not the longer one."""
    context: Context = info.context
    parameters = context.actor.parameters(context.now)
    async with context.database.reading() as connection:
        first = await heads.find_head(connection, parameters, first_id)
        second = await heads.find_head(connection, parameters, second_id)
        if first is None or second is None or not 0 < first.size <= second.size:
            return None
        path = await heads.prove_consistency(connection, first, second)
    return await render_value(info, ConsistencyProof(first=first, second=second, path=path))  # type: ignore[no-any-return,arg-type]


@strawberry.type
class EvidenceQueries:
    """Root fields about what proves the journal."""

    journal_head: JournalHead | None = one(
        "A signed head by its id; null if it does not exist or the caller does not see it.", "JournalHead"
    )
    journal_heads: Connection[JournalHead] = many(
        "Signed heads, the earliest first.",
        order=JOURNAL_HEAD_ORDERS,
        filter_type=JournalHeadFilter,
    )
    seals: Connection[Seal] = many(
        "Seals of rounds and calls that the caller sees, those of each by number.",
        order=SEAL_ORDERS,
        filter_type=SealFilter,
    )
    filing_receipt: FilingReceipt | None = strawberry.field(
        resolver=show_receipt,
        description="The receipt of a filed comment, answers or proposal; null unless it is of the caller's own party "
        "or the caller is of the Secretariat. The same as a file: `/files/receipts/ID.json`.",
    )
    evidence_pack: EvidencePack | None = strawberry.field(
        resolver=show_pack,
        description="Whether the caller may take the evidence pack of a round, a call or a proposal; null if they do "
        "not see it. It is for those who see everything that is in it: as a rule the Secretariat.",
    )
    journal_consistency: ConsistencyProof | None = strawberry.field(
        resolver=show_consistency,
        description="The proof that a head continues an earlier one; null unless the caller sees both, and the first "
        "is not the longer one.",
    )
