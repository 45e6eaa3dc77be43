"""The session cookie: bound to this host, invisible to scripts, sent only over a secure connection."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

SESSION_COOKIE = "__Host-intersession"


def session_secret(request: HTTPConnection) -> str | None:
    """The secret that a browser's cookie holds, None without a cookie."""
    return request.cookies.get(SESSION_COOKIE) or None


def set_session(response: Response, secret: str) -> None:
    """Give the browser its secret. It lasts until the browser is closed; the server decides when it ends earlier."""
    response.set_cookie(SESSION_COOKIE, secret, path="/", secure=True, httponly=True, samesite="lax")


def clear_session(response: Response) -> None:
    """Take the secret back."""
    response.delete_cookie(SESSION_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
