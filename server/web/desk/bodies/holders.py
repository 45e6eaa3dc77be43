"""Who holds which function in a body: today, from a later day on, and before; and when its mandate lapsed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from server.web.look.times import day_of

Function = Mapping[str, Any]

LEADING = ("CHAIR", "CO_CHAIR", "COORDINATOR")
"""The kinds of functions by which a party leads a body, in the order in which they are shown."""


def sort_functions(functions: Iterable[Function], today: date) -> dict[str, list[Function]]:
    """Return functions by when they are held: `now`, `later` or `before`."""
    sorted_: dict[str, list[Function]] = {"now": [], "later": [], "before": []}
    for function in functions:
        sorted_[when_held(function, today)].append(function)
    return sorted_


def when_held(function: Function, today: date) -> str:
    """Return `now`, `later` or `before`. The last day itself is held."""
    ends_on = function["endsOn"]
    if function.get("endedAt") or (ends_on and day_of(ends_on) < today):
        return "before"
    return "later" if day_of(function["startsOn"]) > today else "now"


def leaders_of(functions: Iterable[Function]) -> list[Function]:
    """Return the functions by which a body is led, the chair first."""
    leading = (function for function in functions if function["kind"] in LEADING)
    return sorted(leading, key=lambda function: LEADING.index(function["kind"]))


def co_leaders(functions: Sequence[Function], party_id: str) -> list[str] | None:
    """Return the short names of those with whom a party leads a body; None if it does not lead it."""
    leaders = {function["party"]["id"]: function["party"]["shortName"] for function in leaders_of(functions)}
    if party_id not in leaders:
        return None
    return [name for id_, name in leaders.items() if id_ != party_id]


def lapse_of(body: Mapping[str, Any], today: date) -> str | None:
    """Return the last day of the mandate of a body that was neither extended nor concluded; None if it goes on."""
    ends = [mandate["endsOn"] for mandate in body["mandates"]["nodes"]]
    if body["concludedOn"] or not ends or None in ends:
        return None
    last = str(max(ends))
    return last if day_of(last) < today else None
