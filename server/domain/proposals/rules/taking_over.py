"""When a co-sponsor can take over a proposal that its proponent withdrew. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from server.domain.proposals.rules.life import CoSponsorFacts
from server.kernel.acts import Obstacle
from server.kernel.refusals import RefusalCode
from server.kernel.zones import HOME, begin_of_day, day_at_home, say_instant
from server.vocabulary.proposals import ProposalStatus, TakeOverPhase

USUAL_DAYS = 14
"""Days for which a withdrawn proposal can be taken over, under a mechanism that says nothing of it."""
TAKING_OVER_RULE = "A withdrawn proposal can be taken over, for a time, by each party that confirmed to co-sponsor it."


class TakeOverFacts(NamedTuple):
    """The facts of a take-over that its phase follows from."""

    closes_at: datetime
    taken_at: datetime | None


class JoinedParty(NamedTuple):
    """A party that a proposal names as a co-sponsor, and when it confirmed the words as they stand."""

    party_id: str
    confirmed_at: datetime | None


def phase_of(facts: TakeOverFacts, now: datetime) -> TakeOverPhase:
    """Return where a take-over stands: it is open before the instant at which its time ends."""
    if facts.taken_at is not None:
        return TakeOverPhase.TAKEN
    return TakeOverPhase.OPEN if can_take_over_at(facts.closes_at, now) else TakeOverPhase.LAPSED


def can_take_over_at(closes_at: datetime, now: datetime) -> bool:
    """Return whether a withdrawn proposal can still be taken over; at the instant itself it cannot.

    `is_left` of `server/models/taking_over.py` is the same in SQL.
    """
    return now < closes_at


def find_heirs(status: ProposalStatus, joined: Iterable[JoinedParty], proponent_id: str) -> list[str]:
    """Return the parties that can take over a proposal which its proponent withdraws, none for a draft.

    They are those that confirmed to co-sponsor it. A draft was not put to anybody: it ends with its own party.
    """
    if status == ProposalStatus.DRAFT:
        return []
    return sorted(each.party_id for each in joined if each.confirmed_at and each.party_id != proponent_id)


def end_of_taking_over(now: datetime, days: int | None) -> datetime:
    """Return the instant until which a proposal withdrawn now can be taken over.

    So many days follow the day of the withdrawal, and the last one ends where the bodies sit.
    """
    return begin_of_day(day_at_home(now) + timedelta(days=1 + (USUAL_DAYS if days is None else days)))


def while_left(facts: CoSponsorFacts, now: datetime) -> Obstacle | None:
    """Refuse to take over a proposal that nobody can take over any more, or that the party withdrew itself."""
    if facts.take_over_until is None:
        return Obstacle(RefusalCode.WRONG_STATE, "This proposal ended when it was withdrawn.", TAKING_OVER_RULE)
    if not can_take_over_at(facts.take_over_until, now):
        words = f"It could be taken over until {say_instant(facts.take_over_until, HOME)}."
        return Obstacle(RefusalCode.WRONG_STATE, words, TAKING_OVER_RULE)
    if facts.party_id == facts.proponent_id:
        return Obstacle(RefusalCode.WRONG_STATE, "Your party withdrew this proposal.", TAKING_OVER_RULE)
    return None


def once_confirmed(facts: CoSponsorFacts, now: datetime) -> Obstacle | None:
    """Refuse a party that has not confirmed to co-sponsor the words as they stand, or that declined."""
    if facts.confirmed_at is not None:
        return None
    has_declined = facts.declined_at is not None
    words = "Your party declined to co-sponsor it." if has_declined else "Your party has not confirmed these words."
    return Obstacle(RefusalCode.WRONG_STATE, words, TAKING_OVER_RULE)
