"""A preview of a version of the mechanism: what would be late, stuck or out of scope under its rules."""

from typing import Annotated

import strawberry

from server.domain.proposals.actions import mechanisms
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.lengths import say_limits, tidy
from server.schema.proposals.inputs import PreviewMechanismInput
from server.schema.proposals.types import Proposal, ReviewCycle
from server.schema.reads.roots import list_of
from server.schema.sent import ensure_storable
from server.schema.vocabulary import vocabulary
from server.vocabulary.proposals import BREACHES, Breach, MechanismRule

vocabulary(MechanismRule)
vocabulary(Breach)
MOST_SHOWN = 50
"""Most reviews or proposals that are shown for one rule; the count says how many there are."""


@strawberry.type(description="A rule that would not hold for everything that is there.")
class RuleBreach:
    """One rule of `server.domain.proposals.rules.mechanism.find_breaches`."""

    rule: MechanismRule = strawberry.field(description="The rule.")
    breach: Breach = strawberry.field(description="What it means.")
    count: int = strawberry.field(description="Number of reviews or proposals for which it would not hold.")
    subject_ids: strawberry.Private[list[str]]

    @strawberry.field(description=f"Proposals for which it would not hold, at most {MOST_SHOWN}.")
    async def proposals(self, info: strawberry.Info) -> list[Proposal]:
        """Return the proposals, in one statement."""
        return await list_of(info, "Proposal", self.subject_ids[:MOST_SHOWN])  # type: ignore[no-any-return]

    @strawberry.field(description=f"Reviews for which it would not hold, at most {MOST_SHOWN}.")
    async def cycles(self, info: strawberry.Info) -> list[ReviewCycle]:
        """Return the reviews, in one statement."""
        return await list_of(info, "ReviewCycle", self.subject_ids[:MOST_SHOWN])  # type: ignore[no-any-return]


@strawberry.type(description="What a version of the mechanism would mean for what is there. Nothing was written.")
class MechanismPreview:
    """The GraphQL form of what `server.domain.proposals.actions.mechanisms.preview_mechanism` returns."""

    proposal_count: int = strawberry.field(description="Number of submitted proposals that were looked at.")
    cycle_count: int = strawberry.field(description="Number of reviews that were looked at.")
    breaches: list[RuleBreach] = strawberry.field(
        description="Rules that would not hold for everything; none if all is in order."
    )


PreviewMechanismResult = Annotated[
    MechanismPreview | RefusalType,
    strawberry.union(
        "PreviewMechanismResult", description="What would be late, stuck or out of scope. Or the refusal."
    ),
]
say_limits(PreviewMechanismInput)
INPUT = Annotated[PreviewMechanismInput, strawberry.argument(description="The rules to try.")]


@strawberry.type
class MechanismPreviews:
    """The root field that tries a version of the mechanism."""

    @strawberry.field(
        description="Try the rules of a version of the mechanism on the reviews and proposals that are there: what "
        "would be late, stuck or out of scope, or the refusal that `recordMechanism` would give. Nothing is written. "
        "Null unless the caller is of the Secretariat."
    )
    async def preview_mechanism(self, info: strawberry.Info, input: INPUT) -> PreviewMechanismResult | None:
        """Return what the rules would mean, or the refusal; None unless the caller is of the Secretariat."""
        context: Context = info.context
        if not (context.actor.is_secretariat and context.actor.reads):
            return None
        ensure_storable(tidy(input))
        async with context.database.studying() as session:
            breaches, proposals, cycles = await mechanisms.preview_mechanism(
                session, context.actor, context.now, input.content()
            )
        return MechanismPreview(
            proposal_count=proposals,
            cycle_count=cycles,
            breaches=[
                RuleBreach(rule=rule, breach=BREACHES[rule], count=len(ids), subject_ids=ids)
                for rule, ids in breaches.items()
            ],
        )
