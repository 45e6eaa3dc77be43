"""The authorization code (RFC 6749, section 4.1) with PKCE (RFC 7636, S256 only) and OpenID Connect."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import re
from datetime import timedelta
from typing import Any, NamedTuple

from authlib.oauth2.rfc6749 import (
    InvalidClientError,
    InvalidGrantError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Error,
    UnsupportedResponseTypeError,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.errors import ConsentRequiredError, LoginRequiredError

from server.identity.oauth.clients import EVERY_METHOD
from server.identity.oauth.families import (
    REPLAYED,
    begin_family,
    claim,
    find_live,
    forget_expired,
    is_remembered,
    revoke_family,
)
from server.identity.oauth.forms import ensure_our_resource
from server.identity.secrets import digest_of, new_secret
from server.models.oauth import AuthorizationCode, Grant
from server.vocabulary.applications import ApplicationKind

CODE_LIFE = timedelta(seconds=60)
"""How long a code can be exchanged; RFC 6749, section 4.1.2, allows ten minutes at most."""
CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
"""The SHA-256 of a verifier in base64url."""
MAX_AGE = re.compile(r"[0-9]{1,9}")
LONGEST_NONCE = 255
NO_PROMPT, LOGIN, CONSENT = "none", "login", "consent"
PROMPTS = (NO_PROMPT, LOGIN, CONSENT)


class IssuedCode(NamedTuple):
    """An authorization code that a client presents, in the form that Authlib expects."""

    row: AuthorizationCode
    family: Grant

    @property
    def code_challenge(self) -> str:
        """Return the hash that the verifier must have."""
        return self.row.challenge

    @property
    def code_challenge_method(self) -> str:
        """Return `S256`, the only challenge method accepted (RFC 7636, section 4.2)."""
        return "S256"

    def get_redirect_uri(self) -> str:
        """Return the address to which the code was sent; the client must name it again."""
        return self.row.redirect_uri

    def get_scope(self) -> str:
        """Return the granted scopes, separated by spaces."""
        return " ".join(self.family.scopes)


class ProofKey(CodeChallenge):
    """The check of the verifier at the token endpoint; `CodeGrant` checks the challenge before it issues a code."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)


