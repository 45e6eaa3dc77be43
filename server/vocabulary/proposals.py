"""Vocabulary of review cycles and amendment proposals: kinds, views and the lifecycle of a proposal."""

from enum import StrEnum

from server.kernel.lifecycle import Lifecycle, moves


class CycleKind(StrEnum):
    """The kind of a review."""

    ANNUAL = "ANNUAL"
    """A yearly review of parts; the first version of the mechanism had it, the second has not."""
    PERIODIC = "PERIODIC"
    """The review of the whole package, every four years."""
    AD_HOC = "AD_HOC"
    """A review outside the rhythm."""


class AmendmentKind(StrEnum):
    """What an amendment does to a provision."""

    ADD = "ADD"
    """A new provision after the named one."""
    MODIFY = "MODIFY"
    """Other words for the named provision."""
    DELETE = "DELETE"
    """The named provision goes."""
    MOVE = "MOVE"
    """The named provision stands after another one."""


class GroupView(StrEnum):
    """What the group makes of one amendment. Each is decided separately."""

    AGREED = "AGREED"
    """The group agrees with the amendment."""
    NOT_AGREED = "NOT_AGREED"
    """The group does not agree, with a reason."""
    DEFERRED = "DEFERRED"
    """The group comes back to it, with a reason."""


class ProposalStatus(StrEnum):
    """Where an amendment proposal stands."""

    DRAFT = "DRAFT"
    """Being written; the proponent and the parties named as co-sponsors see it."""
    SUBMITTED = "SUBMITTED"
    """Filed by the focal point, and now for the Secretariat too. Its words can never change again."""
    REGISTERED = "REGISTERED"
    """Numbered by the Secretariat and open to everyone."""
    UNDER_CONSIDERATION = "UNDER_CONSIDERATION"
    """With a group, which forms a view on each amendment."""
    AGREED = "AGREED"
    """The group agrees with at least one amendment; the bodies decide in turn."""
    NOT_AGREED = "NOT_AGREED"
    """The group agrees with no amendment."""
    DEFERRED = "DEFERRED"
    """Put off by the group or by a body."""
    APPROVED = "APPROVED"
    """The last body of the approval path approved or adopted it."""
    IN_EDITION = "IN_EDITION"
    """Part of a published edition."""
    WITHDRAWN = "WITHDRAWN"
    """Taken back by the proponent."""


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
    ),
    finals=frozenset({S.NOT_AGREED, S.IN_EDITION, S.WITHDRAWN}),
)
