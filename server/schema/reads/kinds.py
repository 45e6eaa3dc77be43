"""The five kinds of declared reads, and the nouns that carry them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import strawberry
from sqlalchemy import ColumnElement
from sqlalchemy.sql import Select
from strawberry.utils.str_converters import to_camel_case

from server.models import Base
from server.schema.reads.pages import connection_field

T = TypeVar("T")
READ = "read"


@strawberry.interface(description="Anything with an identity of its own.")
class Node:
    """The interface of every noun; its `id` is a column of the row."""

    id: strawberry.ID = strawberry.field(
        description="Opaque, type-prefixed identifier; the same in exports and files.", metadata={READ: None}
    )


class Filter(NamedTuple):
    """A filter of a connection: equality with the column at `path`, or membership where `many` values are given.

    `condition(column_at, parameter)` replaces equality where a filter is more than that.
    """

    path: str = ""
    many: bool = False
    condition: Callable[[Callable[[str], Any], Any], ColumnElement[bool]] | None = None


@dataclass(frozen=True)
class Column:
    """A column of the row, or of a row joined to it, at the dotted `path`."""

    path: str


@dataclass(frozen=True)
class Computed:
    """A pure function `of(actor, facts, now)`; the facts are columns of the row."""

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


Read = Column | Computed | ToOne | ToMany | Batch


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


@dataclass(frozen=True)
class Noun:
    """A GraphQL type over a table, with its one visibility predicate."""

    type: type
    model: Any
    visible: Callable[[Any], ColumnElement[bool]]

    @cached_property
    def reads(self) -> dict[str, Read]:
        """The declared reads by GraphQL field name."""
        found: dict[str, Read] = {}
        for declared in self.type.__strawberry_definition__.fields:  # type: ignore[attr-defined]
            read = Column("") if declared.name == "id" else declared.metadata[READ]
            if isinstance(read, Column | ToOne) and not read.path:
                read = type(read)(**{**read.__dict__, "path": declared.python_name})
            found[declared.graphql_name or to_camel_case(declared.python_name)] = read
        return found


NOUNS: dict[str, Noun] = {}
"""Every noun by the name of its GraphQL type."""


def noun(model: type[Base], visible: Callable[[Any], ColumnElement[bool]]) -> Callable[[type[T]], type[T]]:
    """Make a class a noun: a GraphQL type over `model`, described by its docstring, seen under `visible(entity)`."""

    def declare(cls: type[T]) -> type[T]:
        made = strawberry.type(cls, description=cls.__doc__)
        NOUNS[cls.__name__] = Noun(made, model, visible)
        return made

    return declare
