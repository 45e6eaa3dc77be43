"""Passkeys in a browser: the options for its script, and the forms by which its answers come back."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from server.identity.authenticators import has_authenticator, remove_recovery_codes
from server.identity.passkeys import (
    LABEL_LIMIT,
    PASSKEYS_LIMIT,
    PasskeyRefused,
    add_passkey,
    has_passkey,
    options_to_add,
    options_to_sign_in,
    passkeys_of,
    person_of_passkey,
    relying_party,
    remove_passkey,
)
from server.identity.site import Site
from server.models.identity import Passkey
from server.models.parties import Person
from server.web.look.languages import say
from server.web.look.refusals import say_issue
from server.web.look.rendering import page
from server.web.pages.admission import change_session, onward
from server.web.pages.factors import ensure_removable
from server.web.pages.forms import Form, TurnedAway
from server.web.pages.proofs import is_present_password, not_present
from server.web.pages.reception import host_of, place_to_continue, to_home
from server.wording.folding import fault_of_name, plain_name


async def show(site: Site, request: Request) -> Response:
    """Return the form to add a passkey."""
    _, person = await host_of(request, site)
    _ensure_possible(site)
    return page("new_passkey.html", limit=PASSKEYS_LIMIT, email=person.email or "")


async def new_options(site: Site, request: Request, form: Form) -> Response:
    """Return the options by which the browser makes a passkey, for a person who gives the current password."""
    browser_session, person = await host_of(request, site)
    _ensure_possible(site)
    if not await is_present_password(site, browser_session, form.get("password", "")):
        return JSONResponse({"message": not_present().message}, status_code=400, headers={"cache-control": "no-store"})
    if fault := _fault_of_label(form):
        return JSONResponse({"message": fault}, status_code=400, headers={"cache-control": "no-store"})
    async with site.database.writing() as session:
        return _json_response(await options_to_add(session, person, site.now(), issuer=site.settings.issuer))


async def submit_new(site: Site, request: Request, form: Form) -> Response:
    """Keep the passkey that the browser made."""
    _, person = await host_of(request, site)
    _ensure_possible(site)
    if fault := _fault_of_label(form):
        raise TurnedAway(400, say("No passkey added"), fault)
    label, answer = _label_in(form), form.get("credential", "")
    try:
        async with site.database.writing() as session:
            await add_passkey(session, person.id, answer, site.now(), issuer=site.settings.issuer, label=label)
    except PasskeyRefused as refused:
        message = say("The passkey could not be added: it was added before, you have too many, or it took too long.")
        raise TurnedAway(400, say("No passkey added"), message) from refused
    return to_home("passkey")


async def show_removal(site: Site, request: Request) -> Response:
    """Return the form to remove a passkey."""
    _, person = await host_of(request, site)
    passkey = await _find_passkey(site, person, request.query_params.get("passkey", ""))
    return page("remove_passkey.html", passkey=passkey, email=person.email or "", faults=())


async def submit_removal(site: Site, request: Request, form: Form) -> Response:
    """Delete a passkey, by the current password, and the recovery codes with the last second factor."""
    browser_session, person = await host_of(request, site)
    passkey = await _find_passkey(site, person, form.get("passkey", ""))
    if not await is_present_password(site, browser_session, form.get("password", "")):
        email = person.email or ""
        return page("remove_passkey.html", status=400, passkey=passkey, email=email, faults=[not_present()])
    async with site.database.writing() as session:
        await remove_passkey(session, person.id, passkey.credential_id)
        connection = await session.connection()
        if not await has_passkey(connection, person.id) and not await has_authenticator(connection, person.id):
            await remove_recovery_codes(session, person.id)
    return to_home("passkey-removed")


async def sign_in_options(site: Site, request: Request, form: Form) -> Response:
    """Return the options to sign in by a passkey; they do not tell who has one."""
    _ensure_possible(site)
    async with site.database.writing() as session:
        return _json_response(await options_to_sign_in(session, site.now(), issuer=site.settings.issuer))


async def submit_sign_in(site: Site, request: Request, form: Form) -> Response:
    """Sign in by a passkey: possession and the check by the device are two factors.

    Tries are not counted: nobody guesses a signature, and a count would let a stranger keep people out.
    """
    _ensure_possible(site)
    try:
        async with site.database.writing() as session:
            answer = form.get("credential", "")
            person_id = await person_of_passkey(session, answer, site.now(), issuer=site.settings.issuer)
            secrets = await change_session(session, site, request, person_id, ["hwk", "user"])
    except PasskeyRefused as refused:
        site.note_failed_sign_in("passkey")
        message = say("This passkey is not known here, or it took too long. Try again, or sign in with your password.")
        raise TurnedAway(400, say("Not signed in"), message) from refused
    response = onward(place_to_continue(form.get("continue")))
    secrets.put_in(response)
    return response


def _label_in(form: Form) -> str:
    """Return the name of a passkey in a form; one without a name is called "Passkey"."""
    return plain_name(form.get("label", "")) or "Passkey"


def _fault_of_label(form: Form) -> str:
    """Return as a sentence what is wrong with the name of a passkey, "" if it is good."""
    fault = fault_of_name(_label_in(form), LABEL_LIMIT)
    return say("The name: {fault}.", fault=say_issue(fault.code, fault.words, fault.parameters)) if fault else ""


async def _find_passkey(site: Site, person: Person, credential_id: str) -> Passkey:
    """Return a passkey of the person. Raise TurnedAway if there is none with this id, or if they have to keep it."""
    await ensure_removable(site, person.id)
    async with site.database.studying() as session:
        passkeys = await passkeys_of(session, person.id)
    passkey = next((each for each in passkeys if each.credential_id == credential_id), None)
    if passkey is None:
        message = say("You have no such passkey; it may have been removed already.")
        raise TurnedAway(404, say("No such passkey"), message)
    return passkey


def _ensure_possible(site: Site) -> None:
    if relying_party(site.settings.issuer) is None:
        message = say("Passkeys need a site with a name; this one has only a number.")
        raise TurnedAway(404, say("No passkeys here"), message)


def _json_response(text: str) -> Response:
    return Response(text, media_type="application/json", headers={"cache-control": "no-store"})
