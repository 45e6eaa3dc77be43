"""Signing in with e-mail address and password, the second factor, and signing out."""

from collections.abc import Sequence
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.authenticators import (
    begin_authenticator,
    has_authenticator,
    is_demanded,
    offered_secret,
    take_code,
)
from server.identity.cookie import clear_session, session_secret, set_session
from server.identity.guesses import (
    ensure_unblocked,
    forget_failures,
    forget_old_guesses,
    guess_keys,
    note_failure,
    strict_key,
)
from server.identity.passkeys import has_passkey, relying_party
from server.identity.passwords import find_known, hash_of, is_outdated, is_right, set_password
from server.identity.sessions import begin_session, end_session, find_session
from server.identity.settings import SecondFactor
from server.identity.site import Site
from server.models.identity import Passkey
from server.web.pages.forms import Fault, Form, TurnedAway
from server.web.pages.reception import NobodySignedIn, awaited_person, place_to_continue, visitor, with_continue
from server.web.pages.rendering import page

FACTOR, NEW_FACTOR, ONWARD = "/sign-in/factor", "/sign-in/factor/new", "/sign-in/onward"
FACTOR_WITHIN = timedelta(minutes=10)
"""How long the second factor may be awaited."""
NOT_RIGHT = "E-mail address and password do not match."
DEMANDS = {
    SecondFactor.SECRETARIAT: "You take part in a capacity that needs a second factor.",
    SecondFactor.EVERYONE: "This server asks for more than a password.",
}
"""Why a second factor is demanded, by the setting that demands it."""
WRONG_CODE = "This code is not right, or was used before. Wait for the next one and try again."


async def show(site: Site, request: Request) -> Response:
    """Return the form to sign in, or a redirect to the second factor if the password was right already."""
    place = place_to_continue(request.query_params.get("continue"))
    step = await _find_awaited_step(site, request)
    if step:
        return RedirectResponse(with_continue(step, place), status_code=303)
    return _sign_in_form(site, place, was_chosen="chosen" in request.query_params)


async def submit(site: Site, request: Request, form: Form) -> Response:
    """Sign in by e-mail address and password.

    A failure is answered in the same words and the same time, whatever was wrong.
    """
    place = place_to_continue(form.get("continue"))
    # no address is longer than 254 characters (erratum 1690 of RFC 3696)
    email, password = form.get("email", "").strip().casefold()[:254], form.get("password", "")
    keys = guess_keys("sign-in", account=email, address=address_of(request))
    now = site.now()
    # noted before it is judged and in a transaction of its own: hashing takes too long to hold the lock
    async with site.database.writing() as session:
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
    async with site.database.reading() as connection:
        known = await find_known(connection, email)
    if not await is_right(known and known.hash, password) or known is None or known.hash is None:
        return _sign_in_form(site, place, email=email, faults=[Fault("password", NOT_RIGHT)])
    new_hash = await hash_of(password) if is_outdated(known.hash) else None
    async with site.database.writing() as session:
        await forget_failures(session, keys)
        await forget_old_guesses(session, now)
        if new_hash:
            await set_password(session, known.person_id, new_hash, now)
        return await let_in(session, site, request, known.person_id, place)


async def show_factor(site: Site, request: Request) -> Response:
    """Return the form for the second factor."""
    _, person = await awaited_person(request, site)
    return await _factor_form(site, person.id, place_to_continue(request.query_params.get("continue")))


async def submit_factor(site: Site, request: Request, form: Form) -> Response:
    """Take a code, or a recovery code, and sign in with a session of its own."""
    browser_session, person = await awaited_person(request, site)
    place = place_to_continue(form.get("continue"))
    if not await code_is_right(site, person.id, form.get("code", "")):
        return await _factor_form(site, person.id, place, faults=[Fault("code", WRONG_CODE)])
    async with site.database.writing() as session:
        secret = await change_session(session, site, request, person.id, [*browser_session.methods, "otp"])
    response = onward(place)
    set_session(response, secret)
    return response


async def show_onward(site: Site, request: Request) -> Response:
    """Return a page that leads on by itself.

    Browsers hold the redirects that answer a form to the addresses where forms may lead; what follows this page is no
    answer to a form.
    """
    return page("onward.html", place=place_to_continue(request.query_params.get("continue")))


async def sign_out(site: Site, request: Request, form: Form) -> Response:
    """End the session, and delete the cookie."""
    browser_session = await visitor(request, site)
    if browser_session:
        async with site.database.writing() as session:
            await end_session(session, browser_session.id, site.now())
    response = RedirectResponse("/sign-out", status_code=303)
    clear_session(response)
    return response


async def show_signed_out(site: Site, request: Request) -> Response:
    """Return the page that says whether somebody is still signed in."""
    return page("signed_out.html", is_signed_in=await visitor(request, site) is not None)


