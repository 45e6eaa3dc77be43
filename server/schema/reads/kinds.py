"""The five kinds of declared reads, and the nouns that have such fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import strawberry
from graphql import GraphQLField, GraphQLNamedType
from sqlalchemy import ColumnElement, true
from sqlalchemy.sql import Select

from server.kernel.predicates import Predicate
from server.models.base import Base
from server.schema.reads.filters import filters_of
from server.schema.reads.matching import Filter
from server.schema.reads.orders import Orders
from server.schema.reads.pages import connection_field

T = TypeVar("T")
READ = "read"
"""The key under which the metadata of a Strawberry field hold its `Read`."""
EDGE = "edge"
"""The key under which the metadata of a Strawberry field of a plain value hold the attribute with the id of a row."""
OR_NULL = "or_null"
"""The key under which the metadata of a Strawberry field of a plain value say that empty words are null."""
SUBJECT = "subject"
"""The key under which the metadata of a Strawberry field of a fact say that it shows the subject of the act.

The value is None, or a function of the subject's id that returns the query for the id of the row that it shows."""
NOUN = "__noun__"
DEFINITION = "strawberry-definition"
"""The key under which the types and fields of a GraphQL schema hold Strawberry's definition of them."""


@dataclass(frozen=True)
class Column:
    """A column of the row, or of a row joined to it, at the dotted `path`; null beyond a hidden to-one.

    With `or_null` the field is null where the column holds no words.
    """

    path: str
    or_null: bool = False


@dataclass(frozen=True)
class Computed:
    """A pure function `of(actor, facts, now)` of columns of the row and of rows joined to it.

    The facts are read whether or not the caller sees the joined rows: a verdict must be the one that the action gives,
    and the action reads everything. With `asks` those beyond a hidden to-one are null: the value is for showing.
    """

    of: Callable[..., Any]
    facts: type[Any]
    repeats: bool = False
    """Whether rows of one list often have equal facts: the function is then called once for them. A fact that is a list
    is then a list of ids."""
    asks: bool = False


@dataclass(frozen=True)
class ToOne:
    """The row at the end of a foreign key, fetched with its parent.

    `implied` says that everybody who sees the parent sees this row too, so that its own predicate is not asked.
    Otherwise a hidden row is null.
    """

    path: str
    implied: bool


@dataclass(frozen=True)
class ToAny:
    """A to-one whose end is a row of one of several nouns, a union or an interface: its id is in the column at `path`.

    It is null where there is none, where it is hidden and where it is of another noun. One query for each noun. If the
    column holds a list of ids it is a list, without those that are hidden.
    """

    path: str


@dataclass(frozen=True)
class Through:
    """A table that links the rows of two nouns, many to many: a pair at most once.

    The columns `parent` and `target` hold their ids. A link that the caller does not see leads nowhere.
    """

    model: Any
    visible: Predicate
    parent: str
    target: str


@dataclass(frozen=True)
class ToMany:
    """A connection: rows of another noun with the parent's id in the column `on`; all visible rows if that is None.

    `on` may be the dotted path of a column of a row joined to it. With `through` they are the rows that the links of a
    table lead to.
    """

    on: str | None
    order: tuple[str, ...] | Orders
    """The paths of the keys, a "-" before a descending one; or the orders that a client chooses from."""
    filters: Mapping[str, Filter]
    where: Callable[[Callable[[str], Any]], ColumnElement[bool]] | None = None
    """A condition besides the filters, built from a function that returns the column at a path."""
    through: Through | None = None

    @property
    def orders(self) -> Orders | None:
        """The orders that a client chooses from; None if there is only one."""
        return self.order if isinstance(self.order, Orders) else None

    def paths(self, order_by: Any) -> tuple[str, ...]:
        """Return the paths of the keys in an order of the enumeration; None stands for the default."""
        if isinstance(self.order, Orders):
            return self.order.paths[order_by or self.order.default]
        return self.order


@dataclass(frozen=True)
class Groups:
    """Counts of the rows of the `noun` that the caller sees, by the values of the column at one of the paths `by`.

    `noun` is its name. In place of a path stands a function that returns an expression, given one that returns the
    column at a path. Rows whose value is beyond a hidden to-one are counted under null. `total`, if given, is the path
    of the column that is summed. It is no field of a noun but one at which a query begins.
    """

    noun: str
    by: Mapping[Any, str | Callable[[Callable[[str], Any]], Any]]
    filters: Mapping[str, Filter]
    total: str | None


@dataclass(frozen=True)
class Batch:
    """A value that one query finds for many parents.

    `query` selects (parent id, value) for the ids in the expanding parameter `parents`, under the visibility predicate
    of what it counts. A parent without a row gets `default`.
    """

    query: Callable[[], Select[Any]]
    default: Any


Read: TypeAlias = Column | Computed | ToOne | ToAny | ToMany | Batch
"""What a field of a noun is; `Groups` is no field of a noun."""


@strawberry.interface(description="An object with an id of its own, which `node(id:)` reads.")
class Node:
    """The interface of every noun; its `id` is a column of the row."""

    id: strawberry.ID = strawberry.field(
        description="Opaque identifier with a prefix that names the type, such as 'CMT_'; it never changes.",
        metadata={READ: Column("id")},
    )


