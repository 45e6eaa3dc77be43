"""The work plan: checks of what people send, and what the calendar says of an activity. Pure."""

from datetime import UTC, date, datetime
from typing import Annotated, NamedTuple

from server.domain.workplan.periods import Period, read_period
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.workplan import ActivityStatus, ActivityTiming

DUE_SOON_DAYS = 14
"""An activity is due soon when its latest day is at most this many days away."""


class ActivityFacts(NamedTuple):
    """The facts of an activity that its rules and policy look at. `group_id` is the group its topic was given to."""

    status: ActivityStatus
    latest: date | None
    baseline_latest: date | None
    body_id: Annotated[str, "work_item.plan.body_id"]
    group_id: Annotated[str | None, "work_item.body_id"]


class PeriodFacts(NamedTuple):
    """The period of an activity as it stands now."""

    earliest: date | None
    latest: date | None
    label: str


class BaselineFacts(NamedTuple):
    """The period that an activity had in the paper it was read from."""

    earliest: Annotated[date | None, "baseline_earliest"]
    latest: Annotated[date | None, "baseline_latest"]
    label: Annotated[str, "baseline_label"]


class ItemFacts(NamedTuple):
    """The facts of a work item that its rules and policy look at."""

    body_id: Annotated[str, "plan.body_id"]
    group_id: Annotated[str | None, "body_id"]


SHORT_NAME_LIMIT = 30
"""Longest short name of a body with a work plan, in characters: its groups are named after it with a number."""

OFFICES = {
    "chair": FunctionKind.CHAIR,
    "co-chair": FunctionKind.CO_CHAIR,
    "co-lead": FunctionKind.COORDINATOR,
    "coordinator": FunctionKind.COORDINATOR,
    "co-ordinator": FunctionKind.COORDINATOR,
    "rapporteur": FunctionKind.RAPPORTEUR,
}
"""The functions as papers print them, in the singular. The work plan of September 2018 says co-lead for coordinator."""


def today_of(now: datetime) -> date:
    """Return the calendar day by which activities are judged: that of `now` in UTC."""
    return now.astimezone(UTC).date()


def office_of(words: str) -> FunctionKind | None:
    """Return the function that the last word of an entry names ("Sub-Group Co-Leads"), or None."""
    last = words.casefold().split()[-1:] or [""]
    return OFFICES.get(last[0].removesuffix("s"))


def period_of(label: str) -> tuple[Period, str]:
    """Return the period that a label prints, and the fault of the label in words: an open period if it has one."""
    try:
        return read_period(label), ""
    except ValueError as error:
        return Period(None, None, label), str(error)


def check_redating(period: Period, current: str) -> list[Issue]:
    """Return the fault of a re-dating that says no period, or the period as it is already."""
    if not period.label:
        return [Issue("period", IssueCode.EMPTY)]
    if period.label == current:
        return [Issue("period", IssueCode.NOTHING_CHANGES)]
    return []


def check_import(body_short_name: str, parent_short_name: str) -> list[Issue]:
    """Return every fault of the short names of a plan's body and its parent, which must fit their columns."""
    fields = (("bodyShortName", body_short_name), ("parentShortName", parent_short_name))
    issues = [
        Issue(path, IssueCode.LENGTH, limit=SHORT_NAME_LIMIT)
        for path, name in fields
        if not 1 <= len(name) <= SHORT_NAME_LIMIT or name != name.strip()
    ]
    if body_short_name == parent_short_name:
        issues.append(Issue("parentShortName", IssueCode.OWN_PARENT))
    return issues


def check_group(kind: BodyKind, parent_id: str | None, plan_body_id: str) -> list[Issue]:
    """Return the fault of a group for a topic unless it is an intersessional group of the plan's body."""
    if kind == BodyKind.INTERSESSIONAL_GROUP and parent_id == plan_body_id:
        return []
    return [Issue("to.bodyId", IssueCode.GROUP_UNFIT)]


def timing_of(facts: ActivityFacts, today: date) -> ActivityTiming:
    """Return what the calendar says of an activity today. The latest day itself is still in time."""
    if facts.status in (ActivityStatus.DONE, ActivityStatus.DROPPED):
        return ActivityTiming.SETTLED
    if facts.latest is None:
        return ActivityTiming.UNDATED
    days = (facts.latest - today).days
    if days < 0:
        return ActivityTiming.OVERDUE
    return ActivityTiming.DUE_SOON if days <= DUE_SOON_DAYS else ActivityTiming.ON_TIME


def slip_days_of(facts: ActivityFacts) -> int:
    """Return by how many days the latest day has moved from the baseline; 0 where either is not dated."""
    if facts.latest is None or facts.baseline_latest is None:
        return 0
    return (facts.latest - facts.baseline_latest).days
