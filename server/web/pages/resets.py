"""Choosing a new password by a letter, for people who forgot theirs or never had one."""

from collections.abc import Sequence

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.delivery.outbox.letters import write_letter
from server.domain.parties.actions.letters import reset_letter
from server.identity.cookie import clear_session, known_secret, set_known
from server.identity.guesses import ensure_unblocked, forget_failures, guess_keys, note_failure
from server.identity.known_browsers import KNOWN_FOR, find_known_key, remember_browser
from server.identity.origin import address_of
from server.identity.passwords import faults_of_password, find_known, hash_of, set_password
from server.identity.resets import RESET_LASTS, begin_reset, find_reset, take_reset
from server.identity.sessions import end_sessions
from server.identity.site import Site
from server.web.look.languages import say, sentence
from server.web.look.rendering import page
from server.web.pages.forms import Fault, Form, TurnedAway
from server.web.pages.reception import SIGN_IN

FORGOTTEN, RESET = "/sign-in/forgotten", "/sign-in/reset"
LINKS = ((FORGOTTEN, sentence("Choose a new password")),)


async def show_forgotten(site: Site, request: Request) -> Response:
    """Return the form that asks for the letter, or the note that it may be on its way."""
    return page("forgotten.html", is_sent="sent" in request.query_params)


async def submit_forgotten(site: Site, request: Request, form: Form) -> Response:
    """Write the letter if the address is known and got none lately.

    The answer is the same if not, and is given before, so that its time does not tell. Requests are counted for the
    network address alone: were they counted for the person, a stranger could use their letters up.
    """
    email, now = form.get("email", "").strip().casefold()[:254], site.now()
    keys = guess_keys("forgotten", address=address_of(request))
    async with site.database.writing() as session:
        connection = await session.connection()
        person = await find_known(connection, email)
        person_id = person and person.person_id
        if not await find_known_key(connection, known_secret(request), person_id, now, purpose="forgotten"):
            await ensure_unblocked(session, keys, now)
            await note_failure(session, keys, now)
    letter = BackgroundTask(_write_letter, site, email)
    return RedirectResponse(f"{FORGOTTEN}?sent=", status_code=303, background=letter)


async def show_reset(site: Site, request: Request) -> Response:
    """Return the form for the new password."""
    return await _reset_form(site, request.query_params.get("secret", ""))


async def submit_reset(site: Site, request: Request, form: Form) -> Response:
    """Set the new password, and sign the person out everywhere.

    This browser is then known for them: they proved that they read their letters, so no stranger keeps them out.
    """
    secret, password, now = form.get("secret", ""), form.get("new-password", ""), site.now()
    _, email = await _find_entitled(site, secret)
    faults = [Fault("new-password", message) for message in faults_of_password(password, email=email, say=say)]
    if faults:
        return await _reset_form(site, secret, faults)
    hash_ = await hash_of(password)
    async with site.database.writing() as session:
        person_id = await take_reset(session, secret, now)
        if person_id is None:
            raise _worthless()
        await set_password(session, person_id, hash_, now)
        await end_sessions(session, person_id, now, because="new password")
        keys = guess_keys("sign-in", account=email, address=address_of(request))
        # no guess was noted here, so that none is taken off the count of the address
        await forget_failures(session, [key for key in keys if not key.is_shared])
        known = await remember_browser(session, known_secret(request), person_id, now)
    response = RedirectResponse(f"{SIGN_IN}?chosen=", status_code=303)
    clear_session(response)
    set_known(response, known, lasts=KNOWN_FOR)
    return response


async def _write_letter(site: Site, email: str) -> None:
    now = site.now()
    async with site.database.reading() as connection:
        recipient = await find_known(connection, email)
    if recipient is None:
        return
    async with site.database.writing() as session:
        secret = await begin_reset(session, recipient.person_id, now)
        if secret is None:
            return
        link = f"{site.settings.issuer}{RESET}?secret={secret}"
        words = reset_letter(recipient.language, RESET_LASTS, link)
        await write_letter(session, address=email, subject=words.subject, text=words.text, now=now)


async def _reset_form(site: Site, secret: str, faults: Sequence[Fault] = ()) -> Response:
    _, email = await _find_entitled(site, secret)
    return page("reset.html", status=400 if faults else 200, secret=secret, email=email, faults=faults)


async def _find_entitled(site: Site, secret: str) -> tuple[str, str]:
    async with site.database.reading() as connection:
        row = await find_reset(connection, secret, site.now())
    if row is None:
        raise _worthless()
    return row


def _worthless() -> TurnedAway:
    message = say("This link was used, or is too old. Ask for a new one.")
    return TurnedAway(404, say("This link no longer works"), message, links=LINKS)
