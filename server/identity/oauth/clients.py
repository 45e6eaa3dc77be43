"""An application as the OAuth client that Authlib asks about, and how it proves which one it is."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

import base64
import hmac
from typing import NamedTuple
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import ClientMixin, InvalidClientError, InvalidRequestError
from authlib.oauth2.rfc8628 import DEVICE_CODE_GRANT_TYPE

from server.identity.oauth.forms import AskedRequest
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
        """The `client_id`."""
        return self.id

    def get_allowed_scope(self, scope: str | None) -> str:
        """Of the scopes asked for, those that the application may have."""
        return " ".join(allowed_scopes(scope, self.application.scopes))

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """Whether an authorization may lead there."""
        application = self.application
        may = CODE in GRANT_TYPES[application.kind]
        return may and is_registered(redirect_uri, application.redirect_uris, application.kind)

    def check_grant_type(self, grant_type: str) -> bool:
        """Whether this kind of application obtains tokens in this way."""
        return grant_type in GRANT_TYPES[self.application.kind]

    def proves(self, credentials: "Credentials") -> bool:
        """Whether the credentials are those of this application: its secret, or none for one that can keep none."""
        if self.application.kind not in KEEPS_SECRET:
            return credentials.method == NONE
        kept = self.application.secret_digest
        return (
            credentials.method != NONE and kept is not None and hmac.compare_digest(kept, digest_of(credentials.secret))
        )


class Credentials(NamedTuple):
    """Who a client says it is, and by which method it proves that."""

    method: str
    client_id: str
    secret: str = ""


class ClientRefused(InvalidClientError):
    """The client did not prove which one it is. The same words whatever was wrong."""

    def __init__(self) -> None:
        super().__init__("The client is unknown or did not prove who it is.", status_code=401)

    def get_headers(self) -> list[tuple[str, str]]:
        """The headers of an error, with the challenge that 401 asks for."""
        headers = [pair for pair in super().get_headers() if pair[0] != "WWW-Authenticate"]
        return [*headers, ("WWW-Authenticate", 'Basic realm="oauth", charset="UTF-8"')]


def credentials_of(request: AskedRequest) -> Credentials:
    """The credentials in a request. Raises ClientRefused without any, and InvalidRequestError for two at once."""
    form, authorization = request.form, request.headers.get("Authorization", "")
    if not authorization:
        method = POST if "client_secret" in form else NONE
        return Credentials(method, form.get("client_id", ""), form.get("client_secret", ""))
    scheme, _, encoded = authorization.partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except ValueError as error:
        raise ClientRefused() from error
    name, colon, secret = decoded.partition(":")
    if scheme.lower() != "basic" or not colon or "\0" in decoded:
        raise ClientRefused()
    basic = Credentials(BASIC, unquote_plus(name), unquote_plus(secret))
    if "client_secret" in form or form.get("client_id", basic.client_id) != basic.client_id:
        raise InvalidRequestError("The client must prove who it is in one way only.")
    return basic
