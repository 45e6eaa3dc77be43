"""Triage of comments: points, groups, tags, desks, advice, answers given together, and how parties take them."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from server.domain.triage import policy
from server.domain.triage.queries import counting, seeing
from server.domain.triage.rules.facts import AdviceFacts, BatchFacts
from server.models import triage as tables
from server.schema.acts import AvailableAct, acts_on
from server.schema.bodies.types import BodyFunction, WorkingBody
from server.schema.parties.types import Delegate, Party
from server.schema.reads.kinds import Node, Through, batch, column, computed, connection, noun, to_one
from server.schema.reads.pages import Connection
from server.schema.rounds.answers import Disposition
from server.schema.triage.values import PartOfFacts, reference_of
from server.schema.vocabulary import vocabulary
from server.vocabulary.rounds import CommentType, DispositionStage, DispositionVerdict
from server.vocabulary.triage import Reaction, SettlingSide

if TYPE_CHECKING:
    from server.schema.rounds.types import Comment, Round

vocabulary(Reaction)
vocabulary(SettlingSide)

GIVEN, USED = (
    Through(tables.DispositionOrigin, seeing.visible_origins, parent=parent, target="disposition_id")
    for parent in ("batch_id", "answer_id")
)


@noun(tables.RoundTag, seeing.visible_of_round)
class RoundTag(Node):
    """A tag by which the comments of one round are sorted. Those who lead the body and the Secretariat see it."""

    name: str = column("The tag as it was written first, 1 to 60 characters.")
    comment_count: int = batch("Number of comments with it.", counting.comments_per_tag, 0)


@noun(tables.DeskMove, seeing.visible_triage)
class DeskMove(Node):
    """One move of a comment to a desk, or off it. Those who lead the body and the Secretariat see it."""

    delegate: Delegate | None = to_one("The person on whose desk it came; null for a function and for none.")
    function: BodyFunction | None = to_one("The function on whose desk it came; null for a person and for none.")
    note: str | None = column("Working note; null if none was written.", or_null=True)
    moved_by: Delegate = to_one("The delegate who moved it.", implied=True)
    moved_at: datetime = column("Instant of the move.")


@noun(tables.CommentTriage, seeing.visible_triage)
class CommentTriage(Node):
    """Where a comment is in triage: its group and its desk. Those who lead the body and the Secretariat see it."""

    lead: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] | None = to_one(
        "The comment with which its group is answered; null if it is in no group."
    )
    delegate: Delegate | None = to_one("The person on whose desk it lies; null for a function and for none.")
    function: BodyFunction | None = to_one("The function on whose desk it lies; null for a person and for none.")
    placed_at: datetime | None = column("Instant at which it came there or was given back; null if it never moved.")
    revision: int = column(
        "Counts changes of triage; send it back as `expectedRevision`, or 0 while a comment has no triage."
    )


@noun(tables.CommentPoint, seeing.visible_points)
class CommentPoint(Node):
    """One point of a comment that was split, answered by itself.

    Those who lead the body and the Secretariat see it; everybody who sees the comment does once it is answered.
    """

    number: int = column("Number within the comment, from 1.")
    type: CommentType = column("What the point is about.")
    text: str = column("What the point says, in the words of those who split the comment.")
    has_wording: bool = column("Whether it is the point that asks for the wording of the comment.")
    disposition: Disposition | None = to_one("Answer to the point; null if there is none that the caller sees.")


@noun(tables.AdviceRequest, seeing.visible_advice)
class AdviceRequest(Node):
    """A comment that was forwarded for advice. Those who answer the comment see it, and those who are asked."""

    comment: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] | None = to_one(
        "The comment; null if the caller does not see it."
    )
    reference: str = computed("Reference of the comment, such as 'Japan R1-3'.", reference_of, PartOfFacts)
    comment_text: str = column("What the comment says, also for those who are asked and do not see it.", "comment.text")
    comment_wording: str | None = column(
        "The words that the comment proposes; null if it proposes none.", "comment.proposed_wording"
    )
    body: WorkingBody | None = to_one("The body that is asked; null where a person is.", implied=True)
    delegate: Delegate | None = to_one("The person who is asked; null where a body is.")
    question: str = column("What is asked.")
    due_on: date = column("Day until which the advice is asked for.")
    asked_by: Delegate = to_one("The delegate who asked.", implied=True)
    asked_at: datetime = column("Instant at which it was asked for.")
    advice: str | None = column("The advice; null until it is given.")
    given_by: Delegate | None = to_one("The delegate who gave it; null until then.", implied=True)
    given_at: datetime | None = column("Instant at which it was given; null until then.")
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    available_acts: list[AvailableAct] = acts_on("request for advice", policy.ON_ADVICE, AdviceFacts)


@noun(tables.ReusableAnswer, seeing.visible_of_round)
class ReusableAnswer(Node):
    """An answer that is kept to be given to several comments of a round.

    Those who lead the body and the Secretariat see it; it never changes.
    """

    title: str = column("Title, 1 to 120 characters; one of its round.")
    verdict: DispositionVerdict = column("The verdict.")
    reason: str | None = column("The reason; null for ACCEPTED only.", or_null=True)
    kept_by: Delegate = to_one("The delegate who kept it.", implied=True)
    kept_at: datetime = column("Instant at which it was kept.")
    use_count: int = batch("Number of answers that it was given as, those undone since included.", counting.uses, 0)
    uses: Connection[Disposition] = connection(
        "The answers that it was given as, the earliest first.", through=USED, order=("decided_at", "id")
    )


@noun(tables.AnswerBatch, seeing.visible_of_round)
class AnswerBatch(Node):
    """Answers that were given by one act and stand or fall together.

    Those who lead the body and the Secretariat see it. What was undone stays on record.
    """

    round: Annotated["Round", strawberry.lazy("server.schema.rounds.types")] = to_one("The round.", implied=True)
    stage: DispositionStage = column("Whether the answers were proposed or recorded.")
    answer_count: int = column("Number of answers to comments and points, members of groups included.")
    made_by: Delegate = to_one("The delegate who gave them.", implied=True)
    made_at: datetime = column("Instant at which they were given.")
    undone_by: Delegate | None = to_one("The delegate who undid them; null while they stand.", implied=True)
    undone_at: datetime | None = column("Instant at which they were undone; null while they stand.")
    undo_reason: str | None = column("Why they were undone; null while they stand.", or_null=True)
    revision: int = column("Counts changes from 1; send it back as `expectedRevision` with an act.")
    answers: Connection[Disposition] = connection(
        "The answers, those to points and the sums of these included.", through=GIVEN, order=("id",)
    )
    available_acts: list[AvailableAct] = acts_on("batch", policy.ON_BATCH, BatchFacts)


@noun(tables.AnswerSettling, seeing.visible_settlings)
class AnswerSettling(Node):
    """That one of two sides settled a proposed answer. Those who lead the body and the Secretariat see it."""

    side: SettlingSide = column("The side.")
    delegate: Delegate = to_one("The delegate who settled it.", implied=True)
    settled_at: datetime = column("Instant at which it was settled.")


@noun(tables.AnswerReaction, seeing.visible_reactions)
class AnswerReaction(Node):
    """What the party of a comment says, once, of a recorded answer. Everybody who sees the comment sees it."""

    comment: Annotated["Comment", strawberry.lazy("server.schema.rounds.types")] = to_one("The comment.", implied=True)
    disposition: Disposition = to_one("The answer.", implied=True)
    party: Party = to_one("The party.", implied=True)
    delegate: Delegate = to_one("The delegate who said it.", implied=True)
    reaction: Reaction = column("Whether the party is content or maintains its comment.")
    reason: str | None = column("Why; null for CONTENT only.", or_null=True)
    reacted_at: datetime = column("Instant of the reaction.")
