"""When acts on amendment proposals are possible, and their status after views and decisions. Pure."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, NamedTuple

from server.kernel.acts import Obstacle, hinder
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import RefusalCode
from server.kernel.saying import end_sentence, say_state
from server.kernel.zones import begin_of_day, day_at_home
from server.vocabulary.bodies import ADOPTS, CARRIES, BodyKind, Outcome
from server.vocabulary.proposals import CarriedState, GroupView, ProposalStatus
from server.vocabulary.texts import VersionStatus


class CycleFacts(NamedTuple):
    """The facts of a review cycle that its rules look at."""

    opens_on: date
    closes_on: date | None


class DraftingFacts(NamedTuple):
    """The facts about a proposal that is about to be drafted: the version it is on."""

    version_status: VersionStatus


class ProposalFacts(NamedTuple):
    """The facts of a proposal that its rules and policy look at. `body_id` is the group that considers it, if any."""

    status: Annotated[ProposalStatus, "work.standing"]
    party_id: Annotated[str, "proponent.id"]
    body_id: Annotated[str | None, "work.body_id"]
    opens_on: Annotated[date, "cycle.opens_on"]
    closes_on: Annotated[date | None, "cycle.closes_on"]
    approval_path: Annotated[Sequence[str], "cycle.mechanism.approval_path"]
    carried_by: Annotated[Sequence[str], "work.carried_by"]
    deferral_id: Annotated[str | None, "work.deferral_id"] = None


class CoSponsorFacts(NamedTuple):
    """The facts of a co-sponsorship that its rules and policy look at."""

    status: Annotated[ProposalStatus, "proposal.work.status"]
    party_id: str
    confirmed_at: datetime | None
    declined_at: datetime | None = None
    proponent_id: Annotated[str, "proposal.proponent.id"] = ""
    take_over_until: Annotated[datetime | None, "proposal.work.take_over_until"] = None


class AmendmentFacts(NamedTuple):
    """The facts of an amendment that its rules and policy look at: its proposal, and what became of it when carried."""

    status: Annotated[ProposalStatus, "proposal.work.standing"]
    party_id: Annotated[str, "proposal.proponent.id"]
    carried_state: Annotated[CarriedState | None, "carried.state"] = None


def conclusion_of(views: Sequence[GroupView]) -> ProposalStatus:
    """Return the status of a proposal by the views on its amendments.

    It is agreed if any amendment is, otherwise deferred if any is, otherwise not agreed.
    """
    if GroupView.AGREED in views:
        return ProposalStatus.AGREED
    return ProposalStatus.DEFERRED if GroupView.DEFERRED in views else ProposalStatus.NOT_AGREED


def next_body_of(path: Sequence[str], carried_by: Sequence[str]) -> BodyKind | None:
    """Return the next body on the approval path, None when every body has carried the proposal."""
    return next((BodyKind(kind) for kind in path if kind not in carried_by), None)


def awaited_body(facts: ProposalFacts) -> BodyKind | None:
    """Return the kind of body that a proposal waits for, None while no body is to decide on it."""
    return next_body_of(facts.approval_path, facts.carried_by) if facts.status == ProposalStatus.AGREED else None


def out_of_turn(facts: ProposalFacts, body: BodyKind) -> Obstacle | None:
    """Refuse a decision of a body that is not next on the approval path."""
    turn = next_body_of(facts.approval_path, facts.carried_by)
    if turn == body:
        return None
    rule = f"The bodies decide in the order of the mechanism: {', '.join(facts.approval_path) or 'none'}."
    words = f"It is the turn of a {turn}" if turn else "No body is left to decide"
    return Obstacle(RefusalCode.WRONG_STATE, f"{words}; this sitting is of a {body}.", rule)


def status_after(outcome: Outcome, body: BodyKind, path: Sequence[str]) -> ProposalStatus:
    """Return the status of a proposal after a body decided.

    Taking note never carries; the last body must approve or adopt.
    """
    if outcome == Outcome.RETURNED:
        return ProposalStatus.UNDER_CONSIDERATION
    if outcome in (Outcome.DEFERRED, Outcome.REFERRED):
        return ProposalStatus.DEFERRED
    return ProposalStatus.APPROVED if body == path[-1] and outcome in ADOPTS else ProposalStatus.AGREED


def carries(outcome: Outcome, body: BodyKind, path: Sequence[str]) -> bool:
    """Return whether a decision counts as the body's step on the approval path."""
    # The last body must approve or adopt; an endorsement carries a proposal past the others only.
    return outcome in (ADOPTS if body == path[-1] else CARRIES)


