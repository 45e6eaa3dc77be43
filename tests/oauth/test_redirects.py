"""Redirect URIs: the registered one, letter by letter, and the port of a loopback address."""

import pytest

from server.identity.oauth.redirects import form_target, is_registered
from server.vocabulary.applications import ApplicationKind as Kind

REGISTERED = ["https://app.example/callback", "https://app.example/other?tenant=1"]
LOOPBACK = ["http://127.0.0.1/callback", "http://[::1]:1/callback", "org.example.reader:/callback"]

TRICKS = {
    "prefix": "https://app.example/callback.evil",
    "longer path": "https://app.example/callback/evil",
    "shorter path": "https://app.example/",
    "upwards": "https://app.example/other/../callback",
    "suffix of the host": "https://app.example.evil.example/callback",
    "prefix of the host": "https://evilapp.example/callback",
    "user": "https://app.example@evil.example/callback",
    "user of our host": "https://evil.example@app.example/callback",
    "upper-case host": "https://APP.example/callback",
    "upper-case path": "https://app.example/Callback",
    "upper-case scheme": "HTTPS://app.example/callback",
    "no encryption": "http://app.example/callback",
    "port": "https://app.example:8443/callback",
    "usual port": "https://app.example:443/callback",
    "fragment": "https://app.example/callback#evil",
    "empty fragment": "https://app.example/callback#",
    "further query": "https://app.example/callback?next=https://evil.example",
    "empty query": "https://app.example/callback?",
    "other query": "https://app.example/other?tenant=2",
    "more query": "https://app.example/other?tenant=1&tenant=2",
    "slash": "https://app.example/callback/",
    "encoded": "https://app.example/%63allback",
    "space before": " https://app.example/callback",
    "space after": "https://app.example/callback ",
    "backslash": "https://app.example\\@evil.example/callback",
    "dot": "https://app.example./callback",
    "script": "javascript:alert(1)",
    "data": "data:text/html,evil",
    "no scheme": "//app.example/callback",
    "path": "/callback",
    "empty": "",
}
LOOKALIKES = {
    "name behind it": "http://127.0.0.1.evil.example/callback",
    "user": "http://127.0.0.1@evil.example/callback",
    "port as user": "http://127.0.0.1:80@evil.example/callback",
    "name": "http://localhost:5000/callback",
    "other loopback": "http://127.0.0.2:5000/callback",
    "short": "http://127.1:5000/callback",
    "number": "http://2130706433:5000/callback",
    "octal": "http://0177.0.0.1:5000/callback",
    "long address": "http://[0:0:0:0:0:0:0:1]:5000/callback",
    "mapped address": "http://[::ffff:127.0.0.1]:5000/callback",
    "other path": "http://127.0.0.1:5000/other",
    "longer path": "http://127.0.0.1:5000/callback/evil",
    "query": "http://127.0.0.1:5000/callback?a=b",
    "fragment": "http://127.0.0.1:5000/callback#evil",
    "encrypted": "https://127.0.0.1:5000/callback",
    "port too high": "http://127.0.0.1:65536/callback",
    "port too long": "http://127.0.0.1:000080/callback",
    "leading zero": "http://127.0.0.1:09999/callback",
    "port 0": "http://127.0.0.1:0/callback",
    "port 0 of the other family": "http://[::1]:0/callback",
    "space": "http://127.0.0.1:5000/call back",
    "backslash": "http://127.0.0.1:5000\\callback",
    "dot": "http://127.0.0.1.:5000/callback",
    "empty port": "http://127.0.0.1:/callback",
    "digits of another script": "http://127.0.0.1:\u0665\u0660/callback",
    "line feed": "http://127.0.0.1:5000/callback\n",
    "upper-case scheme": "HTTP://127.0.0.1:5000/callback",
    "other scheme": "org.example.reader:/other",
    "slashes": "org.example.reader:///callback",
}


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.BROWSER, Kind.NATIVE])
@pytest.mark.parametrize("uri", REGISTERED)
def test_redirect_uri_as_registered_is_good(kind: Kind, uri: str) -> None:
    assert is_registered(uri, REGISTERED, kind) is True


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.BROWSER, Kind.NATIVE])
@pytest.mark.parametrize("trick", TRICKS)
def test_redirect_uri_that_differs_anyhow_is_refused(kind: Kind, trick: str) -> None:
    assert is_registered(TRICKS[trick], REGISTERED, kind) is False


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1/callback",
        "http://127.0.0.1:1/callback",
        "http://127.0.0.1:65535/callback",
        "http://[::1]/callback",
        "http://[::1]:5000/callback",
        "org.example.reader:/callback",
    ],
)
def test_loopback_redirect_of_a_native_application_may_use_any_port(uri: str) -> None:
    assert is_registered(uri, LOOPBACK, Kind.NATIVE) is True


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.BROWSER])
def test_loopback_redirect_of_another_kind_is_compared_letter_by_letter(kind: Kind) -> None:
    assert is_registered("http://127.0.0.1:5000/callback", LOOPBACK, kind) is False


@pytest.mark.parametrize("kind", [Kind.WEB, Kind.BROWSER])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_redirect_to_the_author_s_machine_has_the_port_that_was_registered(kind: Kind, host: str) -> None:
    registered = [f"http://{host}:5173/callback"]

    assert is_registered(f"http://{host}:5173/callback", registered, kind) is True
    assert is_registered(f"http://{host}:5174/callback", registered, kind) is False
    assert is_registered(f"http://{host}/callback", registered, kind) is False


def test_redirect_to_a_name_has_no_free_port_for_a_native_application_either() -> None:
    assert is_registered("http://localhost:5174/callback", ["http://localhost:5173/callback"], Kind.NATIVE) is False


@pytest.mark.parametrize("lookalike", LOOKALIKES)
def test_loopback_lookalike_is_refused(lookalike: str) -> None:
    assert is_registered(LOOKALIKES[lookalike], LOOPBACK, Kind.NATIVE) is False


@pytest.mark.parametrize(
    ("uri", "source"),
    [
        ("https://app.example/callback?a=b", "https://app.example"),
        ("https://app.example:8443/", "https://app.example:8443"),
        ("http://127.0.0.1:5000/callback", "http://127.0.0.1:5000"),
        ("http://[::1]:5000/callback", "http:"),
        ("org.example.reader:/callback", "org.example.reader:"),
        ("https://app.example;sandbox/callback", "https:"),
        ("/sign-out", "'self'"),
    ],
)
def test_form_target_names_the_origin_and_nothing_that_ends_the_policy(uri: str, source: str) -> None:
    assert form_target(uri) == source
