"""Pages for everybody: search, the own profile, and help."""

from zoneinfo import available_timezones

from starlette.responses import Response

from server.vocabulary.parties import LANGUAGE_TAGS, Notices
from server.web.desk.everybody.search import show_search
from server.web.desk.pages import Page
from server.web.desk.visits import Visit

CONTINENTS = (
    "Africa/",
    "America/",
    "Antarctica/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
ZONES = tuple(sorted(zone for zone in available_timezones() if zone.startswith(CONTINENTS) and zone.count("/") == 1))
"""The time zones that are offered by name: those of cities."""


async def show_profile(visit: Visit) -> Response:
    """Return the page of the visitor's own profile."""
    viewer = (await visit.read("Viewer"))["viewer"]
    detail = await visit.read("PersonDetail", id=viewer["person"]["id"])
    return visit.render(
        "everybody/profile.html",
        person=detail["person"] or viewer["person"] | {"availableActs": [], "delegates": {"nodes": []}},
        tags=list(LANGUAGE_TAGS.values()),
        notices=[each.name for each in Notices],
        zones=ZONES,
    )


async def show_help(visit: Visit) -> Response:
    """Return the page of help by role, with the statement on accessibility."""
    return visit.render("everybody/help.html")


EVERYBODY_PAGES = (
    Page("/search", show_search),
    Page("/profile", show_profile, acts=frozenset({"correctProfile"})),
    Page("/help", show_help),
)
