"""Vocabulary of review cycles and amendment proposals: kinds, views and the lifecycle of a proposal."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class CycleKind(StrEnum):
    """The kind of a review."""

    ANNUAL = "ANNUAL"
    """A yearly review of parts of the text, which only the first version of the mechanism has."""
    PERIODIC = "PERIODIC"
    """The review of the whole text, every four years."""
    AD_HOC = "AD_HOC"
    """A review outside the regular ones."""


class MechanismRule(StrEnum):
    """One rule of a version of the mechanism, by which reviews and proposals are judged."""

    SCOPE = "SCOPE"
    """The proposal is on a text that the mechanism does not cover."""
    CYCLE_KIND = "CYCLE_KIND"
    """The review is of a kind that the mechanism does not have."""
    WINDOW = "WINDOW"
    """The proposal was submitted after the days for which a review takes proposals."""
    SUBMISSION = "SUBMISSION"
    """The proposal was submitted too few days before the next sitting of the first body of the path."""
    CONSIDERATION = "CONSIDERATION"
    """The group has considered the proposal for longer than it may."""
    DECISION = "DECISION"
    """A body of the path has had the proposal for longer than it may."""
    PATH = "PATH"
    """The proposal waits for a kind of body that has no sitting to come, or for none that is left."""


class Breach(StrEnum):
    """What it means that a rule of the mechanism does not hold."""

    LATE = "LATE"
    """Something came after its time."""
    STUCK = "STUCK"
    """Nothing moves, and somebody has to act."""
    OUT_OF_SCOPE = "OUT_OF_SCOPE"
    """The rules do not provide for it."""


BREACHES = {
    MechanismRule.SCOPE: Breach.OUT_OF_SCOPE,
    MechanismRule.CYCLE_KIND: Breach.OUT_OF_SCOPE,
    MechanismRule.WINDOW: Breach.LATE,
    MechanismRule.SUBMISSION: Breach.LATE,
    MechanismRule.CONSIDERATION: Breach.STUCK,
    MechanismRule.DECISION: Breach.STUCK,
    MechanismRule.PATH: Breach.STUCK,
}
"""What it means that each rule does not hold."""


class AmendmentKind(StrEnum):
    """What an amendment does to a provision."""

    ADD = "ADD"
    """Insert a new provision after the named one, or at the beginning of the text."""
    MODIFY = "MODIFY"
    """Give the named provision other words."""
    DELETE = "DELETE"
    """Delete the named provision."""
    MOVE = "MOVE"
    """Place the named provision after another one."""


class GroupView(StrEnum):
    """The view of a group on one amendment; each amendment is considered separately."""

    AGREED = "AGREED"
    """The group agrees with the amendment."""
    NOT_AGREED = "NOT_AGREED"
    """The group does not agree, and gives a reason."""
    DEFERRED = "DEFERRED"
    """The group will come back to the amendment, and gives a reason."""


class FormalDefectKind(StrEnum):
    """What stands in the way of registering a proposal; whether the text should change is for the group."""

    PLACE = "PLACE"
    """It does not say exactly which provision it is about."""
    WORDING = "WORDING"
    """The words that it asks for are not complete, or cannot stand as those of a provision."""
    RATIONALE = "RATIONALE"
    """No reason is given for it."""
    LANGUAGE = "LANGUAGE"
    """It is not in a language of the text."""
    SCOPE = "SCOPE"
    """It is about something that the review does not look at."""
    FORM = "FORM"
    """It does not keep to the form that the mechanism asks for."""


class ProposalStatus(StrEnum):
    """Where an amendment proposal stands."""

    DRAFT = "DRAFT"
    """Being written; the proponent and the parties named as co-sponsors see it."""
    SUBMITTED = "SUBMITTED"
    """Submitted by the focal point and seen by the Secretariat too. Its words stay, unless it is returned."""
    RETURNED = "RETURNED"
    """Given back by the Secretariat for formal defects; its party mends it and submits it again."""
    REGISTERED = "REGISTERED"
    """Entered in the register under a number and seen by every delegate."""
    UNDER_CONSIDERATION = "UNDER_CONSIDERATION"
    """Given to a group, which forms a view on each amendment."""
    AGREED = "AGREED"
    """The group agrees with at least one amendment, and the bodies of the approval path decide in turn."""
    NOT_AGREED = "NOT_AGREED"
    """The group agrees with no amendment, and none is deferred."""
    DEFERRED = "DEFERRED"
    """Put off by the group or by a body, or until something comes: then it is where it was, by itself."""
    APPROVED = "APPROVED"
    """The last body of the approval path approved or adopted it."""
    IN_EDITION = "IN_EDITION"
    """Part of a published edition."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by the proponent; until an instant, a party that confirmed to co-sponsor it can take it over."""


