"""Acts on rounds: inputs, facts and mutations."""

from datetime import datetime
from functools import partial

import strawberry

from server.domain.rounds import policy
from server.domain.rounds.actions import calling
from server.kernel.actor import Capacity
from server.schema.acts import act_field, key_field, version_field
from server.schema.reads.roots import fact
from server.schema.rounds.types import Round
from server.vocabulary.rounds import RoundVisibility

ROUND_ID = "The round."


@strawberry.input(description="A call for comments on an issued version.")
class OpenRoundInput:
    """Input of `openRound`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(description="The issued version.")
    body_id: strawberry.ID = strawberry.field(description="The body that asks; its coordinators may do this.")
    title: str = strawberry.field(description="Title of the round.")
    opens_at: datetime | None = strawberry.field(default=None, description="Opening instant; now, if left out.")
    closes_at: datetime = strawberry.field(description="Closing instant, with its offset from UTC.")
    zone: str = strawberry.field(
        default="Europe/Brussels", description="Zone in which the deadline is announced, by its IANA name."
    )
    visibility: RoundVisibility = strawberry.field(
        default=RoundVisibility.IMMEDIATE, description="When a party sees what the others filed."
    )
    audience: list[Capacity] = strawberry.field(description="The capacities that are asked.")


@strawberry.input(description="A later closing instant.")
class ExtendRoundInput:
    """Input of `extendRound`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    closes_at: datetime = strawberry.field(description="New closing instant, later than the present one.")
    reason: str = strawberry.field(description="Why; everybody sees it.")
    expected_version: int = version_field()


@strawberry.input(description="A round whose comments are all answered.")
class CompleteRoundInput:
    """Input of `completeRound`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    expected_version: int = version_field()


@strawberry.input(description="A round that is called off.")
class CancelRoundInput:
    """Input of `cancelRound`."""

    idempotency_key: str = key_field()
    round_id: strawberry.ID = strawberry.field(description=ROUND_ID)
    reason: str = strawberry.field(description="Why; everybody sees it.")
    expected_version: int = version_field()


@strawberry.type
class _RoundFact:
    subject_id: strawberry.Private[str]
    round: Round | None = fact("The round as it stands now.", "Round")


@strawberry.type(description="A round was called.")
class RoundOpened(_RoundFact):
    """Fact of `openRound`."""


@strawberry.type(description="A round was extended.")
class RoundExtended(_RoundFact):
    """Fact of `extendRound`."""


@strawberry.type(description="A round was declared complete.")
class RoundCompleted(_RoundFact):
    """Fact of `completeRound`."""


@strawberry.type(description="A round was called off.")
class RoundCancelled(_RoundFact):
    """Fact of `cancelRound`."""


@strawberry.type
class RoundMutations:
    """Acts on rounds."""

    open_round = act_field(
        policy.open_round,
        "Ask for comments on an issued version.",
        OpenRoundInput,
        RoundOpened,
        lambda input: partial(
            calling.open_round,
            version_id=input.text_version_id,
            body_id=input.body_id,
            title=input.title,
            opens_at=input.opens_at,
            closes_at=input.closes_at,
            zone=input.zone,
            visibility=input.visibility,
            audience=frozenset(input.audience),
        ),
    )
    extend_round = act_field(
        policy.extend_round,
        "Move the closing instant of a round later, for everyone.",
        ExtendRoundInput,
        RoundExtended,
        lambda input: partial(
            calling.extend_round,
            round_id=input.round_id,
            closes_at=input.closes_at,
            reason=input.reason,
            expected_version=input.expected_version,
        ),
    )
    complete_round = act_field(
        policy.complete_round,
        "Declare a closed round complete: every comment is answered.",
        CompleteRoundInput,
        RoundCompleted,
        lambda input: partial(calling.complete_round, round_id=input.round_id, expected_version=input.expected_version),
    )
    cancel_round = act_field(
        policy.cancel_round,
        "Call a round off.",
        CancelRoundInput,
        RoundCancelled,
        lambda input: partial(
            calling.cancel_round, round_id=input.round_id, reason=input.reason, expected_version=input.expected_version
        ),
    )
