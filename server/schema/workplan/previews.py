"""A preview of the import of a work plan."""

from datetime import date
from typing import Annotated

import strawberry

from server.domain.workplan.actions import importing
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.sent import ensure_storable


@strawberry.input(description="A paper with a work plan, to be compared with what is on record.")
class PreviewWorkPlanInput:
    """The argument of `previewWorkPlan`."""

    markdown: str = strawberry.field(description="The paper in Markdown, as `importWorkPlan` takes it.")
    body_short_name: str = strawberry.field(
        default="WGEC", description="Short name of the body that the plan is for, at most 30 characters."
    )
    parent_short_name: str = strawberry.field(
        default="PTC", description="Short name of the parent of that body; used only if the body is new."
    )
    title: str = strawberry.field(
        default="", description="Title of a new plan; if empty the plan is named after the body."
    )
    decided_on: date = strawberry.field(
        default=importing.AGREED_ON, description="First day of new coordinators and members that the paper names."
    )


@strawberry.type(description="What an import would add to a work plan. Nothing was written, and nothing would be lost.")
class WorkPlanPreview:
    """The counts of what `server.domain.workplan.actions.importing.preview_import` returns."""

    is_unchanged: bool = strawberry.field(description="Whether the import would add nothing.")
    topic_count: int = strawberry.field(description="Number of topics that it would add.")
    activity_count: int = strawberry.field(description="Number of activities that it would add.")
    body_count: int = strawberry.field(description="Number of groups and other bodies that it would add.")
    party_count: int = strawberry.field(description="Number of parties that it would add.")
    membership_count: int = strawberry.field(description="Number of memberships that it would add.")
    function_count: int = strawberry.field(description="Number of functions that it would add.")


PreviewWorkPlanResult = Annotated[
    WorkPlanPreview | RefusalType,
    strawberry.union(
        "PreviewWorkPlanResult", description="What an import would add. Or the refusal, with every row at fault."
    ),
]
INPUT = Annotated[PreviewWorkPlanInput, strawberry.argument(description="The paper, and whose plan it is.")]


@strawberry.type
class WorkPlanPreviews:
    """The root field that previews an import."""

    @strawberry.field(
        description="Read a paper as `importWorkPlan` would, and compare it with the records: what would be added, "
        "or the refusal that names every row at fault. Nothing is written. Null unless the caller is of the "
        "Secretariat."
    )
    async def preview_work_plan(self, info: strawberry.Info, input: INPUT) -> PreviewWorkPlanResult | None:
        """Return the counts, or the refusal; None unless the caller is of the Secretariat."""
        context: Context = info.context
        if not (context.actor.is_secretariat and context.actor.reads):
            return None
        ensure_storable(input)
        paper = importing.PlanPaper(
            input.markdown, input.body_short_name, input.parent_short_name, input.title, input.decided_on
        )
        async with context.database.studying() as session:
            added = await importing.preview_import(session, context.actor, context.now, paper)
        return WorkPlanPreview(
            is_unchanged=not added,
            topic_count=added.get("work_items", 0),
            activity_count=added.get("activities", 0),
            body_count=added.get("bodies", 0),
            party_count=added.get("parties", 0),
            membership_count=added.get("memberships", 0),
            function_count=added.get("functions", 0),
        )
