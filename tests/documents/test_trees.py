"""Papers of many shapes and the trees that they are: kind, level, number and parent of every unit."""

from collections.abc import Callable
from typing import NamedTuple

import pytest

from server.documents.markdown import read_document

H, P, L, S, T, R = "HEADING", "PARAGRAPH", "LIST_ITEM", "SUB_ITEM", "TABLE", "TABLE_ROW"


class Paper(NamedTuple):
    """A paper, and of each of its units: parent (index), kind, level, number and the first word."""

    markdown: str
    units: list[tuple[int | None, str, int, str, str]]


PAPERS: dict[str, Paper] = {
    "letters inside a number, by indentation": Paper(
        "8. Carriers must:\n   (a) weigh bags;\n   (b) seal them; and\n   (c) wait.\n9. Others rest.",
        [
            (None, L, 1, "8.", "Carriers"),
            (0, S, 2, "(a)", "weigh"),
            (0, S, 2, "(b)", "seal"),
            (0, S, 2, "(c)", "wait."),
            (None, L, 1, "9.", "Others"),
        ],
    ),
    "a number right after a letter, without a blank line": Paper(
        "1. A port may join:\r\n\r\na) by letter; or\r\n\r\nb) by wire.\r\n2. It opens in May.\r\n3. Each pays.",
        [
            (None, L, 1, "1.", "A"),
            (0, S, 2, "a)", "by"),
            (0, S, 2, "b)", "by"),
            (None, L, 1, "2.", "It"),
            (None, L, 1, "3.", "Each"),
        ],
    ),
    "three depths without any indentation": Paper(
        "1. Ports shall:\n(a) adopt:\n(i) rules; and\n(ii) guides;\n(b) report.\n2. Ships may.",
        [
            (None, L, 1, "1.", "Ports"),
            (0, S, 2, "(a)", "adopt:"),
            (1, S, 3, "(i)", "rules;"),
            (1, S, 3, "(ii)", "guides;"),
            (0, S, 2, "(b)", "report."),
            (None, L, 1, "2.", "Ships"),
        ],
    ),
    "the letter i among letters": Paper(
        "(g) one;\n(h) two;\n(i) three;\n(j) four:\n    (i) five;\n    (ii) six.\n(k) seven.",
        [
            (None, L, 1, "(g)", "one;"),
            (None, L, 1, "(h)", "two;"),
            (None, L, 1, "(i)", "three;"),
            (None, L, 1, "(j)", "four:"),
            (3, S, 2, "(i)", "five;"),
            (3, S, 2, "(ii)", "six."),
            (None, L, 1, "(k)", "seven."),
        ],
    ),
    "points and sub-points": Paper(
        "1. First\n1.1. Sub one\n1.2. Sub two\n1.2.1 Under it\n2. Second\n2.1 Évaluation\n",
        [
            (None, L, 1, "1.", "First"),
            (0, S, 2, "1.1.", "Sub"),
            (0, S, 2, "1.2.", "Sub"),
            (2, S, 3, "1.2.1", "Under"),
            (None, L, 1, "2.", "Second"),
            (4, S, 2, "2.1", "Évaluation"),
        ],
    ),
    "bullets of other shapes, nested by tabs": Paper(
        "The office:\n\n• reads:\n\t– letters ;\n\t– bags.\n• rests.\n",
        [
            (None, P, 0, "", "The"),
            (0, L, 1, "", "reads:"),
            (1, S, 2, "", "letters"),
            (1, S, 2, "", "bags."),
            (0, L, 1, "", "rests."),
        ],
    ),
    "an item that a paragraph interrupts": Paper(
        "1. One waits.\n\n   More of one.\n\n2. Two waits.\n\nBetween the two.\n\n3. Three waits.",
        [
            (None, L, 1, "1.", "One"),
            (0, P, 1, "", "More"),
            (None, L, 1, "2.", "Two"),
            (None, P, 0, "", "Between"),
            (None, L, 1, "3.", "Three"),
        ],
    ),
    "a standard with principles and annexes": Paper(
        "# Rules for Parcels\n\n## Principle 1: Data\n\nStandard 1 – Notice\n\n1. Send it.\n\nStandard 2 – Reply\n\n"
        "2. Answer it.\n\n## Annex II\n\nForms follow.",
        [
            (None, "TITLE", 1, "", "Rules"),
            (0, "PRINCIPLE", 2, "Principle 1:", "Data"),
            (1, "STANDARD", 3, "Standard 1 –", "Notice"),
            (2, L, 1, "1.", "Send"),
            (1, "STANDARD", 3, "Standard 2 –", "Reply"),
            (4, L, 1, "2.", "Answer"),
            (0, "ANNEX", 2, "Annex II", ""),
            (6, P, 0, "", "Forms"),
        ],
    ),
    "articles as lines, in two languages": Paper(
        "Chapter I\n\nArticle 5\n\nPorts open.\n\nArticle 6 bis\n\nPorts close.\n\n第七条 港口\n\n§ 8\n\nEnd.",
        [
            (None, H, 1, "Chapter I", ""),
            (0, "ARTICLE", 2, "Article 5", ""),
            (1, P, 0, "", "Ports"),
            (0, "ARTICLE", 2, "Article 6 bis", ""),
            (3, P, 0, "", "Ports"),
            (0, "ARTICLE", 2, "第七条", "港口"),
            (0, "SECTION", 2, "§ 8", ""),
            (6, P, 0, "", "End."),
        ],
    ),
    "a table with a caption, and its rows": Paper(
        "# Fees\n\nTable 3 – Duties\n\n| Who | What |\n|---|---|\n| Post \\| rail | pays |\n\nThat is all.",
        [
            (None, H, 1, "", "Fees"),
            (0, T, 0, "", "Table"),
            (1, R, 1, "", "Who"),
            (1, R, 2, "", "Post"),
            (0, P, 0, "", "That"),
        ],
    ),
    "footnotes with several paragraphs": Paper(
        "First[^a].\n\nSecond[^b].\n\n[^a]: One,\n    goes on.\n[^b]: Two.\n\n    More of two.\n\nThird.",
        [
            (None, P, 0, "", "First[a]."),
            (None, P, 0, "", "Second[b]."),
            (0, "FOOTNOTE", 1, "[a]", "One,"),
            (1, "FOOTNOTE", 1, "[b]", "Two."),
            (3, "FOOTNOTE", 2, "", "More"),
            (None, P, 0, "", "Third."),
        ],
    ),
    "code and a box": Paper(
        "Framework\n=========\n\nParts\n-----\n\n```\n# no heading\n__id__ = 1\n```\n\n> Note this.\n",
        [
            (None, "TITLE", 1, "", "Framework"),
            (0, H, 2, "", "Parts"),
            (1, "CODE", 0, "", "#"),
            (1, "BOX", 0, "", "Note"),
        ],
    ),
    "a list in HTML": Paper(
        "<ul>\n<li>one</li>\n<li>two\n<ul><li>three</li></ul></li>\n</ul>\n\n<h2>Next</h2>\n\n<p>Words.</p>",
        [
            (None, L, 1, "", "one"),
            (None, L, 1, "", "two"),
            (1, S, 2, "", "three"),
            (None, H, 2, "", "Next"),
            (3, P, 0, "", "Words."),
        ],
    ),
    "what only looks like a number": Paper(
        "L. 121-7 of the Code\napplies here.\n\n2018. A year.\n\n1.5 million bags.\n\nJ. Smith chaired.\n\n"
        "Article 7, one of many.\n\nAs said in paragraph\n6 of it.\n\n20° C is warm.\n\n(s)he waits.",
        [
            (None, P, 0, "", "L."),
            (None, P, 0, "", "2018."),
            (None, P, 0, "", "1.5"),
            (None, P, 0, "", "J."),
            (None, P, 0, "", "Article"),
            (None, P, 0, "", "As"),
            (None, P, 0, "", "20°"),
            (None, P, 0, "", "(s)he"),
        ],
    ),
    "lists in other scripts": Paper(
        "а) первое;\nб) второе:\n\t١. بند\n\t٢. بند\nв) третье.\n\n（一）国家\n（二）海关\n",
        [
            (None, L, 1, "а)", "первое;"),
            (None, L, 1, "б)", "второе:"),
            (1, S, 2, "١.", "بند"),
            (1, S, 2, "٢.", "بند"),
            (None, L, 1, "в)", "третье."),
            (4, S, 2, "（一）", "国家"),
            (4, S, 2, "（二）", "海关"),
        ],
    ),
    "capital letters in order": Paper(
        "A. Scope of it\n\nOne.\n\nB. Aims of it\n\nTwo.\n\nC. Means\n\nThree.",
        [
            (None, L, 1, "A.", "Scope"),
            (None, P, 0, "", "One."),
            (None, L, 1, "B.", "Aims"),
            (None, P, 0, "", "Two."),
            (None, L, 1, "C.", "Means"),
            (None, P, 0, "", "Three."),
        ],
    ),
    "labels that stick to their words": Paper(
        "1.Ports open.\n2.Ships wait:\n(a)in May;\n(b)in June.\n12 bis. Delays.\n13. Ends.",
        [
            (None, L, 1, "1.", "Ports"),
            (None, L, 1, "2.", "Ships"),
            (1, S, 2, "(a)", "in"),
            (1, S, 2, "(b)", "in"),
            (None, L, 1, "12 bis.", "Delays."),
            (None, L, 1, "13.", "Ends."),
        ],
    ),
}


def tree_of(markdown: str) -> list[tuple[int | None, str, int, str, str]]:
    """Return of each unit its parent, kind, level, number and first word."""
    return [
        (unit.parent, unit.kind.value, unit.level, unit.printed_number, (unit.text.split() or [""])[0])
        for unit in read_document(markdown).units
    ]


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_read_as_its_tree(name: str) -> None:
    assert tree_of(PAPERS[name].markdown) == PAPERS[name].units


def test_of_a_thousand_units_this_many_are_right(record_property: Callable[[str, object], None]) -> None:
    right = dict.fromkeys(("parent", "kind", "level", "number"), 0)
    total = 0
    for paper in PAPERS.values():
        read = tree_of(paper.markdown)
        total += len(paper.units)
        for unit, expected in zip(read, paper.units, strict=False):
            for at, part in enumerate(right):
                right[part] += unit[at] == expected[at]

    per_thousand = {part: round(1000 * count / total) for part, count in right.items()}
    record_property("right_per_thousand", per_thousand)

    assert per_thousand == {"parent": 1000, "kind": 1000, "level": 1000, "number": 1000}
