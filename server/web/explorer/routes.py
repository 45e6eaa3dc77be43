"""A plain page of ours that runs the published operations, for the demonstration. In production it is not there."""

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
    """The GraphQL endpoint, except that a browser that opens its address is shown the page."""

    def __init__(self, endpoint: ASGIApp) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope)
        wants_page = request.headers.get("accept", "").startswith("text/html")
        if request.method == "GET" and wants_page and not request.url.query:
            await _file("page.html", "text/html")(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)


def explorer_routes(schema: GraphQLSchema, contracts: Path) -> list[Route]:
    """The page's own files and the list of published operations, but for subscriptions, which do not end."""

    async def operations(_: Request) -> Response:
        areas: dict[str, list[Mapping[str, Any]]] = {}
        for operation in operations_of(contracts):
            if operation.type == "subscription":
                continue
            shown = {"name": operation.name, "body": operation.body, "variables": variables_of(schema, operation)}
            areas.setdefault(operation.area, []).append(shown)
        return JSONResponse(areas, headers=HEADERS)

    async def file(request: Request) -> Response:
        name = request.path_params["name"]
        return _file(name, FILES[name]) if name in FILES else Response(status_code=404)

    return [Route("/explorer/operations.json", operations), Route("/explorer/{name}", file)]


def _file(name: str, media_type: str) -> Response:
    return Response(files("server.web.explorer").joinpath(name).read_text(), media_type=media_type, headers=HEADERS)


def variables_of(schema: GraphQLSchema, operation: Operation) -> dict[str, Any]:
    """An example of the variables of an operation: every required one that has no default, with the
    name of its type, or the first of its values, as the value."""
    definition = parse(operation.body).definitions[0]
    assert isinstance(definition, OperationDefinitionNode)
    found = {}
    for variable in definition.variable_definitions or ():
        type_ = type_from_ast(schema, variable.type)
        if is_non_null_type(type_) and variable.default_value is None:
            found[variable.variable.name.value] = _example(type_)
    return found


def _example(type_: Any) -> Any:
    if is_non_null_type(type_):
        return _example(type_.of_type)
    if is_list_type(type_):
        return [_example(type_.of_type)]
    named = get_named_type(type_)
    if isinstance(named, GraphQLInputObjectType):
        return {name: _example(field.type) for name, field in named.fields.items() if is_required_input_field(field)}
    if isinstance(named, GraphQLEnumType):
        return next(iter(named.values))
    return {"Int": 1, "Boolean": True}.get(named.name, named.name)
