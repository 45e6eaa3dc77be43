"""Acts inside a delegation, declarations that a party has no comment, and reminders."""

from typing import Any

import strawberry

from server.domain.delegations import policy
from server.domain.delegations.actions import arranging, declaring, drafts, filing, reminding
from server.domain.delegations.actions.filing import Chosen
from server.schema.acts import key_field, version_field
from server.schema.delegations.types import InternalNote, NoComment, Reminder
from server.schema.mutations import act_field
from server.schema.parties.party_acts import PartyFact
from server.schema.reads.roots import fact
from server.schema.rounds.comment_acts import CommentContent, CommentFact
from server.schema.rounds.round_acts import RoundFact

DRAFT_ID = "Id of the draft: that of the comment."
ROUND_ID = "Id of the round."
ONCE = "a party declares one thing at a time, and the server orders two at once"


@strawberry.input(description="Two drafts of the own party that become one, and what that says.")
class MergeDraftsInput(CommentContent):
    """Input of `mergeDrafts`."""

    idempotency_key: str = key_field()
    comment_id: strawberry.ID = strawberry.field(description="Id of the draft that goes on.")
    expected_revision: int = version_field()
    merged_id: strawberry.ID = strawberry.field(description="Id of the draft that goes into it.")
    merged_revision: int = strawberry.field(description="The `revision` of that draft as the caller read it.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        names = ("comment_id", "expected_revision", "merged_id", "merged_revision")
        return {name: getattr(self, name) for name in names} | {"content": self.content()}


@strawberry.input(description="A draft to file, as the caller read it.")
class ChosenDraft:
    """Part of the input of `fileComments`."""

    comment_id: strawberry.ID = strawberry.field(description=DRAFT_ID)
    expected_revision: int = strawberry.field(
        description="The `revision` of the draft as the caller read it. If it has changed since, the act is refused as "
        "INVALID with NOT_FILED at this field, beside the faults of the other drafts."
    )


@strawberry.input(description="Drafts of the own party to file together.")
class FileCommentsInput:
    """Input of `fileComments`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    comments: list[ChosenDraft] = strawberry.field(description="The drafts, 1 to 50, in the order of their numbers.")

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        chosen = [Chosen(each.comment_id, each.expected_revision) for each in self.comments]
        return {"round_id": self.round_id, "comments": chosen}


@strawberry.type
class NoteFact:
    """What every fact about an internal note shows."""

    subject_id: strawberry.Private[str]
    note: InternalNote = fact("The note.")


@strawberry.type
class NoCommentFact:
    """What every fact about a declaration shows."""

    subject_id: strawberry.Private[str]
    no_comment: NoComment = fact("The declaration.")


@strawberry.type
class ReminderFact:
    """What every fact about a reminder shows."""

    subject_id: strawberry.Private[str]
    reminder: Reminder = fact("The reminder; its letters are written when it is due.")


@strawberry.type
class DelegationMutations:
    """Acts inside a delegation, and what it declares as a whole."""

    present_draft = act_field(
        policy.present_draft,
        drafts.present_draft,
        "Give a draft to those who clear it.",
        about="A draft to give.",
        comment_id=DRAFT_ID,
        outcome="A draft was given to those who clear it.",
        answer=CommentFact,
    )
    clear_draft = act_field(
        policy.clear_draft,
        drafts.clear_draft,
        "Give a draft the clearance for which it waits, without filing it.",
        about="A draft to clear.",
        comment_id=DRAFT_ID,
        outcome="A draft was cleared; it is not filed yet.",
        answer=CommentFact,
    )
    return_draft = act_field(
        policy.return_draft,
        drafts.return_draft,
        "Give a draft back to its writer, with a reason.",
        about="A draft to give back.",
        comment_id=DRAFT_ID,
        reason="Why, at most 2,000 characters; the own party sees it.",
        outcome="A draft was given back.",
        answer=CommentFact,
    )
    merge_drafts = act_field(
        policy.merge_drafts,
        drafts.merge_drafts,
        "Make one draft of two of the own party; the words of both stay on record inside it.",
        input_type=MergeDraftsInput,
        outcome="Two drafts became one.",
        answer=CommentFact,
    )
    discard_draft = act_field(
        policy.discard_draft,
        drafts.discard_draft,
        "Give up a draft; its words stay on record inside the own party.",
        about="A draft to give up.",
        comment_id=DRAFT_ID,
        outcome="A draft was given up.",
        answer=CommentFact,
    )
    file_comments = act_field(
        policy.file_comments,
        filing.file_comments,
        "File several drafts of the own party in one act; if one of them cannot be filed, none is.",
        input_type=FileCommentsInput,
        outcome="Comments were filed; each carries its receipt.",
        answer=RoundFact,
        unlocked="each draft has its own",
    )
    declare_no_comment = act_field(
        policy.declare_no_comment,
        declaring.declare_no_comment,
        "Declare that the own party has no comment in a round.",
        about="A round in which the own party has no comment.",
        round_id=ROUND_ID,
        outcome="A party declared that it has no comment.",
        answer=NoCommentFact,
        unlocked=ONCE,
    )
    take_back_no_comment = act_field(
        policy.take_back_no_comment,
        declaring.take_back_no_comment,
        "Take back that the own party has no comment in a round.",
        about="A round in which the own party may have a comment after all.",
        round_id=ROUND_ID,
        outcome="A declaration was taken back.",
        answer=RoundFact,
        unlocked=ONCE,
    )
    arrange_deadline = act_field(
        policy.arrange_deadline,
        arranging.arrange_deadline,
        "Say until when the own party wants its drafts in a round. Nothing is refused after it.",
        about="A deadline inside the own party.",
        round_id=ROUND_ID,
        due_at="The instant, before the closing instant of the round; null takes the deadline away.",
        outcome="A deadline was arranged inside a party.",
        answer=RoundFact,
    )
    arrange_clearance = act_field(
        policy.arrange_clearance,
        arranging.arrange_clearance,
        "Say how many clearances the own party asks for before a comment is filed in its name.",
        about="The practice of the own party.",
        party_id="Id of the own party.",
        levels="How many clearances the party asks for.",
        can_file_at_once="Whether the focal point may file in one step (`submitComment`) what nobody else has seen.",
        outcome="A party arranged how it clears.",
        answer=PartyFact,
    )
    write_note = act_field(
        policy.write_note,
        arranging.write_note,
        "Note something on a comment or a provision of a round; only the own party ever sees it.",
        about="A note inside the own party.",
        round_id=ROUND_ID,
        comment_id="Id of the comment that it is on; null for a note on a provision.",
        provision_id="Id of the provision in the version of the round; null for a note on a comment.",
        text="What it says, 1 to 4,000 characters.",
        outcome="A note was written.",
        answer=NoteFact,
    )
    discard_note = act_field(
        policy.discard_note,
        arranging.discard_note,
        "Remove a note of the own party; its words are gone.",
        about="A note to remove.",
        note_id="Id of the note.",
        outcome="A note was removed.",
        answer=RoundFact,
        unlocked="a note is never changed",
    )
    remind_silent = act_field(
        policy.remind_silent,
        reminding.remind_silent,
        "Remind the parties that are silent in a round by a letter, now or later; once in 24 hours at most.",
        about="A round in which the silent are reminded.",
        round_id=ROUND_ID,
        due_at="When they are reminded, before the round closes; null for now. Who is silent is found then.",
        outcome="The silent parties of a round are reminded.",
        answer=ReminderFact,
    )
