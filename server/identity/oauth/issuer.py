"""The embedded issuer: Authlib's authorization server over our tables, for the length of one request.

Authlib is synchronous. `issuing` lends it the synchronous session of one transaction, which SQLAlchemy bridges without
threads. An error of OAuth is an answer here and no exception, so that its effects, such as a revoked grant, stay.
"""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from authlib.common.urls import add_params_to_uri
from authlib.oauth2.rfc6749 import AuthorizationServer, InvalidScopeError, OAuth2Error
from joserfc.jwk import ECKey
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import JSONResponse, Response

from server.identity.guesses import GuessKey, TooManyGuesses, ensure_unblocked, note_failure
from server.identity.keys import find_keys, signing_keys
from server.identity.oauth.clients import Client, ClientRefused, credentials_of
from server.identity.oauth.code_grant import CodeGrant, ProofKey
from server.identity.oauth.device_grant import DeviceEndpoint, DeviceGrant
from server.identity.oauth.forms import AskedRequest
from server.identity.oauth.id_tokens import sign_id_token
from server.identity.oauth.machine_grant import MachineGrant
from server.identity.oauth.own_tokens import IntrospectionEndpoint, RevocationEndpoint
from server.identity.oauth.refresh_grant import RefreshGrant, add_first_token
from server.identity.oauth.scopes import OFFLINE, OPENID
from server.identity.settings import IdentitySettings
from server.identity.site import Site
from server.identity.tokens import sign_token
from server.models.oauth import Application, Grant
from server.storage.afterwards import log_after_commit

T = TypeVar("T")

logging.getLogger("authlib").setLevel(logging.INFO)
"""Below that, Authlib writes the tokens it issues."""


class Issuer(AuthorizationServer):
    """The issuer at one instant, in one transaction.

    Its "user" is the browser session before consent, and the `Grant` after it.
    """

    def __init__(self, settings: IdentitySettings, session: Session, keys: Sequence[ECKey], now: datetime) -> None:
        super().__init__()
        self.settings, self.session, self.keys, self.now = settings, session, keys, now
        self.register_grant(CodeGrant, [ProofKey()])
        self.register_grant(RefreshGrant)
        self.register_grant(DeviceGrant)
        self.register_grant(MachineGrant)
        self.register_endpoint(DeviceEndpoint)
        self.register_endpoint(RevocationEndpoint)
        self.register_endpoint(IntrospectionEndpoint)

    def build_request(
        self, method: str, path: str, parameters: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> AskedRequest:
        """Return a request to one of the endpoints in the form that Authlib expects.

        Raise InsecureTransportError where the public address of this server is neither encrypted nor of this machine.
        """
        return AskedRequest(method, self.settings.issuer + path, parameters, headers or {})

    def query_client(self, client_id: str | None) -> Client | None:
        """Return the application with this id, None if there is none or it was retired."""
        application = self.session.scalar(
            select(Application).where(Application.id == client_id, Application.retired_at.is_(None))
        )
        return Client(application) if application else None

    def authenticate_client(self, request: AskedRequest, methods: Sequence[str], endpoint: str = "token") -> Client:
        """Return the client that proved who it is by one of the methods. Raise ClientRefused."""
        credentials = credentials_of(request.headers, request.form)
        client = self.query_client(credentials.client_id)
        if client is None or credentials.method not in methods or not client.is_proven_by(credentials):
            raise ClientRefused()
        request.auth_method, request.client = credentials.method, client
        return client

    def generate_token(
        self,
        grant_type: str,
        client: Client,
        user: Grant,
        scope: str | None = None,
        expires_in: int | None = None,
        include_refresh_token: bool = True,
    ) -> dict[str, Any]:
        """Return the answer of the token endpoint for the grant `user`.

        It holds an access token, and a first refresh token where the grant allows one. Raise InvalidScopeError without
        any scope.
        """
        scopes = client.get_allowed_scope(scope)
        if not scopes:
            raise InvalidScopeError()
        settings = self.settings
        access_token = sign_token(
            self.keys[0],
            issuer=settings.issuer,
            audience=settings.token_audience,
            subject=user.person_id,
            client_id=client.id,
            scopes=scopes.split(),
            now=self.now,
            minutes=settings.token_minutes,
            grant_id=user.id,
        )
        log_after_commit(
            self.session, "token issued", person=user.person_id, application=client.id, grant=user.id, by=grant_type
        )
        token = {"access_token": access_token, "token_type": "Bearer", "expires_in": settings.token_minutes * 60}
        token["scope"] = scopes
        if include_refresh_token and OFFLINE in user.scopes:
            token["refresh_token"] = add_first_token(self.session, user.id, self.now, days=settings.refresh_days)
        return token

    def add_id_token(self, token: dict[str, Any], family: Grant, nonce: str | None = None) -> None:
        """Add an ID token to an answer of the token endpoint where `openid` was granted."""
        if OPENID in token["scope"].split():
            token["id_token"] = sign_id_token(
                self.keys[0],
                family,
                issuer=self.settings.issuer,
                nonce=nonce,
                access_token=token["access_token"],
                now=self.now,
                minutes=self.settings.token_minutes,
            )

    def save_token(self, token: dict[str, Any], request: AskedRequest) -> None:
        """Do nothing: refresh tokens are kept when they are made, access tokens are not kept."""

    def send_signal(self, name: str, *args: Any, **kwargs: Any) -> None:
        """Do nothing: no part of this server listens to Authlib's signals."""

    def create_oauth2_request(self, request: AskedRequest) -> AskedRequest:
        """Return the request as it is: it was made by `build_request`."""
        return request

    def handle_response(self, status: int, body: Any, headers: Sequence[tuple[str, str]]) -> Response:
        """Return an answer as a response of Starlette.

        An answer that leads back to an application says which issuer it comes from (RFC 9207).
        """
        fields = dict(headers)
        if "Location" in fields:
            fields["Location"] = add_params_to_uri(fields["Location"], [("iss", self.settings.issuer)])
            return Response(status_code=status, headers=fields | {"Cache-Control": "no-store"})
        fields.pop("Content-Type", None)  # JSONResponse sets its own
        return JSONResponse(body, status_code=status, headers=fields)


async def issuing(
    site: Site,
    answer: Callable[[Issuer], T],
    *,
    allowances: Sequence[GuessKey] = (),
    counts: Callable[[T], bool] = bool,
) -> T:
    """Return what `answer` makes of the issuer, in one transaction.

    An answer that `counts` is counted under each of the allowances. Raise TooManyGuesses once one of them is used up.
    """
    now = site.now()
    # reading first: only a database without any key needs the transaction that makes one
    keys = await find_keys(site.database) or await signing_keys(site.database, now)
    async with site.database.writing() as session:
        await ensure_unblocked(session, allowances, now)
        result = await session.run_sync(lambda borrowed: answer(Issuer(site.settings, borrowed, keys, now)))
        if allowances and counts(result):
            await note_failure(session, allowances, now)
        return result


def too_many_response(blocked: TooManyGuesses, now: datetime) -> Response:
    """Return the answer to a client that has used its allowance up: 429, with the seconds to wait in `Retry-After`."""
    body = {"error": "slow_down", "error_description": "Too many requests. Try again later."}
    headers = {"Retry-After": str(blocked.seconds_from(now)), "Cache-Control": "no-store"}
    return JSONResponse(body, status_code=429, headers=headers)


def error_response(error: OAuth2Error) -> Response:
    """Return the answer to an error that was found before the issuer was reached, or that it raised."""
    status, body, headers = error()
    return JSONResponse(body, status_code=status, headers={name: v for name, v in headers if name != "Content-Type"})
