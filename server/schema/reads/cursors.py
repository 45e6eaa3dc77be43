"""Order keys and cursors: what a list is ordered by, and how a place in it is written down."""

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
"""The types a list can be ordered by, and the value in whose place null stands."""
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that no database keeps as text: NUL and lone surrogates."""


def key_of(column: ColumnElement[Any], *, nullable: bool) -> ColumnElement[Any]:
    """The expression by which a list is ordered by `column`. It is never null, because nothing is greater or less
    than null; a tie with the value that stands for null is settled by the keys that follow.

    Raises TypeError for a type that has no place in LEAST.
    """
    if isinstance(column.type, Enum):
        column = type_coerce(column, String())
    kinds = [kind for kind in LEAST if isinstance(column.type, kind)]
    if not kinds:
        raise TypeError(f"a list cannot be ordered by {column}: {column.type!r}")
    return func.coalesce(column, literal(LEAST[kinds[0]], column.type)) if nullable else column


def encoded(fingerprint: str, values: Sequence[Any]) -> str:
    """The cursor of an item, from the values of its order keys."""
    return base64.urlsafe_b64encode(orjson.dumps([fingerprint, *values])).decode().rstrip("=")


def decoded(cursor: str) -> tuple[Any, list[Any]]:
    """(fingerprint, values as JSON) in a cursor. Raises ValueError for what is no cursor at all."""
    found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    if not isinstance(found, list) or not found:
        raise ValueError("not a list")
    return found[0], found[1:]


def typed(value: Any, type_: TypeEngine[Any]) -> Any:
    """A value from a cursor as a value of an order key. Cursors come back from outside, so nothing is taken on trust.
    Raises ValueError for a value that the key cannot have."""
    if isinstance(type_, Boolean):
        return _of(bool, value)
    if isinstance(type_, Integer):
        bits = 63 if isinstance(type_, BigInteger) else 31
        if isinstance(value, bool) or not -(2**bits) <= _of(int, value) < 2**bits:
            raise ValueError("out of range")
        return value
    if UNSTORABLE.search(_of(str, value)):
        raise ValueError("unstorable")
    if isinstance(type_, Instant):
        return utc(datetime.fromisoformat(value))
    return date.fromisoformat(value) if isinstance(type_, Date) else value


def _of(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, kind):
        raise ValueError(f"not a {kind.__name__}")
    return value


def utc(instant: datetime) -> datetime:
    """The instant in UTC. Raises ValueError without a zone, or where UTC is beyond the calendar."""
    if instant.tzinfo is None:
        raise ValueError("no zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("beyond the calendar") from error
