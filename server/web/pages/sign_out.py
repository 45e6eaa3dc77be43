"""Signing out on behalf of an application (OpenID Connect RP-Initiated Logout)."""

# mypy: disable-error-code="import-untyped"

from typing import NamedTuple
from urllib.parse import urlencode

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import OAuth2Error
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from server.identity.cookie import clear_session
from server.identity.oauth.forms import form_of, parameters_of
from server.identity.oauth.id_tokens import read_id_token
from server.identity.oauth.issuer import Issuer, issuing
from server.identity.oauth.metadata import END_SESSION
from server.identity.oauth.redirects import form_target
from server.identity.origin import is_from_here
from server.identity.sessions import end_session
from server.identity.site import Site
from server.web.look.languages import say, speak_as_asked
from server.web.look.rendering import page
from server.web.pages.authorize import NOT_FROM_HERE, error_page
from server.web.pages.reception import visitor

SIGNED_OUT = "/sign-out"


class Wish(NamedTuple):
    """The person to sign out and where to go then; an application that is not recognised names neither."""

    person_id: str = ""
    place: str = SIGNED_OUT


class SignOutPage:
    """The end-session endpoint of one server."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def answer(self, request: Request) -> Response:
        """Sign out the person whom an ID token of ours names; ask first when there is none.

        A POST of another site is turned into GET, with which the browser sends its cookie.
        """
        is_confirmed = False
        speak_as_asked(request)
        try:
            if request.method == "POST":
                form = await form_of(request)
                if "decision" not in form:
                    return RedirectResponse(f"{END_SESSION}?{urlencode(form)}", status_code=303)
                if not is_from_here(request, self._site.settings.issuer):
                    return error_page(say(NOT_FROM_HERE), status=403)
                is_confirmed = True
            parameters = parameters_of(request.scope["query_string"])
        except OAuth2Error as error:
            return error_page(error.description)
        wish = await issuing(self._site, lambda issuer: _wish_of(issuer, parameters))
        browser_session = await visitor(request, self._site)
        if browser_session and not is_confirmed and browser_session.person_id != wish.person_id:
            return page("end_session.html", sends_to=[form_target(wish.place)])
        if browser_session:
            async with self._site.database.writing() as session:
                await end_session(session, browser_session.id, self._site.now())
        response = RedirectResponse(wish.place, status_code=303)
        clear_session(response)
        return response


def _wish_of(issuer: Issuer, parameters: dict[str, str]) -> Wish:
    claims = read_id_token(parameters.get("id_token_hint", ""), issuer.keys, issuer.settings.issuer)
    client = issuer.query_client(claims["aud"]) if claims else None
    if claims is None or client is None or parameters.get("client_id", client.id) != client.id:
        return Wish()
    place = parameters.get("post_logout_redirect_uri")
    if place not in client.application.sign_out_uris:
        return Wish(claims["sub"])
    state = parameters.get("state")
    return Wish(claims["sub"], add_params_to_uri(place, [("state", state)]) if state else place)
