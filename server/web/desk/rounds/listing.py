"""The rounds that a visitor sees, by phase, body or words, the one that closes last at the front."""

from starlette.responses import Response

from server.vocabulary.rounds import RoundPhase
from server.web.desk.filters import chosen, filled, one_of
from server.web.desk.pages import Page
from server.web.desk.visits import Visit

PHASES = tuple(phase.value for phase in RoundPhase)


async def show(visit: Visit) -> Response:
    """Return a page of the list of rounds."""
    filters = chosen(visit, ("q", "phase", "after"))
    filters["phase"] = one_of(filters["phase"], PHASES)
    wanted = filled({"text": filters["q"], "phase": filters["phase"]})
    listed = await visit.read(
        "RoundList", filter=wanted, orderBy="CLOSES_AT_DESC", first=50, after=filters["after"] or None
    )
    leads = bool(visit.speaks and visit.speaks["leads"])
    return visit.render(
        "rounds/rounds.html",
        rounds=listed["rounds"],
        filters=filters,
        phases=PHASES,
        may_call=leads or visit.is_secretariat,
    )


LISTING_PAGE = Page("/rounds", show)
