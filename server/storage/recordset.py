"""Give a statement rows of its own: they are sent as one JSON text and read as a table, on either database.

The statement is the same however many rows there are, so that it is compiled and planned once.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Boolean, Integer, String, Subquery, text

_POSTGRESQL_TYPES = {Boolean: "boolean", Integer: "integer", String: "text"}


def recordset(name: str, columns: Mapping[str, Any], *, is_sqlite: bool) -> Subquery:
    """Return the rows in the JSON parameter `name` as a subquery of that name.

    `columns` holds the type of each column: Boolean, Integer or String. `write_records` writes the parameter.
    """
    if is_sqlite:
        parts = ", ".join(f"json_extract(value, '$.{column}') AS {column}" for column in columns)
        source = f"SELECT {parts} FROM json_each(:{name})"
    else:
        parts = ", ".join(f"{column} {_POSTGRESQL_TYPES[kind]}" for column, kind in columns.items())
        source = f"SELECT * FROM jsonb_to_recordset(CAST(:{name} AS jsonb)) AS {name}({parts})"
    return text(source).columns(**columns).subquery(name)


def write_records(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as the value of the parameter of a recordset."""
    return json.dumps(list(rows))
