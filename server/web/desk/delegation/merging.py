"""Make one draft of two: choose the other one, read both, and write what goes on."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from server.web.desk.comments.excerpts import shorten
from server.web.desk.delegation.speaking import offer_of, own_party
from server.web.desk.visits import NothingHere, Visit, found

PAGE_SIZE = 50


async def show_merging(visit: Visit) -> Response:
    """Return the two drafts beside each other with a form, or the drafts to choose the other one from."""
    party = own_party(visit)
    comment = await _read_draft(visit, visit.query.get("comment", ""), party)
    if other_id := visit.query.get("with"):
        other = await _read_draft(visit, other_id, party)
        if other["id"] == comment["id"] or other["round"]["id"] != comment["round"]["id"]:
            raise NothingHere
        return visit.render("delegation/merge.html", party=party, comment=comment, other=other)
    conditions = {"roundId": [comment["round"]["id"]], "partyId": [party["id"]], "status": ["DRAFT"]}
    listed = await visit.read("PointList", filter=conditions, first=PAGE_SIZE, after=visit.query.get("after"))
    choices = [{**each, "runs": shorten(each["runs"])} for each in listed["comments"]["nodes"]]
    return visit.render(
        "delegation/merge.html",
        party=party,
        comment=comment,
        other=None,
        choices=[each for each in choices if each["id"] != comment["id"]],
        info=listed["comments"]["pageInfo"],
    )


async def _read_draft(visit: Visit, comment_id: str, party: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a draft of the party that can be changed. Raise NothingHere for anything else."""
    comment: Mapping[str, Any] = found((await visit.read("CommentDetail", id=comment_id))["comment"])
    offer = offer_of(comment, "REVISE_COMMENT")
    if comment["party"]["id"] != party["id"] or offer is None or not offer["isAllowed"]:
        raise NothingHere
    return comment
