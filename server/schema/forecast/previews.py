"""Previews that write nothing: what a move would change, and the way back from a Council."""

from datetime import date
from typing import Annotated, Any

import strawberry

from server.domain.forecast.queries import outlooks
from server.domain.forecast.rules.backwards import MOST_DAYS, Gaps, check_gaps
from server.domain.forecast.rules.outlooks import Miss, StepOutlook, sittings_at_risk
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import ensure_well_formed, invalid
from server.schema.acts import RefusalType
from server.schema.bodies.meetings import Sitting
from server.schema.context import Context
from server.schema.forecast.types import PlanMiss
from server.schema.forecast.types import StepOutlook as StepOutlookType
from server.schema.reads.kinds import Node, edge
from server.schema.reads.pages import Connection, connection_field
from server.schema.reads.roots import list_of, node_of
from server.schema.reads.values import render_value, show_page
from server.schema.sent import ensure_storable
from server.vocabulary.forecast import BackStep


@strawberry.input(description="A move to try: nothing is moved by it.")
class PreviewShiftInput:
    """The argument of `previewShift`."""

    subject_id: strawberry.ID = strawberry.field(
        description="Id of the activity, milestone, sitting or round to be moved. What moves with a sitting or round "
        "moves too."
    )
    days: int = strawberry.field(
        description=f"Days by which it is moved, later or, if negative, earlier; not 0, at most {MOST_DAYS} either way."
    )


@strawberry.input(description="The gaps on the way to a Council.")
class BackPlanInput:
    """The argument of `backPlan`."""

    sitting_id: strawberry.ID | None = strawberry.field(
        default=None, description="Id of a sitting of the Council that was not called off; without it the next one."
    )
    committee_id: strawberry.ID | None = strawberry.field(
        default=None, description="Id of the committee that sits before it; without it any technical committee."
    )
    committee_to_council_days: int | None = strawberry.field(
        default=None, description="Days from the last day of the committee to the Council; without them the usual ones."
    )
    papers_days: int | None = strawberry.field(
        default=None,
        description="Days before each sitting by which its papers are in; without them those that its body has set, "
        "else the usual ones.",
    )
    consolidation_days: int | None = strawberry.field(
        default=None,
        description="Days from the close of a round to the papers, for answers and one text; without them the usual "
        "ones.",
    )
    round_days: int | None = strawberry.field(
        default=None, description="Days for which a round is open; without them the usual ones."
    )


