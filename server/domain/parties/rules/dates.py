"""Periods of an accreditation, a representation or a function.

Both days are included; one that is ended early is over at once.
"""

from datetime import date, datetime
from typing import Any

from server.kernel.acts import Obstacle, Rule
from server.kernel.days import check_horizon
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode


def has_ended(facts: Any, today: date) -> bool:
    """Return whether something dated is over: ended early, or past its last day. It may begin later."""
    return facts.ended_at is not None or (facts.ends_on is not None and facts.ends_on < today)


def while_it_lasts(noun: str) -> Rule:
    """Return the rule that refuses an act on something dated that has ended.

    `noun` names it in words. Its facts have `ends_on` and `ended_at`.
    """

    def rule(facts: Any, now: datetime) -> Obstacle | None:
        """Refuse once the object has ended."""
        if not has_ended(facts, now.date()):
            return None
        return Obstacle(RefusalCode.WRONG_STATE, f"This {noun} has ended.", f"What has ended stays as it was: {noun}.")

    return rule


def check_days(starts_on: date, ends_on: date | None, *, path: str = "endsOn") -> list[Issue]:
    """Return the fault of a last day that comes before the first, and of days beyond the horizon."""
    issues = check_horizon("startsOn", starts_on) + check_horizon(path, ends_on)
    in_order = ends_on is None or starts_on <= ends_on
    return issues if in_order else [*issues, Issue(path, IssueCode.DAYS_REVERSED)]


def check_last_day(facts: Any, ends_on: date | None, today: date) -> list[Issue]:
    """Return the fault of the day on which something dated is to end.

    None ends it at once. Any other is today or later, not before it begins and earlier than it would end by itself.
    """
    if ends_on is None:
        return []
    if ends_on < max(today, facts.starts_on):
        return [Issue("endsOn", IssueCode.DAY_TOO_EARLY, earliest=f"{max(today, facts.starts_on):%Y-%m-%d}")]
    if facts.ends_on is not None and ends_on >= facts.ends_on:
        return [Issue("endsOn", IssueCode.ENDS_ALREADY, day=f"{facts.ends_on:%Y-%m-%d}")]
    return []
