"""Reads are declared, not hand-written.

A field of a GraphQL type is one of five kinds: `column`, `computed`, `to_one`, `connection` and `batch`. Type modules
declare them (`kinds`); the selection of an operation is compiled once per document into SQL statements and a generated
function that renders rows (`plan`); running it (`fetch`) takes a number of statements that does not depend on the
number of rows. Every path goes through the visibility predicate of its noun.
"""

from server.schema.reads.executor import ReadingExecutor, Rendered
from server.schema.reads.kinds import (
    NOUNS,
    Filter,
    Node,
    batch,
    column,
    computed,
    connection,
    noun,
    to_one,
)
from server.schema.reads.pages import Connection, PageInfo
from server.schema.reads.roots import fact, many, node_of, nodes_of, one, render_value, rows_of

__all__ = [
    "NOUNS",
    "Connection",
    "Filter",
    "Node",
    "PageInfo",
    "ReadingExecutor",
    "Rendered",
    "batch",
    "column",
    "computed",
    "connection",
    "fact",
    "many",
    "node_of",
    "nodes_of",
    "noun",
    "one",
    "render_value",
    "rows_of",
    "to_one",
]
