"""Numbers at the beginning of lines without an end mark before them: units of their own, or words with a doubt."""

from typing import NamedTuple

import pytest

from server.documents.markdown import WarningKind, read_document

A, H, L, P, S = "ARTICLE", "HEADING", "LIST_ITEM", "PARAGRAPH", "SUB_ITEM"


class Lines(NamedTuple):
    """Lines of a paper, their units as parent (index), kind, number and text, and the words in doubt by unit."""

    markdown: str
    units: list[tuple[int | None, str, str, str]]
    doubts: tuple[tuple[int, str], ...] = ()


LISTS = [
    Lines("1. Bags\n2. Boxes", [(None, L, "1.", "Bags"), (None, L, "2.", "Boxes")]),
    Lines(
        "1. Bags\n2. Boxes\n4. Sacks",
        [(None, L, "1.", "Bags"), (None, L, "2.", "Boxes"), (None, L, "4.", "Sacks")],
        ((2, "4. Sacks"),),
    ),
    Lines(
        "1. bags\n2. boxes\n2. sacks",
        [(None, L, "1.", "bags"), (None, L, "2.", "boxes"), (None, L, "2.", "sacks")],
        ((2, "2. sacks"),),
    ),
    Lines("1. bags\n1. boxes", [(None, L, "1.", "bags"), (None, L, "1.", "boxes")]),
    Lines(
        "1. Log in\n2. Sign on\n3. Rest",
        [(None, L, "1.", "Log in"), (None, L, "2.", "Sign on"), (None, L, "3.", "Rest")],
    ),
    Lines(
        "   1. Bags\n   3. Boxes\n      that wait\n   4. Sacks",
        [(None, L, "1.", "Bags"), (None, L, "3.", "Boxes that wait"), (None, L, "4.", "Sacks")],
        ((1, "3. Boxes that wait"),),
    ),
    Lines(
        "1. For hubs\n1.1. scan\n1.2. seal\n2. For posts",
        [(None, L, "1.", "For hubs"), (0, S, "1.1.", "scan"), (0, S, "1.2.", "seal"), (None, L, "2.", "For posts")],
    ),
    Lines(
        "1. For hubs\n   1.1 scan\n   1.2 seal\n   1.4 send\n2. For posts",
        [
            (None, L, "1.", "For hubs"),
            (0, S, "1.1", "scan"),
            (0, S, "1.2", "seal"),
            (0, S, "1.4", "send"),
            (None, L, "2.", "For posts"),
        ],
        ((3, "1.4 send"),),
    ),
    Lines("1. For hubs\n1.3. seal", [(None, L, "1.", "For hubs"), (0, S, "1.3.", "seal")], ((1, "1.3. seal"),)),
    Lines("(a) bags\n(c) sacks", [(None, L, "(a)", "bags"), (None, L, "(c)", "sacks")], ((1, "(c) sacks"),)),
    Lines(
        "a) bags\nb) boxes\nd) sacks",
        [(None, L, "a)", "bags"), (None, L, "b)", "boxes"), (None, L, "d)", "sacks")],
        ((2, "d) sacks"),),
    ),
    Lines(
        "i. bags\nii. boxes\niv. sacks",
        [(None, L, "i.", "bags"), (None, L, "ii.", "boxes"), (None, L, "iv.", "sacks")],
        ((2, "iv. sacks"),),
    ),
    Lines(
        "A. Bags\nB. Boxes\nD. Sacks",
        [(None, L, "A.", "Bags"), (None, L, "B.", "Boxes"), (None, L, "D.", "Sacks")],
        ((2, "D. Sacks"),),
    ),
    Lines(
        "I. Bags\nII. Boxes\nIV. Sacks",
        [(None, H, "I.", "Bags"), (None, H, "II.", "Boxes"), (None, H, "IV.", "Sacks")],
        ((2, "IV. Sacks"),),
    ),
    Lines(
        "① bags\n② boxes\n④ sacks",
        [(None, L, "①", "bags"), (None, L, "②", "boxes"), (None, L, "④", "sacks")],
        ((2, "④ sacks"),),
    ),
    Lines(
        "1. Bags\n   (a) red\n   (c) blue\n4. Boxes",
        [(None, L, "1.", "Bags"), (0, S, "(a)", "red"), (0, S, "(c)", "blue"), (None, L, "4.", "Boxes")],
        (
            (2, "(c) blue"),
            (3, "4. Boxes"),
        ),
    ),
    Lines("Article 5\nArticle 7", [(None, A, "Article 5", ""), (None, A, "Article 7", "")], ((1, "Article 7"),)),
    Lines(
        "Article 5\nPorts open\nArticle 7\nPorts close",
        [(None, A, "Article 5", "Ports open"), (None, A, "Article 7", "Ports close")],
        ((1, "Article 7 Ports close"),),
    ),
    Lines(
        "Article 5\n1. Ports open\nArticle 6\n1. Ports close",
        [
            (None, A, "Article 5", ""),
            (0, L, "1.", "Ports open"),
            (None, A, "Article 6", ""),
            (2, L, "1.", "Ports close"),
        ],
    ),
    *(
        Lines(
            f"1. Bags\n{indent}{sign} red\n{indent}{sign} blue\n2. Boxes",
            [(None, L, "1.", "Bags"), (0, S, "", "red"), (0, S, "", "blue"), (None, L, "2.", "Boxes")],
        )
        for indent in ("", "   ")
        for sign in ("-", "*", "•", "–", "·")
    ),
]

