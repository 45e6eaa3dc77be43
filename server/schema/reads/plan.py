"""Compiles a selection: the columns and joins of one statement, and a generated function that renders its rows.

A `Shape` is one statement: a noun, the to-one relations joined to it and the columns that its selection needs. What
cannot be joined without multiplying rows (connections and batches) is an `Attachment`, fetched for all rows at once.
The source of the generated function is made of response keys (GraphQL names) and column numbers only; every other
value reaches it through its namespace.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode, GraphQLList, GraphQLNonNull, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement, Integer, func, true
from sqlalchemy.orm import aliased
from sqlalchemy.sql.sqltypes import String

from server.facts import paths_of
from server.schema.reads.kinds import NOUNS, Batch, Column, Computed, Noun, ToMany, ToOne
from server.schema.reads.pages import encoded
from server.schema.reads.selection import Selection


@dataclass
class Shape:
    """One statement over `noun`: its columns, its joins, and what is attached to its rows."""

    noun: Noun
    entity: Any
    columns: list[ColumnElement[Any]] = field(default_factory=list)
    joins: list[tuple[Any, Any]] = field(default_factory=list)
    attachments: list["Attachment"] = field(default_factory=list)
    statements: dict[Any, Any] = field(default_factory=dict)
    _joined: dict[tuple[str, bool], Any] = field(default_factory=dict)
    _numbers: dict[tuple[int, str], int] = field(default_factory=dict)

    def entity_at(self, path: str, *, visible: Noun | None = None, of: Any = None, at: str = "") -> Any:
        """The entity at the end of a dotted path of relations from `of` (the root if None, whose path is `at`), joined
        once. With `visible` the last step also asks that noun's predicate."""
        entity = self.entity if of is None else of
        steps = path.split(".") if path else []
        for number, step in enumerate(steps):
            at = f"{at}.{step}"
            asked = visible if number == len(steps) - 1 else None
            key = (at, asked is not None)
            if key not in self._joined:
                relation = getattr(entity, step)
                target = aliased(relation.property.mapper.class_)
                reached = relation.of_type(target)
                self.joins.append((target, reached if asked is None else reached.and_(asked.visible(target))))
                self._joined[key] = target
            entity = self._joined[key]
        return entity

    def column_at(self, path: str, *, of: Any = None, at: str = "") -> ColumnElement[Any]:
        """The column at the end of a dotted path; relations on the way are joined."""
        *relations, name = path.split(".")
        return getattr(self.entity_at(".".join(relations), of=of, at=at), name)  # type: ignore[no-any-return]

    def number(self, expression: Any) -> int:
        """The place of a column in the rows; selected once however often it is used."""
        key = (id(getattr(expression, "parent", expression)), str(expression))
        if key not in self._numbers:
            self._numbers[key] = len(self.columns)
            self.columns.append(expression)
        return self._numbers[key]

    def order_of(self, order: tuple[str, ...]) -> list[tuple[ColumnElement[Any], bool]]:
        """(expression, descending) for each path of an order; "-" before a path turns it. Nulls come first."""
        keys = []
        for path in order:
            column = self.column_at(path.lstrip("-"))
            nullable = "." in path or column.nullable  # type: ignore[attr-defined]
            if nullable and isinstance(column.type, Integer | String):
                column = func.coalesce(column, 0 if isinstance(column.type, Integer) else "")
            keys.append((column, path.startswith("-")))
        return keys

    def joined(self, statement: Any) -> Any:
        """The statement with every join of this shape."""
        statement = statement.select_from(self.entity)
        for _, reached in self.joins:
            statement = statement.outerjoin(reached)
        return statement


@dataclass
class Attachment:
    """What is fetched for all rows of a shape at once. `parent` is the number of the column with the parent's id."""

    parent: int
    read: ToMany | Batch
    plan: "ConnectionPlan | None" = None
    field_definition: Any = None
    node: FieldNode | None = None
    render: Callable[[Any], Any] | None = None


