"""The natural order of agendas, and by when papers are issued; no database."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from server.domain.sittings.rules import meeting
from server.domain.sittings.rules.agenda import ItemContent, check_item
from server.domain.sittings.rules.meeting import DocumentFacts, LaidFacts, MeetingFacts
from server.vocabulary.sittings import ItemPurpose
from server.wording.agenda import is_item_number, key_of_item


def test_items_stand_in_their_natural_order() -> None:
    ordered = ["I", "II", "IV.a", "IV.b", "IX", "X", "X.a", "X.a.i", "X.a.ii", "X.a.iv", "X.b", "XI", "XL"]
    ordered += ["", "see IX"]

    mixed = [*ordered[7:], *ordered[:7]]

    assert sorted(mixed, key=key_of_item) == ordered


@pytest.mark.parametrize(("one", "other"), [("X.a", "X a"), ("X.a", "X(a)"), ("IV.b", "IV. b"), ("12", "XII")])
def test_two_ways_to_print_a_number_are_one_place(one: str, other: str) -> None:
    assert key_of_item(one) == key_of_item(other)


@pytest.mark.parametrize("number", ["X.a", "IV (b)(ii)", "7", "12.3", "XIX.z"])
def test_numbers_of_items_are_read(number: str) -> None:
    assert is_item_number(number)


@pytest.mark.parametrize("number", ["", "IIX", "a", "X.a.b.c.d", "X-a", "item X", "0", "XX" * 9, "X,a"])
def test_what_is_no_number_of_an_item_is_noticed(number: str) -> None:
    assert not is_item_number(number)


def laid(issued_at: datetime, days: int | None = 49) -> LaidFacts:
    """Return the facts of a paper for the sitting of 25 April 2022 in Brussels."""
    return LaidFacts(issued_at, date(2022, 4, 25), "Europe/Brussels", days)


@pytest.mark.parametrize(
    ("issued_at", "late"),
    [
        (datetime(2022, 3, 7, 22, 59, 59, 999999, tzinfo=UTC), 0),
        (datetime(2022, 3, 7, 23, 0, tzinfo=UTC), 1),
        (datetime(2022, 3, 10, 12, 0, tzinfo=UTC), 3),
        (datetime(2022, 5, 1, 12, 0, tzinfo=UTC), 55),
    ],
)
def test_paper_is_late_from_midnight_in_the_zone_of_the_sitting(issued_at: datetime, late: int) -> None:
    assert meeting.days_late(laid(issued_at)) == late
    assert meeting.days_late(laid(issued_at, None)) == 0


def test_papers_of_25_april_2022_were_due_49_days_before() -> None:
    assert meeting.documents_due_on(DocumentFacts(date(2022, 4, 25), 49)) == date(2022, 3, 7)
    assert meeting.documents_due_on(DocumentFacts(date(2022, 4, 25), None)) is None


@pytest.mark.parametrize(
    ("zone", "now", "is_over"),
    [
        (None, datetime(2018, 10, 26, 21, 59, tzinfo=UTC), False),
        (None, datetime(2018, 10, 26, 22, 0, tzinfo=UTC), True),
        ("Asia/Tokyo", datetime(2018, 10, 26, 15, 0, tzinfo=UTC), True),
        ("America/Lima", datetime(2018, 10, 27, 4, 59, tzinfo=UTC), False),
    ],
)
def test_sitting_is_over_at_midnight_in_its_zone(zone: str | None, now: datetime, is_over: bool) -> None:
    facts = MeetingFacts("ptc", date(2018, 10, 22), date(2018, 10, 26), zone, None)

    assert (meeting.while_not_over(facts, now) is not None) is is_over


@pytest.mark.parametrize(
    ("changed", "paths"),
    [
        ({}, []),
        ({"number": "item X"}, ["number"]),
        ({"title": " "}, ["title"]),
        ({"purposes": [ItemPurpose.DECISION, ItemPurpose.DECISION]}, ["purposes"]),
        ({"remark": "x" * 1_001, "title": "x" * 301}, ["title", "remark"]),
    ],
)
def test_every_fault_of_an_item_is_named(changed: dict[str, Any], paths: list[str]) -> None:
    content = ItemContent("X.a", "Update of the Framework", [ItemPurpose.DECISION], None, "")._replace(**changed)

    assert [issue.path for issue in check_item(content)] == paths
