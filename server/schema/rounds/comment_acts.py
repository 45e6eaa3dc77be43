"""Acts on comments."""

from typing import Any

import strawberry

from server.domain.rounds import policy
from server.domain.rounds.actions import answering, filing, marking, placing
from server.domain.rounds.rules.checks import Content
from server.schema.acts import key_field, version_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.rounds.inputs import NewProvisionInput
from server.schema.rounds.types import Comment
from server.schema.scalars import Locale
from server.vocabulary.rounds import CommentType
from server.wording.anchors import Quotation

COMMENT_ID = "The comment."
REASON_UNLESS_ACCEPTED = "The reason; required unless the verdict is ACCEPTED."
OTHER_WORDING = "With ACCEPTED_WITH_MODIFICATION: the words that take the place of those proposed."


@strawberry.input(description="Words of a provision as the reader marked them; the server finds their place.")
class QuotationInput:
    """Part of the inputs that quote words."""

    exact: str = strawberry.field(description="The words, exactly as they stand in the provision.")
    prefix: str = strawberry.field(
        default="",
        description="Characters directly before the words, to single out one of several places; may be empty.",
    )
    suffix: str = strawberry.field(
        default="",
        description="Characters directly after the words, to single out one of several places; may be empty.",
    )

    def quotation(self) -> Quotation:
        """Return the quotation as the action takes it."""
        return Quotation(self.exact, self.prefix, self.suffix)


@strawberry.input(description="What a comment says.")
class CommentContent:
    """Part of the inputs that write comments."""

    type: CommentType = strawberry.field(description="What the comment is about.")
    text: str = strawberry.field(description="What the comment says, 1 to 20,000 characters.")
    provision_id: strawberry.ID | None = strawberry.field(
        default=None,
        description=(
            "Id of the provision in the version of the round (not its permanent key). Only a "
            "GENERAL comment may leave it out."
        ),
    )
    quotation: QuotationInput | None = strawberry.field(
        default=None,
        description="The words of the provision that it quotes; without it the comment is on the whole provision.",
    )
    reason: str = strawberry.field(
        default="", description="Why the wording is proposed; required with `proposedWording`."
    )
    proposed_wording: str | None = strawberry.field(
        default=None,
        description=(
            "Words to put in place of the quoted words, or of the whole provision if none are "
            "quoted. Empty to delete the words. Words that stand there already are refused; the printed number of "
            "the whole provision, if it was copied along, is left out."
        ),
    )
    covers_section: bool = strawberry.field(
        default=False,
        description="Whether it is on the provision with everything inside it. Then it neither quotes nor proposes "
        "words.",
    )

    cell: int | None = strawberry.field(
        default=None,
        description="Number of the cell that it is on, from 1, if the provision is a row of a table. A quotation is "
        "then looked for in the cell, and a wording without one takes the place of the whole cell.",
    )
    new_provision: NewProvisionInput | None = strawberry.field(
        default=None,
        description="A new provision that it asks for, after the provision, or at the beginning without one; then it "
        "neither quotes nor proposes other words.",
    )
    language: Locale | None = strawberry.field(
        default=None, description="The language that it is written in; null for the language of the person."
    )
    co_signer_ids: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="Ids of the parties that are asked to sign it, too, null to leave them; only for a draft. "
        "Other words ask all of them again, the same words only those that are new.",
    )

    def content(self) -> Content:
        """Return the content as the action takes it."""
        quoted, added = self.quotation, self.new_provision
        return Content(
            type=self.type,
            text=self.text,
            provision_id=self.provision_id,
            quotation=quoted.quotation() if quoted else None,
            reason=self.reason,
            proposed_wording=self.proposed_wording,
            covers_section=self.covers_section,
            cell=self.cell,
            addition=added.added() if added else None,
            language=self.language,
            co_signer_ids=None if self.co_signer_ids is None else tuple(self.co_signer_ids),
        )


