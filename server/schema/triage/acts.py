"""Acts of triage."""

import strawberry

from server.domain.triage import policy
from server.domain.triage.actions import advising, answering, settling, sorting, undoing
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.rounds.comment_acts import COMMENT_ID, CommentFact
from server.schema.rounds.round_acts import ROUND_ID, RoundFact
from server.schema.triage.inputs import ProposeAnswersInput, RecordAnswersInput, SplitCommentInput
from server.schema.triage.types import AdviceRequest, AnswerBatch, ReusableAnswer

EACH_AT_ITS_REVISION = "each answer holds the revision of its comment"


@strawberry.type
class BatchFact:
    """What every fact about answers given together shows."""

    subject_id: strawberry.Private[str]
    batch: AnswerBatch = fact("The answers as they stand now.")


@strawberry.type
class AdviceFact:
    """What every fact about advice shows."""

    subject_id: strawberry.Private[str]
    advice_request: AdviceRequest = fact("The request for advice as it stands now.")


@strawberry.type
class ReusableAnswerFact:
    """What every fact about a reusable answer shows."""

    subject_id: strawberry.Private[str]
    reusable_answer: ReusableAnswer = fact("The reusable answer.")


@strawberry.type
class TriageMutations:
    """Acts of triage."""

    split_comment = act_field(
        policy.split_comment,
        sorting.split_comment,
        "Split a received comment into points, each of which is answered by itself.",
        input_type=SplitCommentInput,
        outcome="A comment was split into points.",
        answer=CommentFact,
    )
    group_comments = act_field(
        policy.group_comments,
        sorting.group_comments,
        "Group comments under a lead, to be answered once; with no other comment the group is dissolved.",
        about="A group of comments: exactly these.",
        round_id=ROUND_ID,
        lead_id="Id of the comment whose answer all get.",
        comment_ids="Ids of the other comments of the group; empty to dissolve it.",
        outcome="Comments were grouped.",
        answer=RoundFact,
        unlocked="it says what the whole group is, and takes no comment out of another one",
    )
    tag_comment = act_field(
        policy.tag_comment,
        sorting.tag_comment,
        "Let a comment have exactly these tags of its round; a tag that is new is added to the round.",
        about="The tags of a comment.",
        comment_id=COMMENT_ID,
        tags="The tags, at most 12 of 1 to 60 characters; empty to take all off.",
        outcome="A comment was tagged.",
        answer=CommentFact,
    )
    place_comment = act_field(
        policy.place_comment,
        sorting.place_comment,
        "Take a comment on one's desk, hand it on to another, or give it back to none.",
        about="The desk that a comment lies on: one at a time, of a person or of a function.",
        comment_id=COMMENT_ID,
        delegate_id="Id of the accreditation of the person who gets it.",
        function_id="Id of the function that gets it, such as that of a co-chair.",
        note="Working note for the next; only those who lead the body and the Secretariat see it.",
        outcome="A comment was placed on a desk, or given back.",
        answer=CommentFact,
    )
    forward_comment = act_field(
        policy.forward_comment,
        advising.forward_comment,
        "Forward a comment to a body or a person for advice until a day.",
        about="A request for advice to one body or one person, who read the words of the comment with it.",
        comment_id=COMMENT_ID,
        body_id="Id of the body that is asked; those who lead it answer.",
        delegate_id="Id of the accreditation of the person who is asked.",
        question="What is asked, 1 to 20,000 characters.",
        due_on="Day until which the advice is asked for, today or later.",
        outcome="A comment was forwarded for advice.",
        answer=AdviceFact,
    )
    give_advice = act_field(
        policy.give_advice,
        advising.give_advice,
        "Give the advice that was asked for, once.",
        about="Advice on a comment.",
        advice_id="Id of the request for advice.",
        advice="The advice, 1 to 20,000 characters.",
        outcome="Advice was given.",
        answer=AdviceFact,
    )
    keep_answer = act_field(
        policy.keep_answer,
        settling.keep_answer,
        "Keep an answer to be given to several comments of a round.",
        about="An answer to keep; it never changes.",
        round_id=ROUND_ID,
        title="Title, 1 to 120 characters; no other kept answer of the round has it.",
        verdict="The verdict; any but ACCEPTED_WITH_MODIFICATION, which needs words of its own each time.",
        reason="The reason; may be empty for ACCEPTED only.",
        outcome="An answer was kept.",
        answer=ReusableAnswerFact,
    )
    propose_answers = act_field(
        policy.propose_answers,
        answering.propose_answers,
        "Propose answers to comments, points and groups of a closed round, all or none.",
        input_type=ProposeAnswersInput,
        outcome="Answers were proposed together.",
        answer=BatchFact,
        unlocked=EACH_AT_ITS_REVISION,
    )
    record_answers = act_field(
        policy.record_answers,
        answering.record_answers,
        "Record answers to comments, points and groups of a closed round, all or none.",
        input_type=RecordAnswersInput,
        outcome="Answers were recorded together.",
        answer=BatchFact,
        unlocked=EACH_AT_ITS_REVISION,
    )
    undo_answers = act_field(
        policy.undo_answers,
        undoing.undo_answers,
        "Undo answers that were given together: what stood before stands again, and what was undone stays on record.",
        about="Answers to undo, before the round is complete and before a version is made of them.",
        batch_id="Id of the batch.",
        reason="Why they are undone.",
        outcome="Answers were undone.",
        answer=BatchFact,
    )
    settle_answer = act_field(
        policy.settle_answer,
        settling.settle_answer,
        "Settle a proposed answer to an EDITORIAL or LINGUISTIC comment or point for one's side. When those who lead "
        "the body and the Secretariat have both settled it, in either order, it is recorded.",
        about="A proposed answer to settle.",
        disposition_id="Id of the answer.",
        outcome="An answer was settled by one side, and recorded if it was the second.",
        answer=CommentFact,
        unlocked="it names the one answer that it settles, which never changes",
    )
    react_to_answer = act_field(
        policy.react_to_answer,
        settling.react_to_answer,
        "Say once, for the party of a comment, whether it is content with the recorded answer, to the whole or to a "
        "point.",
        about="How the own party takes an answer.",
        disposition_id="Id of the answer.",
        reaction="Whether the party is content or maintains its comment.",
        reason="Why; required with MAINTAINS.",
        outcome="A party reacted to an answer.",
        answer=CommentFact,
        unlocked="it names the one answer that it is about, which never changes",
    )
