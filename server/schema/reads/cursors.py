"""Order keys and cursors of lists.

Pages are keyset pages: a cursor holds the values of the order keys of one row, and the next page begins after these
values. So a page costs the same wherever it lies in the list, and rows that come or go meanwhile shift nothing.
"""

import base64
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import orjson
from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, Enum, Integer, String, func, literal, type_coerce
from sqlalchemy.types import TypeEngine

from server.kernel.instants import Instant

LEAST: dict[type[Any], Any] = {
    Boolean: False,
    Integer: 0,
    String: "",
    Instant: datetime(1000, 1, 1, tzinfo=UTC),
    Date: date(1000, 1, 1),
}
"""The types a list can be ordered by, each with the value that null is ordered as."""
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that no database keeps as text: NUL and lone surrogates."""


def key_of(column: ColumnElement[Any], *, nullable: bool) -> ColumnElement[Any]:
    """Return the SQL expression that orders a list by `column`.

    Raise TypeError for a type that is not in `LEAST`.
    """
    if isinstance(column.type, Enum):
        column = type_coerce(column, String())
    kinds = [kind for kind in LEAST if isinstance(column.type, kind)]
    if not kinds:
        raise TypeError(f"a list cannot be ordered by {column}: {column.type!r}")
    # A comparison with null is never true in SQL, so a page after a null key would be empty. A tie between null and the
    # value that replaces it is settled by the keys that follow.
    return func.coalesce(column, literal(LEAST[kinds[0]], column.type, literal_execute=True)) if nullable else column


def encode_cursor(fingerprint: str, values: Sequence[Any]) -> str:
    """Return the cursor of an item: the fingerprint of its list and the values of its order keys, as base64url JSON."""
    return base64.urlsafe_b64encode(orjson.dumps([fingerprint, *values])).decode().rstrip("=")


def decode_cursor(cursor: str) -> tuple[Any, list[Any]]:
    """Return the fingerprint and the JSON values in a cursor. Raise ValueError for text that is no cursor."""
    content = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(content, list) or not content:
        raise ValueError("not a list")
    return content[0], content[1:]


def read_value(value: Any, type_: TypeEngine[Any]) -> Any:
    """Return a JSON value from a cursor as a value of an order key of the SQL type `type_`.

    Raise ValueError for a value that the key cannot have: a client can send any cursor it likes.
    """
    if isinstance(type_, Boolean):
        return _ensure_type(bool, value)
    if isinstance(type_, Integer):
        bits = 63 if isinstance(type_, BigInteger) else 31
        if isinstance(value, bool) or not -(2**bits) <= _ensure_type(int, value) < 2**bits:
            raise ValueError("out of range")
        return value
    # PostgreSQL keeps no NUL and drivers encode no lone surrogate: either would be an internal error, not a bad cursor.
    if UNSTORABLE.search(_ensure_type(str, value)):
        raise ValueError("unstorable")
    if isinstance(type_, Instant):
        return to_utc(datetime.fromisoformat(value))
    return date.fromisoformat(value) if isinstance(type_, Date) else value


def _ensure_type(kind: type[Any], value: Any) -> Any:
    """Return `value`. Raise ValueError unless it is of the Python type `kind`."""
    if not isinstance(value, kind):
        raise ValueError(f"not a {kind.__name__}")
    return value


def to_utc(instant: datetime) -> datetime:
    """Return the instant in UTC. Raise ValueError if it has no zone, or if UTC is outside the years 1 to 9999."""
    if instant.tzinfo is None:
        raise ValueError("no zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("beyond the calendar") from error
