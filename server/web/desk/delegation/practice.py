"""How the visitor's party clears what is filed in its name."""

from starlette.responses import Response

from server.web.desk.delegation.speaking import offer_of, own_party
from server.web.desk.visits import Visit, found


async def show_practice(visit: Visit) -> Response:
    """Return what the party has arranged, with the form for its focal point."""
    party = own_party(visit)
    clearance = found(found((await visit.read("ClearanceOfParty", id=party["id"]))["party"])["clearance"])
    return visit.render(
        "delegation/practice.html", party=party, clearance=clearance, offer=offer_of(clearance, "ARRANGE_CLEARANCE")
    )
