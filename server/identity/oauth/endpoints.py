"""The endpoints that applications call themselves: token, device authorization, revocation, introspection."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from authlib.oauth2.rfc6749 import OAuth2Error
from starlette.requests import Request
from starlette.responses import Response

from server.identity.guesses import GuessKey, TooManyGuesses, allowance_key
from server.identity.oauth.clients import MACHINE, credentials_of
from server.identity.oauth.forms import AskedRequest, ensure_our_resource, form_of
from server.identity.oauth.issuer import Issuer, error_response, issuing, too_many_response
from server.identity.origin import address_of
from server.identity.site import Site
from server.identity.tokens import TokenRefused

TOKEN, DEVICE_AUTHORIZATION = "/oauth/token", "/oauth/device_authorization"
REVOKE, INTROSPECT = "/oauth/revoke", "/oauth/introspect"
DEVICES_PER_ADDRESS, DEVICES_PER_CLIENT = 30, 600
"""How many devices may begin within a quarter of an hour: behind one network address, and of one application."""
TOKENS_PER_SERVICE = 600
"""How many tokens a service account gets by its secret within a quarter of an hour; each is good for minutes."""


class Endpoints:
    """The endpoints of one server; their errors have the form of RFC 6749, section 5.2."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def token(self, request: Request) -> Response:
        """Issue tokens for a code, a refresh token, a device code, or a service account."""

        def answer(issuer: Issuer, oauth_request: AskedRequest) -> Any:
            ensure_our_resource(oauth_request.form, self._site.settings.token_audience)
            return issuer.create_token_response(oauth_request)

        return await self._answer(request, answer, _token_allowances)

    async def device_authorization(self, request: Request) -> Response:
        """Issue the two codes to a device that asks to be let in."""

        def answer(issuer: Issuer, oauth_request: AskedRequest) -> Any:
            ensure_our_resource(oauth_request.form, self._site.settings.token_audience)
            return issuer.create_endpoint_response("device_authorization", oauth_request)

        return await self._answer(request, answer, _device_allowances)

    async def revoke(self, request: Request) -> Response:
        """Revoke the grant of a token."""
        return await self._answer(
            request, lambda issuer, oauth_request: issuer.create_endpoint_response("revocation", oauth_request)
        )

    async def introspect(self, request: Request) -> Response:
        """Return whether a token of the client is in force, and its claims if it is."""
        return await self._answer(
            request, lambda issuer, oauth_request: issuer.create_endpoint_response("introspection", oauth_request)
        )

    async def _answer(
        self,
        request: Request,
        answer: Callable[[Issuer, AskedRequest], Any],
        allowances_of: Callable[[Request, Mapping[str, str]], Sequence[GuessKey]] = lambda request, form: (),
    ) -> Response:
        try:
            form = await form_of(request)
            allowances = allowances_of(request, form)
        except OAuth2Error as error:
            return error_response(error)
        # verified here, because inside the issuer nothing can be awaited
        claims = await self._claims_of(form.get("token"))

        def respond(issuer: Issuer) -> Response:
            try:
                oauth_request = issuer.build_request("POST", request.url.path, form, request.headers)
                oauth_request.claims = claims
                response: Response = answer(issuer, oauth_request)
            except OAuth2Error as error:
                return error_response(error)
            return response

        try:
            return await issuing(self._site, respond, allowances=allowances, counts=_is_given)
        except TooManyGuesses as blocked:
            return too_many_response(blocked, self._site.now())

    async def _claims_of(self, token: str | None) -> Mapping[str, Any]:
        if token is None:
            return {}
        try:
            return await self._site.validator.claims_of(token, self._site.now())
        except TokenRefused:
            return {}


def _device_allowances(request: Request, form: Mapping[str, str]) -> Sequence[GuessKey]:
    return (
        allowance_key("device codes", address_of(request), DEVICES_PER_ADDRESS),
        allowance_key("device codes of a client", credentials_of(request.headers, form).client_id, DEVICES_PER_CLIENT),
    )


def _token_allowances(request: Request, form: Mapping[str, str]) -> Sequence[GuessKey]:
    if form.get("grant_type") != MACHINE:
        return ()
    return (allowance_key("tokens of a service", credentials_of(request.headers, form).client_id, TOKENS_PER_SERVICE),)


def _is_given(response: Response) -> bool:
    """Return whether a client got what it asked for: only that is counted, so that nobody uses up what is another's."""
    return response.status_code == 200
