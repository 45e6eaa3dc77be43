"""Filters and orders of the lists of nominations, promises, contributions, reports and silence procedures."""

from datetime import datetime

import strawberry

from server.domain.groups import queries as groups
from server.domain.silence import queries as silence
from server.schema.reads.filters import before, conditions, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.groups import GroupReportStatus, NominationStatus, PromiseStatus, PromiseTiming
from server.vocabulary.silence import SilencePhase

NOMINATION_ORDERS = declare_orders(
    "NominationOrder",
    "nominations",
    {"NOMINATED_AT": Order("instant of nomination", EARLIEST, ("nominated_at", "id"))},
)
PROMISE_ORDERS = declare_orders(
    "GroupPromiseOrder", "promises", {"DUE_AT": Order("last instant", EARLIEST, ("due_at", "id"))}
)
CONTRIBUTION_ORDERS = declare_orders(
    "ContributionOrder",
    "contributions",
    {"CONTRIBUTED_AT": Order("instant of the contribution", EARLIEST, ("contributed_at", "id"))},
)
GROUP_REPORT_ORDERS = declare_orders(
    "GroupReportOrder", "reports", {"DRAFTED_AT": Order("instant of drafting", EARLIEST, ("drafted_at", "id"))}
)
SILENCE_ORDERS = declare_orders(
    "SilenceProcedureOrder",
    "silence procedures",
    {"EXPIRES_AT": Order("last instant", EARLIEST, ("expires_at", "id"))},
)


@conditions("nominations")
class NominationFilter:
    """Filter of `nominations`."""

    status: list[NominationStatus] | None = one_of("Only nominations in one of these statuses.", "status")
    body_id: list[strawberry.ID] | None = one_of("Only nominations in one of the bodies with these ids.", "body_id")
    party_id: list[strawberry.ID] | None = one_of("Only nominations of one of the parties with these ids.", "party_id")


@conditions("promises")
class GroupPromiseFilter:
    """Filter of `groupPromises`."""

    status: list[PromiseStatus] | None = one_of("Only promises in one of these statuses.", "status")
    timing: list[PromiseTiming] | None = one_of(
        "Only promises that stand so to their last instant; those due soon count as AHEAD here.",
        condition=groups.in_timing,
    )
    body_id: list[strawberry.ID] | None = one_of("Only promises to one of the bodies with these ids.", "body_id")
    party_id: list[strawberry.ID] | None = one_of("Only promises of one of the parties with these ids.", "party_id")
    due_from: datetime | None = since("Only promises due at or after this instant.", "due_at")
    due_before: datetime | None = before("Only promises due before this instant.", "due_at")


@conditions("contributions")
class ContributionFilter:
    """Filter of `contributions` to a body."""

    party_id: list[strawberry.ID] | None = one_of(
        "Only contributions of one of the parties with these ids.", "party_id"
    )


@conditions("reports of groups")
class GroupReportFilter:
    """Filter of `reports` of a body."""

    status: list[GroupReportStatus] | None = one_of("Only reports in one of these statuses.", "status")


@conditions("silence procedures")
class SilenceProcedureFilter:
    """Filter of `silenceProcedures`."""

    phase: list[SilencePhase] | None = one_of("Only procedures in one of these phases now.", condition=silence.in_phase)
    body_id: list[strawberry.ID] | None = one_of("Only procedures of one of the bodies with these ids.", "body_id")
    subject_id: list[strawberry.ID] | None = one_of(
        "Only procedures about one of the objects with these ids.", "subject_id"
    )
    expires_from: datetime | None = since("Only procedures with a last instant at or after this one.", "expires_at")
    expires_before: datetime | None = before("Only procedures with a last instant before this one.", "expires_at")
