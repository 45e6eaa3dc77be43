"""The session cookie: bound to this host, invisible to scripts, sent only over a secure connection."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION_COOKIE = "__Host-intersession"
"""Browsers take a cookie with this prefix only if it is secure, for the path / and without a domain (RFC 6265bis)."""


def session_secret(request: HTTPConnection) -> str | None:
    """Return the secret in the session cookie of a request, None without a cookie."""
    return request.cookies.get(SESSION_COOKIE) or None


def set_session(response: Response, secret: str) -> None:
    """Give the browser the secret of its session, in a cookie that it drops when it is closed.

    The server decides whether the session ends earlier.
    """
    response.set_cookie(SESSION_COOKIE, secret, path="/", secure=True, httponly=True, samesite="lax")


def clear_session(response: Response) -> None:
    """Delete the session cookie in the browser."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
