"""What the workbench makes of what it reads: where to go on, what is left, how forms become inputs."""

from typing import Any

import pytest

from server.web.desk.consolidations.shaping import (
    LISTS,
    Left,
    count_left,
    fill,
    find_next,
    list_questions,
    outcome_of,
    part_text,
    runs_of,
    window_of,
)


def queued(key: str, state: str = "READY", **counts: int) -> dict[str, Any]:
    """Return a provision of the queue."""
    numbers = {"openConflictCount": 0, "unexplainedCount": 0, "unreadCount": 0}
    return {"key": key, "state": state} | numbers | counts


def test_what_is_left_does_not_count_what_goes_with_a_conflict() -> None:
    provisions = [
        queued("a", "CONFLICT", openConflictCount=2, unexplainedCount=4),
        queued("b", "UNEXPLAINED", unexplainedCount=1, unreadCount=1),
        queued("c"),
    ]

    assert count_left(provisions) == Left(2, 1, 1, 1)
    assert not count_left(provisions).is_nothing
    assert count_left(provisions[2:]).is_nothing


@pytest.mark.parametrize(
    ("start", "is_past", "key"),
    [("", False, "b"), ("a", False, "b"), ("b", False, "b"), ("b", True, "d"), ("d", True, "b"), ("e", False, "b")],
)
def test_the_next_provision_is_the_first_with_something_to_do_and_begins_again(
    start: str, is_past: bool, key: str
) -> None:
    provisions = [queued("a"), queued("b", "CONFLICT"), queued("c", "WAITING"), queued("d", "UNREAD"), queued("e")]

    assert find_next(provisions, start, is_past=is_past) == provisions["abcde".index(key)]


def test_there_is_no_next_provision_when_nothing_is_to_do() -> None:
    provisions = [queued("a"), queued("b", "CONFLICT")]

    assert find_next(provisions[:1]) is None
    assert find_next(provisions, "b", is_past=True) is None
    assert find_next([]) is None


@pytest.mark.parametrize(
    ("place", "window"),
    [(0, (0, 50, None, 50)), (49, (0, 50, None, 50)), (50, (50, 50, 0, 100)), (119, (100, 20, 50, None))],
)
def test_a_window_holds_the_place(place: int, window: tuple[int, int, int | None, int | None]) -> None:
    part = window_of(range(120), place)

    assert (part.items[0], len(part.items), part.previous, part.following) == window


def test_contested_words_are_parts_of_their_own() -> None:
    conflicts = [{"start": 4, "end": 7}, {"start": 6, "end": 9}, {"start": 2, "end": 2}]

    parts = part_text("one two three", conflicts)

    assert [(part.words, part.is_contested) for part in parts] == [
        ("one ", False),
        ("tw", True),
        ("o", True),
        (" t", True),
        ("hree", False),
    ]
    assert part_text("", []) == []


def test_a_change_is_what_it_strikes_and_adds() -> None:
    assert runs_of({"start": 4, "end": 7, "replacement": "2"}, "one two") == [
        {"kind": "DELETE", "text": "two"},
        {"kind": "INSERT", "text": "2"},
    ]
    assert runs_of({"start": 0, "end": 0, "replacement": None}, "") == []


SENT = [("_words.CSD_1", "shall"), ("_words.base", ""), ("words", "other\r\nwords"), ("reason!", "Why.")]


@pytest.mark.parametrize(
    ("choice", "words"), [("CSD_1", "shall"), ("base", ""), ("own", "other\nwords"), ("CSD_2", None), ("", None)]
)
def test_the_words_of_a_settlement_are_those_that_were_chosen(choice: str, words: str | None) -> None:
    pairs = [*SENT, ("_choice", choice)]

    filled = dict(fill("settleConflict", pairs))

    assert filled.get("words!", "").replace("\r\n", "\n") == (words or "")
    assert ("words!" in filled) == (words is not None)
    assert words is None or "words" not in filled
    assert outcome_of("settleConflict", pairs) == {"words": words or ""}


def test_the_places_of_a_settlement_are_in_the_order_of_their_numbers() -> None:
    pairs = [("_place.AMD_1", "2"), ("_place.AMD_2", "1"), ("_place.AMD_3", "")]

    assert outcome_of("settleStructure", pairs) == {"standingIds": ["AMD_2", "AMD_1"]}
    assert outcome_of("settleStructure", pairs[2:]) == {"standingIds": []}
    assert ("standingIds!", "") in fill("settleStructure", pairs[2:])


def test_other_forms_are_as_they_were_written() -> None:
    assert fill("issueVersion", SENT) == SENT


def test_questions_show_what_is_not_explained_first() -> None:
    check: dict[str, Any] = {name: [] for name in LISTS}
    check["danglingReferences"] = [{"explanation": "Stays.", "words": "9"}, {"explanation": None, "words": "2"}]

    questions = list_questions(check)

    assert [(each.name, each.unexplained) for each in questions] == [
        ("acceptedButUnchanged", 0),
        ("changedWithoutDecision", 0),
        ("refusedYetChanged", 0),
        ("danglingReferences", 1),
    ]
    assert [each["words"] for each in questions[-1].findings] == ["2", "9"]
