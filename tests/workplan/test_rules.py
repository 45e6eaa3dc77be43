"""The life of an activity, what the calendar says, and what printed words name."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, ClassVar

import pytest

from server.documents.work_plan import ActivityRow
from server.domain.workplan import policy
from server.domain.workplan.actions.amending import differences
from server.domain.workplan.actions.names import Entry, Names, entries_of
from server.domain.workplan.periods import Period
from server.domain.workplan.rules import (
    ActivityFacts,
    check_group,
    check_import,
    check_redating,
    days_late_of,
    office_of,
    overdue_days_of,
    period_of,
    slip_days_of,
    timing_of,
    today_of,
)
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.bodies import BodyKind, FunctionKind
from server.vocabulary.workplan import ACTIVITY_LIFECYCLE, ActivityStatus, ActivityTiming
from server.wording.folding import fold_name

TODAY = date(2018, 9, 24)
OPEN = (ActivityStatus.NOT_STARTED, ActivityStatus.IN_PROGRESS)


def facts(
    status: ActivityStatus = ActivityStatus.NOT_STARTED, latest: date | None = None, baseline: date | None = None
) -> ActivityFacts:
    return ActivityFacts(status, latest, baseline, "BOD_plan", None)


@pytest.mark.parametrize("status", OPEN)
@pytest.mark.parametrize(
    ("latest", "timing"),
    [
        (None, ActivityTiming.UNDATED),
        (TODAY - timedelta(days=1), ActivityTiming.OVERDUE),
        (TODAY, ActivityTiming.DUE_SOON),
        (TODAY + timedelta(days=14), ActivityTiming.DUE_SOON),
        (TODAY + timedelta(days=15), ActivityTiming.ON_TIME),
    ],
)
def test_timing_of_an_open_activity_is_by_its_latest_day(
    status: ActivityStatus, latest: date | None, timing: ActivityTiming
) -> None:
    assert timing_of(facts(status, latest), TODAY) == timing


@pytest.mark.parametrize("status", [ActivityStatus.DONE, ActivityStatus.DROPPED])
@pytest.mark.parametrize("latest", [None, TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_timing_of_a_settled_activity_no_longer_matters(status: ActivityStatus, latest: date | None) -> None:
    assert timing_of(facts(status, latest), TODAY) == ActivityTiming.SETTLED


@pytest.mark.parametrize(
    ("latest", "baseline", "days"),
    [
        (date(2018, 10, 31), date(2018, 9, 30), 31),
        (date(2018, 8, 31), date(2018, 9, 30), -30),
        (date(2018, 9, 30), date(2018, 9, 30), 0),
        (None, date(2018, 9, 30), 0),
        (date(2018, 9, 30), None, 0),
    ],
)
def test_slip_is_counted_in_days_from_the_baseline(latest: date | None, baseline: date | None, days: int) -> None:
    assert slip_days_of(facts(latest=latest, baseline=baseline), date(2018, 1, 1)) == days


MAY = date(2018, 5, 31)


@pytest.mark.parametrize(
    ("status", "latest", "baseline", "settled", "late", "slip"),
    [
        (ActivityStatus.DONE, MAY, MAY, datetime(2026, 11, 28, tzinfo=UTC), 3103, 3103),
        (ActivityStatus.DONE, date(2018, 12, 31), MAY, datetime(2019, 1, 1, 23, tzinfo=UTC), 1, 215),
        (ActivityStatus.DONE, MAY, MAY, datetime(2018, 5, 21, tzinfo=UTC), 0, -10),
        (ActivityStatus.DONE, None, MAY, datetime(2018, 6, 1, tzinfo=UTC), 0, 1),
        (ActivityStatus.NOT_STARTED, MAY, MAY, None, 116, 116),
        (ActivityStatus.IN_PROGRESS, date(2018, 10, 1), MAY, None, 0, 123),
        (ActivityStatus.DROPPED, MAY, MAY, datetime(2019, 1, 1, tzinfo=UTC), 0, 0),
        (ActivityStatus.NOT_STARTED, None, MAY, None, 0, 0),
        (ActivityStatus.NOT_STARTED, MAY, None, None, 116, 0),
    ],
)
def test_days_late_are_counted_against_the_plan_and_against_the_baseline(
    status: ActivityStatus, latest: date | None, baseline: date | None, settled: datetime | None, late: int, slip: int
) -> None:
    known = facts(status, latest, baseline)._replace(settled_at=settled)

    assert (days_late_of(known, TODAY), slip_days_of(known, TODAY)) == (late, slip)


@pytest.mark.parametrize(
    ("status", "latest", "days"),
    [
        (ActivityStatus.NOT_STARTED, TODAY - timedelta(days=1), 1),
        (ActivityStatus.IN_PROGRESS, TODAY - timedelta(days=40), 40),
        (ActivityStatus.IN_PROGRESS, TODAY, 0),
        (ActivityStatus.NOT_STARTED, None, 0),
        (ActivityStatus.DONE, TODAY - timedelta(days=40), 0),
        (ActivityStatus.DROPPED, TODAY - timedelta(days=40), 0),
    ],
)
def test_days_overdue_are_counted_while_it_is_overdue(status: ActivityStatus, latest: date | None, days: int) -> None:
    assert overdue_days_of(facts(status, latest), TODAY) == days


def test_today_is_the_day_in_utc() -> None:
    evening_in_new_york = datetime(2018, 9, 23, 22, 0, tzinfo=timezone(timedelta(hours=-4)))

    assert today_of(evening_in_new_york) == date(2018, 9, 24)
    assert today_of(datetime(2018, 9, 24, 23, 59, 59, 999_999, tzinfo=UTC)) == date(2018, 9, 24)


MOVES = {
    "start_activity": {ActivityStatus.NOT_STARTED: ActivityStatus.IN_PROGRESS},
    "redate_activity": {status: status for status in OPEN},
    "complete_activity": dict.fromkeys(OPEN, ActivityStatus.DONE),
    "drop_activity": dict.fromkeys(OPEN, ActivityStatus.DROPPED),
    **{
        act: {status: status for status in OPEN}
        for act in ("correct_activity", "move_activity", "block_activity", "unblock_activity")
    },
}


@pytest.mark.parametrize("act", policy.ON_ACTIVITY, ids=lambda act: act.name)
@pytest.mark.parametrize("status", ActivityStatus)
def test_an_act_leads_from_a_state_or_is_refused_there(act: object, status: ActivityStatus) -> None:
    name = act.name  # type: ignore[attr-defined]
    target = MOVES[name].get(status)
    rule = act.when[0]  # type: ignore[attr-defined]

    obstacle = rule(facts(status), datetime(2018, 9, 24, tzinfo=UTC))

    if target is None:
        assert obstacle.code == "WRONG_STATE"
        with pytest.raises(KeyError):
            ACTIVITY_LIFECYCLE.target(name, status)
    else:
        assert obstacle is None
        towards = status if target == status else None
        assert ACTIVITY_LIFECYCLE.target(name, status, towards=towards) == target


def test_every_state_is_reached_and_only_finals_are_dead_ends() -> None:
    reached = {ACTIVITY_LIFECYCLE.initial} | {target for row in ACTIVITY_LIFECYCLE.rows for target in row.targets}
    left = {source for row in ACTIVITY_LIFECYCLE.rows for source in row.sources}

    assert reached == set(ActivityStatus)
    assert set(ActivityStatus) - left == ACTIVITY_LIFECYCLE.finals


@pytest.mark.parametrize(
    ("words", "function"),
    [
        ("Chair", FunctionKind.CHAIR),
        ("Co-Chairs", FunctionKind.CO_CHAIR),
        ("Co-Leads", FunctionKind.COORDINATOR),
        ("Sub-Group Co-Leads", FunctionKind.COORDINATOR),
        ("coordinators", FunctionKind.COORDINATOR),
        ("Rapporteur", FunctionKind.RAPPORTEUR),
        ("Secretariat", None),
        ("Chairs of tables", None),
        ("", None),
    ],
)
def test_office_is_read_from_the_last_word(words: str, function: FunctionKind | None) -> None:
    assert office_of(words) == function


@pytest.mark.parametrize(
    ("label", "entries"),
    [
        (
            "Co-Leads (Atland and CG)",
            [
                Entry("Co-Leads (Atland and CG)", FunctionKind.COORDINATOR, "Atland"),
                Entry("Co-Leads (Atland and CG)", FunctionKind.COORDINATOR, "CG"),
            ],
        ),
        (
            "Co-Leads (Atland and others)",
            [Entry("Co-Leads (Atland and others)", FunctionKind.COORDINATOR, "Atland")],
        ),
        ("Sub-Group (by post)", [Entry("Sub-Group (by post)", None, "Sub-Group")]),
        ("Secretariat", [Entry("Secretariat", None, "Secretariat")]),
        ("(Atland)", [Entry("(Atland)", None, "Atland")]),
        ("Co-Leads (Atland", [Entry("Co-Leads (Atland", None, "Co-Leads (Atland")]),
    ],
)
def test_bracketed_parties_make_an_entry_each(label: str, entries: list[Entry]) -> None:
    parties = {fold_name(name): name for name in ("Atland", "CG")}

    assert entries_of(label, Names(parties, None, {})) == entries


class Known:
    description = "Count the boats"
    label = "May 2018"
    baseline_label = "June 2018"
    remarks = ""
    printed: ClassVar[Any] = None


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({}, None),
        ({"timeline": " June 2018 "}, None),
        ({"timeline": "May 2018"}, None),
        ({"description": "Count boats"}, "Activity"),
        ({"responsible": ("CG",)}, "Responsible"),
        ({"timeline": "July 2018"}, "Timeline"),
        ({"remarks": "late"}, "Remarks"),
    ],
)
def test_a_row_that_differs_is_an_amendment_of_its_column(changed: dict[str, Any], column: str | None) -> None:
    step = ActivityRow(4, "Count the boats", ("CG (A and B)", "Atland"), "June 2018", "")

    amendments = differences(Known(), ["CG (A and B)", "CG (A and B)", "Atland"], step._replace(**changed))

    assert [(each.row, each.column) for each in amendments] == ([(4, column)] if column else [])


def test_period_of_gives_the_period_or_the_fault() -> None:
    assert period_of("May 2018") == (Period(date(2018, 5, 1), date(2018, 5, 31), "May 2018"), "")
    assert period_of("soon") == (
        Period(None, None, "soon"),
        "'soon' is not a period: 'soon' is not a day, a month, a season, a quarter or a year.",
    )


@pytest.mark.parametrize(
    ("label", "issues"),
    [
        ("June 2018", []),
        ("", [Issue("period", IssueCode.EMPTY)]),
        ("May 2018", [Issue("period", IssueCode.NOTHING_CHANGES)]),
    ],
)
def test_a_redating_says_something_new(label: str, issues: list[Issue]) -> None:
    assert check_redating(Period(None, None, label), "May 2018") == issues


@pytest.mark.parametrize(
    ("body", "parent", "paths"),
    [
        ("WGEC", "PTC", []),
        ("X" * 30, "PTC", []),
        ("X" * 31, "PTC", ["bodyShortName"]),
        (" ", "", ["bodyShortName", "parentShortName"]),
        ("WGEC ", "PTC", ["bodyShortName"]),
        ("PTC", "PTC", ["parentShortName"]),
    ],
)
def test_bodies_of_an_import_are_named(body: str, parent: str, paths: list[str]) -> None:
    assert [issue.path for issue in check_import(body, parent)] == paths


@pytest.mark.parametrize("kind", BodyKind)
@pytest.mark.parametrize("parent_id", ["BOD_plan", "BOD_other", None])
def test_a_topic_goes_to_an_intersessional_group_of_its_body(kind: BodyKind, parent_id: str | None) -> None:
    fits = kind == BodyKind.INTERSESSIONAL_GROUP and parent_id == "BOD_plan"

    assert [issue.path for issue in check_group(kind, parent_id, "BOD_plan")] == ([] if fits else ["to.bodyId"])
