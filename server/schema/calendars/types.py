"""Calendar addresses: where calendar programs read deadlines, and the acts on them."""

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.calendars import actions, policy
from server.domain.calendars.queries.addresses import visible_feeds
from server.kernel.actor import Actor
from server.models import notices as tables
from server.schema.acts import perform
from server.schema.lists.notices import CALENDAR_FEED_ORDERS, CalendarFeedFilter
from server.schema.mutations import act_field, arguments_of, fact_of, input_of, mutation_of
from server.schema.parties.person_acts import PersonFact
from server.schema.reads.kinds import Node, column, noun, to_any
from server.schema.reads.pages import Connection
from server.schema.reads.roots import fact, many

OWN = "it is about one's own addresses, and the later one stands"


@noun(tables.CalendarFeed, visible_feeds)
class CalendarFeed(Node):
    """A secret address at which a calendar program of the caller reads deadlines; only they see that they have it.

    The address itself is told once, when it is given. What stands in the calendar is judged at each reading.
    """

    body: Node | None = to_any("The body whose deadlines it shows; null for those of all bodies.", "scope")
    given_at: datetime = column("Instant at which the address was given, or renewed.")


@strawberry.type
class FeedFact:
    """What a fact shows that gave an address."""

    subject_id: strawberry.Private[str]
    feed: CalendarFeed = fact("The calendar address.")
    secret: str | None = strawberry.field(
        description="The secret in the address, `/calendar/SECRET.ics` on this server, returned this once. Null when "
        "the same key is sent again, because the server keeps only its digest: then renew it."
    )


def _declare_opening() -> Any:
    """Declare the mutation that gives an address, which its fact shows once."""
    act = policy.open_calendar_feed
    words = {"body_id": "Id of the body whose deadlines are wanted; null for all that the caller sees."}
    input_type = input_of(act, actions.open_calendar_feed, "A calendar address to give, or to renew.", words)
    fact_type = fact_of(act, "A calendar address was given; the one before it ended.", FeedFact)

    async def resolve(info: strawberry.Info, input: Any) -> Any:
        secret: str | None = None

        async def perform_once(session: AsyncSession, actor: Actor, now: datetime) -> str:
            nonlocal secret
            address = await actions.open_calendar_feed(session, actor, now, **arguments_of(input))
            secret = address.secret
            return address.id

        done = await perform(info, input, perform_once, fact_type)
        return fact_type(subject_id=done.subject_id, answers=done.answers, secret=secret if done.is_new else None)

    description = "Give the caller a secret address for deadlines, or renew it: the one before ends at once."
    return mutation_of(act, description, input_type, fact_type, resolve, OWN)


@strawberry.type
class CalendarMutations:
    """Acts on calendar addresses."""

    open_calendar_feed = _declare_opening()
    close_calendar_feed = act_field(
        policy.close_calendar_feed,
        actions.close_calendar_feed,
        "End a calendar address of the caller at once.",
        about="A calendar address to end.",
        feed_id="Id of the calendar address.",
        outcome="A calendar address was ended.",
        answer=PersonFact,
        unlocked=OWN,
    )


@strawberry.type
class CalendarQueries:
    """Root fields about calendar addresses."""

    calendar_feeds: Connection[CalendarFeed] = many(
        "Calendar addresses of the caller, the latest first.",
        order=CALENDAR_FEED_ORDERS,
        filter_type=CalendarFeedFilter,
    )
