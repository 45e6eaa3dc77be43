"""Define reasons: why an act is not possible now, each with a code and the values that belong to it.

The words of a reason follow from its code and its parameters, so that a frontend can say the same in another language
and give an instant in the zone of its reader.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from server.kernel.zones import say_day, say_instant


class ReasonCode(StrEnum):
    """The reason why an act is not possible now. The docstring of each member names the parameters that come with it.

    An `instant` is in UTC; `zone` is the time zone in which it was announced, if it was announced in one.
    """

    ADMITTED_ALREADY = "ADMITTED_ALREADY"
    """The party of the caller is admitted to file late until `instant`, announced in `zone`."""
    APPLICATION_RETIRED = "APPLICATION_RETIRED"
    """The application was retired at `instant`."""
    CALL_CANCELLED = "CALL_CANCELLED"
    """The call for inputs was called off."""
    CALL_CLOSED = "CALL_CLOSED"
    """The call for inputs closed at `instant`, announced in `zone`."""
    CALL_NOT_OPEN = "CALL_NOT_OPEN"
    """The call for inputs opens at `instant`, announced in `zone`."""
    CYCLE_CLOSED = "CYCLE_CLOSED"
    """The last day of the review cycle was `day`."""
    CYCLE_NOT_OPEN = "CYCLE_NOT_OPEN"
    """The first day of the review cycle is `day`."""
    GRANT_REVOKED = "GRANT_REVOKED"
    """What an application was allowed was revoked at `instant`."""
    MANDATE_LAPSED = "MANDATE_LAPSED"
    """The last day of the last mandate of the group was `day`; it can be extended, or the group be concluded."""
    NO_COMMENT_DECLARED = "NO_COMMENT_DECLARED"
    """The party of the caller declared at `instant` that it has no comment."""
    PERSON_SUSPENDED = "PERSON_SUSPENDED"
    """The person was suspended at `instant`."""
    ROUND_CANCELLED = "ROUND_CANCELLED"
    """The round was cancelled."""
    ROUND_CLOSED = "ROUND_CLOSED"
    """The round closed at `instant`, announced in `zone`; it can be extended, or a party admitted that asks."""
    ROUND_COMPLETED = "ROUND_COMPLETED"
    """The round was declared complete."""
    ROUND_NOT_OPEN = "ROUND_NOT_OPEN"
    """The round opens at `instant`, announced in `zone`."""
    ROUND_OVER = "ROUND_OVER"
    """The round closed at `instant`, announced in `zone`."""
    ROUND_PAUSED = "ROUND_PAUSED"
    """The round is paused; it still closes at `instant`, announced in `zone`, unless it is extended."""
    ROUND_SEALED = "ROUND_SEALED"
    """The round is sealed until `instant`, announced in `zone`."""
    ROUND_STILL_OPEN = "ROUND_STILL_OPEN"
    """The round is open until `instant`, announced in `zone`."""
    SEALED_ROUND_CLOSED = "SEALED_ROUND_CLOSED"
    """The round, which was sealed, closed at `instant`, announced in `zone`. It cannot be extended."""
    SILENCE_EXPIRED = "SILENCE_EXPIRED"
    """Nobody objected until `instant`, announced in `zone`: the decision exists since then."""
    SILENCE_RUNS = "SILENCE_RUNS"
    """A Member can object until `instant`, announced in `zone`."""
    SITTING_CANCELLED = "SITTING_CANCELLED"
    """The sitting was called off at `instant`."""
    SITTING_NOT_BEGUN = "SITTING_NOT_BEGUN"
    """The first day of the sitting is `day`."""
    SITTING_OVER = "SITTING_OVER"
    """The last day of the sitting was `day`."""


REASONS: dict[ReasonCode, str] = {
    ReasonCode.ADMITTED_ALREADY: "Your party is admitted until {instant}.",
    ReasonCode.APPLICATION_RETIRED: "This application was retired on {instant}.",
    ReasonCode.CALL_CANCELLED: "The call was called off.",
    ReasonCode.CALL_CLOSED: "The call closed on {instant}.",
    ReasonCode.CALL_NOT_OPEN: "The call opens on {instant}.",
    ReasonCode.CYCLE_CLOSED: "The review cycle closed on {day}.",
    ReasonCode.CYCLE_NOT_OPEN: "The review cycle opens on {day}.",
    ReasonCode.GRANT_REVOKED: "This was revoked on {instant}.",
    ReasonCode.MANDATE_LAPSED: (
        "The mandate of this group lapsed after {day}. The Secretariat records what the body above it decided: that "
        "the mandate is extended, or that the group is concluded and its open items go to a successor."
    ),
    ReasonCode.NO_COMMENT_DECLARED: "Your party declared on {instant} that it has no comment.",
    ReasonCode.PERSON_SUSPENDED: "This person has been suspended since {instant}.",
    ReasonCode.ROUND_CANCELLED: "The round was cancelled.",
    ReasonCode.ROUND_CLOSED: (
        "The round closed on {instant}. Only the coordinators of the group or the Secretariat can still help: they "
        "extend it, or admit a party that asks to file late."
    ),
    ReasonCode.ROUND_COMPLETED: "The round was declared complete.",
    ReasonCode.ROUND_NOT_OPEN: "The round opens on {instant}.",
    ReasonCode.ROUND_OVER: "The round closed on {instant}.",
    ReasonCode.ROUND_PAUSED: "The round is paused. It still closes on {instant}, unless it is extended.",
    ReasonCode.ROUND_SEALED: "The round is sealed until {instant}.",
    ReasonCode.ROUND_STILL_OPEN: "The round is open until {instant}.",
    ReasonCode.SEALED_ROUND_CLOSED: (
        "The round closed on {instant}. It was sealed and is open to read now, so nobody can reopen it."
    ),
    ReasonCode.SILENCE_EXPIRED: "Nobody objected until {instant}: the decision exists since then.",
    ReasonCode.SILENCE_RUNS: "A Member can object until {instant}.",
    ReasonCode.SITTING_CANCELLED: "The sitting was called off on {instant}.",
    ReasonCode.SITTING_OVER: "The last day of the sitting was {day}.",
    ReasonCode.SITTING_NOT_BEGUN: "This sitting begins on {day}.",
}
"""What each reason says, with its parameters in braces."""


FINAL = frozenset(
    {
        *(ReasonCode.APPLICATION_RETIRED, ReasonCode.CALL_CANCELLED, ReasonCode.CYCLE_CLOSED),
        *(ReasonCode.GRANT_REVOKED, ReasonCode.ROUND_CANCELLED, ReasonCode.ROUND_COMPLETED),
        ReasonCode.SEALED_ROUND_CLOSED,
    }
)
"""Reasons that never pass: no act takes back what they say."""


class Reason(NamedTuple):
    """Why an act is not possible now. `zone` is the one in which `instant` was announced, None if in none."""

    code: ReasonCode
    instant: datetime | None = None
    zone: str | None = None
    day: date | None = None

    @property
    def words(self) -> str:
        """The reason in English, with instants in the zone in which they were announced and in UTC."""
        instant = say_instant(self.instant, self.zone) if self.instant else ""
        return REASONS[self.code].format(instant=instant, day=say_day(self.day) if self.day else "")

    @property
    def parameters(self) -> dict[str, str]:
        """The values that belong to the code, by name, as JSON has them."""
        values = {
            "instant": self.instant and self.instant.isoformat(),
            "zone": self.zone,
            "day": self.day and self.day.isoformat(),
        }
        return {name: value for name, value in values.items() if value}
