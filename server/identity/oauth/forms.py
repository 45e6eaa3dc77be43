"""Forms and query strings sent to the endpoints of the authorization server: small, and readable in one way only."""

# mypy: allow-subclassing-any, disable-error-code="import-untyped"

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Error, OAuth2Request
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
LARGEST_FORM = 20_000
"""Largest form or query string, in bytes."""
MOST_FIELDS = 40


class InvalidTargetError(OAuth2Error):
    """Raised when a token is requested for another resource than this server (RFC 8707)."""

    error = "invalid_target"
    description = "There is one resource here; the protected resource metadata names it."


class AskedRequest(OAuth2Request):
    """A request in the form that Authlib expects, made from parameters that were read before.

    `uri` is the public address. `fresh_since` is the instant from which a sign-in counts as fresh for an authorization
    request, None where none was required; `claims` are the verified claims of the access token that a request is about.
    """

    def __init__(self, method: str, uri: str, parameters: Mapping[str, str], headers: Mapping[str, str]) -> None:
        super().__init__(method, uri, headers=headers)
        self.payload = BasicOAuth2Payload(dict(parameters))
        self.fresh_since: datetime | None = None
        self.claims: Mapping[str, Any] = {}

    @property
    def form(self) -> Any:
        """Return the parameters."""
        return self.payload.data


def parameters_of(encoded: bytes) -> dict[str, str]:
    """Return the parameters of a form or a query string.

    An empty parameter counts as left out (RFC 6749, section 3.1). Raise InvalidRequestError for a parameter that is
    there twice or is no text, and for too many or too long ones.
    """
    if len(encoded) > LARGEST_FORM:
        raise InvalidRequestError("The request is too large.")
    try:
        pairs = parse_qsl(encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise InvalidRequestError("The request is not a well-formed form.") from error
    parameters: dict[str, str] = {}
    for name, value in pairs:
        if name in parameters:
            raise InvalidRequestError("A parameter is there more than once.")
        if has_control_character(name + value):
            raise InvalidRequestError("A parameter holds a control character.")
        parameters[name] = value
    return {name: value for name, value in parameters.items() if value}


def has_control_character(text: str) -> bool:
    """Return whether a text holds a control character, which no parameter does and PostgreSQL cannot compare."""
    return any(ord(character) < 32 or ord(character) == 127 for character in text)


async def form_of(request: Request) -> dict[str, str]:
    """Return the parameters in the body of a request. Raise InvalidRequestError unless it is a small form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise InvalidRequestError(f"The body must be {FORM}.")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            raise InvalidRequestError("The request is too large.")
    return parameters_of(body)


def ensure_our_resource(parameters: Mapping[str, str], resource: str) -> None:
    """Raise InvalidTargetError when a token is requested for another resource than this server.

    A request that names no resource means this server.
    """
    if parameters.get("resource", resource) != resource:
        raise InvalidTargetError()
