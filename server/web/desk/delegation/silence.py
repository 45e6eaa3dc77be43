"""Declare that the visitor's party has no comment: what that means, and the button."""

from starlette.responses import Response

from server.web.desk.delegation.speaking import offer_of, own_party
from server.web.desk.visits import Visit, found


async def show_no_comment(visit: Visit) -> Response:
    """Return the page that asks once more before the declaration is made."""
    party = own_party(visit)
    variables = {"roundId": visit.query.get("round", ""), "partyId": [party["id"]]}
    round_ = found((await visit.read("DelegationBoard", **variables))["round"])
    return visit.render(
        "delegation/no_comment.html",
        party=party,
        round=round_,
        drafts=sum(round_[name]["totalCount"] for name in ("written", "ready", "cleared")),
        offer=offer_of(round_["participation"], "DECLARE_NO_COMMENT"),
    )
