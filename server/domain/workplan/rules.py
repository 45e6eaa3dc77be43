"""The work plan: checks of what people send, and what the calendar says of an activity. Pure."""

from datetime import UTC, date, datetime
from typing import Annotated, NamedTuple

from server.domain.workplan.periods import Period, read_period
from server.kernel.acts import Obstacle
from server.kernel.days import EARLIEST
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.workplan import OPEN_ACTIVITY, ActivityStatus, ActivityTiming

DUE_SOON_DAYS = 14
"""An activity is due soon when its latest day is at most this many days away."""


class ActivityFacts(NamedTuple):
    """The facts of an activity that its rules and policy look at. `group_id` is the group its topic was given to."""

    status: ActivityStatus
    latest: date | None
    baseline_latest: date | None
    body_id: Annotated[str, "work_item.plan.body_id"]
    group_id: Annotated[str | None, "work_item.body_id"]
    settled_at: datetime | None = None
    blocked_at: datetime | None = None


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
    dropped_at: datetime | None = None
    closed_at: Annotated[datetime | None, "plan.closed_at"] = None


class PlanFacts(NamedTuple):
    """The facts of a work plan that its rules and policy look at."""

    body_id: str
    closed_at: datetime | None


LONGEST_NAME = 500
"""Longest title of a plan or a topic and description of an activity, in characters."""
MOST_ROWS = 1_000
"""Highest number of a topic, and highest place of an activity in a topic."""


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
        return Period(None, None, label.strip()), str(error)


def check_period(label: str, *, can_keep_words: bool) -> tuple[Period, list[Issue]]:
    """Return the period that a label prints, and its fault; with `can_keep_words` any words are one without days."""
    period, fault = period_of(label)
    return period, [Issue("period", IssueCode.UNREADABLE, why=fault)] if fault and not can_keep_words else []


def while_plan_is_open(facts: PlanFacts | ItemFacts, now: datetime) -> Obstacle | None:
    """Refuse acts on a plan that was closed when the next one took over what was open."""
    if facts.closed_at is None:
        return None
    message = "This plan is closed: the next plan of the body took over what was open."
    return Obstacle(RefusalCode.WRONG_STATE, message, "Acts on a plan are for the present plan of its body.")


def while_item_is_open(facts: ItemFacts, now: datetime) -> Obstacle | None:
    """Refuse acts on a topic that was given up."""
    if facts.dropped_at is None:
        return while_plan_is_open(facts, now)
    message = "This topic was given up."
    return Obstacle(RefusalCode.WRONG_STATE, message, "Acts on a topic are for one that was not given up.")


def unless_blocked(facts: ActivityFacts, now: datetime) -> Obstacle | None:
    """Refuse to block what waits already."""
    if facts.blocked_at is None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "It waits already: say first that it waits no longer.")


def while_blocked(facts: ActivityFacts, now: datetime) -> Obstacle | None:
    """Refuse to free what waits for nothing."""
    if facts.blocked_at is not None:
        return None
    return Obstacle(RefusalCode.ALREADY_DONE, "It waits for nothing.")


def check_name(path: str, name: str, limit: int = LONGEST_NAME) -> list[Issue]:
    """Return the fault of a name that is empty or too long."""
    if not name.strip():
        return [Issue(path, IssueCode.EMPTY)]
    return [Issue(path, IssueCode.TOO_LONG, limit=limit)] if len(name.strip()) > limit else []


def check_reason(reason: str) -> list[Issue]:
    """Return the fault of a reason that says nothing."""
    return [] if reason.strip() else [Issue("reason", IssueCode.REASON_MISSING)]


def check_number(path: str, number: int) -> list[Issue]:
    """Return the fault of a number of a topic, or of a place in it, that is out of range."""
    return [] if 1 <= number <= MOST_ROWS else [Issue(path, IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=MOST_ROWS)]


def check_place(position: int, most: int) -> list[Issue]:
    """Return the fault of a place in a topic that has `most` places."""
    return [] if 1 <= position <= most else [Issue("position", IssueCode.NUMBER_OUT_OF_RANGE, least=1, most=most)]


