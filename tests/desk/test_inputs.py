"""From fields of a form to the input of an act."""

from typing import Any

import pytest
from graphql import build_schema

from server.web.desk.inputs import find_twice, input_of, input_type_of

SCHEMA = build_schema(
    """
    scalar DateTime
    enum Kind { ADD DROP }
    input Quotation { exact: String! prefix: String }
    input Amendment { kind: Kind! wording: String parts: [String!] }
    input FileInput {
      text: String! reason: String count: Int isFinal: Boolean closesAt: DateTime ids: [ID!] kind: Kind
      quotation: Quotation
      amendments: [Amendment!]
    }
    type Query { a: Int }
    type Mutation { file(input: FileInput!): Int }
    """
)
TYPE = input_type_of(SCHEMA, "file")


def given(*pairs: tuple[str, str]) -> dict[str, Any]:
    """Return the input that fields give to a person in Tokyo."""
    return input_of(TYPE, pairs, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("value", "which", "offsets", "taken"),
    [
        ("2026-10-25T02:30", "", ("+02:00", "+01:00"), "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T02:30", "+01:00", None, "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:30", "+05:00", ("+02:00", "+01:00"), "2026-10-25T02:30:00+02:00"),
        ("2026-10-25T03:30", "+02:00", None, "2026-10-25T03:30:00+01:00"),
        ("2026-10-25T02:30:00+01:00", "", None, "2026-10-25T02:30:00+01:00"),
        ("tomorrow", "+01:00", None, "tomorrow"),
    ],
)
def test_a_time_that_comes_twice_is_that_of_the_offset_which_is_said(
    value: str, which: str, offsets: tuple[str, ...] | None, taken: str
) -> None:
    pairs = [("text", "Words"), ("closesAt", value), ("_which.closesAt", which)]

    assert find_twice(TYPE, pairs, "Europe/Brussels") == ({"closesAt": offsets} if offsets else {})
    assert input_of(TYPE, pairs, "Europe/Brussels")["closesAt"] == taken


def test_a_field_becomes_a_member_and_others_are_left_out() -> None:
    assert given(("text", "Words"), ("_act", "file"), ("other", "1")) == {"text": "Words"}


def test_an_empty_field_is_left_out_unless_its_name_says_that_it_may_be_empty() -> None:
    assert given(("reason", "  ")) == {}
    assert given(("text", "  ")) == {"text": ""}, "the act says that it is missing"
    assert given(("text!", "")) == {"text": ""}
    assert given(("text!", "Words")) == {"text": "Words"}


def test_line_ends_are_those_of_the_server() -> None:
    assert given(("text", "one\r\ntwo")) == {"text": "one\ntwo"}


@pytest.mark.parametrize(
    ("written", "number"), [("12", 12), (" -3 ", -3), ("--3", "--3"), ("1.5", "1.5"), ("٣", "٣"), ("9" * 19, "9" * 19)]
)
def test_a_number_is_converted_and_what_is_none_is_left_to_the_schema(written: str, number: int | str) -> None:
    assert given(("count", written)) == {"count": number}


@pytest.mark.parametrize(("written", "value"), [("on", True), ("true", True), ("1", True), ("no", False)])
def test_a_ticked_box_is_true(written: str, *, value: bool) -> None:
    assert given(("isFinal", written)) == {"isFinal": value}


@pytest.mark.parametrize(
    ("pairs", "instant"),
    [
        ([("closesAt", "2026-12-08T17:00")], "2026-12-08T17:00:00+09:00"),
        ([("closesAt", "2026-12-08T17:00"), ("zone", "Europe/Brussels")], "2026-12-08T17:00:00+01:00"),
        ([("closesAt", "2026-12-08T17:00Z")], "2026-12-08T17:00Z"),
        ([("closesAt", "soon")], "soon"),
        ([("closesAt", "2026-12-08T17:00"), ("zone", "Mars/Olympus")], "2026-12-08T17:00"),
        ([("closesAt", "2026-12-08T17:00"), ("zone", "../etc")], "2026-12-08T17:00"),
    ],
)
def test_a_local_time_gets_the_offset_of_its_zone(pairs: list[tuple[str, str]], instant: str) -> None:
    assert given(*pairs) == {"closesAt": instant}


def test_a_repeated_field_is_a_list() -> None:
    assert given(("ids", "a"), ("ids", "b")) == {"ids": ["a", "b"]}


def test_dots_lead_into_inputs_within_the_input() -> None:
    assert given(("quotation.exact", "words"), ("quotation.prefix", "")) == {"quotation": {"exact": "words"}}


def test_numbers_lead_into_lists_in_their_order() -> None:
    pairs = [
        ("amendments.10.kind", "DROP"),
        ("amendments.2.kind", "ADD"),
        ("amendments.2.parts", "x"),
        ("amendments.2.parts", "y"),
    ]
    assert given(*pairs) == {"amendments": [{"kind": "ADD", "parts": ["x", "y"]}, {"kind": "DROP"}]}


def test_an_input_of_which_nothing_is_filled_in_is_left_out() -> None:
    assert given(("quotation.exact", " "), ("amendments.0.kind", "")) == {}
