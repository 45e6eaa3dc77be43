"""Acts on rounds."""

from datetime import datetime
from typing import Any

import strawberry

from server.domain.rounds import policy
from server.domain.rounds.actions import calling
from server.kernel.actor import Capacity
from server.schema.acts import key_field
from server.schema.mutations import act_field
from server.schema.reads.roots import fact
from server.schema.rounds.types import Round
from server.schema.scalars import TimeZone
from server.vocabulary.rounds import RoundVisibility

ROUND_ID = "Id of the round."
REASON = "Why; everybody sees it."


@strawberry.input(description="A call for comments on an issued version.")
class OpenRoundInput:
    """Input of `openRound`."""

    idempotency_key: str = key_field()
    text_version_id: strawberry.ID = strawberry.field(
        description="Id of the issued version on which comments are asked for."
    )
    body_id: strawberry.ID = strawberry.field(
        description="Id of the body that asks; those who lead it may open the round."
    )
    title: str = strawberry.field(description="Title of the round.")
    opens_at: datetime | None = strawberry.field(
        default=None, description="Opening instant; without it the round opens now."
    )
    closes_at: datetime = strawberry.field(
        description=(
            "Closing instant, in the future and after the opening instant; a comment at this instant is too late."
        )
    )
    zone: TimeZone = strawberry.field(
        default=TimeZone("Europe/Brussels"), description="Time zone in which the deadline is announced."
    )
    visibility: RoundVisibility = strawberry.field(
        default=RoundVisibility.IMMEDIATE, description="When a party sees the comments of the others."
    )
    audience: list[Capacity] = strawberry.field(
        description="Capacities of the parties that are asked: at least one of MEMBER, OBSERVER and PRIVATE_SECTOR."
    )

    def arguments(self) -> dict[str, Any]:
        """Return what the action takes."""
        return {
            "text_version_id": self.text_version_id,
            "body_id": self.body_id,
            "title": self.title,
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "zone": self.zone,
            "visibility": self.visibility,
            "audience": frozenset(self.audience),
        }


@strawberry.type
class RoundFact:
    """What every fact about a round shows."""

    subject_id: strawberry.Private[str]
    round: Round = fact("The round as it stands now.")


@strawberry.type
class RoundMutations:
    """Acts on rounds."""

    open_round = act_field(
        policy.open_round,
        calling.open_round,
        "Ask for comments on an issued version.",
        input_type=OpenRoundInput,
        outcome="A round was called.",
        answer=RoundFact,
    )
    extend_round = act_field(
        policy.extend_round,
        calling.extend_round,
        "Move the closing instant of a round later, for everyone.",
        about="A later closing instant for a round.",
        round_id=ROUND_ID,
        closes_at="New closing instant, later than the present one.",
        reason="Why the round is extended; everybody who sees the round sees it.",
        outcome="A round was extended.",
        answer=RoundFact,
    )
    complete_round = act_field(
        policy.complete_round,
        calling.complete_round,
        "Declare a closed round complete: every comment is answered.",
        about="A round to declare complete.",
        round_id=ROUND_ID,
        outcome="A round was declared complete.",
        answer=RoundFact,
    )
    cancel_round = act_field(
        policy.cancel_round,
        calling.cancel_round,
        "Call a round off.",
        about="A round to call off.",
        round_id=ROUND_ID,
        reason="Why the round is called off; it goes into the journal.",
        outcome="A round was called off.",
        answer=RoundFact,
    )
