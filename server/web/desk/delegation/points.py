"""What became of what a party asked: every comment, its answer, and the words that stand now."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from server.web.desk.comments.excerpts import shorten
from server.web.desk.delegation.speaking import own_party
from server.web.desk.visits import Visit

PAGE_SIZE = 50
VIEWS: Mapping[str, Mapping[str, Any]] = {
    "all": {},
    "answered": {"hasDisposition": True},
    "waiting": {"status": ["SUBMITTED", "DISPOSITION_PROPOSED"]},
    "refused": {"verdict": ["NOT_ACCEPTED", "OUT_OF_SCOPE", "DEFERRED", "REFERRED"]},
}
"""The conditions of each view of the page."""


async def show_points(visit: Visit) -> Response:
    """Return the filed comments of the visitor's party, of every round or of one."""
    party = own_party(visit)
    view = visit.query.get("view", "all")
    view = view if view in VIEWS else "all"
    chosen = visit.query.get("round", "")
    within = {"partyId": [party["id"]]} | ({"roundId": [chosen]} if chosen else {})
    conditions = {**within, "isSubmitted": True, "isReplaced": False, **VIEWS[view]}
    listed, counts, rounds = await visit.read_all(
        ("PointList", {"filter": conditions, "first": PAGE_SIZE, "after": visit.query.get("after")}),
        ("PointCounts", within),
        ("RoundsOfParty", {"partyId": [party["id"]]}),
    )
    points = listed["comments"]
    return visit.render(
        "delegation/points.html",
        party=party,
        points=[_show(comment) for comment in points["nodes"]],
        info=points["pageInfo"],
        counts={name: each["totalCount"] for name, each in counts.items() if name != "__typename"},
        rounds=_list_rounds(rounds),
        chosen=chosen,
        view=view,
        views=list(VIEWS),
    )


def _list_rounds(listed: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """Return the rounds in which the party filed something, be it withdrawn since."""
    rounds = (*listed["viewer"]["asked"]["nodes"], *listed["rounds"]["nodes"])
    return [each for each in rounds if each["filed"]["totalCount"] or each["withdrawn"]["totalCount"]]


def _show(comment: Mapping[str, Any]) -> dict[str, Any]:
    """Return a comment with its words shortened to what stands around each change."""
    outcome = comment["outcome"]
    if outcome:
        outcome = {**outcome, "runs": shorten(outcome["runs"])}
    return {**comment, "runs": shorten(comment["runs"]), "outcome": outcome}
