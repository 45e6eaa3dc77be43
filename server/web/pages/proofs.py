"""The pages on which a person changes how they prove who they are: password, second factor, recovery codes."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.authenticators import (
    begin_authenticator,
    has_authenticator,
    recovery_codes_left,
    remove_authenticator,
    remove_recovery_codes,
    renew_recovery_codes,
)
from server.identity.guesses import ensure_unblocked, forget_failures, note_failure, strict_key
from server.identity.passkeys import has_passkey
from server.identity.passwords import faults_of_password, find_hash, hash_of, is_right, set_password
from server.identity.sessions import SignedIn, end_sessions
from server.identity.site import Site
from server.models.parties import Person
from server.web.look.languages import say
from server.web.look.rendering import page
from server.web.pages.admission import change_session
from server.web.pages.enrolment import NOT_THIS_CODE, codes_page, is_confirmed, key_page
from server.web.pages.factors import demand_of, ensure_removable, has_factor, is_removable
from server.web.pages.forms import Fault, Form, TurnedAway
from server.web.pages.reception import host_of, to_home


async def show_password(site: Site, request: Request) -> Response:
    """Return the form to change the password."""
    _, person = await host_of(request, site)
    return _password_form(person)


async def submit_password(site: Site, request: Request, form: Form) -> Response:
    """Change the password.

    Every other browser and every application is signed out; this browser gets a new session.
    """
    browser_session, person = await host_of(request, site)
    password, now = form.get("new-password", ""), site.now()
    sentences = faults_of_password(password, email=person.email or "", say=say)
    faults = [Fault("new-password", message) for message in sentences]
    if not await is_present_password(site, browser_session, form.get("password", "")):
        faults = [not_present(), *faults]
    if faults:
        return _password_form(person, faults)
    hash_ = await hash_of(password)
    async with site.database.writing() as session:
        await set_password(session, person.id, hash_, now)
        await end_sessions(session, person.id, now, because="password changed")
        secrets = await change_session(session, site, request, person.id, browser_session.methods)
    response = to_home("password")
    secrets.put_in(response)
    return response


async def show_factor(site: Site, request: Request) -> Response:
    """Return the page that says what the second factor is today and what can be done about it."""
    _, person = await host_of(request, site)
    async with site.database.reading() as connection:
        return page(
            "second_factor.html",
            has_authenticator=await has_authenticator(connection, person.id),
            has_factor=await has_factor(connection, person.id),
            codes_left=await recovery_codes_left(connection, person.id),
            demand=await demand_of(connection, site, person.id),
            is_removable=await is_removable(connection, site, person.id),
        )


async def submit_factor(site: Site, request: Request, form: Form) -> Response:
    """Offer a new authenticator; the one in force stays so meanwhile."""
    _, person = await host_of(request, site)
    async with site.database.writing() as session:
        await begin_authenticator(session, person.id)
    return RedirectResponse("/account/factor/new", status_code=303)


async def show_new_factor(site: Site, request: Request) -> Response:
    """Return the page with the key of the offered authenticator and the form that puts it in force."""
    _, person = await host_of(request, site)
    return await key_page(site, person, asks_password=True)


async def submit_new_factor(site: Site, request: Request, form: Form) -> Response:
    """Put the offered authenticator in force, by the current password and its first code."""
    browser_session, person = await host_of(request, site)
    if not await is_present_password(site, browser_session, form.get("password", "")):
        return await key_page(site, person, asks_password=True, faults=[not_present()])
    if not await is_confirmed(site, person.id, form.get("code", "")):
        return await key_page(site, person, asks_password=True, faults=[Fault("code", say(NOT_THIS_CODE))])
    async with site.database.writing() as session:
        codes = await renew_recovery_codes(session, person.id)
    return codes_page(codes)


async def show_removal(site: Site, request: Request) -> Response:
    """Return the form to remove the authenticator."""
    _, person = await host_of(request, site)
    await ensure_removable(site, person.id)
    return page("remove_factor.html", email=person.email or "", faults=())


async def submit_removal(site: Site, request: Request, form: Form) -> Response:
    """Remove the authenticator, by the current password."""
    browser_session, person = await host_of(request, site)
    await ensure_removable(site, person.id)
    if not await is_present_password(site, browser_session, form.get("password", "")):
        return page("remove_factor.html", status=400, email=person.email or "", faults=[not_present()])
    async with site.database.writing() as session:
        await remove_authenticator(session, person.id)
        if not await has_passkey(await session.connection(), person.id):
            await remove_recovery_codes(session, person.id)
    return to_home("factor-removed")


async def show_recovery_codes(site: Site, request: Request) -> Response:
    """Return the form to renew the recovery codes."""
    _, person = await host_of(request, site)
    await _ensure_factor(site, person)
    return page("renew_codes.html", email=person.email or "", faults=())


async def submit_recovery_codes(site: Site, request: Request, form: Form) -> Response:
    """Renew the recovery codes, by the current password, and show them once."""
    browser_session, person = await host_of(request, site)
    await _ensure_factor(site, person)
    if not await is_present_password(site, browser_session, form.get("password", "")):
        return page("renew_codes.html", status=400, email=person.email or "", faults=[not_present()])
    async with site.database.writing() as session:
        codes = await renew_recovery_codes(session, person.id)
    return codes_page(codes, is_renewed=True)


async def is_present_password(site: Site, browser_session: SignedIn, password: str) -> bool:
    """Return whether this is the password of the person who is signed in. Raise TooManyGuesses.

    Guesses are counted for this browser alone, so that one in the wrong hands does not keep the person out elsewhere.
    """
    keys, now = [strict_key("present password", browser_session.id)], site.now()
    # noted before it is judged and in a transaction of its own: hashing takes too long to hold the lock
    async with site.database.writing() as session:
        await ensure_unblocked(session, keys, now)
        await note_failure(session, keys, now)
    async with site.database.reading() as connection:
        hash_ = await find_hash(connection, browser_session.person_id)
    if not await is_right(hash_, password):
        return False
    async with site.database.writing() as session:
        await forget_failures(session, keys)
    return True


def not_present() -> Fault:
    """Return the fault of a password that is not the current one."""
    return Fault("password", say("This is not your current password."))


async def _ensure_factor(site: Site, person: Person) -> None:
    async with site.database.reading() as connection:
        if not await has_factor(connection, person.id):
            message = say("Recovery codes stand in for a second factor. Set one up first; you then get its codes.")
            raise TurnedAway(404, say("No second factor yet"), message)


def _password_form(person: Person, faults: Sequence[Fault] = ()) -> Response:
    return page("password.html", status=400 if faults else 200, email=person.email or "", faults=faults)
