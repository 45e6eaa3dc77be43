"""How a text is cut into parts and pieces, and how comments stand beside it."""

from typing import Any

import pytest

from server.web.desk.reading.blocks import blocks_of
from server.web.desk.reading.notes import (
    MOST_BESIDE,
    MarginNote,
    in_order,
    limit_notes,
    note_of,
    settle,
    shorten,
    within,
)
from server.web.desk.reading.parts import TextPart, part_at, starts_of
from server.web.desk.reading.pieces import cut, letter_of

JAPAN, UPU = (
    {"id": "PTY_1", "shortName": "Japan", "capacity": "MEMBER"},
    {"id": "PTY_2", "shortName": "UPU", "capacity": "OBSERVER"},
)
TEXT = "Parcels of low risk should be released on arrival."


def outline(count: int, *headings: tuple[int, int]) -> dict[str, Any]:
    """Return an outline with headings (position, level)."""
    return {"provisionCount": count, "headings": [{"position": at, "level": level} for at, level in headings]}


def note(start: int | None = None, end: int = 0, letter: str = "", party: Any = JAPAN) -> MarginNote:
    """Return a note on words."""
    return MarginNote(
        {"id": f"CMT_{letter}", "party": party}, start, end, (), frozenset(), False, "PRV_1", letter=letter
    )


def provision(
    key: str, kind: str = "PARAGRAPH", text: str = TEXT, parent: str = "", level: int = 0, **more: Any
) -> Any:
    """Return a provision as the operation gives it."""
    return {
        "key": key,
        "kind": kind,
        "level": level,
        "text": text,
        "printedNumber": None,
        "marks": [],
        "cells": [],
        "parent": {"key": parent} if parent else None,
        "comments": {"nodes": [], "totalCount": 0},
    } | more


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        (outline(0), [1]),
        (outline(50), [1]),
        (outline(51), [1, 51]),
        (outline(120), [1, 51, 101]),
        (outline(100, (45, 2), (48, 2)), [1, 48, 98]),
        (outline(100, (45, 1), (48, 2)), [1, 45, 95]),
        (outline(100, (30, 1), (52, 1)), [1, 51]),
    ],
)
def test_parts_begin_with_the_highest_heading_within_their_bounds(text: dict[str, Any], starts: list[int]) -> None:
    assert starts_of(text) == starts


@pytest.mark.parametrize(
    ("place", "part"),
    [
        (1, TextPart(1, 51, None, 51)),
        (50, TextPart(1, 51, None, 51)),
        (51, TextPart(51, 101, 1, 101)),
        (999, TextPart(101, 121, 51, None)),
    ],
)
def test_a_provision_stands_in_one_part(place: int, part: TextPart) -> None:
    assert part_at(place, [1, 51, 101], 120) == part


def test_parts_hold_every_provision_once() -> None:
    starts = starts_of(outline(1_000, *((at, 1 + at % 3) for at in range(1, 1_000, 7))))
    parts = [part_at(start, starts, 1_000) for start in starts]
    assert [place for part in parts for place in range(part.start, part.end)] == list(range(1, 1_001))
    assert all(40 <= part.end - part.start <= 50 for part in parts[:-1])


def test_overlapping_quotations_are_cut_into_pieces_with_letters_at_their_ends() -> None:
    pieces = cut(TEXT, [note(8, 26, "a"), note(20, 38, "b")])
    assert [(piece.words, piece.is_quoted, [end.letter for end in piece.ends]) for piece in pieces] == [
        ("Parcels ", False, []),
        ("of low risk ", True, []),
        ("should", True, ["a"]),
        (" be released", True, ["b"]),
        (" on arrival.", False, []),
    ]


def test_two_comments_on_the_same_words_end_together() -> None:
    pieces = cut(TEXT, [note(20, 26, "a"), note(20, 26, "b")])
    assert [(piece.words, [end.letter for end in piece.ends]) for piece in pieces if piece.is_quoted] == [
        ("should", ["a", "b"])
    ]


def test_words_that_are_set_off_keep_their_elements_within_quotations() -> None:
    pieces = cut(TEXT, [note(8, 19, "a")], [{"start": 11, "end": 26, "kind": "BOLD"}])
    assert [(piece.words, piece.is_quoted, piece.elements) for piece in pieces] == [
        ("Parcels ", False, []),
        ("of ", True, []),
        ("low risk", True, ["b"]),
        (" should", False, ["b"]),
        (" be released on arrival.", False, []),
    ]


def test_a_text_without_anything_is_one_piece_and_an_empty_one_none() -> None:
    assert [piece.words for piece in cut(TEXT, [note()])] == [TEXT]
    assert cut("", []) == []


def test_letters_go_on_after_the_alphabet() -> None:
    assert [letter_of(number) for number in (0, 25, 26, 51, 52, 701, 702)] == ["a", "z", "aa", "az", "ba", "zz", "aaa"]


def test_notes_stand_in_the_order_of_words_then_of_capacities() -> None:
    notes = [note(letter="whole"), note(9, 10, "later"), note(2, 3, "observer", UPU), note(2, 3, "member")]
    assert [each.letter for each in in_order(notes)] == ["member", "observer", "later", "whole"]


