"""Make the rows of the first page from the tasks of a person: several of one kind in one row, the first to do first."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from server.web.look.times import instant_of

SOON = timedelta(days=14)
HOLDING = frozenset({"SETTLE_CONFLICT", "CONFIRM_READING", "ISSUE_VERSION", "PUBLISH_EDITION"})
"""Acts without which a version is not issued, or an edition not published."""
ADDRESSES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "ARRANGE_CLEARANCE": ("/delegation/practice", ()),
    "ACCEPT_NEIGHBOUR_INVITATION": ("/neighbour-invitations/{}", ("id",)),
    "ACCEPT_NOMINATION": ("/nominations/{}", ("id",)),
    "ACCEPT_PROMISE": ("/promises/{}", ("id",)),
    "APPROVE_MILESTONE_CHANGE": ("/milestone-changes/{}", ("id",)),
    "BREAK_SILENCE": ("/silence/{}", ("id",)),
    "CLEAR_COMMENT": ("/delegation?round={}", ("round", "id")),
    "COMPLETE_ACTIVITY": ("/plans/items/{}", ("workItem", "id")),
    "CONFIRM_CARRIED_COMMENT": ("/points?round={}", ("round", "id")),
    "CONFIRM_CO_SPONSORSHIP": ("/proposals/{}", ("proposal", "id")),
    "TAKE_OVER_PROPOSAL": ("/proposals/{}", ("proposal", "id")),
    "CONFIRM_READING": ("/consolidations/{}", ("id",)),
    "GIVE_ADVICE": ("/advice", ()),
    "ISSUE_VERSION": ("/texts/{}", ("id",)),
    "KEEP_PROMISE": ("/promises/{}", ("id",)),
    "PUBLISH_EDITION": ("/texts/{}", ("id",)),
    "SETTLE_ANSWER": ("/comments/{}/triage", ("comment", "id")),
    "DRAFT_COMMENT": ("/texts/{}", ("textVersion", "id")),
    "PROPOSE_ANSWERS": ("/rounds/{}/answers", ("id",)),
    "COMPLETE_ROUND": ("/rounds/{}", ("id",)),
    "REPORT_ROUND": ("/rounds/{}", ("id",)),
    "ANSWER_CALL": ("/calls/{}/answer", ("id",)),
    "FILE_ANSWERS": ("/calls/{}/answer", ("id",)),
    "CLOSE_CALL_EARLY": ("/calls/{}", ("id",)),
    "RECORD_ANSWERS": ("/rounds/{}/answers", ("id",)),
    "RECORD_VIEW": ("/proposals/{}", ("id",)),
    "REGISTER_PROPOSAL": ("/proposals/{}", ("id",)),
    "RESTATE_AMENDMENT": ("/proposals/{}", ("proposal", "id")),
    "REVISE_PROPOSAL": ("/proposals/{}", ("id",)),
    "SETTLE_CONFLICT": ("/consolidations/{}", ("consolidation", "id")),
    "SUBMIT_COMMENT": ("/texts/{}", ("textVersion", "id")),
    "SUBMIT_PROPOSAL": ("/proposals/{}", ("id",)),
}
"""The page on which tasks of an act are done, and the member of their subject that is its id."""
OF_ONE: Mapping[str, str] = {
    "COMPLETE_ACTIVITY": "/activities/{}",
    "CONFIRM_CARRIED_COMMENT": "/comments/{}",
    "SETTLE_CONFLICT": "/conflicts/{}",
}
"""The page of a single subject, where that of several is another."""


class Duty(NamedTuple):
    """What is asked of a person: tasks of one kind that are done on one page, the one due first at the front."""

    task: Mapping[str, Any]
    number: int
    address: str
    places: list[str]
    subjects: list[Mapping[str, Any]]
    is_holding: bool
    is_overdue: bool


def gather(tasks: Iterable[Mapping[str, Any]], now: datetime) -> list[Duty]:
    """Return the tasks as rows: overdue, due within 14 days, what holds something up, due later, undated."""
    alike: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for task in tasks:
        address = _address_of(task)
        alike.setdefault((task["act"], address or task["title"]), []).append(task)
    duties = [_unite(each, now) for each in alike.values()]
    return sorted(duties, key=lambda duty: (_rank(duty, now), duty.task["dueAt"] or "", duty.task["title"]))


def _unite(tasks: list[Mapping[str, Any]], now: datetime) -> Duty:
    first = min(tasks, key=lambda task: (task["dueAt"] is None, task["dueAt"] or ""))
    places = list(dict.fromkeys(task["place"] for task in tasks if task["place"]))
    overdue = first["dueAt"] is not None and instant_of(first["dueAt"]) <= now
    own_page = OF_ONE.get(first["act"]) if len(tasks) == 1 and first["subject"] else None
    address = own_page.format(first["subject"]["id"]) if own_page else _address_of(first)
    subjects = [task["subject"] for task in tasks if task["subject"]]
    return Duty(first, len(tasks), address, places, subjects, first["act"] in HOLDING, overdue)


def _address_of(task: Mapping[str, Any]) -> str:
    """Return the page on which a task is done, "" for one whose subject is gone."""
    pattern, path = ADDRESSES.get(task["act"], ("", ()))
    member = task["subject"]
    for name in path:
        member = member and member.get(name)
    return pattern.format(member) if member else ""


def _rank(duty: Duty, now: datetime) -> int:
    due = duty.task["dueAt"]
    if duty.is_overdue:
        return 0
    if due and instant_of(due) <= now + SOON:
        return 1
    if duty.is_holding:
        return 2
    return 3 if due else 4
