"""Addresses that need no sign-in, because a secret or a signature in them says whose they are.

They end letters by one click, as mail programs do by themselves (RFC 8058), and give calendar programs their events.
A wrong address is answered like one that never was, so that nobody finds out who is here.
"""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.domain.calendars.queries.addresses import find_subscriber as find_reader
from server.domain.calendars.queries.addresses import name_of_scope
from server.domain.calendars.queries.happenings import list_happenings
from server.domain.calendars.rules import CalendarReader, write_calendar
from server.domain.notices.actions.choosing import find_subscriber, unsubscribe
from server.domain.notices.rules.unsubscribing import PATH
from server.identity.site import Site
from server.vocabulary.parties import Notices
from server.web.look.languages import say, speak, speak_as_asked
from server.web.look.rendering import page

CALENDAR = "/calendar/"
LONGEST_SECRET = 200


class Outside:
    """The routes of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route(f"{PATH}{{token}}", self.show_unsubscribing, methods=["GET"]),
            Route(f"{PATH}{{token}}", self.unsubscribe, methods=["POST"]),
            Route(f"{CALENDAR}{{secret}}.ics", self.send_calendar, methods=["GET"]),
        ]

    async def show_unsubscribing(self, request: Request) -> Response:
        """Answer with the page that ends the letters by one button: a link that is only looked at changes nothing."""
        speak_as_asked(request)
        async with self._site.database.studying() as session:
            person = await find_subscriber(session, request.path_params["token"])
            if person is None:
                return _answer_nothing()
            speak(person.language.tag)
            return page("unsubscribe.html", is_ended=person.notices == Notices.NONE)

    async def unsubscribe(self, request: Request) -> Response:
        """End the letters of the person of this token. The form is not looked at, because its address says enough."""
        speak_as_asked(request)
        async with self._site.database.writing() as session:
            is_known = await unsubscribe(session, request.path_params["token"], self._site.now())
        return page("unsubscribe.html", is_ended=True) if is_known else _answer_nothing()

    async def send_calendar(self, request: Request) -> Response:
        """Answer with what the person of a secret address sees today; 304 if the program has it already."""
        secret, now = request.path_params["secret"], self._site.now()
        issuer = self._site.settings.issuer
        async with self._site.database.reading() as connection:
            reader = await find_reader(connection, secret, now) if len(secret) <= LONGEST_SECRET else None
            if reader is None:
                return Response("Not Found", 404, media_type="text/plain")
            happenings = await list_happenings(connection, reader.actor, now, reader.scope, issuer)
            body = await name_of_scope(connection, reader.scope)
        name = f"Intersession {body}".strip()
        calendar = write_calendar(name, happenings, CalendarReader(reader.person.language, reader.person.zone))
        tag = f'"{sha256(calendar).hexdigest()[:32]}"'
        headers = {"etag": tag, "cache-control": "private, no-cache", "x-robots-tag": "noindex"}
        if tag in request.headers.get("if-none-match", "").replace("W/", "").replace(" ", "").split(","):
            return Response(status_code=304, headers=headers)
        headers["content-disposition"] = 'inline; filename="intersession.ics"'
        return Response(calendar, media_type="text/calendar; charset=utf-8", headers=headers)


def _answer_nothing() -> Response:
    message = say("This link does not work. You can say in your profile which letters you want.")
    links = (("/profile", say("Your profile")),)
    return page("turned_away.html", status=404, heading=say("Nothing is here"), message=message, links=links)