async def _resolve_moved(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the steps that move, rendered."""
    return await show_page(info, root.steps, lambda step: step.step_id, f"ShiftPreview.moved {root.name}")


@strawberry.type(description="What a move would change. Nothing was written.")
class ShiftPreview:
    """The GraphQL form of `server.domain.forecast.queries.outlooks.MovePreview`."""

    subject_id: strawberry.Private[str]
    name: strawberry.Private[str]
    steps: strawberry.Private[list[StepOutlook]]
    missed: strawberry.Private[list[Miss]]
    sentence: str = strawberry.field(description="What it would change, as a sentence in English.")
    moved: Connection[StepOutlookType] = connection_field(
        "The steps that move, with the days that are to be expected then, by that day.", {}, resolver=_resolve_moved
    )

    @strawberry.field(description="What is to be moved.")
    async def subject(self, info: strawberry.Info) -> Node | None:
        """Return what is to be moved, rendered."""
        return await node_of(info, self.subject_id)  # type: ignore[no-any-return]

    @strawberry.field(description="What would newly miss its day, or miss it by more, by that day; at most 100.")
    async def misses(self, info: strawberry.Info) -> list[PlanMiss]:
        """Return what misses its day, rendered."""
        return await render_value(info, self.missed[:100])  # type: ignore[no-any-return]

    @strawberry.field(description="The sittings that would be at risk by it, at most 100.")
    async def sittings(self, info: strawberry.Info) -> list[Sitting]:
        """Return the sittings, rendered."""
        return await list_of(info, "Sitting", list(sittings_at_risk(self.missed))[:100])  # type: ignore[no-any-return]


@strawberry.type(description="The last day for a step on the way to a Council.")
class BackMark:
    """The GraphQL form of `server.domain.forecast.rules.backwards.BackMark`."""

    step: BackStep = strawberry.field(description="The step.")
    latest_on: date = strawberry.field(description="The last day for it.")
    days_left: int = strawberry.field(description="Days from today (UTC) until then; negative if it is too late.")
    sitting: Sitting | None = edge("The recorded sitting that sets the day; null where a gap alone does.", "meeting_id")


@strawberry.type(description="The gaps by which is planned back: those that were given, else the usual ones.")
class BackPlanGaps:
    """The GraphQL form of `server.domain.forecast.rules.backwards.Gaps`."""

    gaps: strawberry.Private[Gaps]

    @strawberry.field(description="Days from the last day of the committee to the Council.")
    def committee_to_council_days(self) -> int:
        """Return the gap."""
        return self.gaps.committee_to_council

    @strawberry.field(
        description="Days before a sitting by which its papers are in, where its body has set none or they were given."
    )
    def papers_days(self) -> int:
        """Return the gap."""
        return self.gaps.papers

    @strawberry.field(description="Days from the close of a round to the papers.")
    def consolidation_days(self) -> int:
        """Return the gap."""
        return self.gaps.consolidation

    @strawberry.field(description="Days for which a round is open.")
    def round_days(self) -> int:
        """Return the gap."""
        return self.gaps.round


@strawberry.type(description="The way back from a sitting of the Council. Nothing was written.")
class BackPlan:
    """The GraphQL form of `server.domain.forecast.queries.outlooks.BackPlan`."""

    plan: strawberry.Private[outlooks.BackPlan]

    @strawberry.field(description="The sitting of the Council.")
    async def sitting(self, info: strawberry.Info) -> Sitting | None:
        """Return the sitting, rendered."""
        return await node_of(info, self.plan.council_id)  # type: ignore[no-any-return]

    @strawberry.field(description="The gaps by which was planned.")
    def gaps(self) -> BackPlanGaps:
        """Return the gaps."""
        return BackPlanGaps(gaps=self.plan.gaps)

    @strawberry.field(description="The steps, the first one first.")
    async def marks(self, info: strawberry.Info) -> list[BackMark]:
        """Return the steps, rendered."""
        return await render_value(info, self.plan.marks)  # type: ignore[no-any-return]


PreviewShiftResult = Annotated[
    ShiftPreview | RefusalType,
    strawberry.union("PreviewShiftResult", description="What a move would change. Or the refusal."),
]
BackPlanResult = Annotated[
    BackPlan | RefusalType,
    strawberry.union("BackPlanResult", description="The way back from a Council. Or the refusal of a gap."),
]
SHIFT = Annotated[PreviewShiftInput, strawberry.argument(description="What to move, and by how much.")]
GAPS = Annotated[BackPlanInput, strawberry.argument(description="The Council, and the gaps on the way to it.")]


@strawberry.type
class ForecastPreviews:
    """Root fields that try something and write nothing."""

    @strawberry.field(
        description="What changes if an activity, milestone, sitting or round is moved: the steps that move with it, "
        "and what then misses its day. Nothing is written. Null if there is no such thing in an open plan, or the "
        "caller does not see it."
    )
    async def preview_shift(self, info: strawberry.Info, input: SHIFT) -> PreviewShiftResult | None:
        """Return what a move would change, or the refusal of a number of days."""
        context: Context = info.context
        ensure_storable(input)
        if input.days == 0 or abs(input.days) > MOST_DAYS:
            raise invalid(Issue("days", IssueCode.NUMBER_OUT_OF_RANGE, least=-MOST_DAYS, most=MOST_DAYS))
        if not context.actor.reads:
            return None
        async with context.database.reading() as connection:
            preview = await outlooks.preview_shift(
                connection, context.actor, context.now, context.gaps, input.subject_id, input.days
            )
        if preview is None:
            return None
        return ShiftPreview(
            subject_id=preview.subject.id,
            name=f"{preview.subject.id} {input.days}",
            steps=preview.shift.moved,
            missed=preview.shift.misses,
            sentence=preview.sentence,
        )

    @strawberry.field(
        description="The last day for each step on the way to a Council, by the usual gaps or those that are given. "
        "Nothing is written. Null unless the caller may read, and if no such sitting is recorded."
    )
    async def back_plan(self, info: strawberry.Info, input: GAPS) -> BackPlanResult | None:
        """Return the way back from a Council, or the refusal of gaps."""
        context: Context = info.context
        ensure_storable(input)
        days = (input.committee_to_council_days, input.papers_days, input.consolidation_days, input.round_days)
        wishes = {name: day for name, day in zip(Gaps._fields, days, strict=True) if day is not None}
        gaps = context.gaps._replace(**wishes)
        ensure_well_formed(check_gaps(gaps))
        if not context.actor.reads:
            return None
        async with context.database.reading() as connection:
            plan = await outlooks.plan_back_from(
                connection,
                context.actor,
                context.now,
                gaps,
                input.sitting_id or "",
                input.committee_id or "",
                by_body=input.papers_days is None,
            )
        return BackPlan(plan=plan) if plan else None
