"""The cookies of a browser: its session, and the secret by which it is known again.

Both are bound to this host, invisible to scripts, and sent only over a secure connection.
"""

from datetime import timedelta

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION_COOKIE = "__Host-intersession"
"""Browsers take a cookie with this prefix only if it is secure, for the path / and without a domain (RFC 6265bis)."""

KNOWN_COOKIE = "__Host-intersession-known"


def session_secret(request: HTTPConnection) -> str | None:
    """Return the secret in the session cookie of a request, None without a cookie."""
    return request.cookies.get(SESSION_COOKIE) or None


def set_session(response: Response, secret: str) -> None:
    """Give the browser the secret of its session, in a cookie that it drops when it is closed.

    The server decides whether the session ends earlier.
    """
    response.set_cookie(SESSION_COOKIE, secret, path="/", secure=True, httponly=True, samesite="lax")


def clear_session(response: Response) -> None:
    """Delete the session cookie in the browser, and the pages that it kept so that one can go back to them."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    response.headers["clear-site-data"] = '"cache"'


def known_secret(request: HTTPConnection) -> str | None:
    """Return the secret by which a browser is known, None without one."""
    return request.cookies.get(KNOWN_COOKIE) or None


def set_known(response: Response, secret: str, *, lasts: timedelta) -> None:
    """Give the browser the secret by which it is known, in a cookie that outlasts the session."""
    seconds = int(lasts.total_seconds())
    response.set_cookie(KNOWN_COOKIE, secret, max_age=seconds, path="/", secure=True, httponly=True, samesite="strict")
