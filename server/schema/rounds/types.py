"""Comment rounds, comments and dispositions: what they look like."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import outcomes
from server.domain.rounds.rules.facts import (
    AdditionFacts,
    AudienceFacts,
    CitedFacts,
    CommentFacts,
    LateFacts,
    PhaseFacts,
    PlacedFacts,
    QuotationFacts,
    ReceiptFacts,
    RoundFacts,
    audience_of,
)
from server.domain.threads import policy as threads
from server.domain.threads.queries import marks_per_comment, replies_per_comment
from server.domain.triage import policy as triage
from server.kernel.actor import Capacity
from server.models import rounds as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import WorkingBody
from server.schema.lists.consolidation import AppliedChangeFilter, TextConflictFilter
from server.schema.lists.delegations import (
    InternalNoteFilter,
)
from server.schema.lists.parties import PARTY_ORDERS, PartyFilter
from server.schema.lists.rounds import COMMENT_ORDERS, CommentFilter, FilingFilter
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, batch, column, computed, connection, noun, to_any, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds.answering import AnsweringComment, AnsweringRound
from server.schema.rounds.answers import Disposition
from server.schema.rounds.arranging import ArrangedRound, DelegatedRound
from server.schema.rounds.edges import FILED, IN_CONFLICT, SILENT, CommentOutcome, Filing
from server.schema.rounds.threads import CoSignature, Opposition, Reply, Support, Tolerance
from server.schema.rounds.values import (
    NewProvision,
    QuotationPlace,
    Receipt,
    is_late,
    new_provision_of,
    quotation_of,
    receipt_of,
    reference_of,
    words_at,
)
from server.schema.scalars import Locale, TimeZone
from server.schema.texts.types import Provision, TextVersion
from server.schema.texts.values import PreviewRun
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import CommentStatus, CommentType, PlaceState, RoundPhase, RoundStatus, RoundVisibility
from server.vocabulary.threads import ReplyMode

if TYPE_CHECKING:
    from server.schema.consolidation.types import AppliedChange, TextConflict
    from server.schema.delegations.types import Draft, InternalNote

for vocabulary_of_rounds in (RoundStatus, RoundPhase, RoundVisibility, CommentType, CommentStatus, PlaceState):
    vocabulary(vocabulary_of_rounds)


@noun(tables.Round, queries.visible_rounds)
class Round(AnsweringRound, ArrangedRound, DelegatedRound, Node):
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
        "Capacities of the parties that are asked for comments; `group` narrows them.",
        lambda _, facts, now: audience_of(facts),
        AudienceFacts,
    )
    replies: ReplyMode = column("Who may reply to its comments in the name of a party.")
    status: RoundStatus = column("What people decided about the round; `phase` says where it stands now.")
    phase: RoundPhase = computed(
        "Where the round stands now, by its status and the server's clock.",
        policy.phase_for,
        PhaseFacts,
    )
    called_by: Delegate = to_one("The delegate who called the round.", implied=True)
    called_at: datetime = column("Instant at which the round was called.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    can_see_others: bool = computed(
        "Whether the caller sees now what other parties filed in it and which filed nothing; if not, lists and counts "
        "hold only the own party.",
        policy.shows_others,
        PhaseFacts,
    )
    comment_count: int = batch(
        "Number of submitted comments that the caller sees, withdrawn ones included.", queries.comments_per_round, 0
    )
    comments: Connection["Comment"] = connection(
        "Comments in the round that the caller sees.",
        on="round_id",
        order=COMMENT_ORDERS,
        filter_type=CommentFilter,
    )
    filings: Connection[Filing] = connection(
        "The parties in `answered`, with what each filed, in alphabetical order of their short names.",
        on="round_id",
        order=("party.short_name_key", "id"),
        filter_type=FilingFilter,
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
    available_acts: list[AvailableAct] = acts_on("round", (*policy.ON_ROUND, *triage.ON_ROUND), RoundFacts)


@noun(tables.Comment, queries.visible_comments)
class Comment(AnsweringComment, Node):
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
    citation: str | None = computed(
        "How papers cite it, such as 'Japan R3-1'; null if it was not submitted.", reference_of, CitedFacts
    )
    is_late: bool = computed("Whether it was filed after the close of its round, by admission.", is_late, LateFacts)
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
    runs: list[PreviewRun] = computed(
        "The words of the provision with the change that it asks for, in the version of its round; empty if it "
        "proposes no words.",
        lambda _, facts, __: outcomes.asked_runs_of(facts),
        outcomes.AskedFacts,
    )
    cell: int | None = column(
        "Number of the cell that it is on, from 1, if its provision is a row of a table; null for the whole row."
    )
    new_provision: NewProvision | None = computed(
        "The new provision that it asks for, after its provision, or at the beginning without one; null if none.",
        new_provision_of,
        AdditionFacts,
    )
    language: Locale | None = column("The language that it is written in; null for comments of before.")
    co_signers: list[Party] = to_any("The parties that signed it before it was filed.", "co_signer_ids")
    co_signatures: Connection[CoSignature] = connection(
        "The parties that were asked to sign it, as far as the caller may know.",
        on="comment_id",
        order=("party.short_name_key", "id"),
    )
    represented_by: Party | None = to_one(
        "The party whose delegate wrote or filed it under a mandate, on behalf of `party`; null if it was its own.",
        "representation.by_party",
        implied=True,
    )
    filing: int = column("Which filing of its number it is: 1, or more for a comment that was revised.")
    replaces: "Comment | None" = to_one(
        "The earlier filing in the place of which it stands, or is to stand; null without one.", implied=True
    )
    replaced_by: "Comment | None" = to_one("The filing that stands in its place; null if none does.", "replacement")
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
    support_count: int = batch("Number of parties that support it.", marks_per_comment(tables.Support), 0)
    supports: Connection[Support] = connection(
        "Marks of support, the earliest first.", on="comment_id", order=("supported_at", "id")
    )
    oppose_count: int = batch("Number of parties that oppose it.", marks_per_comment(tables.Opposition), 0)
    oppositions: Connection[Opposition] = connection(
        "Marks of opposition, the earliest first.", on="comment_id", order=("opposed_at", "id")
    )
    tolerate_count: int = batch("Number of parties that can live with it.", marks_per_comment(tables.Tolerance), 0)
    tolerances: Connection[Tolerance] = connection(
        "Marks that a party can live with it, the earliest first.", on="comment_id", order=("tolerated_at", "id")
    )
    reply_count: int = batch("Number of replies to it that were not taken back.", replies_per_comment, 0)
    replies: Connection[Reply] = connection(
        "Replies to it, the earliest first.", on="comment_id", order=("number", "id")
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
    draft: Annotated["Draft", strawberry.lazy("server.schema.delegations.types")] | None = to_one(
        "How far it came inside the own party; null for comments of others, and for one that was filed in one step."
    )
    notes: Connection[Annotated["InternalNote", strawberry.lazy("server.schema.delegations.types")]] = connection(
        "Internal notes of the own party on it, the earliest first; nobody else sees them.",
        on="comment_id",
        order=("noted_at", "id"),
        filter_type=InternalNoteFilter,
    )
    outcome: CommentOutcome | None = to_one(
        "What stands of it in the version that was made from the one it is on; null while the caller sees no such "
        "version."
    )
    available_acts: list[AvailableAct] = acts_on("comment", policy.ON_COMMENT + threads.ON_COMMENT, CommentFacts)


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
