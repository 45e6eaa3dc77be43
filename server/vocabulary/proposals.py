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


class ProposalStatus(StrEnum):
    """Where an amendment proposal stands."""

    DRAFT = "DRAFT"
    """Being written; the proponent and the parties named as co-sponsors see it."""
    SUBMITTED = "SUBMITTED"
    """Submitted by the focal point and seen by the Secretariat too. Its words never change again."""
    REGISTERED = "REGISTERED"
    """Entered in the register under a number and seen by every delegate."""
    UNDER_CONSIDERATION = "UNDER_CONSIDERATION"
    """Given to a group, which forms a view on each amendment."""
    AGREED = "AGREED"
    """The group agrees with at least one amendment, and the bodies of the approval path decide in turn."""
    NOT_AGREED = "NOT_AGREED"
    """The group agrees with no amendment, and none is deferred."""
    DEFERRED = "DEFERRED"
    """Put off by the group or by a body; it can be given to a group again."""
    APPROVED = "APPROVED"
    """The last body of the approval path approved or adopted it."""
    IN_EDITION = "IN_EDITION"
    """Part of a published edition."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by the proponent."""


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


PROPOSAL_LIFECYCLE = Lifecycle(
    "proposal",
    S.DRAFT,
    (
        moves("revise_proposal", S.DRAFT, to=S.DRAFT),
        moves("confirm_co_sponsorship", S.DRAFT, to=S.DRAFT),
        moves("submit_proposal", S.DRAFT, to=S.SUBMITTED),
        moves("register_proposal", S.SUBMITTED, to=S.REGISTERED),
        moves("assign_proposal", S.REGISTERED, S.DEFERRED, to=S.UNDER_CONSIDERATION),
        moves("record_view", S.UNDER_CONSIDERATION, to=S.UNDER_CONSIDERATION),
        moves("conclude_consideration", S.UNDER_CONSIDERATION, to=(S.AGREED, S.NOT_AGREED, S.DEFERRED)),
        moves("decide_proposal", S.AGREED, to=(S.AGREED, S.APPROVED, S.DEFERRED, S.UNDER_CONSIDERATION)),
        moves("publish_edition", S.APPROVED, to=S.IN_EDITION),
        moves(
            "withdraw_proposal",
            S.DRAFT,
            S.SUBMITTED,
            S.REGISTERED,
            S.UNDER_CONSIDERATION,
            S.DEFERRED,
            to=S.WITHDRAWN,
        ),
        *(
            moves("restate_amendment", status, to=status)
            for status in (S.SUBMITTED, S.REGISTERED, S.UNDER_CONSIDERATION, S.DEFERRED)
        ),
        # Of a proposal that was agreed and does not stand in the version, the group has to form its view anew.
        moves("issue_version", S.AGREED, S.APPROVED, to=S.UNDER_CONSIDERATION),
    ),
    finals=frozenset({S.NOT_AGREED, S.IN_EDITION, S.WITHDRAWN}),
)
