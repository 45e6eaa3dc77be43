"""Forms as browsers send them: from a page of ours, of bounded size, in readable characters."""

import base64
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from urllib.parse import parse_qsl

from python_multipart.multipart import parse_options_header
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from server.identity.origin import is_from_here
from server.identity.site import Site
from server.web.look.languages import say, sentence

FORM_BYTES = 20_000
FORM_FIELDS = 60

Form: TypeAlias = Mapping[str, str]
"""The fields of a form by name; a field that was not sent is missing."""


class Fault(NamedTuple):
    """A fault of one field of a form, as a sentence for the person who filled it in."""

    field: str
    message: str


Links: TypeAlias = Sequence[tuple[str, str]]
"""The links at the end of a page: (path, English words)."""
USUAL: Links = (("/account", sentence("Your account")), ("/sign-in", sentence("Sign in")))


class TurnedAway(Exception):
    """Raised to answer a request by a page of explanation and nothing else."""

    def __init__(self, status: int, title: str, message: str, *, links: Links = USUAL) -> None:
        super().__init__(message)
        self.status = status
        self.title = title
        self.message = message
        self.links = links


async def form_of(request: Request, site: Site) -> Form:
    """Return the form in a request, of a repeated field the last value. Raise as `pairs_of` does."""
    return dict(await pairs_of(request, site, FORM_BYTES, FORM_FIELDS))


async def pairs_of(request: Request, site: Site, most_bytes: int, most_fields: int) -> list[tuple[str, str]]:
    """Return the fields of the form in a request, (name, value) each, in their order.

    Raise TurnedAway if a page of another site sent it, if it is too large, or if it is no form.
    """
    _ensure_from_here(request, site)
    if _media_type(request) != "application/x-www-form-urlencoded":
        raise unreadable()
    body = bytearray()
    async for part in _bound(request.stream(), most_bytes):
        body += part
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=most_fields, errors="strict", separator="&"
        )
    except ValueError as error:
        raise unreadable() from error
    return _without_nul(pairs)


async def parts_of(request: Request, site: Site, most_bytes: int, most_fields: int) -> list[tuple[str, str]]:
    """Return the fields of a form that may bring files, as `pairs_of` does.

    A file that was chosen is its text, a sheet in the field SHEET its Base64. With a file there is a field
    `_name.<field>` that holds its name. Raise TurnedAway for a file that is no text too.
    """
    if _media_type(request) != "multipart/form-data":
        return await pairs_of(request, site, most_bytes, most_fields)
    _ensure_from_here(request, site)
    if not _is_utf8(request):
        raise unreadable()
    stream = _bound(request.stream(), most_bytes)
    parser = MultiPartParser(request.headers, stream, max_files=1, max_fields=most_fields, max_part_size=most_bytes)
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise unreadable() from error
    pairs: list[tuple[str, str]] = []
    try:
        for name, value in form.multi_items():
            if isinstance(value, str):
                pairs.append((name, value))
            elif value.filename:
                pairs += [(name, _decode(name, await value.read())), (f"_name.{name}", value.filename)]
    finally:
        await form.close()
    return _without_nul(pairs)


async def _bound(stream: AsyncIterator[bytes], most_bytes: int) -> AsyncGenerator[bytes]:
    """Yield a body as long as it is within a size. Raise TurnedAway if it is larger."""
    size = 0
    async for part in stream:
        size += len(part)
        if size > most_bytes:
            raise _too_large()
        yield part


SHEET = "sheet"
"""The field of a file that may be an XLSX sheet: it is then its Base64, as the import takes it."""


def _decode(name: str, content: bytes) -> str:
    if name == SHEET and content.startswith(b"PK"):
        return base64.b64encode(content).decode("ascii")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = say(
            "This file is no text in UTF-8, so nothing was done. Save it as plain text or Markdown and try again."
        )
        raise TurnedAway(400, say("Not readable"), message) from error


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_utf8(request: Request) -> bool:
    """Return whether a form of several parts is in UTF-8, as browsers send it. Other codings hold what is no text."""
    _, options = parse_options_header(request.headers["content-type"])
    return options.get(b"charset", b"utf-8").lower() == b"utf-8"


def _ensure_from_here(request: Request, site: Site) -> None:
    if not is_from_here(request, site.settings.issuer):
        message = say(
            "This form was sent by a page of another site, so nothing was done. Open the page here and try again."
        )
        raise TurnedAway(403, say("Not from here"), message)


def _without_nul(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    # PostgreSQL cannot store the character NUL in a text
    if any("\x00" in part for pair in pairs for part in pair):
        raise unreadable()
    return pairs


def _too_large() -> TurnedAway:
    return TurnedAway(413, say("Too large"), say("This form holds more than this server takes. Nothing was done."))


def unreadable() -> TurnedAway:
    """Return the answer to a form that no page of ours sends."""
    message = say("This form could not be read, so nothing was done. Go back and try again.")
    return TurnedAway(400, say("Not readable"), message)


def not_of_this_page() -> TurnedAway:
    """Return the answer to a form that the page does not have."""
    return TurnedAway(400, say("Not readable"), say("This form is not one of this page, so nothing was done."))
