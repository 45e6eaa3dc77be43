"""Who stands at the door: the signed-in browser behind a page, and where it goes from here."""

from urllib.parse import quote

from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import RedirectResponse

from server.identity.cookie import session_secret
from server.identity.sessions import SignedIn, find_session, note_seen
from server.identity.site import Site
from server.models.parties import Person

HOME = "/account"
SIGN_IN = "/sign-in"
PROVIDER = "/sign-in/provider"
LONGEST_PLACE = 4096
"""Longest path to continue at, in characters."""


class NobodySignedIn(Exception):
    """A page that is meant for somebody was asked for by nobody."""


async def visitor(request: Request, site: Site) -> SignedIn | None:
    """The session of the browser, None for one without; it may still await the second factor."""
    secret = session_secret(request)
    if secret is None:
        return None
    now = site.now()
    async with site.database.reading() as connection:
        found = await find_session(connection, secret, now, site.session_limits)
    if found and found.is_due:
        async with site.database.writing() as session:
            await note_seen(session, found.id, now)
    return found


async def signed_in(request: Request, site: Site) -> SignedIn | None:
    """The session of a browser in which somebody is signed in, second factor and all."""
    found = await visitor(request, site)
    return None if found is None or found.awaits_factor else found


async def host_of(request: Request, site: Site) -> tuple[SignedIn, Person]:
    """The session and the person to whom a page belongs. Raises NobodySignedIn, also for a person who is suspended."""
    found = await signed_in(request, site)
    if found is None:
        raise NobodySignedIn
    return found, await welcome_person(site, found.person_id)


async def awaited_person(request: Request, site: Site) -> tuple[SignedIn, Person]:
    """The session that awaits the second factor, and its person. Raises NobodySignedIn when there is none."""
    found = await visitor(request, site)
    if found is None or not found.awaits_factor:
        raise NobodySignedIn
    return found, await welcome_person(site, found.person_id)


async def welcome_person(site: Site, person_id: str) -> Person:
    """A person by id. Raises NobodySignedIn for one who is suspended."""
    welcome = select(Person).where(Person.id == person_id, Person.suspended_at.is_(None))
    async with site.database.studying() as session:
        person = (await session.scalars(welcome)).one_or_none()
    if person is None:
        raise NobodySignedIn
    return person


def to_sign_in(request: Request) -> RedirectResponse:
    """Sign in first, then come back to this very request; to a form's own page where it was a form."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(with_continue(SIGN_IN, here if request.method == "GET" else HOME), status_code=303)


def to_provider(request: Request) -> RedirectResponse:
    """Sign in where the external provider says who people are."""
    place = place_to_continue(request.query_params.get("continue"))
    return RedirectResponse(with_continue(PROVIDER, place), status_code=303)


def with_continue(path: str, place: str) -> str:
    """The address of a page that goes on to `place` afterwards."""
    return f"{path}?continue={quote(place, safe='')}"


def place_to_continue(given: str | None) -> str:
    """Where to go after signing in: a path of this site, or home. Whatever could lead to another site is not a path:
    two slashes, a backslash, a scheme, or characters that browsers drop."""
    if given is None or not given.startswith("/") or given.startswith("//") or len(given) > LONGEST_PLACE:
        return HOME
    return HOME if "\\" in given or any(ord(character) < 33 for character in given) else given