def check_decided_on(day: date, now: datetime) -> list[Issue]:
    """Return the fault of the day on which a plan was agreed, which cannot lie in the future."""
    today = today_of(now)
    if day <= today:
        return []
    return [Issue("decidedOn", IssueCode.DAY_OUT_OF_RANGE, earliest=f"{EARLIEST}", latest=f"{today}")]


def check_redating(period: Period, current: str) -> list[Issue]:
    """Return the fault of a re-dating that says no period, or the period as it is already."""
    if not period.label:
        return [Issue("period", IssueCode.EMPTY)]
    if period.label == current:
        return [Issue("period", IssueCode.NOTHING_CHANGES)]
    return []


def check_age(day: date | None, since: date | None) -> list[Issue]:
    """Return the fault of evidence that came about before the step was planned which it is to show done.

    Either day is None where it is not known, and then there is no fault.
    """
    if day is None or since is None or day >= since:
        return []
    return [Issue("evidenceId", IssueCode.EVIDENCE_OLDER, day=f"{day}", earliest=f"{since}")]


def check_import(
    body_short_name: str, parent_short_name: str, decided_on: date | None = None, now: datetime | None = None
) -> list[Issue]:
    """Return every fault of the short names of a plan's body and its parent, which must fit their columns.

    The day on which the plan was decided, if it is said, must not lie after `now`.
    """
    fields = (("bodyShortName", body_short_name), ("parentShortName", parent_short_name))
    issues = [
        Issue(path, IssueCode.LENGTH, limit=SHORT_NAME_LIMIT)
        for path, name in fields
        if not 1 <= len(name) <= SHORT_NAME_LIMIT or name != name.strip()
    ]
    if body_short_name == parent_short_name:
        issues.append(Issue("parentShortName", IssueCode.OWN_PARENT))
    return issues + (check_decided_on(decided_on, now) if decided_on and now else [])


def check_group(kind: BodyKind, parent_id: str | None, plan_body_id: str, path: str = "to.bodyId") -> list[Issue]:
    """Return the fault of a group for a topic unless it is an intersessional group of the plan's body."""
    if kind == BodyKind.INTERSESSIONAL_GROUP and parent_id == plan_body_id:
        return []
    return [Issue(path, IssueCode.GROUP_UNFIT)]


def timing_of(facts: ActivityFacts, today: date) -> ActivityTiming:
    """Return what the calendar says of an activity today. The latest day itself is still in time."""
    if facts.status not in OPEN_ACTIVITY:
        return ActivityTiming.SETTLED
    if facts.latest is None:
        return ActivityTiming.UNDATED
    days = (facts.latest - today).days
    if days < 0:
        return ActivityTiming.OVERDUE
    return ActivityTiming.DUE_SOON if days <= DUE_SOON_DAYS else ActivityTiming.ON_TIME


def overdue_days_of(facts: ActivityFacts, today: date) -> int:
    """Return for how many days an activity has been overdue; 0 if it is not."""
    if facts.latest is None or timing_of(facts, today) != ActivityTiming.OVERDUE:
        return 0
    return (today - facts.latest).days


def days_late_of(facts: ActivityFacts, today: date) -> int:
    """Return by how many days an activity is or was later than its period says; 0 in time, and without a last day.

    An activity that was done is judged by the day on which it was declared done, one that is overdue by today.
    """
    if facts.latest is None or facts.status in (ActivityStatus.DROPPED, ActivityStatus.CARRIED_OVER):
        return 0
    return max(0, (_end_of(facts, today) - facts.latest).days)


def slip_days_of(facts: ActivityFacts, today: date) -> int:
    """Return by how many days an activity is or was later than its baseline says; negative if earlier.

    It ends on the day on which it was declared done, today while it is overdue, and otherwise on the last day of its
    period. 0 where the baseline, or what is still to come, has no last day.
    """
    if facts.baseline_latest is None or (facts.latest is None and facts.status != ActivityStatus.DONE):
        return 0
    return (_end_of(facts, today) - facts.baseline_latest).days


def _end_of(facts: ActivityFacts, today: date) -> date:
    """Return the day on which an activity ended, or is to end by what is known today."""
    if facts.status == ActivityStatus.DONE and facts.settled_at is not None:
        return today_of(facts.settled_at)
    latest = facts.latest or today
    return max(latest, today) if facts.status in OPEN_ACTIVITY else latest
