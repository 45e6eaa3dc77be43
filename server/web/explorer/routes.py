"""A page that runs the published operations and shows the schema; it does not exist in production."""

from collections.abc import Mapping
from functools import cache
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
from graphql.language import FieldNode, OperationDefinitionNode
from graphql.utilities import type_from_ast
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from server.tools.contracts.documents import Operation, operations_of
from server.web.explorer.reference import reference_of
from server.web.look.languages import ENGLISH
from server.web.look.rendering import COMPRESSED, page

FILES = {
    "explorer.js": "text/javascript",
    "completion.js": "text/javascript",
    "ids.js": "text/javascript",
    "reference.js": "text/javascript",
    "explorer.css": "text/css",
}


class WithPage:
    """The GraphQL endpoint, except that a browser that opens its address gets the page."""

    def __init__(self, endpoint: ASGIApp) -> None:
        self._endpoint = endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, by the page or by the endpoint."""
        request = Request(scope)
        wants_page = request.headers.get("accept", "").startswith("text/html")
        if request.method == "GET" and wants_page and not request.url.query:
            await page("explorer.html", language=ENGLISH)(scope, receive, send)
        else:
            await self._endpoint(scope, receive, send)


def explorer_routes(schema: GraphQLSchema, contracts: Path) -> list[Route]:
    """Return the routes of the page's files, of the list of published operations, and of the schema in words."""

    async def operations(_: Request) -> Response:
        return JSONResponse(_operations_by_area(schema, contracts))

    async def documentation(_: Request) -> Response:
        return JSONResponse(reference_of(schema))

    return [
        Route("/explorer/operations.json", operations, middleware=COMPRESSED),
        Route("/explorer/schema.json", documentation, middleware=COMPRESSED),
        Route("/explorer/{name}", _serve_file, middleware=COMPRESSED),
    ]


@cache
def _operations_by_area(schema: GraphQLSchema, contracts: Path) -> Mapping[str, list[Mapping[str, Any]]]:
    """Return every published operation with an example of its variables. It takes half a second, so it is made once."""
    areas: dict[str, list[Mapping[str, Any]]] = {}
    for operation in operations_of(contracts):
        variables = variables_of(schema, operation)
        entry = {"name": operation.name, "source": operation.source, "body": operation.body, "variables": variables}
        areas.setdefault(operation.area, []).append(entry)
    return areas


async def _serve_file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=404)
    return Response(files("server.web.explorer").joinpath(name).read_text(), media_type=FILES[name])


def variables_of(schema: GraphQLSchema, operation: Operation) -> dict[str, Any]:
    """Return an example of the variables of an operation.

    It has every required variable without a default; the value is the name of its type, or the first value of an
    enumeration. An id says of what: "Round id".
    """
    definition = parse(operation.body).definitions[0]
    assert isinstance(definition, OperationDefinitionNode)
    answered = _answered_type(schema, definition)
    values = {}
    for variable in definition.variable_definitions or ():
        type_ = type_from_ast(schema, variable.type)
        name = variable.variable.name.value
        if is_non_null_type(type_) and variable.default_value is None:
            values[name] = _build_example(schema, type_, answered if name == "id" else name)
    return values


def _answered_type(schema: GraphQLSchema, definition: OperationDefinitionNode) -> str:
    """Return the name of the type that the first field of an operation answers with."""
    root = schema.get_root_type(definition.operation)
    field = definition.selection_set.selections[0]
    assert root is not None
    assert isinstance(field, FieldNode)
    return str(get_named_type(root.fields[field.name.value].type).name)


def _build_example(schema: GraphQLSchema, type_: Any, name: str) -> Any:
    if is_non_null_type(type_):
        return _build_example(schema, type_.of_type, name)
    if is_list_type(type_):
        return [_build_example(schema, type_.of_type, name)]
    inner = get_named_type(type_)
    if isinstance(inner, GraphQLInputObjectType):
        required = {each: field for each, field in inner.fields.items() if is_required_input_field(field)}
        return {each: _build_example(schema, field.type, each) for each, field in required.items()}
    if isinstance(inner, GraphQLEnumType):
        return next(iter(inner.values))
    if inner.name == "ID":
        return _example_of_id(schema, name)
    return {"Int": 1, "Boolean": True}.get(inner.name, inner.name)


def _example_of_id(schema: GraphQLSchema, name: str) -> str:
    """Return the example of an id whose field is called after its type: "Round id" for `roundId`, "ID" for others.

    `bodyId` is of the one type whose name ends with it: "WorkingBody id".
    """
    of = name.removesuffix("Ids").removesuffix("Id")
    of = of[:1].upper() + of[1:]
    nodes = schema.get_implementations(schema.type_map["Node"]).objects if "Node" in schema.type_map else ()  # type: ignore[arg-type]
    named = [node.name for node in nodes if node.name == of] or [node.name for node in nodes if node.name.endswith(of)]
    return f"{named[0]} id" if len(named) == 1 else "ID"
