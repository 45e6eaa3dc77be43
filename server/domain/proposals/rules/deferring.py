"""When a proposal is put off until something comes, and when it is taken up again before. Pure."""

from collections.abc import Collection
from datetime import date, datetime
from typing import NamedTuple

from server.domain.proposals.rules.contents import check_words
from server.domain.proposals.rules.life import ProposalFacts
from server.kernel.actor import Actor
from server.kernel.acts import Obstacle
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.parties import REASON_LIMIT
from server.vocabulary.proposals import CONCLUDED, DeferralKind, ProposalStatus

WAITING_RULE = "A proposal that was put off is back when what it waits for comes, or when it is taken up again before."


class AwaitedSitting(NamedTuple):
    """A sitting that a proposal is to wait for."""

    starts_on: date
    is_cancelled: bool


class AwaitedProposal(NamedTuple):
    """A proposal that another one is to wait for. `chain` are the ids of those that it waits for itself, in turn."""

    id: str
    number: int | None
    status: ProposalStatus
    chain: Collection[str]


class Awaited(NamedTuple):
    """What a proposal is to wait for: at most one of both."""

    sitting: AwaitedSitting | None = None
    proposal: AwaitedProposal | None = None


def is_waiting(facts: ProposalFacts) -> bool:
    """Return whether a proposal waits for what it was put off until."""
    return facts.status == ProposalStatus.DEFERRED and facts.deferral_id is not None


def while_waiting(facts: ProposalFacts, now: datetime) -> Obstacle | None:
    """Refuse to take up again what waits for nothing."""
    if is_waiting(facts):
        return None
    message = "This proposal waits for nothing that has still to come."
    return Obstacle(RefusalCode.WRONG_STATE, message, WAITING_RULE)


def unless_waiting(facts: ProposalFacts, now: datetime) -> Obstacle | None:
    """Refuse what is not done with a proposal while it waits for what it was put off until."""
    if not is_waiting(facts):
        return None
    message = "This proposal waits for what it was put off until. Take it up again first."
    return Obstacle(RefusalCode.WRONG_STATE, message, WAITING_RULE)


def while_own_group_considers(actor: Actor, facts: ProposalFacts) -> Obstacle | None:
    """Refuse those who lead the group unless it considers the proposal; the Secretariat puts off at any step."""
    if actor.is_secretariat or facts.status == ProposalStatus.UNDER_CONSIDERATION:
        return None
    message = "The group does not consider this proposal now. The Secretariat can put it off."
    return Obstacle(RefusalCode.WRONG_STATE, message, "A group puts off what it considers.")


def status_afterwards(status: ProposalStatus) -> ProposalStatus:
    """Return where a proposal stands once what it is put off until has come.

    It is where it was; one that the group or a body had put off is with the group again.
    """
    return ProposalStatus.UNDER_CONSIDERATION if status == ProposalStatus.DEFERRED else status


def check_deferral(kind: DeferralKind, awaited: Awaited, proposal_id: str, reason: str, today: date) -> list[Issue]:
    """Return every fault of what a proposal is to be put off until."""
    issues = check_words("reason", reason, REASON_LIMIT)
    for name, is_named, of in (
        ("sittingId", awaited.sitting is not None, DeferralKind.SITTING),
        ("awaitedId", awaited.proposal is not None, DeferralKind.PROPOSAL),
    ):
        if kind == of and not is_named:
            issues.append(Issue(name, IssueCode.EMPTY))
        if kind != of and is_named:
            issues.append(Issue(name, IssueCode.NOT_FOR_KIND, kind=str(kind)))
    if kind == DeferralKind.SITTING and awaited.sitting is not None:
        issues += _check_sitting(awaited.sitting, today)
    if kind == DeferralKind.PROPOSAL and awaited.proposal is not None:
        issues += _check_proposal(awaited.proposal, proposal_id)
    return issues


def _check_sitting(sitting: AwaitedSitting, today: date) -> list[Issue]:
    if sitting.is_cancelled:
        return [Issue("sittingId", IssueCode.UNFIT, why="this sitting was called off")]
    if sitting.starts_on <= today:
        return [Issue("sittingId", IssueCode.UNFIT, why="this sitting has begun")]
    return []


def _check_proposal(awaited: AwaitedProposal, proposal_id: str) -> list[Issue]:
    if proposal_id in (awaited.id, *awaited.chain):
        return [Issue("awaitedId", IssueCode.UNFIT, why="the two would wait for each other")]
    if awaited.number is None:
        return [Issue("awaitedId", IssueCode.UNFIT, why="this proposal is not registered")]
    if awaited.status in CONCLUDED:
        return [Issue("awaitedId", IssueCode.UNFIT, why="this proposal is decided already")]
    return []
