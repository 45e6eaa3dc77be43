"""The answer in the media type the client prefers, as JSON."""

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
"""Media ranges that take a type without naming it. Nobody gets a stream of events without asking for it by name."""


@lru_cache(maxsize=64)
def negotiated(accept: str) -> str:
    """Choose between application/json, application/graphql-response+json and text/event-stream by an Accept header (""
    if there is none).

    Highest quality first; of equals the one that stands first if both are named, else application/json, as the GraphQL
    over HTTP draft asks for `*/*`. Raises RequestRefused (406, NOT_ACCEPTABLE) if the client wants none of them.
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
        specificity, quality, place = max(matching)
        rank = (quality, place if specificity == 3 else -len(ranges), media_type)
        if quality > 0 and (best is None or rank[:2] > best[:2]):
            best = rank
    if best is None:
        message = f"The answer can be {GRAPHQL_JSON}, {JSON} or {EVENTS}; the Accept header takes none of them."
        raise RequestRefused(Code.NOT_ACCEPTABLE, message, status=406)
    return best[2]


def takes_events(accept: str) -> bool:
    """Whether an Accept header names text/event-stream, whatever else it prefers."""
    return any(name == EVENTS and quality > 0 for name, quality in map(_range_of, accept.split(",")))


def _range_of(part: str) -> tuple[str, float]:
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
    """Make the HTTP response of a GraphQL response. Raises TypeError or ValueError if a value has no JSON form."""
    return Response(encoded(payload), status, headers_of(media_type))


def headers_of(media_type: str) -> dict[str, str]:
    """The headers of an answer in a media type: it is for one reader, and the same address answers in several types."""
    return {
        "Content-Type": f"{media_type}; charset=utf-8",
        "Cache-Control": "private, no-store",
        "Vary": "Accept",
    }


def refused(refusal: RequestRefused, media_type: str) -> Response:
    """Make the HTTP response of a refused request: errors, no data; 200 instead of 4xx where old clients need it. It is
    JSON also for a client that asked for events: none came."""
    media_type = GRAPHQL_JSON if media_type == EVENTS else media_type
    status = 200 if media_type == JSON and refusal.code in LENIENT else refusal.status
    response = answer({"errors": list(refusal.errors)}, media_type, status=status)
    response.headers.update(refusal.headers)
    return response


def encoded(payload: dict[str, Any]) -> bytes:
    """Write JSON; the standard library writes what orjson cannot (integers beyond 64 bits, lone surrogates)."""
    try:
        return orjson.dumps(payload, option=orjson.OPT_UTC_Z)
    except TypeError:
        return json.dumps(payload, allow_nan=False, separators=(",", ":")).encode()
