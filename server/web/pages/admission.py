"""Letting a person in: the step after a right password, the session that begins, and the cookies of the browser."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.authenticators import begin_authenticator, is_demanded
from server.identity.cookie import known_secret, session_secret, set_known, set_session
from server.identity.known_browsers import KNOWN_FOR, remember_browser
from server.identity.sessions import begin_session, end_session, find_session
from server.identity.site import Site
from server.web.pages.factors import has_factor
from server.web.pages.reception import with_continue

FACTOR, NEW_FACTOR, ONWARD = "/sign-in/factor", "/sign-in/factor/new", "/sign-in/onward"
FACTOR_WITHIN = timedelta(minutes=10)
"""How long the second factor may be awaited."""


class Secrets(NamedTuple):
    """The secrets for the cookies of a browser: its session, and by which it is known once somebody is signed in."""

    session: str
    known: str | None

    def put_in(self, response: Response) -> None:
        """Give the browser its cookies."""
        set_session(response, self.session)
        if self.known:
            set_known(response, self.known, lasts=KNOWN_FOR)


async def let_in(session: AsyncSession, site: Site, request: Request, person_id: str, place: str) -> Response:
    """Answer a right password: with a session that goes on to `place`, or with one that awaits the second factor."""
    step = await _begin_next_step(session, person_id, site)
    secrets = await change_session(session, site, request, person_id, ["pwd"], awaits_factor=step is not None)
    response = RedirectResponse(with_continue(step, place), status_code=303) if step else onward(place)
    secrets.put_in(response)
    return response


async def change_session(
    session: AsyncSession,
    site: Site,
    request: Request,
    person_id: str,
    methods: Sequence[str],
    *,
    awaits_factor: bool = False,
) -> Secrets:
    """End the session that this browser had, if any, and begin another.

    Once somebody is signed in, the browser is known for them.
    """
    now, cookie = site.now(), session_secret(request)
    before = cookie and await find_session(await session.connection(), cookie, now, site.session_limits)
    if before:
        await end_session(session, before.id, now)
    lasts = FACTOR_WITHIN if awaits_factor else site.session_limits.absolute
    browser = request.headers.get("user-agent", "")
    secret = await begin_session(
        session, person_id, now, lasts=lasts, methods=methods, awaits_factor=awaits_factor, browser=browser
    )
    if not awaits_factor:
        site.note_sign_in("done")
    known = None if awaits_factor else await remember_browser(session, known_secret(request), person_id, now)
    return Secrets(secret, known)


def onward(place: str) -> RedirectResponse:
    """Return a redirect to `place`.

    To an application it goes by way of a page, so that it is no longer the answer to a form.
    """
    return RedirectResponse(with_continue(ONWARD, place) if place.startswith("/oauth/") else place, status_code=303)


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
