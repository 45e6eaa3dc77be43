"""Python source of the functions that render rows and values.

It is made of response keys (GraphQL names) and numbers only; every other value reaches it through its namespace.
"""

from collections.abc import Callable
from typing import Any

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
)

from server.schema.reads.kinds import DEFINITION, NOUN
from server.schema.reads.selection import Selection

AS_THEY_ARE = frozenset({"ID", "String", "Int", "Float", "Boolean", "Date", "DateTime"})
"""Scalars whose values JSON is written from directly; instants are in UTC."""


class Source:
    """Collects functions and the values they need, and compiles them."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._functions: list[str] = []
        self._namespace: dict[str, Any] = {}

    def named(self, value: Any) -> str:
        """A name for a value."""
        name = f"n{len(self._namespace)}"
        self._namespace[name] = value
        return name

    def compiled(self, parameters: str, body: str) -> Callable[..., Any]:
        """A function of the parameters that returns `body`."""
        namespace = dict(self._namespace)
        exec("\n".join([*self._functions, f"def render({parameters}): return {body}"]), namespace)  # noqa: S102
        return namespace["render"]  # type: ignore[no-any-return]

    def value(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        """Renders a plain value (attributes, and lists of them) with the selection of `nodes`.

        Raises TypeError for a type that the reads do not render as a value: a noun, an interface, a union.
        """
        if isinstance(value_type, GraphQLNonNull):
            return self._present(expression, value_type.of_type, nodes)
        source = self._present("v", value_type, nodes)
        return expression if source == "v" else self._call(f"None if v is None else {source}", expression)

    def members(self, object_type: GraphQLObjectType, nodes: list[FieldNode], source_of: Callable[..., str]) -> str:
        """A dictionary display with one entry for each response key that `nodes` select on the type. The value of a
        field is `source_of(name, definition, nodes of the field)`."""
        parts = []
        for key, fields in self._selection.of(object_type, nodes).items():
            name = fields[0].name.value
            is_typename = name == "__typename"
            source = repr(object_type.name) if is_typename else source_of(name, object_type.fields[name], fields)
            parts.append(f"{key!r}: {source}")
        return "{" + ", ".join(parts) + "}"

    def _present(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        """Renders a value that is not null."""
        if isinstance(value_type, GraphQLList):
            source = self.value("v", value_type.of_type, nodes)
            return expression if source == "v" else f"[{source} for v in {expression}]"
        if isinstance(value_type, GraphQLObjectType):
            body = self._object(value_type, nodes)
            return body if expression == "v" else self._call(body, expression)
        if isinstance(value_type, GraphQLEnumType):
            if all(name == member.value for name, member in value_type.values.items()):
                return expression
        elif not isinstance(value_type, GraphQLScalarType):
            raise TypeError(f"{value_type} cannot be a plain value")
        elif value_type.name in AS_THEY_ARE:
            return expression
        return f"{self.named(value_type.serialize)}({expression})"

    def _object(self, object_type: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        if NOUN in vars(object_type.extensions[DEFINITION].origin):
            raise TypeError(f"{object_type} is a noun and cannot be a plain value: declare a to-one or a connection")

        def attribute(_: str, definition: GraphQLField, fields: list[FieldNode]) -> str:
            declared = definition.extensions[DEFINITION]
            if declared.base_resolver is not None:
                raise TypeError(f"{object_type}.{declared.python_name} is resolved, so it cannot be a plain value")
            return self.value(f"v.{declared.python_name}", definition.type, fields)

        return self.members(object_type, nodes, attribute)

    def _call(self, body: str, expression: str) -> str:
        name = f"f{len(self._functions)}"
        self._functions.append(f"def {name}(v): return {body}")
        return f"{name}({expression})"
