"""Amendment proposals: vocabulary, the life of a proposal, and what its group and the bodies make of it. Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Annotated, NamedTuple

from server.bodies.rules import ADOPTS, CARRIES, BodyKind, Outcome
from server.lifecycle import Lifecycle, moves


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
    """Being written; only the proponent sees it."""
    SUBMITTED = "SUBMITTED"
    """Filed by the focal point; the proponent and the Secretariat see it. Its words can never change again."""
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


class ProposalFacts(NamedTuple):
    """What the rules and the policy of a proposal look at; `body_id` is the group that considers it, if any."""

    status: Annotated[ProposalStatus, "work.status"]
    party_id: str
    body_id: Annotated[str | None, "work.body_id"]


def conclusion_of(views: Sequence[GroupView]) -> ProposalStatus:
    """The status of a proposal from the views on its amendments: agreed if any is, deferred if any other is."""
    if GroupView.AGREED in views:
        return S.AGREED
    return S.DEFERRED if GroupView.DEFERRED in views else S.NOT_AGREED


def next_body_of(path: Sequence[BodyKind], carried_by: Sequence[BodyKind]) -> BodyKind | None:
    """Whose turn it is on the approval path, None when every body has carried the proposal."""
    return next((kind for kind in path if kind not in carried_by), None)


def status_after(outcome: Outcome, body: BodyKind, path: Sequence[BodyKind]) -> ProposalStatus:
    """Where a proposal stands after a body decided. Taking note never carries; the last body must approve or adopt."""
    if outcome == Outcome.RETURNED:
        return S.UNDER_CONSIDERATION
    if outcome in (Outcome.DEFERRED, Outcome.REFERRED):
        return S.DEFERRED
    return S.APPROVED if body == path[-1] and outcome in ADOPTS else S.AGREED


def carries(outcome: Outcome, body: BodyKind, path: Sequence[BodyKind]) -> bool:
    """Whether this decision counts as the body's step on the path."""
    return outcome in (ADOPTS if body == path[-1] else CARRIES)


def cycle_is_open(opens_on: date, closes_on: date | None, today: date) -> bool:
    """Whether a review cycle takes proposals today; both ends are included."""
    return opens_on <= today and (closes_on is None or today <= closes_on)
