"""Client credentials (RFC 6749, section 4.4): a service account acts as the person under which it is accredited."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from typing import Any

from authlib.oauth2.rfc6749 import InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant

from server.identity.oauth.clients import SECRET_METHODS
from server.identity.oauth.families import ensure_service_family


class MachineGrant(ClientCredentialsGrant):
    """Service accounts at the token endpoint; they get no refresh token, because they have their secret."""

    TOKEN_ENDPOINT_AUTH_METHODS = SECRET_METHODS

    def validate_token_request(self) -> None:
        """Authenticate the client and check that it may have the requested scopes.

        Raise InvalidScopeError if it may have none of them.
        """
        super().validate_token_request()
        if not self.client.get_allowed_scope(self._requested_scope()):
            raise InvalidScopeError()

    def create_token_response(self) -> Any:
        """Return an access token for the service account.

        Raise UnauthorizedClientError while the account is suspended.
        """
        server, application = self.server, self.client.application
        family = ensure_service_family(server.session, application, application.person_id, server.now)
        if family is None:
            raise UnauthorizedClientError("The service account is suspended.")
        token = self.generate_token(user=family, scope=self._requested_scope(), include_refresh_token=False)
        return 200, token, self.TOKEN_RESPONSE_HEADER

    def _requested_scope(self) -> str:
        """Return the requested scopes; without any, all for which the account was opened (RFC 6749, section 3.3)."""
        scope: str | None = self.request.payload.scope
        return " ".join(self.client.application.scopes) if scope is None else scope
