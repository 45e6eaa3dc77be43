"""Comment rounds, comments and dispositions: what they look like."""

from datetime import datetime

import strawberry

from server.domain.rounds import policy, queries
from server.domain.rounds.rules import window
from server.domain.rounds.rules.facts import CommentFacts, QuotationFacts, ReceiptFacts, RoundFacts, audience_of
from server.kernel.actor import Actor, Capacity
from server.kernel.acts import verdicts
from server.models import rounds as tables
from server.schema.acts import AvailableAct
from server.schema.bodies.types import Body
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Filter, Node, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.reads.roots import many, one
from server.schema.texts.types import Provision, TextVersion
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import (
    CommentStatus,
    CommentType,
    DispositionStage,
    DispositionVerdict,
    RoundPhase,
    RoundStatus,
    RoundVisibility,
)

for vocabulary_of_rounds in (
    RoundStatus,
    RoundPhase,
    RoundVisibility,
    CommentType,
    CommentStatus,
    DispositionVerdict,
    DispositionStage,
):
    vocabulary(vocabulary_of_rounds)


@noun(tables.Round, queries.visible_rounds)
class Round(Node):
    """A call for comments on one issued version, until a closing instant that the server's clock decides."""

    title: str = column("Title.")
    text_version: TextVersion = to_one("The version that is commented on.", implied=True)
    body: Body = to_one("The body that asks.", implied=True)
    opens_at: datetime = column("Opening instant; it is inside the round.")
    closes_at: datetime = column("Closing instant; it is no longer inside the round.")
    zone: str = column("Time zone in which the deadline was announced, such as Europe/Brussels.")
    visibility: RoundVisibility = column("When a party sees what the others filed.")
    audience: list[Capacity] = computed(
        "The capacities that are asked.", lambda _, facts, now: audience_of(facts), RoundFacts
    )
    status: RoundStatus = column("What people decided about it.")
    phase: RoundPhase = computed("Where it stands now.", lambda _, facts, now: window.phase_of(facts, now), RoundFacts)
    called_by: Delegate = to_one("Who called it.", implied=True)
    called_at: datetime = column("When it was called.")
    version: int = column("Counts changes; send it back as `expectedVersion`.")
    comment_count: int = batch("Submitted comments that the caller may see.", queries.comments_per_round, 0)
    extensions: Connection["RoundExtension"] = connection(
        "Every extension with its reason, oldest first.", on="round_id", order=("extended_at", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do in this round, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_ROUND, actor, facts, now),
        RoundFacts,
    )


@noun(tables.RoundExtension, queries.visible_extensions)
class RoundExtension(Node):
    """One extension of a round."""

    closed_at_before: datetime = column("Closing instant before.")
    closes_at_after: datetime = column("Closing instant after.")
    reason: str = column("Why.")
    extended_at: datetime = column("When it was extended.")


@strawberry.type(description="Proof of what was filed, by whom, for whom and when.")
class Receipt:
    """Built from the columns of the comment."""

    reference: str = strawberry.field(description="Reference of the comment, such as 'Japan-3'.")
    submitted_at: datetime = strawberry.field(description="The server's instant of filing.")
    content_digest: str = strawberry.field(description="SHA-256 of what was filed.")
    party: str = strawberry.field(description="In whose name.")
    submitted_by: str = strawberry.field(description="By whom.")
    rule: str = strawberry.field(description="The rule under which it was in time.")


@strawberry.type(description="The quoted words a comment is about. An anchor never guesses.")
class QuotationPlace:
    """Built from the columns of the comment."""

    exact: str = strawberry.field(description="The quoted words, kept for ever.")
    prefix: str = strawberry.field(description="Words directly before, if given.")
    suffix: str = strawberry.field(description="Words directly after, if given.")
    start: int = strawberry.field(description="Where they begin in the provision's text, in code points from 0.")
    end: int = strawberry.field(description="Where they end, exclusive.")


def receipt_of(_: Actor, facts: ReceiptFacts, __: datetime) -> Receipt | None:
    """Return the receipt of a submitted comment, None for a draft."""
    if facts.submitted_at is None or facts.content_digest is None:
        return None
    return Receipt(
        reference=f"{facts.party}-{facts.number}",
        submitted_at=facts.submitted_at,
        content_digest=facts.content_digest,
        party=facts.party_name,
        submitted_by=facts.submitted_by or "",
        rule=window.WINDOW_RULE,
    )


def quotation_of(_: Actor, facts: QuotationFacts, __: datetime) -> QuotationPlace | None:
    """Return the quoted words with their place, None if nothing is quoted."""
    if facts.quote_exact is None or facts.quote_start is None or facts.quote_end is None:
        return None
    return QuotationPlace(
        exact=facts.quote_exact,
        prefix=facts.quote_prefix,
        suffix=facts.quote_suffix,
        start=facts.quote_start,
        end=facts.quote_end,
    )


