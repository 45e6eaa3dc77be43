"""Why an act is expected of a person."""

from enum import StrEnum


class TaskReason(StrEnum):
    """The reason why an act is expected of somebody."""

    ACTIVITY_OVERDUE = "ACTIVITY_OVERDUE"
    """An activity of a body that the person leads is overdue."""
    ADVICE_WANTED = "ADVICE_WANTED"
    """A comment was forwarded to the person, or to a body that they lead, for advice."""
    AMENDMENT_STALE = "AMENDMENT_STALE"
    """What an amendment of the party is about changed in a later version."""
    ANSWER_UNSETTLED = "ANSWER_UNSETTLED"
    """An answer on a point of language waits for the side of the person to settle it."""
    ANSWERS_UNFILED = "ANSWERS_UNFILED"
    """The draft of the party for a call for inputs was changed since it filed, and waits for its focal point."""
    ANSWERS_PROPOSED = "ANSWERS_PROPOSED"
    """Answers to comments are proposed and not recorded yet."""
    CALL_ANSWERED = "CALL_ANSWERED"
    """Every party that a call for inputs asks has answered it: it can be closed early."""
    CALL_UNANSWERED = "CALL_UNANSWERED"
    """A call for inputs asks the party, which has answered nothing yet."""
    CLEARANCE_STUCK = "CLEARANCE_STUCK"
    """The party asks for two clearances, and its delegation has not the people to give them."""
    COMMENTS_UNANSWERED = "COMMENTS_UNANSWERED"
    """A round of a body that the person leads has closed, and comments in it have no answer."""
    CO_SPONSORSHIP_UNCONFIRMED = "CO_SPONSORSHIP_UNCONFIRMED"
    """The party is named as a co-sponsor and has not confirmed it."""
    DRAFT_RETURNED = "DRAFT_RETURNED"
    """A draft that the person wrote was given back to them."""
    DRAFT_WAITS = "DRAFT_WAITS"
    """A draft of the party waits for its focal point."""
    DRAFT_WAITS_FIRST = "DRAFT_WAITS_FIRST"
    """A draft of the party, written by somebody else, waits for its first clearance."""
    EDITION_UNPUBLISHED = "EDITION_UNPUBLISHED"
    """The Council has adopted a version, and it is no edition yet."""
    NEIGHBOUR_INVITES = "NEIGHBOUR_INVITES"
    """The proponent of a proposal invites the party, whose proposal meets it, and the party has not answered."""
    NOMINATION_UNANSWERED = "NOMINATION_UNANSWERED"
    """The party is named for a function in a group and has not answered."""
    LATE_ASKED = "LATE_ASKED"
    """A party asks to file late in a round, and nobody has answered it."""
    MILESTONE_CHANGE_PROPOSED = "MILESTONE_CHANGE_PROPOSED"
    """It is proposed that a milestone moves, and the person leads the body that approves it."""
    PLACE_DOUBTFUL = "PLACE_DOUBTFUL"
    """The words of a comment of the party changed in a later version."""
    PROMISE_DUE = "PROMISE_DUE"
    """The party promised something to a group and has not kept it yet."""
    PROMISE_UNANSWERED = "PROMISE_UNANSWERED"
    """The party is asked for a promise and has not answered."""
    PROPOSAL_LEFT = "PROPOSAL_LEFT"
    """The proponent of a proposal that the party co-sponsors withdrew it, and the party can take it over."""
    PROPOSAL_RETURNED = "PROPOSAL_RETURNED"
    """A proposal of the party was returned for formal defects and is not submitted again."""
    PROPOSAL_UNNUMBERED = "PROPOSAL_UNNUMBERED"
    """A proposal was submitted and has no number yet."""
    REPORT_DUE = "REPORT_DUE"
    """A round is complete and a later version is issued: its report can go out with that."""
    ROUND_ANSWERED = "ROUND_ANSWERED"
    """Every comment of a closed round is answered: it can be completed."""
    ROUND_UNANSWERED = "ROUND_UNANSWERED"
    """The round asks the party, which has filed nothing yet."""
    SENTENCES_UNREAD = "SENTENCES_UNREAD"
    """Sentences stand that no party asked for as they stand, and nobody has read them yet."""
    SILENCE_RUNS = "SILENCE_RUNS"
    """A decision will exist unless a Member objects, and the party can still do so."""
    VERSION_UNISSUED = "VERSION_UNISSUED"
    """A version is made, its conflicts are settled and its check is clean: it can be issued."""
    VIEWS_MISSING = "VIEWS_MISSING"
    """A body that the person leads has no view on amendments of a proposal that it considers."""
    WORDINGS_COLLIDE = "WORDINGS_COLLIDE"
    """Accepted wordings collide, and nobody has settled which stands."""


