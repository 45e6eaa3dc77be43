"""Rows of the first page: which tasks are one row, in which order, and where they lead. No database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from server.web.desk.comments.excerpts import shorten
from server.web.desk.home.duties import gather

NOW = datetime(2018, 9, 24, 9, tzinfo=UTC)


def task(act: str, due: str | None = None, **changed: Any) -> dict[str, Any]:
    """Return a task as its operation gives it, on an object with the id "X"."""
    plain = {"act": act, "title": act.title(), "place": None, "dueAt": due, "why": "", "subject": {"id": "X"}}
    return plain | changed


def draft(identifier: str, round_id: str, due: str = "2018-10-01T00:00:00Z") -> dict[str, Any]:
    """Return the task to clear a draft in a round."""
    return task("CLEAR_COMMENT", due, subject={"id": identifier, "round": {"id": round_id}})


def test_rows_come_overdue_soon_holding_later_and_undated() -> None:
    undated = task("RECORD_VIEW")
    later = task("REGISTER_PROPOSAL", "2019-03-28T00:00:00Z")
    holding = task("SETTLE_CONFLICT", subject={"id": "X", "consolidation": {"id": "C"}})
    soon = draft("D", "R")
    overdue = task("COMPLETE_ACTIVITY", "2018-09-24T00:00:00Z", subject={"id": "X", "workItem": {"id": "W"}})

    duties = gather([undated, later, holding, soon, overdue], NOW)

    assert [duty.task for duty in duties] == [overdue, soon, holding, later, undated]
    assert [duty.is_overdue for duty in duties] == [True, False, False, False, False]
    assert [duty.is_holding for duty in duties] == [False, False, True, False, False]


def test_drafts_of_one_round_are_one_row_and_those_of_two_rounds_are_two() -> None:
    duties = gather([draft("A", "R1"), draft("B", "R2"), draft("C", "R1")], NOW)

    assert [(duty.number, duty.address) for duty in duties] == [
        (2, "/delegation?round=R1"),
        (1, "/delegation?round=R2"),
    ]


@pytest.mark.parametrize(
    ("number", "address"), [(1, "/conflicts/0"), (2, "/consolidations/C")], ids=["one conflict", "several"]
)
def test_one_conflict_leads_to_its_own_page(number: int, address: str) -> None:
    subjects = [{"id": str(place), "consolidation": {"id": "C"}} for place in range(number)]

    (duty,) = gather([task("SETTLE_CONFLICT", subject=subject) for subject in subjects], NOW)

    assert duty.address == address


def test_a_task_without_a_subject_has_no_address() -> None:
    (duty,) = gather([task("RECORD_VIEW", subject=None)], NOW)

    assert duty.address == ""


def run(kind: str, text: str) -> dict[str, str]:
    """Return a run of words."""
    return {"kind": kind, "text": text}


def test_words_far_from_a_change_are_left_out_and_the_change_is_whole() -> None:
    long, change = "word " * 200, "changed " * 100

    shown = shorten([run("KEEP", long), run("INSERT", change), run("KEEP", long)])

    assert shown[1]["text"] == change
    assert shown[0]["text"].startswith(" … word ")
    assert shown[2]["text"].endswith("word … ")
    assert all(len(each["text"]) < 200 for each in (shown[0], shown[2]))


def test_words_between_two_changes_keep_both_ends() -> None:
    between = f"first {'word ' * 200}last"

    shown = shorten([run("INSERT", "a"), run("KEEP", between), run("DELETE", "b")])

    assert shown[1]["text"].startswith("first ")
    assert shown[1]["text"].endswith(" last")
    assert len(shown[1]["text"]) < 400


def test_a_short_provision_stays_as_it_is() -> None:
    runs = [run("KEEP", "Parcels "), run("INSERT", "shall"), run("KEEP", " leave.")]

    assert shorten(runs) == runs