RUNS = [
    {"kind": "KEEP", "text": "Parcels "},
    {"kind": "DELETE", "text": "of low risk "},
    {"kind": "INSERT", "text": "that are safe "},
    {"kind": "KEEP", "text": "should be released."},
]


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, 0, "Parcels |-of low risk |+that are safe |should be released."),
        (8, 20, "-of low risk |+that are safe "),
        (0, 26, "Parcels |-of low risk |+that are safe |should"),
        (27, 29, "be"),
    ],
)
def test_a_change_is_shown_on_the_quoted_words(start: int | None, end: int, words: str) -> None:
    signs = {"KEEP": "", "DELETE": "-", "INSERT": "+"}
    assert "|".join(signs[run["kind"]] + run["text"] for run in within(RUNS, start, end)) == words


def test_a_mosaic_of_words_is_shown_as_one_replacement() -> None:
    runs = [
        {"kind": "DELETE", "text": "within a"},
        {"kind": "INSERT", "text": "in"},
        {"kind": "KEEP", "text": " time "},
        {"kind": "DELETE", "text": "that lets"},
        {"kind": "INSERT", "text": "for"},
    ]
    assert settle(runs) == [
        {"kind": "DELETE", "text": "within a time that lets "},
        {"kind": "INSERT", "text": "in time for"},
    ]
    assert settle(RUNS) == RUNS


def test_long_kept_words_are_cut_and_changes_never() -> None:
    long = " ".join(f"word{number}" for number in range(100))
    first, change, middle, _, last = shorten(
        [
            {"kind": "KEEP", "text": long + " "},
            {"kind": "INSERT", "text": long},
            {"kind": "KEEP", "text": f" {long} "},
            {"kind": "DELETE", "text": "x"},
            {"kind": "KEEP", "text": f" {long}"},
        ]
    )
    assert change["text"] == long
    assert first["text"].startswith("… ")
    assert first["text"].endswith("word99 ")
    assert middle["text"].startswith(" word0 ")
    assert " … " in middle["text"]
    assert middle["text"].endswith("word99 ")
    assert last["text"].startswith(" word0 ")
    assert last["text"].endswith(" …")
    assert all(len(run["text"]) < 200 for run in (first, middle, last))


def test_a_table_is_one_block_with_the_notes_of_its_rows_in_their_cells() -> None:
    text = "Value \\| currency | seller"
    cells = [{"start": 0, "end": 17}, {"start": 20, "end": 26}]
    row = provision("PRV_2", "TABLE_ROW", text, level=2, cells=cells)
    quoting = note(20, 26, party=UPU)._replace(key="PRV_2")
    (block,) = blocks_of([provision("PRV_1", "TABLE", ""), row], {"PRV_2": [quoting]}, frozenset())
    assert block.is_table
    assert block.keys == ["PRV_1", "PRV_2"]
    assert [[piece.words for piece in cell] for cell in block.rows[0].cells] == [["Value | currency"], ["seller"]]
    assert [end.letter for end in block.rows[0].cells[1][0].ends] == ["a"]


def test_headings_never_leave_out_a_level_and_items_stand_inside() -> None:
    blocks = blocks_of(
        [
            provision("PRV_1", "TITLE", level=1),
            provision("PRV_2", "HEADING", level=4),
            provision("PRV_3", "ARTICLE", level=0),
            provision("PRV_4", "SUB_ITEM", parent="PRV_3"),
            provision("PRV_5", "PARAGRAPH", parent="PRV_2"),
            provision("PRV_6", "HEADING", level=2),
        ],
        {},
        frozenset({"PRV_1", "PRV_2", "PRV_6"}),
    )
    assert [block.heading for block in blocks] == [2, 3, 0, 0, 0, 3]
    assert [block.is_inside for block in blocks] == [False, False, False, True, False, False]


def test_a_note_stands_where_its_comment_was_carried_to() -> None:
    comment = {
        "party": JAPAN,
        "quotation": {"start": 1, "end": 2},
        "runs": [],
        "supports": {"nodes": []},
        "oppositions": {"nodes": []},
        "tolerances": {"nodes": []},
        "availableActs": [{"act": "SUPPORT_COMMENT", "isAllowed": False}, {"act": "CLEAR_COMMENT", "isAllowed": True}],
    }
    here = note_of(comment, "PRV_1", "PTY_1")
    carried = note_of(comment | {"carriedTo": {"start": 7, "end": 9, "state": "CARRIED"}}, "PRV_2", "PTY_2")
    assert (here.start, here.end, here.state, here.is_ours, here.acts) == (1, 2, "", True, {"CLEAR_COMMENT"})
    assert (carried.start, carried.end, carried.state, carried.is_ours) == (7, 9, "CARRIED", False)


def test_many_notes_are_shared_among_provisions_and_some_always_stay() -> None:
    def numbered(number: int, **changed: Any) -> MarginNote:
        comment = {"id": f"CMT_{number}", "party": JAPAN, "status": changed.pop("status", "SUBMITTED")}
        return note()._replace(comment=comment, **changed)

    last = MOST_BESIDE + 50
    always = {last: {"status": "DRAFT"}, last - 1: {"state": "EXACT"}, last - 3: {"is_ours": True}}
    many = [numbered(number, **always.get(number, {})) for number in range(last + 1)]
    few = [numbered(1_000)]

    limited = limit_notes({"many": many, "few": few, "none": []}, {f"CMT_{last - 2}"})

    share = MOST_BESIDE // 2
    assert [each.comment["id"] for each in limited["many"]] == [
        *(f"CMT_{number}" for number in (*range(share - 1), last - 3, last - 2, last - 1, last))
    ]
    assert (limited["few"], limited["none"]) == (few, [])
    assert limit_notes({"some": many[:MOST_BESIDE]}, ()) == {"some": many[:MOST_BESIDE]}
