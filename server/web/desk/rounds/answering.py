"""Who has answered a round: the parties with filters, the counts, and the reminders to the silent."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

PAGE_SIZE = 50
FILTERS = {"state": "TurnoutState", "capacity": "Capacity", "region": "Region"}
"""Conditions that the address may hold, with the enumeration of their values."""
STATES = ("ANSWERED", "DECLARED_NONE", "DRAFTING", "SILENT")
DIMENSIONS = ("Capacity", "Region", "Language")


class Count(NamedTuple):
    """How many parties with one value in common are asked, have answered, and have declared that they have none."""

    value: str | None
    asked: int
    answered: int
    declared: int

    @property
    def silent(self) -> int:
        """How many have done neither."""
        return self.asked - self.answered - self.declared


async def show_turnout(visit: Visit) -> Response:
    """Return who has answered a round, as far as the visitor may know."""
    round_id = visit.parameter("id")
    chosen = {name: value for name in FILTERS if (value := visit.query.get(name, ""))}
    conditions = {name: [value] for name, value in chosen.items()}
    variables = {"roundId": [round_id], "filter": conditions, "first": PAGE_SIZE, "after": visit.query.get("after")}
    answer = await visit.read("WhoHasAnswered", id=round_id, **variables)
    round_ = found(answer["round"])
    part = round_["participation"]
    return visit.render(
        "rounds/turnout.html",
        round=round_,
        states=dict.fromkeys(STATES, 0) | {group["value"]: group["count"] for group in answer["byState"]},
        tables={name: _count(answer, name) for name in DIMENSIONS},
        chosen=chosen,
        offer=next((each for each in part["availableActs"] if each["act"] == "REMIND_SILENT"), None) if part else None,
    )


def _count(answer: Mapping[str, Sequence[Mapping[str, Any]]], name: str) -> list[Count]:
    """Return the counts by one dimension, those of which the register does not say it at the end."""
    answered, declared = (
        {group["value"]: group["count"] for group in answer[f"{part}By{name}"]} for part in ("answered", "declared")
    )
    counts = [
        Count(group["value"], group["count"], answered.get(group["value"], 0), declared.get(group["value"], 0))
        for group in answer[f"by{name}"]
    ]
    return sorted(counts, key=lambda count: (count.value is None, -count.asked, count.value or ""))


TURNOUT_PAGE = Page("/rounds/{id}/turnout", show_turnout, acts=frozenset({"remindSilent"}))
