"""The inbox, what a person watches and mutes, and the addresses of calendars."""

from starlette.responses import Response

from server.kernel.ids import prefix_of
from server.vocabulary.notices import WatchMode
from server.web.desk.filters import chosen
from server.web.desk.pages import Page
from server.web.desk.places import place_of
from server.web.desk.sent import Pairs
from server.web.desk.visits import NothingHere, Visit, found

MODES = [each.name for each in WatchMode]
BOXES = {"unread": {"hasRead": False}, "all": {}}
"""What the inbox shows, by the value in its address."""


async def show_inbox(visit: Visit) -> Response:
    """Return the inbox: what is unread, or everything."""
    filters = chosen(visit, ("box", "after"))
    box = filters["box"] if filters["box"] in BOXES else "unread"
    listed = await visit.read("NoticeList", filter=BOXES[box], after=filters["after"] or None)
    unread = listed["unread"]["totalCount"]
    return visit.render("notices/inbox.html", notices=listed["notices"], unread=unread, box=box)


async def show_watched(visit: Visit) -> Response:
    """Return the list of objects of which the visitor wants to hear everything, or nothing."""
    filters = chosen(visit, ("after",))
    listed = await visit.read(
        "WatchedObjectList", filter={"mode": ["WATCHED", "MUTED"]}, after=filters["after"] or None
    )
    return visit.render("notices/watched.html", watches=listed["watchedObjects"], place_of=place_of)


async def show_choice(visit: Visit) -> Response:
    """Return the page on which the visitor chooses what to hear of one object."""
    identifier = visit.parameter("id")
    if prefix_of(identifier) is None:
        raise NothingHere
    read = await visit.read("WatchOfObject", id=identifier)
    thing = found(read["node"])
    watches = read["watchedObjects"]["nodes"]
    mode = watches[0]["mode"] if watches else WatchMode.USUAL.name
    return visit.render("notices/choice.html", thing=thing, mode=mode, modes=MODES, place=place_of(thing))


async def show_calendars(visit: Visit) -> Response:
    """Return the calendar addresses of the visitor, with a new one while it is told."""
    filters = chosen(visit, ("body", "after"))
    feeds, bodies = await visit.read_all(
        ("CalendarFeedList", {"after": filters["after"] or None}), ("BodyList", {"first": 100})
    )
    return visit.render(
        "notices/calendars.html",
        feeds=feeds["calendarFeeds"],
        bodies=bodies["workingBodies"]["nodes"],
        body=filters["body"],
        site=f"{visit.request.url.scheme}://{visit.request.url.netloc}",
    )


async def _fill(_visit: Visit, act: str, pairs: Pairs) -> Pairs:
    """Return the fields of a form; a body that is not chosen is left out."""
    return [(name, value) for name, value in pairs if name != "bodyId" or value]


NOTICE_PAGES = (
    Page("/notices", show_inbox, acts=frozenset({"markNotices"})),
    Page("/watching", show_watched, acts=frozenset({"watchObject"})),
    Page("/watching/{id}", show_choice, acts=frozenset({"watchObject"})),
    Page(
        "/calendars",
        show_calendars,
        acts=frozenset({"openCalendarFeed", "closeCalendarFeed"}),
        told_once=frozenset({"openCalendarFeed"}),
        fill=_fill,
    ),
)
