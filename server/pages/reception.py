"""Who stands at the door: the signed-in browser behind a page, and where it goes from here."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse

from server.access.sessions import SignedIn, find_session
from server.browser.cookie import session_secret
from server.site import Site

HOME = "/account"
SIGN_IN = "/sign-in"


async def visitor(request: Request, site: Site) -> SignedIn | None:
    """The session of the browser, None for one without; it may still await the second factor."""
    secret = session_secret(request)
    if secret is None:
        return None
    async with site.database.reading() as connection:
        return await find_session(connection, secret, site.now(), site.session_limits)


async def signed_in(request: Request, site: Site) -> SignedIn | None:
    """The session of a browser in which somebody is signed in, second factor and all."""
    found = await visitor(request, site)
    return None if found is None or found.awaits_factor else found


def to_sign_in(request: Request) -> RedirectResponse:
    """Sign in first, then come back to this very request (of the method GET)."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"{SIGN_IN}?continue={quote(here, safe='')}", status_code=303)


def place_to_continue(given: str | None) -> str:
    """Where to go after signing in: a path of this site, or home. Whatever could lead to another site is not a path:
    two slashes, a backslash, a scheme, or characters that browsers drop."""
    if given is None or not given.startswith("/") or given.startswith("//"):
        return HOME
    return HOME if "\\" in given or any(ord(character) < 33 for character in given) else given
