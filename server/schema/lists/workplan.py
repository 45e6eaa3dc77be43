"""Filters and orders of the lists of work plans and activities."""

from datetime import date

import strawberry

from server.domain.workplan import queries
from server.schema.reads.filters import conditions, equal, has, holds, one_of, since, until
from server.schema.reads.orders import ALPHABETICAL, EARLIEST, Order, declare_orders
from server.vocabulary.workplan import ActivityStatus, ActivityTiming

WORK_PLAN_ORDERS = declare_orders(
    "WorkPlanOrder", "work plans", {"TITLE": Order("title", ALPHABETICAL, ("title_key", "id"))}
)
ACTIVITY_ORDERS = declare_orders(
    "ActivityOrder",
    "activities",
    {
        "PLAN": Order(
            "title of the plan, and in each plan as in the paper",
            ALPHABETICAL,
            ("work_item.plan.title_key", "work_item.plan_id", "work_item.number", "position", "id"),
        ),
        "LATEST_ON": Order("last day of the period, those without one being before all", EARLIEST, ("latest", "id")),
    },
)


@conditions("work plans")
class WorkPlanFilter:
    """Filter of `workPlans`."""

    body_id: list[strawberry.ID] | None = one_of("Only plans of one of the bodies with these ids.", "body_id")
    text: str | None = holds("Only plans whose title holds these words, in capital or small letters.", "title")


@conditions("activities")
class ActivityFilter:
    """Filter of `activities`."""

    plan_id: list[strawberry.ID] | None = one_of(
        "Only activities of one of the work plans with these ids.", "work_item.plan_id"
    )
    work_item_id: list[strawberry.ID] | None = one_of(
        "Only activities of one of the topics with these ids.", "work_item_id"
    )
    group_id: list[strawberry.ID] | None = one_of(
        "Only activities of topics given to one of the intersessional groups with these ids.", "work_item.body_id"
    )
    status: list[ActivityStatus] | None = one_of("Only activities in one of these statuses.", "status")
    timing: list[ActivityTiming] | None = one_of(
        "Only activities with one of these timings today (UTC).", condition=queries.in_timing
    )
    responsible_party_id: list[strawberry.ID] | None = one_of(
        "Only activities that name one of the parties with these ids as responsible.",
        condition=queries.is_responsible,
    )
    is_redated: bool | None = equal(
        "Only activities of which the period was changed, or with false only the others.", condition=queries.is_redated
    )
    latest_from: date | None = since("Only activities whose last day is this one or later.", "latest")
    latest_until: date | None = until("Only activities whose last day is this one or earlier.", "latest")
    text: str | None = holds("Only activities whose description holds these words, in any case.", "description")
    has_evidence: bool | None = has(
        "Only activities with evidence that they are done, or with false only the others.", "evidence_id"
    )
