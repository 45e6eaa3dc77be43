"""Who may do what inside a delegation, who declares that a party has no comment, and who reminds the silent. Pure."""

from typing import Any

from server.domain.delegations.rules import inside
from server.domain.delegations.rules.facts import DraftFacts, NoteFacts, ParticipationFacts
from server.domain.rounds.rules.window import while_comments_are_taken, while_drafts_are_written
from server.kernel.acts import Act, Condition, Rule
from server.kernel.conditions import leads_body, own_focal_point, own_party, party_itself, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.delegations import DRAFT_LIFECYCLE

MODEL = "National clearance as in committees that comment by delegation; P10 and P11 of the cases of process"

clears: Condition[DraftFacts] = Condition(
    "the focal point of its party; of two clearances the first is for a delegate who did not write it, and the second "
    "for a focal point who did not give the first",
    inside.may_clear,
)
returns: Condition[DraftFacts] = Condition("the focal point of its party, or who clears it next", inside.may_return)
wrote_it: Condition[Any] = Condition(
    "the delegate who wrote it",
    lambda actor, facts: actor.party_id == facts.party_id and actor.delegate_id == facts.author_id,
)
noted_it: Condition[NoteFacts] = Condition(
    "the delegate who wrote it, or the focal point of its party, not somebody who represents it",
    lambda actor, facts: (
        not actor.representation_id and (wrote_it.holds(actor, facts) or own_focal_point.holds(actor, facts))
    ),
)
of_delegation: Condition[Any] = Condition(
    "a delegate of a party other than the Secretariat, not somebody who represents it",
    lambda actor, _: actor.is_signed_in and not (actor.is_secretariat or actor.representation_id),
)
focal_point_of_asked: Condition[ParticipationFacts] = Condition(
    "the focal point of a party that the round addresses",
    lambda actor, facts: actor.is_focal_point and facts.asks(actor),
)


def _of_draft(name: str) -> tuple[Rule, ...]:
    """Return the rules for an act on drafts: the comment is still one, and the lifecycle allows the act."""
    return inside.while_comment_is_draft, DRAFT_LIFECYCLE.allows(name, inside.stage_of)


present_draft = Act(
    "present_draft",
    "draft.presented",
    own_party,
    (*_of_draft("present_draft"), while_drafts_are_written),
    MODEL,
    only=Scope.COMMENT,
)
clear_draft = Act(
    "clear_draft",
    "draft.cleared",
    clears,
    (inside.while_party_clears, *_of_draft("clear_draft"), while_drafts_are_written),
    MODEL,
    only=Scope.COMMENT,
)
return_draft = Act("return_draft", "draft.returned", returns, _of_draft("return_draft"), MODEL, only=Scope.COMMENT)
merge_drafts = Act("merge_drafts", "drafts.merged", own_party, _of_draft("merge_drafts"), MODEL, only=Scope.COMMENT)
discard_draft = Act(
    "discard_draft",
    "draft.discarded",
    wrote_it | own_focal_point,
    _of_draft("discard_draft"),
    MODEL,
    only=Scope.COMMENT,
)
file_comments = Act(
    "file_comments", "comments.filed", focal_point_of_asked, (while_comments_are_taken,), MODEL, only=Scope.COMMENT
)
declare_no_comment = Act(
    "declare_no_comment",
    "no_comment.declared",
    focal_point_of_asked,
    (while_comments_are_taken, inside.while_nothing_is_filed),
    MODEL,
    only=Scope.COMMENT,
)
take_back_no_comment = Act(
    "take_back_no_comment",
    "no_comment.taken_back",
    focal_point_of_asked,
    (while_comments_are_taken, inside.while_declared),
    MODEL,
    only=Scope.COMMENT,
)
arrange_deadline = Act(
    "arrange_deadline",
    "deadline.arranged",
    focal_point_of_asked,
    (inside.before_closing,),
    MODEL,
    only=Scope.COMMENT,
)
arrange_clearance = Act("arrange_clearance", "clearance.arranged", party_itself, (), MODEL, only=Scope.COMMENT)
write_note = Act("write_note", "note.written", of_delegation, (), MODEL, only=Scope.COMMENT)
discard_note = Act("discard_note", "note.discarded", noted_it, (), MODEL, only=Scope.COMMENT)
remind_silent = Act("remind_silent", "silent.reminded", leads_body | the_secretariat, (inside.before_closing,), MODEL)

ON_DRAFT = (present_draft, clear_draft, return_draft, merge_drafts, discard_draft)
"""The acts that a draft offers."""
ON_PARTICIPATION = (
    file_comments,
    declare_no_comment,
    take_back_no_comment,
    arrange_deadline,
    write_note,
    remind_silent,
)
"""The acts that the part of the own party in a round offers."""
ON_NOTE: tuple[Act[NoteFacts], ...] = (discard_note,)
"""The acts that an internal note offers."""
ON_CLEARANCE = (arrange_clearance,)
"""The acts that the practice of a party offers."""
ACTS = (*ON_DRAFT, *ON_PARTICIPATION, *ON_NOTE, *ON_CLEARANCE)
