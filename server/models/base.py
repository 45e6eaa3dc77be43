"""Define the things that all tables share: names of constraints, identifiers, closed vocabularies, and relations."""

import re
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Enum, ForeignKey, Index, MetaData, String, Table, Text, event, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, Relationship, mapped_column, relationship, validates
from sqlalchemy.sql.functions import FunctionElement

from server.kernel.ids import LENGTH, new_id
from server.kernel.instants import Instant
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import graphql_name, invalid
from server.kernel.sorting import LONGEST_KEY, sort_key

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The declarative base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        date: Date,
        str: Text,
        dict[str, Any]: JSON().with_variant(JSONB, "postgresql"),
        list[str]: JSON().with_variant(JSONB, "postgresql"),
    }


class Identified:
    """A base class for rows with an opaque identifier, `id`; `prefix` is the three letters of the noun."""

    prefix: ClassVar[str]
    id: Mapped[str] = mapped_column(String(LENGTH), primary_key=True, sort_order=-1)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id(self.prefix))
        super().__init__(**values)


def choice(vocabulary: type[StrEnum], **options: Any) -> MappedColumn[Any]:
    """Return a column for a closed vocabulary: text with a CHECK constraint made from the enumeration."""
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", vocabulary.__name__).lower()
    # native_enum=False: the same constraint on both databases, instead of a type of its own on PostgreSQL
    kind = Enum(vocabulary, native_enum=False, create_constraint=True, length=40, name=name, validate_strings=True)
    return mapped_column(kind, **options)


def reference(table: str, **options: Any) -> MappedColumn[Any]:
    """Return a column that refers to the identifier of another noun: a foreign key with an index."""
    options.setdefault("index", True)
    return mapped_column(String(LENGTH), ForeignKey(f"{table}.id"), **options)


def lock() -> MappedColumn[int]:
    """Return the column of a lock: it counts the changes that people made of a row, from 1."""
    # It keeps its earlier name in the database, so that a server of the release before goes on with the new schema.
    return mapped_column("version", key="revision", default=1)


def order_key(name: str) -> MappedColumn[str]:
    """Return the column of the key by which the column `name` is ordered, by code point in every database.

    Rows that are inserted by a statement get it as a default; those of the ORM, by `Named`.
    """

    def key_of(context: Any) -> str:
        return sort_key(context.get_current_parameters()[name])

    by_code_point = String(LONGEST_KEY, collation="C").with_variant(String(LONGEST_KEY), "sqlite")
    return mapped_column(by_code_point, default=key_of, server_default="", index=True)


class Named:
    """A row with names that lists are ordered by: each has its key in a column beside it."""

    @validates("name", "short_name", "title", "short_title")
    def keep_key(self, column: str, name: str) -> str:
        """Keep the key of a name or title that is set, where lists are ordered by it."""
        if hasattr(type(self), f"{column}_key"):
            setattr(self, f"{column}_key", sort_key(name))
        return name


def unique_while_open(name: str, *columns: str) -> Index:
    """Return a unique index over the rows with `ended_at` null: a thing ended early may begin anew on the same day."""
    return unique_while(name, "ended_at IS NULL", *columns)


def unique_while(name: str, condition: str, *columns: str) -> Index:
    """Return a unique index over the rows for which the condition, in SQL, holds."""
    holds = text(condition)
    return Index(name, *columns, unique=True, sqlite_where=holds, postgresql_where=holds)


def to(key: str, *, remote: str | None = None) -> Relationship[Any]:
    """Return a relation along the foreign key `key` ("Comment.party_id"). Reading it raises if no query loaded it."""
    return relationship(foreign_keys=f"[{key}]", remote_side=remote, lazy="raise")


OPTIONAL = "optional"
"""The key under which the information of a relation without a foreign key of its own says that it may lead nowhere."""


def table_of(model: type[Base]) -> Table:
    """Return the table of a class, for inserts of many rows with optional columns.

    Through the class, SQLAlchemy makes one statement for each pattern of missing values.
    """
    table = model.__table__
    assert isinstance(table, Table)
    return table


class OrNever(FunctionElement[Any]):
    """An instant in an index, null as one before all others: as lists order it (`server/schema/reads/cursors.py`).

    It is written with the literal, which an index needs, and which a query has too.
    """

    inherit_cache = True


@compiles(OrNever)
def _on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    """Write the instant as PostgreSQL does."""
    return f"coalesce({compiler.process(element.clauses, **options)}, '1000-01-01 00:00:00+00'::timestamptz)"


@compiles(OrNever, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    """Write the instant as `server.kernel.instants.Instant` stores it."""
    return f"coalesce({compiler.process(element.clauses, **options)}, '1000-01-01T00:00:00.000000Z')"


LONGEST_TEXT = 50_000
"""Longest text of a column without a limit of its own, in characters."""


def limit_texts() -> None:
    """Make every text column refuse a text that is too long as soon as it is set, with the name of the field.

    Without this PostgreSQL would raise an error in words of its own, and SQLite would store the text.
    """
    for mapper in Base.registry.mappers:
        for attribute in mapper.column_attrs:
            column = attribute.columns[0]
            limit = getattr(column.type, "length", None) or LONGEST_TEXT
            is_text = isinstance(column.type, String) and not isinstance(column.type, Enum)
            if is_text and not column.foreign_keys and not column.primary_key:
                event.listen(getattr(mapper.class_, attribute.key), "set", _build_check(attribute.key, limit))


def _build_check(name: str, limit: int) -> Callable[..., None]:
    def check(_row: Any, value: Any, _before: Any, _initiator: Any) -> None:
        if isinstance(value, str) and len(value) > limit:
            raise invalid(Issue(graphql_name(name), IssueCode.TOO_LONG, limit=limit))

    return check
