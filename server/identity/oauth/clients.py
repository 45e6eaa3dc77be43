"""An application as an OAuth client in the form that Authlib expects, and how the client authenticates."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import base64
import hmac
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

from server.identity.oauth.forms import has_control_character
from server.identity.oauth.redirects import is_registered
from server.identity.oauth.scopes import allowed_scopes
from server.identity.secrets import digest_of
from server.models.oauth import Application
from server.vocabulary.applications import KEEPS_SECRET, ApplicationKind

CODE, REFRESH, MACHINE, DEVICE = "authorization_code", "refresh_token", "client_credentials", DEVICE_CODE_GRANT_TYPE
GRANT_TYPES = {
    ApplicationKind.WEB: frozenset({CODE, REFRESH}),
    ApplicationKind.BROWSER: frozenset({CODE, REFRESH}),
    ApplicationKind.NATIVE: frozenset({CODE, REFRESH}),
    ApplicationKind.DEVICE: frozenset({DEVICE, REFRESH}),
    ApplicationKind.SERVICE: frozenset({MACHINE}),
}
BASIC, POST, NONE = "client_secret_basic", "client_secret_post", "none"
SECRET_METHODS = [BASIC, POST]
EVERY_METHOD = [*SECRET_METHODS, NONE]


class Client(ClientMixin):
    """An application, seen as an OAuth client."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.id = application.id

    def get_client_id(self) -> str:
        """Return the `client_id`."""
        return self.id

    def get_allowed_scope(self, scope: str | None) -> str:
        """Return those of the requested scopes that the application may have."""
        return " ".join(allowed_scopes(scope, self.application.scopes))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Return whether an authorization may lead to this address."""
        application = self.application
        uses_codes = CODE in GRANT_TYPES[application.kind]
        return uses_codes and is_registered(redirect_uri, application.redirect_uris, application.kind)

    def check_grant_type(self, grant_type: str) -> bool:
        """Return whether this kind of application obtains tokens in this way."""
        return grant_type in GRANT_TYPES[self.application.kind]

    def is_proven_by(self, credentials: "Credentials") -> bool:
        """Return whether the credentials are those of this application.

        They are its secret, or no secret for an application of a kind that keeps none.
        """
        if self.application.kind not in KEEPS_SECRET:
            return credentials.method == NONE
        digest = self.application.secret_digest
        # compared in constant time, so that the time tells nothing about the digest
        return (
            credentials.method != NONE
            and digest is not None
            and hmac.compare_digest(digest, digest_of(credentials.secret))
        )


class Credentials(NamedTuple):
    """The client that a request names, and the method and the secret by which it proves who it is."""

    method: str
    client_id: str
    secret: str = ""


class ClientRefused(InvalidClientError):
    """Raised when a client did not prove who it is.

    The words are the same whatever was wrong, so that they do not tell which clients exist.
    """

    def __init__(self) -> None:
        super().__init__("The client is unknown or did not prove who it is.", status_code=401)

    def get_headers(self) -> list[tuple[str, str]]:
        """Return the headers of the error, with the challenge that status 401 requires."""
        headers = [pair for pair in super().get_headers() if pair[0] != "WWW-Authenticate"]
        return [*headers, ("WWW-Authenticate", 'Basic realm="oauth", charset="UTF-8"')]


def credentials_of(headers: Mapping[str, str], form: Mapping[str, str]) -> Credentials:
    """Return the credentials in the headers and the form of a request.

    Raise ClientRefused for an `Authorization` header that cannot be read, and InvalidRequestError for two kinds of
    credentials at once.
    """
    authorization = headers.get("Authorization", "")
    if not authorization:
        method = POST if "client_secret" in form else NONE
        return Credentials(method, form.get("client_id", ""), form.get("client_secret", ""))
    scheme, _, encoded = authorization.partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except ValueError as error:
        raise ClientRefused() from error
    name, colon, secret = decoded.partition(":")
    if scheme.lower() != "basic" or not colon:
        raise ClientRefused()
    # name and secret are form-encoded before they are joined (RFC 6749, section 2.3.1)
    basic = Credentials(BASIC, _decode(name), _decode(secret))
    if "client_secret" in form or form.get("client_id", basic.client_id) != basic.client_id:
        raise InvalidRequestError("The client must prove who it is in one way only.")
    return basic


def _decode(encoded: str) -> str:
    """Return the text of a form-encoded name or secret. Raise ClientRefused if it is none that can be registered."""
    try:
        text = unquote_plus(encoded, errors="strict")
    except ValueError as error:
        raise ClientRefused() from error
    if has_control_character(text):
        raise ClientRefused()
    return text
