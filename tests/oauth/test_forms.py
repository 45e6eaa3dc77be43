"""Forms and query strings, credentials of clients, and scopes: pure."""

from base64 import b64encode

import pytest
from authlib.oauth2.rfc6749 import InvalidRequestError

from server.identity.applications.rules import SCOPES
from server.identity.oauth.clients import ClientRefused, Credentials, credentials_of
from server.identity.oauth.forms import LARGEST_FORM, MOST_FIELDS, AskedRequest, parameters_of
from server.identity.oauth.scopes import MEANINGS, allowed_scopes
from server.kernel.scopes import Scope

UNREADABLE = {
    "twice": b"scope=read&scope=write",
    "twice, once empty": b"scope=&scope=write",
    "twice, once encoded": b"scope=read&sc%6fpe=write",
    "no UTF-8": b"state=%ff",
    "no ASCII": "state=é".encode(),
    "nul": b"client_id=%00",
    "line feed": b"state=a%0Ab",
    "delete": b"state=%7f",
    "nul in a name": b"st%00ate=a",
    "too large": b"state=" + b"a" * LARGEST_FORM,
    "too many": b"&".join(b"p%d=1" % number for number in range(MOST_FIELDS + 1)),
}


def request(form: bytes = b"", authorization: str | None = None) -> AskedRequest:
    """A request to the token endpoint."""
    headers = {"Authorization": authorization} if authorization is not None else {}
    return AskedRequest("POST", "https://issuer.example/oauth/token", parameters_of(form), headers)


def basic(pair: str) -> str:
    """An Authorization header."""
    return "Basic " + b64encode(pair.encode()).decode()


def test_parameters_are_read_and_empty_ones_are_left_out() -> None:
    assert parameters_of(b"scope=read+comment&state=&nonce=%C3%A9&flag") == {"scope": "read comment", "nonce": "é"}


@pytest.mark.parametrize("name", UNREADABLE)
def test_parameters_that_could_be_read_in_two_ways_are_refused(name: str) -> None:
    with pytest.raises(InvalidRequestError):
        parameters_of(UNREADABLE[name])


@pytest.mark.parametrize(
    ("asked", "credentials"),
    [
        (request(b"client_id=APP_1"), Credentials("none", "APP_1")),
        (request(b"client_id=APP_1&client_secret=s"), Credentials("client_secret_post", "APP_1", "s")),
        (request(authorization=basic("APP_1:s")), Credentials("client_secret_basic", "APP_1", "s")),
        (request(authorization=basic("APP_1:a%3Ab+c")), Credentials("client_secret_basic", "APP_1", "a:b c")),
        (request(b"client_id=APP_1", basic("APP_1:s")), Credentials("client_secret_basic", "APP_1", "s")),
        (request(), Credentials("none", "")),
    ],
)
def test_credentials_are_read_by_each_method(asked: AskedRequest, credentials: Credentials) -> None:
    assert credentials_of(asked.headers, asked.form) == credentials


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (request(authorization=""), None),
        (request(authorization="Basic"), ClientRefused),
        (request(authorization="Basic !"), ClientRefused),
        (request(authorization="Basic " + b64encode(b"\xff:s").decode()), ClientRefused),
        (request(authorization=basic("no colon")), ClientRefused),
        (request(authorization=basic("APP_1\0:s")), ClientRefused),
        (request(authorization=basic("%00:s")), ClientRefused),
        (request(authorization=basic("APP_1:%0A")), ClientRefused),
        (request(authorization=basic("%ED%A0%80:s")), ClientRefused),
        (request(authorization=basic("APP_1:%FF")), ClientRefused),
        (request(authorization="Bearer abc"), ClientRefused),
        (request(authorization="Bearer " + b64encode(b"APP_1:s").decode()), ClientRefused),
        (request(b"client_id=APP_1&client_secret=s", basic("APP_1:s")), InvalidRequestError),
        (request(b"client_id=APP_2", basic("APP_1:s")), InvalidRequestError),
    ],
)
def test_credentials_that_cannot_be_read_or_come_twice_are_refused(
    asked: AskedRequest, error: type[Exception] | None
) -> None:
    if error is None:
        assert credentials_of(asked.headers, asked.form) == Credentials("none", "")
        return
    with pytest.raises(error):
        credentials_of(asked.headers, asked.form)


def test_every_scope_that_can_be_registered_has_a_meaning() -> None:
    assert (set(MEANINGS), {scope.value for scope in Scope} <= set(MEANINGS)) == (set(SCOPES), True)


@pytest.mark.parametrize(
    ("asked", "registered", "allowed"),
    [
        ("read comment", ["read", "comment", "write"], ["read", "comment"]),
        ("comment read comment", ["read", "comment"], ["comment", "read"]),
        ("read write", ["read"], ["read"]),
        ("READ", ["read"], []),
        ("unheard-of", ["unheard-of"], []),
        ("", ["read"], []),
        (None, ["read"], []),
    ],
)
def test_allowed_scopes_are_those_asked_for_and_registered(
    asked: str | None, registered: list[str], allowed: list[str]
) -> None:
    assert allowed_scopes(asked, registered) == allowed
