"""A plain page that runs the published operations, for the demonstration; it does not exist in production."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
    parse,
)
from graphql.language import OperationDefinitionNode
from graphql.utilities import type_from_ast
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from server.tools.contracts.documents import Operation, operations_of

HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}
FILES = {"explorer.js": "text/javascript", "explorer.css": "text/css"}


class WithPage:
    """The GraphQL endpoint, except that a browser that opens its address gets the page."""

    def __init__(self, endpoint: ASGIApp) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, by the page or by the endpoint."""
        request = Request(scope)
        wants_page = request.headers.get("accept", "").startswith("text/html")
        if request.method == "GET" and wants_page and not request.url.query:
            await _serve_file("page.html", "text/html")(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)


def explorer_routes(schema: GraphQLSchema, contracts: Path) -> list[Route]:
    """Return the routes of the page's own files and of the list of published operations.

    Subscriptions are left out, because they do not end.
    """

    async def operations(_: Request) -> Response:
        areas: dict[str, list[Mapping[str, Any]]] = {}
        for operation in operations_of(contracts):
            if operation.type == "subscription":
                continue
            entry = {"name": operation.name, "body": operation.source, "variables": variables_of(schema, operation)}
            areas.setdefault(operation.area, []).append(entry)
        return JSONResponse(areas, headers=HEADERS)

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        return _serve_file(name, FILES[name]) if name in FILES else Response(status_code=404)

    return [Route("/explorer/operations.json", operations), Route("/explorer/{name}", file)]


def _serve_file(name: str, media_type: str) -> Response:
    return Response(files("server.web.explorer").joinpath(name).read_text(), media_type=media_type, headers=HEADERS)


def variables_of(schema: GraphQLSchema, operation: Operation) -> dict[str, Any]:
    """Return an example of the variables of an operation.

    It has every required variable without a default; the value is the name of its type, or the first value of an
    enumeration.
    """
    definition = parse(operation.body).definitions[0]
    assert isinstance(definition, OperationDefinitionNode)
    values = {}
    for variable in definition.variable_definitions or ():
        type_ = type_from_ast(schema, variable.type)
        if is_non_null_type(type_) and variable.default_value is None:
            values[variable.variable.name.value] = _build_example(type_)
    return values


def _build_example(type_: Any) -> Any:
    if is_non_null_type(type_):
        return _build_example(type_.of_type)
    if is_list_type(type_):
        return [_build_example(type_.of_type)]
    inner = get_named_type(type_)
    if isinstance(inner, GraphQLInputObjectType):
        return {
            name: _build_example(field.type) for name, field in inner.fields.items() if is_required_input_field(field)
        }
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    return {"Int": 1, "Boolean": True}.get(inner.name, inner.name)
