"""The scalars, each with the specification of its text and a check of what a client sends.

Blanks around a value are taken away, as forms and sheets bring them.
"""

import re
from datetime import UTC, date, datetime
from typing import Any, NewType

import strawberry
from graphql import GraphQLError

from server.vocabulary.parties import Language

TimeZone = NewType("TimeZone", str)
Digest = NewType("Digest", str)
EmailAddress = NewType("EmailAddress", str)
Locale = NewType("Locale", str)

_ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+")
# Language, script, region and variants of RFC 5646, without extensions and private use.
_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3})(?:-(?P<script>[A-Za-z]{4}))?(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)


def bad_value(message: str) -> GraphQLError:
    """Return the error for a text that is no value of a scalar. Its message is shown to the client."""
    return GraphQLError(message, extensions={"code": "BAD_USER_INPUT"})


def parse_instant(value: object) -> datetime:
    """Return an instant, sent in ISO 8601, with the offset from UTC that it was sent with.

    A deadline with an offset that its zone does not have then is refused, so acts need it. Raise a GraphQL error
    (BAD_USER_INPUT) for anything else. A time without an offset is refused, because the server would have to guess the
    zone of a deadline.
    """
    local = None
    try:
        local = datetime.fromisoformat(value.strip()) if isinstance(value, str) else None
        is_instant = local is not None and local.tzinfo is not None and bool(local.astimezone(UTC))
    except (ValueError, OverflowError):
        is_instant = False
    if local is None or not is_instant:
        raise bad_value(
            "An instant is written in ISO 8601 with its offset from UTC, such as 2026-03-27T17:00:00+01:00."
        )
    return local


def parse_day(value: object) -> date:
    """Return a calendar day, sent as YYYY-MM-DD. Raise a GraphQL error (BAD_USER_INPUT) for anything else."""
    try:
        if isinstance(value, str) and len(value.strip()) == len("YYYY-MM-DD"):
            return date.fromisoformat(value.strip())
    except ValueError:
        pass
    raise bad_value("A day is written as YYYY-MM-DD, such as 2026-03-27, without a time of day.")


def parse_zone(value: object) -> str:
    """Return the name of a time zone. Raise a GraphQL error (BAD_USER_INPUT) for text that cannot be one."""
    if isinstance(value, str) and _ZONE.fullmatch(value.strip()):
        return value.strip()
    raise bad_value("A time zone is an IANA name, such as Europe/Brussels.")


def parse_digest(value: object) -> str:
    """Return a digest. Raise a GraphQL error (BAD_USER_INPUT) for text that cannot be one."""
    if isinstance(value, str) and _DIGEST.fullmatch(value.strip()):
        return value.strip()
    raise bad_value("A digest is a SHA-256 in 64 hexadecimal digits, in lower case.")


def parse_address(value: object) -> str:
    """Return an e-mail address.

    Raise a GraphQL error (BAD_USER_INPUT) for text that cannot be one.
    """
    if isinstance(value, str) and _ADDRESS.fullmatch(value.strip()):
        return value.strip()
    raise bad_value("An e-mail address is written as name@example.org, without a name beside it.")


def parse_locale(value: object) -> str:
    """Return a language tag in the usual case, 'pt-BR' for 'PT-br'.

    Raise a GraphQL error (BAD_USER_INPUT) for text that cannot be one.
    """
    tag = _TAG.fullmatch(value.strip()) if isinstance(value, str) else None
    if tag is None:
        raise bad_value("A language is a tag of BCP 47, such as en, fr or pt-BR.")
    region, script = (tag["region"] or "").upper(), (tag["script"] or "").capitalize()
    return "-".join(filter(None, [tag["language"].lower(), script, region])) + tag["variants"].lower()


def show_locale(value: Any) -> str:
    """Return a language as its tag."""
    return value.tag if isinstance(value, Language) else str(value)


def show_instant(value: datetime) -> str:
    """Return an instant in ISO 8601, in UTC."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


SCALARS: dict[Any, Any] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant in ISO 8601, sent in UTC, such as '2026-03-27T16:00:00Z'. Any offset from UTC is "
        "accepted, but no instant without one. Its fields end in `At`.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=show_instant,
        parse_value=parse_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A calendar day as YYYY-MM-DD, without a time of day. Days are counted in UTC. Its fields end in "
        "`On`.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=date.isoformat,
        parse_value=parse_day,
    ),
    TimeZone: strawberry.scalar(
        name="TimeZone",
        description="A time zone by its IANA name, such as 'Europe/Brussels'.",
        specified_by_url="https://www.iana.org/time-zones",
        serialize=str,
        parse_value=parse_zone,
    ),
    Digest: strawberry.scalar(
        name="Digest",
        description="A SHA-256 in 64 hexadecimal digits, in lower case.",
        specified_by_url="https://csrc.nist.gov/pubs/fips/180-4/upd1/final",
        serialize=str,
        parse_value=parse_digest,
    ),
    EmailAddress: strawberry.scalar(
        name="EmailAddress",
        description="An e-mail address in ASCII, such as 'name@example.org', without a name beside it.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc5321",
        serialize=str,
        parse_value=parse_address,
    ),
    Locale: strawberry.scalar(
        name="Locale",
        description="A language as a tag of BCP 47, such as 'en', 'fr' or 'pt-BR'; capital and small letters are the "
        "same.",
        specified_by_url="https://www.rfc-editor.org/info/bcp47",
        serialize=show_locale,
        parse_value=parse_locale,
    ),
}
"""The scalars of this API by the Python type that a field is annotated with."""
