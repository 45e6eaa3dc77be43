"""Until when a group takes up new work: until it is concluded, or its mandate lapses. Pure.

A group that lapsed still finishes: parties keep or hand back what they promised and leave, its report is written and
adopted, its items go to the successor. For new work its mandate is extended, as that of the WGEC was twice.
"""

from datetime import date, datetime
from typing import Protocol

from server.kernel.acts import Obstacle, hinder
from server.kernel.reasons import Reason, ReasonCode
from server.kernel.refusals import Refusal, RefusalCode, RefusalKind

LAPSING = "A group takes up new work while its mandate runs; after it, it finishes what it has begun."


class WorkFacts(Protocol):
    """The facts that say whether a body takes up new work: its last day, and that of its last mandate."""

    @property
    def concluded_on(self) -> date | None:
        """The last day of a group that was concluded."""

    @property
    def mandated_until(self) -> date | None:
        """The last day of its last mandate, None where that has no end."""


def while_working(facts: WorkFacts, now: datetime) -> Obstacle | None:
    """Refuse what a group no longer takes once its last day, counted in UTC, is past."""
    if facts.concluded_on is None or now.date() <= facts.concluded_on:
        return None
    words = f"This group was concluded on {facts.concluded_on:%Y-%m-%d}."
    return Obstacle(RefusalCode.WRONG_STATE, words, "A group that was concluded takes no further work.")


def while_engaging(facts: WorkFacts, now: datetime) -> Obstacle | None:
    """Refuse new work in a group that was concluded, or whose last mandate lapsed; days are counted in UTC."""
    return while_working(facts, now) or _find_lapse(facts, now)


def ensure_engaging(facts: WorkFacts, now: datetime) -> None:
    """Raise a refusal for new work in a group that takes up none."""
    _refuse_if(while_engaging(facts, now))


def ensure_within_mandate(facts: WorkFacts, day: date, now: datetime) -> None:
    """Raise a refusal for something that begins after the last mandate of a group that lapsed.

    What began while the mandate ran can still be recorded.
    """
    if facts.mandated_until is not None and day > facts.mandated_until:
        _refuse_if(_find_lapse(facts, now))


def _find_lapse(facts: WorkFacts, now: datetime) -> Obstacle | None:
    """Return the obstacle that the last mandate of a group lapsed, None while it runs."""
    if facts.mandated_until is None or now.date() <= facts.mandated_until:
        return None
    return hinder(RefusalCode.WRONG_STATE, Reason(ReasonCode.MANDATE_LAPSED, day=facts.mandated_until), LAPSING)


def _refuse_if(obstacle: Obstacle | None) -> None:
    """Raise the refusal for an obstacle, if there is one."""
    if obstacle:
        code, message, rule, *_ = obstacle
        raise Refusal(RefusalKind.NOT_NOW, code, message, rule=rule, reason=obstacle.reason)
