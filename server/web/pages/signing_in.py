"""Signing in with e-mail address and password, the second factor, and signing out."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.authenticators import is_short, offered_secret, take_code
from server.identity.cookie import clear_session, known_secret
from server.identity.guesses import (
    ensure_unblocked,
    forget_failures,
    forget_old_guesses,
    guess_keys,
    note_failure,
    strict_key,
)
from server.identity.known_browsers import find_known_key
from server.identity.origin import address_of
from server.identity.passkeys import has_passkey, relying_party
from server.identity.passwords import find_known, hash_of, is_outdated, is_right, set_password
from server.identity.sessions import end_session
from server.identity.site import Site
from server.web.look.languages import say, sentence
from server.web.look.rendering import page
from server.web.pages.admission import FACTOR, NEW_FACTOR, change_session, let_in, onward
from server.web.pages.factors import has_factor
from server.web.pages.forms import Fault, Form
from server.web.pages.reception import NobodySignedIn, awaited_person, place_to_continue, visitor, with_continue

NOT_RIGHT = sentence("E-mail address and password do not match.")
WRONG_CODE = sentence("This code is not right, or was used before. Wait for the next one and try again.")


async def show(site: Site, request: Request) -> Response:
    """Return the form to sign in, or a redirect to the second factor if the password was right already."""
    place = place_to_continue(request.query_params.get("continue"))
    step = await _find_awaited_step(site, request)
    if step:
        return RedirectResponse(with_continue(step, place), status_code=303)
    return _sign_in_form(site, place, was_chosen="chosen" in request.query_params)


async def submit(site: Site, request: Request, form: Form) -> Response:
    """Sign in by e-mail address and password.

    A failure is answered in the same words and the same time, whatever was wrong. In a browser that is known for the
    person only the guesses made there count.
    """
    place = place_to_continue(form.get("continue"))
    # no address is longer than 254 characters (erratum 1690 of RFC 3696)
    email, password = form.get("email", "").strip().casefold()[:254], form.get("password", "")
    now = site.now()
    async with site.database.reading() as connection:
        known = await find_known(connection, email)
        person_id = known and known.person_id
        own_key = await find_known_key(connection, known_secret(request), person_id, now, purpose="sign-in")
    keys = [own_key] if own_key else guess_keys("sign-in", account=email, address=address_of(request))
    # noted before it is judged and in a transaction of its own: hashing takes too long to hold the lock
    async with site.database.writing() as session:
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
    if not await is_right(known and known.hash, password) or known is None or known.hash is None:
        site.note_failed_sign_in("password", person=person_id)
        return _sign_in_form(site, place, email=email, faults=[Fault("password", say(NOT_RIGHT))])
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
    if not await code_is_right(site, request, person.id, form.get("code", "")):
        site.note_failed_sign_in("code", person=person.id)
        return await _factor_form(site, person.id, place, faults=[Fault("code", say(WRONG_CODE))])
    async with site.database.writing() as session:
        secrets = await change_session(session, site, request, person.id, [*browser_session.methods, "otp"])
    response = onward(place)
    secrets.put_in(response)
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


async def code_is_right(site: Site, request: Request, person_id: str, code: str) -> bool:
    """Use up a code of the second factor and return whether it was right. Raise TooManyGuesses.

    Only the short codes of an authenticator are counted: nobody guesses a recovery code, and a person who is blocked
    gets in by one.
    """
    now = site.now()
    async with site.database.writing() as session:
        if not is_short(code):
            return await take_code(session, person_id, code, now)
        connection = await session.connection()
        own_key = await find_known_key(connection, known_secret(request), person_id, now, purpose="factor")
        keys = [own_key or strict_key("factor", person_id)]
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
        is_taken = await take_code(session, person_id, code, now)
        if is_taken:
            await forget_failures(session, keys)
    return is_taken


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
        opens_editions=site.settings.open_editions,
        offers_passkeys=relying_party(site.settings.issuer) is not None,
    )


async def _factor_form(site: Site, person_id: str, place: str, *, faults: Sequence[Fault] = ()) -> Response:
    async with site.database.reading() as connection:
        offers = await has_passkey(connection, person_id)
    status = 400 if faults else 200
    return page("factor.html", status=status, place=place, faults=faults, offers_passkeys=offers)