class TakeOverPhase(StrEnum):
    """Where the taking over of a withdrawn proposal stands; the calendar decides it."""

    OPEN = "OPEN"
    """Each party that confirmed to co-sponsor the proposal can take it over."""
    TAKEN = "TAKEN"
    """A party took it over and is its proponent."""
    LAPSED = "LAPSED"
    """The time ended and no party took it over; the proposal stays withdrawn."""


class DeferralKind(StrEnum):
    """What a proposal that was put off waits for."""

    SITTING = "SITTING"
    """That a sitting begins; one that is called off is waited for no more."""
    CYCLE = "CYCLE"
    """That the next review cycle opens."""
    PROPOSAL = "PROPOSAL"
    """That another proposal is decided; one that is withdrawn is waited for no more."""


class CarriedState(StrEnum):
    """What became of an amendment in a later version than the one it was filed on."""

    EXACT = "EXACT"
    """The words and places that it is about are untouched; it asks for the same as before."""
    STALE = "STALE"
    """What it is about changed; its proponent has to restate or drop it."""
    DONE = "DONE"
    """The text already says what it asks for."""
    RESTATED = "RESTATED"
    """Its proponent stated it anew on this version; the group has to view it anew."""
    DROPPED = "DROPPED"
    """Its proponent dropped it."""


ASKING = frozenset({CarriedState.EXACT, CarriedState.STALE, CarriedState.RESTATED})
"""States of a carried amendment that still asks for something."""

S = ProposalStatus

BEING_WRITTEN = (S.DRAFT, S.RETURNED)
"""Where its own party writes a proposal, which then submits it."""
PENDING = (*BEING_WRITTEN, S.SUBMITTED, S.REGISTERED, S.UNDER_CONSIDERATION, S.AGREED, S.DEFERRED)
"""Where the amendments of a proposal wait to be decided on; what is being written waits for its own party only."""

CONCLUDED = (S.NOT_AGREED, S.APPROVED, S.IN_EDITION, S.WITHDRAWN)
"""Where nothing is to be decided on a proposal any more, so that nothing waits for it."""

PROPOSAL_LIFECYCLE = Lifecycle(
    "proposal",
    S.DRAFT,
    (
        *(
            moves(act, status, to=status)
            for act in ("revise_proposal", "confirm_co_sponsorship", "decline_co_sponsorship")
            for status in BEING_WRITTEN
        ),
        moves("submit_proposal", *BEING_WRITTEN, to=S.SUBMITTED),
        moves("return_proposal", S.SUBMITTED, to=S.RETURNED),
        moves("register_proposal", S.SUBMITTED, to=S.REGISTERED),
        moves("assign_proposal", S.REGISTERED, S.DEFERRED, to=S.UNDER_CONSIDERATION),
        moves("defer_proposal", S.REGISTERED, S.UNDER_CONSIDERATION, S.AGREED, S.DEFERRED, to=S.DEFERRED),
        moves("resume_proposal", S.DEFERRED, to=(S.REGISTERED, S.UNDER_CONSIDERATION, S.AGREED)),
        moves("record_view", S.UNDER_CONSIDERATION, to=S.UNDER_CONSIDERATION),
        moves("conclude_consideration", S.UNDER_CONSIDERATION, to=(S.AGREED, S.NOT_AGREED, S.DEFERRED)),
        moves("decide_proposal", S.AGREED, to=(S.AGREED, S.APPROVED, S.DEFERRED, S.UNDER_CONSIDERATION)),
        moves("publish_edition", S.APPROVED, to=S.IN_EDITION),
        moves(
            "withdraw_proposal",
            S.DRAFT,
            S.SUBMITTED,
            S.RETURNED,
            S.REGISTERED,
            S.UNDER_CONSIDERATION,
            S.DEFERRED,
            to=S.WITHDRAWN,
        ),
        # To the status that it had when its proponent withdrew it.
        moves(
            "take_over_proposal",
            S.WITHDRAWN,
            to=(S.SUBMITTED, S.RETURNED, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED),
            restores=True,
        ),
        *(
            moves("restate_amendment", status, to=status)
            for status in (S.SUBMITTED, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED)
        ),
        *(
            moves("invite_neighbour", status, to=status)
            for status in (S.DRAFT, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED)
        ),
        # Of a proposal that was agreed and does not stand in the version, the group has to form its view anew.
        moves("issue_version", S.AGREED, S.APPROVED, to=S.UNDER_CONSIDERATION),
    ),
    finals=frozenset({S.NOT_AGREED, S.IN_EDITION}),
)
