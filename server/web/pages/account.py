"""The account page: the person's standings, the browsers they are signed in with, and what programs may do for them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from server.identity.authenticators import has_authenticator
from server.identity.cookie import known_secret
from server.identity.grants import revoke_grants
from server.identity.known_browsers import forget_browsers
from server.identity.oauth.scopes import MEANINGS
from server.identity.passkeys import passkeys_of, relying_party
from server.identity.sessions import end_session
from server.identity.site import Site
from server.identity.standing import actor_of
from server.models.identity import BrowserSession
from server.models.oauth import Application, Grant
from server.web.look.languages import say, sentence, spoken
from server.web.look.rendering import page
from server.web.look.times import Times
from server.web.pages.factors import is_removable
from server.web.pages.forms import Form
from server.web.pages.reception import host_of, to_home

DONE = {
    "password": sentence("Your password is changed. Every other browser and every application was signed out."),
    "factor-removed": sentence("Your authenticator is removed."),
    "passkey": sentence("Your passkey is added. Keep recovery codes for the day it is lost: see your second factor."),
    "passkey-removed": sentence("The passkey is removed."),
    "browser": sentence("The browser is signed out."),
    "others": sentence("All other browsers are signed out."),
    "application": sentence("The application can do nothing in your name any more."),
    "invitation": sentence("You have accepted the invitation."),
}
"""What the page says at its top after something was done."""


class Allowed(NamedTuple):
    """An application that works in a person's name: what its grants allow together, and since when."""

    id: str
    name: str
    scopes: list[str]
    since: datetime


async def show(site: Site, request: Request) -> Response:
    """Return the account page."""
    browser_session, person = await host_of(request, site)
    now = site.now()
    done = DONE.get(request.query_params.get("done", ""))
    async with site.database.studying() as session:
        connection = await session.connection()
        capacities = browser_session.caller(site.settings.issuer).capacities
        actor = await actor_of(connection, person.id, now, capacities=capacities)
        return page(
            "account.html",
            done=say(done) if done else "",
            person=person,
            times=Times(spoken(), person.zone, now),
            standings=actor.standings,
            has_explorer=not site.settings.production,
            signs_in_here=not site.settings.oidc_issuer,
            has_authenticator=await has_authenticator(connection, person.id),
            is_removable=await is_removable(connection, site, person.id),
            offers_passkeys=relying_party(site.settings.issuer) is not None,
            passkeys=await passkeys_of(session, person.id),
            browsers=await _find_browsers(connection, person.id, now, site),
            this_browser=browser_session.id,
            applications=await _find_applications(connection, person.id),
            meanings={scope: say(meaning) for scope, meaning in MEANINGS.items()},
        )


async def show_stay(site: Site, request: Request) -> Response:
    """Return the page whose opening makes the session longer, while a form stands in another window."""
    browser_session, person = await host_of(request, site)
    return page("stay.html", times=Times(spoken(), person.zone, site.now()), ends_at=browser_session.expires_at)


async def end_browser(site: Site, request: Request, form: Form) -> Response:
    """Sign one of the person's browsers out. No browser but this one is known for them any more."""
    _, person = await host_of(request, site)
    async with site.database.writing() as session:
        for row in await _find_browsers(await session.connection(), person.id, site.now(), site):
            if row.id == form.get("browser"):
                await end_session(session, row.id, site.now())
        await forget_browsers(session, person.id, besides=known_secret(request))
    return to_home("browser")


async def end_other_browsers(site: Site, request: Request, form: Form) -> Response:
    """Sign out every browser of the person except this one, which alone stays known for them."""
    browser_session, person = await host_of(request, site)
    async with site.database.writing() as session:
        for row in await _find_browsers(await session.connection(), person.id, site.now(), site):
            if row.id != browser_session.id:
                await end_session(session, row.id, site.now())
        await forget_browsers(session, person.id, besides=known_secret(request))
    return to_home("others")


async def revoke_application(site: Site, request: Request, form: Form) -> Response:
    """Revoke every grant of the person to an application."""
    _, person = await host_of(request, site)
    own = (Grant.application_id == form.get("application", ""), Grant.person_id == person.id)
    async with site.database.writing() as session:
        await revoke_grants(session, *own, now=site.now(), because="revoked by the person")
    return to_home("application")


async def _find_browsers(connection: AsyncConnection, person_id: str, now: datetime, site: Site) -> Sequence[Any]:
    """Return the signed-in browsers of a person, the last used first."""
    columns = (BrowserSession.id, BrowserSession.browser, BrowserSession.signed_in_at, BrowserSession.seen_at)
    live = (
        BrowserSession.person_id == person_id,
        BrowserSession.ended_at.is_(None),
        BrowserSession.awaits_factor.is_(False),
        BrowserSession.expires_at > now,
        BrowserSession.seen_at > now - site.session_limits.idle,
    )
    newest_first = (BrowserSession.seen_at.desc(), BrowserSession.id.desc())
    return (await connection.execute(select(*columns).where(*live).order_by(*newest_first))).all()


async def _find_applications(connection: AsyncConnection, person_id: str) -> list[Allowed]:
    """Return what applications may do in a person's name, the last granted first.

    An application that was let in several times is listed once, with all scopes.
    """
    statement = (
        select(Application.id, Application.name, Grant.scopes, Grant.granted_at)
        .join(Application, Application.id == Grant.application_id)
        .where(Grant.person_id == person_id, Grant.revoked_at.is_(None))
        .order_by(Grant.granted_at.desc(), Grant.id.desc())
    )
    applications: dict[str, Allowed] = {}
    for row in await connection.execute(statement):
        before = applications.get(row.id, Allowed(row.id, row.name, [], row.granted_at))
        scopes = [*before.scopes, *(scope for scope in row.scopes if scope not in before.scopes)]
        applications[row.id] = before._replace(scopes=scopes, since=row.granted_at)
    return list(applications.values())
