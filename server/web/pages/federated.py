"""Signing in at the external provider.

The browser goes to the provider and comes back with an answer that only this browser can use, once.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeAlias

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from server.domain.parties.actions.seeding import seed_delegate
from server.identity.cookie import set_session
from server.identity.identities import SIGN_IN_LASTS, begin_sign_in, find_linked, link, take_sign_in
from server.identity.provider import Provider, ProviderFailed
from server.identity.secrets import new_secret
from server.identity.sessions import begin_session, end_session
from server.identity.site import Site
from server.identity.vouching import Vouched
from server.kernel.refusals import Refusal
from server.models.parties import Person
from server.web.look.languages import say, speak_as_asked
from server.web.look.rendering import page
from server.web.pages.forms import TurnedAway
from server.web.pages.reception import PROVIDER, place_to_continue, visitor

ANSWER = f"{PROVIDER}/answer"
BROWSER_COOKIE = "__Host-intersession-provider"
"""Binds a sign-in to the browser in which it was begun, while it lasts."""

Answer: TypeAlias = Callable[[Site, Provider, Request], Awaitable[Response]]


def federated_routes(site: Site) -> list[Route]:
    """Return the two routes of a sign-in at the provider; none where people sign in here."""
    provider = site.provider
    if provider is None:
        return []
    return [_route(site, provider, PROVIDER, _begin), _route(site, provider, ANSWER, _finish)]


def _route(site: Site, provider: Provider, path: str, answer: Answer) -> Route:
    async def endpoint(request: Request) -> Response:
        speak_as_asked(request)
        try:
            response = await answer(site, provider, request)
        except TurnedAway as away:
            return page("federated.html", status=away.status, heading=away.title, message=away.message, again=PROVIDER)
        response.headers["cache-control"] = "no-store"
        return response

    return Route(path, endpoint, methods=["GET"])


async def _begin(site: Site, provider: Provider, request: Request) -> Response:
    """Send the browser to the provider, and keep what its answer must match."""
    state, browser, nonce, verifier = (new_secret() for _ in range(4))
    place = place_to_continue(request.query_params.get("continue"))
    try:
        address = await provider.address_to_sign_in(
            state=state, nonce=nonce, verifier=verifier, redirect_uri=_redirect_uri(site)
        )
    except ProviderFailed as failure:
        message = say("The provider of your organization cannot be reached just now. Please try again in a minute.")
        raise _note_and_turn_away(site, failure, 503, message) from failure
    async with site.database.writing() as session:
        await begin_sign_in(
            session, site.now(), state=state, browser=browser, nonce=nonce, verifier=verifier, continue_to=place
        )
    response = RedirectResponse(address, status_code=303)
    # SameSite=Lax, not Strict: the browser must send the cookie when the provider's site leads it back
    lasts = int(SIGN_IN_LASTS.total_seconds())
    response.set_cookie(BROWSER_COOKIE, browser, max_age=lasts, path="/", secure=True, httponly=True, samesite="lax")
    return response


async def _finish(site: Site, provider: Provider, request: Request) -> Response:
    """Check the provider's answer (state and browser, then issuer, then the person) and sign the person in."""
    parameters, now = request.query_params, site.now()
    state, browser = parameters.get("state", ""), request.cookies.get(BROWSER_COOKIE, "")
    # a transaction of its own: the sign-in is used up even if what follows fails
    async with site.database.writing() as session:
        sign_in = await take_sign_in(session, now, state=state, browser=browser)
    if sign_in is None:
        message = say("This sign-in has expired, was used before, or was begun in another browser.")
        raise TurnedAway(400, say("Not signed in"), message)
    try:
        await provider.ensure_named(parameters.get("iss"))
        if "error" in parameters or "code" not in parameters:
            message = say("You were not signed in at the provider of your organization.")
            raise TurnedAway(403, say("Not signed in"), message)
        vouched = await provider.vouched(
            parameters["code"], verifier=sign_in.verifier, nonce=sign_in.nonce, redirect_uri=_redirect_uri(site)
        )
    except ProviderFailed as failure:
        message = say("The answer of the provider of your organization could not be accepted.")
        raise _note_and_turn_away(site, failure, 502, message) from failure
    secret = await _begin_session(site, provider, request, vouched)
    response = RedirectResponse(sign_in.continue_to, status_code=303)
    set_session(response, secret)
    response.delete_cookie(BROWSER_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response


async def _begin_session(site: Site, provider: Provider, request: Request, vouched: Vouched) -> str:
    """Begin a session for the person the provider vouches for and return the secret for its cookie.

    At a first sign-in the person is added. The session that the browser had before ends. Raise TurnedAway for a
    suspended person.
    """
    now, before = site.now(), await visitor(request, site)
    try:
        async with site.database.writing() as session:
            person = await find_linked(session, provider.issuer, vouched.subject)
            if person is None:
                person = await _add_person(session, provider, vouched, now)
            if person.suspended_at is not None:
                suspended = say("Your account here is suspended. Please ask the Secretariat.")
                raise TurnedAway(403, say("Suspended"), suspended)
            if before is not None:
                await end_session(session, before.id, now)
            site.note_sign_in("done")
            return await begin_session(
                session,
                person.id,
                now,
                lasts=site.session_limits.absolute,
                methods=["federated"],
                capacities=None if vouched.capacities is None else sorted(vouched.capacities),
                browser=request.headers.get("user-agent", ""),
            )
    except Refusal as refusal:
        site.note_failed_sign_in(refusal.code)
        message = say("Your account could not be made just now. Please try again.")
        raise TurnedAway(409, say("Not signed in"), message) from refusal


async def _add_person(session: AsyncSession, provider: Provider, vouched: Vouched, now: datetime) -> Person:
    """Add the person, accredited for the parties that the provider vouches for."""
    person_fields = {"name": vouched.name, "email": vouched.email}
    person = await link(session, issuer=provider.issuer, subject=vouched.subject, **person_fields, now=now)
    for capacity, short_name in dict.fromkeys(vouched.parties):
        await seed_delegate(session, now, person=person, short_name=short_name, capacity=capacity)
    return person


def _redirect_uri(site: Site) -> str:
    return site.settings.issuer + ANSWER


def _note_and_turn_away(site: Site, failure: ProviderFailed, status: int, message: str) -> TurnedAway:
    """Log why the provider cannot be used, and return the page for it, which does not say why."""
    site.note_failed_sign_in(str(failure))
    return TurnedAway(status, say("Not signed in"), message)
