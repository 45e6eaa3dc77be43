"""Client credentials (RFC 6749, section 4.4): a service account acts as the person it is accredited as."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from typing import Any

from authlib.oauth2.rfc6749 import InvalidScopeError, UnauthorizedClientError
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant

from server.identity.oauth.clients import SECRET_METHODS
from server.identity.oauth.families import service_family


class MachineGrant(ClientCredentialsGrant):
    """Service accounts at the token endpoint. They get no refresh token: they have their secret."""

    TOKEN_ENDPOINT_AUTH_METHODS = SECRET_METHODS

    def validate_token_request(self) -> None:
        """Who asks, and whether for scopes that it may have."""
        super().validate_token_request()
        if not self.client.get_allowed_scope(self._scope()):
            raise InvalidScopeError()

    def create_token_response(self) -> Any:
        """An access token for the service account."""
        server, application = self.server, self.client.application
        family = service_family(server.session, application, application.person_id, server.now)
        if family is None:
            raise UnauthorizedClientError("The service account is suspended.")
        token = self.generate_token(user=family, scope=self._scope(), include_refresh_token=False)
        return 200, token, self.TOKEN_RESPONSE_HEADER

    def _scope(self) -> str:
        """What is asked for: without a word everything that the account was opened for (RFC 6749, section 3.3)."""
        scope: str | None = self.request.payload.scope
        return " ".join(self.client.application.scopes) if scope is None else scope
