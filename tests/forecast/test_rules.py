"""How groups stand, the way back from a Council, and what is said of a move."""

from datetime import date, timedelta

import pytest

from server.domain.forecast.rules.backwards import MOST_DAYS, Gaps, Meeting, check_gaps, plan_back
from server.domain.forecast.rules.health import OpenStep, Tally, count_steps
from server.domain.forecast.rules.network import Link, PlanStep
from server.domain.forecast.rules.outlooks import Miss, Shift, lead_to, move, oversee
from server.domain.forecast.rules.planned import describe_open, papers_day, papers_day_of_step
from server.domain.forecast.rules.words import say_shift
from server.domain.sittings.rules.meeting import DocumentFacts
from server.domain.workplan.due import DueFacts, due_period
from server.vocabulary.forecast import BackStep, GroupState, MissKind

TODAY = date(2026, 11, 28)
COUNCIL_DAY = TODAY + timedelta(days=100)
COUNCIL = Meeting("SIT_council", date(2027, 6, 24), date(2027, 6, 26))


@pytest.mark.parametrize(
    ("tally", "state"),
    [
        (Tally(settled=3), GroupState.NOTHING_OPEN),
        (Tally(open=2, undated=2), GroupState.UNDATED),
        (Tally(open=2, undated=1), GroupState.ON_COURSE),
        (Tally(open=2, due_soon=1), GroupState.ON_COURSE),
        (Tally(open=2, slipped=1), GroupState.MOVED),
        (Tally(open=2, slipped=1, overdue=1), GroupState.NEEDS_TIME),
        (Tally(open=2, undated=2, blocked=1), GroupState.NEEDS_TIME),
        (Tally(open=2, overdue=1, at_risk=1), GroupState.AT_RISK),
    ],
)
def test_a_group_stands_as_the_worst_of_what_is_open(tally: Tally, state: GroupState) -> None:
    assert tally.state == state


def test_settled_steps_count_as_nothing_else() -> None:
    steps = [
        OpenStep("A", True, is_dated=True, is_overdue=True, is_at_risk=True, slip=9),
        OpenStep("A", False, is_dated=True, is_overdue=True, slip=-4),
        OpenStep("B", False),
    ]

    assert count_steps(steps) == {
        "A": Tally(settled=1, open=1, overdue=1),
        "B": Tally(open=1, undated=1),
    }


def test_what_was_due_eight_years_ago_is_late_against_plan_and_against_the_first_plan() -> None:
    step = PlanStep("ACT", date(2018, 5, 1), date(2018, 11, 28), baseline_on=date(2018, 5, 31))

    path = lead_to([step], [], TODAY, COUNCIL)

    (outlook,) = path.steps
    assert (outlook.delay, outlook.slip, outlook.expected_on) == (2922, 3103, TODAY)
    assert describe_open(step, TODAY, False) == OpenStep("", False, is_dated=True, is_overdue=True, slip=3103)


@pytest.mark.parametrize(
    ("days", "overdue", "soon"), [(-1, True, False), (0, False, True), (14, False, True), (15, False, False)]
)
def test_the_last_day_itself_is_in_time(days: int, overdue: bool, soon: bool) -> None:
    step = describe_open(PlanStep("ACT", None, TODAY + timedelta(days=days)), TODAY, False)

    assert (step.is_overdue, step.is_due_soon) == (overdue, soon)


def test_papers_are_in_as_the_body_has_set_it_else_as_usual() -> None:
    assert papers_day(DocumentFacts(date(2027, 4, 26), None), 49) == date(2027, 3, 8)
    assert papers_day(DocumentFacts(date(2027, 4, 26), 30), 49) == date(2027, 3, 27)
    assert papers_day(DocumentFacts(date(2027, 4, 26), 0), 49) == date(2027, 4, 26)


def test_what_a_sitting_takes_has_its_deadline_and_a_deadline_before_it_has_no_other() -> None:
    sitting = DocumentFacts(date(2027, 4, 26), None)

    assert [papers_day_of_step(sitting, days, 49) for days in (0, 2)] == [date(2027, 3, 8)] * 2
    assert papers_day_of_step(sitting, -49, 49) is None


