"""The hash chain: what is hashed, and how a break is found. Without the server, as a third party would."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from server.journal.actions import request_of
from server.journal.chain import GENESIS, Record, Verification, canonical, digest_of
from server.kernel.actor import Capacity

AT = datetime(2018, 10, 12, 15, 0, 0, 5, tzinfo=UTC)
FIRST = Record(
    1, AT, "comment.submitted", "DEL_1", "PTY_1", "MEMBER", "CMT_1", "A rule: é", {"b": 1, "a": "ü"}, GENESIS
)
KNOWN_TEXT = (
    '{"act":"comment.submitted","at":"2018-10-12T15:00:00.000005Z","capacity":"MEMBER","delegate_id":"DEL_1",'
    '"details":{"a":"ü","b":1},"party_id":"PTY_1","previous_digest":"' + "0" * 64 + '","rule":"A rule: é",'
    '"sequence":1,"subject_id":"CMT_1"}'
)


def chain(length: int) -> list[tuple[Record, str]]:
    """An unbroken chain."""
    entries, previous = [], GENESIS
    for sequence in range(1, length + 1):
        record = FIRST._replace(sequence=sequence, subject_id=f"CMT_{sequence}", previous_digest=previous)
        previous = digest_of(record)
        entries.append((record, previous))
    return entries


def break_of(entries: Iterable[tuple[Record, str]]) -> str | None:
    """The first fault of a chain, entry by entry; None if it holds."""
    verification = Verification()
    return next((fault for each in entries if (fault := verification.find_fault(*each))), None)


def test_digest_of_an_entry_is_the_sha256_of_its_canonical_text() -> None:
    found = digest_of(FIRST)

    assert found == hashlib.sha256(KNOWN_TEXT.encode()).hexdigest()
    assert found == "9a1ec316b70377bc8d09417a24226c7b446bc54152a3cc27f4a19062a6f090ac"


def test_digest_of_an_entry_does_not_depend_on_zone_or_type_of_capacity() -> None:
    same = FIRST._replace(at=AT.astimezone(timezone(timedelta(hours=2))), capacity=Capacity.MEMBER)

    assert digest_of(same) == digest_of(FIRST)


@pytest.mark.parametrize(
    "changed",
    [
        {"sequence": 2},
        {"at": AT + timedelta(microseconds=1)},
        {"act": "comment.withdrawn"},
        {"delegate_id": "DEL_2"},
        {"party_id": "PTY_2"},
        {"capacity": "OBSERVER"},
        {"subject_id": "CMT_2"},
        {"rule": "A rule"},
        {"details": {"a": "ü", "b": 2}},
        {"details": {}},
        {"previous_digest": "1" * 64},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_digest_of_an_entry_changes_with_every_field(changed: dict[str, Any]) -> None:
    assert digest_of(FIRST._replace(**changed)) != digest_of(FIRST)


def test_canonical_text_is_sorted_without_space_or_needless_escapes() -> None:
    value = {"b": [1, {"d": None, "c": True}], "a": 'é " \\ \n', "at": AT}

    text = canonical(value)

    assert text == '{"a":"é \\" \\\\ \\n","at":"2018-10-12 15:00:00.000005+00:00","b":[1,{"c":true,"d":null}]}'
    assert json.loads(text)["a"] == value["a"]


@pytest.mark.parametrize("length", [0, 1, 4])
def test_break_of_an_unbroken_chain_is_none(length: int) -> None:
    assert break_of(chain(length)) is None


@pytest.mark.parametrize("number", [1, 2, 4])
def test_break_of_a_chain_with_an_altered_entry_names_it(number: int) -> None:
    entries = chain(4)
    record, digest = entries[number - 1]
    entries[number - 1] = record._replace(subject_id="CMT_other"), digest

    assert break_of(entries) == f"entry {number} was altered after it was written"


def test_break_of_a_chain_with_an_entry_altered_and_hashed_anew_names_the_next() -> None:
    entries = chain(4)
    altered = entries[1][0]._replace(subject_id="CMT_other")
    entries[1] = altered, digest_of(altered)

    assert break_of(entries) == "entry 3 does not follow from the entry before it"


@pytest.mark.parametrize(
    ("number", "broken"),
    [(1, "entry 1 is missing: 2 follows 0"), (2, "entry 2 is missing: 3 follows 1"), (4, None)],
)
def test_break_of_a_chain_with_a_missing_entry_names_it_unless_it_was_the_last(number: int, broken: str | None) -> None:
    entries = chain(4)
    del entries[number - 1]

    assert break_of(entries) == broken


def test_break_of_a_chain_with_a_missing_entry_renumbered_names_the_gap() -> None:
    entries = chain(3)
    renumbered = entries[2][0]._replace(sequence=2)
    entries[1:] = [(renumbered, digest_of(renumbered))]

    assert break_of(entries) == "entry 2 does not follow from the entry before it"


def test_break_of_a_chain_in_another_order_names_the_first_out_of_place() -> None:
    entries = chain(4)
    entries[1], entries[2] = entries[2], entries[1]

    assert break_of(entries) == "entry 2 is missing: 3 follows 1"


def test_break_of_a_chain_with_an_entry_twice_names_it() -> None:
    entries = chain(3)
    entries.insert(1, entries[0])

    assert break_of(entries) == "entry 2 is missing: 1 follows 1"


def test_request_of_the_same_sent_is_the_same_whatever_the_order_of_its_fields() -> None:
    first = request_of("key", "submitComment", {"a": 1, "b": [AT]})
    second = request_of("key", "submitComment", {"b": [AT], "a": 1})

    assert first == second
    assert (first.key, len(first.digest)) == ("key", 64)


@pytest.mark.parametrize(("act", "sent"), [("draftComment", {"a": 1}), ("submitComment", {"a": 2})])
def test_request_of_another_act_or_content_differs(act: str, sent: dict[str, Any]) -> None:
    assert request_of("key", act, sent).digest != request_of("key", "submitComment", {"a": 1}).digest
