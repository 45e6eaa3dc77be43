"""Check what a client sent with an act, before the act looks at it: key, identifiers, characters and lengths."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NoReturn

import strawberry
from strawberry.types.base import StrawberryContainer

from server.documents.blocks import name_format
from server.journal.actions import KEY_LIMIT, Request, request_of
from server.kernel.actor import Actor
from server.kernel.issue_codes import IssueCode
from server.kernel.issues import Issue
from server.kernel.refusals import RefusalCode, ensure_well_formed, graphql_name, invalid
from server.schema.lengths import find_too_long


def read_request(act: str, sent: Any, actor: Actor) -> Request:
    """Return the request behind an act, from the input that was sent with it.

    Refuse a key of the wrong length, an identifier that is empty, an input that holds U+0000, and a text that is
    longer than its field takes.
    """
    key = sent.idempotency_key
    if not 1 <= len(key) <= KEY_LIMIT:
        raise invalid(Issue("idempotencyKey", IssueCode.LENGTH, limit=KEY_LIMIT))
    as_sent = ensure_storable(sent)
    ensure_well_formed([Issue(path, IssueCode.IDENTIFIER_EMPTY) for path in _find_empty_ids(sent)])
    on_behalf = {"onBehalf": actor.representation_id} if actor.representation_id else {}
    return request_of(key, act, as_sent | on_behalf)


def ensure_storable(sent: Any) -> dict[str, Any]:
    """Return an input as plain values. Refuse one that holds U+0000, or a text that is longer than its field takes."""
    as_sent: dict[str, Any] = _without_unset(strawberry.asdict(sent))
    if places := list(_find_nul(as_sent)):
        _refuse_nul(as_sent, places)
    ensure_well_formed(list(find_too_long(sent)))
    return as_sent


def _without_unset(sent: Any) -> Any:
    """Return an input with null for each field of a one-of that was not sent."""
    if isinstance(sent, dict):
        return {name: _without_unset(value) for name, value in sent.items()}
    if isinstance(sent, list | tuple):
        return [_without_unset(value) for value in sent]
    return None if sent is strawberry.UNSET else sent


def _find_nul(sent: Any, path: str = "") -> Iterator[str]:
    """Yield the path of each text in the input that holds U+0000, which PostgreSQL cannot store."""
    if isinstance(sent, dict):
        for name, value in sent.items():
            yield from _find_nul(value, f"{path}.{graphql_name(name)}" if path else graphql_name(name))
    elif isinstance(sent, list | tuple):
        for number, value in enumerate(sent):
            yield from _find_nul(value, f"{path}.{number}")
    elif isinstance(sent, str) and "\0" in sent:
        yield path


def _refuse_nul(sent: dict[str, Any], places: Sequence[str]) -> NoReturn:
    """Refuse an input that holds U+0000 at these places; where a file was sent that is no text, say what it is."""
    for name, value in sent.items():
        if isinstance(value, str) and (fault := name_format(value)):
            raise invalid(
                Issue(graphql_name(name), IssueCode.UNREADABLE, why=fault), code=RefusalCode.IMPORT_UNREADABLE
            )
    raise invalid(*(Issue(place, IssueCode.NUL) for place in places))


def _find_empty_ids(sent: Any, path: str = "") -> Iterator[str]:
    """Yield the path of each identifier that was sent empty: an action would take it for one that was left out."""
    input_type: Any = type(sent)
    for name, is_id in _list_fields(input_type):
        place = f"{path}{graphql_name(name)}"
        value = getattr(sent, name)
        is_list = isinstance(value, list)
        for number, each in enumerate(value if is_list else [value]):
            own_place = f"{place}.{number}" if is_list else place
            if not is_id:
                yield from _find_empty_ids(each, f"{own_place}.")
            elif each == "":
                yield own_place


@cache
def _list_fields(input_type: type) -> list[tuple[str, bool]]:
    """Return the fields of an input that hold identifiers (True) or further inputs (False); none of another type."""
    definition = getattr(input_type, "__strawberry_definition__", None)
    fields = []
    for field in definition.fields if definition else ():
        kind = field.type
        while isinstance(kind, StrawberryContainer):
            kind = kind.of_type
        if kind is strawberry.ID or hasattr(kind, "__strawberry_definition__"):
            fields.append((field.python_name, kind is strawberry.ID))
    return fields