WHY: dict[TaskReason, str] = {
    TaskReason.ACTIVITY_OVERDUE: "An activity of a body you lead is overdue.",
    TaskReason.ADVICE_WANTED: "A comment was forwarded for your advice.",
    TaskReason.AMENDMENT_STALE: (
        "What an amendment of your party is about changed in a later version: restate it or drop it."
    ),
    TaskReason.ANSWER_UNSETTLED: "An answer on a point of language waits for your side to settle it.",
    TaskReason.ANSWERS_UNFILED: "Your party has drafted answers to the call since it filed: file them.",
    TaskReason.ANSWERS_PROPOSED: "Answers to comments are proposed and wait to be recorded.",
    TaskReason.CALL_ANSWERED: "Every party that the call asks has answered: you can close it early.",
    TaskReason.CALL_UNANSWERED: "The call asks your party, and your party has answered nothing yet.",
    TaskReason.CLEARANCE_STUCK: (
        "Your party asks for two clearances, and your delegation has not the people to give them: nothing can be filed."
    ),
    TaskReason.COMMENTS_UNANSWERED: "A round of a body you lead has closed, and comments wait for an answer.",
    TaskReason.CO_SPONSORSHIP_UNCONFIRMED: "Your party is named as a co-sponsor and has not confirmed it.",
    TaskReason.DRAFT_RETURNED: "A draft that you wrote was given back to you.",
    TaskReason.DRAFT_WAITS: "A draft of your party waits for its focal point.",
    TaskReason.DRAFT_WAITS_FIRST: "A draft of your party waits for its first clearance, and you did not write it.",
    TaskReason.EDITION_UNPUBLISHED: "The Council has adopted a version, and it is no edition yet.",
    TaskReason.NEIGHBOUR_INVITES: "An invitation of another party waits for your answer.",
    TaskReason.NOMINATION_UNANSWERED: "Your party is named for a function in a group and has not answered.",
    TaskReason.LATE_ASKED: "A party asks to file late, and nobody has answered it.",
    TaskReason.MILESTONE_CHANGE_PROPOSED: "A milestone is proposed to move, and you approve it.",
    TaskReason.PLACE_DOUBTFUL: (
        "The words of a comment of your party changed in a later version: say where it belongs now."
    ),
    TaskReason.PROMISE_DUE: "Your party promised something to a group.",
    TaskReason.PROMISE_UNANSWERED: "Your party is asked for a promise and has not answered.",
    TaskReason.PROPOSAL_LEFT: "A proposal that your party co-sponsors was withdrawn: your party can take it over.",
    TaskReason.PROPOSAL_RETURNED: (
        "A proposal of your party was returned for formal defects: mend it, and submit it again."
    ),
    TaskReason.PROPOSAL_UNNUMBERED: "A proposal was submitted and has no number yet.",
    TaskReason.REPORT_DUE: "The round is complete and a later version is issued: its report can go out.",
    TaskReason.ROUND_ANSWERED: "Every comment of the round is answered: it can be completed.",
    TaskReason.ROUND_UNANSWERED: "The round asks your party, and your party has filed nothing yet.",
    TaskReason.SENTENCES_UNREAD: "Sentences stand that no party asked for as they stand, and nobody has read them yet.",
    TaskReason.SILENCE_RUNS: "A decision will exist unless a Member objects: yours can until then.",
    TaskReason.VERSION_UNISSUED: (
        "A version is made, its conflicts are settled and its check is clean: it can be issued."
    ),
    TaskReason.VIEWS_MISSING: "A body you lead considers the proposal, and has no view on some of its amendments.",
    TaskReason.WORDINGS_COLLIDE: "Accepted wordings collide, and nobody has settled which stands.",
}
"""What each reason says to the person."""
