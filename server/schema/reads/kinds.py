"""The five kinds of declared reads, and the nouns that carry them."""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias, TypeVar

import strawberry
from graphql import GraphQLField, GraphQLNamedType
from sqlalchemy import ColumnElement, true
from sqlalchemy.sql import Select

from server.models.base import Base
from server.schema.reads.pages import connection_field

T = TypeVar("T")
READ = "read"
"""Under this key the metadata of a Strawberry field hold its `Read`."""
NOUN = "__noun__"
DEFINITION = "strawberry-definition"
"""Under this key the types and fields of a schema hold Strawberry's definition of them."""


class Filter(NamedTuple):
    """A filter of a connection: equality with the column at `path`, or membership where `many` values are given.
    A path through a to-one that the caller may not see finds nothing there, so that filtering tells no secrets.

    `condition(column_at, parameter)` replaces equality where a filter is more than that.
    """

    path: str = ""
    many: bool = False
    condition: Callable[[Callable[[str], Any], Any], ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class Column:
    """A column of the row, or of a row joined to it, at the dotted `path`; null beyond a to-one that is hidden."""

    path: str


@dataclass(frozen=True)
class Computed:
    """A pure function `of(actor, facts, now)`. The facts are columns of the row and of rows joined to it, whether or
    not the caller sees those: a rule judges by what is, as the action does."""

    of: Callable[..., Any]
    facts: type[Any]


@dataclass(frozen=True)
class ToOne:
    """The row at the end of a foreign key, fetched with its parent. `implied` says that whoever sees the parent sees
    it too, so that its own predicate need not be asked again; otherwise a hidden row is null."""

    path: str
    implied: bool


@dataclass(frozen=True)
class ToMany:
    """A connection: rows of another noun whose column `on` holds the parent's id (None: all that are visible)."""

    on: str | None
    order: tuple[str, ...]
    filters: Mapping[str, Filter]
    orders: Mapping[Any, tuple[str, ...]]
    where: Callable[[Callable[[str], Any]], ColumnElement[bool]] | None = None
    """A condition that always holds besides the filters; it gets the function that gives the column at a path."""


@dataclass(frozen=True)
class Batch:
    """One query for many parents. `query` selects (parent id, value) for the ids in the expanding parameter
    `parents`, under the visibility predicate of what it counts; parents without a row get `default`."""

    query: Callable[[], Select[Any]]
    default: Any


Read: TypeAlias = Column | Computed | ToOne | ToMany | Batch


@strawberry.interface(description="Anything with an identity of its own.")
class Node:
    """The interface of every noun; its `id` is a column of the row."""

    id: strawberry.ID = strawberry.field(
        description="Opaque, type-prefixed identifier; the same in exports and files.", metadata={READ: Column("id")}
    )


def column(description: str, path: str = "") -> Any:
    """A field that is a column. `path` is the attribute, dotted to go along relations; the field's name if empty."""
    return strawberry.field(description=description, metadata={READ: Column(path)})


def computed(description: str, of: Callable[..., Any], facts: type[Any]) -> Any:
    """A field that is a pure function of actor, facts and now."""
    return strawberry.field(description=description, metadata={READ: Computed(of, facts)})


def to_one(description: str, path: str = "", *, implied: bool = False) -> Any:
    """A field that is the row at the end of a relation, or of a dotted path of relations."""
    return strawberry.field(description=description, metadata={READ: ToOne(path, implied)})


def connection(
    description: str,
    *,
    on: str,
    order: tuple[str, ...],
    filter_type: type | None = None,
    filters: Mapping[str, Filter] | None = None,
) -> Any:
    """A field that is a page of the rows whose column `on` holds the parent's id."""
    read = ToMany(on, order, filters or {}, {})
    return connection_field(description, {READ: read}, filter_type=filter_type)


def batch(description: str, query: Callable[[], Select[Any]], default: Any) -> Any:
    """A field that one query answers for all parents at once."""
    return strawberry.field(description=description, metadata={READ: Batch(query, default)})


@dataclass(frozen=True, eq=False)
class Noun:
    """A GraphQL type over a table, with its one visibility predicate."""

    type: type
    model: Any
    visible: Callable[[Any], ColumnElement[bool]]

    @cached_property
    def prefix(self) -> str:
        """The three letters that begin its identifiers; empty for a table without identifiers of its own."""
        return getattr(self.model, "prefix", "")

    @cached_property
    def is_open(self) -> bool:
        """Whether everyone sees every row."""
        return self.visible(self.model) is true()


NOUNS: dict[str, Noun] = {}
"""The nouns of the application by the name of their GraphQL type. How they are read is found through the schema."""


def noun(
    model: type[Base], visible: Callable[[Any], ColumnElement[bool]], *, among: dict[str, Noun] | None = None
) -> Callable[[type[T]], type[T]]:
    """Make a class a noun: a GraphQL type over `model`, described by its docstring, seen under `visible(entity)`.
    It is put `among` the nouns of the application, or of another schema."""

    def declare(cls: type[T]) -> type[T]:
        # From 3.13 on the compiler takes the indentation off docstrings; every Python is to print the same schema.
        made = strawberry.type(cls, description=inspect.cleandoc(cls.__doc__ or "") or None)
        declared = Noun(made, model, visible)
        setattr(made, NOUN, declared)
        (NOUNS if among is None else among)[cls.__name__] = declared
        return made

    return declare


def noun_of(object_type: GraphQLNamedType) -> Noun:
    """The noun behind a type of a schema. Raises TypeError for a type that is none."""
    definition = object_type.extensions.get(DEFINITION)
    found = vars(definition.origin).get(NOUN) if definition else None
    if not isinstance(found, Noun):
        raise TypeError(f"{object_type.name} is not a noun: it cannot be the end of a declared read")
    return found


def read_of(definition: GraphQLField) -> Read:
    """The declared read of a field of a noun. Raises TypeError for a field that is declared otherwise."""
    declared = definition.extensions[DEFINITION]
    if READ not in declared.metadata:
        raise TypeError(f"the field {declared.python_name} of a noun is not one of the five kinds of reads")
    read: Read = declared.metadata[READ]
    if isinstance(read, Column | ToOne) and not read.path:
        return replace(read, path=declared.python_name)
    return read
