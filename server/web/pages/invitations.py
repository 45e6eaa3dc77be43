"""Accepting an invitation, by a person who is signed in or by a new one."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.domain.bodies.actions.seats import accept_invitation
from server.domain.parties.queries import OpenInvitation, find_invitation
from server.identity.authenticators import is_demanded
from server.identity.passwords import faults_of_password, hash_of, set_password
from server.identity.site import Site
from server.identity.standing import find_person
from server.models.parties import Person
from server.web.look.languages import say, spoken
from server.web.look.rendering import page
from server.web.look.times import Times
from server.web.pages.admission import let_in
from server.web.pages.forms import Fault, Form, TurnedAway
from server.web.pages.reception import ACCOUNT, SIGN_IN, NobodySignedIn, host_of, with_continue

INVITATION = "/invitation"
ACCEPTED = f"{ACCOUNT}?done=invitation"


async def show(site: Site, request: Request) -> Response:
    """Return the page that says who invites, for which party and from when, and how to accept."""
    secret = request.query_params.get("secret", "")
    return await _invitation_page(site, request, secret, await _find_invitation(site, secret))


async def submit(site: Site, request: Request, form: Form) -> Response:
    """Accept, as the person who is signed in, or as a new person with the chosen password."""
    secret, password = form.get("secret", ""), form.get("new-password", "")
    invitation = await _find_invitation(site, secret)
    host = await _find_host(request, site)
    if host:
        return await _accept_as(site, request, secret, host)
    if site.settings.oidc_issuer or await _is_known(site, invitation):
        return RedirectResponse(_address_to_sign_in(secret), status_code=303)
    faults = [
        Fault("new-password", message) for message in faults_of_password(password, email=invitation.email, say=say)
    ]
    if faults:
        return await _invitation_page(site, request, secret, invitation, faults)
    hash_ = await hash_of(password)
    async with site.database.writing() as session:
        person = Person(name=invitation.name, email=invitation.email)
        session.add(person)
        await session.flush()
        await set_password(session, person.id, hash_, site.now())
        await accept_invitation(session, site.now(), secret=secret, person_id=person.id)
        return await let_in(session, site, request, person.id, ACCEPTED)


async def _accept_as(site: Site, request: Request, secret: str, host: Person) -> Response:
    """Accept as a person who is signed in.

    If their new accreditation demands a second factor and they signed in without one, they go on by way of it.
    """
    browser_session, _ = await host_of(request, site)
    async with site.database.writing() as session:
        await accept_invitation(session, site.now(), secret=secret, person_id=host.id)
        if "pwd" in browser_session.methods and len(browser_session.methods) == 1:
            connection = await session.connection()
            if await is_demanded(connection, host.id, site.now(), of=site.settings.second_factor):
                return await let_in(session, site, request, host.id, ACCEPTED)
    return RedirectResponse(ACCEPTED, status_code=303)


async def _invitation_page(
    site: Site, request: Request, secret: str, invitation: OpenInvitation, faults: Sequence[Fault] = ()
) -> Response:
    host = await _find_host(request, site)
    return page(
        "invitation.html",
        status=400 if faults else 200,
        secret=secret,
        invitation=invitation,
        host=host,
        times=Times(spoken(), host.zone if host else "UTC", site.now()),
        is_new=not site.settings.oidc_issuer and not await _is_known(site, invitation),
        sign_in=_address_to_sign_in(secret),
        faults=faults,
    )


async def _find_invitation(site: Site, secret: str) -> OpenInvitation:
    async with site.database.reading() as connection:
        invitation = await find_invitation(connection, secret, site.now())
    if invitation is None:
        raise _worthless()
    return invitation


async def _find_host(request: Request, site: Site) -> Person | None:
    """Return the person who is signed in, None if nobody is."""
    try:
        _, person = await host_of(request, site)
    except NobodySignedIn:
        return None
    return person


async def _is_known(site: Site, invitation: OpenInvitation) -> bool:
    """Return whether a person with this e-mail address exists already.

    That person must sign in, because an address proves nobody.
    """
    async with site.database.reading() as connection:
        return await find_person(connection, invitation.email) is not None


def _address_to_sign_in(secret: str) -> str:
    """Return the address at which to sign in and come back to the invitation."""
    return with_continue(SIGN_IN, f"{INVITATION}?secret={quote(secret, safe='')}")


def _worthless() -> TurnedAway:
    message = say(
        "This invitation was accepted, withdrawn or has expired, or the link is not complete. "
        "Ask whoever invited you for a new one."
    )
    return TurnedAway(404, say("This invitation no longer works"), message)
