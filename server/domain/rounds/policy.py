"""Who may do what in a comment round, and the acts that follow from it. Pure."""

from datetime import datetime

from server.domain.bodies.mandates import while_engaging
from server.domain.rounds.rules.clearance import while_cleared_enough, while_draft_goes_on
from server.domain.rounds.rules.facts import AdmissionFacts, CommentFacts, PhaseFacts, RoundFacts
from server.domain.rounds.rules.late import while_late_comments_are_possible, while_nothing_is_asked
from server.domain.rounds.rules.signing import while_joining, while_undisposed, while_unsigned
from server.domain.rounds.rules.window import (
    after_round_closed,
    before_round_closed,
    has_closed,
    phase_of,
    version_is_issued,
    while_comments_are_prepared,
    while_comments_are_taken,
    while_drafts_are_written,
    while_place_is_doubtful,
    while_round_is_open,
    while_round_runs,
    while_seal_holds,
    while_submitted,
    while_unanswered,
)
from server.kernel.actor import Actor
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, own_focal_point, own_party, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.calling import LATE_LIFECYCLE
from server.vocabulary.rounds import COMMENT_LIFECYCLE, ROUND_LIFECYCLE, RoundPhase, RoundStatus, RoundVisibility

MODEL = "Comment rounds as run for PTC 227/228 (2020); roles as in the WGEC intersessional chart of September 2018"

addressed: Condition[RoundFacts] = Condition(
    "a delegate of a party that the round addresses", lambda actor, facts: facts.asks(actor)
)
clearing: Condition[RoundFacts] = Condition(
    "the focal point of a party that the round addresses and that files in one step; other delegates draft, and the "
    "focal point clears",
    lambda actor, facts: actor.is_focal_point and actor.can_file_at_once and facts.asks(actor),
)
clears_last: Condition[CommentFacts] = Condition(
    "the focal point of its party, and not the delegate who gave the first of two clearances",
    lambda actor, facts: own_focal_point.holds(actor, facts) and actor.delegate_id != facts.cleared_by_id,
)
replacing: Condition[CommentFacts] = Condition(
    "the focal point of its party, if the party files in one step; otherwise a draft replaces it once it is cleared",
    lambda actor, facts: own_focal_point.holds(actor, facts) and actor.can_file_at_once,
)
another_party: Condition[CommentFacts] = Condition(
    "a delegate of another party than those in the name of which it is",
    lambda actor, facts: actor.is_signed_in and not actor.is_secretariat and actor.party_id not in facts.party_ids,
)
leads_for_another: Condition[AdmissionFacts] = Condition(
    "those who lead the body (chair, co-chair or coordinator) and speak for another party",
    lambda actor, facts: facts.body_id in actor.leads and actor.party_id != facts.party_id,
)


def shows_others(actor: Actor, facts: PhaseFacts | RoundFacts, now: datetime) -> bool:
    """Return whether a round shows the actor at `now` what other parties filed in it and which filed nothing.

    `queries.visible_filings` is the same in SQL.
    """
    if not actor.is_signed_in or actor.is_secretariat:
        return actor.is_secretariat
    leads = facts.body_id in actor.leads
    if facts.visibility is RoundVisibility.SECRETARIAT_AND_COORDINATORS:
        return leads
    is_sealed = facts.visibility is RoundVisibility.AFTER_CLOSE and (
        facts.status == RoundStatus.CANCELLED or not has_closed(facts.closes_at, now)
    )
    return not is_sealed and (leads or facts.asks(actor))


def phase_for(actor: Actor, facts: PhaseFacts, now: datetime) -> RoundPhase:
    """Return the phase of a round as the actor may know it; `queries.in_phase` is the same in SQL.

    That comments are being answered says that there are comments: not to who may not know of any.
    """
    phase = phase_of(facts, now)
    hides = phase == RoundPhase.IN_DISPOSITION and not shows_others(actor, facts, now)
    return RoundPhase.CLOSED if hides else phase


MARKING = (while_round_is_open, while_submitted)
"""When a party can mark another party's comment."""

open_round = Act("open_round", "round.opened", leads_body | the_secretariat, (version_is_issued, while_engaging), MODEL)
revise_round = Act(
    "revise_round",
    "round.revised",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("revise_round"), before_round_closed),
    MODEL,
)
extend_round = Act(
    "extend_round",
    "round.extended",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("extend_round"), while_seal_holds, while_unanswered),
    MODEL,
)
pause_round = Act(
    "pause_round",
    "round.paused",
    the_secretariat,
    (ROUND_LIFECYCLE.allows("pause_round"), while_round_is_open),
    MODEL,
)
resume_round = Act(
    "resume_round",
    "round.resumed",
    the_secretariat,
    (ROUND_LIFECYCLE.allows("resume_round"), before_round_closed),
    MODEL,
)
close_round = Act(
    "close_round",
    "round.closed_early",
    the_secretariat,
    (ROUND_LIFECYCLE.allows("close_round"), while_round_runs),
    MODEL,
)
complete_round = Act(
    "complete_round",
    "round.completed",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("complete_round"), after_round_closed),
    MODEL,
)
report_round = Act(
    "report_round",
    "round.reported",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("report_round"),),
    MODEL,
)
cancel_round = Act(
    "cancel_round",
    "round.cancelled",
    the_secretariat,
    (ROUND_LIFECYCLE.allows("cancel_round"), while_unanswered),
    MODEL,
)

