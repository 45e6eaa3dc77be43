"""How all work plans stand, with each group; the way of one plan to a sitting."""

from typing import Annotated, Any

import strawberry

from server.domain.forecast.queries import outlooks
from server.domain.forecast.rules.health import Tally
from server.domain.forecast.rules.outlooks import Miss, StepOutlook
from server.kernel.ids import prefix_of
from server.models.bodies import Sitting as SittingRow
from server.models.workplan import WorkPlan as WorkPlanRow
from server.schema.bodies.meetings import Sitting
from server.schema.context import Context
from server.schema.forecast.types import GroupHealth, GroupTally, PlanMiss, PlanTally
from server.schema.forecast.types import StepOutlook as StepOutlookType
from server.schema.reads.pages import Connection, connection_field
from server.schema.reads.roots import node_of
from server.schema.reads.values import render_value, show_page

PLAN = Annotated[strawberry.ID, strawberry.argument(description="Id of the plan.")]
SITTING = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Id of the sitting that counts; without it the next sitting of the Council."),
]


async def _resolve_groups(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the groups, rendered."""
    return await show_page(info, root.groups_counted, lambda group: group.body_id, "PlanOverview.groups")


async def _resolve_misses(root: Any, info: strawberry.Info) -> Any:
    """Return a page of what misses its day, rendered."""
    name = f"PlanOverview.misses {root.sitting_id}"
    return await show_page(info, root.missed, lambda miss: f"{miss.step_id} {miss.sitting_id}", name)


@strawberry.type(description="How all open work plans stand today, as the caller sees them.")
class PlanOverview:
    """The answer to `planOverview`."""

    sitting_id: strawberry.Private[str]
    whole: strawberry.Private[Tally]
    groups_counted: strawberry.Private[list[GroupTally]]
    missed: strawberry.Private[list[Miss]]
    groups: Connection[GroupHealth] = connection_field(
        "Groups with topics, and bodies with topics that no group has, in the order of the plans.",
        {},
        resolver=_resolve_groups,
    )
    misses: Connection[PlanMiss] = connection_field(
        "What misses its day as things stand, by that day.", {}, resolver=_resolve_misses
    )

    @strawberry.field(description="The sitting that counts; null if none is recorded.")
    async def sitting(self, info: strawberry.Info) -> Sitting | None:
        """Return the sitting, rendered."""
        return await node_of(info, self.sitting_id) if self.sitting_id else None

    @strawberry.field(description="The counts of all plans together.")
    async def tally(self, info: strawberry.Info) -> PlanTally:
        """Return the counts, rendered."""
        return await render_value(info, self.whole)  # type: ignore[no-any-return]


async def _resolve_steps(root: Any, info: strawberry.Info) -> Any:
    """Return a page of the steps that lead to the sitting, rendered."""
    name = f"CriticalPath.steps {root.plan_id} {root.sitting_id}"
    return await show_page(info, root.leading, lambda step: step.step_id, name)


@strawberry.type(description="The way of a work plan to a sitting, as things stand today.")
class CriticalPath:
    """The answer to `criticalPath`."""

    plan_id: strawberry.Private[str]
    sitting_id: strawberry.Private[str]
    chained: strawberry.Private[list[StepOutlook]]
    leading: strawberry.Private[list[StepOutlook]]
    left: int | None = strawberry.field(
        name="floatDays",
        description="Days that are left on the path, negative if it is too late; null if nothing leads to the sitting.",
    )
    is_assumed: bool = strawberry.field(
        description="Whether no milestone of the plan stands at any sitting, so that whatever nothing waits for is "
        "held against the first day of this one."
    )
    is_cut: bool = strawberry.field(
        name="hasCircle",
        description="Whether steps wait for each other in a circle, so that some of their dependencies are left out.",
    )
    steps: Connection[StepOutlookType] = connection_field(
        "Every open step that leads to the sitting, the one with the fewest days left first.",
        {},
        resolver=_resolve_steps,
    )

    @strawberry.field(description="The sitting.")
    async def sitting(self, info: strawberry.Info) -> Sitting | None:
        """Return the sitting, rendered."""
        return await node_of(info, self.sitting_id)  # type: ignore[no-any-return]

    @strawberry.field(description="The chain of steps with the fewest days left, from its first step to the sitting.")
    async def chain(self, info: strawberry.Info) -> list[StepOutlookType]:
        """Return the chain, rendered."""
        return await render_value(info, self.chained)  # type: ignore[no-any-return]


@strawberry.type
class ForecastQueries:
    """Root fields about what becomes of work plans."""

    @strawberry.field(
        description="How all open work plans stand today: counts, groups, and what misses its day. Null unless the "
        "caller may read, and for a sitting that does not exist."
    )
    async def plan_overview(self, info: strawberry.Info, sitting_id: SITTING = None) -> PlanOverview | None:
        """Return how all plans stand, computed now."""
        context: Context = info.context
        if not context.actor.reads or not _is_sitting(sitting_id):
            return None
        async with context.database.reading() as connection:
            outlook = await outlooks.oversee_plans(
                connection, context.actor, context.now, context.gaps, sitting_id or ""
            )
        if sitting_id and outlook.target is None:
            return None
        return PlanOverview(
            sitting_id=outlook.target.id if outlook.target else "",
            whole=outlook.overview.whole,
            groups_counted=[GroupTally(*group) for group in outlook.overview.groups],
            missed=outlook.overview.misses,
        )

    @strawberry.field(
        description="The critical path of a work plan to a sitting, and how many days each step that leads there has "
        "left. Null if there is no such plan with open steps or no such sitting, or the caller does not see them."
    )
    async def critical_path(
        self, info: strawberry.Info, plan_id: PLAN, sitting_id: SITTING = None
    ) -> CriticalPath | None:
        """Return the path of a plan to a sitting, computed now."""
        context: Context = info.context
        if prefix_of(plan_id) != WorkPlanRow.prefix or not _is_sitting(sitting_id):
            return None
        async with context.database.reading() as connection:
            outlook = await outlooks.lead_to_sitting(
                connection, context.actor, context.now, context.gaps, plan_id, sitting_id or ""
            )
        if outlook is None:
            return None
        return CriticalPath(
            plan_id=plan_id,
            sitting_id=outlook.target.id,
            chained=outlook.path.chain,
            leading=outlook.path.steps,
            left=outlook.path.left,
            is_assumed=outlook.path.is_assumed,
            is_cut=outlook.path.is_cut,
        )


def _is_sitting(sitting_id: str | None) -> bool:
    """Return whether an id is none, or can be that of a sitting."""
    return sitting_id is None or prefix_of(sitting_id) == SittingRow.prefix
