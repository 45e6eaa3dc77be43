"""Numbering: what stands in what, which scheme a text follows, the number of an addition, and numbers without gaps."""

from collections.abc import Sequence

import pytest

from server.wording.numbering import Renumbering, find_doubts, number_addition, number_additions, renumber
from server.wording.outlines import OutlineEntry, outline
from server.wording.schemes import learn_scheme


def flat(*numbers: str) -> tuple[OutlineEntry, ...]:
    """Return paragraphs with these numbers, all at one level."""
    return outline(("PARAGRAPH", 0, number) for number in numbers)


def after(entries: Sequence[OutlineEntry]) -> list[str]:
    """Return the printed numbers of all entries after renumbering."""
    lines = {line.position: line.after for line in renumber(entries)}
    return [lines.get(place, entry.printed_number) for place, entry in enumerate(entries)]


STANDARDS = outline(
    [
        *(("HEADING", 1, "Principle I"), ("HEADING", 2, "Standard 1"), ("PARAGRAPH", 0, "1."), ("PARAGRAPH", 0, "2.")),
        *(("HEADING", 2, "Standard 2"), ("PARAGRAPH", 0, "1."), ("HEADING", 1, "Principle II")),
        *(("HEADING", 2, "Standard 3"), ("PARAGRAPH", 0, ""), ("LIST_ITEM", 1, "(a)"), ("LIST_ITEM", 1, "(b)")),
    ]
)


@pytest.mark.parametrize(
    ("numbers", "parents"),
    [
        (["1.", "(a)", "(i)", "(ii)", "(b)", "2.", "(a)"], [None, 0, 1, 1, 0, None, 5]),
        (["5.", "(a)", "(b)", "(c)", "6."], [None, 0, 0, 0, None]),
        (["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)", "(h)", "(i)", "(j)"], [None] * 10),
        (["(h)", "(i)", "(ii)", "(j)"], [None, None, None, None]),
        (["1.", "1.1", "1.2", "1.2.1", "2.", "2.1"], [None, 0, 0, 2, None, 4]),
        (["1.", "2.", "2 bis.", "3."], [None] * 4),
        (["", "", ""], [None] * 3),
        (["1.", "", "(a)", "", "(b)", "2."], [None, None, 0, None, 0, None]),
    ],
)
def test_outline_of_paragraphs_of_one_level_follows_their_numbers(
    numbers: list[str], parents: list[int | None]
) -> None:
    assert [entry.parent for entry in flat(*numbers)] == parents


def test_outline_of_headings_and_lists_follows_their_levels() -> None:
    assert [entry.parent for entry in STANDARDS] == [None, 0, 1, 1, 0, 4, None, 6, 7, 8, 8]


def test_outline_of_a_list_that_goes_on_after_words_is_one_list() -> None:
    units = [("PARAGRAPH", 0, "1."), ("LIST_ITEM", 1, "(a)"), ("PARAGRAPH", 0, ""), ("LIST_ITEM", 1, "(b)")]

    assert [entry.parent for entry in outline(units)] == [None, 0, None, 0]


def test_learn_scheme_tells_what_runs_through_from_what_begins_anew() -> None:
    series = learn_scheme(STANDARDS).series

    scopes = {(kind, form[0] or form[1]): each.scope for (kind, _, form), each in series.items()}
    assert scopes == {
        ("HEADING", "principle"): 0,
        ("HEADING", "standard"): 0,
        ("PARAGRAPH", "arabic"): None,
        ("PARAGRAPH", "letter lower"): None,
    }


def test_learn_scheme_of_paragraphs_through_headings_within_each_annex() -> None:
    units = [
        *(("HEADING", 1, "Annex I"), ("HEADING", 2, "A."), ("PARAGRAPH", 0, "1."), ("PARAGRAPH", 0, "2.")),
        *(("HEADING", 2, "B."), ("PARAGRAPH", 0, "3."), ("HEADING", 1, "Annex II"), ("HEADING", 2, "A.")),
        *(("PARAGRAPH", 0, "1."), ("HEADING", 2, "B."), ("PARAGRAPH", 0, "2.")),
    ]
    entries = outline(units)

    series = learn_scheme(entries).series

    assert {kind: each.scope for (kind, _, _), each in series.items() if kind == "PARAGRAPH"} == {"PARAGRAPH": 1}
    assert number_addition(entries, 5, 4, "PARAGRAPH") == "4."
    assert number_addition(entries, 3, 1, "PARAGRAPH") == "2 bis."


