"""Work plans as papers: a preview of what is imported, and what is exported."""

import base64
from datetime import date
from typing import Annotated

import strawberry

from server.documents.plan_papers import print_markdown, print_sheet
from server.domain.planning import printing
from server.domain.workplan.actions import importing
from server.domain.workplan.actions.amending import PaperAmendment
from server.kernel.ids import prefix_of
from server.schema.acts import RefusalType
from server.schema.context import Context
from server.schema.lengths import say_limits, tidy
from server.schema.scalars import Digest
from server.schema.sent import ensure_storable
from server.schema.vocabulary import vocabulary
from server.vocabulary.workplan import PlanAmendmentKind, PlanDoubtKind


@strawberry.input(description="A paper with a work plan, to be compared with what is on record.")
class PreviewWorkPlanInput:
    """The argument of `previewWorkPlan`."""

    markdown: str = strawberry.field(description="The paper, as `importWorkPlan` takes it.")
    body_short_name: str = strawberry.field(
        default="WGEC", description="Short name of the body that the plan is for, at most 30 characters."
    )
    parent_short_name: str = strawberry.field(
        default="PTC", description="Short name of the parent of that body; used only if the body is new."
    )
    title: str = strawberry.field(
        default="", description="Title of a new plan; if empty the plan is named after the body."
    )
    decided_on: date | None = strawberry.field(
        default=None,
        description="Day on which the plan was decided, the first one of new coordinators and members; refused without "
        "it where the paper names any.",
    )


vocabulary(PlanAmendmentKind)
vocabulary(PlanDoubtKind)


@strawberry.type(description="What a paper would change of what is on record, or no longer prints.")
class PlanAmendment:
    """Built from what `server.domain.workplan.actions.amending` finds."""

    kind: PlanAmendmentKind = strawberry.field(description="Whether it is changed, or vanished.")
    row: int | None = strawberry.field(description="Row of the paper, from 1 without header rows; null if it vanished.")
    column: str | None = strawberry.field(description="Column of the paper; null if it vanished.")
    subject_id: strawberry.ID = strawberry.field(description="Id of the topic, activity, milestone or group.")
    subject_name: str = strawberry.field(description="What it is called on record.")
    before: str | None = strawberry.field(description="What is on record; null if nothing is.")
    after: str | None = strawberry.field(description="What the paper says; null if nothing.")


@strawberry.type(description="A cell of a paper that a person should look at.")
class PlanDoubt:
    """Built from what `server.domain.workplan.actions.comparing` finds."""

    row: int = strawberry.field(description="Row of the paper, from 1 without header rows.")
    column: str = strawberry.field(description="Column of the paper.")
    printed: str = strawberry.field(description="What is printed there.")
    kind: PlanDoubtKind = strawberry.field(description="Why to look at it.")


@strawberry.type(description="A heading in the tables of a paper, and the column for which it was taken.")
class PlanHeading:
    """Built from what `server.documents.plan_columns` finds."""

    heading: str | None = strawberry.field(description="The heading as printed; null where it is blank.")
    column: str | None = strawberry.field(
        description="The column of the plan or of the chart of groups, as the layout of the paper calls it; null if it "
        "was left out."
    )


@strawberry.type(description="What an import would do to a work plan. Nothing was written, and nothing would be lost.")
class WorkPlanPreview:
    """The counts of what `server.domain.workplan.actions.importing.preview_import` returns."""

    is_unchanged: bool = strawberry.field(description="Whether the import would add nothing.")
    topic_count: int = strawberry.field(description="Number of topics that it would add.")
    activity_count: int = strawberry.field(description="Number of activities that it would add.")
    milestone_count: int = strawberry.field(description="Number of milestones that it would add.")
    body_count: int = strawberry.field(description="Number of groups and other bodies that it would add.")
    party_count: int = strawberry.field(description="Number of parties that it would add.")
    membership_count: int = strawberry.field(description="Number of memberships that it would add.")
    function_count: int = strawberry.field(description="Number of functions that it would add.")
    amendments: list[PlanAmendment] = strawberry.field(
        description="What it would change of what is on record, each to be confirmed, and what it no longer prints, "
        "which stays unless the import says to give it up."
    )
    digest: Digest = strawberry.field(description="Send it as `confirmed` with `importWorkPlan`, once they were read.")
    doubts: list[PlanDoubt] = strawberry.field(
        description="Cells that are taken over as they are printed, and that a person should look at."
    )
    headings: list[PlanHeading] = strawberry.field(description="For what each heading of the tables was taken.")


def _show_amendment(amendment: PaperAmendment) -> PlanAmendment:
    """Return an amendment as the preview shows it."""
    return PlanAmendment(
        kind=amendment.kind,
        row=amendment.row or None,
        column=amendment.column or None,
        subject_id=strawberry.ID(amendment.subject.id),
        subject_name=amendment.name,
        before=amendment.was or None,
        after=amendment.says or None,
    )


PreviewWorkPlanResult = Annotated[
    WorkPlanPreview | RefusalType,
    strawberry.union(
        "PreviewWorkPlanResult", description="What an import would add. Or the refusal, with every row at fault."
    ),
]
say_limits(PreviewWorkPlanInput)
INPUT = Annotated[PreviewWorkPlanInput, strawberry.argument(description="The paper, and whose plan it is.")]


@strawberry.type(description="A work plan in the layout of the paper, which `importWorkPlan` reads back unchanged.")
class WorkPlanPaper:
    """Built from the tables of the plan."""

    title: str = strawberry.field(description="Title of the plan.")
    markdown: str = strawberry.field(description="The plan, its milestones and the chart of its groups, in Markdown.")
    sheet: str = strawberry.field(description="The same as an XLSX file, in Base64.")


@strawberry.type
class WorkPlanPreviews:
    """The root fields that preview an import and print a plan."""

    @strawberry.field(
        description="A work plan in the layout of the paper, as it stands now; null if it does not exist or the caller "
        "does not see it."
    )
    async def work_plan_paper(
        self,
        info: strawberry.Info,
        id: Annotated[strawberry.ID, strawberry.argument(description="Id of the plan.")],
    ) -> WorkPlanPaper | None:
        """Return the plan in both forms, None if the caller sees no such plan."""
        if prefix_of(id) is None:
            return None
        context: Context = info.context
        async with context.database.studying() as session:
            tables = await printing.tables_of_plan(session, context.actor, context.now, id)
        if tables is None:
            return None
        sheet = base64.b64encode(print_sheet(tables)).decode("ascii")
        return WorkPlanPaper(title=tables.title, markdown=print_markdown(tables), sheet=sheet)

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
        ensure_storable(tidy(input))
        paper = importing.PlanPaper(
            input.markdown, input.body_short_name, input.parent_short_name, input.title, input.decided_on
        )
        async with context.database.studying() as session:
            preview = await importing.preview_import(session, context.actor, context.now, paper)
        added = preview.added
        return WorkPlanPreview(
            is_unchanged=not added and not any(each.kind == PlanAmendmentKind.CHANGED for each in preview.amendments),
            topic_count=added.get("work_items", 0),
            activity_count=added.get("activities", 0),
            milestone_count=added.get("milestones", 0),
            body_count=added.get("bodies", 0),
            party_count=added.get("parties", 0),
            membership_count=added.get("memberships", 0),
            function_count=added.get("functions", 0),
            amendments=[_show_amendment(each) for each in preview.amendments],
            digest=Digest(preview.digest),
            doubts=[PlanDoubt(**each._asdict()) for each in preview.doubts],
            headings=[
                PlanHeading(heading=each.heading or None, column=each.column or None) for each in preview.columns
            ],
        )
