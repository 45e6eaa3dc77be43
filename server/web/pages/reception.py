"""Finds the signed-in browser and the person behind a page, and where the person goes from here."""

from urllib.parse import quote

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse

from server.identity.cookie import session_secret
from server.identity.sessions import SignedIn, find_session, note_seen
from server.identity.site import Site
from server.models.parties import Person
from server.web.look.languages import speak

HOME = "/"
"""What is asked of the person: where they go after signing in."""
ACCOUNT = "/account"
SIGN_IN = "/sign-in"
PROVIDER = "/sign-in/provider"
LONGEST_PLACE = 4096
"""Longest path to continue at, in characters."""


class NobodySignedIn(Exception):
    """Raised when a page needs a signed-in person and nobody is signed in."""


async def visitor(request: Request, site: Site) -> SignedIn | None:
    """Return the session of the browser, None if it has none; note that it is used.

    It may still await the second factor.
    """
    secret = session_secret(request)
    if secret is None:
        return None
    now = site.now()
    async with site.database.reading() as connection:
        browser_session = await find_session(connection, secret, now, site.session_limits)
    if browser_session and browser_session.is_due:
        async with site.database.writing() as session:
            await note_seen(session, browser_session.id, now)
    return browser_session


async def signed_in(request: Request, site: Site) -> SignedIn | None:
    """Return the session of the browser if somebody is signed in, with every factor; None otherwise."""
    browser_session = await visitor(request, site)
    return None if browser_session is None or browser_session.awaits_factor else browser_session


async def host_of(request: Request, site: Site) -> tuple[SignedIn, Person]:
    """Return the session and the person of a page that needs somebody signed in.

    Raise NobodySignedIn, also for a person who is suspended.
    """
    browser_session = await signed_in(request, site)
    if browser_session is None:
        raise NobodySignedIn
    return browser_session, await welcome_person(site, browser_session.person_id)


async def awaited_person(request: Request, site: Site) -> tuple[SignedIn, Person]:
    """Return the session that awaits the second factor, and its person. Raise NobodySignedIn without one."""
    browser_session = await visitor(request, site)
    if browser_session is None or not browser_session.awaits_factor:
        raise NobodySignedIn
    return browser_session, await welcome_person(site, browser_session.person_id)


async def welcome_person(site: Site, person_id: str) -> Person:
    """Return the person with this id, in whose language the request then is answered.

    Raise NobodySignedIn if they are suspended.
    """
    welcome = select(Person).where(Person.id == person_id, Person.suspended_at.is_(None))
    async with site.database.studying() as session:
        person = (await session.scalars(welcome)).one_or_none()
    if person is None:
        raise NobodySignedIn
    speak(person.language.tag)
    return person


def to_sign_in(request: Request) -> RedirectResponse:
    """Return a redirect to the sign-in, which comes back to this request afterwards.

    After a form it goes on to what is asked of the person, because a form cannot be sent again.
    """
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(with_continue(SIGN_IN, here if request.method == "GET" else HOME), status_code=303)


def to_home(done: str) -> RedirectResponse:
    """Return a redirect to the account page, which says at its top what was done: a key of its `DONE`."""
    return RedirectResponse(f"{ACCOUNT}?done={done}", status_code=303)


def to_provider(request: Request) -> RedirectResponse:
    """Return a redirect to the external provider, for servers where people sign in there."""
    place = place_to_continue(request.query_params.get("continue"))
    return RedirectResponse(with_continue(PROVIDER, place), status_code=303)


def with_continue(path: str, place: str) -> str:
    """Return the address of a page that goes on to `place` afterwards."""
    return f"{path}?continue={quote(place, safe='')}"


def place_to_continue(place: str | None) -> str:
    """Return where to go after signing in: the given path of this site, or what is asked of them.

    Anything that could lead to another site is refused: two slashes, a backslash, a scheme, or characters that browsers
    drop.
    """
    if place is None or not place.startswith("/") or place.startswith("//") or len(place) > LONGEST_PLACE:
        return HOME
    return HOME if "\\" in place or any(ord(character) < 33 for character in place) else place