ask_late_admission = Act(
    "ask_late_admission",
    "late_admission.asked",
    clearing,
    (while_late_comments_are_possible, while_nothing_is_asked),
    MODEL,
    only=Scope.COMMENT,
)
admit_late_comments = Act(
    "admit_late_comments",
    "late_admission.admitted",
    leads_for_another | the_secretariat,
    (LATE_LIFECYCLE.allows("admit_late_comments"), while_late_comments_are_possible),
    MODEL,
)
refuse_late_admission = Act(
    "refuse_late_admission",
    "late_admission.refused",
    leads_for_another | the_secretariat,
    (LATE_LIFECYCLE.allows("refuse_late_admission"), while_late_comments_are_possible),
    MODEL,
)

draft_comment = Act(
    "draft_comment", "comment.drafted", addressed, (while_drafts_are_written,), MODEL, only=Scope.COMMENT
)
submit_comment = Act(
    "submit_comment", "comment.submitted", clearing, (while_comments_are_taken,), MODEL, only=Scope.COMMENT
)
revise_comment = Act(
    "revise_comment",
    "comment.revised",
    own_party,
    (while_draft_goes_on, COMMENT_LIFECYCLE.allows("revise_comment")),
    MODEL,
    only=Scope.COMMENT,
)
clear_comment = Act(
    "clear_comment",
    "comment.cleared",
    clears_last,
    (while_draft_goes_on, COMMENT_LIFECYCLE.allows("clear_comment"), while_comments_are_taken, while_cleared_enough),
    MODEL,
    only=Scope.COMMENT,
)
withdraw_comment = Act(
    "withdraw_comment",
    "comment.withdrawn",
    own_focal_point,
    (COMMENT_LIFECYCLE.allows("withdraw_comment"),),
    MODEL,
    only=Scope.COMMENT,
)
support_comment = Act(
    "support_comment",
    "comment.supported",
    another_party,
    MARKING,
    MODEL,
    only=Scope.COMMENT,
)
oppose_comment = Act("oppose_comment", "comment.opposed", another_party, MARKING, MODEL, only=Scope.COMMENT)
tolerate_comment = Act("tolerate_comment", "comment.tolerated", another_party, MARKING, MODEL, only=Scope.COMMENT)
take_back_mark = Act("take_back_mark", "mark.taken_back", own_party, (while_undisposed,), MODEL, only=Scope.COMMENT)
replace_comment = Act(
    "replace_comment",
    "comment.replaced",
    replacing,
    (COMMENT_LIFECYCLE.allows("replace_comment"), while_round_is_open),
    MODEL,
    only=Scope.COMMENT,
)
confirm_co_signature = Act(
    "confirm_co_signature",
    "co_signature.confirmed",
    own_focal_point,
    (while_unsigned, while_comments_are_prepared),
    MODEL,
    only=Scope.COMMENT,
)
decline_co_signature = Act(
    "decline_co_signature", "co_signature.declined", own_focal_point, (while_joining,), MODEL, only=Scope.COMMENT
)
confirm_carried_comment = Act(
    "confirm_carried_comment",
    "comment.place_confirmed",
    own_focal_point,
    (COMMENT_LIFECYCLE.allows("confirm_carried_comment"), while_place_is_doubtful),
    MODEL,
    only=Scope.COMMENT,
)
propose_disposition = Act(
    "propose_disposition",
    "disposition.proposed",
    leads_body | the_secretariat,
    (COMMENT_LIFECYCLE.allows("propose_disposition"), after_round_closed),
    MODEL,
)
record_disposition = Act(
    "record_disposition",
    "disposition.recorded",
    the_secretariat,
    (COMMENT_LIFECYCLE.allows("record_disposition"), after_round_closed),
    MODEL,
)

read_sealed_comments = Act("read_sealed_comments", "sealed_comments.read", leads_body | the_secretariat, (), MODEL)
"""Not asked for by itself: it is recorded when a read shows, before the close, what others filed in a sealed round."""

close_comment = Act("close_comment", "comment.closed", the_secretariat, (), MODEL)
"""Not asked for by itself: it is recorded for each comment that is closed because its round was called off."""
close_draft = Act("close_draft", "comment.draft_closed", the_secretariat, (), MODEL)
"""The same for a draft, of which nobody but its party is told."""

ON_ROUND = (
    draft_comment,
    submit_comment,
    extend_round,
    complete_round,
    cancel_round,
    revise_round,
    pause_round,
    resume_round,
    close_round,
    report_round,
    ask_late_admission,
)
"""The acts that a round offers."""
ON_ADMISSION = (admit_late_comments, refuse_late_admission)
"""The acts that a request to comment after the close offers."""
ON_COMMENT = (
    revise_comment,
    clear_comment,
    withdraw_comment,
    support_comment,
    oppose_comment,
    confirm_carried_comment,
    propose_disposition,
    record_disposition,
    tolerate_comment,
    replace_comment,
)
"""The acts that a comment offers."""
ON_CO_SIGNATURE = (confirm_co_signature, decline_co_signature)
"""The acts that a co-signature offers."""
ON_MARK = (take_back_mark,)
"""The acts that a mark offers."""
ACTS = (open_round, *ON_ROUND, *ON_ADMISSION, *ON_COMMENT, *ON_CO_SIGNATURE, *ON_MARK)
INTERNAL = (read_sealed_comments, close_comment, close_draft)