@dataclass
class RowPlan:
    """How to fetch and render rows of one noun. `render(rows, actor, now, attached)` gives one value per row."""

    shape: Shape
    render: Callable[..., list[Any]]


@dataclass
class ConnectionPlan:
    """How to fetch and render a page. Each part renders one response key from the page's rows."""

    shape: Shape
    read: ToMany
    parts: list[tuple[str, str, Any]]
    wants_total: bool
    orders: dict[Any, list[tuple[ColumnElement[Any], bool]]] = field(default_factory=dict)


class Compiler:
    """Compiles the selection of one field of one operation."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self._functions: list[str] = []
        self._namespace: dict[str, Any] = {"encoded": encoded}

    def rows(self, noun: Noun, nodes: list[FieldNode]) -> RowPlan:
        """A plan for rows of `noun` with the selection of `nodes`."""
        shape = Shape(noun, aliased(noun.model))
        source = self._object(shape, noun, shape.entity, "", nodes)
        return RowPlan(shape, self._rendering(source))

    def page(self, read: ToMany, noun: Noun, page_type: GraphQLObjectType, nodes: list[FieldNode]) -> ConnectionPlan:
        """A plan for a page of `noun` with the selection of `nodes` on its connection type."""
        shape = Shape(noun, aliased(noun.model))
        parts: list[tuple[str, str, Any]] = []
        for key, fields in self.selection.of(page_type, nodes).items():
            name = fields[0].name.value
            if name == "nodes":
                parts.append((key, name, self._rendering(self._object(shape, noun, shape.entity, "", fields))))
            elif name == "edges":
                parts.append((key, name, self._rendering(self._edge(shape, noun, page_type, fields))))
            elif name == "pageInfo":
                inner = self.selection.of(self.selection.schema.get_type("PageInfo"), fields)  # type: ignore[arg-type]
                parts.append((key, name, [(k, f[0].name.value) for k, f in inner.items()]))
            else:
                parts.append((key, name, page_type.name))
        wants_total = any(name == "totalCount" for _, name, _ in parts)
        return ConnectionPlan(shape, read, parts, wants_total)

    def value(self, value_type: Any, nodes: list[FieldNode]) -> Callable[[Any], Any]:
        """A function that renders a plain value (attributes, lists of them) with the selection of `nodes`."""
        source = self._value("v", value_type, nodes)
        exec("\n".join([*self._functions, f"def render(v): return {source}"]), self._namespace)  # noqa: S102
        return self._namespace["render"]  # type: ignore[no-any-return]

    def _rendering(self, source: str) -> Callable[..., list[Any]]:
        code = "\n".join([*self._functions, f"def render(rows, a, n, b, c=None): return [{source} for r in rows]"])
        exec(code, self._namespace)  # noqa: S102
        return self._namespace["render"]  # type: ignore[no-any-return]

    def _named(self, value: Any) -> str:
        name = f"n{len(self._namespace)}"
        self._namespace[name] = value
        return name

    def _edge(self, shape: Shape, noun: Noun, page_type: GraphQLObjectType, nodes: list[FieldNode]) -> str:
        edge_type = get_named_type(page_type.fields["edges"].type)
        parts = []
        for key, fields in self.selection.of(edge_type, nodes).items():  # type: ignore[arg-type]
            name = fields[0].name.value
            source = {"cursor": "c(r)", "__typename": repr(edge_type.name)}.get(name)
            parts.append(f"{key!r}: {source or self._object(shape, noun, shape.entity, '', fields)}")
        return "{" + ", ".join(parts) + "}"

    def _object(self, shape: Shape, noun: Noun, entity: Any, at: str, nodes: list[FieldNode]) -> str:
        object_type = self.selection.schema.get_type(noun.type.__name__)
        parts = []
        for key, fields in self.selection.of(object_type, nodes).items():  # type: ignore[arg-type]
            name = fields[0].name.value
            if name == "__typename":
                parts.append(f"{key!r}: {object_type.name!r}")  # type: ignore[union-attr]
                continue
            definition = object_type.fields[name]  # type: ignore[union-attr]
            parts.append(f"{key!r}: {self._field(shape, noun.reads[name], definition, entity, at, fields)}")
        return "{" + ", ".join(parts) + "}"

    def _field(self, shape: Shape, read: Any, definition: Any, entity: Any, at: str, nodes: list[FieldNode]) -> str:
        if isinstance(read, Column):
            return f"r[{shape.number(shape.column_at(read.path, of=entity, at=at))}]"
        if isinstance(read, Computed):
            return self._computed(shape, read, definition, entity, at, nodes)
        if isinstance(read, ToOne):
            return self._to_one(shape, read, definition, entity, at, nodes)
        parent = shape.number(entity.id)
        attachment = Attachment(parent, read, field_definition=definition, node=nodes[0])
        if isinstance(read, ToMany):
            page_type = get_named_type(definition.type)
            target = NOUNS[get_named_type(page_type.fields["nodes"].type).name]  # type: ignore[union-attr]
            attachment.plan = Compiler(self.selection).page(read, target, page_type, nodes)  # type: ignore[arg-type]
            default = "e"
        else:
            attachment.render = Compiler(self.selection).value(definition.type, nodes)
            default = self._named(attachment.render(read.default))
        shape.attachments.append(attachment)
        place = f"b[{len(shape.attachments) - 1}]"
        return f"{place}.get(r[{parent}], {place}[None])" if default == "e" else f"{place}.get(r[{parent}], {default})"

    def _computed(
        self, shape: Shape, read: Computed, definition: Any, entity: Any, at: str, nodes: list[FieldNode]
    ) -> str:
        columns = [shape.number(shape.column_at(path, of=entity, at=at)) for path in paths_of(read.facts)]
        facts = f"{self._named(read.facts)}({', '.join(f'r[{number}]' for number in columns)})"
        return self._value(f"{self._named(read.of)}(a, {facts}, n)", definition.type, nodes)

    def _to_one(self, shape: Shape, read: ToOne, definition: Any, entity: Any, at: str, nodes: list[FieldNode]) -> str:
        noun = NOUNS[get_named_type(definition.type).name]
        open_to_all = read.implied or noun.visible(noun.model) is true()
        target = shape.entity_at(read.path, visible=None if open_to_all else noun, of=entity, at=at)
        source = self._object(shape, noun, target, f"{at}.{read.path}{'' if open_to_all else '!'}", nodes)
        if isinstance(definition.type, GraphQLNonNull):
            return source
        return f"(None if r[{shape.number(target.id)}] is None else {source})"

    def _value(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        if isinstance(value_type, GraphQLNonNull):
            return self._bare_value(expression, value_type.of_type, nodes)
        source = self._bare_value("v", value_type, nodes)
        if source == "v":
            return expression
        return f"{self._function(f'None if v is None else {source}')}({expression})"

    def _bare_value(self, expression: str, value_type: Any, nodes: list[FieldNode]) -> str:
        if isinstance(value_type, GraphQLList):
            source = self._value("v", value_type.of_type, nodes)
            return expression if source == "v" else f"[{source} for v in {expression}]"
        if not isinstance(value_type, GraphQLObjectType):
            return expression
        parts = []
        for key, fields in self.selection.of(value_type, nodes).items():
            name = fields[0].name.value
            if name == "__typename":
                parts.append(f"{key!r}: {value_type.name!r}")
                continue
            attribute = self._attribute(value_type, name)
            parts.append(f"{key!r}: {self._value(f'v.{attribute}', value_type.fields[name].type, fields)}")
        body = "{" + ", ".join(parts) + "}"
        return body if expression == "v" else f"{self._function(body)}({expression})"

    def _function(self, body: str) -> str:
        name = f"f{len(self._functions)}"
        self._functions.append(f"def {name}(v): return {body}")
        return name

    def _attribute(self, value_type: GraphQLObjectType, name: str) -> str:
        declared = value_type.extensions["strawberry-definition"]
        found = next(f for f in declared.fields if value_type.fields[name].extensions["strawberry-definition"] is f)
        return str(found.python_name)
