"""The terms of a round as they are sent and shown."""

from datetime import datetime
from typing import Any, NamedTuple

import strawberry

from server.domain.rounds.rules.terms import RoundSettings, reminders_of
from server.kernel.actor import Actor
from server.vocabulary.calling import RoundScope
from server.vocabulary.rounds import CommentType

AUDIENCE = "Capacities of the parties that are asked: at least one of MEMBER, OBSERVER and PRIVATE_SECTOR."
CLOSES_AT = (
    "Closing instant, in the future and after the opening instant; a comment at this instant is too late. Write it in "
    "UTC or with the offset that the zone has then: any other offset is refused, and so is a time of day that the "
    "clocks skip. One that they show twice is told apart by the offset."
)


class ScopeFacts(NamedTuple):
    """The facts of a round from which its scope and settings follow."""

    scope: RoundScope | None
    provision_keys: list[str] | None
    is_without_general: bool | None
    types: list[str] | None
    reminder_days: list[int] | None
    closes_at: datetime


def scope_of(_: Actor, facts: ScopeFacts, __: datetime) -> RoundScope:
    """Return the part of the text on which a round takes comments."""
    return facts.scope or RoundScope.WHOLE


def keys_of(_: Actor, facts: ScopeFacts, __: datetime) -> list[str]:
    """Return the permanent keys of the provisions in the scope of a round; none for the whole text."""
    return facts.provision_keys or []


def types_of(_: Actor, facts: ScopeFacts, __: datetime) -> list[CommentType]:
    """Return the types of comments that a round takes."""
    return [each for each in CommentType if not facts.types or each in facts.types]


def is_general_taken(_: Actor, facts: ScopeFacts, __: datetime) -> bool:
    """Return whether a round takes comments on the whole text."""
    return not facts.is_without_general


def reminders_at(_: Actor, facts: ScopeFacts, __: datetime) -> list[datetime]:
    """Return the instants at which the silent are to be reminded, the earliest first."""
    return reminders_of(facts.closes_at, facts.reminder_days)


@strawberry.input(description="What a round may say besides: by default every party asked comments on everything.")
class RoundSettingsInput:
    """Part of the inputs of `openRound` and `reviseRound`."""

    group_id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Id of a body: of the capacities in `audience`, only parties that are members of it are asked.",
    )
    round_scope: RoundScope = strawberry.field(
        default=RoundScope.WHOLE, description="The part of the text on which comments are taken."
    )
    since_version_id: strawberry.ID | None = strawberry.field(
        default=None, description="For CHANGED, id of the earlier version to compare with; left out otherwise."
    )
    provision_keys: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="For NAMED, permanent keys of the provisions, each with everything inside it; empty otherwise.",
    )
    is_general_taken: bool = strawberry.field(default=True, description="Whether comments on the whole text are taken.")
    types: list[CommentType] = strawberry.field(
        default_factory=list, description="Types of comments that are taken; all if empty."
    )
    most_comments: int | None = strawberry.field(
        default=None, description="How many comments a party may file, those taken back left out; no limit if left out."
    )
    most_characters: int | None = strawberry.field(
        default=None, description="How long text and reason of a comment may be together; no limit if left out."
    )
    reminder_days: list[int] = strawberry.field(
        default_factory=list,
        description="Days before the close on which the silent are to be reminded: at most 5, of 1 to 90 days.",
    )

    def settings(self) -> RoundSettings:
        """Return the settings as the domain takes them."""
        values = dict(vars(self))
        values["scope"] = values.pop("round_scope")
        for name in ("provision_keys", "types", "reminder_days"):
            values[name] = tuple(values[name])
        return RoundSettings(**values)


def arguments_of(sent: Any, *names: str) -> dict[str, Any]:
    """Return what an action takes from an input with the terms of a round."""
    settings: RoundSettingsInput | None = sent.settings
    plain = ("title", "opens_at", "closes_at", "zone", "visibility", *names)
    return {
        **{name: getattr(sent, name) for name in plain},
        "audience": frozenset(sent.audience),
        "settings": settings.settings() if settings else RoundSettings(),
    }
