"""Write the Python source of the functions that render rows and values.

The source is made of response keys, which are GraphQL names, and of numbers. Every other value reaches it by a name in
its namespace. So nothing that a client sends is executed, although `exec` runs the source.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
)

from server.schema.reads.kinds import DEFINITION, EDGE, NOUN, OR_NULL
from server.schema.reads.selection import Selection

AS_THEY_ARE = frozenset(
    {"ID", "String", "Int", "Float", "Boolean", "Date", "DateTime", "TimeZone", "Digest", "EmailAddress"}
)
"""Scalars with values that are written as JSON without conversion; instants are in UTC by then."""


def is_named_as_valued(enumeration: GraphQLEnumType) -> bool:
    """Return whether the values of an enumeration are their names, so that there is nothing to convert."""
    return all(name == member.value for name, member in enumeration.values.items())


class Reference(NamedTuple):
    """Stands in a rendered value for the row with an id, which is fetched later by the plan of an edge."""

    edge: int
    id: str | None


class ValuePlan(NamedTuple):
    """How to render a plain value, and for each of its edges the plans of rows by the prefix of their ids."""

    render: Callable[[Any], Any]
    edges: list[dict[str, Any]]


class Source:
    """Collects functions and the values they need, and compiles them."""

    def __init__(self, selection: Selection) -> None:
        self._selection = selection
        self._functions: list[str] = []
        self._memories: list[str] = []
        self.edges: list[tuple[Any, list[FieldNode]]] | None = None
        """Types and nodes of the edges of a plain value, where it may have any."""
        self._namespace: dict[str, Any] = {}

    def name_value(self, value: Any) -> str:
        """Put a value into the namespace, and return the name that the source uses for it."""
        name = f"n{len(self._namespace)}"
        self._namespace[name] = value
        return name

    def compile_function(self, parameters: str, body: str) -> Callable[..., Any]:
        """Compile a function of `parameters` that returns the expression `body`."""
        namespace = dict(self._namespace)
        begin = "; ".join([*(f"{memory} = {{}}" for memory in self._memories), f"return {body}"])
        exec("\n".join([*self._functions, f"def render({parameters}): {begin}"]), namespace)  # noqa: S102
        return namespace["render"]  # type: ignore[no-any-return]

    def write_value(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        """Return source that renders a plain value (attributes, and lists of them) with the selection of `nodes`.

        Raise TypeError for a type that is not rendered as a value: a noun, an interface or a union.
        """
        if isinstance(value_type, GraphQLNonNull):
            return self._write_present(expression, value_type.of_type, nodes)
        source = self._write_present("v", value_type, nodes)
        return expression if source == "v" else self._write_call(f"None if v is None else {source}", expression)

    def write_once(self, body: str, facts: str) -> str:
        """Return source of the value of `body`, which is computed once in a call for equal `facts`.

        In that source `f` are the facts, `a` the actor and `n` now. The value is shared, so nobody may change it.
        """
        number = len(self._functions)
        self._functions.append(
            f"def f{number}(m, f, a, n):\n if f not in m: m[f] = {body}\n return m[f]",
        )
        self._memories.append(f"m{number}")
        return f"f{number}(m{number}, {facts}, a, n)"

    def write_members(
        self, object_type: GraphQLObjectType, nodes: list[FieldNode], source_of: Callable[..., str]
    ) -> str:
        """Return source of a dictionary with one entry for each response key that `nodes` select on the type.

        `source_of(name, definition, nodes)` returns the source for the value of one field.
        """
        parts = []
        for key, fields in self._selection.select(object_type, nodes).items():
            name = fields[0].name.value
            is_typename = name == "__typename"
            source = repr(object_type.name) if is_typename else source_of(name, object_type.fields[name], fields)
            parts.append(f"{key!r}: {source}")
        return "{" + ", ".join(parts) + "}"

    def _write_present(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        """Return source that renders a value that is not null."""
        if isinstance(value_type, GraphQLList):
            source = self.write_value("v", value_type.of_type, nodes)
            return expression if source == "v" else f"[{source} for v in {expression}]"
        if isinstance(value_type, GraphQLObjectType):
            body = self._write_object(value_type, nodes)
            return body if expression == "v" else self._write_call(body, expression)
        if isinstance(value_type, GraphQLEnumType):
            if is_named_as_valued(value_type):
                return expression
        elif not isinstance(value_type, GraphQLScalarType):
            raise TypeError(f"{value_type} cannot be a plain value")
        elif value_type.name in AS_THEY_ARE:
            return expression
        if isinstance(value_type, GraphQLEnumType) and issubclass(value_type.extensions[DEFINITION].wrapped_cls, str):
            names = {member.value: name for name, member in value_type.values.items()}
            return f"{self.name_value(names)}[{expression}]"
        return f"{self.name_value(value_type.serialize)}({expression})"

    def _write_object(self, object_type: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        """Return source that renders the attributes of an object. Raise TypeError for a noun or a resolved field."""
        if NOUN in vars(object_type.extensions[DEFINITION].origin):
            raise TypeError(f"{object_type} is a noun and cannot be a plain value: declare a to-one or a connection")

        def attribute(_: str, definition: GraphQLField, fields: list[FieldNode]) -> str:
            strawberry_field = definition.extensions[DEFINITION]
            name = strawberry_field.python_name
            if EDGE in strawberry_field.metadata:
                expression = f"v.{strawberry_field.metadata[EDGE]}"
                return self._write_edge(f"{object_type}.{name}", expression, definition, fields)
            if strawberry_field.base_resolver is not None:
                raise TypeError(f"{object_type}.{name} is resolved, so it cannot be a plain value")
            value = f"(v.{name} or None)" if OR_NULL in strawberry_field.metadata else f"v.{name}"
            return self.write_value(value, definition.type, fields)

        return self.write_members(object_type, nodes, attribute)

    def _write_edge(self, name: str, expression: str, definition: GraphQLField, nodes: list[FieldNode]) -> str:
        """Return source of the reference to a row, or of the list of them. Raise TypeError where there can be none."""
        value_type = definition.type
        if self.edges is None:
            raise TypeError(f"{name} is an edge: its value has to be shown by `render_value`")
        is_list = isinstance(value_type, GraphQLNonNull) and isinstance(value_type.of_type, GraphQLList)
        if isinstance(value_type, GraphQLNonNull) and not is_list:
            raise TypeError(f"{name} may be hidden: make it nullable")
        self.edges.append((value_type, nodes))
        reference = f"{self.name_value(Reference)}({len(self.edges) - 1}, "
        return f"[{reference}v) for v in {expression}]" if is_list else f"{reference}{expression})"

    def _write_call(self, body: str, expression: str) -> str:
        """Add a function of `v` that returns `body`, and return source that calls it with `expression`."""
        name = f"f{len(self._functions)}"
        self._functions.append(f"def {name}(v): return {body}")
        return f"{name}({expression})"
