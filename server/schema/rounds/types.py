"""Comment rounds, comments and dispositions: what they look like."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.parties.rules.correcting import name_at
from server.domain.rounds import policy, queries
from server.domain.rounds.rules import window
from server.domain.rounds.rules.facts import (
    CommentFacts,
    PlacedFacts,
    QuotationFacts,
    ReceiptFacts,
    RoundFacts,
    audience_of,
)
from server.kernel.actor import Actor, Capacity
from server.models import rounds as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import WorkingBody
from server.schema.lists.consolidation import AppliedChangeFilter, TextConflictFilter
from server.schema.lists.parties import PARTY_ORDERS, PartyFilter
from server.schema.lists.rounds import COMMENT_ORDERS, CommentFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds.answers import Disposition, Opposition, Support
from server.schema.rounds.edges import FILED, IN_CONFLICT, SILENT, CommentOutcome
from server.schema.scalars import Digest, TimeZone
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    PlaceState,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)

if TYPE_CHECKING:
    from server.schema.consolidation.types import AppliedChange, TextConflict

for vocabulary_of_rounds in (
    RoundStatus,
    RoundPhase,
    RoundVisibility,
    CommentType,
    CommentStatus,
    PlaceState,
):
    vocabulary(vocabulary_of_rounds)


@noun(tables.Round, queries.visible_rounds)
class Round(Node):
    """A call for comments on one issued version, open from one instant to another by the server's clock.

    Parties of a capacity that it addresses see it, parties that wrote in it, those who lead its body and the
    Secretariat.
    """

    title: str = column("Title of the round.")
    text_version: TextVersion = to_one("The version on which comments are asked for.", implied=True)
    body: WorkingBody = to_one("The body that asks for comments.", implied=True)
    opens_at: datetime = column("Opening instant; a comment at this instant is in time.")
    closes_at: datetime = column("Closing instant; a comment at this instant is too late.")
    zone: TimeZone = column("Time zone in which the deadline was announced, as an IANA name such as 'Europe/Brussels'.")
    visibility: RoundVisibility = column("When a party sees the comments of the others.")
    audience: list[Capacity] = computed(
        "Capacities of the parties that are asked for comments.", lambda _, facts, now: audience_of(facts), RoundFacts
    )
    status: RoundStatus = column("What people decided about the round; `phase` says where it stands now.")
    phase: RoundPhase = computed(
        "Where the round stands now, by its status and the server's clock.",
        lambda _, facts, now: window.phase_of(facts, now),
        RoundFacts,
    )
    called_by: Delegate = to_one("The delegate who called the round.", implied=True)
    called_at: datetime = column("Instant at which the round was called.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    comment_count: int = batch(
        "Number of submitted comments that the caller sees, withdrawn ones included.", queries.comments_per_round, 0
    )
    extensions: Connection["RoundExtension"] = connection(
        "Extensions of the round, the earliest first.", on="round_id", order=("extended_at", "id")
    )
    comments: Connection["Comment"] = connection(
        "Comments in the round that the caller sees.",
        on="round_id",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
    )
    answered: Connection[Party] = connection(
        "Parties that have filed in the round, withdrawn comments included, as far as the caller may know: while the "
        "round does not show the comments of others, only the own party.",
        through=FILED,
        order=PARTY_ORDERS,
        filter_type=PartyFilter,
    )
    silent: Connection[Party] = connection(
        "Parties that the round asks and that have filed nothing in it, as far as the caller may know: while the round "
        "does not show the comments of others, only the own party.",
        through=SILENT,
        order=PARTY_ORDERS,
        filter_type=PartyFilter,
    )
    available_acts: list[AvailableAct] = acts_on("round", policy.ON_ROUND, RoundFacts)


@noun(tables.RoundExtension, queries.visible_extensions)
class RoundExtension(Node):
    """One extension of a round, which moved its closing instant to a later one."""

    old_closes_at: datetime = column("Closing instant before the extension.", "closed_at_before")
    new_closes_at: datetime = column("Closing instant after the extension.", "closes_at_after")
    reason: str = column("Why the round was extended.")
    extended_at: datetime = column("Instant of the extension.")


@strawberry.type(description="Proof of a filed comment: what was filed, by whom, for which party and when.")
class Receipt:
    """Built from the columns of the comment."""

    reference: str = strawberry.field(
        description="Reference of the comment: short name of the party and number, such as 'Japan-3'."
    )
    submitted_at: datetime = strawberry.field(description="Instant of filing by the server's clock.")
    content_digest: Digest = strawberry.field(description="SHA-256 of what was filed.")
    party: str = strawberry.field(description="Full name of the party that the comment was filed for.")
    submitted_by: str = strawberry.field(description="Name of the person who filed it, as it was then.")
    rule: str = strawberry.field(description="The rule by which the comment was in time, in words.")


@strawberry.type(description="The words that a comment quotes, and their place in the provision.")
class QuotationPlace:
    """Built from the columns of the comment."""

    exact: str = strawberry.field(description="The quoted words, exactly as they stand in the provision.")
    prefix: str | None = strawberry.field(
        description="Words directly before the quotation, as sent with the comment; null if none were."
    )
    suffix: str | None = strawberry.field(
        description="Words directly after the quotation, as sent with the comment; null if none were."
    )
    start: int = strawberry.field(
        description="Where the quotation begins in the text of the provision, in Unicode code points from 0."
    )
    end: int = strawberry.field(description="Where the quotation ends, exclusive, in Unicode code points.")


def receipt_of(_: Actor, facts: ReceiptFacts, __: datetime) -> Receipt | None:
    """Return the receipt of a submitted comment, None for a draft."""
    if facts.submitted_at is None or facts.content_digest is None:
        return None
    return Receipt(
        reference=f"{facts.party}-{facts.number}",
        submitted_at=facts.submitted_at,
        content_digest=Digest(facts.content_digest),
        party=facts.party_name,
        submitted_by=name_at(facts.submitted_by or "", facts.former_names, facts.submitted_at),
        rule=window.WINDOW_RULE,
    )


def quotation_of(_: Actor, facts: QuotationFacts, __: datetime) -> QuotationPlace | None:
    """Return the quoted words with their place, None if nothing is quoted."""
    if facts.quote_exact is None or facts.quote_start is None or facts.quote_end is None:
        return None
    return QuotationPlace(
        exact=facts.quote_exact,
        prefix=facts.quote_prefix or None,
        suffix=facts.quote_suffix or None,
        start=facts.quote_start,
        end=facts.quote_end,
    )


@noun(tables.Comment, queries.visible_comments)
class Comment(Node):
    """One point on one provision or on the whole text, in the name of a party. Once submitted its words never change.

    A draft is seen by its party only, a submitted comment also by others, as the `visibility` of its round says.
    """

    round: Round = to_one("The round it answers.", implied=True)
    party: Party = to_one("The party in the name of which it is written or filed.", implied=True)
    author: Delegate = to_one("The delegate who wrote it.", implied=True)
    submitted_by: Delegate | None = to_one("The delegate who submitted it; null if it was not submitted.", implied=True)
    number: int | None = column(
        "Number among the submitted comments of its party in the round, from 1; null if it was not submitted."
    )
    type: CommentType = column("What the comment is about.")
    provision: Provision | None = to_one(
        "The provision it is about; null if it is on the whole text, which only a GENERAL comment can be.",
        "provision_text",
        implied=True,
    )
    quotation: QuotationPlace | None = computed(
        "The words of the provision that it quotes; null if it quotes none.", quotation_of, QuotationFacts
    )
    text: str = column("What the comment says, at most 20,000 characters.")
    reason: str | None = column("Why the wording is proposed; null if no reason was given.", or_null=True)
    proposed_wording: str | None = column(
        "Words proposed in place of the quoted words, or of the whole provision if none are quoted. "
        "Null if none are proposed; empty to delete the words."
    )
    covers_section: bool = column("Whether it is on the provision with everything inside it; `section` reads that.")
    drafted_at: datetime = column("Instant at which it was first written.")
    submitted_at: datetime | None = column("Instant of submission; null if it was not submitted.")
    receipt: Receipt | None = computed("Proof of filing; null if it was not submitted.", receipt_of, ReceiptFacts)
    status: CommentStatus = column("Where the handling of the comment stands.", "work.status")
    revision: int = column(
        "Counts changes of its handling from 1; send it back as `expectedRevision` with an act.", "work.revision"
    )
    disposition: Disposition | None = to_one(
        "Answer to the comment; null if there is none that the caller sees. Only the Secretariat and "
        "those who lead the body see a proposed one. An answer that put the comment off stays until the next one.",
        "work.disposition",
    )
    carried_to: "CarriedComment | None" = to_one(
        "Its place in the newest version to which it was carried; null while it is on the version of its round.",
        "work.carried",
        implied=True,
    )
    support_count: int = batch("Number of parties that support it.", queries.marks_per_comment(tables.Support), 0)
    supports: Connection[Support] = connection(
        "Marks of support, the earliest first.", on="comment_id", order=("supported_at", "id")
    )
    oppose_count: int = batch("Number of parties that oppose it.", queries.marks_per_comment(tables.Opposition), 0)
    oppositions: Connection[Opposition] = connection(
        "Marks of opposition, the earliest first.", on="comment_id", order=("opposed_at", "id")
    )
    conflicts: Connection[Annotated["TextConflict", strawberry.lazy("server.schema.consolidation.types")]] = connection(
        "Conflicts in which the wording that it asks for collides with others.",
        through=IN_CONFLICT,
        order=("consolidation.started_at", "provision_id", "start", "id"),
        filter_type=TextConflictFilter,
    )
    changes: Connection[Annotated["AppliedChange", strawberry.lazy("server.schema.consolidation.types")]] = connection(
        "Accepted changes that it asked for, in the versions that the caller sees.",
        on="source_id",
        order=("consolidation_id", "provision_id", "start", "id"),
        filter_type=AppliedChangeFilter,
    )
    outcome: CommentOutcome | None = to_one(
        "What stands of it in the version that was made from the one it is on; null while the caller sees no such "
        "version."
    )
    available_acts: list[AvailableAct] = acts_on("comment", policy.ON_COMMENT, CommentFacts)


def words_at(_: Actor, facts: PlacedFacts, __: datetime) -> str | None:
    """Return the words at the place of a carried comment, None for the whole provision and for an orphan."""
    if facts.text is None or facts.start is None or facts.end is None:
        return None
    return facts.text[facts.start : facts.end]


@noun(tables.CarriedComment, queries.visible_carried_comments)
class CarriedComment(Node):
    """The place of an open comment in a later version than the one it was filed on.

    Everybody who sees the comment sees it. Where the words changed, the party of the comment confirms the place or
    names it (`confirmCarriedComment`).
    """

    comment: Comment = to_one("The comment.", implied=True)
    text_version: TextVersion = to_one("The version to which it was carried.", implied=True)
    provision: Provision | None = to_one(
        "The provision in that version; null if it is gone, or if the comment is on the whole text.",
        "provision_text",
        implied=True,
    )
    start: int | None = column(
        "Where the place begins in the text of the provision, in Unicode code points from 0; null for the whole "
        "provision and for an orphan."
    )
    end: int | None = column("Where it ends, exclusive; null for the whole provision and for an orphan.")
    state: PlaceState = column("How certain the place is.")
    score: int = column(
        "Likeness of the words that were found to the words of the comment, 0 to 100; for an orphan that of the best "
        "passage, which are other words all the same."
    )
    quoted_words: str | None = column(
        "The words that the comment quotes, as they stood in the version of its round; null if it quotes none.",
        "comment.quote_exact",
    )
    words: str | None = computed(
        "The words that stand at the place now; null for the whole provision and for an orphan.", words_at, PlacedFacts
    )
    decided_by: Delegate | None = to_one(
        "The delegate who confirmed or named the place; null until then.", implied=True
    )
    decided_at: datetime | None = column("Instant of the confirmation; null until then.")
