"""Who may do what in a comment round, and the acts that follow from it. Pure."""

from server.domain.rounds.rules.facts import CommentFacts, RoundFacts
from server.domain.rounds.rules.window import (
    after_round_closed,
    version_is_issued,
    while_place_is_doubtful,
    while_round_is_open,
    while_seal_holds,
    while_submitted,
)
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, own_focal_point, own_party, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.rounds import COMMENT_LIFECYCLE, ROUND_LIFECYCLE

MODEL = "Comment rounds as run for PTC 227/228 (2020); roles as in the WGEC intersessional chart of September 2018"

addressed: Condition[RoundFacts] = Condition(
    "a delegate of a party that the round addresses", lambda actor, facts: facts.addresses(actor.capacity)
)
clearing: Condition[RoundFacts] = Condition(
    "the focal point of a party that the round addresses; other delegates draft, and the focal point clears",
    lambda actor, facts: actor.is_focal_point and facts.addresses(actor.capacity),
)
another_party: Condition[CommentFacts] = Condition(
    "a delegate of another party",
    lambda actor, facts: actor.is_signed_in and not actor.is_secretariat and actor.party_id != facts.party_id,
)


MARKING = (while_round_is_open, while_submitted)
"""When a party can mark another party's comment."""

open_round = Act("open_round", "round.opened", leads_body | the_secretariat, (version_is_issued,), MODEL)
extend_round = Act(
    "extend_round",
    "round.extended",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("extend_round"), while_seal_holds),
    MODEL,
)
complete_round = Act(
    "complete_round",
    "round.completed",
    leads_body | the_secretariat,
    (ROUND_LIFECYCLE.allows("complete_round"), after_round_closed),
    MODEL,
)
cancel_round = Act("cancel_round", "round.cancelled", the_secretariat, (ROUND_LIFECYCLE.allows("cancel_round"),), MODEL)

draft_comment = Act("draft_comment", "comment.drafted", addressed, (while_round_is_open,), MODEL, only=Scope.COMMENT)
submit_comment = Act("submit_comment", "comment.submitted", clearing, (while_round_is_open,), MODEL, only=Scope.COMMENT)
revise_comment = Act(
    "revise_comment",
    "comment.revised",
    own_party,
    (COMMENT_LIFECYCLE.allows("revise_comment"),),
    MODEL,
    only=Scope.COMMENT,
)
clear_comment = Act(
    "clear_comment",
    "comment.cleared",
    own_focal_point,
    (COMMENT_LIFECYCLE.allows("clear_comment"), while_round_is_open),
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

ON_ROUND = (draft_comment, submit_comment, extend_round, complete_round, cancel_round)
"""The acts that a round offers."""
ON_COMMENT = (
    revise_comment,
    clear_comment,
    withdraw_comment,
    support_comment,
    oppose_comment,
    confirm_carried_comment,
    propose_disposition,
    record_disposition,
)
"""The acts that a comment offers."""
ACTS = (open_round, *ON_ROUND, *ON_COMMENT)
INTERNAL = (read_sealed_comments,)
