"""Orders of lists: one enumeration for each noun, with a member for each key and direction, as `CLOSES_AT_DESC`."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

import strawberry


class Way(NamedTuple):
    """The two directions of an order in words."""

    ascending: str
    descending: str


EARLIEST = Way("the earliest first", "the latest first")
ALPHABETICAL = Way("in alphabetical order", "in reverse alphabetical order")
LOWEST = Way("the lowest first", "the highest first")


class Order(NamedTuple):
    """One key of an order: what it is in words, its directions, and the paths of the columns, ascending.

    The last path makes the order of any two rows certain: it is that of the id, or of a number that only one row has.
    """

    words: str
    way: Way
    paths: tuple[str, ...]


class Orders(NamedTuple):
    """The orders of one noun: their GraphQL enumeration, the paths of each member, and the member that is the default.

    In a path a "-" at the beginning means descending.
    """

    type: Any
    paths: Mapping[Any, tuple[str, ...]]
    default: Any


def declare_orders(name: str, of: str, keys: Mapping[str, Order], *, default: str = "") -> Orders:
    """Declare the enumeration `name` of the orders of a noun, `of` in the plural.

    The default is the ascending order of the first key, unless `default` names another member.
    """
    words: dict[str, str] = {}
    paths: dict[str, tuple[str, ...]] = {}
    for key, (by, way, ascending) in keys.items():
        words |= {f"{key}_ASC": f"By {by}, {way.ascending}.", f"{key}_DESC": f"By {by}, {way.descending}."}
        paths |= {f"{key}_ASC": ascending, f"{key}_DESC": tuple(map(_reverse, ascending))}
    members = StrEnum(name, {member: member for member in words})  # type: ignore[misc]
    enumeration: Any = strawberry.enum(members, description=f"Orders of {of}.")
    for value in enumeration.__strawberry_definition__.values:
        value.description = words[value.name]
    by_member = {member: paths[member] for member in enumeration}
    return Orders(enumeration, by_member, enumeration[default] if default else next(iter(enumeration)))


def _reverse(path: str) -> str:
    """Return the path of a column in the other direction."""
    return path.removeprefix("-") if path.startswith("-") else f"-{path}"