@pytest.mark.parametrize(
    ("numbers", "place", "number"),
    [
        (["1.", "2.", "3."], 2, "4."),
        (["1.", "2.", "3."], 1, "2 bis."),
        (["1.", "2.", "3."], None, "1 ante."),
        (["1.", "2.", "2 bis.", "3."], 2, "2 ter."),
        (["1.", "2.", "2 bis.", "3."], 1, "2 bis ante."),
        (["1.", "2.", "2 bis.", "2 ter.", "3."], 2, "2 bis bis."),
        (["1 ante.", "1."], None, "1 ante ante."),
        (["1 ante.", "1."], 0, "1 ante bis."),
        (["1.", "2bis.", "3.", "4."], 2, "3bis."),
        (["1.", "1a.", "2.", "3."], 2, "2a."),
        (["1.", "1a.", "2.", "3."], 1, "1b."),
        (["1.", "3."], 0, "1 bis."),
        (["1.", "2 bis."], 1, "3."),
        (["(a)", "(b)", "(c)"], 1, "(b bis)"),
        (["(a)", "(b)", "(b) bis", "(c)", "(d)"], 3, "(c) bis"),
        (["(x)", "(y)", "(z)"], 2, "(aa)"),
        (["(a)", "(aa)", "(b)", "(c)"], 2, "(ba)"),
        (["(i)", "(ii)"], 1, "(iii)"),
        (["Article 1er", "Article 2"], 0, "Article 1er bis"),
        (["Article 1", "Article 2"], 1, "Article 3"),
        (["第一条", "第二条"], 0, "第一条之一"),
        (["第一条", "第二条"], 1, "第三条"),
        (["第一条", "第二条"], None, "第一条之前"),
        (["а)", "б)", "в)"], 1, "б бис)"),
        (["١.", "٢."], 1, "٣."),
        (["", "", ""], 1, ""),
        (["", "", "1."], 0, ""),
        ([], None, ""),
        (["1.", "2.", "1.", "2."], 0, "1 bis."),
    ],
)
def test_number_addition_is_the_next_or_between_its_neighbours(
    numbers: list[str], place: int | None, number: str
) -> None:
    entries = tuple(OutlineEntry(None, "PARAGRAPH", each) for each in numbers)

    assert number_addition(entries, place, None, "PARAGRAPH") == number


@pytest.mark.parametrize(
    ("place", "parent", "kind", "number"),
    [
        (3, 1, "PARAGRAPH", "3."),  # the last paragraph of Standard 1
        (5, 4, "PARAGRAPH", "2."),
        (5, 0, "HEADING", "Standard 2 bis"),  # Standard 3 follows in the next Principle
        (10, 6, "HEADING", "Standard 4"),
        (10, None, "HEADING", "Principle III"),
        (10, 8, "LIST_ITEM", "(c)"),
        (2, 2, "LIST_ITEM", "(a)"),  # a first list, as in another paragraph
    ],
)
def test_number_addition_in_a_text_of_several_levels(place: int, parent: int | None, kind: str, number: str) -> None:
    assert number_addition(STANDARDS, place, parent, kind) == number


def test_number_addition_under_a_path_begins_with_its_parent() -> None:
    entries = flat("1.", "1.1", "1.2", "2.")

    assert number_addition(entries, 3, 3, "PARAGRAPH") == "2.1"
    assert number_addition(entries, 1, 0, "PARAGRAPH") == "1.1 bis"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (["1.", "2.", "3."], ["1.", "2.", "3."]),
        (["1.", "2.", "4.", "5."], ["1.", "2.", "3.", "4."]),
        (["1.", "2.", "3.", "4."], ["1.", "2.", "3.", "4."]),
        (["1.", "2.", "2 bis.", "3."], ["1.", "2.", "3.", "4."]),
        (["1 ante.", "1.", "1.", "2."], ["1.", "2.", "3.", "4."]),
        (["1.", "3.", "2.", "4."], ["1.", "2.", "3.", "4."]),  # one was moved
        (["(a)", "(c)", "(c) bis", "(d)"], ["(a)", "(b)", "(c)", "(d)"]),
        (["(a)", "(h)", "(i)", "(k)", "(l)", "(m)", "(n)"], ["(a)", "(b)", "(c)", "(d)", "(e)", "(f)", "(g)"]),
        (["(i)", "(iii)", "(v)"], ["(i)", "(ii)", "(iii)"]),
        (["1.", "1.1", "1.3", "3.", "3.1", "3.2"], ["1.", "1.1", "1.2", "2.", "2.1", "2.2"]),
        (["1.", "(a)", "(c)", "2 bis.", "(a)", "(a)"], ["1.", "(a)", "(b)", "2.", "(a)", "(b)"]),
        (["Article 1er", "Article 1er bis", "Article 2"], ["Article 1er", "Article 2", "Article 3"]),
        (["第一条", "第一条之一", "第四条"], ["第一条", "第二条", "第三条"]),
        (["", "1.", "", "3.", ""], ["", "1.", "", "2.", ""]),
        # one item in each list: they begin anew, and are no doubles of each other
        (["1.", "(a)", "2.", "(a)", "4.", "(a)"], ["1.", "(a)", "2.", "(a)", "3.", "(a)"]),
        # the beginning may stand elsewhere
        (["2.", "4."], ["2.", "4."]),
        (["V."], ["V."]),
        (["1.", "2.", "24.", "25."], ["1.", "2.", "24.", "25."]),
        # neither a scheme nor one that was broken: nothing is touched
        (["12.", "3.", "12.", "7.", "3."], ["12.", "3.", "12.", "7.", "3."]),
        ([], []),
    ],
)
def test_renumber_closes_gaps_and_takes_additions_in(numbers: list[str], expected: list[str]) -> None:
    assert after(flat(*numbers)) == expected