@noun(tables.Comment, queries.visible_comments)
class Comment(Node):
    """One point on one provision, in the name of a party. Once submitted its words never change."""

    round: Round = to_one("The round it answers.", implied=True)
    party: Party = to_one("In whose name it is filed.", implied=True)
    author: Delegate = to_one("Who wrote it.", implied=True)
    submitted_by: Delegate | None = to_one("Who submitted it.", implied=True)
    number: int | None = column("Number among the comments of its party in the round; null for a draft.")
    type: CommentType = column("What it is about.")
    provision: Provision | None = to_one("The provision, null for a GENERAL comment.", "provision_text", implied=True)
    quotation: QuotationPlace | None = computed("The quoted words.", quotation_of, QuotationFacts)
    text: str = column("The comment.")
    reason: str = column("The reason for the proposed wording.")
    proposed_wording: str | None = column(
        "Words to stand in place of the quoted words, or of the whole provision when nothing is quoted."
    )
    drafted_at: datetime = column("When it was first written.")
    submitted_at: datetime | None = column("When it was submitted; null for a draft.")
    receipt: Receipt | None = computed("Proof of filing; null for a draft.", receipt_of, ReceiptFacts)
    status: CommentStatus = column("Where its handling stands.", "work.status")
    version: int = column("Counts changes of its handling; send it back as `expectedVersion`.", "work.version")
    disposition: "Disposition | None" = to_one("The answer, once the caller may see it.", "work.disposition")
    support_count: int = batch("Parties that support it.", queries.supports_per_comment, 0)
    supports: Connection["Support"] = connection(
        "Who supports it, in the order of support.", on="comment_id", order=("supported_at", "id")
    )
    available_acts: list[AvailableAct] = computed(
        "What the caller may do with this comment, and if not, why not and from when.",
        lambda actor, facts, now: verdicts(policy.ON_COMMENT, actor, facts, now),
        CommentFacts,
    )


@noun(tables.Disposition, queries.visible_dispositions)
class Disposition(Node):
    """A proposed or recorded answer to a comment."""

    stage: DispositionStage = column("Whether it is proposed or recorded.")
    verdict: DispositionVerdict = column("The answer.")
    reason: str = column("The reason; required unless the comment is plainly accepted.")
    wording: str | None = column("The wording that was accepted, where it differs from the one proposed.")
    decided_by: Delegate = to_one("Who proposed or recorded it.", implied=True)
    decided_at: datetime = column("When.")


@noun(tables.Support, queries.visible_supports)
class Support(Node):
    """A party's mark that it supports another party's comment."""

    party: Party = to_one("The party that supports.", implied=True)
    supported_at: datetime = column("Since when.")


@strawberry.input(description="Which rounds to list.")
class RoundFilter:
    """Filter of `rounds`."""

    phase: RoundPhase | None = strawberry.field(default=strawberry.UNSET, description="Only in this phase now.")
    body_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this body.")
    text_version_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only on this version."
    )


@strawberry.input(description="Which comments to list.")
class CommentFilter:
    """Filter of `comments`."""

    round_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this round.")
    party_id: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Only of this party.")
    provision_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET, description="Only on this provision."
    )
    type: CommentType | None = strawberry.field(default=strawberry.UNSET, description="Only of this type.")
    status: CommentStatus | None = strawberry.field(
        default=strawberry.UNSET, description="Only at this point of handling."
    )
    verdict: DispositionVerdict | None = strawberry.field(
        default=strawberry.UNSET, description="Only with this answer."
    )


@strawberry.type
class RoundQueries:
    """Root fields about rounds and comments."""

    round: Round | None = one("A round by its id.", "Round")
    rounds: Connection[Round] = many(
        "Rounds, those that close first at the front.",
        order=("closes_at", "id"),
        filter_type=RoundFilter,
        filters={
            "phase": Filter(condition=queries.in_phase),
            "bodyId": Filter("body_id"),
            "textVersionId": Filter("text_version_id"),
        },
    )
    comment: Comment | None = one("A comment by its id.", "Comment")
    comments: Connection[Comment] = many(
        "Comments in the order of the text, then by party and number.",
        order=("provision_text.position", "party.short_name", "number", "id"),
        filter_type=CommentFilter,
        filters={
            "roundId": Filter("round_id"),
            "partyId": Filter("party_id"),
            "provisionId": Filter("provision_text_id"),
            "type": Filter("type"),
            "status": Filter("work.status"),
            "verdict": Filter("work.disposition.verdict"),
        },
    )
