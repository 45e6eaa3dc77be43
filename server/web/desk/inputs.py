"""From the fields of a form to the input of an act, by the types of the schema.

`text` is a field of the input, `quotation.exact` one of an input inside it, `amendments.0.kind` one of the first of a
list. A field left empty is left out, unless the input needs a text there or its name ends with "!" (`wording!`): then
it is an empty text. A repeated field is a list.
"""

import re
from datetime import datetime
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_list_type,
    is_non_null_type,
    is_required_input_field,
)

from server.domain.rounds.rules.terms import offsets_of
from server.kernel.zones import find_zone
from server.web.desk.sent import WHICH, Pairs, first_of

_NUMBER = re.compile(r"-?[0-9]{1,18}")


def input_type_of(schema: GraphQLSchema, mutation: str) -> GraphQLInputObjectType:
    """Return the type of the argument `input` of a mutation."""
    assert schema.mutation_type is not None
    named = get_named_type(schema.mutation_type.fields[mutation].args["input"].type)
    assert isinstance(named, GraphQLInputObjectType)
    return named


def input_of(type_: GraphQLInputObjectType, pairs: Pairs, zone: str) -> dict[str, Any]:
    """Return the input that a form gives. Local times of day are those of `zone`, or of a field `zone` of the form.

    What cannot be converted is passed on as it was written, for the schema to refuse.
    """
    zone = first_of(pairs, "zone") or zone
    values = _members_of(type_, _with_offsets(pairs, zone), zone)
    for name, field in type_.fields.items():
        if name in values:
            continue
        if is_required_input_field(field) and get_named_type(field.type).name == "String" and _is_asked(name, pairs):
            # the act says in words what is missing, and the schema would not
            values[name] = [] if is_list_type(get_nullable_type(field.type)) else ""
    return values


def find_twice(type_: GraphQLInputObjectType, pairs: Pairs, zone: str) -> dict[str, tuple[str, ...]]:
    """Return the offsets of each local time that the clocks show twice, by field, where the form says not which."""
    zone = first_of(pairs, "zone") or zone
    fields = {name for name, field in type_.fields.items() if get_named_type(field.type).name == "DateTime"}
    doubtful = {name: _offsets_of(value, zone) for name, value in pairs if name in fields}
    return {
        name: offsets
        for name, offsets in doubtful.items()
        if len(offsets) > 1 and first_of(pairs, WHICH + name) not in offsets
    }


def _with_offsets(pairs: Pairs, zone: str) -> Pairs:
    """Return the fields with the offset at each local time that comes twice, where the form says which is meant."""
    chosen = {name.removeprefix(WHICH): value for name, value in pairs if name.startswith(WHICH)}
    return [
        (name, f"{value.strip()}{chosen[name]}")
        if name in chosen and len(offsets := _offsets_of(value, zone)) > 1 and chosen[name] in offsets
        else (name, value)
        for name, value in pairs
    ]


def _offsets_of(value: str, zone: str) -> tuple[str, ...]:
    """Return the offsets from UTC that a local time has in a zone; none for what is no local time."""
    try:
        local = datetime.fromisoformat(value.strip())
    except ValueError:
        return ()
    return offsets_of(local, zone) if local.tzinfo is None and find_zone(zone) else ()


def _members_of(type_: GraphQLInputObjectType, pairs: Pairs, zone: str) -> dict[str, Any]:
    """Return the members of an input that a form fills in."""
    below = _by_member(pairs)
    values = {name: _value_of(field.type, below.get(name, ()), zone) for name, field in type_.fields.items()}
    return {name: value for name, value in values.items() if value is not None}


def _is_asked(name: str, pairs: Pairs) -> bool:
    """Return whether a form has a field of this name, be it empty."""
    return any(key == name for key, _ in pairs)


def _by_member(pairs: Pairs) -> dict[str, list[tuple[str, str]]]:
    """Return the fields of each member, with their names as seen from there: "" for the member itself.

    Each field is looked at once: a form of 2,000 places of a list took ten seconds when each place looked for its own.
    """
    members: dict[str, list[tuple[str, str]]] = {}
    for key, value in pairs:
        head, dot, rest = key.partition(".")
        if dot or value.strip() or head.endswith("!"):
            members.setdefault(head if dot else head.removesuffix("!"), []).append((rest, value))
    # what is plain stands before what is nested
    return {name: sorted(fields, key=lambda field: field[0] != "") for name, fields in members.items()}


def _value_of(type_: Any, pairs: Pairs, zone: str) -> Any:
    if not pairs:
        return None
    if is_non_null_type(type_):
        return _value_of(type_.of_type, pairs, zone)
    if is_list_type(type_):
        return _list_of(type_.of_type, pairs, zone)
    if isinstance(type_, GraphQLInputObjectType):
        return _members_of(type_, pairs, zone) or None
    return _scalar_of(type_.name, pairs[-1][1], zone)


def _list_of(item: Any, pairs: Pairs, zone: str) -> list[Any] | None:
    plain = [_value_of(item, [pair], zone) for pair in pairs if pair[0] == ""]
    below = _by_member([pair for pair in pairs if pair[0]])
    nested = [_value_of(item, below[place], zone) for place in sorted(below, key=lambda place: (len(place), place))]
    values = [value for value in plain + nested if value is not None]
    values = [value for value in values if value != ""]
    # a field that is sent empty on purpose is a list of nothing
    return values or ([] if any(key == "" for key, _ in pairs) else None)


def _scalar_of(name: str, value: str, zone: str) -> Any:
    stripped = value.strip()
    if name == "Boolean":
        return stripped in {"on", "true", "1"}
    if name == "Int":
        return int(stripped) if _NUMBER.fullmatch(stripped) else stripped
    if name == "Float":
        return _number_of(stripped)
    if name == "DateTime":
        return _instant_of(stripped, zone)
    return value.replace("\r\n", "\n")


def _number_of(value: str) -> float | str:
    """Return a number as it was written, with a point or a comma; what is none as it is."""
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return value


def _instant_of(value: str, zone: str) -> str:
    """Return an instant with its offset; a browser sends local time without one."""
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return value
    known = find_zone(zone)
    return value if read.tzinfo or known is None else read.replace(tzinfo=known).isoformat()
