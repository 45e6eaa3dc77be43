"""Filters and orders of notices, of what people watch, and of calendar addresses."""

from datetime import datetime

import strawberry

from server.schema.reads.filters import before, conditions, equal, has, one_of, since
from server.schema.reads.orders import EARLIEST, Order, declare_orders
from server.vocabulary.notices import WatchMode

NOTICE_ORDERS = declare_orders(
    "NoticeOrder",
    "notices",
    {"HAPPENED_AT": Order("instant at which it happened", EARLIEST, ("happened_at", "id"))},
    default="HAPPENED_AT_DESC",
)
WATCHED_OBJECT_ORDERS = declare_orders(
    "WatchedObjectOrder",
    "watched objects",
    {"SET_AT": Order("instant of the choice", EARLIEST, ("set_at", "id"))},
    default="SET_AT_DESC",
)
CALENDAR_FEED_ORDERS = declare_orders(
    "CalendarFeedOrder",
    "calendar addresses",
    {"GIVEN_AT": Order("instant at which the address was given", EARLIEST, ("given_at", "id"))},
    default="GIVEN_AT_DESC",
)


@conditions("notices")
class NoticeFilter:
    """Filter of `notices`."""

    name: list[str] | None = one_of("Only notices of one of these names, such as 'round.opened'.", "name")
    object_id: list[strawberry.ID] | None = one_of(
        "Only notices that belong to one of the objects with these ids.", "object_id"
    )
    has_read: bool | None = has("With true only notices that were read, with false only the others.", "read_at")
    is_pressing: bool | None = equal("Only notices that could not wait, or only the others.", "is_pressing")
    happened_from: datetime | None = since("Only what happened at or after this instant.", "happened_at")
    happened_before: datetime | None = before("Only what happened before this instant.", "happened_at")


@conditions("watched objects")
class WatchedObjectFilter:
    """Filter of `watchedObjects`."""

    object_id: list[strawberry.ID] | None = one_of("Only about one of the objects with these ids.", "object_id")
    mode: list[WatchMode] | None = one_of("Only those with one of these choices.", "mode")


@conditions("calendar addresses")
class CalendarFeedFilter:
    """Filter of `calendarFeeds`."""

    given_from: datetime | None = since("Only addresses given at or after this instant.", "given_at")
    given_before: datetime | None = before("Only addresses given before this instant.", "given_at")