def cycle_is_open(opens_on: date, closes_on: date | None, today: date) -> bool:
    """Return whether a review cycle takes proposals on a day: its first and its last day are included.

    `queries.is_cycle_open` is the same in SQL.
    """
    return opens_on <= today and not cycle_is_over(closes_on, today)


def cycle_is_over(closes_on: date | None, today: date) -> bool:
    """Return whether the last day of a review cycle is past; a cycle without a last day is never over."""
    return closes_on is not None and closes_on < today


CYCLE_RULE = (
    "A proposal is submitted while its review cycle is open; the first and the last day are included, and counted in "
    "Brussels."
)


def while_cycle_is_open(facts: ProposalFacts, now: datetime) -> Obstacle | None:
    """Refuse to submit unless the review cycle is open. Days are those of the bodies' seat, by the server's clock."""
    today = day_at_home(now)
    if cycle_is_open(facts.opens_on, facts.closes_on, today):
        return None
    if cycle_is_over(facts.closes_on, today):
        closed = Reason(ReasonCode.CYCLE_CLOSED, day=facts.closes_on)
        return hinder(RefusalCode.WRONG_STATE, closed, CYCLE_RULE)
    opens = Reason(ReasonCode.CYCLE_NOT_OPEN, day=facts.opens_on)
    return hinder(RefusalCode.WRONG_STATE, opens, CYCLE_RULE, begin_of_day(facts.opens_on))


def version_is_issued(facts: DraftingFacts, now: datetime) -> Obstacle | None:
    """Refuse a proposal on a version that is not issued: amendments need words that stand still."""
    if facts.version_status == VersionStatus.ISSUED:
        return None
    words = f"This version is {say_state(facts.version_status)}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A proposal is made on an issued version.")


def not_yet_confirmed(facts: CoSponsorFacts, now: datetime) -> Obstacle | None:
    """Refuse to confirm a co-sponsorship twice for the same words."""
    if facts.confirmed_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "This co-sponsorship is confirmed already.")


def not_yet_declined(facts: CoSponsorFacts, now: datetime) -> Obstacle | None:
    """Refuse to decline a co-sponsorship twice for the same words."""
    if facts.declined_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "Your party has declined already.")


def name_missing(waiting: Sequence[tuple[str, bool]]) -> str | None:
    """Return in words which co-sponsors have not confirmed, from (short name, whether it declined); None for none."""
    declined = sorted(name for name, has_declined in waiting if has_declined)
    silent = sorted(name for name, has_declined in waiting if not has_declined)
    parts = [end_sentence(f"Declined by {', '.join(declined)}")] if declined else []
    parts += [end_sentence(f"Not confirmed yet by {', '.join(silent)}")] if silent else []
    remedy = "Leave them out, or wait." if silent else "Leave them out."
    return f"{' '.join(parts)} {remedy}" if parts else None


def while_stale(facts: AmendmentFacts, now: datetime) -> Obstacle | None:
    """Refuse to restate an amendment unless what it is about changed in the version to which it was carried."""
    if facts.carried_state == CarriedState.STALE:
        return None
    words = f"This amendment is {facts.carried_state or 'on the version it was filed on'}, not STALE."
    rule = "An amendment is restated or dropped where what it is about changed in a later version."
    return Obstacle(RefusalCode.WRONG_STATE, words, rule)