def column(description: str, path: str = "", *, or_null: bool = False) -> Any:
    """Declare a field that is a column, at the dotted `path` of attributes or else at the field's own name.

    `or_null` makes it null where the column holds the empty text, which there means that there is none.
    """
    return strawberry.field(description=description, metadata={READ: Column(path, or_null)})


def words_or_null(description: str) -> Any:
    """Declare a field of a plain value that is null where its attribute holds no words."""
    return strawberry.field(description=description, metadata={OR_NULL: True})


def edge(description: str, attribute: str) -> Any:
    """Declare a field of a plain value that is the row with the id in an attribute of the value."""
    return strawberry.field(description=description, metadata={EDGE: attribute})


def computed(
    description: str, of: Callable[..., Any], facts: type[Any], *, repeats: bool = False, asks: bool = False
) -> Any:
    """Declare a field that is a pure function of actor, facts and now.

    `repeats` says that rows of one list often have equal facts, `asks` that what the caller does not see is null.
    """
    return strawberry.field(description=description, metadata={READ: Computed(of, facts, repeats, asks)})


def for_delegates(description: str, name: str, facts: type[Any]) -> Any:
    """Declare a field that is the column `name` of `facts`, and null for the public and where it is the empty text."""

    def tell(actor: Any, row: Any, _: Any) -> Any:
        value = getattr(row, name) if actor.reads else None
        return None if value == "" else value

    return computed(description, tell, facts)


def to_one(description: str, path: str = "", *, implied: bool = False) -> Any:
    """Declare a field that is the row at the end of a relation, or of a dotted path of relations."""
    return strawberry.field(description=description, metadata={READ: ToOne(path, implied)})


def to_any(description: str, path: str) -> Any:
    """Declare a field that is the row of one of several nouns, the id of which is in the column at a dotted path."""
    return strawberry.field(description=description, metadata={READ: ToAny(path)})


def connection(
    description: str,
    *,
    order: tuple[str, ...] | Orders,
    on: str | None = None,
    through: Through | None = None,
    filter_type: type | None = None,
) -> Any:
    """Declare a field that is a page of the rows with the parent's id in the column `on`, or `through` links."""
    read = to_many(on, order, filter_type, through=through)
    return connection_field(description, {READ: read}, filter_type=filter_type, orders=read.orders)


def to_many(on: str | None, order: tuple[str, ...] | Orders, filter_type: type | None, **rest: Any) -> ToMany:
    """Return the read of a list: in one order, or in the orders that clients choose from."""
    return ToMany(on, order, filters_of(filter_type), **rest)


def batch(description: str, query: Callable[[], Select[Any]], default: Any) -> Any:
    """Declare a field that one query answers for all parents at once."""
    return strawberry.field(description=description, metadata={READ: Batch(query, default)})


@dataclass(frozen=True, eq=False)
class Noun:
    """A GraphQL type over a table, with its one visibility predicate."""

    type: type
    model: Any
    visible: Predicate

    @cached_property
    def prefix(self) -> str:
        """The three letters at the beginning of its identifiers; empty for a table without identifiers of its own."""
        return getattr(self.model, "prefix", "")

    @cached_property
    def is_open(self) -> bool:
        """Whether everyone sees every row."""
        return self.visible(self.model) is true()


NOUNS: dict[str, Noun] = {}
"""The nouns of the application, by the name of their GraphQL type."""


def noun(
    model: type[Base], visible: Predicate, *, among: dict[str, Noun] | None = None
) -> Callable[[type[T]], type[T]]:
    """Return a decorator that makes a class a noun: a GraphQL type over `model`, seen under `visible(entity)`.

    The docstring of the class is the description of the type. The noun is entered in `among`, by default `NOUNS`.
    """

    def declare(cls: type[T]) -> type[T]:
        # On one line, because a description is printed with the line ends and the indentation that it has, and from
        # Python 3.13 on the compiler takes the indentation off.
        graphql_type = strawberry.type(cls, description=" ".join((cls.__doc__ or "").split()))
        declared_noun = Noun(graphql_type, model, visible)
        setattr(graphql_type, NOUN, declared_noun)
        (NOUNS if among is None else among)[cls.__name__] = declared_noun
        return graphql_type

    return declare


def noun_of(object_type: GraphQLNamedType) -> Noun:
    """Return the noun behind a type of a schema. Raise TypeError for a type that is no noun."""
    definition = object_type.extensions.get(DEFINITION)
    declared_noun = vars(definition.origin).get(NOUN) if definition else None
    if not isinstance(declared_noun, Noun):
        raise TypeError(f"{object_type.name} is not a noun: it cannot be the end of a declared read")
    return declared_noun


def read_of(definition: GraphQLField) -> Read:
    """Return the declared read of a field of a noun. Raise TypeError for a field that is declared otherwise."""
    strawberry_field = definition.extensions[DEFINITION]
    if READ not in strawberry_field.metadata:
        raise TypeError(f"the field {strawberry_field.python_name} of a noun is not one of the five kinds of reads")
    read: Read = strawberry_field.metadata[READ]
    if isinstance(read, Column | ToOne) and not read.path:
        return replace(read, path=strawberry_field.python_name)
    return read
