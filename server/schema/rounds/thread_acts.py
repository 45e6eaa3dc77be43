"""Acts on what others do with a comment: signing it, marking it, replying to it."""

from typing import Any

import strawberry

from server.domain.rounds import policy as rounds
from server.domain.rounds.actions import filing, marking, signing
from server.domain.threads import policy, rules
from server.domain.threads.actions import replying
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.rounds.comment_acts import CommentContent, CommentFact
from server.schema.rounds.threads import CoSignature

ONCE = "marks of several parties never conflict, and a party has one mark on a comment"


@strawberry.input(description="Other words for a filed comment, while its round is open.")
class ReplaceCommentInput(CommentContent):
    """Input of `replaceComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description="Id of the filed comment that it takes the place of.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "comment_id": self.comment_id,
            "content": self.content(),
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class CoSignatureFact:
    """What every fact about a co-signature shows."""

    subject_id: strawberry.Private[str]
    co_signature: CoSignature = fact("The co-signature as it stands now.")


@strawberry.type
class ThreadMutations:
    """Acts on what others do with a comment."""

    replace_comment = act_field(
        rounds.replace_comment,
        filing.replace_comment,
        "File other words in the place of a filed comment while its round is open. It keeps its number; the earlier "
        "filing stays on record, with its receipt and the marks on it.",
        input_type=ReplaceCommentInput,
        outcome="A comment was filed in the place of an earlier one; its receipt is on it.",
        answer=CommentFact,
    )
    confirm_co_signature = act_field(
        rounds.confirm_co_signature,
        signing.confirm_co_signature,
        "Sign a draft of another party in the name of the own party, in the words as they stand.",
        about="A co-signature to confirm.",
        co_signature_id="Id of the co-signature (`CoSignature`) of the own party.",
        expected_revision="The `revision` of the comment as the caller read it: these words are signed.",
        outcome="A party signed a comment of another one.",
        answer=CommentFact,
    )
    decline_co_signature = act_field(
        rounds.decline_co_signature,
        signing.decline_co_signature,
        "Decline to sign a draft of another party.",
        about="A co-signature to decline.",
        co_signature_id="Id of the co-signature (`CoSignature`) of the own party.",
        reason="Why, for the party that asked; may be empty.",
        outcome="A party declined to sign a comment.",
        answer=CoSignatureFact,
        unlocked="a party answers for itself, whatever the words",
    )
    tolerate_comment = act_field(
        rounds.tolerate_comment,
        marking.tolerate_comment,
        "Say that the own party can live with another party's comment.",
        about="A comment of another party that the own party can live with.",
        comment_id="Id of the comment.",
        outcome="A party said that it can live with a comment.",
        answer=CommentFact,
        unlocked=ONCE,
    )
    take_back_mark = act_field(
        rounds.take_back_mark,
        marking.take_back_mark,
        "Take back what the own party said of another party's comment: support, opposition, or that it can live "
        "with it.",
        about="A mark to take back.",
        mark_id="Id of the mark (`Support`, `Opposition` or `Tolerance`) of the own party.",
        outcome="A mark was taken back.",
        answer=CommentFact,
        unlocked=ONCE,
    )
    reply_to_comment = act_field(
        policy.reply_to_comment,
        replying.reply_to_comment,
        "Reply to a filed comment. Everybody who sees the comment sees the reply, and its words never change.",
        about="A reply to a comment.",
        comment_id="Id of the comment.",
        text=f"What the reply says, 1 to {rules.REPLY_LIMIT:,} characters.",
        answers_id="Id of the reply that it answers; null to answer the comment.",
        language="The language that it is written in; null for the language of the person.",
        outcome="A reply was written.",
        answer=CommentFact,
        unlocked="replies stand one after the other",
    )
    take_back_reply = act_field(
        policy.take_back_reply,
        replying.take_back_reply,
        "Take a reply of the own party back. Its place in the thread stays.",
        about="A reply to take back.",
        reply_id="Id of the reply.",
        outcome="A reply was taken back.",
        answer=CommentFact,
        unlocked="a reply is taken back once",
    )
