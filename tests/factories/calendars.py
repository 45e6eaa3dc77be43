"""Calendar addresses of people, and what another library than the one that writes calendars reads there."""

from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from server.domain.calendars import actions
from server.domain.calendars.queries.addresses import find_subscriber
from server.domain.calendars.queries.happenings import list_happenings
from server.domain.calendars.rules import CalendarReader, write_calendar
from server.vocabulary.parties import Language
from tests.factories.world import World

ISSUER = "https://fos.example"


async def open_feed(world: World, who: str, body_id: str | None = None) -> str:
    """Give a person a calendar address and return the secret in it."""
    actor = await world.actor(who)
    async with world.database.writing() as session:
        return (await actions.open_calendar_feed(session, actor, world.clock.now, body_id=body_id)).secret


async def read_feed(world: World, secret: str) -> dict[str, Event]:
    """Return the events of a calendar by UID, as another library reads them; none for a secret that gives nothing."""
    async with world.database.reading() as connection:
        reader = await find_subscriber(connection, secret, world.clock.now)
        if reader is None:
            return {}
        happenings = await list_happenings(connection, reader.actor, world.clock.now, reader.scope, ISSUER)
    ics = write_calendar("Intersession", happenings, CalendarReader(Language.ENGLISH, "Asia/Tokyo"))
    return {str(event.uid): event for event in IcsCalendarStream.calendar_from_ics(ics.decode()).events}
