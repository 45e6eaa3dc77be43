"""Read a GraphQL request from an HTTP request: a body within its limit, strict JSON, parameters of the right types.

Source: GraphQL over HTTP, sections 5 (request) and 6 (response), working draft.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import orjson
from starlette.requests import HTTPConnection, Request

from server.transport.errors import Code, RequestRefused
from server.transport.limits import Limits

_TYPES: tuple[tuple[str, type, str], ...] = (
    ("query", str, "string"),
    ("operationName", str, "string"),
    ("documentId", str, "string"),
    ("variables", dict, "JSON object"),
    ("extensions", dict, "JSON object"),
)
_NAMES = frozenset(name for name, _, _ in _TYPES)


@dataclass(frozen=True, slots=True)
class GraphQLParameters:
    """The parameters of a request. None if absent or null; the variables are raw JSON values."""

    query: str | None
    operation_name: str | None
    variables: dict[str, Any] | None
    extensions: dict[str, Any] | None
    document_id: str | None


async def parameters_of(request: Request, limits: Limits) -> GraphQLParameters:
    """Read the parameters of a GET or POST request.

    Raise RequestRefused (BAD_REQUEST, LIMIT_EXCEEDED, METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE), or Starlette's
    ClientDisconnect if the client leaves while sending.
    """
    if request.method == "POST":
        check_media_type(request.headers.get("content-type", ""), request.headers.get("content-encoding", "identity"))
        body = await _read_body(request, limits.body_bytes)
        values = json_of(body, "The body", limits)
        size = len(body)
    elif request.method == "GET":
        query_string: bytes = request.scope["query_string"]
        size = len(query_string)
        if size > limits.body_bytes:
            refuse_size("query string", limits.body_bytes, status=414)
        values = _read_query_string(query_string, limits)
    else:
        headers = {"Allow": "GET, POST"}
        raise RequestRefused(
            Code.METHOD_NOT_ALLOWED,
            "Use POST or GET. Each event stream is a request of its own.",
            status=405,
            headers=headers,
        )
    return check_parameters(values, size, limits)


def bad_request(message: str) -> NoReturn:
    """Refuse a request that is not well-formed, with HTTP 400 and the code BAD_REQUEST."""
    raise RequestRefused(Code.BAD_REQUEST, message)


@lru_cache(maxsize=64)
def check_media_type(content_type: str, encoding: str) -> None:
    """Refuse anything but uncompressed JSON in UTF-8.

    A browser never sends JSON to another site without asking first (CORS preflight), so no form can forge a request.
    """
    media_type, *rest = content_type.split(";")
    parameters = {
        name.strip().lower(): value.strip(' "').lower() for name, _, value in (p.partition("=") for p in rest)
    }
    if media_type.strip().lower() != "application/json":
        message = "The Content-Type must be application/json."
    elif parameters.get("charset", "utf-8") not in {"utf-8", "utf8"}:
        message = "The charset must be utf-8."
    elif encoding.strip().lower() != "identity":
        message = "A compressed body is not accepted."
    else:
        return
    headers = {"Accept-Post": "application/json"}
    raise RequestRefused(Code.UNSUPPORTED_MEDIA_TYPE, message, status=415, headers=headers)


def credential_of(connection: HTTPConnection) -> str:
    """Return a name for what the caller sent to prove who they are, "" if they sent nothing."""
    return name_credential(connection.headers.get("authorization") or connection.headers.get("cookie"))


def name_credential(sent: str | None) -> str:
    """Return the name of a credential: a hash, so that none is kept; "" for none."""
    return sha256(sent.encode()).hexdigest() if sent else ""


def declared_size(request: Request) -> int:
    """Return the size of the body that a POST request declares, 0 if it declares none or is not a POST."""
    length = request.headers.get("content-length", "")
    is_number = length.isascii() and length.isdigit() and len(length) <= 18
    return int(length) if request.method == "POST" and is_number else 0


async def _read_body(request: Request, limit: int) -> bytes:
    """Read the body, and stop as soon as it is larger than `limit` bytes."""
    length = request.headers.get("content-length")
    if length is not None:
        if not (length.isascii() and length.isdigit()):
            bad_request("The Content-Length is not a number.")
        if len(length) > 18 or int(length) > limit:  # Python converts no text of more than 4300 digits
            refuse_size("body", limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            refuse_size("body", limit)
    if length is not None and int(length) != len(body):
        bad_request("The Content-Length is not the length of the body.")
    return bytes(body)


def refuse_size(noun: str, limit: int, status: int = 413) -> NoReturn:
    """Refuse what is larger than `limit` bytes, and close the connection."""
    message = f"The {noun} is larger than {limit} bytes."
    # The connection is closed, because the rest of the body was not read.
    raise RequestRefused(Code.LIMIT_EXCEEDED, message, status=status, headers={"Connection": "close"})


def _read_query_string(query_string: bytes, limits: Limits) -> dict[str, Any]:
    try:
        pairs = parse_qsl(query_string.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except ValueError:
        bad_request("The query string is not URL-encoded UTF-8.")
    values: dict[str, Any] = {}
    for name, text in pairs:
        if name not in _NAMES:
            continue
        if name in values:
            bad_request(f"The parameter {name} is given twice.")
        is_json = name in {"variables", "extensions"}
        values[name] = json_of(text.encode(), f"The parameter {name}", limits) if is_json and text else text
    return {name: value for name, value in values.items() if value != "" or name == "query"}


def json_of(text: bytes, noun: str, limits: Limits) -> Any:
    """Parse JSON strictly. Raise RequestRefused with a message that calls the text by its `noun`.

    Strictly: UTF-8 without BOM, no NaN, no lone surrogates, no key twice in one object, integers of at most 64 bits.
    """
    # Counting brackets is fast; only a text with many of them is walked byte by byte.
    if text.count(b"[") + text.count(b"{") > limits.json_depth and _depth_of(text) > limits.json_depth:
        raise RequestRefused(Code.LIMIT_EXCEEDED, f"{noun} is nested more than {limits.json_depth} levels deep.")
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        bad_request(f"{noun} is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).")
    _STRICT_DECODER.decode(text.decode())
    return value


def _depth_of(text: bytes) -> int:
    """Return the depth of nesting of a JSON text, in one pass. Brackets inside strings do not count."""
    depth = deepest = 0
    in_string = escaped = False
    for byte in text:
        if escaped:
            escaped = False
        elif in_string:
            escaped = byte == 0x5C
            in_string = byte != 0x22
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b"]}":
            depth -= 1
    return deepest


def _refuse_repeated_keys(pairs: list[tuple[str, Any]]) -> None:
    keys = set()
    for key, _ in pairs:
        if key in keys:
            bad_request(f"The key '{key[:100]}' stands twice in one JSON object.")
        keys.add(key)


def _check_integer(digits: str) -> int:
    """Refuse an integer of more than 64 bits, signed or unsigned. Return 0, because nobody uses the value."""
    if len(digits) > 20 or not -(2**63) <= int(digits) < 2**64:
        bad_request("The JSON has an integer of more than 64 bits.")
    return 0


_STRICT_DECODER = json.JSONDecoder(object_pairs_hook=_refuse_repeated_keys, parse_int=_check_integer)
"""A second parser for two faults that orjson accepts: it keeps the last of two equal keys and rounds large integers."""


def check_parameters(values: Any, size: int, limits: Limits) -> GraphQLParameters:
    """Return the parameters of a request that came as JSON of `size` bytes.

    Raise RequestRefused if a value has the wrong type, or if the variables are too large.
    """
    if isinstance(values, list):
        bad_request("Batched requests are not accepted: send one JSON object.")
    if not isinstance(values, dict):
        bad_request("The body must be a JSON object.")
    for name, kind, noun in _TYPES:
        value = values.get(name)
        if value is not None and not isinstance(value, kind):
            bad_request(f"The parameter {name} must be a {noun}.")
    variables = values.get("variables")
    if variables and size > limits.variables_bytes and len(orjson.dumps(variables)) > limits.variables_bytes:
        refuse_size("JSON of the variables", limits.variables_bytes)
    return GraphQLParameters(
        query=values.get("query"),
        operation_name=values.get("operationName"),
        variables=variables,
        extensions=values.get("extensions"),
        document_id=values.get("documentId"),
    )
