"""The shape of a statement: the rows it reaches from its root, its joins and its columns."""

from dataclasses import dataclass, field, replace
from functools import cache, partial
from typing import Any, NamedTuple

from graphql import GraphQLError, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import RelationshipDirection, aliased

from server.kernel.predicates import Predicate, Within
from server.models.base import OPTIONAL
from server.schema.reads.cursors import key_of
from server.schema.reads.kinds import Noun, Through, ToOne, noun_of, read_of

LARGEST_JOIN = 50
"""Relations that one statement follows; SQLite joins 64 tables at most."""


class Place(NamedTuple):
    """A row that a statement reaches: the root, or the end of a path of to-one relations."""

    entity: Any
    at: str
    """The path from the root, unique in the statement. A step under a visibility predicate ends with "!"."""
    type: GraphQLObjectType | None
    """The GraphQL type of the row; None for a row in the middle of a path."""
    sure: bool
    """Whether the row always exists: the join to it is then an inner join, and its columns are not null."""


class Key(NamedTuple):
    """One key of an order."""

    expression: ColumnElement[Any]
    descending: bool
    number: int
    """The number of its column."""


class Relation(NamedTuple):
    """A declared to-one: the type at its end, and the noun with the predicate to ask.

    `guard` is None if everybody who sees the row sees the row at the end too.
    """

    type: GraphQLObjectType
    guard: Noun | None


@cache
def relations_of(object_type: GraphQLObjectType) -> dict[str, Relation]:
    """Return the declared to-one relations of a noun by their path."""
    relations: dict[str, Relation] = {}
    for definition in object_type.fields.values():
        read = read_of(definition)
        if isinstance(read, ToOne):
            target = get_named_type(definition.type)
            assert isinstance(target, GraphQLObjectType)
            guard = None if read.implied or noun_of(target).is_open else noun_of(target)
            # Two fields may follow one path, and only one of them as implied. The other's predicate is asked then.
            if guard or read.path not in relations:
                relations[read.path] = Relation(target, guard)
    return relations


