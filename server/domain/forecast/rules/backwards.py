"""Planning back from a sitting of the Council: the last day for each step on the way to it. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from server.domain.forecast.rules.planned import papers_day
from server.domain.sittings.rules.meeting import DocumentFacts
from server.kernel.days import shift_day
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.vocabulary.forecast import BackStep

MOST_DAYS = 730
"""Longest gap that can be asked for, in days."""


class Gaps(NamedTuple):
    """Days between the steps on the way to the Council.

    The first two were observed: the PTC ended on 29 April 2022 and on 27 April 2023, 56 and 57 days before the Council,
    and PC0690 was dated 49 days before its sitting. The others are assumed. `papers` counts where a body has set no
    days for its documents.
    """

    committee_to_council: int = 56
    papers: int = 49
    consolidation: int = 28
    round: int = 60


class Meeting(NamedTuple):
    """A recorded sitting of the committee or the Council; `document_days` are as its body has set them."""

    id: str
    starts_on: date
    ends_on: date
    document_days: int | None = None


class BackMark(NamedTuple):
    """The last day for a step. `meeting_id` is the recorded sitting that sets it, empty where a gap alone does.

    `days_left` counts from today and is negative where it is too late already.
    """

    step: BackStep
    latest_on: date
    days_left: int
    meeting_id: str = ""


def check_gaps(gaps: Gaps) -> list[Issue]:
    """Return the fault of each gap that is negative or too long."""
    names = {"committee_to_council": "committeeToCouncilDays", "papers": "papersDays"}
    names |= {"consolidation": "consolidationDays", "round": "roundDays"}
    return [
        Issue(names[field], IssueCode.NUMBER_OUT_OF_RANGE, least=0, most=MOST_DAYS)
        for field, days in gaps._asdict().items()
        if not 0 <= days <= MOST_DAYS
    ]


def plan_back(council: Meeting, gaps: Gaps, meetings: Sequence[Meeting], today: date) -> list[BackMark]:
    """Return the last day for each step on the way to a sitting of the Council, the first step first.

    The committee ends with the last of its recorded `meetings` that leaves the gap to the Council. Where none does it
    is taken to sit on the last day that would.
    """
    committee_by = shift_day(council.starts_on, -gaps.committee_to_council)
    meeting = max(
        (each for each in meetings if today <= each.starts_on and each.ends_on <= committee_by),
        key=lambda each: each.ends_on,
        default=Meeting("", committee_by, committee_by),
    )
    papers = _papers_of(meeting, gaps)
    closes = shift_day(papers, -gaps.consolidation)
    days = (
        (BackStep.ROUND_OPENS, shift_day(closes, -gaps.round), meeting.id),
        (BackStep.ROUND_CLOSES, closes, meeting.id),
        (BackStep.COMMITTEE_PAPERS, papers, meeting.id),
        (BackStep.COMMITTEE_ENDS, meeting.ends_on, meeting.id),
        (BackStep.COUNCIL_PAPERS, _papers_of(council, gaps), ""),
        (BackStep.COUNCIL_OPENS, council.starts_on, ""),
    )
    return [BackMark(step, day, (day - today).days, meeting_id) for step, day, meeting_id in days]


def _papers_of(meeting: Meeting, gaps: Gaps) -> date:
    """Return the document deadline of a sitting that is recorded or assumed."""
    due_on = papers_day(DocumentFacts(meeting.starts_on, meeting.document_days), gaps.papers)
    assert due_on is not None  # days are given for each body
    return due_on
