"""What meets a proposal, what was asked before it, the order of taking, and invitations between proponents."""

from typing import Any

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

ON_INVITATION = frozenset({"acceptNeighbourInvitation", "declineNeighbourInvitation"})
MEETING = ("CONFLICTS", "IDENTICAL", "CONTAINS", "CONTAINED", "DEPENDS_ON", "NEEDED_BY")
"""What two amendments are to each other where their proponents have something to talk about."""


async def show_neighbours(visit: Visit) -> Response:
    """Return the page of what meets a proposal."""
    on = visit.parameter("id")
    read, meeting, apart, own, others = await visit.read_all(
        ("ProposalDetail", {"id": on}),
        (
            "ProposalNeighbours",
            {"proposalId": on, "relations": MEETING, "first": 50, "after": visit.query.get("after")},
        ),
        ("ProposalNeighbours", {"proposalId": on, "relations": ["INDEPENDENT"], "first": 1}),
        ("NeighbourInvitationList", {"filter": {"proposalId": [on]}, "first": 50}),
        ("NeighbourInvitationList", {"filter": {"neighbourId": [on]}, "first": 50}),
    )
    proposal = found(read["proposal"])
    keys = {each["provisionKey"] for each in proposal["amendments"]["nodes"] if each["provisionKey"]}
    taking = await visit.read(
        "TakingOrder", textVersionId=proposal["currentVersion"]["id"], provisionKeys=sorted(keys), first=100
    )
    neighbours = found(meeting["neighbours"])
    return visit.render(
        "neighbours/neighbours.html",
        proposal=proposal,
        neighbours=neighbours,
        apart=found(apart["neighbours"])["pairs"]["totalCount"],
        others=_list_proposals(neighbours["pairs"]["nodes"], proposal),
        invitations=own["neighbourInvitations"]["nodes"] + others["neighbourInvitations"]["nodes"],
        taking=found(taking["takingOrder"])["provisions"]["nodes"],
    )


def _list_proposals(pairs: list[dict[str, Any]], own: dict[str, Any]) -> list[dict[str, Any]]:
    """Return each proposal of another party once, in the order in which they are met."""
    others = {pair["proposal"]["id"]: pair["proposal"] for pair in pairs}
    return [other for other in others.values() if other["party"]["id"] != own["party"]["id"]]


async def show_precedents(visit: Visit) -> Response:
    """Return the page of what was asked for before of the provisions that a proposal is about."""
    on = visit.parameter("id")
    read, known = await visit.read_all(
        ("ProposalDetail", {"id": on}),
        ("ProposalPrecedents", {"proposalId": on, "first": 20, "after": visit.query.get("after")}),
    )
    proposal = found(read["proposal"])
    return visit.render("neighbours/precedents.html", proposal=proposal, known=found(known["precedents"]))


async def show_invitation(visit: Visit) -> Response:
    """Return the page of an invitation."""
    invitation = found((await visit.read("NeighbourInvitationDetail", id=visit.parameter("id")))["neighbourInvitation"])
    return visit.render("neighbours/invitation.html", invitation=invitation)


def lead_to_invitation(_visit: Visit, _act: str, fact: dict[str, Any]) -> str:
    """Return the address of the invitation that was made."""
    return f"/neighbour-invitations/{fact['invitation']['id']}"


NEIGHBOUR_PAGES = (
    Page(
        "/proposals/{id}/neighbours",
        show_neighbours,
        acts=frozenset({"inviteNeighbour"}),
        onward=lead_to_invitation,
    ),
    Page("/proposals/{id}/precedents", show_precedents),
    Page("/neighbour-invitations/{id}", show_invitation, acts=ON_INVITATION),
)
