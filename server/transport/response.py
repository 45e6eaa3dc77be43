"""Build the HTTP response: JSON in the media type that the client prefers."""

import json
from functools import lru_cache
from typing import Any

import orjson
from starlette.responses import Response

from server.transport.errors import LENIENT, Code, RequestRefused

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
EVENTS = "text/event-stream"

_SPECIFICITY = {EVENTS: 3, GRAPHQL_JSON: 3, JSON: 3, "application/*": 2, "*/*": 1}
_WILD = {JSON: ("application/*", "*/*"), GRAPHQL_JSON: ("application/*", "*/*"), EVENTS: ()}
"""The wildcards that match each type. Event streams have none: a client gets one only if it names the type."""


@lru_cache(maxsize=64)
def negotiate(accept: str) -> str:
    """Choose the media type of the answer by the Accept header, "" if there is none.

    The types are application/json, application/graphql-response+json and text/event-stream. The highest quality wins.
    Of equals, the first in the header wins if both are named, else application/json, as the GraphQL over HTTP draft
    asks for `*/*`. Raise RequestRefused (406, NOT_ACCEPTABLE) if the client accepts none of them.
    """
    ranges = [_range_of(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[float, int, str] | None = None
    for media_type in (JSON, GRAPHQL_JSON, EVENTS):
        matching = [
            (_SPECIFICITY[name], quality, -place)
            for place, (name, quality) in enumerate(ranges)
            if name in {media_type, *_WILD[media_type]}
        ]
        if not matching:
            continue
        specificity, quality, place = max(matching)  # the most specific range decides (RFC 9110, section 12.5.1)
        # Places are negative, so that an earlier one is greater; a type that is not named ranks behind all named.
        rank = (quality, place if specificity == 3 else -len(ranges), media_type)
        if quality > 0 and (best is None or rank[:2] > best[:2]):
            best = rank
    if best is None:
        message = f"The answer can be {GRAPHQL_JSON}, {JSON} or {EVENTS}; the Accept header takes none of them."
        raise RequestRefused(Code.NOT_ACCEPTABLE, message, status=406)
    return best[2]


def takes_events(accept: str) -> bool:
    """Return whether an Accept header names text/event-stream, even if it prefers another type."""
    return any(name == EVENTS and quality > 0 for name, quality in map(_range_of, accept.split(",")))


def _range_of(part: str) -> tuple[str, float]:
    """Return the media range of one part of an Accept header and its quality, 0 to 1; 0 if it cannot be read."""
    name, *parameters = part.split(";")
    quality = 1.0
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "q":
            try:
                quality = min(1.0, max(0.0, float(value)))
            except ValueError:
                quality = 0.0
    return name.strip().lower(), quality


def answer(payload: dict[str, Any], media_type: str, *, status: int = 200) -> Response:
    """Build the HTTP response of a GraphQL response. Raise TypeError or ValueError if a value has no JSON form."""
    return Response(encode(payload), status, headers_of(media_type))


def headers_of(media_type: str) -> dict[str, str]:
    """Return the headers of an answer: not to be cached, and with `Vary`, as one address answers in several types."""
    return {
        "Content-Type": f"{media_type}; charset=utf-8",
        "Cache-Control": "private, no-store",
        "Vary": "Accept",
    }


def answer_refusal(refusal: RequestRefused, media_type: str) -> Response:
    """Build the HTTP response of a refused request: errors, no data.

    The status is 200 instead of 4xx for the codes in LENIENT if the answer is application/json, because old clients
    need it. A client that asked for events gets JSON, because there are no events.
    """
    media_type = GRAPHQL_JSON if media_type == EVENTS else media_type
    status = 200 if media_type == JSON and refusal.code in LENIENT else refusal.status
    response = answer({"errors": list(refusal.errors)}, media_type, status=status)
    response.headers.update(refusal.headers)
    return response


def encode(payload: Any) -> bytes:
    """Write JSON. The standard library writes the values that orjson cannot: integers over 64 bits, lone surrogates."""
    try:
        return orjson.dumps(payload, option=orjson.OPT_UTC_Z)
    except TypeError:
        return json.dumps(payload, allow_nan=False, separators=(",", ":")).encode()
