"""The endpoints that applications call themselves: token, device authorization, revocation, introspection."""

# mypy: disable-error-code="import-untyped"

from collections.abc import Callable, Mapping
from typing import Any

from authlib.oauth2.rfc6749 import OAuth2Error
from starlette.requests import Request
from starlette.responses import Response

from server.identity.oauth.forms import AskedRequest, ensure_our_resource, form_of
from server.identity.oauth.issuer import Issuer, issuing, refused
from server.identity.site import Site
from server.identity.tokens import TokenRefused

TOKEN, DEVICE_AUTHORIZATION = "/oauth/token", "/oauth/device_authorization"
REVOKE, INTROSPECT = "/oauth/revoke", "/oauth/introspect"


class Endpoints:
    """The endpoints of one server. Whatever goes wrong is told as RFC 6749, section 5.2, says."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def token(self, request: Request) -> Response:
        """Tokens for a code, a refresh token, a device code, or a service account."""

        def answer(issuer: Issuer, asked: AskedRequest) -> Any:
            ensure_our_resource(asked.form, self._site.settings.token_audience)
            return issuer.create_token_response(asked)

        return await self._answered(request, answer)

    async def device_authorization(self, request: Request) -> Response:
        """The two codes of a device that asks to be let in."""

        def answer(issuer: Issuer, asked: AskedRequest) -> Any:
            ensure_our_resource(asked.form, self._site.settings.token_audience)
            return issuer.create_endpoint_response("device_authorization", asked)

        return await self._answered(request, answer)

    async def revoke(self, request: Request) -> Response:
        """Revoke the grant of a token."""
        return await self._answered(request, lambda issuer, asked: issuer.create_endpoint_response("revocation", asked))

    async def introspect(self, request: Request) -> Response:
        """What a token of the caller's is worth."""
        return await self._answered(
            request, lambda issuer, asked: issuer.create_endpoint_response("introspection", asked)
        )

    async def _answered(self, request: Request, answer: Callable[[Issuer, AskedRequest], Any]) -> Response:
        try:
            form = await form_of(request)
        except OAuth2Error as error:
            return refused(error)
        claims = await self._claims_of(form.get("token"))

        def within(issuer: Issuer) -> Response:
            try:
                asked = issuer.asked("POST", request.url.path, form, request.headers)
                asked.claims = claims
                response: Response = answer(issuer, asked)
            except OAuth2Error as error:
                return refused(error)
            return response

        return await issuing(self._site, within)

    async def _claims_of(self, token: str | None) -> Mapping[str, Any]:
        if token is None:
            return {}
        try:
            return await self._site.validator.claims_of(token, self._site.now())
        except TokenRefused:
            return {}