class CodeGrant(AuthorizationCodeGrant):
    """Authorization codes: issued at the authorization endpoint, exchanged at the token endpoint, once."""

    TOKEN_ENDPOINT_AUTH_METHODS = EVERY_METHOD

    @classmethod
    def check_authorization_endpoint(cls, request: Any) -> bool:
        """Return True: this class judges every authorization request, because there is one response type only."""
        return True

    def validate_authorization_request(self) -> str:
        """Check an authorization request and return its redirect URI.

        Set `prompt` to what the person must do before it is granted: "login", "consent" or None. Raise OAuth2Error. An
        error found before the redirect URI is known to be good has no redirect URI, so that it leads nowhere.
        """
        payload = self.request.payload
        client = self.server.query_client(payload.client_id)
        if client is None:
            raise InvalidClientError("The application is unknown.")
        if not payload.redirect_uri or not client.check_redirect_uri(payload.redirect_uri):
            raise InvalidRequestError("The redirect URI is not registered for the application.")
        self.request.client = client
        try:
            self._check_parameters()
            self.prompt = self._judge_prompt()
        except OAuth2Error as error:
            error.redirect_uri = payload.redirect_uri
            raise
        return str(payload.redirect_uri)

    def _check_parameters(self) -> None:
        parameters = self.request.payload.data
        if parameters.get("response_type") != "code":
            raise UnsupportedResponseTypeError("code", "Only the response_type code is supported.")
        if (
            not CHALLENGE.fullmatch(parameters.get("code_challenge", ""))
            or parameters.get("code_challenge_method") != "S256"
        ):
            raise InvalidRequestError("A code_challenge with the code_challenge_method S256 is required.")
        if parameters.get("response_mode", "query") != "query" or not {"request", "request_uri"}.isdisjoint(parameters):
            raise InvalidRequestError("Only plain requests are understood, and answered in the query.")
        if len(parameters.get("nonce", "")) > LONGEST_NONCE or not MAX_AGE.fullmatch(parameters.get("max_age", "0")):
            raise InvalidRequestError("The nonce is too long, or max_age is no number of seconds.")
        ensure_our_resource(parameters, self.server.settings.token_audience)
        self.request.scope = self.client.get_allowed_scope(self.request.payload.scope)
        if not self.request.scope:
            raise InvalidScopeError("Name scopes that the application is registered for.")

    def _judge_prompt(self) -> str | None:
        wishes = self.request.payload.data.get("prompt", "").split()
        if not set(wishes) <= set(PROMPTS) or (NO_PROMPT in wishes and len(wishes) > 1):
            raise InvalidRequestError("This prompt is not supported.")
        if self._must_sign_in(wishes):
            if NO_PROMPT in wishes:
                raise LoginRequiredError()
            return LOGIN
        if CONSENT in wishes or not self._is_remembered():
            if NO_PROMPT in wishes:
                raise ConsentRequiredError()
            return CONSENT
        return None

    def _must_sign_in(self, wishes: list[str]) -> bool:
        visitor, since, now = self.request.user, self.request.fresh_since, self.server.now
        if visitor is None:
            return True
        max_age = self.request.payload.data.get("max_age")
        is_too_old = max_age is not None and now - visitor.signed_in_at >= timedelta(seconds=int(max_age))
        if LOGIN not in wishes and not is_too_old:
            return False
        if since is not None and visitor.signed_in_at < since:
            # they were sent to sign in anew and came back without doing so: sending them again could go on for ever
            raise LoginRequiredError()
        return since is None

    def _is_remembered(self) -> bool:
        """Return whether the person need not consent again.

        Only for an application on a server of its own (WEB), which can prove who it is: any program could pretend to be
        an application of another kind.
        """
        application, scopes = self.client.application, self.request.scope.split()
        if application.kind != ApplicationKind.WEB:
            return False
        person_id = self.request.user.person_id
        return is_remembered(self.server.session, person_id, application.id, scopes, self.server.now)

    def generate_authorization_code(self) -> str:
        """Return a new code."""
        return new_secret()

    def save_authorization_code(self, code: str, request: Any) -> None:
        """Begin the grant and keep the digest of its code."""
        server, parameters = self.server, request.payload.data
        forget_expired(server.session, AuthorizationCode, server.now)
        family = begin_family(server.session, request.client.id, request.scope.split(), request.user, server.now)
        server.session.add(
            AuthorizationCode(
                code_digest=digest_of(code),
                grant_id=family.id,
                redirect_uri=parameters["redirect_uri"],
                challenge=parameters["code_challenge"],
                nonce=parameters.get("nonce"),
                expires_at=server.now + CODE_LIFE,
            )
        )

    def query_authorization_code(self, code: str, client: Any) -> IssuedCode | None:
        """Return the code if it belongs to this client and can be used, None otherwise.

        A code that was used before revokes its grant and everything that came of it (RFC 6749, section 4.1.2).
        """
        server = self.server
        row = server.session.get(AuthorizationCode, digest_of(code))
        family = server.session.get(Grant, row.grant_id) if row else None
        if row is None or family is None or family.application_id != client.id:
            return None
        if row.used_at is not None:
            revoke_family(server.session, family.id, server.now, because=REPLAYED)
            return None
        return IssuedCode(row, family) if server.now < row.expires_at else None

    def authenticate_user(self, authorization_code: IssuedCode) -> Grant | None:
        """Claim the code: mark it used and return its grant, None if the grant holds no more.

        Raise InvalidGrantError if the code was used before, and revoke its grant.
        """
        server, row = self.server, authorization_code.row
        if not claim(server.session, AuthorizationCode, AuthorizationCode.code_digest == row.code_digest, server.now):
            revoke_family(server.session, row.grant_id, server.now, because=REPLAYED)
            raise InvalidGrantError()
        return find_live(server.session, row.grant_id)

    def create_token_response(self) -> Any:
        """Return the tokens for a code, with an ID token where `openid` was granted."""
        answer = super().create_token_response()
        self.server.add_id_token(answer[1], self.request.user, self.request.authorization_code.row.nonce)
        return answer

    def delete_authorization_code(self, authorization_code: IssuedCode) -> None:
        """Do nothing: the code is marked used and kept, to be recognised if it comes again."""