@dataclass(eq=False)
class Shape:
    """One statement: its root, the relations joined to it and its columns, each once however often it is used.

    A statement that needs more, such as the joins of a filter or the columns of a cursor, is made of a `copy`.
    """

    root: Place
    columns: list[ColumnElement[Any]] = field(default_factory=list)
    joins: list[tuple[tuple[Any, ...], bool]] = field(default_factory=list)
    """Pairs of what to join, a relation or a table and its condition, and whether there always is a row at its end."""
    judged: set[int] = field(default_factory=set)
    """Numbers of the columns that a rule looks at, or that are converted to be rendered."""
    _reached: dict[str, tuple[Any, bool]] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, object_type: GraphQLObjectType) -> "Shape":
        """Return a shape that selects no columns yet from the rows of a noun."""
        return cls(Place(_root_of(object_type)[0], "", object_type, True))

    def copy(self) -> "Shape":
        """Return a copy to which joins and columns can be added. The columns that are there keep their numbers."""
        return replace(
            self,
            columns=[*self.columns],
            joins=[*self.joins],
            _reached={**self._reached},
            _numbers={**self._numbers},
        )

    def visible(self) -> ColumnElement[bool]:
        """Return the visibility predicate of the root."""
        assert self.root.type is not None
        return _root_of(self.root.type)[1]

    def reach(self, path: str, start: Place | None = None, *, asking: bool = True) -> Place:
        """Join along a dotted path of relations, and return the row at its end.

        Where the path follows a declared to-one, the predicate at its end is asked as the declaration says. `asking`
        False asks none: facts are read whether or not the caller sees the row.
        """
        place = start or self.root
        steps = path.split(".") if path else []
        while steps:
            declaring = place
            relation, length = _find_relation(place, steps)
            for step in steps[: length - 1]:
                place = self._join_step(place, step, None, None)
            guard = _guard_row(relation.guard, declaring) if relation and relation.guard and asking else None
            place = self._join_step(place, steps[length - 1], relation.type if relation else None, guard)
            steps = steps[length:]
        return place

    def column(
        self, path: str, start: Place | None = None, *, asking: bool = True
    ) -> tuple[ColumnElement[Any], Place, str]:
        """Return the column at the end of a dotted path, the row it belongs to and its name."""
        relations, _, name = path.rpartition(".")
        place = self.reach(relations, start, asking=asking)
        return getattr(place.entity, name), place, name

    def column_at(self, path: str) -> ColumnElement[Any]:
        """Return the column at the end of a dotted path from the root, for a condition."""
        return self.column(path)[0]

    def number(self, path: str, start: Place | None = None, *, asking: bool = True) -> int:
        """Return the number of the column at the end of a dotted path, adding it if it is not there."""
        column, place, name = self.column(path, start, asking=asking)
        return self._add_column(f"{place.at}.{name}", column)

    def link(self, through: Through) -> ColumnElement[Any]:
        """Join the links that lead to the root and that the caller sees, and return the column of their parents."""
        links = aliased(through.model)
        leads_here = getattr(links, through.target) == self.root.entity.id
        self.joins.append(((links, and_(leads_here, through.visible(links))), True))
        return getattr(links, through.parent)  # type: ignore[no-any-return]

    def keys(self, order: tuple[str, ...]) -> list[Key]:
        """Return the keys of an order, given as paths; a "-" before a path means descending."""
        keys = []
        for path in order:
            column, place, name = self.column(path.removeprefix("-"))
            nullable = not place.sure or _is_nullable(column)
            expression = key_of(column, nullable=nullable)
            at = f"{'?' if nullable else ''}{place.at}.{name}"
            keys.append(Key(expression, path.startswith("-"), self._add_column(at, expression)))
        return keys

    def add_joins(self, statement: Any, *, outer: bool = False) -> Any:
        """Return a statement that selects from the root of this shape, with every join of the shape.

        With `outer` all of them are outer joins. The rows are the same, but SQLite then begins at the root.
        """
        for joined, sure in self.joins:
            statement = statement.join(*joined, isouter=outer or not sure)
        return statement

    def add(self, column: ColumnElement[Any]) -> int:
        """Select one more column, and return its number."""
        self.columns.append(column)
        return len(self.columns) - 1

    def _add_column(self, key: str, column: ColumnElement[Any]) -> int:
        """Return the number of a column, adding it if nothing has been selected under `key`."""
        if key not in self._numbers:
            self._numbers[key] = self.add(column)
        return self._numbers[key]

    def _join_step(self, place: Place, step: str, type_: GraphQLObjectType | None, guard: Predicate | None) -> Place:
        """Join along one relation, and return the row at its end. Raise a GraphQL error (LIMIT_EXCEEDED) for too many.

        The predicate stands in the ON clause, so that a hidden row reads as null and its parent stays.
        """
        at = f"{place.at}.{step}{'!' if guard else ''}"
        if at not in self._reached:
            relation = getattr(place.entity, step)
            target = aliased(relation.property.mapper.class_)
            reached = relation.of_type(target)
            sure = place.sure and guard is None and _is_sure(relation.property)
            self.joins.append(((reached.and_(guard(target)) if guard else reached,), sure))
            self._reached[at] = target, sure
            if len(self.joins) > LARGEST_JOIN:
                message = f"One list follows more than {LARGEST_JOIN} relations: ask for less at once."
                raise GraphQLError(message, extensions={"code": "LIMIT_EXCEEDED"})
        return Place(self._reached[at][0], at, type_, self._reached[at][1])


@cache
def _root_of(object_type: GraphQLObjectType) -> tuple[Any, ColumnElement[bool]]:
    """Return the table of a noun as a root, and its predicate on it.

    They are the same in all statements: a predicate may fill a hundred times what a document selects.
    """
    noun = noun_of(object_type)
    root = aliased(noun.model)
    return root, noun.visible(root)


def _find_relation(place: Place, steps: list[str]) -> tuple[Relation | None, int]:
    """Return the longest declared to-one at the beginning of a path, and its length; (None, 1) if there is none."""
    known = relations_of(place.type) if place.type else {}
    for length in range(len(steps), 0, -1):
        if relation := known.get(".".join(steps[:length])):
            return relation, length
    return None, 1


def _guard_row(noun: Noun, declaring: Place) -> Predicate:
    """Return the predicate to ask of a row of `noun` that is joined to the row at `declaring`.

    The row at `declaring` is one that the caller sees, or null. Where the predicate is that they see this very row and
    an own condition, only the own condition is left to ask.
    """
    visible, parent = noun.visible, noun_of(declaring.type) if declaring.type else None
    if isinstance(visible, Within) and parent and (visible.parent, visible.visible) == (parent.model, parent.visible):
        return partial(visible.beside, parent=declaring.entity)
    return visible


def _is_nullable(column: Any) -> bool:
    # A computed column of a view does not say: it may be.
    return bool(getattr(column.property.columns[0], "nullable", True))


def _is_sure(relation: Any) -> bool:
    """Return whether a relation always leads to a row: a foreign key of the row itself that is not nullable."""
    along_key = relation.direction is RelationshipDirection.MANYTOONE
    is_optional = relation.info.get(OPTIONAL) or any(column.nullable for column in relation.local_columns)
    return along_key and not is_optional
