"""What is believed of the name and the address of a person whom an OpenID provider vouches for."""

from typing import Any

import pytest

from server.identity.vouching import NAMELESS, name_of, verified_email_of

MINE, THEIRS = "mine@example.org", "theirs@example.org"


@pytest.mark.parametrize(
    ("signed", "described", "email"),
    [
        ({"email": MINE, "email_verified": True}, {}, MINE),
        ({}, {"email": MINE, "email_verified": True}, MINE),
        ({"email": "Mine@Example.org", "email_verified": True}, {}, MINE),
        ({"email_verified": True}, {"email": THEIRS}, ""),
        ({"email": THEIRS}, {"email_verified": True}, ""),
        ({"email": THEIRS}, {"email": MINE, "email_verified": True}, MINE),
        ({"email_verified": True}, {"email": THEIRS, "email_verified": False}, ""),
        ({"email": MINE, "email_verified": True}, {"email": THEIRS, "email_verified": True}, MINE),
        ({"email": MINE, "email_verified": False}, {"email": MINE, "email_verified": True}, ""),
        ({"email": MINE, "email_verified": "false"}, {}, ""),
        ({"email": MINE, "email_verified": "true"}, {}, ""),
        ({"email": MINE, "email_verified": 1}, {}, ""),
        ({"email": [MINE], "email_verified": True}, {}, ""),
        ({"email": "mine", "email_verified": True}, {}, ""),
        ({"email": None, "email_verified": True}, {"email": THEIRS}, ""),
        ({}, {}, ""),
    ],
)
def test_verified_email_of_reads_each_source_by_itself(
    signed: dict[str, Any], described: dict[str, Any], email: str
) -> None:
    assert verified_email_of(signed, described) == email


@pytest.mark.parametrize(
    ("signed", "described", "name"),
    [
        ({"name": "Kim  Lee"}, {"name": "Another"}, "Kim Lee"),
        ({"preferred_username": "klee"}, {"name": "Kim Lee"}, "Kim Lee"),
        ({"preferred_username": "klee"}, {}, "klee"),
        ({"name": ["Kim"]}, {"name": "Kim Lee"}, "Kim Lee"),
        ({"name": " "}, {"preferred_username": "klee"}, "klee"),
        ({"name": "a\u202eb"}, {}, NAMELESS),
        ({"preferred_username": THEIRS, "email": MINE}, {}, NAMELESS),
        ({"name": "n" * 201}, {}, "n" * 200),
        ({}, {}, NAMELESS),
    ],
)
def test_name_of_is_a_name_and_never_an_address(signed: dict[str, Any], described: dict[str, Any], name: str) -> None:
    assert name_of(signed, described) == name