def test_find_doubts_names_the_numbers_that_follow_no_scheme() -> None:
    assert find_doubts(flat("1.", "2.", "24.", "25.")) == (0, 1, 2, 3)
    assert find_doubts(flat("1.", "(b)", "3.", "", "(a)")) == (1,)
    assert find_doubts(STANDARDS) == ()


def test_renumber_shows_only_what_changes() -> None:
    assert renumber(flat("1.", "3.", "4 bis.")) == (Renumbering(1, "3.", "2."), Renumbering(2, "4 bis.", "3."))


def test_renumber_when_standards_run_through_principles_goes_on_in_the_next() -> None:
    entries = [*STANDARDS[:4], *STANDARDS[6:]]
    moved = tuple(
        each._replace(parent=each.parent - 2) if each.parent and each.parent > 3 else each for each in entries
    )

    assert renumber(moved) == (Renumbering(5, "Standard 3", "Standard 2"),)


def test_renumber_by_the_scheme_of_the_version_before_knows_what_runs_through() -> None:
    scheme = learn_scheme(STANDARDS)
    left = outline([("HEADING", 1, "Principle I"), ("HEADING", 1, "Principle II"), ("HEADING", 2, "Standard 3")])

    assert renumber(left, scheme) == (Renumbering(2, "Standard 3", "Standard 1"),)


def test_renumber_by_the_scheme_of_the_version_before_knows_that_the_first_was_deleted() -> None:
    scheme = learn_scheme(flat("1.", "2.", "3."))

    assert renumber(flat("2.", "3."), scheme) == (Renumbering(0, "2.", "1."), Renumbering(1, "3.", "2."))


def test_renumber_takes_paragraphs_and_items_of_one_list_together() -> None:
    entries = outline([("PARAGRAPH", 0, "1."), ("LIST_ITEM", 1, "2."), ("PARAGRAPH", 0, "4."), ("LIST_ITEM", 1, "5.")])

    assert [entry.parent for entry in entries] == [None] * 4
    assert after(entries) == ["1.", "2.", "3.", "4."]


def test_renumber_of_ten_thousand_provisions_with_hostile_numbers_ends() -> None:
    entries = tuple(
        OutlineEntry(None, "PARAGRAPH", number) for number in ("1" * 5000, "(i)", "", "1.1.1.1.1.1.1") * 3000
    )

    assert {line.before for line in renumber(entries)} <= {"(i)"}


def test_many_additions_are_numbered_as_one_by_one() -> None:
    units = [("PARAGRAPH", 0, number) for number in ("1.", "", "2.", "", "", "3.", "4 bis.", "", "5.", "", "")]
    entries = outline(units)
    added = [place for place, unit in enumerate(units) if not unit[2]]

    numbers = number_additions(entries, added)

    expected = ["1 bis.", "2 bis.", "2 ter.", "4 ter.", "6.", "7."]
    assert numbers == dict(zip(added, expected, strict=True))
    one_by_one = [entry for entry in entries if entry.printed_number]
    for place in added:
        after = place - 1
        number = number_addition(one_by_one, after, None, "PARAGRAPH")
        one_by_one.insert(place, OutlineEntry(None, "PARAGRAPH", number))
        assert number == numbers[place]


@pytest.mark.parametrize(
    ("by_hand", "numbers"),
    [
        ({}, ["1.", "2.", "3.", "4."]),
        ({2: "2 bis."}, ["1.", "2.", "2 bis.", "3."]),
        ({2: ""}, ["1.", "2.", "", "3."]),
        ({2: "7."}, ["1.", "2.", "7.", "8."]),
        ({0: "2."}, ["2.", "3.", "4.", "5."]),
        ({0: "5.", 1: "1.", 2: "2.", 3: "3."}, ["5.", "1.", "2.", "3."]),
    ],
)
def test_numbers_set_by_hand_are_kept_and_those_after_them_go_on(by_hand: dict[int, str], numbers: list[str]) -> None:
    entries = flat("1.", "2.", "2 bis.", "3.")
    lines = {line.position: line.after for line in renumber(entries, None, by_hand)}

    assert [lines.get(place, entry.printed_number) for place, entry in enumerate(entries)] == numbers