SENTENCES = [
    Lines(
        "1. Ports met in the year\n2018. The bags wait", [(None, L, "1.", "Ports met in the year 2018. The bags wait")]
    ),
    Lines(
        "3. Ports wait, see paragraph\n4. It applies",
        [(None, L, "3.", "Ports wait, see paragraph 4. It applies")],
        ((0, "4. It applies"),),
    ),
    Lines("Ports wait, see paragraph\n4. It applies", [(None, P, "", "Ports wait, see paragraph 4. It applies")]),
    Lines("1. Ports pay a sum of\n1.5 million", [(None, L, "1.", "Ports pay a sum of 1.5 million")]),
    Lines("1. Each bag weighs\n1.5 kilograms", [(None, L, "1.", "Each bag weighs 1.5 kilograms")]),
    Lines(
        "1. Ports use 10 to\n12. They wait", [(None, L, "1.", "Ports use 10 to 12. They wait")], ((0, "12. They wait"),)
    ),
    Lines(
        "2. Ports have more than\n4. That is all",
        [(None, L, "2.", "Ports have more than 4. That is all")],
        ((0, "4. That is all"),),
    ),
    Lines(
        "1. Ports report under Article\n7. They wait",
        [(None, L, "1.", "Ports report under Article 7. They wait")],
        ((0, "7. They wait"),),
    ),
    Lines(
        "Article 5\n\nPorts go by the terms of\nArticle 7. They wait",
        [(None, A, "Article 5", ""), (0, P, "", "Ports go by the terms of Article 7. They wait")],
    ),
    Lines(
        "(a) bags that are held under\n(c) of this list",
        [(None, L, "(a)", "bags that are held under (c) of this list")],
        ((0, "(c) of this list"),),
    ),
    Lines("1. Bags\n99. Boxes", [(None, L, "1.", "Bags 99. Boxes")], ((0, "99. Boxes"),)),
    Lines("1. Bags – large\n– and small", [(None, L, "1.", "Bags – large – and small")]),
]


@pytest.mark.parametrize("lines", LISTS + SENTENCES, ids=lambda lines: lines.markdown)
def test_a_line_that_begins_like_a_number_is_a_unit_or_words(lines: Lines) -> None:
    document = read_document(lines.markdown)

    assert [(unit.parent, unit.kind.value, *unit[2:4]) for unit in document.units] == lines.units
    assert [warning[:3] for warning in document.warnings] == [
        (WarningKind.UNCERTAIN_NUMBER, unit, words) for unit, words in lines.doubts
    ]


def test_a_doubt_about_a_number_among_words_says_what_to_do() -> None:
    (doubt,) = read_document("3. Ports wait, see paragraph\n4. It applies").warnings

    assert doubt.suggestion == "If these words begin with a number of the paper, split the unit before them."