def test_the_way_back_from_a_council_takes_the_last_sitting_that_leaves_the_gap() -> None:
    spring = Meeting("SIT_spring", date(2027, 4, 26), date(2027, 4, 29))
    late = Meeting("SIT_late", date(2027, 5, 3), date(2027, 5, 6))
    past = Meeting("SIT_past", date(2026, 10, 1), date(2026, 10, 5))

    marks = plan_back(COUNCIL, Gaps(), [past, spring, late], TODAY)

    assert [(mark.step, mark.latest_on.isoformat(), mark.days_left, mark.meeting_id) for mark in marks] == [
        (BackStep.ROUND_OPENS, "2026-12-10", 12, "SIT_spring"),
        (BackStep.ROUND_CLOSES, "2027-02-08", 72, "SIT_spring"),
        (BackStep.COMMITTEE_PAPERS, "2027-03-08", 100, "SIT_spring"),
        (BackStep.COMMITTEE_ENDS, "2027-04-29", 152, "SIT_spring"),
        (BackStep.COUNCIL_PAPERS, "2027-05-06", 159, ""),
        (BackStep.COUNCIL_OPENS, "2027-06-24", 208, ""),
    ]


def test_the_way_back_has_the_deadline_of_each_body() -> None:
    spring = Meeting("SIT_spring", date(2027, 4, 26), date(2027, 4, 29), 30)

    marks = {mark.step: mark.latest_on for mark in plan_back(COUNCIL, Gaps(), [spring], TODAY)}

    assert marks[BackStep.COMMITTEE_PAPERS] == date(2027, 3, 27)
    assert marks[BackStep.ROUND_CLOSES] == date(2027, 2, 27)
    assert marks[BackStep.COUNCIL_PAPERS] == date(2027, 5, 6)


def test_without_a_sitting_the_gap_sets_the_day_and_too_late_is_negative() -> None:
    marks = plan_back(Meeting("SIT", COUNCIL_DAY, COUNCIL_DAY), Gaps(56, 49, 0, 10), [], TODAY)

    assert [mark.days_left for mark in marks] == [-15, -5, -5, 44, 51, 100]


def test_gaps_are_0_to_two_years() -> None:
    assert check_gaps(Gaps()) == check_gaps(Gaps(0, MOST_DAYS, 0, 0)) == []
    assert [issue.path for issue in check_gaps(Gaps(-1, MOST_DAYS + 1, 0, -9))] == [
        "committeeToCouncilDays",
        "papersDays",
        "roundDays",
    ]


def plan(**at: date | None) -> list[PlanStep]:
    return [PlanStep(name, None, day, plan_id="P", group_id="G") for name, day in at.items()]


def test_a_plan_without_a_step_at_a_sitting_is_held_against_the_council_by_its_last_steps() -> None:
    """The plan as it is read from a paper: nothing waits for anything, and one activity is for June and July."""
    steps = plan(first=date(2027, 3, 31), last=date(2027, 7, 31), undated=None)
    links = [Link("first", "undated")]

    overview = oversee(steps, links, TODAY, COUNCIL)

    assert overview.misses == [Miss(MissKind.DAY, "last", COUNCIL.starts_on, 37, "last", "SIT_council", "G")]
    assert overview.whole == Tally(open=3, undated=1, at_risk=1) == dict(overview.groups)["G"]
    assert oversee(steps, links, TODAY, None).misses == []
    path = lead_to(steps, links, TODAY, COUNCIL)
    assert (path.left, path.is_assumed, [step.step_id for step in path.chain]) == (-37, True, ["last"])