@strawberry.input(description="A comment to write and file at once.")
class SubmitCommentInput(CommentContent):
    """Input of `submitComment`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description="Id of the round.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {"round_id": self.round_id, "content": self.content()}


@strawberry.input(description="A comment to write as a draft.")
class DraftCommentInput(SubmitCommentInput):
    """Input of `draftComment`."""

    replaces_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id of the filed comment of the own party that it is to take the place of when it is cleared.",
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return super().arguments() | {"replaces_id": self.replaces_id}


@strawberry.input(description="What a draft says now; it takes the place of everything before.")
class ReviseCommentInput(CommentContent):
    """Input of `reviseComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description="Id of the draft.")
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "comment_id": self.comment_id,
            "content": self.content(),
            "expected_revision": self.expected_revision,
        }


@strawberry.input(description="The place of a carried comment, to confirm as it was found or to name.")
class ConfirmCarriedCommentInput:
    """Input of `confirmCarriedComment`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description="Id of the comment.")
    provision_key: strawberry.ID | None = strawberry.field(
        default=None,
        description="Permanent key of the provision where the comment belongs now; without it, the one it is on.",
    )
    quotation: QuotationInput | None = strawberry.field(
        default=None,
        description="Words of that provision, in the version to which the comment was carried. Without them it is on "
        "the whole provision, or at the place that was found if no provision is given either.",
    )
    expected_revision: int = version_field()

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        quoted = self.quotation
        return {
            "comment_id": self.comment_id,
            "provision_key": self.provision_key,
            "quotation": quoted.quotation() if quoted else None,
            "expected_revision": self.expected_revision,
        }


@strawberry.type
class CommentFact:
    """What every fact about a comment shows."""

    subject_id: strawberry.Private[str]
    comment: Comment = fact("The comment as it stands now.")


@strawberry.type
class CommentMutations:
    """Acts on comments."""

    draft_comment = act_field(
        policy.draft_comment,
        filing.draft_comment,
        "Write a comment that only the own party sees.",
        input_type=DraftCommentInput,
        outcome="A draft was written.",
        answer=CommentFact,
    )
    submit_comment = act_field(
        policy.submit_comment,
        filing.submit_comment,
        "(first part) File a comment in the name of the own party; the comment carries a receipt.",
        input_type=SubmitCommentInput,
        outcome="A comment was filed; its receipt is on it.",
        answer=CommentFact,
    )
    revise_comment = act_field(
        policy.revise_comment,
        filing.revise_comment,
        "Rewrite a draft.",
        input_type=ReviseCommentInput,
        outcome="A draft was rewritten.",
        answer=CommentFact,
    )
    clear_comment = act_field(
        policy.clear_comment,
        filing.clear_comment,
        "Clear a draft, which files it in the name of the own party.",
        about="A draft to clear and file.",
        comment_id="Id of the draft.",
        can_leave_out="Whether parties that were asked to sign it and have not are left out; otherwise it is not filed "
        "before they have signed.",
        outcome="A draft was cleared and filed; its receipt is on it.",
        answer=CommentFact,
    )
    withdraw_comment = act_field(
        policy.withdraw_comment,
        filing.withdraw_comment,
        "Take a comment back before it is answered. Its words stay on record.",
        about="A comment or a draft to withdraw.",
        comment_id="Id of the comment.",
        outcome="A comment was taken back.",
        answer=CommentFact,
    )
    support_comment = act_field(
        policy.support_comment,
        marking.support_comment,
        "Say that the own party supports another party's comment.",
        about="A comment of another party to support.",
        comment_id="Id of the comment.",
        outcome="A comment was supported.",
        answer=CommentFact,
        unlocked="marks of several parties never conflict, and a party has one mark on a comment",
    )
    oppose_comment = act_field(
        policy.oppose_comment,
        marking.oppose_comment,
        "Say that the own party opposes another party's comment, and why.",
        about="A comment of another party to oppose.",
        comment_id="Id of the comment.",
        reason="Why the own party opposes it; everybody who sees the comment sees it.",
        outcome="A comment was opposed.",
        answer=CommentFact,
        unlocked="marks of several parties never conflict, and a party has one mark on a comment",
    )
    confirm_carried_comment = act_field(
        policy.confirm_carried_comment,
        placing.confirm_carried_comment,
        "Confirm where a comment of the own party belongs in a later version of the text, or say where.",
        input_type=ConfirmCarriedCommentInput,
        outcome="The place of a comment was confirmed.",
        answer=CommentFact,
    )
    propose_disposition = act_field(
        policy.propose_disposition,
        answering.propose_disposition,
        "Propose how to answer a comment.",
        about="An answer to propose.",
        comment_id=COMMENT_ID,
        verdict="The answer.",
        reason=REASON_UNLESS_ACCEPTED,
        wording=OTHER_WORDING,
        outcome="An answer was proposed.",
        answer=CommentFact,
    )
    record_disposition = act_field(
        policy.record_disposition,
        answering.record_disposition,
        "Record the answer to a comment; it never changes again.",
        about="An answer to record.",
        comment_id="Id of the comment.",
        verdict="Verdict on the comment.",
        reason="Reason for the verdict; may be empty for ACCEPTED only.",
        wording=(
            "For ACCEPTED_WITH_MODIFICATION, the words that are accepted in place of those "
            "proposed; null for other verdicts."
        ),
        outcome="An answer was recorded.",
        answer=CommentFact,
    )