async def code_is_right(site: Site, person_id: str, code: str) -> bool:
    """Use up a code of the second factor and return whether it was right. Raise TooManyGuesses."""
    keys, now = [strict_key("factor", person_id)], site.now()
    async with site.database.writing() as session:
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
        is_taken = await take_code(session, person_id, code, now)
        if is_taken:
            await forget_failures(session, keys)
    return is_taken


async def let_in(session: AsyncSession, site: Site, request: Request, person_id: str, place: str) -> Response:
    """Answer a right password: with a session that goes on to `place`, or with one that awaits the second factor."""
    step = await _begin_next_step(session, person_id, site)
    secret = await change_session(session, site, request, person_id, ["pwd"], awaits_factor=step is not None)
    response = RedirectResponse(with_continue(step, place), status_code=303) if step else onward(place)
    set_session(response, secret)
    return response


async def change_session(
    session: AsyncSession,
    site: Site,
    request: Request,
    person_id: str,
    methods: Sequence[str],
    *,
    awaits_factor: bool = False,
) -> str:
    """End the session that this browser had, if any, and begin another.

    Return the secret for its cookie.
    """
    now, cookie = site.now(), session_secret(request)
    before = cookie and await find_session(await session.connection(), cookie, now, site.session_limits)
    if before:
        await end_session(session, before.id, now)
    lasts = FACTOR_WITHIN if awaits_factor else site.session_limits.absolute
    browser = request.headers.get("user-agent", "")
    return await begin_session(
        session, person_id, now, lasts=lasts, methods=methods, awaits_factor=awaits_factor, browser=browser
    )


def onward(place: str) -> RedirectResponse:
    """Return a redirect to `place`.

    To an application it goes by way of a page, so that it is no longer the answer to a form.
    """
    return RedirectResponse(with_continue(ONWARD, place) if place.startswith("/oauth/") else place, status_code=303)


def address_of(request: Request) -> str:
    """Return the address a request comes from, as far as the proxy in front is believed.

    For IPv6 it is the network of 64 bits that one household gets. A server that listens for both gets IPv4 addresses
    inside IPv6 ones.
    """
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or ip_network((address, 64), strict=False))
    return host


async def has_factor(connection: AsyncConnection, person_id: str) -> bool:
    """Return whether a person has a second factor of any kind."""
    return await has_authenticator(connection, person_id) or await has_passkey(connection, person_id)


async def demand_of(connection: AsyncConnection, site: Site, person_id: str) -> str:
    """Return as a sentence why a second factor is demanded of a person today, empty where it is not."""
    setting = site.settings.second_factor
    return DEMANDS[setting] if await is_demanded(connection, person_id, site.now(), of=setting) else ""


async def is_removable(connection: AsyncConnection, site: Site, person_id: str) -> bool:
    """Return whether a person can remove one second factor: none is demanded, or another remains."""
    passkeys = await connection.scalar(select(func.count()).where(Passkey.person_id == person_id))
    factors = (passkeys or 0) + await has_authenticator(connection, person_id)
    return factors > 1 or not await demand_of(connection, site, person_id)


async def ensure_removable(site: Site, person_id: str) -> None:
    """Raise TurnedAway if a person has to keep their second factor."""
    async with site.database.reading() as connection:
        if not await is_removable(connection, site, person_id):
            demand = await demand_of(connection, site, person_id)
            raise TurnedAway(409, "Not removed", f"{demand} Set up another second factor before you remove this one.")


async def _find_awaited_step(site: Site, request: Request) -> str | None:
    """Return the path of the step that this browser awaits after a right password, None if there is none."""
    try:
        _, person = await awaited_person(request, site)
    except NobodySignedIn:
        return None
    async with site.database.reading() as connection:
        if await has_factor(connection, person.id):
            return FACTOR
        return NEW_FACTOR if await offered_secret(connection, person.id) else None


async def _begin_next_step(session: AsyncSession, person_id: str, site: Site) -> str | None:
    """Return the path of the step after the password, None if there is none.

    It is the second factor, or setting one up, for which an authenticator is offered.
    """
    connection = await session.connection()
    if await has_factor(connection, person_id):
        return FACTOR
    if not await is_demanded(connection, person_id, site.now(), of=site.settings.second_factor):
        return None
    await begin_authenticator(session, person_id)
    return NEW_FACTOR


def _sign_in_form(
    site: Site, place: str, *, email: str = "", faults: Sequence[Fault] = (), was_chosen: bool = False
) -> Response:
    return page(
        "sign_in.html",
        status=400 if faults else 200,
        place=place,
        email=email,
        faults=faults,
        was_chosen=was_chosen,
        offers_passkeys=relying_party(site.settings.issuer) is not None,
    )


async def _factor_form(site: Site, person_id: str, place: str, *, faults: Sequence[Fault] = ()) -> Response:
    async with site.database.reading() as connection:
        offers = await has_passkey(connection, person_id)
    status = 400 if faults else 200
    return page("factor.html", status=status, place=place, faults=faults, offers_passkeys=offers)