def test_a_move_earlier_moves_what_stands_at_the_sitting_and_misses_what_is_planned_for_it() -> None:
    paper = PlanStep("paper", None, date(2027, 3, 5))
    taken = PlanStep("taken", date(2027, 4, 26), date(2027, 4, 26), anchor_id="SIT_ptc", papers_on=date(2027, 3, 8))
    steps = [paper, taken._replace(is_at_sitting=True)]

    shift = move(steps, [Link("paper", "taken")], TODAY, None, "SIT_ptc", -7)

    assert [(each.step_id, each.delay, each.expected_on) for each in shift.moved] == [("taken", -7, date(2027, 4, 19))]
    assert shift.misses == [Miss(MissKind.PAPERS, "taken", date(2027, 3, 1), 4, "paper", "SIT_ptc")]


def test_a_move_is_said_with_what_it_misses_and_the_sittings_at_risk() -> None:
    titles = {"paper": "Paper for the PTC", "a": "One", "b": "Two"}
    sittings = {"SIT_ptc": "PTC, 26 April 2027", "SIT_council": "Council, 24 June 2027"}
    papers = Miss(MissKind.PAPERS, "taken", date(2027, 3, 8), 12, "paper", "SIT_ptc")
    follows = Miss(MissKind.FOLLOWS, "adopted", date(2027, 6, 24), 0, "taken", "SIT_council")
    quiet = Shift([], [])

    assert say_shift("Round R3", 21, Shift([None] * 3, [papers, follows]), titles, sittings) == (  # type: ignore[list-item]
        "Round R3, 21 days later, moves 3 steps. It moves 'Paper for the PTC' 12 days past 8 March 2027, the document "
        "deadline of PTC, 26 April 2027. At risk: PTC, 26 April 2027; Council, 24 June 2027."
    )
    assert say_shift("Round R3", -1, quiet, {}, {}) == (
        "Round R3, 1 day earlier, moves 0 steps. No sitting is at risk by it."
    )
    many = Shift([], [papers._replace(kind=MissKind.DAY, cause_id="a", days=days) for days in range(5)])
    assert "2 more miss their day." in say_shift("Round R3", 21, many, titles, sittings)


def test_days_at_the_end_of_the_calendar_are_foreseen() -> None:
    """No act takes such a day any more; what an earlier release took is still read."""
    end = date.max
    steps = [PlanStep("late", end, end), PlanStep("taken", end, end, anchor_id="SIT_far", is_at_sitting=True)]
    links = [Link("late", "taken")]

    shift = move(steps, links, TODAY, COUNCIL, "late", 700)

    assert [(each.step_id, each.expected_on) for each in shift.moved] == [("late", end)]
    assert [(miss.due_on, miss.days) for miss in shift.misses] == [(end, 700)]
    assert due_period(DueFacts(None, None, "", 5, end, end, None, None)).latest == end
    councils = [Meeting("", day, day) for day in (date(1, 1, 5), end)]
    assert [len(plan_back(council, Gaps(), [], TODAY)) for council in councils] == [6, 6]


def test_a_missed_day_is_said_once_with_what_it_is_the_day_of() -> None:
    """Two milestones 49 days before a sitting that wait for one activity, and one at the sitting itself."""
    titles = {"text": "One text", "a": "Paper", "b": "Annex", "ptc": "PTC takes it"}
    sittings = {"SIT_ptc": "PTC, 11 February 2027"}
    paper = Miss(MissKind.DAY, "a", date(2026, 12, 24), 16, "text", "SIT_ptc")
    taken = Miss(MissKind.DAY, "ptc", date(2027, 2, 11), 3, "text", "SIT_ptc")

    def said(*misses: Miss) -> str:
        return say_shift("R3", 21, Shift([], list(misses)), titles, sittings)

    assert said(paper, paper._replace(step_id="b"), taken, taken) == (
        "R3, 21 days later, moves 0 steps. "
        "It moves 'One text' 16 days past 24 December 2026, the day of 'Paper' for PTC, 11 February 2027. "
        "It moves 'One text' 16 days past 24 December 2026, the day of 'Annex' for PTC, 11 February 2027. "
        "It moves 'One text' 3 days past PTC, 11 February 2027. "
        "At risk: PTC, 11 February 2027."
    )
    assert "3 days past 1 March 2027. No" in said(
        taken._replace(due_on=date(2027, 3, 1), cause_id="ptc", sitting_id="")
    )
