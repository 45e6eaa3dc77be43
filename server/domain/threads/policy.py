"""Who may reply to a comment, and see which comments are alike. Pure."""

from server.domain.rounds.policy import MODEL
from server.domain.rounds.rules.facts import CommentFacts
from server.domain.threads.rules import while_replies_are_taken, while_reply_stands
from server.kernel.acts import Act, Condition
from server.kernel.conditions import leads_body, own_party, the_secretariat
from server.kernel.scopes import Scope
from server.vocabulary.threads import ReplyMode

speaking: Condition[CommentFacts] = Condition(
    "the focal point of a party that sees it, or every delegate of one if the round says so",
    lambda actor, facts: (
        actor.is_signed_in
        and not actor.is_secretariat
        and (facts.replies == ReplyMode.DELEGATES or (facts.replies == ReplyMode.FOCAL_POINTS and actor.is_focal_point))
    ),
    frozenset({Scope.COMMENT}),
)

reply_to_comment = Act(
    "reply_to_comment",
    "comment.replied",
    speaking | leads_body | the_secretariat,
    (while_replies_are_taken,),
    MODEL,
)
take_back_reply = Act(
    "take_back_reply", "reply.taken_back", own_party, (while_reply_stands,), MODEL, only=Scope.COMMENT
)

ON_COMMENT = (reply_to_comment,)
"""The acts that a comment offers."""
ON_REPLY = (take_back_reply,)
"""The acts that a reply offers."""
ACTS = (*ON_COMMENT, *ON_REPLY)
