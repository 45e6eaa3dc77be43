"""Acts on comments: inputs, facts and mutations."""

from functools import partial
from typing import Any

import strawberry

from server.domain.rounds import policy
from server.domain.rounds.actions import answering, filing
from server.domain.rounds.rules.checks import Content
from server.schema.acts import Performing, act_field, key_field, version_field
from server.schema.reads.roots import fact
from server.schema.rounds.types import Comment
from server.vocabulary.rounds import CommentType, DispositionVerdict
from server.wording.anchors import Quotation

COMMENT_ID = "The comment."
ROUND_ID = "The round."


@strawberry.input(description="Words as marked by the reader. Offsets are counted by the server.")
class QuotationInput:
    """Part of `CommentContentInput`."""

    exact: str = strawberry.field(description="The words, exactly as they stand.")
    prefix: str = strawberry.field(default="", description="Characters directly before, to tell repeats apart.")
    suffix: str = strawberry.field(default="", description="Characters directly after, to tell repeats apart.")


@strawberry.input(description="What a comment says.")
class CommentContentInput:
    """Part of the inputs that write comments."""

    type: CommentType = strawberry.field(description="What it is about.")
    text: str = strawberry.field(description="The comment.")
    provision_id: strawberry.ID | None = strawberry.field(
        default=None, description="The provision of the round's version; may be left out of a GENERAL comment only."
    )
    quotation: QuotationInput | None = strawberry.field(default=None, description="The words it is about.")
    reason: str = strawberry.field(default="", description="The reason; needed with a proposed wording.")
    proposed_wording: str | None = strawberry.field(
        default=None,
        description="Words to stand in place of the quoted words, or of the whole provision when nothing is quoted; "
        "empty words delete.",
    )

    def content(self) -> Content:
        """The content as the action takes it."""
        quoted = self.quotation
        return Content(
            type=self.type,
            text=self.text,
            provision_id=self.provision_id,
            quotation=Quotation(quoted.exact, quoted.prefix, quoted.suffix) if quoted else None,
            reason=self.reason,
            proposed_wording=self.proposed_wording,
        )


@strawberry.input(description="A comment to be written or filed in a round.")
class SubmitCommentInput:
    """Input of `submitComment`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    content: CommentContentInput = strawberry.field(description="What it says.")


@strawberry.input(description="A draft for the own party.")
class DraftCommentInput(SubmitCommentInput):
    """Input of `draftComment`."""


@strawberry.input(description="New words for a draft.")
class ReviseCommentInput:
    """Input of `reviseComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description=COMMENT_ID)
    content: CommentContentInput = strawberry.field(description="What it says now.")
    expected_version: int = version_field()


@strawberry.input(description="A draft to be filed in the party's name.")
class ClearCommentInput:
    """Input of `clearComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description=COMMENT_ID)
    expected_version: int = version_field()


@strawberry.input(description="A comment to be taken back.")
class WithdrawCommentInput(ClearCommentInput):
    """Input of `withdrawComment`."""


@strawberry.input(description="Another party's comment that the own party supports.")
class SupportCommentInput:
    """Input of `supportComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description=COMMENT_ID)


@strawberry.input(description="An answer to a comment.")
class RecordDispositionInput:
    """Input of `recordDisposition`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description=COMMENT_ID)
    verdict: DispositionVerdict = strawberry.field(description="The answer.")
    reason: str = strawberry.field(default="", description="The reason; required unless the verdict is ACCEPTED.")
    wording: str | None = strawberry.field(
        default=None, description="With ACCEPTED_WITH_MODIFICATION: the words that take the place of those proposed."
    )
    expected_version: int = version_field()


@strawberry.input(description="An answer that is proposed.")
class ProposeDispositionInput(RecordDispositionInput):
    """Input of `proposeDisposition`."""


@strawberry.type
class _CommentFact:
    subject_id: strawberry.Private[str]
    comment: Comment | None = fact("The comment as it stands now.", "Comment")


@strawberry.type(description="A draft was written.")
class CommentDrafted(_CommentFact):
    """Fact of `draftComment`."""


@strawberry.type(description="A comment was filed; its receipt is on it.")
class CommentSubmitted(_CommentFact):
    """Fact of `submitComment`."""


@strawberry.type(description="A draft was rewritten.")
class CommentRevised(_CommentFact):
    """Fact of `reviseComment`."""


@strawberry.type(description="A draft was cleared and filed; its receipt is on it.")
class CommentCleared(_CommentFact):
    """Fact of `clearComment`."""


@strawberry.type(description="A comment was taken back.")
class CommentWithdrawn(_CommentFact):
    """Fact of `withdrawComment`."""


@strawberry.type(description="A comment was supported.")
class CommentSupported(_CommentFact):
    """Fact of `supportComment`."""


@strawberry.type(description="An answer was proposed.")
class DispositionProposed(_CommentFact):
    """Fact of `proposeDisposition`."""


@strawberry.type(description="An answer was recorded.")
class DispositionRecorded(_CommentFact):
    """Fact of `recordDisposition`."""


def _draft(input: DraftCommentInput) -> Performing:
    return partial(filing.draft_comment, round_id=input.round_id, content=input.content.content())


def _submit(input: SubmitCommentInput) -> Performing:
    return partial(filing.submit_comment, round_id=input.round_id, content=input.content.content())


def _answer(action: Any) -> Any:
    def performing(input: RecordDispositionInput) -> Performing:
        return partial(
            action,
            comment_id=input.comment_id,
            verdict=input.verdict,
            reason=input.reason,
            wording=input.wording,
            expected_version=input.expected_version,
        )

    return performing


@strawberry.type
class CommentMutations:
    """Acts on comments."""

    draft_comment = act_field(
        policy.draft_comment,
        "Write a comment that only the own party sees.",
        DraftCommentInput,
        CommentDrafted,
        _draft,
    )
    submit_comment = act_field(
        policy.submit_comment,
        "File a comment in the name of the own party. The answer carries a receipt.",
        SubmitCommentInput,
        CommentSubmitted,
        _submit,
    )
    revise_comment = act_field(
        policy.revise_comment,
        "Rewrite a draft.",
        ReviseCommentInput,
        CommentRevised,
        lambda input: partial(
            filing.revise_comment,
            comment_id=input.comment_id,
            content=input.content.content(),
            expected_version=input.expected_version,
        ),
    )
    clear_comment = act_field(
        policy.clear_comment,
        "Clear a draft, which files it in the name of the own party.",
        ClearCommentInput,
        CommentCleared,
        lambda input: partial(
            filing.clear_comment, comment_id=input.comment_id, expected_version=input.expected_version
        ),
    )
    withdraw_comment = act_field(
        policy.withdraw_comment,
        "Take a comment back before it is answered. Its words stay on record.",
        WithdrawCommentInput,
        CommentWithdrawn,
        lambda input: partial(
            filing.withdraw_comment, comment_id=input.comment_id, expected_version=input.expected_version
        ),
    )
    support_comment = act_field(
        policy.support_comment,
        "Say that the own party supports another party's comment.",
        SupportCommentInput,
        CommentSupported,
        lambda input: partial(filing.support_comment, comment_id=input.comment_id),
    )
    propose_disposition = act_field(
        policy.propose_disposition,
        "Propose how to answer a comment.",
        ProposeDispositionInput,
        DispositionProposed,
        _answer(answering.propose_disposition),
    )
    record_disposition = act_field(
        policy.record_disposition,
        "Record the answer to a comment; it never changes again.",
        RecordDispositionInput,
        DispositionRecorded,
        _answer(answering.record_disposition),
    )
