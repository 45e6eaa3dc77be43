"""The shape of a statement: the rows it reaches from its root, its joins and its columns."""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from graphql import GraphQLError, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement
from sqlalchemy.orm import RelationshipDirection, aliased

from server.schema.reads.cursors import key_of
from server.schema.reads.kinds import Noun, ToOne, noun_of, read_of

LARGEST_JOIN = 50
"""Relations that one statement follows; SQLite joins 64 tables at most."""


class Place(NamedTuple):
    """A row that a statement reaches: the root, or the end of a path of to-one relations."""

    entity: Any
    at: str
    """The path from the root, unique in the statement. A step that asks a predicate ends with "!"."""
    type: GraphQLObjectType | None
    """What the row is in GraphQL; None for a row in the middle of a path."""
    sure: bool
    """Whether there always is one."""


class Key(NamedTuple):
    """One key of an order."""

    expression: ColumnElement[Any]
    descending: bool
    number: int
    """The number of its column."""


class Relation(NamedTuple):
    """A declared to-one: what is at its end, and the noun whose predicate is asked (None: whoever sees the row sees
    what is at the end)."""

    type: GraphQLObjectType
    asked: Noun | None


@cache
def relations_of(object_type: GraphQLObjectType) -> dict[str, Relation]:
    """The declared to-one relations of a noun by their path."""
    found: dict[str, Relation] = {}
    for definition in object_type.fields.values():
        read = read_of(definition)
        if isinstance(read, ToOne):
            target = get_named_type(definition.type)
            assert isinstance(target, GraphQLObjectType)
            asked = None if read.implied or noun_of(target).is_open else noun_of(target)
            if asked or read.path not in found:
                found[read.path] = Relation(target, asked)
    return found


@dataclass(eq=False)
class Shape:
    """One statement: its root, the relations joined to it and its columns, each once however often it is used.

    A statement that needs more (a filter's joins, a cursor's columns) is made of a copy: `extended`.
    """

    root: Place
    columns: list[ColumnElement[Any]] = field(default_factory=list)
    joins: list[tuple[Any, bool]] = field(default_factory=list)
    """(relation to join along, whether there always is a row)."""
    _reached: dict[str, tuple[Any, bool]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, object_type: GraphQLObjectType) -> "Shape":
        """A shape of nothing but rows of a noun."""
        return cls(Place(aliased(noun_of(object_type).model), "", object_type, True))

    def extended(self) -> "Shape":
        """A copy that can grow. The columns there are keep their numbers."""
        return replace(
            self,
            columns=[*self.columns],
            joins=[*self.joins],
            _reached={**self._reached},
            _numbers={**self._numbers},
        )

    def visible(self) -> ColumnElement[bool]:
        """The predicate of the root."""
        assert self.root.type is not None
        return noun_of(self.root.type).visible(self.root.entity)

    def reach(self, path: str, start: Place | None = None, *, asking: bool = True) -> Place:
        """The row at the end of a dotted path of relations. Where the path goes along a declared to-one, the predicate
        at its end is asked as the declaration says, unless `asking` is False."""
        place = start or self.root
        steps = path.split(".") if path else []
        while steps:
            relation, length = _declared(place, steps)
            for step in steps[: length - 1]:
                place = self._step(place, step, None, None)
            asked = relation.asked if relation and asking else None
            place = self._step(place, steps[length - 1], relation.type if relation else None, asked)
            steps = steps[length:]
        return place

    def column(
        self, path: str, start: Place | None = None, *, asking: bool = True
    ) -> tuple[ColumnElement[Any], Place, str]:
        """(column, row it belongs to, its name) at the end of a dotted path."""
        relations, _, name = path.rpartition(".")
        place = self.reach(relations, start, asking=asking)
        return getattr(place.entity, name), place, name

    def column_at(self, path: str) -> ColumnElement[Any]:
        """The column at the end of a dotted path from the root, for a condition."""
        return self.column(path)[0]

    def number(self, path: str, start: Place | None = None, *, asking: bool = True) -> int:
        """The number of the column at the end of a dotted path."""
        column, place, name = self.column(path, start, asking=asking)
        return self._numbered(f"{place.at}.{name}", column)

    def keys(self, order: tuple[str, ...]) -> list[Key]:
        """The keys of an order of paths; "-" before a path turns it."""
        keys = []
        for path in order:
            column, place, name = self.column(path.removeprefix("-"))
            nullable = not place.sure or _is_nullable(column)
            expression = key_of(column, nullable=nullable)
            at = f"{'?' if nullable else ''}{place.at}.{name}"
            keys.append(Key(expression, path.startswith("-"), self._numbered(at, expression)))
        return keys

    def joined(self, statement: Any) -> Any:
        """The statement with every join of this shape."""
        statement = statement.select_from(self.root.entity)
        for relation, sure in self.joins:
            statement = statement.join(relation, isouter=not sure)
        return statement

    def _numbered(self, key: str, column: ColumnElement[Any]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self.columns)
            self.columns.append(column)
        return self._numbers[key]

    def _step(self, place: Place, step: str, type_: GraphQLObjectType | None, asked: Noun | None) -> Place:
        at = f"{place.at}.{step}{'!' if asked else ''}"
        if at not in self._reached:
            relation = getattr(place.entity, step)
            target = aliased(relation.property.mapper.class_)
            reached = relation.of_type(target)
            sure = place.sure and asked is None and _is_sure(relation.property)
            self.joins.append((reached.and_(asked.visible(target)) if asked else reached, sure))
            self._reached[at] = target, sure
            if len(self.joins) > LARGEST_JOIN:
                message = f"One list follows more than {LARGEST_JOIN} relations: ask for less at once."
                raise GraphQLError(message, extensions={"code": "LIMIT_EXCEEDED"})
        return Place(self._reached[at][0], at, type_, self._reached[at][1])


def _declared(place: Place, steps: list[str]) -> tuple[Relation | None, int]:
    """The longest declared to-one along the path, and its length; (None, 1) if its first step is none."""
    known = relations_of(place.type) if place.type else {}
    for length in range(len(steps), 0, -1):
        if relation := known.get(".".join(steps[:length])):
            return relation, length
    return None, 1


def _is_nullable(column: Any) -> bool:
    return bool(column.property.columns[0].nullable)


def _is_sure(relation: Any) -> bool:
    along_key = relation.direction is RelationshipDirection.MANYTOONE
    return along_key and not any(column.nullable for column in relation.local_columns)
