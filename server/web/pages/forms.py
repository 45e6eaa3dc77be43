"""Forms as browsers send them: from a page of ours, of bounded size, in readable characters."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from starlette.requests import Request

from server.identity.origin import is_from_here
from server.identity.site import Site

FORM_BYTES = 20_000
FORM_FIELDS = 60

Form: TypeAlias = Mapping[str, str]
"""The fields of a form by name; a field that was not sent is missing."""


class Fault(NamedTuple):
    """A fault of one field of a form, as a sentence for the person who filled it in."""

    field: str
    message: str


Links: TypeAlias = Sequence[tuple[str, str]]
"""The links at the end of a page: (path, words)."""
USUAL: Links = (("/account", "Your account"), ("/sign-in", "Sign in"))


class TurnedAway(Exception):
    """Raised to answer a request by a page of explanation and nothing else."""

    def __init__(self, status: int, title: str, message: str, *, links: Links = USUAL) -> None:
        super().__init__(message)
        self.status = status
        self.title = title
        self.message = message
        self.links = links


async def form_of(request: Request, site: Site) -> Form:
    """Return the form in a request.

    Raise TurnedAway if a page of another site sent it, if it is too large, or if it is no form.
    """
    if not is_from_here(request, site.settings.issuer):
        message = "This form was sent by a page of another site, so nothing was done. Open the page here and try again."
        raise TurnedAway(403, "Not from here", message)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        raise _unreadable()
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > FORM_BYTES:
            raise TurnedAway(413, "Too large", "This form holds more than this server takes. Nothing was done.")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=FORM_FIELDS, errors="strict", separator="&"
        )
    except ValueError as error:
        raise _unreadable() from error
    # PostgreSQL cannot store the character NUL in a text
    if any("\x00" in part for pair in pairs for part in pair):
        raise _unreadable()
    return dict(pairs)


def _unreadable() -> TurnedAway:
    return TurnedAway(400, "Not readable", "This form could not be read, so nothing was done. Go back and try again.")
