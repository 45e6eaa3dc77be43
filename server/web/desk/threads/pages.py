"""What a party is asked to sign, and the comments of a round that say much the same."""

from starlette.responses import Response

from server.web.desk.pages import Page
from server.web.desk.visits import Visit, found

ROWS = 50
"""Co-signatures on one page."""
GROUPS = 20
"""Groups of comments on one page."""
ACTS = frozenset({"confirmCoSignature", "declineCoSignature"})


async def show_signatures(visit: Visit) -> Response:
    """Return the page of the drafts of other parties that the visitor's party is asked to sign."""
    party = visit.speaks["party"]["id"] if visit.speaks else ""
    wanted = {"partyId": [party], "commentStatus": ["DRAFT"]}
    answer = await visit.read("CoSignatureList", filter=wanted, first=ROWS, after=visit.query.get("after"))
    return visit.render("threads/signatures.html", signatures=answer["coSignatures"])


async def show_alike(visit: Visit) -> Response:
    """Return the page of the groups of comments in a round that say much the same, for those who answer them."""
    round_id = visit.parameter("round")
    answer, listed = await visit.read_all(
        ("CommentGroups", {"roundId": round_id, "first": GROUPS, "after": visit.query.get("after")}),
        ("RoundDetail", {"id": round_id}),
    )
    return visit.render("threads/alike.html", round=found(listed["round"]), groups=found(answer["commentGroups"]))


THREAD_PAGES = (Page("/signatures", show_signatures, acts=ACTS), Page("/rounds/{round}/alike", show_alike))
