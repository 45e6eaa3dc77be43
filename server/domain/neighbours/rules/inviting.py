"""When the proponents of two proposals that meet can invite each other and answer. Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import Annotated, NamedTuple

from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.neighbours import NeighbourInvitationKind, NeighbourInvitationStatus
from server.vocabulary.proposals import BEING_WRITTEN, PROPOSAL_LIFECYCLE, ProposalStatus

TALKING = PROPOSAL_LIFECYCLE.sources_of("invite_neighbour")
"""Where the proponents of proposals still talk: nobody decides on them yet."""
MESSAGE_LIMIT = 4_000  # characters of an invitation or an answer
SHOWN_RULE = "A proponent is invited by a proposal that it sees: one with a number, or a draft that names it."


class NeighbourInvitationFacts(NamedTuple):
    """The facts of an invitation that its rules and policy look at.

    `party_id` is the proponent of the neighbour, which answers; `inviting_id` is the party that invited, and
    `proponent_id` the proponent of its proposal now.
    """

    status: NeighbourInvitationStatus
    party_id: Annotated[str, "neighbour.proponent.id"]
    proposal_status: Annotated[ProposalStatus, "proposal.work.status"]
    neighbour_status: Annotated[ProposalStatus, "neighbour.work.status"]
    inviting_id: Annotated[str, "party_id"] = ""
    proponent_id: Annotated[str, "proposal.proponent.id"] = ""


def while_both_pend(facts: NeighbourInvitationFacts, now: datetime) -> Obstacle | None:
    """Refuse an answer once one of the two proposals is decided on or withdrawn."""
    if {facts.proposal_status, facts.neighbour_status} <= set(TALKING):
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "One of the two proposals no longer waits to be considered.")


def while_inviter_stands(facts: NeighbourInvitationFacts, now: datetime) -> Obstacle | None:
    """Refuse to accept what a party asked that is not the proponent of its proposal any more."""
    if facts.inviting_id == facts.proponent_id:
        return None
    return Obstacle(RefusalCode.WRONG_STATE, "Another party took over the proposal whose proponent invited yours.")


def hinder_invitation(
    kind: NeighbourInvitationKind, status: ProposalStatus, party_id: str, named: Collection[str], name: str
) -> Obstacle | None:
    """Refuse an invitation by a draft that the invited party does not see, or that asks it to sponsor already.

    `party_id` is the party that is invited, `name` its short name; `named` are the co-sponsors that the draft names.
    """
    if status not in BEING_WRITTEN:
        return None
    if kind == NeighbourInvitationKind.CO_SPONSOR:
        words = f"This is a draft: name {name} as a co-sponsor in it, and it is asked."
        return Obstacle(RefusalCode.WRONG_STATE, words, SHOWN_RULE)
    if party_id in named:
        return None
    words = f"{name} does not see this draft: name it as a co-sponsor, or invite it once the proposal has its number."
    return Obstacle(RefusalCode.WRONG_STATE, words, SHOWN_RULE)


def check_invitation(message: str, *, is_own: bool, meets: bool) -> list[Issue]:
    """Return every fault of an invitation: it is to the proponent of a neighbour, and not to the own party."""
    issues = []
    if is_own:
        issues.append(Issue("neighbourId", IssueCode.UNFIT, why="name a proposal of another party"))
    elif not meets:
        issues.append(Issue("neighbourId", IssueCode.UNFIT, why="name a proposal with an amendment that meets yours"))
    if len(message) > MESSAGE_LIMIT:
        issues.append(Issue("message", IssueCode.TOO_LONG, limit=MESSAGE_LIMIT))
    return issues


def check_reply(reply: str) -> list[Issue]:
    """Return the fault of a reply that is too long."""
    return [Issue("reply", IssueCode.TOO_LONG, limit=MESSAGE_LIMIT)] if len(reply) > MESSAGE_LIMIT else []
